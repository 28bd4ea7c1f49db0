"""What scripted models are measured by: that lies are not shown, that one which is shown would be seen, that a model
which chooses badly makes no answer worse."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import assistant

from assistant import Assistant
from assistant.generate.gate import Gate
from assistant.generate.sheet import Sheet
from assistant.steps import Request
from eval.cases import TUNED, load_cases
from eval.judging import holds, normalise
from eval.model import MODEL, Completion, choosing_badly, differing, load_completions, resolved, told
from eval.model_report import chosen_text, hostile_text

HOSTILE = load_completions(MODEL / "hostile.jsonl")
QUESTION = "Kế hoạch Khánh Hòa nói gì về đuối nước?"


@pytest.fixture(scope="module")
def rules(index_folder: Path) -> Assistant:
    return assistant(index_folder)


def test_no_lie_passes_the_gate(rules: Assistant) -> None:
    assert len(HOSTILE) > 500
    assert [one.id for one in HOSTILE if _lies_through(one, rules)] == []


def _lies_through(one: Completion, rules: Assistant) -> bool:
    held = rules.grounded(Request(one.question))
    sheet = Sheet(Gate(held.given))
    sheet.add(resolved(one, rules))
    sheet.end()
    shown, composed = normalise(sheet.text), normalise(held.answer.text)
    return bool(held.prompt) and any(holds(shown, words) and not holds(composed, words) for words in one.never)


def test_no_lie_is_shown_by_way_of_a_server(rules: Assistant) -> None:
    found = list(told(HOSTILE[::12], rules))
    assert [one.completion.id for one in found if one.false] == []
    assert any(one.outcome == "written" for one in found)  # what is true beside a lie is shown
    assert next(hostile_text(found)).startswith(f"== bịa đặt / hostile ({len(found)} ")


def test_what_is_shown_and_should_not_be_is_seen(rules: Assistant) -> None:
    held = rules.grounded(Request(QUESTION))
    said, unsaid = (
        next(one for one in held.given if holds(normalise(held.answer.text), one.words) is is_said)
        for is_said in (True, False)
    )
    some = [
        Completion("a", QUESTION, f"{one.words} [{{{one.citation.doc}:{one.citation.start}}}]", never=(one.words,))
        for one in (said, unsaid)
    ]
    assert [one.false for one in told(some, rules)] == [(), (unsaid.words,)]  # what is composed was there without it


def test_a_model_that_chooses_badly_makes_no_answer_worse(rules: Assistant) -> None:
    cases = load_cases(TUNED)[::16]
    found = choosing_badly(cases, rules)
    assert len(found) > 5
    assert [case.id for case, before, after in found if before and not after] == []
    head, figures = chosen_text(found)
    assert f"({len(found)} " in head
    assert figures.split()[-1] == "0"


def test_a_model_that_is_down_changes_nothing(rules: Assistant) -> None:
    assert differing(load_cases(TUNED)[::60], rules) == []
