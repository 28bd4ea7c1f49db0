"""The catalogue in a real browser: without scripts, in light and dark, on a small screen, a click to the words."""

from __future__ import annotations

import pytest
from conftest import SHOTS, keep
from playwright.sync_api import Browser, Page, expect

PLAN = "/plans/kien-giang-2021-2030"


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the side of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def keep_whole(page: Page, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_fit_and_need_no_script(browser: Browser, address: str, width: int, scheme: str) -> None:
    with browser.new_context(
        java_script_enabled=False,
        base_url=address,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
    ) as plain:
        page = plain.new_page()
        page.goto("/plans")
        expect(page.locator("a.plan-title")).to_have_count(5)
        expect(page.locator("main .over")).to_have_count(4)
        expect(page.locator('a.hotline[href="tel:111"]')).to_be_in_viewport()
        keep_whole(page, f"catalogue-{scheme}-{width}")
        page.get_by_role("link", name="Hành động vì trẻ em trên địa bàn tỉnh Kiên Giang").click()
        expect(page.locator("h1")).to_contain_text("Kiên Giang")
        assert page.get_by_role("img").count() == 5
        keep_whole(page, f"plan-{scheme}-{width}")


@pytest.mark.parametrize("path", ["/plans", PLAN, "/plans/bac-kan-2023", "/source/kien-giang-2021-2030", "/"])
def test_nothing_sticks_out_of_a_small_screen(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(path)
    page.locator("main, #question").first.wait_for()
    assert fits(page)
    keep(page, f"small-{path.strip('/').replace('/', '-') or 'start'}")


def test_a_figure_leads_to_its_words(page: Page) -> None:
    page.goto(PLAN)
    row = page.get_by_role("row", name="Chỉ tiêu 10:")
    row.get_by_role("link", name="xuống 4,5%", exact=True).click()
    expect(page.locator("mark")).to_have_text("xuống 4,5%")
    expect(page.locator("mark")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("row", name="Tổng cộng").get_by_role("link", name="1.815").click()
    expect(page.locator("mark")).to_have_text("1.815")


def test_a_source_leads_to_the_catalogue(page: Page) -> None:
    page.locator("a.plan", has_text="Kiên Giang").click()
    with page.expect_popup() as opened:
        page.locator("#source .laid-out a").click()
    expect(opened.value.locator("h1")).to_contain_text("Kiên Giang")
    expect(page.locator("#source")).to_be_visible()  # the conversation stays


def test_plots_are_drawn_in_the_colours_of_the_page(page: Page) -> None:
    page.goto(PLAN)
    for scheme, colour in (("light", "rgb(15, 94, 99)"), ("dark", "rgb(108, 197, 196)")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        fills = page.evaluate(
            "[...document.querySelectorAll('.plots svg path')].map(path => getComputedStyle(path).fill)"
        )
        assert colour in fills
    boxes = page.locator(".plots svg text").evaluate_all(
        """texts => texts.map(text => [text, text.closest("svg")].map(one => one.getBoundingClientRect().right))"""
    )
    assert [pair for pair in boxes if pair[0] > pair[1] + 1] == []


def test_what_is_folded_is_printed(page: Page) -> None:
    page.goto(PLAN)
    item = page.locator("#duties details li").first
    expect(item).to_be_hidden()
    page.emulate_media(media="print")
    assert item.evaluate("item => item.getBoundingClientRect().height") > 10
    keep_whole(page, "plan-print")
