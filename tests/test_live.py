"""A site that goes on while plans come and go: no restart, and no question sees half of a change."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer, open_assistant
from assistant.live import Live
from assistant.processes import staffed
from index.build import build
from index.embedding import open_embedder
from index.generation import current

DUTIES = "Sở Y tế phải làm gì?"


def plan(folder: Path, name: str, province: str, *duties: str) -> None:
    folder.mkdir(exist_ok=True)
    lines = [f"KẾ HOẠCH công tác trẻ em tỉnh {province} năm 2024", "", "I. TỔ CHỨC THỰC HIỆN", "", "1. Sở Y tế", ""]
    (folder / f"{name}.txt").write_text("\n".join([*lines, *(f"- {duty}" for duty in duties)]), encoding="utf-8")


def index(folder: Path) -> None:
    build(folder / "plans", folder / "index", open_embedder(), "faiss")


@pytest.fixture(params=[1, 2], ids=["alone", "with a process"])
def site(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, Live]]:
    plan(tmp_path / "plans", "a", "Cà Mau", "Tiêm chủng lần 0.", "Khám mắt lần 0.")
    index(tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(request.param)), raising=False)
    with staffed(open_assistant(tmp_path / "index"), tmp_path / "index") as live:
        yield tmp_path, live


def proved(live: Live, answer: Answer) -> bool:
    """Whether every quotation stands in the text that the site shows."""
    return all(live.documents[one.doc].text[one.start : one.end] == one.quote for one in answer.citations)


def test_a_plan_that_comes_changes_and_goes(site: tuple[Path, Live]) -> None:
    folder, live = site
    plans = folder / "plans"
    assert not live.renew()
    plan(plans, "b", "Lai Châu", "Phát thuốc.")
    index(folder)
    assert "Phát thuốc" not in live.ask(DUTIES).text  # not before the site has taken it
    assert live.renew()
    answer = live.ask(DUTIES)
    assert "Phát thuốc" in answer.text
    assert "Tiêm chủng lần 0" in answer.text
    assert proved(live, answer)

    plan(plans, "b", "Lai Châu", "Phát sữa.")
    (plans / "a.txt").unlink()
    index(folder)
    assert live.renew()
    answer = live.ask(DUTIES)
    assert ("Phát sữa" in answer.text, "Phát thuốc" in answer.text, "Tiêm chủng" in answer.text) == (True, False, False)
    assert list(live.documents) == ["b"]
    assert proved(live, answer)


def test_no_question_sees_half_of_a_change(site: tuple[Path, Live]) -> None:
    """Both duties of an answer are of the same time, however often the plan changes while it is asked about."""
    folder, live = site
    ended, seen = threading.Event(), set[tuple[bool, ...]]()

    def asking() -> None:
        while not ended.is_set():
            text = live.ask("Sở Y tế tỉnh Cà Mau phải làm gì?").text
            seen.add(tuple(f"Tiêm chủng lần {n}" in text and f"Khám mắt lần {n}" in text for n in range(5)))

    visitors = [threading.Thread(target=asking) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    for number in range(1, 5):
        plan(folder / "plans", "a", "Cà Mau", f"Tiêm chủng lần {number}.", f"Khám mắt lần {number}.")
        index(folder)
        assert live.renew()
        time.sleep(0.1)
    ended.set()
    for visitor in visitors:
        visitor.join()
    assert {sum(one) for one in seen} == {1}
    assert len(seen) > 1


def test_it_follows_by_itself(site: tuple[Path, Live]) -> None:
    folder, live = site
    taken = threading.Event()
    stop = live.follow(taken.set)
    plan(folder / "plans", "b", "Lai Châu", "Phát thuốc.")
    index(folder)
    assert taken.wait(20)
    assert "Phát thuốc" in live.ask(DUTIES).text
    stop.set()


def test_a_damaged_generation_is_left_aside(site: tuple[Path, Live], caplog: pytest.LogCaptureFixture) -> None:
    folder, live = site
    plan(folder / "plans", "a", "Cà Mau", "Tiêm chủng lần 1.")
    index(folder)
    next(current(folder / "index").glob("parts/*/passages.jsonl")).write_text("?", encoding="utf-8")
    assert not live.renew()
    assert not live.renew()
    assert "Tiêm chủng lần 0" in live.ask(DUTIES).text
    assert len(caplog.records) == 1  # said once
    index(folder)
    assert live.renew()
    assert "Tiêm chủng lần 1" in live.ask(DUTIES).text


def test_an_answer_says_that_its_plan_was_replaced(site: tuple[Path, Live]) -> None:
    folder, live = site
    old, new = (folder / "plans" / f"{name}.txt" for name in ("a", "moi"))
    head = "UBND TỈNH CÀ MAU\nSố: {}/KH-UBND\nCà Mau, ngày 2 tháng 3 năm {}\n\nKẾ HOẠCH\nCông tác trẻ em năm {}\n\n"
    duties = "I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- {}\n"
    old.write_text(head.format(47, 2024, 2024) + duties.format("Tiêm chủng."), encoding="utf-8")
    later = head.format(18, 2025, 2025) + duties.format("Khám mắt.")
    replaced = "\nKế hoạch này thay thế Kế hoạch số 47/KH-UBND ngày 02/3/2024 của UBND tỉnh Cà Mau.\n"
    new.write_text(later + replaced, encoding="utf-8")
    index(folder)
    assert live.renew()
    said = live.ask("Sở Y tế tỉnh Cà Mau phải làm gì năm 2024?").text
    assert "Tiêm chủng" in said
    assert "Cà Mau (2024), số 47/KH-UBND đã bị thay thế bởi Cà Mau (2025), số 18/KH-UBND" in said
    assert "thay thế bởi" not in live.ask("Sở Y tế tỉnh Cà Mau phải làm gì năm 2025?").text
