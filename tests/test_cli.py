"""`python -m assistant`: what anyone may call, to the letter, and what is said when a call cannot be answered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commanding import ROOT, of_contract, refused, run

from assistant.__main__ import main

QUESTION = "Sở Y tế Khánh Hòa phải làm gì?"


@pytest.fixture
def folder(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index, named by the environment as the contract has it."""
    monkeypatch.setenv("ASSISTANT_INDEX", str(index_folder))
    return index_folder


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["ask", *arguments, "--json"]) == 0
    heard = capsys.readouterr()
    assert heard.err == ""
    answer: dict[str, Any] = json.loads(heard.out)
    return answer


def test_the_command_itself(index_folder: Path) -> None:
    """A real process: JSON alone on stdout, in UTF-8 whatever the locale, nothing on stderr."""
    done = run("ask", "Sở Y tế phải làm gì?", "--json", "--index", str(index_folder), LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    of_contract(answer)
    docs = [one["doc"] for one in answer["citations"]]
    assert {doc: docs.count(doc) for doc in docs} == {
        "khanh-hoa-2020": 4,
        "kien-giang-2021-2030": 4,
        "thua-thien-hue-2020": 1,
    }
    assert "Lạng Sơn" in answer["answer"]
    assert "Bắc Kạn" in answer["answer"]


def test_a_terminal_of_another_encoding_gets_json(index_folder: Path) -> None:
    """Windows hands a pipe its old code page, which has no Vietnamese."""
    done = run("ask", "Ai ký kế hoạch Kiên Giang?", "--json", "--index", str(index_folder), PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nguyễn Lưu Trung" in json.loads(done.stdout)["answer"]


def test_without_an_index_the_command_that_builds_it_is_named(tmp_path: Path) -> None:
    done = run("ask", QUESTION, "--index", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "python -m index build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error_message(index_folder: Path) -> None:
    command = (
        f'"{sys.executable}" -m assistant ask "Sở Y tế phải làm gì?" --index "{index_folder}" | head -c 1 >/dev/null'
    )
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_wrong_setting_of_a_model_keeps_nobody_from_help(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, index_folder: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "openai")
    assert "ASSISTANT_LLM" in refused(capsys, "ask", QUESTION, "--index", str(index_folder))
    assert main(["ask", "bố đánh em đau lắm, em phải làm sao?", "--index", str(index_folder)]) == 0
    assert "Gọi ngay 111" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["answer-all", "--help"]])
def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    text = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    wanted = {
        "--help": ("ask", "answer-all", "hỏi một câu", "ask one question", "Ask the plans"),
        "ask": ("--json", "--province", "--year", "--index", "câu hỏi", "the question", "Ví dụ"),
        "answer-all": ("QUESTIONS.jsonl", "ANSWERS.jsonl", "--index", "history", "tệp", "file"),
    }[arguments[0]]
    assert [part for part in wanted if part not in text] == []


def test_one_answer_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = said(capsys, QUESTION, "--index", str(folder))
    of_contract(answer)
    assert (answer["id"], answer["question"]) == ("", QUESTION)
    assert answer["scope"] == {"provinces": ["Khánh Hòa"], "years": [], "agencies": ["Sở Y tế"]}
    assert [one["section"] for one in answer["citations"]] == ["IV › 4. Sở Y tế"] * 4
    assert [one["n"] for one in answer["citations"]] == [1, 2, 3, 4]
    assert answer["latency_ms"] > 0


@pytest.mark.parametrize("question", ["Giá vàng hôm nay?", "Bố đánh em", "Chỉ tiêu 5 năm 2025 ở Kiên Giang?"])
def test_every_kind_of_answer_has_the_same_shape(
    folder: Path, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert folder.is_dir()
    of_contract(said(capsys, question))


def test_one_answer_to_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--index", str(folder)]) == 0
    text = capsys.readouterr().out
    assert "Chỉ đạo hệ thống y tế cơ sở" in text
    assert "Sources:" in text
    assert "khanh-hoa-2020" in text


def test_filters(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def docs(*filters: str) -> set[str]:
        answer = said(capsys, "Sở Y tế phải làm gì?", "--index", str(folder), *filters)
        return {one["doc"] for one in answer["citations"]}

    assert docs("--province", "Thừa Thiên Huế") == {"thua-thien-hue-2020"}
    assert docs("--province", "khanh hoa") == {"khanh-hoa-2020"}
    assert docs("--province", "Huế", "--province", "Kiên Giang") == {"thua-thien-hue-2020", "kien-giang-2021-2030"}
    assert docs("--year", "2020") == {"khanh-hoa-2020", "thua-thien-hue-2020"}
    assert docs("--year", "2024") == {"kien-giang-2021-2030"}
    assert docs("--province", "Lạng Sơn") <= {"lang-son-2023"}


BAD_QUESTIONS = [
    (["ask", ""], ("Câu hỏi trống", "question is empty")),
    (["ask", " \n "], ("Câu hỏi trống", "question is empty")),
    (["ask", QUESTION, "--province", "Hà Nội"], ("Hà Nội", "Khánh Hòa", "Lạng Sơn", "No plan of that province")),
    (["ask", QUESTION, "--province", "Atlantis"], ("Atlantis", "Khánh Hòa", "Lạng Sơn")),
    (["ask", QUESTION, "--province", ""], ("Khánh Hòa",)),
]


@pytest.mark.parametrize(("arguments", "wanted"), BAD_QUESTIONS)
def test_a_bad_question_is_refused_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], wanted: tuple[str, ...]
) -> None:
    error = refused(capsys, *arguments, "--index", str(folder))
    assert [part for part in wanted if part not in error] == []


BAD_CALLS = [
    ["ask"],
    ["ask", QUESTION, "--year", "hai nghìn"],
    ["ask", QUESTION, "--nothing"],
    ["answer-all", "only-one.jsonl"],
    ["nothing"],
    [],
]


@pytest.mark.parametrize("arguments", BAD_CALLS, ids=lambda arguments: " ".join(arguments) or "nothing at all")
def test_a_bad_call_says_what_to_do(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """One line that says what is wrong and where to look, in both languages; the status is 2."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    heard = capsys.readouterr()
    assert (ended.value.code, heard.out) == (2, "")
    assert "python -m assistant" in heard.err
    (line,) = heard.err.strip().splitlines()
    assert line.startswith("Tham số sai / bad arguments: ") and line.endswith("--help")


def test_an_index_that_is_damaged_is_told_in_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    broken = tmp_path / "index"
    broken.mkdir()
    (broken / "CURRENT").write_text("nowhere")
    (broken / "current").write_text("nowhere")
    assert "python -m index build" in refused(capsys, "ask", QUESTION, "--index", str(broken))
