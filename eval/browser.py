"""How long a person waits in a real browser: for the page to take a question, and for the first words of an answer."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from eval.speed import Times

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
#: Chromium's own traffic off: what is then asked for outside is the page's doing.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VISITS, QUESTIONS = 10, 10
#: Tells when the first words of the n-th answer stand on the page, by the page's own clock, in ms since Enter.
_FIRST_WORDS = """n => new Promise((done) => {
    const look = () => {
        const rows = document.querySelectorAll("#chat .bot-row");
        if (rows.length > n && rows[n].innerText.trim()) done(performance.now() - window.askedAt);
        else requestAnimationFrame(look);
    };
    look();
})"""
_STAMP = """() => document.querySelector("#question textarea").addEventListener("keydown", (event) => {
    if (event.key === "Enter") window.askedAt = performance.now();
}, true)"""


class NoBrowser(Exception):
    """No Chromium, or no library that drives it."""

    def __init__(self, why: object) -> None:
        names = ", ".join(CHROMIUMS)
        super().__init__(f"Không có trình duyệt ({why}); cài {names} / No browser; install one of {names}")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window. Raises NoBrowser."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        raise NoBrowser("Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NoBrowser(error) from error
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def waiting(address: str, questions: Sequence[str]) -> list[Times]:
    """The seconds until the page takes a question, of fresh visits, and until an answer's first words, of one visit."""
    opened, answered = [], []
    with browsing() as browser:
        for _ in range(VISITS):
            page = browser.new_context().new_page()
            started = time.perf_counter()
            page.goto(address)
            page.locator("#question textarea").wait_for()
            page.wait_for_function("() => document.querySelector('#question button, button.submit-button')")
            opened.append(time.perf_counter() - started)
            page.context.close()
        for question in questions[:QUESTIONS]:
            page = browser.new_context().new_page()
            page.goto(address)
            page.locator("#question textarea").fill(question)
            page.evaluate(_STAMP)
            page.keyboard.press("Enter")
            answered.append(float(page.evaluate(_FIRST_WORDS, 0)) / 1000)
            page.context.close()
    return [
        Times.of("trang nhận câu hỏi / page takes a question", opened),
        Times.of("Enter đến chữ đầu của câu trả lời / Enter to an answer's first words", answered),
    ]
