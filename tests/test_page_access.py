"""Every view of the page against WCAG 2.2 A and AA, as far as a machine can tell (axe), in light and dark.

A new view is one row of VIEWS: a name, and what a visitor does on the chat page to see it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from conftest import keep
from playwright.sync_api import Browser, Page, expect
from test_page import DUTIES, ask

AXE = next(Path(axe_playwright_python.__file__).parent.glob("axe*.js"))
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LINK = "/source/khanh-hoa-2020?start=17389&end=17915#passage"


def answered(page: Page) -> None:
    ask(page, DUTIES)


def helped(page: Page) -> None:
    ask(page, "bố em đánh em, em sợ lắm")


def source_open(page: Page) -> None:
    ask(page, DUTIES).locator("a.cite").first.click()
    page.locator("#passage").wait_for()


def keys_open(page: Page) -> None:
    page.locator("#keys").click()
    expect(page.locator("#keys-help")).to_be_visible()


def filtered(page: Page) -> None:
    page.locator("#province input").click()
    page.get_by_role("option", name="Kiên Giang").click()
    page.locator("#province .token").wait_for()


def visit_open(page: Page) -> None:
    ask(page, DUTIES)
    page.locator("#visit summary").click()


def english(page: Page) -> None:
    page.locator("#language").click()
    expect(page.locator("#question .submit-button")).to_have_text("Ask")


def at(path: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(path)

    return go


VIEWS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("start", lambda _: None),
    ("answer", answered),
    ("help", helped),
    ("source-open", source_open),
    ("keys", keys_open),
    ("filter", filtered),
    ("visit", visit_open),
    ("english", english),
    ("source-page", at(LINK)),
    ("source-table", at("/source/kien-giang-2021-2030")),
    ("error", at("/source/khong-co")),
)


def faults(page: Page) -> list[str]:
    """What axe finds wrong: its rule and the element."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("levels => axe.run(document, {runOnly: {type: 'tag', values: levels}})", LEVELS)
    assert found["passes"], "axe looked at nothing"
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "see"), VIEWS, ids=[name for name, _ in VIEWS])
def test_a_view_has_no_fault(
    browser: Browser, address: str, name: str, see: Callable[[Page], None], scheme: str
) -> None:
    with browser.new_context(color_scheme=scheme, base_url=address, reduced_motion="reduce") as visit:  # type: ignore[arg-type]
        page = visit.new_page()
        page.goto("/")
        page.locator("#question textarea").wait_for()
        see(page)
        keep(page, f"access-{name}-{scheme}")
        assert faults(page) == []


def test_a_fault_would_be_seen(page: Page) -> None:
    page.evaluate("document.querySelector('#top').insertAdjacentHTML('beforeend', '<button></button><img src=x>')")
    assert {fault.partition(":")[0] for fault in faults(page)} == {"button-name", "image-alt"}


SMALL = """() => [...document.querySelectorAll('a, button, input, summary, [role="button"]')]
    .filter(one => {
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        const inLine = style.display === 'inline' && one.matches('a:not(.cite)');
        return box.width && box.height && style.visibility === 'visible' && !inLine
            && Math.min(box.width, box.height) < 24;
    })
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize(("name", "see"), VIEWS, ids=[name for name, _ in VIEWS])
def test_nothing_is_cut_off_or_too_small_to_hit(
    browser: Browser, address: str, name: str, see: Callable[[Page], None], width: int
) -> None:
    """640 px is a window of 1280 at 200 %."""
    with browser.new_context(viewport={"width": width, "height": 640}, base_url=address) as visit:
        page = visit.new_page()
        page.goto("/")
        page.locator("#question textarea").wait_for()
        see(page)
        if width == 320:
            keep(page, f"access-{name}-320")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(SMALL) == []


def test_the_log_is_read_out_and_its_messages_are_named(page: Page) -> None:
    answer = ask(page, DUTIES)
    log = page.get_by_role("log", name="Hội thoại")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.get_by_role("group", name="Câu trả lời")).to_be_visible()
    expect(answer.locator("li").first).to_have_attribute("lang", "vi")
    assert page.locator('[aria-label*="message:"]').count() == 0


def test_the_tab_key_goes_through_the_page_in_order_and_out_again(page: Page) -> None:
    """No trap: from the first control every one is reached once, in the order of the page, until the page ends."""
    page.evaluate("document.activeElement.blur()")
    ask(page, DUTIES)
    page.locator("#chat .actions").wait_for()  # nothing is put in below the answer while one walks
    page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges(); scrollTo(0, 0)")
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }")
    names: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        now = page.evaluate(
            """() => {
                const on = document.activeElement;
                if (on === document.body) return "";
                const style = getComputedStyle(on);
                const ring = style.outlineStyle !== 'none' || !!on.closest('#question, #filters');
                return (on.id || on.className || on.tagName) + (ring ? '' : ' WITHOUT A RING');
            }"""
        )
        if not now or (names and now == names[0]):
            break
        names.append(now)
    else:
        pytest.fail(f"no end of tabbing: {names}")
    assert names[:3] == ["leave", "language", "keys"]
    assert not [name for name in names if name.endswith("WITHOUT A RING")]
    assert any("cite" in name for name in names)
    assert sum("plan" in name.split() for name in names) == 5
