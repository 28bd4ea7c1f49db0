"""A site with a language model in a real browser: the answer grows sentence by sentence, and says how it came about."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asking import assistant
from conftest import ROOT, keep
from playwright.sync_api import Browser, Page, expect

from assistant.steps import Request as Asked
from eval.faults import Trouble
from eval.loopback import Piece, Reply, Request, serving

DUTIES = "Công an tỉnh Khánh Hòa phải làm gì?"


@contextmanager
def site(index_folder: Path, base_url: str) -> Iterator[str]:
    command = [sys.executable, "app.py", "--port", "0", "--index", str(index_folder), "--llm", "openai:scripted"]
    env = {**os.environ, "HOST": "", "ASSISTANT_LLM_BASE_URL": base_url, "ASSISTANT_LLM_TIMEOUT": "60"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=env) as served:
        assert served.stdout is not None
        said = next((line for line in served.stdout if "http://" in line), "")
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found, said
        try:
            yield found.group()
        finally:
            served.kill()  # pages may still be open


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800}).new_page()
    page.goto("/")
    page.locator("#question textarea").wait_for()
    return page


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


@pytest.fixture
def lines(index_folder: Path) -> list[str]:
    given = assistant(index_folder).grounded(Asked(DUTIES)).given
    return [f"- {one.words} [{one.n}]" for one in given]


def test_an_answer_grows_as_it_is_checked(browser: Browser, index_folder: Path, lines: list[str]) -> None:
    seen = threading.Event()

    def script(_: Request) -> Reply:
        def pieces() -> Iterator[Piece]:
            yield Piece(f"{lines[0]}\n")
            yield Piece("- Công an tỉnh phải xây 12 bệnh viện nhi [1].\n")
            assert seen.wait(60)
            yield from (Piece(f"{line}\n") for line in lines[1:])

        return Reply(pieces())

    with serving(script) as model, site(index_folder, model.base_url) as address:
        page = opened(browser, address)
        ask(page, DUTIES)
        answer = page.locator("#chat .bot-row").last
        expect(answer.locator(".writing")).to_contain_text("đang viết", timeout=30_000)
        expect(answer).to_contain_text("Phối hợp với các đơn vị, địa phương liên quan triển khai")
        expect(answer).not_to_contain_text("12 bệnh viện")
        keep(page, "model-growing")
        seen.set()
        expect(answer.locator(".notice")).to_contain_text("từng câu đã được đối chiếu", timeout=30_000)
        expect(answer.locator(".writing")).to_have_count(0)
        expect(answer).not_to_contain_text("12 bệnh viện")
        expect(answer.locator("a.cite")).to_have_count(len(lines))
        answer.locator("a.cite").first.click()
        expect(page.locator("#source-text mark").first).to_be_visible()
        keep(page, "model-written")


def test_a_model_that_fails_leaves_the_composed_answer_with_a_line(browser: Browser, index_folder: Path) -> None:
    with serving(lambda _: Reply(trouble=Trouble.FAILED)) as model, site(index_folder, model.base_url) as address:
        page = opened(browser, address)
        ask(page, DUTIES)
        answer = page.locator("#chat .bot-row").last
        expect(answer.locator(".notice")).to_contain_text("Máy chủ của mô hình ngôn ngữ gặp lỗi", timeout=30_000)
        expect(answer).to_contain_text("4 nhiệm vụ")
        keep(page, "model-failed")


def test_a_question_asked_while_an_answer_grows_is_answered_after_it(
    browser: Browser, index_folder: Path, lines: list[str]
) -> None:
    seen = threading.Event()

    def script(_: Request) -> Reply:
        def pieces() -> Iterator[Piece]:
            assert seen.wait(60)
            yield Piece("\n".join(lines))

        return Reply(pieces())

    with serving(script) as model, site(index_folder, model.base_url) as address:
        page = opened(browser, address)
        ask(page, DUTIES)
        answers = page.locator("#chat .bot-row")
        expect(answers.first.locator(".writing")).to_be_visible(timeout=30_000)
        ask(page, "Ai ký kế hoạch Kiên Giang?")
        seen.set()
        expect(answers).to_have_count(2, timeout=30_000)
        expect(answers.nth(0).locator("a.cite")).to_have_count(len(lines))
        expect(answers.nth(1)).to_contain_text("Kiên Giang")
        keep(page, "model-second")
