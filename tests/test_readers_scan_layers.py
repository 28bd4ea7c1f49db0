"""Pages that are pictures and hold words as well: a stamp over them, or what another program recognised."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from scanning import DPI, bound, scanned
from test_readers_pdf import AIM, DUTY, plain_text
from test_readers_scan import read, without_programs
from typesetting import A4, LEFT, Paper, Press, write

from corpus.readers import READERS

__all__ = ["without_programs"]  # a fixture

STAMP = "Văn bản số 12/KH-UBND nhận ngày 05/3/2024 từ Văn phòng UBND tỉnh"
STAMPED = Paper().at(LEFT, 30, STAMP, 8)


def plain(text: str) -> str:
    """A text as a recogniser without Vietnamese reads it."""
    return unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("đ", "d")).encode("ascii", "ignore").decode()


def pages() -> list[Paper]:
    press = Press()
    press.page().middle(70, "KẾ HOẠCH", 14, bold=True)
    press.base += 40
    press.text("I. MỤC TIÊU", bold=True).text(AIM, AIM).text("II. NHIỆM VỤ", bold=True).text(DUTY, DUTY, AIM)
    assert len(press.pages) == 1
    return press.pages


def layer(papers: list[Paper]) -> list[Paper]:
    """Pages with the accents lost."""
    bare = [Paper(paper.width, paper.height) for paper in papers]
    for paper, other in zip(bare, papers, strict=True):
        for one in other.strings:
            paper.at(one.x, one.base, plain(one.text), one.size)
    return bare


def laid(path: Path, picture: Path, words: Path) -> Path:
    """A picture laid over the first page of words: these are in the file, but the picture is what is seen."""
    writer = pypdf.PdfWriter(clone_from=words)
    top = pypdf.PdfReader(picture).pages[0]
    across, down = (A4[at] / float(size) for at, size in enumerate(top.mediabox[2:]))
    writer.pages[0].merge_transformed_page(top, pypdf.Transformation().scale(across, down))
    writer.write(path)
    return path


def picture(folder: Path, papers: list[Paper]) -> Path:
    return bound(folder / "picture.pdf", scanned(write(folder / "set.pdf", papers), 1, 0.3))


def white(folder: Path) -> Path:
    Image.new("L", (1654, 2339), 255).save(folder / "white.pdf", resolution=DPI)
    return folder / "white.pdf"


#: case, the words in the file, whether the page is recognised
LAYERS: list[tuple[str, list[Paper], bool]] = [
    ("a stamp", [STAMPED], True),
    ("a layer without accents", layer(pages()), True),
    ("a good layer", pages(), False),
]


@pytest.mark.parametrize(("words", "recognised"), [case[1:] for case in LAYERS], ids=[case[0] for case in LAYERS])
def test_words_over_a_picture(words: list[Paper], recognised: bool, tmp_path: Path) -> None:
    written = write(tmp_path / "words.pdf", words)
    found = read(laid(tmp_path / "scan.pdf", picture(tmp_path, pages()), written))
    assert found.text.split("\n\n")[:3:2] == ["KẾ HOẠCH", AIM]
    assert [page.confidence is not None for page in found.pages] == [recognised]
    assert [warning.startswith("Trang 1: được nhận dạng") for warning in found.warnings] == [True] * recognised


def test_a_few_words_before_a_picture_without_any_stay_as_they_stand(tmp_path: Path) -> None:
    found = read(laid(tmp_path / "scan.pdf", white(tmp_path), write(tmp_path / "words.pdf", [STAMPED])))
    assert (found.text.strip(), found.warnings, found.pages[0].confidence) == (STAMP, (), None)


def test_a_scan_in_strips_is_a_picture(tmp_path: Path) -> None:
    (whole,) = scanned(write(tmp_path / "set.pdf", pages()), 1, 0)
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(*A4)
    for at in range(5):
        top, bottom = (round(whole.height * edge / 5) for edge in (at, at + 1))
        strip = whole.crop((0, top, whole.width, bottom))
        strip.save(tmp_path / "strip.pdf", resolution=DPI)
        move = pypdf.Transformation().translate(0, (whole.height - bottom) * 72 / DPI)
        page.merge_transformed_page(pypdf.PdfReader(tmp_path / "strip.pdf").pages[0], move)
    writer.write(tmp_path / "strips.pdf")
    assert AIM in read(tmp_path / "strips.pdf").text


@pytest.mark.usefixtures("without_programs")
def test_without_a_recogniser_the_words_are_read_and_said_to_be_all(tmp_path: Path) -> None:
    written = write(tmp_path / "words.pdf", layer(pages()))
    found = read(laid(tmp_path / "scan.pdf", picture(tmp_path, pages()), written))
    assert found.text.startswith("KE HOACH")
    assert found.warnings[0].startswith("Trang 1: có ảnh chụp, chỉ đọc được lớp chữ: ")


def test_each_page_is_told_as_it_is_read(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    READERS[".pdf"](write(tmp_path / "plan.pdf", plain_text().pages), lambda *told: heard.append(told))
    assert heard == [(1, 3), (2, 3), (3, 3)]
