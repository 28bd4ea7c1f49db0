"""What tests share: an index of the five plans, the page served by the real command, a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import built
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from eval.browser import CHROMIUMS, FLAGS

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "screenshots"


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the five plans."""
    return built(None, tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="session")
def address(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `python app.py` serves the page; the process ends with the tests."""
    log = tmp_path_factory.mktemp("serve") / "stderr"
    command = [sys.executable, "app.py", "--port", "0", "--index", str(index_folder)]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, "HOST": ""}
        ) as served,
    ):
        assert served.stdout is not None
        said = next((line for line in served.stdout if "http://" in line), "")
        found = re.search(r"http://[\d.]+:\d+", said)
        if found is None:
            served.kill()
            pytest.fail(f"app.py named no address: {said!r}\n{log.read_text()}")
        yield found.group()
        served.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine; without one these tests fail, they are not left out.

    For a file of tests: while it is open an event loop runs, which other files may want for themselves.
    """
    path = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(f"no browser ({', '.join(CHROMIUMS)}): run `make programs` as root, or install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh visit to a 1280 × 800 window. Whatever it asks for outside this site fails its test."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
    outside: list[str] = []

    def seen(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:", "blob:")):
            outside.append(request.url)

    fresh.on("request", seen)
    yield fresh
    fresh.close()
    assert outside == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The chat page, ready for a question."""
    opened = context.new_page()
    opened.goto("/")
    opened.locator("#question textarea").wait_for()
    return opened


def keep(page: Page, name: str) -> None:
    """A picture of the page for people to look at, in screenshots/."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")
