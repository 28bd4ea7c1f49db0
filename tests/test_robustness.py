"""Ways of typing, by hand; what they cost, counted on five cases."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from evaluating import DUTY, WHO, Scripted, case, cited

from assistant.question import Turn
from eval.__main__ import main
from eval.cases import TUNED, Case, load_cases
from eval.robustness import rerun, robustness_json, robustness_text
from eval.variants import (
    SHORTEST,
    SLIPS,
    VARIANTS,
    abbreviated,
    doubled,
    dropped,
    is_short_for,
    mistoned,
    swapped,
    typos,
    unaccented,
    varied,
)


class Chosen:
    """A chance that always takes the first."""

    def choice(self, items: list[object]) -> object:
        return items[0]

    def randrange(self, start: int, stop: int) -> int:
        assert start < stop
        return start


@pytest.mark.parametrize(
    ("slip", "word", "slipped"),
    [
        (swapped, "trẻem", "tẻrem"),
        (swapped, "booo", "booo"),
        (doubled, "Giang", "Giiang"),
        (dropped, "Giang", "Gang"),
        (mistoned, "nhiệm", "nhiềm"),
        (mistoned, "tổng", "tồng"),
        (mistoned, "Giang", "Giang"),
    ],
)
def test_one_slip(slip: Callable[[str, Chosen], str], word: str, slipped: str) -> None:
    assert slip(word, Chosen()) == slipped


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Sở Y tế Đắk Lắk, đạt 98,5%?", "So Y te Dak Lak, dat 98,5%?"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tieng Viet"),
        ("What must Thừa Thiên Huế do?", "What must Thua Thien Hue do?"),
    ],
)
def test_unaccented(text: str, plain: str) -> None:
    assert unaccented(text) == plain


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Sở Lao động - Thương binh và Xã hội phải làm gì?", "Sở LĐTBXH phải làm j?"),
        ("Sở Giáo dục và Đào tạo tỉnh Kiên Giang", "Sở GDĐT tỉnh Kiên Giang"),
        ("Ngành giáo dục Huế được giao việc nào", "Ngành giáo dục Huế dc giao việc nào"),
        ("Thừa Thiên Huế chi bao  nhiêu cho bảo hiểm y tế?", "TT Huế chi bn cho BHYT?"),
        ("Hội Liên hiệp Phụ nữ Hà Nội", "Hội LHPN HN"),
        ("kinh phi bao nhieu, khong ro, noi vu", "kinh phi bn, khong ro, noi vu"),
        (
            "What must the Department of Health of Thừa Thiên Huế do?",
            "What must the Department of Health of TT Huế do?",
        ),
        ("Không, Sở LĐTBXH", "ko, Sở LĐTBXH"),
    ],
)
def test_abbreviated(text: str, short: str) -> None:
    assert abbreviated(text) == short


def test_a_short_form_has_the_initials_of_the_name() -> None:
    assert is_short_for("VKSND tỉnh", "Viện Kiểm sát nhân dân tỉnh")
    assert not is_short_for("VKSND tỉnh", "Viện Kiểm sát nhân dân")
    assert not is_short_for("Đoàn TNCS HCM", "Đoàn thanh niên")
    assert not is_short_for("bên y tế", "Sở Y tế")


@pytest.mark.parametrize("one", load_cases(TUNED), ids=lambda one: one.id)
def test_typos_are_few_the_same_every_time_and_leave_numbers_alone(one: Case) -> None:
    question, slipped = one.question, typos(one.question, one.id)
    assert slipped == typos(question, one.id)
    assert re.findall(r"\S*\d\S*", slipped) == re.findall(r"\S*\d\S*", unicodedata.normalize("NFC", question))
    assert abs(len(slipped) - len(unicodedata.normalize("NFC", question))) <= 2
    long = [word for word in re.findall(r"(?<![\w&/-])[^\W\d_]+(?![\w&/-])", question) if len(word) >= SHORTEST]
    assert (slipped == question) is not bool(long)


@pytest.mark.parametrize("text", ["ai ký", "Sở Y tế 2020?", "", "0258.3883.040"])
def test_short_words_and_numbers_have_no_typos(text: str) -> None:
    assert typos(text, "x") == text


def test_different_cases_slip_differently() -> None:
    assert len({typos("Trách nhiệm của người giám sát?", str(seed)) for seed in range(40)}) > 10
    assert len(SLIPS) == 4


def test_earlier_turns_of_the_person_are_typed_likewise() -> None:
    history = (Turn("user", "Sở nào?"), Turn("assistant", "Sở Y tế."))
    changed = varied(case("f1", "Thế còn Huế?", WHO, history=history), VARIANTS["upper"])
    assert changed.question == "THẾ CÒN HUẾ?"
    assert [turn.content for turn in changed.history] == ["SỞ NÀO?", "Sở Y tế."]
    assert (changed.nuggets, changed.id) == ((WHO,), "f1")
    decomposed = varied(case("f1", "Thế", WHO), VARIANTS["nfd"]).question
    assert (len(decomposed), unicodedata.normalize("NFC", decomposed)) == (5, "Thế")


# what they cost


def scripted() -> Scripted:
    """Knows two questions as written, one of them without accents too, and one in capitals alone."""
    known = {
        "Sở nào lo?": "Sở Tư pháp",
        "Làm gì?": "nuôi con nuôi",
        "So nao lo?": "Sở Tư pháp",
        "AI?": "Sở Tư pháp",
    }
    return Scripted({question: cited(question, text) for question, text in known.items()})


CASES = [
    case("d1", "Sở nào lo?", WHO),
    case("d2", "Làm gì?", DUTY),
    case("d3", "Ai?", WHO),
    case("u1", "Giá vàng?"),
]


def test_each_variant_is_held_against_the_original(tmp_path: Path) -> None:
    """As written 3 of 4 right; unaccented d2 is lost; in capitals d1 and d2 are lost and d3 is gained."""
    found = rerun(tmp_path / "mine.jsonl", CASES, scripted())
    assert found.original.right == (True, True, False, True)
    assert [one.id for one in found.lost("unaccented")] == ["d2"]
    assert ([one.question for one in found.lost("upper")], found.gained("upper")) == (["SỞ NÀO LO?", "LÀM GÌ?"], 1)
    assert found.difference("unaccented").value == -0.25
    assert found.difference("upper").value == -0.25
    assert (found.altered("abbreviated"), found.altered("upper")) == (1, 4)
    assert found.worst == "nfd"  # nothing with an accent is found
    assert found.difference("nfd").value == -0.5
    printed = "\n\n".join(robustness_text(found, failures=True))
    assert "worst drop: -0.500" in printed
    assert "✗ d2: LÀM GÌ?" in printed
    told = json.loads(json.dumps(robustness_json(found)))
    assert told["variants"]["upper"]["lost_cases"] == ["d1", "d2"]
    assert (told["worst"], told["worst_drop"]) == ("nfd", -0.5)


def test_of_a_file_kept_aside_only_figures_are_told(tmp_path: Path) -> None:
    found = rerun(tmp_path / "reported.jsonl", CASES, scripted())
    printed = "\n\n".join(robustness_text(found, failures=True)) + json.dumps(robustness_json(found))
    assert "worst drop" in printed
    assert not re.search(r"d[123]|LÀM|lost_cases", printed)


def test_the_command_asks_the_assistant(index_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.jsonl"
    one = {"id": "u1", "question": "Sở Y tế Đồng Tháp làm gì?", "category": "unanswerable", "lang": "vi"}
    path.write_text(json.dumps({**one, "answerable": False}), encoding="utf-8")
    assert main(["robustness", str(path), "--index", str(index_folder), "--json"]) == 0
    heard = capsys.readouterr()
    assert heard.err == ""
    [told] = json.loads(heard.out)
    assert (told["name"], told["right"]["value"], told["variants"].keys()) == ("mine.jsonl", 1.0, VARIANTS.keys())
    assert main(["robustness", str(path), "--index", str(index_folder)]) == 0
    assert "như đã viết / as written" in capsys.readouterr().out
