"""Files of pictures however they were saved: lying on their side, transparent, in sixteen bits, named wrongly."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scanning import scanned
from typesetting import Press, write

import corpus
from corpus.readers.picture import page_image

LINE = "Sở Y tế chủ trì, phối hợp với các sở, ngành tổ chức khám sức khỏe định kỳ cho trẻ em trong các trường học."


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """A page of text, upright."""
    press = Press()
    press.page()
    press.text("KẾ HOẠCH", *[f"{at}. {LINE}" for at in range(1, 5)])
    pdf = write(tmp_path_factory.mktemp("page") / "page.pdf", press.pages)
    return scanned(pdf, 1, angle=0, grain=0)[0].point(lambda level: 0 if level < 128 else 255)


def on_its_side(page: Image.Image, path: Path) -> None:
    held = Image.Exif()
    held[274] = 6  # the camera was held on its side
    page.rotate(90, expand=True).save(path, exif=held)


def transparent(page: Image.Image, path: Path) -> None:
    ink = Image.new("RGBA", page.size, (0, 0, 0, 0))
    ink.putalpha(page.point(lambda level: 255 - level))
    ink.save(path)


def one_colour_transparent(page: Image.Image, path: Path) -> None:
    paper = page.convert("P").point(lambda level: 1 if level else 0)
    paper.putpalette([0] * 6)
    paper.save(path, transparency=1)


def of_sixteen_bits(page: Image.Image, path: Path) -> None:
    Image.fromarray((np.asarray(page, np.uint16) // 255 * 50_000 + 15_535).astype(np.uint16)).save(path)


def with_a_smaller_one(page: Image.Image, path: Path) -> None:
    page.save(path, "MPO", save_all=True, append_images=[page.resize((200, 280))])


#: suffix, how a page is saved
SAVED: list[tuple[str, Callable[[Image.Image, Path], None]]] = [
    (".jpg", on_its_side),
    (".tif", on_its_side),
    (".png", transparent),
    (".png", one_colour_transparent),
    (".png", of_sixteen_bits),
    (".jpg", with_a_smaller_one),
]


@pytest.mark.parametrize(("suffix", "save"), SAVED, ids=[f"{save.__name__}{suffix}" for suffix, save in SAVED])
def test_a_page_is_read_and_shown_as_it_was_meant(
    suffix: str, save: Callable[[Image.Image, Path], None], page: Image.Image, tmp_path: Path
) -> None:
    save(page, file := tmp_path / f"trang{suffix}")
    found = corpus.read(file)
    assert [(one.number, (one.confidence or 0) > 0.8) for one in found.pages] == [(1, True)]
    assert found.text.split()[:2] == ["KẾ", "HOẠCH"]
    assert "khám sức khỏe định kỳ" in found.text
    with Image.open(io.BytesIO(page_image(file, 1, 300))) as shown:
        light = np.asarray(shown.convert("L").resize((2, 2), Image.Resampling.BOX)).ravel()
        assert shown.height > shown.width
        assert min(light[2:]) > 250 > light[0]  # the text stands at the top, on white


#: name, what is in it, what is said
WRONG = [
    (
        "bia.png",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n%%EndComments\n99 99 moveto\n%%EOF\n",
        "PostScript",
    ),
    ("nhi-phan.png", b"\xc5\xd0\xd3\xc6" + bytes(26) + b"%!PS-Adobe-3.0 EPSF-3.0\n", "không phải ảnh PNG, JPEG, TIFF"),
    ("trang.png", b"%PDF-1.7\n", "thực ra là tệp PDF; hãy đổi đuôi tệp thành .pdf"),
    ("trang.jpeg", b"Ke hoach", "thực ra là văn bản thuần"),
    ("dong.tif", b"GIF89a" + bytes(40), "không phải ảnh PNG, JPEG, TIFF"),
]


@pytest.mark.parametrize(("name", "data", "said"), WRONG, ids=[case[0] for case in WRONG])
def test_what_is_named_a_picture_starts_no_other_program(
    name: str, data: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (programs := tmp_path / "bin").mkdir()
    (programs / "gs").write_text(f"#!/bin/sh\necho 10.0\ntouch '{tmp_path}/called'\n", encoding="utf-8")
    (programs / "gs").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    (file := tmp_path / name).write_bytes(data)
    with pytest.raises(corpus.UnreadableFile, match=said):
        corpus.read(file)
    with pytest.raises(corpus.UnreadableFile):
        page_image(file, 1, 300)
    assert not (tmp_path / "called").exists()
