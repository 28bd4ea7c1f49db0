"""The page that describes the API, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import keep
from playwright.sync_api import BrowserContext


@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (1100, "dark"), (320, "light")])
def test_the_reference_fits_and_can_be_read_by_all(context: BrowserContext, width: int, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/api/docs#post-api-ask")
    page.get_by_role("heading", name="POST /api/ask").wait_for()
    keep(page, f"api-{scheme}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_index_leads_to_every_call(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/api/docs")
    links = page.locator(".api nav a")
    assert links.count() == 3
    for link in links.all():
        assert page.locator(link.get_attribute("href") or "").count() == 1
