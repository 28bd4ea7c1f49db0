"""A question that is not taken: the page says so in words, in the conversation, and keeps what was typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, keep
from playwright.sync_api import Browser, Page, expect

#: A site that takes on `at_once` questions and `rate` a minute from each address, and is slow at answering.
SLOW = """
import sys, time, uvicorn
from pathlib import Path
from assistant import open_assistant
from assistant.pipeline import Assistant
from assistant.web.hosts import listen
from assistant.web.limits import Bounds
from assistant.web.server import site
quick = Assistant.asking
def asking(self, *asked):
    time.sleep(float(sys.argv[4]))
    yield from quick(self, *asked)
Assistant.asking = asking
door = listen("127.0.0.1", 0)
app = site(open_assistant(Path(sys.argv[1])), bounds=Bounds(at_once=int(sys.argv[2]), rate=int(sys.argv[3])))
print(f"http://127.0.0.1:{door.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[door])
"""
DUTIES = "Sở Y tế phải làm gì?"


@contextmanager
def site(index_folder: Path, at_once: int, rate: int, seconds: float) -> Iterator[str]:
    command = [sys.executable, "-c", SLOW, str(index_folder), str(at_once), str(rate), str(seconds)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()  # pages may still be open


def visit(browser: Browser, address: str, width: int = 1280, scheme: str = "light") -> Page:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 640}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto("/")
    page.locator("#question textarea").wait_for()
    return page


def send(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


def says_busy(page: Page, words: str) -> None:
    said = page.locator("#chat .busy")
    expect(said).to_contain_text(words)
    expect(said).to_be_in_viewport(ratio=0.95)
    expect(said).to_have_attribute("role", "alert")
    expect(said.locator('a[href="tel:111"]')).to_be_in_viewport()
    wide = page.viewport_size is not None and page.viewport_size["width"] > 860
    # on a phone the head scrolls away with the page, the number does not
    expect(page.locator("#top a.hotline" if wide else "#top a.call")).to_be_in_viewport(ratio=1)
    expect(page.locator(".toast-wrap")).to_be_hidden()


def test_a_busy_site_says_so_and_then_answers(browser: Browser, index_folder: Path) -> None:
    with site(index_folder, 1, 0, 4.0) as address:
        first, second = visit(browser, address), visit(browser, address, width=320)
        send(first, DUTIES)
        expect(first.locator("#chat .user-row")).to_have_count(1)
        send(second, DUTIES)
        says_busy(second, "Đang có quá nhiều người hỏi")
        expect(second.locator("#question textarea")).to_have_value(DUTIES)
        expect(second.locator("#chat .pending")).to_have_count(0)
        assert second.evaluate("document.documentElement.scrollWidth") == 320
        keep(second, "busy-small")
        expect(first.locator("#chat a.cite").first).to_be_visible(timeout=15_000)
        second.keyboard.press("Enter")
        expect(second.locator("#chat a.cite").first).to_be_visible(timeout=15_000)
        expect(second.locator("#chat .busy")).to_have_count(0)
        for page in (first, second):
            page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_asks_too_much_is_told_when_to_come_back(browser: Browser, index_folder: Path, scheme: str) -> None:
    with site(index_folder, 9, 2, 0) as address:
        page = visit(browser, address, scheme=scheme)
        send(page, DUTIES)
        expect(page.locator("#chat a.cite").first).to_be_visible()
        expect(page.locator("#question textarea")).to_have_value("")
        send(page, "Còn Sở Tài chính?")
        expect(page.locator("#chat .user-row")).to_have_count(2)
        expect(page.locator("#question textarea")).to_have_value("")
        page.wait_for_timeout(500)
        send(page, "Công an?")
        says_busy(page, "đã gửi quá nhiều câu hỏi")
        assert re.search(r"chờ \d+ giây", page.locator("#chat .busy").inner_text())
        expect(page.locator("#question textarea")).to_have_value("Công an?")
        expect(page.locator("#chat .user-row")).to_have_count(2)
        keep(page, f"busy-{scheme}")
        page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_site_that_is_gone_says_so_and_who_to_call(browser: Browser, index_folder: Path, width: int) -> None:
    with site(index_folder, 10, 0, 0) as address:
        page = visit(browser, address, width)
    send(page, DUTIES)
    said = page.locator("#chat .busy")
    expect(said).to_contain_text("Mất kết nối", timeout=20_000)
    expect(said).to_contain_text("111")
    expect(said).to_be_in_viewport(ratio=0.9)
    expect(page.locator(".toast-wrap")).to_be_hidden()
    keep(page, f"gone-{width}")
    page.context.close()
