"""What a question is understood to ask: places, years, bodies, kind, values, and what it takes from earlier turns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from asking import assistant

from assistant.cues import Kind, Value
from assistant.follow_up import understand
from assistant.question import Question, Turn
from assistant.steps import Request

KH, KG, LS, BK, HUE = "Khánh Hòa", "Kiên Giang", "Lạng Sơn", "Bắc Kạn", "Thừa Thiên Huế"
LABOUR, HEALTH, SCHOOLS = "Sở Lao động - Thương binh và Xã hội", "Sở Y tế", "Sở Giáo dục và Đào tạo"
POLICE, YOUTH = "Công an tỉnh", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh"
DISTRICTS = "Ủy ban nhân dân các huyện, thị xã, thành phố"
FRONT, WOMEN = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"


@dataclass(frozen=True, slots=True)
class Read:
    """A question and what is read off it; kinds and values are those it must have, others may be there too."""

    text: str
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    bodies: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    values: frozenset[Value] = frozenset()
    indicators: tuple[int, ...] = ()
    english: bool = False
    before: tuple[str, ...] = ()


def kinds(*named: Kind) -> frozenset[Kind]:
    return frozenset(named)


def values(*named: Value) -> frozenset[Value]:
    return frozenset(named)


TABLE = (
    # places
    Read("Sở Y tế Khánh Hòa phải làm gì?", (KH,), (), (HEALTH,), kinds(Kind.DUTIES)),
    Read("Khánh Hoà có chỉ tiêu gì?", (KH,)),
    Read("kien giang co gi", (KG,)),
    Read("KIÊN GIANG CÓ GÌ", (KG,)),
    Read("Tỉnh Bắc Cạn làm gì cho trẻ em?", (BK,)),
    Read("Huế có gì?", (HUE,)),
    Read("TT Huế có gì?", (HUE,)),
    Read("Kế hoạch của Hà Nội và Lạng Sơn", ("Hà Nội", LS)),
    Read("So sánh Khánh Hòa với Kiên Giang", (KH, KG)),
    Read("Thành phố Hồ Chí Minh có kế hoạch không?", ("Hồ Chí Minh",)),
    Read("Đoàn Thanh niên Cộng sản Hồ Chí Minh làm gì?", (), (), (YOUTH,), kinds(Kind.DUTIES)),
    Read("Tỉnh Đoàn Kiên Giang phải làm gì?", (KG,), (), (YOUTH,), kinds(Kind.DUTIES)),
    Read("Trẻ em có quyền gì?"),
    # years
    Read("Năm 2025 Kiên Giang chi bao nhiêu tiền?", (KG,), (2025,), (), kinds(), values(Value.MONEY)),
    Read("Kiên Giang giai đoạn 2021-2030 có gì?", (KG,)),
    Read("Từ năm 2022 và 2024 ở Kiên Giang", (KG,), (2022, 2024)),
    Read("Quyết định 67/2016/QĐ-UBND là gì?"),
    Read("Có 2.020 trẻ em không?"),
    # bodies, as staff and others write them
    Read("Sở LĐTBXH làm gì?", (), (), (LABOUR,), kinds(Kind.DUTIES)),
    Read("Sở LĐ-TB&XH làm gì?", (), (), (LABOUR,), kinds(Kind.DUTIES)),
    Read("sở lao động phải làm gì", (), (), (LABOUR,), kinds(Kind.DUTIES)),
    Read("Sở GDĐT được giao việc gì?", (), (), (SCHOOLS,), kinds(Kind.DUTIES)),
    Read("ngành giáo dục phải làm gì?", (), (), (SCHOOLS,), kinds(Kind.DUTIES)),
    Read("bên y tế lo việc gì?", (), (), (HEALTH,), kinds(Kind.DUTIES)),
    Read("so y te phai lam gi", (), (), (HEALTH,), kinds(Kind.DUTIES)),
    Read("Công an có trách nhiệm gì?", (), (), (POLICE,), kinds(Kind.DUTIES)),
    Read("Hội Phụ nữ có vai trò gì?", (), (), (WOMEN,), kinds(Kind.DUTIES)),
    Read("MTTQ có nhiệm vụ gì?", (), (), (FRONT,), kinds(Kind.DUTIES)),
    Read("UBND huyện phải làm gì?", (), (), (DISTRICTS,), kinds(Kind.DUTIES)),
    Read("Sở Y tế và Công an tỉnh phối hợp thế nào?", (), (), (HEALTH, POLICE)),
    Read("What must the Department of Health do?", (), (), (HEALTH,), kinds(Kind.DUTIES), english=True),
    Read("which agency is responsible for nutrition", kinds=kinds(Kind.OWNER), english=True),
    # kinds and values
    Read("Ai ký kế hoạch Kiên Giang?", (KG,), kinds=kinds(Kind.SIGNER)),
    Read("Kế hoạch Kiên Giang số mấy?", (KG,), kinds=kinds(Kind.NUMBER)),
    Read("Kế hoạch được ban hành ngày nào?", kinds=kinds(Kind.SIGNED_ON)),
    Read("Ai ban hành kế hoạch Lạng Sơn?", (LS,), kinds=kinds(Kind.ISSUER)),
    Read("Nơi nhận kế hoạch Huế?", (HUE,), kinds=kinds(Kind.RECIPIENTS)),
    Read("Có bao nhiêu chỉ tiêu?", kinds=kinds(Kind.COUNT)),
    Read("Gọi số nào khi thấy trẻ bị đánh?", kinds=kinds(Kind.HOTLINE)),
    Read("Ai chịu trách nhiệm về khai sinh?", kinds=kinds(Kind.OWNER)),
    Read("Những tỉnh nào nói về đuối nước?", kinds=kinds(Kind.PROVINCES)),
    Read("Hạn nộp báo cáo là khi nào?", values=values(Value.DATE)),
    Read("Tổng kinh phí là bao nhiêu?", values=values(Value.MONEY)),
    Read("Tính bằng đơn vị tiền nào?", values=values(Value.UNIT)),
    Read("Theo nghị định nào?", values=values(Value.DOCUMENT)),
    Read("Giảm bao nhiêu phần trăm?", values=values(Value.PERCENT)),
    Read("Số điện thoại đường dây nóng?", kinds=kinds(Kind.HOTLINE), values=values(Value.PHONE)),
    # targets by their number
    Read("Chỉ tiêu 5 là gì?", indicators=(5,)),
    Read("chi tieu so 24 kien giang", (KG,), indicators=(24,)),
    Read("Indicator 3 of Kien Giang?", (KG,), indicators=(3,), english=True),
    Read("Chỉ tiêu 90% trẻ em là gì?"),
    Read("Chỉ tiêu 2025 của Kiên Giang", (KG,), (2025,)),
    # what is left out is taken from the turn before
    Read("Còn Kiên Giang?", (KG,), (), (HEALTH,), kinds(Kind.DUTIES), before=("Sở Y tế Khánh Hòa phải làm gì?",)),
    Read("Thế Công an thì sao?", (KH,), (), (POLICE,), kinds(Kind.DUTIES), before=("Sở Y tế Khánh Hòa phải làm gì?",)),
    Read("Còn năm 2026?", (KG,), (2026,), before=("Năm 2025 Kiên Giang chi bao nhiêu tiền?",)),
    Read("Ngày nào?", (KG,), kinds=kinds(Kind.SIGNED_ON), before=("Ai ký kế hoạch Kiên Giang?",)),
    Read(
        "Chỉ tiêu đó do ai thực hiện?",
        (KG,),
        indicators=(7,),
        kinds=kinds(Kind.OWNER),
        before=("Chỉ tiêu 7 Kiên Giang?",),
    ),
    Read("Chỉ tiêu 8 thì sao?", (KG,), indicators=(8,), before=("Chỉ tiêu 7 của Kiên Giang là gì?",)),
    Read("Thế còn Huế?", (HUE,), (), (POLICE,), before=("Công an Khánh Hòa làm gì?", "Còn Kiên Giang?")),
    # … and a question that stands by itself takes nothing but the place
    Read("Sở Tài chính Lạng Sơn phải làm gì?", (LS,), (), ("Sở Tài chính",), before=("Sở Y tế Khánh Hòa làm gì?",)),
    Read("Ai ký kế hoạch Kiên Giang?", (KG,), kinds=kinds(Kind.SIGNER), before=("Chỉ tiêu 5 Huế là gì?",)),
    Read("So sánh chỉ tiêu tảo hôn của các tỉnh", before=("Sở Y tế Khánh Hòa phải làm gì?",)),
)


def read(question: Question) -> tuple[object, ...]:
    return (
        tuple(place.name for place in question.provinces),
        question.years,
        tuple(body.name for body in question.agencies),
        question.indicators,
        question.english,
    )


@pytest.mark.parametrize("wanted", TABLE, ids=lambda wanted: wanted.text[:48])
def test_what_is_asked(wanted: Read) -> None:
    history = [Turn("user", text) for text in wanted.before]
    question = understand(wanted.text, wanted.text, history)
    assert read(question) == (wanted.places, wanted.years, wanted.bodies, wanted.indicators, wanted.english)
    assert wanted.kinds <= question.kinds
    assert wanted.values <= question.values


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ tiêu 5 Kiên Giang do Sở Y tế thực hiện năm 2025?",
        unicodedata.normalize("NFD", "Chỉ tiêu 5 Kiên Giang do Sở Y tế thực hiện năm 2025?"),
        "CHỈ TIÊU 5 KIÊN GIANG DO SỞ Y TẾ THỰC HIỆN NĂM 2025?",
        "chi tieu 5 kien giang do so y te thuc hien nam 2025",
        "chir tieeu 5 kieen giang do sowr y tees thuwcj hieenj nawm 2025",
        "chi3 tieu6 5 kie6n giang do so73 y te61 thuc75 hie65n nam8 2025",
    ],
)
def test_however_it_is_typed(index_folder: Path, text: str) -> None:
    question = assistant(index_folder).understand(Request(text)).question
    assert read(question) == ((KG,), (2025,), (HEALTH,), (5,), False)


def test_answers_of_the_assistant_are_no_questions() -> None:
    history = [Turn("user", "Sở Y tế Khánh Hòa phải làm gì?"), Turn("assistant", "Kiên Giang, Công an tỉnh, năm 2025")]
    assert read(understand("Còn nữa không?", "Còn nữa không?", history)) == ((KH,), (), (HEALTH,), (), False)


def test_the_question_as_asked_is_kept() -> None:
    assert understand("  Ai KÝ?\n", "Ai KÝ?").asked == "  Ai KÝ?\n"


#: Filters of the page and of the command line, and what a question adds to them.
SCOPES: tuple[tuple[str, tuple[str, ...], tuple[int, ...], set[str]], ...] = (
    ("Sở Y tế phải làm gì?", (), (), {BK, KH, KG, LS, HUE}),
    ("Sở Y tế phải làm gì?", (KH,), (), {KH}),
    ("Sở Y tế phải làm gì?", (), (2023,), {BK, LS, KG}),
    ("Sở Y tế phải làm gì?", (KG, HUE), (2020,), {HUE}),
    ("Sở Y tế Khánh Hòa phải làm gì?", (KG,), (), set()),
    ("Năm 2020 Sở Y tế phải làm gì?", (), (), {KH, HUE}),
    ("Sở Y tế An Giang phải làm gì?", (), (), {KG}),  # Kiên Giang is part of An Giang since July 2025
    ("Sở Y tế Cà Mau phải làm gì?", (), (), set()),
)


@pytest.mark.parametrize(("text", "provinces", "years", "held"), SCOPES)
def test_scope(
    index_folder: Path, text: str, provinces: tuple[str, ...], years: tuple[int, ...], held: set[str]
) -> None:
    scope = assistant(index_folder).understand(Request(text, (), provinces, years)).scope
    assert {document.metadata.province.value for document in scope.documents if document.metadata.province} == held
