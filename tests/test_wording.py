"""How far questions are worded from the plans, and which are worded as another set's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases import KEPT, Case, Nugget, load_cases
from eval.wording import held_share, pairs_of, wording
from index.embedding.texts import asked_passages

PLAN = {"p": "Tỷ lệ trẻ em được tiêm chủng đạt 97%.\nSở Y tế báo cáo trước ngày 15/5."}


def case(question: str, words: str = "đạt 97%") -> Case:
    return Case("c", question, "indicator", "vi", answerable=True, docs=("p",), nuggets=(Nugget(words, "p"),))


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("tre em duoc tiem chung", 1.0),  # 4 of 4 pairs, accents aside
        ("trẻ em được chích ngừa", 0.5),  # trẻ em, em được of 4
        ("Sở Y tế làm gì", 0.0),  # stands in another line
        ("97", None),  # no pair
    ],
)
def test_the_share_of_a_question_s_pairs_that_its_lines_hold(question: str, share: float | None) -> None:
    assert held_share(case(question), PLAN) == share


def test_far_ones_are_counted_and_copies_named() -> None:
    cases = [case("trẻ em được tiêm chủng"), case("chích ngừa cho tụi nhỏ ra sao")]
    found = wording("x", cases, PLAN, ["Chích ngừa cho tụi nhỏ ra sao?", "không liên quan gì"])
    assert (found.answered, found.far) == (2, 1)
    assert dict(found.alike) == {"c": "Chích ngừa cho tụi nhỏ ra sao?"}


def test_the_command_ends_with_1_where_a_case_is_copied(index_folder: Path, tmp_path: Path, capsys) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"question": "Sở Y tế Kiên Giang phải làm gì?", "more": 1}) + "\n", encoding="utf-8")
    mine = tmp_path / "mine.jsonl"
    copied = {"id": "a", "question": "sở y tế Kiên Giang phải làm gì", "category": "duties", "lang": "vi"}
    mine.write_text(json.dumps(copied | {"answerable": False}) + "\n", encoding="utf-8")
    assert main(["wording", str(mine), "--against", str(other), "--index", str(index_folder)]) == 1
    assert "a: Sở Y tế Kiên Giang phải làm gì?" in capsys.readouterr().out
    assert main(["wording", str(mine), "--index", str(index_folder)]) == 0


def test_the_model_was_not_trained_on_what_is_kept_aside() -> None:
    trained = [pairs_of(question) for one in asked_passages() for question in one.questions]
    for path in KEPT:
        for one in load_cases(path):
            asked = pairs_of(one.question)
            alike = [pairs for pairs in trained if len(asked & pairs) >= 0.6 * len(asked | pairs)]
            assert one.history or not alike or not asked, one.id
