"""What visitors see of plans that came later, of pages of a file, and of pages as they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fastapi.testclient import TestClient
from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from PIL import Image
from staff_site import Site, site

from assistant import pictures
from assistant.plans import Plans
from assistant.succession import earlier, later
from assistant.web.later import badge_html
from assistant.web.own_lines import own_lines_html
from assistant.web.shell import plans_html
from corpus import UnreadableFile
from corpus.readers.drawing import drawn
from index.build import build
from index.embedding import open_embedder
from index.relations import Tie

OLD = (
    "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU\n\nSố: 12/KH-UBND\n\nLai Châu, ngày 5 tháng 3 năm 2023\n\nKẾ HOẠCH\n"
    "công tác trẻ em tỉnh Lai Châu năm 2023\n\nI. MỤC TIÊU\n\n- Mọi trẻ em được tiêm chủng.\n"
)
NEW = (
    "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU\n\nSố: 40/KH-UBND\n\nLai Châu, ngày 5 tháng 3 năm 2024\n\nKẾ HOẠCH\n"
    "công tác trẻ em tỉnh Lai Châu năm 2024\n\nI. MỤC TIÊU\n\n- Mọi trẻ em được khám mắt và được học bơi.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n\n- Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/3/2023 của UBND tỉnh.\n"
)
PAGES = (
    "KẾ HOẠCH\ncông tác trẻ em tỉnh Cà Mau năm 2022\n\nI. MỤC TIÊU\n\n- Mọi trẻ em được khai sinh.",
    "II. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tư pháp\n\n- Cấp giấy khai sinh cho mọi trẻ em.",
)


def pdf(path: Path, pages: tuple[str, ...]) -> None:
    with rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(path) as file:
        for text in pages:
            figure = Figure(figsize=(8.27, 11.69))
            figure.text(0.12, 0.9, text, va="top", fontsize=13, linespacing=1.6)
            file.savefig(figure)


def scan(path: Path, pages: tuple[str, ...]) -> None:
    """Pictures of pages, without their text."""
    pdf(path, pages)
    with pdfium.PdfDocument(path) as document:
        drawn = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    drawn[0].save(path, save_all=True, append_images=drawn[1:], resolution=200)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages")) as made:
        (made.folder / "cu.txt").write_text(OLD, encoding="utf-8")
        (made.folder / "moi.txt").write_text(NEW, encoding="utf-8")
        pdf(made.folder / "khai-sinh.pdf", PAGES)
        scan(made.folder / "chup.pdf", (PAGES[0].replace("Cà Mau", "Kon Tum"), PAGES[1].replace("khai sinh", "học")))
        built = build(made.folder, made.folder.parent / "index", open_embedder(), "faiss")
        assert built.unread == ()
        assert made.office.live.renew() or "moi" in made.office.live.documents
        yield made


@pytest.fixture
def visitor(place: Site) -> TestClient:
    return place.visitor()


def plans(place: Site) -> Plans:
    return place.office.live.plans


def test_which_plan_came_later(place: Site) -> None:
    held = plans(place)
    [newer] = later(held, held.documents["cu"])
    assert (newer.document.id, newer.tie) == ("moi", Tie.REPLACES)
    [older] = earlier(held, held.documents["moi"])
    assert older.document.id == "cu"
    assert older.span is not None
    assert "12/KH-UBND" in held.documents["moi"].text[older.span.start : older.span.end]
    assert later(held, held.documents["moi"]) == earlier(held, held.documents["cu"]) == []


@pytest.mark.parametrize("path", ["/plans", "/plans/cu", "/source/cu"])
def test_a_plan_that_is_replaced_says_so_and_leads_to_the_newer_one(visitor: TestClient, path: str) -> None:
    assert re.search(
        r'<a class="over" href="/plans/moi"[^>]*><span lang="vi">đã được thay thế</span>', visitor.get(path).text
    )


@pytest.mark.parametrize("path", ["/plans/moi", "/source/moi"])
def test_the_newer_one_says_what_it_replaces_and_where(visitor: TestClient, path: str) -> None:
    shown = visitor.get(path).text
    assert re.search(r'Thay thế</span>.{0,60}<a href="/plans/cu" lang="vi">Lai Châu \(2023\) · 12/KH-UBND</a>', shown)
    assert re.search(r'href="/source/moi\?start=\d+&amp;end=\d+#passage" lang="vi">“', shown)


def test_beside_the_chat_the_badge_is_no_link_within_a_link(place: Site) -> None:
    shown = plans_html(plans(place))
    assert '<span class="over"><span lang="vi">đã được thay thế</span>' in shown
    assert 'class="over" href' not in shown
    assert own_lines_html(plans(place)) == ""
    assert badge_html(plans(place), plans(place).documents["moi"], 2024) == ""


def test_each_page_of_a_file_is_marked_where_it_begins(visitor: TestClient) -> None:
    shown = visitor.get("/source/khai-sinh").text
    first, second = (shown.index(f"Trang {number}</span>") for number in (1, 2))
    assert first < shown.index("được khai sinh") < second < shown.index("Cấp giấy khai sinh")
    assert 'href="/plans/khai-sinh/pages/2"' in shown
    assert "nhận dạng từ ảnh chụp" not in shown
    assert "page-mark" not in visitor.get("/source/cu").text


def test_a_passage_says_on_which_page_it_stands(place: Site, visitor: TestClient) -> None:
    at = plans(place).documents["khai-sinh"].text.index("Cấp giấy")
    shown = visitor.get(f"/source/khai-sinh?start={at}&end={at + 8}").text
    assert re.search(r'class="on-page"><b><span lang="vi">Trang 2</span>', shown)


def test_a_page_that_was_recognised_says_how_sure_it_is(visitor: TestClient) -> None:
    shown = visitor.get("/source/chup").text
    assert len(re.findall(r"nhận dạng từ ảnh chụp, hãy đối chiếu bản gốc \(độ tin cậy \d\d %\)", shown)) == 2


@pytest.mark.parametrize("doc", ["khai-sinh", "chup"])
def test_a_page_is_shown_as_it_looks(visitor: TestClient, doc: str) -> None:
    response = visitor.get(f"/plans/{doc}/pages/2")
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/jpeg"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "path",
    [
        "/plans/khai-sinh/pages/0",
        "/plans/khai-sinh/pages/3",
        "/plans/khai-sinh/pages/99999",
        "/plans/khai-sinh/pages/x",
        "/plans/khai-sinh/pages/",
        "/plans/cu/pages/1",
        "/plans/khong-co/pages/1",
        "/plans/..%2fkhai-sinh/pages/1",
    ],
)
def test_there_is_no_other_picture(visitor: TestClient, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 404
    assert 'href="tel:111"' in response.text


def test_a_picture_is_drawn_once(visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = visitor.get("/plans/khai-sinh/pages/1").content
    monkeypatch.setattr(pictures, "drawn", None)
    assert visitor.get("/plans/khai-sinh/pages/1").content == before


def test_a_file_that_is_no_longer_the_one_read_is_not_shown(place: Site, visitor: TestClient) -> None:
    file = place.folder / "chup.pdf"
    before = file.read_bytes()
    try:
        pdf(file, ("KHÁC",))
        assert visitor.get("/plans/chup/pages/1").status_code == 404
    finally:
        file.write_bytes(before)


def test_a_link_out_of_the_folder_is_not_followed(place: Site, visitor: TestClient, tmp_path: Path) -> None:
    file = place.folder / "chup.pdf"
    moved = tmp_path / "chup.pdf"
    moved.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(moved)
    try:
        assert visitor.get("/plans/chup/pages/1").status_code == 404
    finally:
        file.unlink()
        file.write_bytes(moved.read_bytes())


def test_pages_of_files_of_pictures_are_shown_upright(tmp_path: Path) -> None:
    pages = [Image.new("L", (400, 600), 255), Image.new("L", (600, 400), 0)]
    pages[0].save(tmp_path / "chup.tiff", save_all=True, append_images=pages[1:])
    turned = Image.Exif()
    turned[274] = 6  # the camera was held on its side
    pages[1].save(tmp_path / "anh.jpg", exif=turned)
    sizes = [
        Image.open(BytesIO(drawn(tmp_path / name, number, 300))).size
        for name, number in (("chup.tiff", 1), ("chup.tiff", 2), ("anh.jpg", 1))
    ]
    assert sizes == [(300, 450), (300, 200), (300, 450)]
    with pytest.raises(UnreadableFile):
        drawn(tmp_path / "chup.tiff", 3, 300)


def test_a_file_that_breaks_the_drawing_breaks_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "hong.pdf"
    file.write_bytes(b"%PDF-1.4\n" + b"1 0 obj" * 100)
    with pytest.raises(UnreadableFile, match="không vẽ được"):
        drawn(file, 1, 400)
