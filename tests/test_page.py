"""The page in a real browser: who to call, a question, its sources, nothing that leaves the machine."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT, keep
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

DUTIES = "Sở Y tế phải làm gì?"
#: The plans with a section for Sở Y tế, read off the texts.
WITH_DUTIES = ("khanh-hoa-2020", "kien-giang-2021-2030", "thua-thien-hue-2020")
#: One bullet a plan, whole and without debris of a scan, as printed.
BULLETS = {
    "khanh-hoa-2020": "Thường xuyên theo dõi, cập nhật tình hình, hướng dẫn, kiểm tra việc thực hiện các biện pháp "
    "phòng, chống dịch bệnh Covid-19; chủ động phòng ngừa lây lan dịch bệnh, bảo đảm sức khỏe cho trẻ em trước đại "
    "dịch.",
    "kien-giang-2021-2030": "Triển khai, thực hiện và phát triển mô hình cung cấp dịch vụ bảo vệ trẻ em trong bệnh "
    "viện.",
}


def ask(page: Page, question: str) -> Locator:
    """Type, press Enter, wait for the answer to be whole; the answer's message."""
    before = page.locator("#chat .bot-row").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    answer = page.locator("#chat .bot-row").nth(before)
    answer.wait_for()
    page.locator('[data-testid="status-tracker"].generating, #chat .pending').first.wait_for(state="detached")
    expect(page.locator("#question textarea")).to_have_value("")
    return answer


def citing(answer: Locator, doc: str) -> Locator:
    return answer.locator(f'a.cite[href^="/source/{doc}?"]')


def words(text: str) -> str:
    return " ".join(text.split())


def in_view(page: Page, selector: str) -> bool:
    """Whether the element's middle is what one sees at that point of the window, nothing above it."""
    return bool(
        page.evaluate(
            """selector => {
                const mark = document.querySelector(selector);
                const box = mark.getClientRects()[0];
                const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return mark === seen || mark.contains(seen);
            }""",
            selector,
        )
    )


def test_help_is_seen_before_anything_is_typed(page: Page) -> None:
    line = page.get_by_role("link", name="111")
    expect(line).to_have_attribute("href", "tel:111")
    expect(line).to_be_in_viewport()
    for number in ("113", "115"):
        expect(page.locator(f'a[href="tel:{number}"]')).to_be_in_viewport()
    expect(page.get_by_text("Viết ở đây không phải là trình báo")).to_be_in_viewport()
    keep(page, "start")


def test_help_is_seen_on_a_small_screen(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    page.locator("#question textarea").wait_for()
    expect(page.locator('a.hotline[href="tel:111"]')).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    answer = ask(page, DUTIES)
    citing(answer, WITH_DUTIES[0]).first.click()
    expect(page.locator("#passage")).to_be_in_viewport()
    assert page.locator("#sources").bounding_box()["y"] >= page.locator("#left").bounding_box()["y"]
    keep(page, "small")


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_words_for_help_are_seen_as_soon_as_they_are_there(context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    page.goto("/")
    page.locator("#question textarea").fill("bo danh em hoai em so qua")
    page.locator("#question .submit-button").click()
    first = page.locator('#chat .bot-row p a[href="tel:111"]').first
    expect(first).to_be_in_viewport(ratio=1)
    expect(page.locator("#top a.call")).to_be_in_viewport(ratio=1)
    page.wait_for_timeout(500)  # nothing moves it away again
    expect(first).to_be_in_viewport(ratio=1)
    keep(page, f"help-on-a-phone-{width}")


def test_without_scripts_there_is_help_and_every_plan(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False, base_url=address) as plain:
        page = plain.new_page()
        page.goto("/")
        expect(page.locator('a.hotline[href="tel:111"]')).to_be_in_viewport()
        assert page.locator("noscript a.plan, main a.plan").count() == 5
        page.locator("a.plan", has_text="Kiên Giang").click()
        expect(page.locator("#source h2")).to_contain_text("Kiên Giang")
        expect(page.locator('a.hotline[href="tel:111"]')).to_be_in_viewport()
        keep(page, "no-script")


def test_duties_are_answered_from_every_plan_that_has_them(page: Page) -> None:
    answer = ask(page, DUTIES)
    for province in ("Khánh Hòa", "Kiên Giang", "Thừa Thiên Huế"):
        expect(answer).to_contain_text(province)
    for doc in WITH_DUTIES:
        assert citing(answer, doc).count() > 0
    for bullet in BULLETS.values():
        assert bullet in words(answer.inner_text())
    keep(page, "answer")


@pytest.mark.parametrize("doc", WITH_DUTIES)
def test_a_citation_opens_its_source_at_the_passage(page: Page, doc: str) -> None:
    answer = ask(page, DUTIES)
    link = citing(answer, doc).last
    link.scroll_into_view_if_needed()
    link.click()
    page.locator("#passage").wait_for()
    asked = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    text = (ROOT / "corpus" / "documents" / f"{doc}.txt").read_bytes().decode("utf-8")
    quote = text[int(asked["start"][0]) : int(asked["end"][0])]
    assert words(" ".join(page.locator("#source mark").all_inner_texts())) == words(quote)
    assert in_view(page, "#passage")
    expect(page.locator("#source .where")).to_contain_text("Sở Y tế")
    expect(page.locator("#source .badge")).to_be_attached()
    expect(link).to_have_attribute("aria-current", "true")
    keep(page, f"citation-{doc}")


def test_citations_work_by_keyboard(page: Page) -> None:
    answer = ask(page, DUTIES)
    link = citing(answer, WITH_DUTIES[0]).first
    link.focus()
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#passage")).to_be_focused()
    keep(page, "page")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert link.inner_text().split()[0] == "Nguồn"


def test_the_list_of_plans_comes_back(page: Page) -> None:
    page.locator("a.plan", has_text="Lạng Sơn").click()
    expect(page.locator("#source h2")).to_be_focused()
    expect(page.locator("#source")).to_contain_text("…/KH-SLĐTBXH")
    page.get_by_role("button", name="Tất cả kế hoạch").click()
    expect(page.locator("#plans")).to_be_visible()
    expect(page.locator("#source-view")).to_be_hidden()


@pytest.mark.parametrize(
    ("box", "choice", "docs"),
    [
        ("#province", "Kiên Giang", {"kien-giang-2021-2030"}),
        ("#year", "2020", {"khanh-hoa-2020", "thua-thien-hue-2020"}),
    ],
)
def test_filters_narrow_the_answer(page: Page, box: str, choice: str, docs: set[str]) -> None:
    page.locator(f"{box} input").click()
    page.get_by_role("option", name=choice).click()
    page.keyboard.press("Escape")
    links = ask(page, DUTIES).locator("a.cite")
    cited = {urlsplit(link.get_attribute("href") or "").path.removeprefix("/source/") for link in links.all()}
    assert cited == docs
    keep(page, f"filter-{box[1:]}")


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.locator("#chat button.example").first.click()
    expect(page.locator("#chat .user-row")).to_contain_text(DUTIES)
    expect(page.locator("#chat a.cite").first).to_be_visible()


def test_someone_in_danger_can_tap_the_number(page: Page) -> None:
    answer = ask(page, "bố em đánh em, em sợ lắm")
    assert "111" in answer.inner_text()[:160]
    expect(answer.locator('a[href="tel:111"]').first).to_be_in_viewport()
    keep(page, "help")


def test_a_follow_up_is_read_from_its_beginning(page: Page) -> None:
    ask(page, DUTIES)
    ask(page, f"{DUTIES} Còn gì nữa?")
    expect(page.locator("#chat .user-row").last).to_be_in_viewport(ratio=0.9)
    keep(page, "follow-up")


def test_a_new_visit_starts_empty(page: Page) -> None:
    ask(page, DUTIES)
    page.get_by_role("button", name="Hỏi mới").click()
    expect(page.locator("#chat .user-row")).to_have_count(0)
    expect(page.locator("#chat button.example").first).to_be_visible()


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script> Sở Y tế",
        "![x](http://example.com/x.png) [y](javascript:window.hacked=1) Sở Y tế",
        "<form action=http://example.com><button>x</button></form><a href=http://example.com>y</a>",
        "$$\\href{javascript:window.hacked=1}{z}$$ `code` **đậm** [1]",
    ],
)
def test_markup_in_a_question_stays_text(page: Page, attack: str) -> None:
    ask(page, attack)
    shown = page.locator("#chat .user-row")
    assert words(shown.inner_text()) == words(attack)
    assert page.locator("#chat :is(img, form, script, iframe, .katex, code)").count() == 0
    assert shown.locator("a, strong").count() == 0
    assert page.evaluate("window.hacked") is None


def test_the_dark_page(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="dark", base_url=address) as dark:
        page = dark.new_page()
        page.goto("/")
        citing(ask(page, DUTIES), WITH_DUTIES[0]).first.click()
        expect(page.locator("#passage")).to_be_in_viewport()
        keep(page, "dark")
