"""Files that are no plans, or harm who reads them: each is one clear line, the others are read, nothing is lost."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as Word
from PIL import Image
from pypdf import PdfReader, PdfWriter

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "corpus" / "documents" / "bac-kan-2023.txt"
MOST = 300  # megabytes of the process that indexes
#: Prints, after the build, how much memory its own process took at most, in megabytes.
BUILD = (
    "import sys; from index.__main__ import main; status = main(sys.argv[1:]);"
    "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))); sys.exit(status)"
)


def blank_pdf(pages: int = 1) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def pdf_bytes(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def encrypted_pdf() -> bytes:
    writer = blank_pdf()
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    return pdf_bytes(writer)


def pdf_bomb() -> bytes:
    """A page whose drawing is 2 GB of blanks in 2 MB."""
    deflate = zlib.compressobj(9)
    packed = b"".join(deflate.compress(b" " * (1 << 24)) for _ in range(128)) + deflate.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def word(**parts: bytes) -> bytes:
    """A Word file of which some parts are something else."""
    stream = io.BytesIO()
    Word().save(stream)
    held, out = zipfile.ZipFile(stream), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in held.namelist():
            made.writestr(name, parts.get(Path(name).stem, held.read(name)))
    return out.getvalue()


def xml_bomb() -> bytes:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a9;</x>'
    return word(document=text.encode())


def scanned() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(stream, "PDF")
    return stream.getvalue()


#: name, what is in it, what is said of it, what to do about it.
BAD: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("rong.pdf", lambda: b"", "rỗng", "empty"),
    ("trong.txt", lambda: b"", "rỗng", "empty"),
    ("mat-khau.pdf", encrypted_pdf, "mật khẩu", "password"),
    ("cut.pdf", lambda: pdf_bytes(blank_pdf(9))[:400], "hỏng", "damaged"),
    ("dut.docx", lambda: word()[:2000], "hỏng", "damaged"),
    ("sai-ten.pdf", word, "thực ra là", "rename"),
    ("nham-ten.docx", lambda: pdf_bytes(blank_pdf()), "thực ra là", "rename"),
    ("hai-nghin-trang.pdf", lambda: pdf_bytes(blank_pdf(2000)), "2000 trang", "split"),
    ("anh-chup.pdf", scanned, "tesseract", "install"),
    ("no-zip.docx", lambda: word(document=b"<w>" + b" " * (1 << 30) + b"</w>"), "hãy", "save"),
    ("thuc-the.docx", xml_bomb, "hãy", "save"),
    ("bom.pdf", pdf_bomb, "in lại thành PDF mới", "print it"),
    ("la.xyz", lambda: b"?", "chưa đọc được định dạng", "format not read"),
    ("l\nạ \t🙂 \u202e.txt", lambda: b"", "rỗng", "empty"),
]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[str], list[str]]:
    """The exit status of a build over all of them and one plan, what it printed, what it complained of."""
    folder = tmp_path_factory.mktemp("bad")
    plans = folder / "plans"
    plans.mkdir()
    shutil.copy(PLAN, plans)
    build(folder)
    for name, content, _, _ in BAD:
        (plans / name).write_bytes(content())
    (plans / "moi.txt").write_text("KẾ HOẠCH năm 2024\n\nI. NHIỆM VỤ\n\n- Tiêm chủng.", encoding="utf-8")
    done = build(folder)
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """On a machine without a recogniser of print."""
    command = [sys.executable, "-c", BUILD, "build", "--documents", str(folder / "plans"), "--index", str(folder / "i")]
    alone = {**os.environ, "PATH": "/nowhere", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=alone, cwd=ROOT)


def test_the_others_are_read_and_the_status_says_that_some_were_not(said: tuple[int, list[str], list[str]]) -> None:
    status, out, _ = said
    assert status == 3
    assert "files read 1, reused 1, removed 0" in out[0]
    assert f"{len(BAD)} not read" in out[0]


@pytest.mark.parametrize(("name", "content", "vi", "en"), BAD, ids=[row[0].split(".")[0].strip() for row in BAD])
def test_each_is_one_clear_line(
    said: tuple[int, list[str], list[str]], name: str, content: object, vi: str, en: str
) -> None:
    del content
    lines = [line for line in said[2] if line.startswith(" ".join(name.split())[:7])]
    assert len(lines) == 1, said[2]
    assert vi in lines[0]
    assert en in lines[0]
    assert " / " in lines[0]


def test_nothing_else_is_said(said: tuple[int, list[str], list[str]]) -> None:
    assert len(said[2]) == len(BAD)


def test_memory(said: tuple[int, list[str], list[str]]) -> None:
    assert int(said[1][1].split()[1]) < MOST * 1024


def test_a_pdf_of_many_pages_is_what_it_says() -> None:
    assert len(PdfReader(io.BytesIO(pdf_bytes(blank_pdf(2000)))).pages) == 2000
