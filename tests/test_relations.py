"""How documents stand to one another: one text held twice is found, a text of another year or province is not it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from outline_table import ALL, PLANS
from pydantic import TypeAdapter

from corpus import Document, read
from corpus.cleaning import clean
from corpus.document import Fact, Metadata, Page, Span
from corpus.mentions import mentions
from corpus.reading import parse
from index.relations import Card, Relation, Tie, card_of, relations

_LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụ"
_IDS = [path.stem for path in PLANS]


def _text(path: Path) -> str:
    return read(path).text


def _read(text: str, doc: str = "other", suffix: str = "txt") -> Document:
    return parse(doc, f"{doc}.{suffix}", doc, text)


def _slips(text: str, share: float = 0.03, seed: int = 5) -> str:
    """The text with a share of its letters read wrong."""
    dice = random.Random(seed)
    return "".join(dice.choice(_LETTERS) if one.isalpha() and dice.random() < share else one for one in text)


def _scanned(document: Document) -> Document:
    return replace(document, pages=(Page(1, Span(0, len(document.text)), 0.9),))


def _next_year(text: str) -> str:
    """What a province publishes the year after: the same words, other years."""
    return re.sub(r"\b(?:19|20)\d\d\b", lambda year: str(int(year[0]) + 1), text)


def _other_figures(text: str) -> str:
    return re.sub(r"\b(\d+)(?=\s?%)", lambda share: str(max(1, int(share[1]) - 3)), text)


def _elsewhere(text: str) -> str:
    for name in ("Khánh Hòa", "Kiên Giang", "Lạng Sơn", "Bắc Kạn", "Thừa Thiên Huế"):
        text = text.replace(name, "Cà Mau")
    return text.replace("TỈNH NĂM", "TỈNH CÀ MAU NĂM")


def _debris(text: str) -> str:
    return f"Trang chủ » Văn bản\n\nLượt xem: 1.204\n\n{text}\n\nTin liên quan\n\nChia sẻ: Facebook Zalo\n"


def _lone_markers(text: str) -> str:
    """Bullets of another sign, list numbers lost, as a reader of another format gives them."""
    return re.sub(r"(?m)^(\s*)(?:- |[a-zđ]\) |\d{1,2}\. )", r"\1• ", text)


def _joined(text: str) -> str:
    return re.sub(r"\n\n+", "\n", text).replace("oà", "òa")


@pytest.mark.parametrize("path", PLANS, ids=_IDS)
@pytest.mark.parametrize(
    ("change", "same"),
    [
        (str, True),
        (_joined, True),
        (_debris, True),
        (_lone_markers, True),
        (lambda text: _slips(text, 0.01), True),
        (_next_year, False),
        (lambda text: _slips(_next_year(text), 0.02), False),
        (lambda text: _next_year(_other_figures(text)), False),
    ],
    ids=["same", "joined", "debris", "markers", "slips", "next year", "next year, slips", "next year, figures"],
)
def test_a_copy_is_the_same_text_and_no_other(path: Path, change: Callable[[str], str], same: bool) -> None:
    found = relations([card_of(read(path)), card_of(_read(change(_text(path))))])
    assert [one.tie for one in found] == ([Tie.COPY] if same else [])


@pytest.mark.parametrize("path", PLANS, ids=_IDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_scan_with_many_slips_is_a_copy_of_the_text(path: Path, seed: int) -> None:
    scan = _scanned(_read(_slips(_text(path), 0.03, seed), "scan", "pdf"))
    assert relations([card_of(scan), card_of(read(path))]) == (Relation("scan", Tie.COPY, path.stem),)


def _figures_misread(text: str) -> str:
    """What a scan at 150 dots an inch does to figures while it gets the words right: here one digit in twenty."""
    dice = random.Random(11)
    return "".join(dice.choice("0369") if one.isdigit() and dice.random() < 0.05 else one for one in text)


@pytest.mark.parametrize("path", PLANS, ids=_IDS)
def test_a_scan_with_misread_figures_is_a_copy_but_not_of_last_years(path: Path) -> None:
    text = _figures_misread(_text(path))
    scan, later = (_scanned(_read(words, "scan", "pdf")) for words in (text, _next_year(text)))
    bare = replace(card_of(read(path)), period=None, number=None, date=None)
    unstated = {"period": None, "number": None, "date": None}
    assert relations([replace(card_of(scan), **unstated), bare]) == (Relation("scan", Tie.COPY, path.stem),)
    assert relations([replace(card_of(later), **unstated), bare]) == ()


@pytest.mark.parametrize("path", PLANS, ids=_IDS)
def test_another_province_with_the_same_words_is_no_copy(path: Path) -> None:
    moved = _read(_elsewhere(_text(path)))
    cards = [card_of(read(path)), card_of(moved)]
    assert [one.province for one in cards] == [cards[0].province, "Cà Mau"]
    assert relations(cards) == ()


@pytest.mark.parametrize("path", PLANS, ids=_IDS)
@pytest.mark.parametrize("shares", [(0.3, 0.6), (0.0, 0.25), (0.7, 0.9)])
def test_a_plan_with_a_part_of_another_subject_is_no_copy(path: Path, shares: tuple[float, float]) -> None:
    lines, others = (_text(one).split("\n\n") for one in (path, PLANS[PLANS.index(path) - 1]))
    start, end = (int(len(lines) * share) for share in shares)
    middle = int(len(others) * 0.3)
    mixed = [*lines[:start], *others[middle : middle + end - start], *lines[end:]]
    cards = [card_of(_read("\n\n".join(text), doc)) for doc, text in (("one", lines), ("other", mixed))]
    unstated = {"number": None, "date": None, "figures": cards[0].figures, "words": cards[0].words}
    assert relations([replace(card, **unstated) for card in cards]) == ()


def test_all_plans_held_here_are_different_texts() -> None:
    assert relations([card_of(read(path)) for path in ALL]) == ()


def test_a_signed_text_is_a_copy_of_its_draft_and_the_signed_one_is_kept() -> None:
    draft = _text(next(path for path in PLANS if path.stem == "lang-son-2023"))
    signed = draft.replace("Số: /KH-SLĐTBXH", "Số: 45/KH-SLĐTBXH").replace("ngày tháng năm", "ngày 17 tháng 3 năm")
    found = relations([card_of(_read(draft, "draft", "docx")), card_of(_read(signed, "signed", "pdf"))])
    assert found == (Relation("draft", Tie.COPY, "signed"),)
    other = signed.replace("Số: 45/", "Số: 51/").replace("ngày 17 tháng", "ngày 28 tháng")
    assert relations([card_of(_read(other, "other")), card_of(_read(signed, "signed"))]) == ()


def test_what_two_copies_of_a_draft_contradict_is_not_made_one_by_the_draft() -> None:
    draft = _text(next(path for path in PLANS if path.stem == "lang-son-2023"))
    one, two = (
        draft.replace("Số: /KH", f"Số: {number}/KH").replace("ngày tháng năm", f"ngày {number} tháng 3 năm")
        for number in (11, 22)
    )
    found = relations([card_of(_read(text, doc)) for doc, text in (("draft", draft), ("one", one), ("two", two))])
    assert [(relation.doc, relation.tie) for relation in found] == [("draft", Tie.COPY)]


_OPENING = "Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016; Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:"
_DUTIES = """II. TỔ CHỨC THỰC HIỆN

1. Sở Y tế là cơ quan thường trực, chủ trì, phối hợp với các sở, ban, ngành và Ủy ban nhân dân các xã, phường triển khai
thực hiện Kế hoạch; theo dõi, đôn đốc, kiểm tra, tổng hợp báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12.

2. Sở Tài chính tham mưu Ủy ban nhân dân tỉnh bố trí kinh phí thực hiện Kế hoạch theo quy định của Luật Ngân sách nhà
nước và các văn bản hướng dẫn.

3. Ủy ban nhân dân các xã, phường xây dựng kế hoạch cụ thể và tổ chức thực hiện trên địa bàn, định kỳ báo cáo Sở Y tế.
"""
_DROWNING = """1. Giảm số trẻ em tử vong do đuối nước; mở lớp dạy bơi cho học sinh các trường tiểu học ven biển.

2. Lắp biển cảnh báo tại các ao hồ, sông rạch có nguy cơ, rào chắn các công trình đang xây dựng.

3. Tập huấn kỹ năng cứu đuối cho cộng tác viên dân số, giáo viên thể dục, phụ huynh."""
_ABUSE = """1. Giảm số vụ bạo lực, xâm hại tình dục; mọi vụ việc được phát hiện đều phải xử lý nghiêm theo pháp luật.

2. Thiết lập đường dây nóng, phòng tư vấn tâm lý học đường, nhà tạm lánh cho nạn nhân.

3. Tập huấn quy trình can thiệp, hỗ trợ cho công an xã, cán bộ hội phụ nữ, đoàn viên."""


def _plan_of(doc: str, number: str, title: str, goals: str) -> Document:
    head = f"ỦY BAN NHÂN DÂN TỈNH CÀ MAU\nSố: {number}/KH-UBND\n\nCà Mau, ngày 5 tháng 3 năm 2025\n\nKẾ HOẠCH\n{title}"
    return _read(f"{head}\n\n{_OPENING}\n\nI. MỤC TIÊU\n\n{goals}\n\n{_DUTIES}", doc)


_WATER, _HARM, _CARE = (
    "Phòng, chống đuối nước trẻ em năm 2025",
    "Phòng, chống xâm hại trẻ em năm 2025",
    "Công tác trẻ em",
)


#: Number, title, goals of two plans of one office and day that share their other half; which are scans; whether copies.
@pytest.mark.parametrize(
    ("one", "other", "scans", "same"),
    [
        (("121", _WATER, _DROWNING), ("122", _HARM, _ABUSE), "", False),
        (("121", _WATER, _DROWNING), ("122", _HARM, _ABUSE), "b", False),
        (("121", _WATER, _DROWNING), ("122", _HARM, _ABUSE), "ab", False),
        (("", _WATER, _DROWNING), ("", _HARM, _ABUSE), "", False),
        (("", _WATER, _DROWNING), ("122", _HARM, _ABUSE), "a", False),
        (("121", _CARE, _DROWNING), ("122", _CARE, _ABUSE), "", False),
        (("121", _CARE, _DROWNING), ("122", _CARE, _ABUSE), "b", False),
        (("", _CARE, _DROWNING), ("", _CARE, _ABUSE), "", False),
        (("121", _CARE, _DROWNING), ("122", _CARE, _DROWNING), "", False),
        (("121", _CARE, _DROWNING), ("122", _CARE, _DROWNING), "b", True),  # one figure read wrong
        (("121", _CARE, _DROWNING), ("", _CARE, _DROWNING), "", True),
    ],
)
def test_two_plans_of_one_office_and_day(
    one: tuple[str, str, str], other: tuple[str, str, str], scans: str, same: bool
) -> None:
    cards = [
        replace(card_of(_plan_of(doc, *said)), confidence=0.9 if doc in scans else None)
        for doc, said in (("a", one), ("b", other))
    ]
    assert [relation.tie for relation in relations(cards)] == ([Tie.COPY] if same else [])


def test_a_scan_without_number_does_not_make_two_numbered_plans_one() -> None:
    cards = [
        card_of(_plan_of(doc, number, _CARE, _DROWNING)) for doc, number in (("a", ""), ("b", "121"), ("c", "122"))
    ]
    cards[0] = replace(cards[0], confidence=0.9)
    assert [(one.doc, one.other) for one in relations(cards)] == [("a", "b")]


#: File names of one text, some of them scans, the one to keep last.
@pytest.mark.parametrize(
    ("scans", "files"),
    [
        ((), ["a.pdf", "b.docx"]),
        ((), ["a.txt", "b.html"]),
        ((), ["a.doc", "b.odt", "c.docx"]),
        (("a.docx",), ["a.docx", "b.pdf"]),
        (("a.pdf",), ["a.pdf", "b.pdf", "c.txt"]),
    ],
)
def test_which_copy_is_kept(scans: tuple[str, ...], files: list[str]) -> None:
    plain = card_of(read(PLANS[0]))
    cards = [
        replace(plain, doc=name.replace(".", "-"), source=name, confidence=0.9 if name in scans else None)
        for name in files
    ]
    *others, best = cards
    wanted = tuple(sorted((Relation(one.doc, Tie.COPY, best.doc) for one in others), key=lambda one: one.doc))
    assert relations(cards) == relations(cards[::-1]) == wanted


def test_of_equal_copies_the_first_is_kept() -> None:
    plain = card_of(read(PLANS[0]))
    b, a = (replace(plain, doc=doc, source=f"{doc}.pdf") for doc in ("b", "a"))
    assert relations([b, a]) == (Relation("a", Tie.COPY, "b"),)
    assert relations([a, b]) == (Relation("b", Tie.COPY, "a"),)


@pytest.mark.parametrize(
    ("said", "best"),
    [({}, "b.docx"), ({"number": "21/KH-UBND"}, "a.txt"), ({"title": "Kế hoạch đã sửa", "number": "1"}, "a.txt")],
)
def test_the_copy_that_was_corrected_is_kept(said: dict[str, str], best: str) -> None:
    text = _text(PLANS[1])
    cards = [card_of(parse("a", "a.txt", "a", text, said)), card_of(_read(text, "b", "docx"))]
    scan = replace(cards[0], confidence=0.9)
    for some in (cards, cards[::-1], [scan, cards[1]]):
        (found,) = relations(some)
        assert next(card.source for card in some if card.doc == found.other) == best


def test_an_empty_text_is_no_copy_of_another() -> None:
    assert relations([card_of(_read("", "a")), card_of(_read("", "b")), card_of(_read("Một hai.", "c"))]) == ()


def test_a_card_is_small_and_can_be_written_down() -> None:
    shape = TypeAdapter(Card)
    for path in ALL:
        card = card_of(read(path))
        written = shape.dump_json(card)
        assert len(written) < 2000 and shape.validate_json(written) == card


def test_two_thousand_cards_are_related_quickly() -> None:
    cards = [card_of(read(path)) for path in PLANS]
    many = [
        replace(cards[at % 5], doc=f"d{at}", digest=str(at), province=f"p{at % 40}", number=f"{at}/KH-UBND")
        for at in range(2000)
    ]
    start = perf_counter()
    assert relations(many) == ()
    assert perf_counter() - start < 3


_HEAD = """ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH {upper}    Độc lập - Tự do - Hạnh phúc

Số: {number}    {province}, ngày {day}

{kind}
{title}

Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;

I. NỘI DUNG

{body}

Trên đây là nội dung thực hiện./.
"""


def _made(  # noqa: PLR0917
    doc: str,
    number: str,
    day: str,
    title: str = "Thực hiện công tác trẻ em trên địa bàn tỉnh",
    body: str = "Bảo vệ trẻ em.",
    kind: str = "KẾ HOẠCH",
    province: str = "Cà Mau",
) -> Document:
    head = {"upper": province.upper(), "number": number, "province": province, "day": day}
    return _read(_HEAD.format(**head, kind=kind, title=title, body=f"{body}\n\nMã số tài liệu {doc} {number}."), doc)


_OLD = "Kế hoạch số 107/KH-UBND ngày 12/3/2021 của UBND tỉnh"
_RULES = "Quyết định số 12/2019/QĐ-UBND ngày 05 tháng 5 năm 2019 của Ủy ban nhân dân tỉnh"
_R, _A = Tie.REPLACES, Tie.AMENDS


#: A sentence of a plan, and what it says of which number.
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"Kế hoạch này thay thế {_OLD} Cà Mau.", [(_R, "107/KH-UBND")]),
        (f"Kế hoạch này có hiệu lực kể từ ngày ký và thay thế cho {_OLD}.", [(_R, "107/KH-UBND")]),
        (f"Kế hoạch này có hiệu lực kể từ ngày ký; bãi bỏ {_OLD}.", [(_R, "107/KH-UBND")]),
        (f"Kế hoạch này có hiệu lực từ ngày ký. Thay thế {_OLD}.", [(_R, "107/KH-UBND")]),
        (f"Kế hoạch này bãi bỏ {_OLD} và Kế hoạch số 9/KH-UBND.", [(_R, "107/KH-UBND"), (_R, "9/KH-UBND")]),
        (f"{_OLD} hết hiệu lực kể từ ngày Kế hoạch này có hiệu lực.", [(_R, "107/KH-UBND")]),
        ("Kế hoạch này thay thế Kế hoạch số 107 /KH–UBND năm 2021.", [(_R, "107 /KH–UBND")]),
        (f"Kế hoạch này thay thế Quy chế ban hành kèm theo {_RULES}.", [(_R, "12/2019/QĐ-UBND")]),
        (f"Kế hoạch này thay thế Phụ lục II ban hành kèm theo {_OLD}.", [(_A, "107/KH-UBND")]),
        (f"Kế hoạch này bãi bỏ mục II.1 {_OLD}.", [(_A, "107/KH-UBND")]),
        (f"UBND tỉnh điều chỉnh một số nội dung tại {_OLD} như sau:", [(_A, "107/KH-UBND")]),
        (f"1. Sửa đổi, bổ sung mục II {_OLD} như sau:", [(_A, "107/KH-UBND")]),
        (f"Kế hoạch này thay thế {_OLD} và số 9/KH-UBND ngày 3/4/2021.", [(_R, "107/KH-UBND"), (_R, "9/KH-UBND")]),
        (
            f"Kế hoạch này bãi bỏ các {_OLD} Cà Mau về dạy bơi, 8/KH-UBND, 9/KH-UBND.",
            [(_R, f"{n}/KH-UBND") for n in (107, 8, 9)],
        ),
        (
            "Kế hoạch này thay thế các Kế hoạch số 5/KH-UBND, 6/KH-UBND; 7/KH-UBND.",
            [(_R, f"{n}/KH-UBND") for n in (5, 6, 7)],
        ),
        (f"Kế hoạch này bổ sung {_OLD}.\n\nKế hoạch này thay thế {_OLD}.", [(_R, "107/KH-UBND")]),
        (f"Kế hoạch này thay thế {_OLD}.\n\nKế hoạch này bổ sung {_OLD}.", [(_R, "107/KH-UBND")]),
        (
            f"Các {_OLD} và số 9/KH-UBND hết hiệu lực kể từ ngày Kế hoạch này có hiệu lực.",
            [(_R, "107/KH-UBND"), (_R, "9/KH-UBND")],
        ),
        (f"Kế hoạch này thay thế {_OLD}, báo cáo theo Công văn số 9/KH-UBND.", [(_R, "107/KH-UBND")]),
        (f"Kế hoạch này thay thế {_OLD}; thực hiện nhiệm vụ tại số 9/KH-UBND.", [(_R, "107/KH-UBND")]),
        ("Căn cứ Luật Tổ chức chính quyền địa phương được sửa đổi, bổ sung năm 2019;", []),
        ("Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Trẻ em số 47/2019/QH14;", []),
        ("- Thay thế trang thiết bị hư hỏng theo Kế hoạch số 12/KH-SYT ngày 01/01/2022.", []),
        ("Thực hiện Nghị định số 20/2021/NĐ-CP thay thế Nghị định số 136/2013/NĐ-CP ngày 21/10/2013.", []),
        ("Kế hoạch này thực hiện Nghị định số 20/2021/NĐ-CP thay thế Nghị định số 136/2013/NĐ-CP.", []),
        (f"Sở Y tế tham mưu UBND tỉnh điều chỉnh {_OLD} cho phù hợp.", []),
        (f"- Rà soát, sửa đổi, bổ sung {_RULES}.", []),
        (f"- Sửa đổi, bổ sung {_RULES} trong quý II.", []),
        ("Kế hoạch này được điều chỉnh khi có Quyết định số 15/QĐ-UBND.", []),
        ("Khi thực hiện Kế hoạch này, nếu cần sửa đổi, bổ sung, báo cáo theo Công văn số 12/UBND-VX.", []),
        ("Chăm sóc thay thế cho trẻ em theo Kế hoạch số 5/KH-UBND ngày 01/01/2023.", []),
    ],
)
def test_what_a_plan_says_of_others(body: str, said: list[tuple[Tie, str]]) -> None:
    document = _made("new", "12/KH-UBND", "5 tháng 3 năm 2024", body=body)
    found = card_of(document).mentions
    assert [(one.tie, one.number) for one in found] == said
    for one in found:
        words = document.shown(one.span)
        assert words in body and one.number in words


#: Numbers in a list, and the date that belongs to each.
@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("12, 15 và 18/KH-UBND ngày 05/5/2019", [("12", None), ("15", None), ("18", "2019-05-05")]),
        ("12/KH-UBND, 15/KH-UBND ngày 05/5/2019", [("12", None), ("15", "2019-05-05")]),
        ("12/KH-UBND ngày 1/2/2018 và số 15/KH-UBND ngày 05/5/2019", [("12", "2018-02-01"), ("15", "2019-05-05")]),
    ],
)
def test_numbers_in_a_list(numbers: str, said: list[tuple[str, str | None]]) -> None:
    body = f"Kế hoạch này thay thế các Kế hoạch số {numbers}."
    found = card_of(_made("new", "12/KH-UBND", "5 tháng 3 năm 2024", body=body)).mentions
    assert [(one.number, one.date) for one in found] == [(f"{number}/KH-UBND", date) for number, date in said]


@pytest.mark.parametrize("form", ["articles", "list"])
def test_all_that_a_decision_abolishes_is_found(form: str) -> None:
    each = [f"Quyết định số {n}/QĐ-UBND ngày {n} tháng 2 năm 2020 của Ủy ban nhân dân tỉnh" for n in range(2, 28)]
    articles = "\n\n".join(f"Điều {at}. Bãi bỏ {one}." for at, one in enumerate(each, 1))
    body = articles if form == "articles" else f"Điều 1. Bãi bỏ {', '.join(each)}."
    document = _made("new", "99/QĐ-UBND", "5 tháng 3 năm 2024", "Về việc bãi bỏ văn bản", body, "QUYẾT ĐỊNH")
    found = card_of(document).mentions
    assert [(one.tie, one.number) for one in found] == [(_R, f"{n}/QĐ-UBND") for n in range(2, 28)]


#: What is said again and again in one paragraph; nothing about it may grow with the square of its length.
@pytest.mark.parametrize(
    "words",
    [
        "hết hiệu lực ",
        "thay thế ",
        "UBND thay thế; ",
        "Kế hoạch này thay thế Kế hoạch số 1/KH-UBND, ",
        "thay thế nội dung, Kế hoạch số 1/KH-UBND, ",
        "Kế hoạch số 1/KH-UBND hết hiệu lực kể từ ngày Kế hoạch này ",
    ],
)
def test_a_long_paragraph_is_read_quickly(words: str) -> None:
    (block,) = clean(words * (100_000 // len(words))).blocks
    start = perf_counter()
    mentions([block], replace(Metadata(), kind=Fact("Quyết định", None)))
    assert perf_counter() - start < 8


#: Articles of a decision.
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"Điều 1. Bãi bỏ {_RULES}.", [_R]),
        (f"Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế {_RULES}.", [_R]),
        (f"Điều 1. Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo {_RULES}", [_A]),
        (f"Điều 3. Giao Sở Tư pháp rà soát, bãi bỏ {_RULES}.", []),
    ],
)
def test_what_a_decision_says_of_others(body: str, said: list[Tie]) -> None:
    document = _made("new", "12/QĐ-UBND", "5 tháng 3 năm 2024", "Về công tác trẻ em", body, "QUYẾT ĐỊNH")
    found = card_of(document).mentions
    assert [(one.tie, one.number, one.date) for one in found] == [
        (tie, "12/2019/QĐ-UBND", "2019-05-05") for tie in said
    ]


#: Number and date of the older text, its province, and whether the newer one means it.
@pytest.mark.parametrize(
    ("number", "day", "province", "meant"),
    [
        ("107/KH-UBND", "12 tháng 3 năm 2021", "Cà Mau", True),
        ("107/ KH - UBND", "12 tháng 3 năm 2021", "Cà Mau", True),
        ("107/KH-UBND", "13 tháng 3 năm 2021", "Cà Mau", True),  # a slip in one of the dates
        ("107/KH-UBND", "12 tháng 3 năm 2020", "Cà Mau", False),
        ("107/KH-UBND", "12 tháng 3 năm 2021", "Sơn La", False),
        ("107/KH-SYT", "12 tháng 3 năm 2021", "Cà Mau", False),
        ("108/KH-UBND", "12 tháng 3 năm 2021", "Cà Mau", False),
    ],
)
def test_a_plan_is_linked_to_the_one_it_replaces(number: str, day: str, province: str, meant: bool) -> None:
    new = _made("new", "12/KH-UBND", "5 tháng 3 năm 2024", body=f"Kế hoạch này thay thế {_OLD}.")
    old = _made("old", number, day, province=province, body="Chăm sóc trẻ em dưới 6 tuổi trong các trường mầm non.")
    cards = [card_of(new), card_of(old), *(card_of(read(path)) for path in PLANS)]
    found = relations(cards)
    assert found == relations(cards[::-1])
    assert [(one.doc, one.tie, one.other) for one in found] == ([("new", _R, "old")] if meant else [])
    assert all(one.span and new.shown(one.span).startswith("Kế hoạch này thay thế Kế hoạch số 107") for one in found)


@pytest.mark.parametrize(
    ("title", "tie"),
    [
        ("Sửa đổi, bổ sung Kế hoạch số 107/KH-UBND ngày 12/3/2021 của UBND tỉnh", _A),
        ("Điều chỉnh, bổ sung Kế hoạch hành động vì trẻ em tỉnh Cà Mau giai đoạn 2021 - 2025", _A),
        ("Về việc thay thế Kế hoạch số 107/KH-UBND", _R),
        ("Thực hiện Luật sửa đổi, bổ sung một số điều của Luật Trẻ em năm 2024", None),
        ("Hành động vì trẻ em tỉnh Cà Mau giai đoạn 2021 - 2025", None),
    ],
)
def test_a_title_says_what_is_amended(title: str, tie: Tie | None) -> None:
    new = _made("new", "12/KH-UBND", "5 tháng 3 năm 2024", title)
    old = _made(
        "old",
        "107/KH-UBND",
        "12 tháng 3 năm 2021",
        "Hành động vì trẻ em tỉnh Cà Mau giai đoạn 2021 - 2025",
        "Chăm sóc trẻ em dưới 6 tuổi trong các trường mầm non.",
    )
    found = relations([card_of(new), card_of(old)])
    assert [(one.doc, one.tie, one.other) for one in found] == ([("new", tie, "old")] if tie else [])


def test_a_number_that_two_provinces_have_is_linked_in_the_own_one() -> None:
    new = _made("new", "12/KH-UBND", "5 tháng 3 năm 2024", body=f"Kế hoạch này thay thế {_OLD}.")
    here = _made("here", "107/KH-UBND", "12 tháng 3 năm 2021", body="Chăm sóc trẻ em.")
    there = _made("there", "107/KH-UBND", "12 tháng 3 năm 2021", body="Dạy bơi.", province="Sơn La")
    found = relations([card_of(new), card_of(there), card_of(here)])
    assert [(one.tie, one.other) for one in found] == [(_R, "here")]


def test_a_copy_of_the_older_plan_stands_for_the_one_kept() -> None:
    new = _made("new", "12/KH-UBND", "5 tháng 3 năm 2024", body=f"Kế hoạch này thay thế {_OLD}.")
    old = card_of(_made("old", "107/KH-UBND", "12 tháng 3 năm 2021", body="Chăm sóc trẻ em."))
    copies = [replace(old, doc=f"old-{suffix}", source=f"old.{suffix}") for suffix in ("pdf", "docx")]
    twice = [replace(card_of(new), doc=f"new-{suffix}", source=f"new.{suffix}") for suffix in ("pdf", "docx")]
    found = [(one.doc, one.tie, one.other) for one in relations([*copies, *twice])]
    assert found == [
        ("new-docx", _R, "old-docx"),
        ("new-pdf", Tie.COPY, "new-docx"),
        ("old-pdf", Tie.COPY, "old-docx"),
    ]
