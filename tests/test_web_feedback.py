"""Feedback: kept from who agrees and nobody else, never where harm is told; a full or locked file loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app import main
from assistant import open_assistant
from assistant.filters import NO_FILTERS
from assistant.pipeline import Assistant
from assistant.web import feedback as store
from assistant.web.actions import actions_html, handle
from assistant.web.feedback import Entry, NotKept, entries, keep, unusable
from assistant.web.middleware import Guard
from assistant.web.refused import add_handlers
from assistant.web.routes import ROUTERS, feedback
from eval.__main__ import main as eval_command
from eval.cases import load_cases
from eval.lines import Unreadable

DUTIES = "Sở Y tế Kiên Giang phải làm gì?"
TOLD = "bố em đánh em, em sợ lắm"
SENT = {"question": DUTIES, "vote": "bad", "comment": "thiếu một ý", "consent": True}


@pytest.fixture(scope="module")
def assistant(index_folder: Path) -> Assistant:
    return open_assistant(index_folder)


@pytest.fixture(scope="module")
def visitor(assistant: Assistant) -> Iterator[TestClient]:
    """The routes behind the site's own door; Gradio's page is not needed here."""
    app = FastAPI()
    for row in ROUTERS:
        app.include_router(row.router(assistant))
    add_handlers(app)
    app.add_middleware(Guard, hosts=["localhost"], paths=["/healthz"], posts=feedback.POSTS)
    with TestClient(app, base_url="http://localhost") as client:
        yield client


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "feedback.sqlite"
    monkeypatch.setenv("ASSISTANT_FEEDBACK", str(path))
    return path


def test_what_somebody_agreed_to_is_kept(visitor: TestClient, file: Path, assistant: Assistant) -> None:
    sent = {**SENT, "history": [{"role": "user", "content": "Chào"}], "provinces": ["Kiên Giang"], "years": [2025]}
    response = visitor.post("/feedback", json=sent)
    assert (response.status_code, response.json()["kept"]) == (200, True)
    [entry] = entries(file)
    assert (entry.good, entry.comment) == (False, "thiếu một ý")
    assert entry.asked == {key: sent[key] for key in ("question", "history", "provinces", "years")} | {"agencies": []}
    assert entry.answer["citations"] == assistant.ask(DUTIES, (), ["Kiên Giang"], [2025]).to_json()["citations"]
    assert entry.at.endswith("+00:00")
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert "Không lưu tên" in opened.execute("SELECT consent FROM feedback").fetchone()[0]
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"consent": False}, 403, "chưa đánh dấu đồng ý"),
        ({"question": TOLD}, 200, "gọi ngay 111"),
        ({"comment": TOLD}, 200, "gọi ngay 111"),
        ({"history": [{"role": "user", "content": TOLD}]}, 200, "gọi ngay 111"),
    ],
)
def test_what_is_not_kept(visitor: TestClient, file: Path, change: dict[str, Any], status: int, said: str) -> None:
    response = visitor.post("/feedback", json={**SENT, **change})
    assert response.status_code == status
    assert response.json()["kept"] is False
    assert said in response.json()["message"]
    assert not file.exists()


@pytest.mark.parametrize(
    "change",
    [{"consent": None}, {"consent": "true"}, {"comment": "x" * 501}, {"vote": "maybe"}, {"question": ""}, {"more": 1}],
)
def test_what_is_malformed_is_not_kept(visitor: TestClient, file: Path, change: dict[str, Any]) -> None:
    response = visitor.post("/feedback", json={**SENT, **change})
    assert response.status_code == 422
    assert "Yêu cầu sai" in response.text
    assert not file.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 20000])
def test_what_is_no_feedback(visitor: TestClient, file: Path, body: bytes) -> None:
    assert visitor.post("/feedback", content=body, headers={"Content-Type": "application/json"}).status_code == 422
    assert not file.exists()


def test_of_filters_only_names_of_the_plans_are_kept(visitor: TestClient, file: Path) -> None:
    said = "sở y tế, em tên Lan 0912345678"
    assert visitor.post("/feedback", json={**SENT, "agencies": [said], "provinces": ["kien giang"]}).json()["kept"]
    [entry] = entries(file)
    assert (entry.asked["agencies"], entry.asked["provinces"]) == (["Sở Y tế"], ["Kiên Giang"])


def test_another_site_cannot_send_any(visitor: TestClient, file: Path) -> None:
    assert visitor.post("/feedback", json=SENT, headers={"Origin": "http://evil.example"}).status_code == 403
    assert not file.exists()


def test_it_is_off_unless_a_file_is_named(visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_FEEDBACK", "")
    assert visitor.post("/feedback", json=SENT).status_code == 404
    assert 'data-do="copy"' in actions_html()
    assert "thumb" not in actions_html()
    assert "<form" not in actions_html()
    monkeypatch.setenv("ASSISTANT_FEEDBACK", "somewhere")
    assert actions_html().count("thumb") == 2


def test_a_locked_file_is_said_and_the_site_goes_on(
    visitor: TestClient, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_WAIT", 0.05)
    assert visitor.post("/feedback", json=SENT).json()["kept"]
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        response = visitor.post("/feedback", json=SENT)
        assert (response.status_code, response.json()["kept"]) == (503, False)
        assert "Câu trả lời vẫn còn" in response.json()["message"]
        assert visitor.get("/healthz").status_code == 200
        other.rollback()
    assert visitor.post("/feedback", json=SENT).json()["kept"]
    assert len(entries(file)) == 2


def test_a_full_disk_is_said_and_keeps_what_was_there(
    visitor: TestClient, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert visitor.post("/feedback", json=SENT).json()["kept"]
    monkeypatch.setattr(store, "_PAGES", 1)  # SQLite takes the size it has, and says "full" as on a full disk
    answers = [visitor.post("/feedback", json=SENT).status_code for _ in range(3)]
    assert answers[-1] == 503
    assert len(entries(file)) == 1 + answers.count(200)


def test_a_damaged_file_is_left_as_it_is(visitor: TestClient, file: Path) -> None:
    file.write_bytes(b"not a database, but somebody's letter" * 9)
    before = file.read_bytes()
    assert visitor.post("/feedback", json=SENT).status_code == 503
    assert file.read_bytes() == before


def test_a_file_that_cannot_be_written_is_said_at_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], index_folder: Path
) -> None:
    with pytest.raises(NotKept):
        keep(tmp_path / "none" / "f", good=True, comment="", asked={}, answer={}, consent="")
    assert unusable(tmp_path / "new") == ""
    assert unusable(tmp_path) != ""
    arguments = ["--port", "0", "--index", str(index_folder), "--feedback", str(tmp_path / "none" / "f")]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "--feedback FILE" in said
    assert said.count("\n") == 1


def test_who_tells_of_harm_gets_no_handle(assistant: Assistant) -> None:
    assert handle(assistant.ask(TOLD), [], NO_FILTERS, assistant.documents) == ""
    assert '<span class="asked" title="' in handle(assistant.ask(DUTIES), [], NO_FILTERS, assistant.documents)


@pytest.fixture
def kept(visitor: TestClient, file: Path) -> Path:
    """Four entries: a bad duty, a good one, a good refusal, a follow-up typed without accents."""
    history = [{"role": "user", "content": DUTIES}]
    for change in (
        {},
        {"vote": "good", "comment": "=HYPERLINK()\n| x"},
        {"vote": "good", "question": "Giá vàng hôm nay?", "comment": ""},
        {"vote": "bad", "question": "con o lang son thi sao", "history": history},
    ):
        assert visitor.post("/feedback", json={**SENT, **change}).json()["kept"]
    return file


def test_feedback_becomes_drafts_that_are_no_cases_yet(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], assistant: Assistant
) -> None:
    out = tmp_path / "drafts.jsonl"
    assert eval_command(["feedback", str(kept), str(out)]) == 0
    table = capsys.readouterr().out
    assert table.count("Sở Y tế Kiên Giang") == 2
    assert "thiếu một ý" in table
    with pytest.raises(Unreadable, match="review"):
        load_cases(out)
    reviewed = tmp_path / "cases.jsonl"
    reviewed.write_text(out.read_text("utf-8").replace('"review": true', '"review": false'), "utf-8")
    bad, good, refused, follow_up = load_cases(reviewed)
    assert [one.id for one in (bad, good)] == ["feedback-1", "feedback-2"]
    assert (bad.question, bad.nuggets, bad.answerable) == (DUTIES, (), True)
    assert {one.doc for one in good.nuggets} == set(good.docs) == {"kien-giang-2021-2030"}
    for nugget in good.nuggets:
        assert nugget.text in assistant.documents[nugget.doc].text
    assert (refused.answerable, refused.category, refused.nuggets) == (False, "unanswerable", ())
    assert (follow_up.category, follow_up.lang) == ("follow-up", "vi-nodiac")
    assert [turn.content for turn in follow_up.history] == [DUTIES]
    assert "thiếu một ý" in bad.note


@pytest.mark.parametrize("make", ["none", "text", "other"])
def test_a_file_without_feedback_is_said(make: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f"
    if make == "text":
        path.write_text("x" * 2000, "utf-8")
    if make == "other":
        with closing(sqlite3.connect(path)) as opened, opened:
            opened.execute("CREATE TABLE t (x)")
    assert eval_command(["feedback", str(path)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert str(path) in said.err


def test_drafts_never_replace_a_file(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "mine.jsonl"
    out.write_text("mine", "utf-8")
    assert eval_command(["feedback", str(kept), str(out)]) == 2
    assert out.read_text("utf-8") == "mine"
    assert str(out) in capsys.readouterr().err


def test_a_table_of_one_line_each(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert eval_command(["feedback", str(kept)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line.startswith("| ")]) == 1 + len(entries(kept))
    assert isinstance(entries(kept)[0], Entry)
    assert "python -m eval feedback" in (ROOT / "eval" / "README.md").read_text("utf-8")
