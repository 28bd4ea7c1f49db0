"""Pages that are pictures: their words, their tables, their labels, and what is said where they cannot be read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdf
import pytest
from PIL import Image
from scanning import DPI, bound, scanned
from test_readers_pdf import AIM, DUTY, HEAD, LAW, ROWS, XS, YS, lines
from typesetting import Paper, Press, write

import corpus
from corpus.document import Kind
from corpus.readers import READERS
from corpus.readers.extracted import Extracted, silent
from corpus.readers.paged.flowing import text_of
from corpus.readers.paged.prints import Line, Sheet
from corpus.readers.paged.ruled import meshes_of
from corpus.readers.scan_picture import Picture, cleaned, ink, rules_of, skew, upright
from index import open_index
from index.build import build
from index.embedding import open_embedder


def read(path: Path) -> Extracted:
    return READERS[path.suffix](path, silent)


def figures(text: str) -> list[str]:
    return re.findall(r"\d[\d./,]*\d|\d", text)


def listed() -> Press:
    press = Press(begin=lambda paper, number: number > 1 and paper.middle(45, str(number)))
    press.page().middle(70, "KẾ HOẠCH", 14, bold=True)
    press.base += 40
    press.text(LAW).text("I. MỤC TIÊU", bold=True).text(AIM).text("II. NHIỆM VỤ", bold=True)
    press.text("1. Sở Y tế:", bold=True).text(DUTY, DUTY).text("2. Công an tỉnh:", bold=True)
    for label in "abcdđegh":
        press.text(f"{label}) Tập huấn cho 120 cán bộ làm công tác trẻ em cấp xã, kinh phí 2.150 triệu đồng.")
    press.text("III. KINH PHÍ", bold=True).text(*[AIM] * 4)
    assert len(press.pages) == 2
    return press


def test_a_scan_has_the_outline_and_the_figures_of_its_text(tmp_path: Path) -> None:
    press = listed()
    written = write(tmp_path / "plan.pdf", press.pages)
    heard: list[tuple[int, int]] = []
    path = bound(tmp_path / "scan.pdf", scanned(written, len(press.pages)))
    found = READERS[".pdf"](path, lambda done, pages: heard.append((done, pages)))
    assert heard == [(1, 2), (2, 2)]
    assert figures(found.text) == figures(read(written).text)
    assert [page.number for page in found.pages] == [1, 2]
    assert all(page.confidence is not None and page.confidence > 0.85 for page in found.pages)
    assert found.warnings[0].startswith("Trang 1–2: được nhận dạng từ ảnh")
    assert shape(path) == shape(written)


def shape(path: Path) -> list[tuple[Kind, str, int]]:
    document = corpus.read(path)
    return [(node.kind, node.label, len(document.ancestors(node))) for node in document.sections[1:]]


def test_bold_lines_of_a_picture_are_headings(tmp_path: Path) -> None:
    press = Press()
    press.page().middle(70, "KẾ HOẠCH", 14, bold=True)
    press.base += 40
    press.text(LAW).text("Khám sức khỏe định kỳ", bold=True).text(AIM).text("Hỗ trợ dinh dưỡng", bold=True).text(AIM)
    written = write(tmp_path / "plan.pdf", press.pages)
    found = lines(bound(tmp_path / "scan.pdf", scanned(written, 1)))
    assert [line for line in found if line.startswith("**")] == ["**Khám sức khỏe định kỳ**", "**Hỗ trợ dinh dưỡng**"]


def test_a_table_in_a_picture_is_read_by_its_cells(tmp_path: Path) -> None:
    paper = Paper().table(XS, YS, [HEAD, *ROWS], 11).middle(70, "PHỤ LỤC KINH PHÍ", 13)
    written = write(tmp_path / "table.pdf", [paper])
    assert lines(bound(tmp_path / "scan.pdf", scanned(written, 1, -1.2))) == lines(written)


def mixed(folder: Path) -> Path:
    """A page with its text, then a scanned one."""
    press = listed()
    written = write(folder / "plan.pdf", press.pages)
    bound(folder / "second.pdf", scanned(written, 2)[1:])
    writer = pypdf.PdfWriter(clone_from=written)
    writer.remove_page(1)
    writer.append(folder / "second.pdf")
    writer.write(folder / "mixed.pdf")
    return folder / "mixed.pdf"


def test_a_file_of_text_and_pictures_is_one_text(tmp_path: Path) -> None:
    path = mixed(tmp_path)
    assert shape(path) == shape(tmp_path / "plan.pdf")
    found = read(path)
    assert [page.confidence is None for page in found.pages] == [True, False]
    assert found.warnings[0].startswith("Trang 2: được nhận dạng")


def test_pages_left_out_are_read_once_the_recogniser_is_there(tmp_path: Path) -> None:
    """What the warning says to install is installed: nobody has to touch the file as well."""
    folder, root = tmp_path / "plans", tmp_path / "index"
    folder.mkdir()
    shutil.copy(mixed(tmp_path), folder)

    def pages() -> tuple[int, list[int]]:
        done = build(folder, root, open_embedder(), "faiss")
        (document,) = open_index(root).documents.values()
        return done.read, [page.number for page in document.pages]

    with pytest.MonkeyPatch.context() as patch:
        (tmp_path / "nothing").mkdir()
        patch.setenv("PATH", str(tmp_path / "nothing"))
        assert pages() == (1, [1])
        assert pages() == (0, [1])
    assert pages() == (1, [1, 2])
    assert pages() == (0, [1, 2])


def test_image_files_are_pages_too(tmp_path: Path) -> None:
    press = listed()
    pictures = scanned(write(tmp_path / "plan.pdf", press.pages), 2, 0.4)
    first = read(bound(tmp_path / "page.png", pictures[:1])).text
    both = read(bound(tmp_path / "pages.tiff", pictures))
    assert first.split()[:2] == ["KẾ", "HOẠCH"]
    assert [page.number for page in both.pages] == [1, 2]
    assert both.text.startswith(first[:400])
    assert "III. KINH PHÍ" in both.text


@pytest.fixture
def without_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nothing but Python is installed."""
    (tmp_path / "nothing").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    yield


@pytest.mark.usefixtures("without_programs")
def test_a_scan_without_a_recogniser_says_what_to_install(tmp_path: Path) -> None:
    pictures = scanned(write(tmp_path / "plan.pdf", listed().pages), 1)
    for name in ("scan.pdf", "scan.png"):
        with pytest.raises(corpus.UnreadableFile, match="apt install tesseract-ocr tesseract-ocr-vie"):
            read(bound(tmp_path / name, pictures))
    found = read(mixed(tmp_path))
    assert [page.number for page in found.pages] == [1]
    assert found.warnings[0].startswith("Trang 2: là ảnh chụp, đã bỏ qua")


#: name, what is in the file, what is said of it
BAD = [
    ("ảnh hỏng.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "ảnh hỏng"),
    ("không phải ảnh.jpg", b"Ke hoach", "ảnh hỏng hoặc không phải ảnh"),
]


@pytest.mark.parametrize(("name", "data", "said"), BAD, ids=[case[0] for case in BAD])
def test_bad_pictures_say_what_to_do(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(corpus.UnreadableFile, match=said):
        read(tmp_path / name)


def test_a_white_page_holds_no_text(tmp_path: Path) -> None:
    Image.new("L", (1200, 1700), 255).save(tmp_path / "white.png", dpi=(DPI, DPI))
    with pytest.raises(corpus.UnreadableFile, match="không thấy chữ nào"):
        read(tmp_path / "white.png")


def drawn(angle: float) -> Picture:
    """A page of bars as lines of text, under a mesh of three columns and four rows."""
    page = np.full((1400, 1000), 235, dtype=np.uint8)
    for row in range(600, 1300, 40):
        for start in range(100, 880, 24):
            page[row : row + 16, start : start + 14] = 30
    for y in (100, 180, 260, 340, 420):
        page[y : y + 3, 100:902] = 40
    for x in (100, 300, 600, 900):
        page[100:423, x : x + 3] = 40
    return Picture(np.asarray(Image.fromarray(page).rotate(angle, fillcolor=235)), 2.0)


@pytest.mark.parametrize("angle", [-2.0, -0.5, 0.0, 0.8, 3.0])
def test_a_crooked_page_is_set_upright_and_its_rules_found(angle: float) -> None:
    picture = drawn(-angle)
    assert abs(skew(picture.grey) - angle) < 0.11
    straight = cleaned(upright(picture))
    meshes = meshes_of(rules_of(straight, ink(straight)))
    assert [(len(mesh.xs), len(mesh.ys), len(mesh.cells)) for mesh in meshes] == [(4, 5, 12)]


#: case, lines as read, lines as they were printed
LABELS = [
    ("numerals", ["l. MỤC TIÊU", "Il. NHIỆM VỤ", "HI. KINH PHÍ", "TV. TỔ CHỨC"], ["I.", "II.", "III.", "IV."]),
    ("the third read as the second", ["I. MỤC TIÊU", "II. NHIỆM VỤ", "II. KINH PHÍ"], ["I.", "II.", "III."]),
    ("a stop that is lost", ["L MỤC TIÊU", "H NHIỆM VỤ", "HI KINH PHÍ"], ["I.", "II.", "III."]),
    ("two sections of one number", ["IV. TỔ CHỨC", "V. BÁO CÁO", "V. KINH PHÍ"], ["IV.", "V.", "V."]),
    ("letters", ["a} Một", "h) Hai", "e) Ba", "d) Bốn", "d) Năm", "c) Sáu", "ø) Bảy"], list("abcdđeg")),
    ("letters without đ", ["a) Một", "b) Hai", "c) Ba", "d) Bốn", "e) Năm"], list("abcde")),
    ("numbers", ["l. Một", "2, Hai", "3. Ba", "A. Bốn", "S. Năm"], ["1.", "2.", "3.", "4.", "5."]),
    ("dashes", ["- Một", "– Hai", "- Ba", "~ Bốn", "= Năm"], ["-", "-", "-", "-", "-"]),
    ("no label at all", ["A lô", "Hội Chữ thập đỏ", "I-ốt cho trẻ em"], ["A", "Hội", "I-ốt"]),
    ("specks before a label", ["' 1. Một", ". 2. Hai", "` - Ba"], ["1.", "2.", "-"]),
]


@pytest.mark.parametrize(("read", "wanted"), [case[1:] for case in LABELS], ids=[case[0] for case in LABELS])
def test_labels_are_mended_by_their_lists(read: list[str], wanted: list[str]) -> None:
    assert [line.split()[0].rstrip(")") for line in flowed(read, 0.9)] == wanted


def test_labels_of_a_text_layer_are_left_as_they_stand() -> None:
    read = ["l. Một", "2, Hai", "— Ba", "h) Hai"]
    assert flowed(read, None) == read


def flowed(rows: list[str], confidence: float | None) -> list[str]:
    """What becomes of paragraphs of one line each on one page."""
    sure = 1.0 if confidence is None else confidence
    set_lines = [Line(121, 300, 100 + 24 * at, row, 14, confidence=sure) for at, row in enumerate(rows)]
    full = Line(85, 538, 700, "Đoạn văn cuối trang cho biết lề của trang này, dài bằng cả chiều rộng của cột chữ", 14)
    sheet = Sheet(1, 595, 842, (*set_lines, full), confidence=confidence)
    return [line for line in text_of([sheet]).text.split("\n") if line][: len(rows)]
