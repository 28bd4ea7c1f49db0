"""The frame of the page in a real browser: the way out, the languages, keys, this visit, waiting."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import CHROMIUMS, FLAGS, keep
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from test_page import DUTIES, ask, citing

from assistant.web.frame import leave_address

NEUTRAL = "<!doctype html><title>Trung lập</title><p>Trang khác"
TOLD = "bố em đánh em, em sợ lắm"
DEADLINE = "Hạn báo cáo cuối năm của Lạng Sơn là ngày nào?"


@pytest.fixture
def remembering(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visit in a browser that keeps left pages in memory, as people's do; the outside answers itself."""
    path = next(found for name in CHROMIUMS if (found := shutil.which(name)))
    kept = browser.browser_type.launch(
        executable_path=path, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    visit = kept.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    visit.route(
        f"{leave_address()}**", lambda route: route.fulfill(body=NEUTRAL, content_type="text/html; charset=utf-8")
    )
    yield visit
    kept.close()


def whole(page: Page, question: str) -> Locator:
    """The answer once its last part has come: what is typed before that is cleared with the question."""
    answer = ask(page, question)
    answer.locator(".listed").wait_for(state="attached")
    return answer


def chat(visit: BrowserContext) -> Page:
    page = visit.new_page()
    page.goto("/")
    page.locator("#question textarea").wait_for()
    return page


def away(page: Page) -> None:
    page.wait_for_url(f"{leave_address()}**")
    expect(page.get_by_text("Trang khác")).to_be_visible()


def test_the_button_leaves_and_nothing_else_goes_out(remembering: BrowserContext, address: str) -> None:
    page = chat(remembering)
    ask(page, TOLD)
    asked: list[str] = []
    remembering.on("request", lambda request: asked.append(request.url))
    page.locator("#leave").click()
    away(page)
    outside = [url for url in asked if not url.startswith(f"{address}/")]
    assert outside[0] == leave_address()
    assert all(url.startswith(leave_address()) for url in outside)
    assert page.evaluate("document.referrer") == ""


def test_the_page_is_blank_before_the_other_one_comes(remembering: BrowserContext) -> None:
    """Read in the same breath as the click, when nothing has come from the network yet."""
    page = chat(remembering)
    ask(page, TOLD)
    left = page.evaluate(
        """() => {
            const box = document.querySelector('#question textarea');
            box.value = 'em';
            document.getElementById('leave').click();
            return [document.documentElement.hidden, document.body.textContent, box.value,
                location.pathname + location.search, document.title.includes('trẻ em')];
        }"""
    )
    assert left == [True, "", "", "/", False]
    away(page)


def test_three_presses_of_esc_leave(remembering: BrowserContext) -> None:
    page = chat(remembering)
    ask(page, TOLD)
    for _ in range(3):
        page.keyboard.press("Escape")
    away(page)


@pytest.mark.parametrize("place", ["#province input", "#question textarea", "#keys"])
def test_three_presses_leave_from_wherever_one_is(remembering: BrowserContext, place: str) -> None:
    page = chat(remembering)
    page.locator(place).click()
    for _ in range(3):
        page.keyboard.press("Escape")
    away(page)


def test_two_presses_or_slow_ones_do_not_leave(page: Page) -> None:
    for _ in range(2):
        page.keyboard.press("Escape")
    page.wait_for_timeout(2100)
    for _ in range(2):
        page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    expect(page.locator("#question textarea")).to_be_visible()


def test_back_leads_to_no_conversation(remembering: BrowserContext) -> None:
    page = chat(remembering)
    ask(page, TOLD)
    page.locator("#leave").click()
    away(page)
    page.go_back()
    page.wait_for_timeout(500)
    assert TOLD not in page.content()
    assert page.url == "about:blank"  # the chat left no entry of its own


def test_back_over_a_source_page_leads_to_an_empty_chat(remembering: BrowserContext) -> None:
    page = chat(remembering)
    ask(page, TOLD)
    page.goto("/source/khanh-hoa-2020")
    page.locator("#leave").click()
    away(page)
    page.go_back()
    page.locator("#question textarea").wait_for()
    expect(page.locator("#chat .message-row")).to_have_count(0)
    assert TOLD not in page.content()


def test_a_chat_kept_in_memory_is_not_shown_after_leaving(page: Page) -> None:
    """As a browser does that keeps even such pages: it tells the page that it is shown again."""
    ask(page, TOLD)
    page.evaluate("sessionStorage.setItem('left', String(Date.now()))")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.locator("#question textarea").wait_for()
    expect(page.locator("#chat .message-row")).to_have_count(0)


def test_the_way_out_needs_no_script(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False, base_url=address) as visit:
        visit.route(
            f"{leave_address()}**", lambda route: route.fulfill(body=NEUTRAL, content_type="text/html; charset=utf-8")
        )
        page = visit.new_page()
        page.goto("/")
        expect(page.locator("#language")).to_be_hidden()
        expect(page.locator("#keys")).to_be_hidden()
        page.locator("#leave").click()
        away(page)


@pytest.mark.parametrize("path", ["/", "/source/kien-giang-2021-2030", "/source/khong-co"])
@pytest.mark.parametrize("width", [320, 860, 1280])
def test_the_way_out_is_always_in_view(context: BrowserContext, path: str, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(path)
    if path == "/":
        page.locator("#question textarea").wait_for()
        ask(page, DUTIES)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate(
        """() => {
            const link = document.getElementById('leave');
            const box = link.getBoundingClientRect();
            return [[0.1, 0.5], [0.5, 0.5], [0.9, 0.5]].every(([x, y]) =>
                link.contains(document.elementFromPoint(box.x + box.width * x, box.y + box.height * y)));
        }"""
    )


#: Where Vietnamese may stand when English is chosen; the name of the province in an offered question too.
ALLOWED = (
    'body [lang="vi"]',  # a plan's words, what of an answer is Vietnamese, and the way back to Vietnamese
    "#chat .message-row",  # the question as typed, and its answer, in the language it was asked in
    "#chat a.cite",  # its title is the heading path of the plan
    "#province .options, #province .token",  # names of provinces
)
VIETNAMESE = """allowed => {
    const letters = /[\\u0300-\\u036f\\u0110\\u0111]/;  // a mark on a letter, or Đ
    const found = [];
    const seen = (element, text) => {
        const ours = text.replaceAll('Kiên Giang', '').normalize('NFD');
        if (letters.test(ours) && !element.closest(allowed)) found.push(text.trim());
    };
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) seen(node.parentElement, node.data);
        if (node.nodeType !== Node.ELEMENT_NODE || node.matches('script, style, template, noscript')) return;
        if (getComputedStyle(node).display === 'none' && !node.matches('dialog')) return;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) seen(node, node.getAttribute(name) || '');
        node.childNodes.forEach(walk);
    };
    walk(document.body);
    seen(document.head, document.title);
    return found;
}"""


def vietnamese(page: Page) -> list[str]:
    found: list[str] = page.evaluate(VIETNAMESE, ", ".join(ALLOWED))
    return found


def in_english(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.locator("#question .submit-button")).to_have_text("Ask")


def test_in_english_nothing_is_left_in_vietnamese(page: Page) -> None:
    assert vietnamese(page), "the walk would see Vietnamese"
    in_english(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("data-lang", "en")
    assert vietnamese(page) == []
    keep(page, "english-start")
    answer = ask(page, "What must the Health Department do?")
    expect(answer).to_contain_text("duties")
    assert vietnamese(page) == []
    answer.locator("a.cite").first.click()
    page.locator("#passage").wait_for()
    assert vietnamese(page) == []
    page.locator("#province input").click()
    page.get_by_role("option", name="Kiên Giang").click()
    page.locator("#keys").click()
    assert vietnamese(page) == []
    keep(page, "english-keys")


def test_in_english_the_title_of_a_citation_says_source(page: Page) -> None:
    in_english(page)
    cite = ask(page, DUTIES).locator("a.cite").first
    expect(cite).to_have_attribute("title", re.compile("^Source 1: KẾ HOẠCH .* Sở Y tế$"))
    assert cite.inner_text().split()[0] == "Source"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/source/khanh-hoa-2020?start=17389&end=17915", "Back to the chat"),
        ("/source/khong-co", "No document is called “khong-co”. The chat page lists them."),
        ("/source/khanh-hoa-2020?start=9&end=5", "Passage 9–5 is not inside this text"),
        ("/nowhere", "There is no such page."),
    ],
)
def test_other_pages_are_english_too(page: Page, path: str, said: str) -> None:
    in_english(page)
    page.goto(path)
    expect(page.locator("main")).to_contain_text(said)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    allowed = [page.title()] if path.startswith("/source/khanh-hoa-2020?start=17389") else []
    assert [text for text in vietnamese(page) if text not in allowed] == []


def test_vietnamese_comes_back_word_for_word(page: Page) -> None:
    before = page.locator("body").inner_text()
    in_english(page)
    assert page.locator("body").inner_text() != before
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert page.locator("body").inner_text() == before


def test_the_choice_is_kept_by_the_tab_alone(page: Page, context: BrowserContext) -> None:
    in_english(page)
    assert page.evaluate("localStorage.length") == 0
    assert context.cookies() == []
    other = context.new_page()
    other.goto("/")
    expect(other.locator("html")).to_have_attribute("lang", "vi")


def test_an_offered_question_is_asked_in_english(page: Page) -> None:
    in_english(page)
    page.locator("#chat button.example").first.click()
    expect(page.locator("#chat .user-row")).to_contain_text("What must the Health Department do?")
    expect(page.locator("#chat .bot-row")).to_contain_text("duties")


@pytest.mark.parametrize("at", range(4))
def test_every_offered_question_has_an_answer_in_english(page: Page, at: int) -> None:
    in_english(page)
    page.locator("#chat button.example").nth(at).click()
    expect(page.locator("#chat .bot-row a.cite").first).to_be_visible()
    expect(page.locator("#chat .bot-row")).not_to_contain_text("Nothing about this was found")


def test_slash_goes_to_the_question_but_not_while_typing(page: Page) -> None:
    page.locator("#leave").focus()
    page.keyboard.press("/")
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("1/2?")
    expect(box).to_have_value("1/2?")
    expect(page.locator("#keys-help")).to_be_hidden()


def test_arrows_walk_from_citation_to_citation_across_answers(page: Page) -> None:
    first = whole(page, DUTIES)
    second = whole(page, DEADLINE)
    last = first.locator("a.cite").last
    last.focus()
    page.keyboard.press("ArrowRight")
    expect(second.locator("a.cite").first).to_be_focused()
    expect(second.locator("a.cite").first).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    expect(last).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(last).to_be_focused()


def test_the_ends_of_the_walk_stay_where_they_are(page: Page) -> None:
    cite = ask(page, DEADLINE).locator("a.cite")
    cite.first.focus()
    page.keyboard.press("ArrowLeft")
    expect(cite.first).to_be_focused()


def test_the_keys_are_listed_and_single_ones_can_be_switched_off(page: Page) -> None:
    page.locator("#leave").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert dialog.locator("dt").all_inner_texts() == ["/", "Enter", "← →", "Esc", "Esc Esc Esc", "?"]
    keep(page, "keys")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("#leave").focus()
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(dialog).to_be_hidden()
    expect(page.locator("#leave")).to_be_focused()
    page.locator("#keys").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Đóng").click()
    expect(page.locator("#keys")).to_be_focused()


def test_the_visit_lists_its_questions_and_leads_to_them(page: Page) -> None:
    box = page.locator("#visit")
    expect(box).to_be_hidden()
    first = whole(page, DUTIES)
    whole(page, DEADLINE)
    box.locator("summary").click()
    expect(box.locator("li")).to_have_text([DUTIES, DEADLINE])
    expect(first.locator("li").first).not_to_be_in_viewport()
    box.get_by_role("button", name=DUTIES).click()
    expect(first).to_be_focused()
    expect(first.locator("li").first).to_be_in_viewport()
    keep(page, "visit")
    page.get_by_role("button", name="Hỏi mới").click()
    expect(box).to_be_hidden()


def test_a_question_that_tells_of_harm_is_never_listed(page: Page) -> None:
    """Watched at every change of the page, not only at the end."""
    page.evaluate(
        """() => {
            window.listedWords = '';
            const box = document.getElementById('visit');
            new MutationObserver(() => { window.listedWords += box.textContent; })
                .observe(box, { childList: true, subtree: true, characterData: true });
        }"""
    )
    ask(page, TOLD)
    page.wait_for_timeout(500)
    whole(page, DEADLINE)
    expect(page.locator("#visit li")).to_have_text([DEADLINE])
    assert TOLD not in page.evaluate("window.listedWords")
    assert TOLD not in page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")


@contextmanager
def held_back(page: Page, address: str) -> Iterator[None]:
    """What is asked for at an address comes only when the block is over."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold)
    yield
    for route in held:
        route.continue_()
    page.unroute(address)


def test_waiting_for_an_answer_is_said_after_half_a_second(page: Page) -> None:
    line = page.get_by_role("status").and_(page.locator("#waiting"))
    with held_back(page, "**/gradio_api/queue/join*"):
        page.locator("#question textarea").fill(DUTIES)
        page.keyboard.press("Enter")
        expect(line).to_contain_text("Đang tìm")
        keep(page, "waiting")
    expect(page.locator("#chat a.cite").first).to_be_visible()
    expect(line).to_be_empty()


def test_waiting_for_a_source_is_said_too(page: Page) -> None:
    answer = ask(page, DUTIES)
    with held_back(page, "**/source/**"):
        citing(answer, "khanh-hoa-2020").first.click()
        expect(page.locator("#waiting")).to_contain_text("Đang mở")
    page.locator("#passage").wait_for()
    expect(page.locator("#waiting")).to_be_empty()


def test_nothing_is_said_of_what_comes_at_once(page: Page) -> None:
    page.evaluate(
        """() => {
            window.said = '';
            const line = document.getElementById('waiting');
            new MutationObserver(() => { window.said += line.textContent; }).observe(line, { childList: true });
        }"""
    )
    ask(page, DUTIES).locator("a.cite").first.click()
    page.locator("#passage").wait_for()
    page.wait_for_timeout(700)
    assert page.evaluate("window.said") == ""
