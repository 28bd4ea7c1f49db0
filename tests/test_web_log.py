"""One line a question, that says how it was answered and never what was asked."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import assistant

from assistant import Assistant, Turn
from assistant.question_log import LOG, keep_log
from assistant.steps import Request
from assistant.web.layout import answer_steps
from corpus.words import fold

#: Questions of each kind; no word of them may be read anywhere in what is logged.
QUESTIONS = {
    "Sở Y tế phải làm gì?": ("duties", "no"),
    "bố em tên Quỳnh đánh em đau lắm": ("help", "no"),
    "Giá vàng hôm qua thế nào?": ("", "yes"),
}


@pytest.fixture
def every_line(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that any logger says, whatever its level."""
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, LOG.name):
        yield caplog


def own_words(question: str) -> set[str]:
    """Words that could only come from the question."""
    usual = {"sở", "y", "tế", "là", "ở", "no", "ms", "id"}
    return {word for word in re.findall(r"\w{3,}", question.lower()) if word not in usual}


def test_one_line_a_question_and_none_of_its_words(index_folder: Path, every_line: pytest.LogCaptureFixture) -> None:
    ours = assistant(index_folder)
    for question, (kind, abstained) in QUESTIONS.items():
        every_line.clear()
        answer = ours.ask(question, [Turn("user", "chuyện riêng Phượng"), Turn("assistant", "…")])
        [line] = [record.getMessage() for record in every_line.records if record.name == LOG.name]
        found = re.fullmatch(r"id=([0-9a-f]{8}) kind=(\w+) abstained=(yes|no) ms=\d+", line)
        assert found, line
        assert (found[1], found[2], found[3]) == (answer.ref, kind or found[2], abstained)
        written = every_line.text.lower()
        assert not {word for word in own_words(f"{question} riêng phượng") if word in written}
        assert not {word for word in own_words(question) if len(word) > 4 and f" {fold(word)} " in written}


def test_a_cry_for_help_is_only_help(index_folder: Path, every_line: pytest.LogCaptureFixture) -> None:
    """Which words were heard, and whether the plans had more to say, is nobody's business."""
    assistant(index_folder).ask("con bị thầy giáo xâm hại, Sở Y tế phải làm gì?")
    [record] = [record for record in every_line.records if record.name == LOG.name]
    assert "kind=help" in record.getMessage()


def test_a_question_that_fails_has_its_line_too(
    index_folder: Path, every_line: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Assistant, request: Request) -> None:
        raise RuntimeError(f"index: {request.question}")

    monkeypatch.setattr(Assistant, "find", lambda self, asked: fail(self, asked.request))
    for question, kind in (("Quỳnh hỏi Sở Y tế?", "failed"), ("bố em tên Quỳnh đánh em", "help")):
        every_line.clear()
        list(answer_steps(assistant(index_folder), question, []))
        [line] = [record.getMessage() for record in every_line.records if record.name == LOG.name]
        assert f"kind={kind} abstained=no" in line
        assert "quỳnh" not in every_line.text.lower()
        assert "index:" not in every_line.text


def test_the_contract_holds_nothing_of_the_log(index_folder: Path) -> None:
    answer = assistant(index_folder).ask("Sở Y tế phải làm gì?")
    assert answer.kind == "duties"
    assert set(answer.to_json()) == {
        "id", "question", "answer", "abstained", "emergency", "scope", "citations", "latency_ms"
    }  # fmt: skip


def test_nothing_is_written_unless_asked(index_folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assistant(index_folder).ask("Sở Y tế phải làm gì?")
    assert capfd.readouterr() == ("", "")


def test_a_file_of_lines(tmp_path: Path, index_folder: Path) -> None:
    before, level, handlers = LOG.propagate, LOG.level, list(LOG.handlers)
    try:
        keep_log(str(tmp_path / "questions.log"))
        assistant(index_folder).ask("Sở Y tế phải làm gì?")
    finally:
        for handler in set(LOG.handlers) - set(handlers):
            handler.close()
            LOG.removeHandler(handler)
        LOG.propagate, LOG.level = before, level
        LOG.setLevel(level)
    [line] = (tmp_path / "questions.log").read_text("utf-8").splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} id=\w{8} kind=duties abstained=no ms=\d+", line)
