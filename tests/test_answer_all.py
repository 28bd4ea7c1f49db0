"""`python -m assistant answer-all`: every line answered under its id; what cannot be done loses nothing."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from commanding import of_contract, refused, run

from assistant.__main__ import main

Said = pytest.CaptureFixture[str]


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A file of questions, with an empty line, a conversation, and ids of every kind."""
    lines: list[dict[str, Any]] = [
        {"id": "a-1", "question": "Ai ký kế hoạch Kiên Giang?"},
        {
            "id": "b/2 đ",
            "question": "Còn Kiên Giang?",
            "history": [
                {"role": "user", "content": "Sở Y tế Khánh Hòa phải làm gì?"},
                {"role": "assistant", "content": "…"},
            ],
            "category": "follow-up",
        },
        {"id": "c", "question": "Giá vàng hôm nay?", "history": []},
        {"id": "a-1", "question": "Bố đánh em", "history": None},
        {"question": "Sở Du lịch Khánh Hòa phải làm gì?"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def test_a_file_of_questions(index_folder: Path, asked: Path, tmp_path: Path) -> None:
    """A real process: every line answered in order, under its own id, with what was said before."""
    out = tmp_path / "answers.jsonl"
    done = run("answer-all", str(asked), str(out), "--index", str(index_folder))
    assert (done.returncode, done.stdout) == (0, "")
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for answer in answers:
        of_contract(answer)
    assert [answer["id"] for answer in answers] == ["a-1", "b/2 đ", "c", "a-1", ""]
    assert [answer["question"] for answer in answers][1] == "Còn Kiên Giang?"
    assert [len(answer["citations"]) for answer in answers[:3]] == [2, 4, 0]
    assert {one["doc"] for one in answers[1]["citations"]} == {"kien-giang-2021-2030"}
    assert [answer["abstained"] for answer in answers] == [False, False, True, False, False]
    assert [answer["emergency"] for answer in answers] == [False, False, False, True, False]
    assert "Nguyễn Lưu Trung" in out.read_text(encoding="utf-8")  # readable, not \\u escapes
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.jsonl", "questions.jsonl"]


def test_ids_that_are_numbers_are_kept(index_folder: Path, tmp_path: Path, capsys: Said) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": 7, "question": "Ai ký kế hoạch Kiên Giang?"}\r\n', encoding="utf-8")
    assert main(["answer-all", str(questions), str(out), "--index", str(index_folder)]) == 0
    assert str(json.loads(out.read_text(encoding="utf-8"))["id"]) == "7"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "line",
    [
        '\ufeff{"id": "x", "question": "Ai ký kế hoạch Kiên Giang?"}\n',  # as programs on Windows begin a file
        '{"id": "x", "question": "Ai ký kế hoạch\u2028Kiên Giang?"}\n',  # ends no line of JSONL
        '{"id": "x", "question": "Ai ký kế hoạch \\ud83d Kiên Giang?"}\n',  # half of a sign
    ],
    ids=["byte order mark", "line separator", "lone surrogate"],
)
def test_a_file_as_other_programs_write_it(index_folder: Path, tmp_path: Path, line: str) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text(line, encoding="utf-8")
    assert main(["answer-all", str(questions), str(out), "--index", str(index_folder)]) == 0
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert answer["id"] == "x"
    assert "Nguyễn Lưu Trung" in answer["answer"]


def test_an_empty_file_gives_an_empty_file(index_folder: Path, tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text("\n")
    assert main(["answer-all", str(questions), str(out), "--index", str(index_folder)]) == 0
    assert out.read_text() == ""


GOOD = '{"id": "1", "question": "Ai ký kế hoạch Kiên Giang?"}\n'
BAD_FILES = [
    (f"{GOOD}{{not json\n".encode(), ("q.jsonl", "dòng 2", "line 2")),
    (f'{GOOD}\n{{"id": "3"}}\n'.encode(), ("q.jsonl", "line 3", "question")),
    (b'["question"]\n', ("line 1",)),
    (b'"question"\n', ("line 1",)),
    (b"null\n", ("line 1",)),
    (b'{"question": "  "}\n', ("line 1", "empty question")),
    (b'{"question": null}\n', ("line 1",)),
    (b'{"question": 5}\n', ("line 1",)),
    (b'{"question": "a", "history": "b"}\n', ("line 1",)),
    (b'{"question": "a", "history": [{"role": "user"}]}\n', ("line 1",)),
    (b'{"question": "a", "history": ["b"]}\n', ("line 1",)),
    ("Sở Y tế".encode("utf-16"), ("q.jsonl", "cannot be read")),
    (None, ("q.jsonl", "cannot be read")),
]


@pytest.mark.parametrize(("content", "wanted"), BAD_FILES, ids=str)
def test_a_file_that_cannot_be_read_loses_nothing(
    index_folder: Path,
    tmp_path: Path,
    capsys: Said,
    content: bytes | None,
    wanted: tuple[str, ...],
) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    if content is not None:
        questions.write_bytes(content)
    out.write_text("yesterday's answers")
    error = refused(capsys, "answer-all", str(questions), str(out), "--index", str(index_folder))
    assert [part for part in wanted if part not in error] == []
    assert out.read_text() == "yesterday's answers"
    assert {path.name for path in tmp_path.iterdir()} <= {"q.jsonl", "a.jsonl"}


def test_a_folder_for_a_file_of_questions(index_folder: Path, tmp_path: Path, capsys: Said) -> None:
    assert str(tmp_path) in refused(
        capsys, "answer-all", str(tmp_path), str(tmp_path / "a.jsonl"), "--index", str(index_folder)
    )


@pytest.mark.parametrize("out", ["none/a.jsonl", "folder"])
def test_answers_that_cannot_be_written(
    index_folder: Path, asked: Path, tmp_path: Path, capsys: Said, out: str
) -> None:
    (tmp_path / "folder").mkdir()
    error = refused(capsys, "answer-all", str(asked), str(tmp_path / out), "--index", str(index_folder))
    assert str(tmp_path / out) in error
    assert "cannot be written" in error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "questions.jsonl"]


def test_without_an_index_a_file_of_answers_stays(asked: Path, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "a.jsonl"
    out.write_text("yesterday's answers")
    error = refused(capsys, "answer-all", str(asked), str(out), "--index", str(tmp_path / "none"))
    assert "python -m index build" in error
    assert out.read_text() == "yesterday's answers"


def test_answers_may_take_the_place_of_the_questions_and_keep_their_rights(index_folder: Path, asked: Path) -> None:
    asked.chmod(0o600)
    assert main(["answer-all", str(asked), str(asked), "--index", str(index_folder)]) == 0
    assert len(asked.read_text(encoding="utf-8").splitlines()) == 5
    assert stat.S_IMODE(asked.stat().st_mode) == 0o600


def test_a_linked_file_stays_a_link(index_folder: Path, asked: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "a.jsonl"
    link.symlink_to(tmp_path / "real" / "a.jsonl")
    assert main(["answer-all", str(asked), str(link), "--index", str(index_folder)]) == 0
    assert link.is_symlink()
    assert len((tmp_path / "real" / "a.jsonl").read_text(encoding="utf-8").splitlines()) == 5
