"""The catalogue without a browser: figures as read off the texts, every link to the words it shows, nothing made up."""

from __future__ import annotations

import dataclasses
import html
import re
import subprocess
import sys
import threading
import unicodedata
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from asking import NAMES, assistant
from conftest import ROOT

from assistant.catalogue import budget, printed, share
from assistant.plans import Plans
from assistant.succession import is_over
from assistant.web.catalogue import catalogue_html, ordered, pages_of
from assistant.web.plan import plan_html
from assistant.web.plots import Bar, Group, Kept, Plot, drawn
from corpus.document import Cell, Column, Document, Fact, Row, Span, Table
from corpus.reading import parse
from corpus.words import fold
from index.relations import Relation

KIEN_GIANG = "kien-giang-2021-2030"
OTHER = ROOT / "eval" / "other" / "documents"
#: Every text that a link is followed into: the plans, those of no province, and pieces in other formats.
TEXTS = [*sorted(OTHER.glob("*.txt")), *sorted((ROOT / "tests" / "texts").iterdir())]
_LINK = re.compile(r'<a [^>]*?href="(/source/[^"?]+\?[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


class Held:
    """The little of an index that laying out a plan needs."""

    passages = ()
    manifest = SimpleNamespace(relations=(), copies={})

    def __init__(self, *documents: Document) -> None:
        self.documents = {one.id: one for one in documents}

    def later(self, _: str) -> tuple[Relation, ...]:
        """None of the plans is replaced."""
        return ()


def plans_of(*documents: Document) -> Plans:
    return Plans(Held(*documents))  # type: ignore[arg-type]


def read_file(path: Path) -> Document:
    return parse(path.stem, path.name, "", path.read_bytes().decode("utf-8"))


def laid_out(document: Document, year: int = 2026) -> str:
    return plan_html(plans_of(document), document, Kept(), year)


def words(text: str) -> str:
    bare = html.unescape(re.sub(r"<[^>]+>", "", text))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def get(address: str, path: str, method: str = "GET") -> tuple[int, str]:
    """Status and text of a page."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request(method, path)
    response = connection.getresponse()
    text = response.read().decode("utf-8")
    connection.close()
    return response.status, text


@pytest.fixture(scope="module")
def kien_giang() -> Document:
    return read_file(ROOT / "corpus" / "documents" / f"{KIEN_GIANG}.txt")


def row_of(page: str, name: str) -> list[str]:
    """The cells of the row that holds some words."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    found = next(row for row in rows if name in words(row))
    return [words(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", found, re.DOTALL)]


def test_the_list_names_every_plan(address: str) -> None:
    page = get(address, "/plans")[1]
    assert "Danh mục 5 kế hoạch" in page
    for doc, province in NAMES.items():
        assert f'href="/plans/{doc}"' in page
        assert row_of(page, province)[0].startswith(province)
    cells = row_of(page, "Kiên Giang")
    assert cells[5:] == ["31", "24", "1"]
    assert row_of(page, "Bắc Kạn")[5:] == ["0", "0", "0"]


@pytest.mark.parametrize(("year", "over"), [(2020, 0), (2021, 2), (2024, 4), (2030, 4), (2031, 5)])
def test_a_period_that_is_over_says_so(index_folder: Path, year: int, over: int) -> None:
    plans = assistant(index_folder).plans
    assert catalogue_html(plans, ordered(plans), 1, year).count("hết thời hạn") == over
    assert sum(is_over(one, year) for one in ordered(plans)) == over


def test_a_hundred_plans_a_page(address: str, kien_giang: Document) -> None:
    many = [dataclasses.replace(kien_giang, id=f"plan-{at:03}") for at in range(205)]
    plans = plans_of(*many)
    rows = [len(re.findall('class="plan-title"', catalogue_html(plans, many, page, 2026))) for page in (1, 2, 3)]
    assert (rows, pages_of(205), pages_of(200), pages_of(0)) == ([100, 100, 5], 3, 2, 1)
    middle = catalogue_html(plans, many, 2, 2026)
    assert 'href="/plans?page=1"' in middle
    assert 'href="/plans?page=3"' in middle
    assert "Trang 2 / 3" in middle
    assert [get(address, f"/plans?page={page}")[0] for page in ("1", "0", "2", "x", "-1")] == [
        200,
        404,
        404,
        422,
        404,
    ]


#: Targets of Kiên Giang as its section II.2 prints them: number, words of the row, 2025, 2030.
TARGETS = (
    ("Chỉ tiêu 1:", "75%", "85%"),
    ("Chỉ tiêu 2:", "90%", "95%"),
    ("giảm tỷ suất tử vong của trẻ em dưới 1 tuổi", "xuống 12,5", "10"),
    ("thể chiều cao theo tuổi", "xuống 17%", "dưới 15%"),
    ("Chỉ tiêu 5:", "97%", "98%"),
    ("Chỉ tiêu 10:", "xuống 4,9%", "xuống 4,5%"),
    ("trẻ em bị tử vong do tai nạn thương tích", "xuống còn 16/100.000", "xuống còn 15/100.000"),
    ("Chỉ tiêu 14:", "98,5%", "100%"),
    ("phấn đấu giảm tỷ lệ trẻ em bỏ học bậc tiểu học", "dưới 0,12%", "dưới 0,1%"),
    ("Chỉ tiêu 24:", "30%", "35%"),
    ("Chỉ tiêu 6:", "", ""),
    ("Chỉ tiêu 19:", "", ""),
)


@pytest.mark.parametrize(("name", "first", "last"), TARGETS)
def test_targets_stand_beside_their_years(kien_giang: Document, name: str, first: str, last: str) -> None:
    rows = re.findall(r'<table class="cards targets".*?</table>', laid_out(kien_giang), re.DOTALL)
    cells = [one for one in re.findall(r"<tr[^>]*>(.*?)</tr>", rows[0], re.DOTALL) if name in words(one)]
    # A row of one thing holds its figures itself; of several things the last one is the row of that thing.
    assert [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells[-1], re.DOTALL)][2:] == [first, last]


#: Budget of Kiên Giang as its annex prints it on the row "Tổng cộng", in triệu đồng.
LOCAL = (975, 1055, 1135, 1215, 1495, 1375, 1455, 1535, 1615, 1815)


def test_the_budget_by_year_and_source(kien_giang: Document) -> None:
    found = budget(kien_giang.tables[0])
    assert found is not None
    assert found.unit == "triệu đồng"
    assert found.bars == tuple(map(str, range(2021, 2031)))
    assert found.sources == ("Địa phương", "huy động, xã hội hóa")
    assert [int(found.amounts[bar, "Địa phương"].value) for bar in found.bars] == list(LOCAL)
    assert {int(found.amounts[bar, "huy động, xã hội hóa"].value) for bar in found.bars} == {500}
    page = laid_out(kien_giang)
    assert "2021 975 + 500, 2022 1.055 + 500" in page
    total = row_of(page[page.index("<tbody><tr>") :], "Tổng cộng")
    assert total[2:6] + total[-2:] == ["975", "500", "1.055", "500", "13.670", "5.000"]


@pytest.mark.parametrize(
    ("file", "at", "bars", "words"),
    [
        ("bo-y-te-dinh-duong-hoc-duong-2026-2030", 1, ["2026", "2030"], ["51", "35"]),
        ("huyen-dong-thanh-2024", 0, ["Ngân sách huyện", "Vận động"], ["251", "210"]),
    ],
)
def test_budgets_of_other_shapes(file: str, at: int, bars: list[str], words: list[str]) -> None:
    found = budget(read_file(OTHER / f"{file}.txt").tables[at])
    assert found is not None
    assert [found.bars[0], found.bars[-1]] == bars
    assert [str(found.amounts[bar, ""].value) for bar in bars] == words


def test_shares_of_a_table_are_no_budget() -> None:
    document = read_file(OTHER / "bo-y-te-dinh-duong-hoc-duong-2026-2030.txt")
    assert budget(document.tables[0]) is None


def table_of(paths: list[tuple[str, ...]], totals: list[str], unit: str | None = "đồng") -> Table:
    at = Span(0, 1)
    columns = [
        Column((path[0],), None, False)
        if len(path) == 1 and not path[0].isdigit()
        else Column(path, int(path[0]) if path[0].isdigit() else None, "Tổng" in path[-1])
        for path in paths
    ]
    cells = tuple(Cell(1, column, Decimal(value), at) for column, value in enumerate(totals, 1))
    row = Row("", "Tổng cộng", at, at, cells, total=True)
    return Table(0, "Kinh phí", Fact(unit, None) if unit else None, (Column(("Nội dung",)), *columns), (row,))


@pytest.mark.parametrize(
    ("paths", "totals", "bars"),
    [
        ([("2024", "Tỉnh"), ("2024", "Tổng"), ("2025", "Tỉnh"), ("2025", "Tổng")], ["1", "3", "2", "4"], 2),
        ([("2024", "Tỉnh"), ("2024", "Trong đó: xã"), ("2025", "Tỉnh")], ["1", "1", "2"], None),
        ([("2024", "Tỉnh"), ("2024", "Tỉnh"), ("2025", "Tỉnh")], ["1", "1", "2"], None),
        ([("2024", "Tỉnh"), ("2025", "Tỉnh")], ["1", "-2"], None),
        ([("2024", "Tỉnh")], ["1"], None),
        ([("2024", str(at)) for at in range(7)] + [("2025", "0")], ["1"] * 8, None),
        ([("2024", "Tỉnh"), ("2027", "Xã")], ["1", "2"], 2),
    ],
)
def test_only_what_can_be_stacked_is_stacked(paths: list[tuple[str, ...]], totals: list[str], bars: int | None) -> None:
    found = budget(table_of(paths, totals))
    assert (len(found.bars) if found else None) == bars


def test_a_column_of_totals_is_no_source() -> None:
    found = budget(table_of([("2024", "Tỉnh"), ("2024", "Tổng"), ("2025", "Tỉnh"), ("2025", "Tổng")], list("1324")))
    assert found is not None
    assert found.sources == ("Tỉnh",)


@pytest.mark.parametrize(
    ("doc", "days"),
    [
        ("khanh-hoa-2020", ["ngày 15/5", "ngày 10/11"]),
        ("lang-son-2023", ["ngày 20/5", "ngày 15/11", "ngày 25/5", "ngày 20/11"]),
        ("thua-thien-hue-2020", ["ngày 10/6/2020", "ngày 30/11/2020", "ngày 15/6/2020", "ngày 30/11/2020"]),
        ("kien-giang-2021-2030", ["vào năm 2025", "vào năm 2030"]),
    ],
)
def test_deadlines(address: str, doc: str, days: list[str]) -> None:
    page = get(address, f"/plans/{doc}")[1]
    table = re.search(r'<table class="cards deadlines".*?</table>', page, re.DOTALL)
    assert table is not None
    cells = re.findall(r'<td role="cell" class="c0"[^>]*>(.*?)</td>', table[0], re.DOTALL)
    assert [words(link) for cell in cells for link in re.findall(r"<a .*?</a>", cell)] == days


def test_a_plan_without_any_of_it_says_so(address: str) -> None:
    page = get(address, "/plans/bac-kan-2023")[1]
    assert page.count("Văn bản này không có.") == 3  # targets, deadlines, tables
    assert "Văn bản này không chia mục" in page
    assert "<svg role" not in page


def links(page: str) -> list[tuple[str, Span, str]]:
    """Document, span and words of every link into a text."""
    found = []
    for address, shown in _LINK.findall(page):
        split = urlsplit(html.unescape(address))
        asked = parse_qs(split.query)
        span = Span(int(asked["start"][0]), int(asked["end"][0]))
        found.append((unquote(split.path.removeprefix("/source/")), span, words(shown)))
    return found


def holds(passage: str, shown: str) -> bool:
    """Whether a passage says what its link says: the same words, or where it has figures all of these.

    An issuer's name may stand in a letterhead of two columns, the motto between its lines.
    """
    rest = iter(passage.split())
    if shown.isupper() and all(word in rest for word in shown.split()):
        return True
    if fold(shown.removesuffix(" …").removeprefix("…/")) in fold(words(html.escape(passage))) or shown.startswith(
        "Đọc cả mục"
    ):
        return True
    numbers, said = ({int(digits) for digits in re.findall(r"\d+", text)} for text in (passage, shown))
    return bool(said) and said <= numbers


def test_every_link_of_the_plans_leads_to_what_it_shows(address: str, index_folder: Path) -> None:
    documents = assistant(index_folder).documents
    for path in ("/plans", *(f"/plans/{doc}" for doc in NAMES)):
        found = links(get(address, path)[1].partition("<main")[2])  # without the local numbers of every head
        assert len(found) > 8
        for doc, span, shown in found:
            assert holds(documents[doc].shown(span), shown), (path, span, shown)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_link_of_other_texts_leads_to_what_it_shows(path: Path) -> None:
    document = read_file(path)
    for doc, span, shown in links(laid_out(document)):
        assert doc == document.id
        assert span.end <= len(document.text)
        assert holds(document.shown(span), shown), (span, shown)


@pytest.mark.parametrize(
    "path", [*TEXTS, ROOT / "corpus" / "documents" / f"{KIEN_GIANG}.txt"], ids=lambda one: one.stem
)
def test_rows_are_laid_out_in_the_columns_they_are_printed_in(path: Path) -> None:
    document = read_file(path)
    for table in document.tables:
        for row in table.rows:
            places = printed(document, row)
            assert [places[cell.column] for cell in row.cells] == [cell.span for cell in row.cells]
            said = re.sub(r"[\s|]", "", document.shown(row.span))
            assert "".join(re.sub(r"[\s|]", "", document.shown(place)) for place in places) == said


def test_links_open(address: str) -> None:
    page = get(address, f"/plans/{KIEN_GIANG}")[1]
    for path in re.findall(r'href="(/[^"#]*)[^"]*"', page)[:40:4]:
        assert get(address, html.unescape(path))[0] == 200, path
    assert get(address, "/plans/khong-co")[0] == 404
    assert get(address, "/plans", "POST")[0] == 405


def test_the_catalogue_is_a_click_away(address: str) -> None:
    for path in ("/", "/source/khanh-hoa-2020", "/plans", "/khong-co"):
        assert '<a class="to-catalogue" href="/plans">' in get(address, path)[1]
    assert 'href="/plans/khanh-hoa-2020"' in get(address, "/source/khanh-hoa-2020")[1]


HOSTILE = '<script>alert(1)</script>" onmouseover="x $\\frac{a}$ & \x01 龙 [1](javascript:x)'


def test_hostile_words_stay_words(kien_giang: Document) -> None:
    table = dataclasses.replace(
        kien_giang.tables[0],
        caption=HOSTILE,
        unit=Fact(f"{HOSTILE} đồng", None),
        notes=(HOSTILE,),
        columns=tuple(
            dataclasses.replace(one, path=(*one.path[:-1], HOSTILE + one.path[-1]))
            for one in kien_giang.tables[0].columns
        ),
    )
    metadata = dataclasses.replace(
        kien_giang.metadata, title=Fact(HOSTILE, Span(0, 5)), number=Fact(HOSTILE, Span(0, 5))
    )
    hostile = dataclasses.replace(kien_giang, id='x"><script>', metadata=metadata, tables=(table,))
    for page in (laid_out(hostile), catalogue_html(plans_of(hostile), [hostile], 1, 2026)):
        assert "<script" not in page
        assert not re.search(r"<[^>]*\sonmouseover=", re.sub(r'"[^"]*"', '""', page))
        assert "&lt;script&gt;" in page
    assert "frac{a}" in laid_out(hostile)


def test_plots_name_themselves(kien_giang: Document) -> None:
    page = laid_out(kien_giang)
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 5  # four goals, one table
    for drawing in drawings:
        assert 'role="img"' in drawing
        (named,) = re.findall(r'aria-labelledby="([^"]+)"', drawing)
        for name in named.split():
            assert f'id="{name}"' in drawing
        assert not re.search(r"#0[0-9a-f]{5}|<style|<metadata|<script", drawing)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_only_shares_of_several_years_are_drawn(kien_giang: Document) -> None:
    said = " ".join(re.findall(r"<desc.*?</desc>", laid_out(kien_giang), re.DOTALL))
    assert "1. Tỷ lệ xã, phường, thị trấn đạt tiêu chuẩn phù hợp với trẻ em: 2025 75%, 2030 85%" in words(said)
    assert "dưới 9,5" not in said  # a rate of a thousand
    assert "100.000" not in said


@pytest.mark.parametrize("file", ["tests/texts/kon-tum-2021.txt", "tests/texts/quang-ngai-2024.txt"])
def test_a_plan_without_figures_has_no_plot(file: str) -> None:
    assert "<svg" not in laid_out(read_file(ROOT / file))


@pytest.mark.parametrize(
    ("printed_words", "value"),
    [
        ("75%", "75"),
        ("xuống dưới 9%", "9"),
        ("98,5 %", "98.5"),
        ("98.5%", "98.5"),
        ("16/100.000", None),
        ("12,5", None),
    ],
)
def test_shares(printed_words: str, value: str | None) -> None:
    assert share(printed_words) == (Decimal(value) if value else None)


def widths(svg: str) -> list[float]:
    """How long the bars of the first colour are, in points."""
    paths = re.findall(r'<path d="([^"]+)"[^>]*style="fill: var\(--bar-1\)', svg)
    found = [[float(x) for x in re.findall(r"[ML] ([\d.]+) ", path)] for path in paths]
    return [max(across) - min(across) for across in found]


def bars(*lengths: float) -> list[Group]:
    return [Group("Một chỉ tiêu", tuple(Bar("2025", ((length, 0),), f"{length}%") for length in lengths))]


def test_bars_are_as_long_as_their_figures() -> None:
    short, long = widths(drawn(bars(40.0, 80.0), "x", "X"))
    assert long == pytest.approx(2 * short, rel=1e-3)
    (beside,) = widths(drawn(bars(40.0), "y", "Y", bars(80.0)))
    assert beside == pytest.approx(short, rel=1e-3)
    assert len(widths(drawn(bars(0.0, 0.0), "z", "Z"))) == 2  # nothing to divide by


def test_a_drawing_is_made_once() -> None:
    kept, made = Kept(), []

    def draw() -> list[Plot]:
        made.append(1)
        return [Plot(None, (), "<svg></svg>")]

    threads = [threading.Thread(target=lambda: kept.of("a", draw)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, kept.of("a", draw)[0].svg) == ([1], "<svg></svg>")


def test_the_page_comes_without_the_drawing_library() -> None:
    code = "import sys, assistant.web.routes; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def luminance(colour: str) -> float:
    """Of a colour "#rrggbb", as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("at", "paper"), [(0, "#ffffff"), (1, "#172127")])
def test_bars_stand_out_from_the_paper(at: int, paper: str) -> None:
    css = (ROOT / "assistant" / "web" / "static" / "catalogue.css").read_text("utf-8")
    for bar in range(1, 7):
        pair = sorted((luminance(re.findall(rf"--bar-{bar}: (#\w+);", css)[at]), luminance(paper)))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 3
