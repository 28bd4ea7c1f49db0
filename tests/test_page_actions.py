"""The buttons below an answer in a real browser: copy, files, print, feedback; none below a disclosure of harm."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import docx
import pytest
from conftest import ROOT, keep
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from test_page import ask

from assistant.web.feedback import entries

BIRTHS = "Tỷ lệ trẻ em được đăng ký khai sinh năm 2025 và 2030"
INDICATOR = "Chỉ tiêu 14 là gì?"
TOLD = "bố em đánh em, em sợ lắm"


def row(answer: Locator) -> Locator:
    return answer.locator(".actions")


def press(answer: Locator, name: str) -> None:
    row(answer).get_by_role("button", name=re.compile(name)).click()


def downloaded(page: Page, answer: Locator, name: str) -> tuple[str, Path]:
    with page.expect_download() as waiting:
        press(answer, name)
    return waiting.value.suggested_filename, Path(waiting.value.path())


def words_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_there_is_a_row_below_an_answer_and_none_before(page: Page) -> None:
    expect(page.locator(".actions")).to_have_count(0)
    answer = ask(page, INDICATOR)
    expect(row(answer)).to_be_visible()
    buttons = row(answer).get_by_role("button")
    assert [" ".join(words.split()) for words in buttons.all_inner_texts()] == ["Sao chép Copy", "DOCX", "In Print"]
    expect(row(answer).locator(".thumb")).to_have_count(0)  # this page takes no feedback
    assert answer.locator("[aria-label*='asked']").count() == 0
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    keep(page, "actions")


def test_nothing_below_words_for_someone_in_danger(page: Page) -> None:
    answer = ask(page, TOLD)
    expect(answer).to_contain_text("111")
    later = ask(page, INDICATOR)
    expect(row(later)).to_have_count(1)
    expect(row(answer)).to_have_count(0)
    keep(page, "actions-told")


@pytest.mark.parametrize("secure", [True, False])
def test_copy_gives_text_for_a_letter(context: BrowserContext, page: Page, secure: bool) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = ask(page, INDICATOR)
    if not secure:  # as on http://10.0.0.5
        page.evaluate("Object.defineProperty(Clipboard.prototype, 'writeText', { value: undefined })")
    press(answer, "Sao chép")
    expect(row(answer).locator('[role="status"]')).to_have_text("Đã sao chép / Copied")
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    lines = copied.split("\n")
    assert lines[0] == (
        "- Kiên Giang (2021–2030), II › 2 › b. Mục tiêu 2: Về bảo vệ trẻ em: Chỉ tiêu 14: Tỷ lệ trẻ em dưới 5 tuổi "
        "được đăng ký khai sinh đạt 98,5% vào năm 2025, phấn đấu 100% vào năm 2030. [1]"
    )
    assert lines[3] == "Nguồn:"
    assert re.fullmatch(
        r"\[1\] KẾ HOẠCH Hành động vì trẻ em trên địa bàn tỉnh Kiên Giang, giai đoạn 2021-2030 "
        r"\(số \S+, ngày \S+\), II › 2 › b › Chỉ tiêu 14",
        lines[4],
    ), lines[4]
    assert lines[5].startswith("[2] KẾ HOẠCH THỰC HIỆN CÔNG TÁC BẢO VỆ VÀ CHĂM SÓC TRẺ EM TỈNH NĂM 2020")
    assert lines[5].endswith(", I › 14")


def test_a_copied_table_has_its_rows_and_headings(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(ask(page, BIRTHS), "Sao chép")
    expect(page.locator(".actions .said")).to_have_text("Đã sao chép / Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Nội dung | 2025 | 2030" in copied
    assert "Tỷ lệ trẻ em dưới 5 tuổi được đăng ký khai sinh | 98,5% [2] | 100% [3]" in copied


def test_the_docx_comes_with_the_name_of_the_question(page: Page) -> None:
    answer = ask(page, INDICATOR)
    name, path = downloaded(page, answer, "DOCX")
    assert name == "Chỉ-tiêu-14-là-gì.docx"
    text = words_of(path)
    assert "Câu hỏi: Chỉ tiêu 14 là gì?" in text
    assert "98,5%" in text
    expect(row(answer).locator('[role="status"]')).to_have_text("Đã tải tệp / Downloaded")


def test_only_a_table_is_offered_as_csv(page: Page) -> None:
    answer = ask(page, BIRTHS)
    name, path = downloaded(page, answer, "CSV")
    assert name.endswith(".csv")
    rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
    assert rows[1][:3] == ["Tỷ lệ trẻ em dưới 5 tuổi được đăng ký khai sinh", "98,5%", "100%"]
    expect(row(ask(page, INDICATOR)).get_by_role("button", name=re.compile("CSV"))).to_have_count(0)
    expect(row(answer).get_by_role("button", name=re.compile("CSV"))).to_have_count(1)


PLANS = ("Khánh Hòa (2020)", "Kiên Giang (2021–2030)", "Thừa Thiên Huế (2020)")


def filtered(page: Page, province: str) -> None:
    page.locator("#province input").click()
    page.get_by_role("option", name=province).click()
    page.keyboard.press("Escape")


def test_each_turn_has_the_file_of_its_own_answer(page: Page) -> None:
    turns = [ask(page, words) for words in ("Sở Y tế Khánh Hòa phải làm gì?", "Còn Kiên Giang thì sao?")]
    for answer, only in zip(turns, PLANS[:2], strict=True):
        text = words_of(downloaded(page, answer, "DOCX")[1])
        assert [plan for plan in PLANS if plan in text] == [only]
        assert "Sở Y tế: 4 nhiệm vụ" in text


def test_a_file_has_the_filters_that_its_answer_had(page: Page) -> None:
    filtered(page, "Thừa Thiên Huế")
    answer = ask(page, "Sở Y tế phải làm gì?")
    filtered(page, "Kiên Giang")  # after the answer, hence not of it
    text = words_of(downloaded(page, answer, "DOCX")[1])
    assert "Chỉ tìm trong: Thừa Thiên Huế\n" in text
    assert [plan for plan in PLANS if plan in text] == ["Thừa Thiên Huế (2020)"]


def test_a_file_that_cannot_be_had_is_said(context: BrowserContext, page: Page) -> None:
    answer = ask(page, INDICATOR)
    context.route("**/download/*", lambda route: route.abort())
    press(answer, "DOCX")
    expect(row(answer).locator('[role="status"]')).to_contain_text("Chưa tải được tệp")


def test_print_shows_question_answer_sources_and_the_line(page: Page) -> None:
    page.evaluate("() => { window.print = () => { window.printed = (window.printed || 0) + 1; }; }")
    ask(page, "Sở Y tế phải làm gì?")
    press(ask(page, BIRTHS), "^In")
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    view = page.locator("#print-view")
    expect(view.locator("h1")).to_have_text(BIRTHS)
    expect(view).to_contain_text("98,5%")
    expect(view.locator("ol li")).to_have_count(3)
    expect(view).not_to_contain_text("Khánh Hòa")
    expect(page.locator('#top a.hotline[href="tel:111"]')).to_be_visible()
    for furniture in ("#question", "#plans", "#filters", ".actions", "#chat"):
        expect(page.locator(furniture).first).to_be_hidden()
    keep(page, "print")
    page.emulate_media(media="screen")
    expect(view).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(view).to_have_count(0)


def test_a_new_conversation_has_rows_of_its_own(page: Page) -> None:
    ask(page, BIRTHS)
    expect(page.locator(".actions")).to_have_count(1)
    page.get_by_role("button", name="Hỏi mới").click()
    expect(page.locator(".actions")).to_have_count(0)
    _, path = downloaded(page, ask(page, INDICATOR), "DOCX")
    assert "Câu hỏi: Chỉ tiêu 14 là gì?" in words_of(path)


@pytest.fixture(scope="module")
def with_feedback(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The page with `--feedback FILE`: its address and the file."""
    file = tmp_path_factory.mktemp("feedback") / "feedback.sqlite"
    command = [sys.executable, "app.py", "--port", "0", "--index", str(index_folder), "--feedback", str(file)]
    environment = {**os.environ, "HOST": ""}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment) as served:
        assert served.stdout is not None
        said = next((line for line in served.stdout if "http://" in line), "")
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found, said
        yield found.group(), file
        served.terminate()


@pytest.fixture
def asked(browser: Browser, with_feedback: tuple[str, Path]) -> Iterator[Page]:
    """That page with a question answered."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, base_url=with_feedback[0]) as fresh:
        page = fresh.new_page()
        page.goto("/")
        page.locator("#question textarea").wait_for()
        ask(page, INDICATOR)
        yield page


def test_feedback_needs_consent(asked: Page, with_feedback: tuple[str, Path]) -> None:
    before = len(entries(with_feedback[1]))
    sent: list[str] = []
    asked.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    answer = asked.locator("#chat .bot-row")
    press(answer, "Trả lời chưa tốt")
    form = row(answer).locator("form")
    expect(form.get_by_role("textbox")).to_be_focused()
    asked.keyboard.type("thiếu năm 2030\nvà nguồn")
    keep(asked, "feedback")
    form.get_by_role("button", name="Gửi góp ý").click()
    expect(row(answer).get_by_role("status")).to_contain_text("chưa đánh dấu đồng ý")
    assert not [url for url in sent if url.endswith("/feedback")]
    assert len(entries(with_feedback[1])) == before
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Gửi góp ý").click()
    expect(row(answer).get_by_role("status")).to_contain_text("Đã lưu")
    expect(form).to_be_hidden()
    *_, entry = entries(with_feedback[1])
    assert (entry.good, entry.comment, entry.asked["question"]) == (False, "thiếu năm 2030\nvà nguồn", INDICATOR)
    expect(asked.locator("#chat .bot-row")).to_have_count(1)  # Enter in the comment asked nothing


def test_feedback_can_be_left(asked: Page, with_feedback: tuple[str, Path]) -> None:
    before = len(entries(with_feedback[1]))
    answer = asked.locator("#chat .bot-row")
    thumb = row(answer).get_by_role("button", name="Trả lời tốt")
    thumb.click()
    expect(thumb).to_have_attribute("aria-expanded", "true")
    asked.keyboard.press("Escape")
    expect(row(answer).locator("form")).to_be_hidden()
    expect(thumb).to_be_focused()
    assert len(entries(with_feedback[1])) == before


def test_a_comment_that_tells_of_harm_is_not_kept(asked: Page, with_feedback: tuple[str, Path]) -> None:
    before = len(entries(with_feedback[1]))
    answer = asked.locator("#chat .bot-row")
    press(answer, "Trả lời tốt")
    asked.keyboard.type(TOLD)
    row(answer).get_by_role("checkbox").check()
    row(answer).get_by_role("button", name="Gửi góp ý").click()
    expect(row(answer).get_by_role("status")).to_contain_text("gọi ngay 111")
    assert len(entries(with_feedback[1])) == before


def test_the_form_fits_a_small_dark_screen(browser: Browser, with_feedback: tuple[str, Path]) -> None:
    size = {"width": 320, "height": 900}
    with browser.new_context(viewport=size, color_scheme="dark", base_url=with_feedback[0]) as small:
        page = small.new_page()
        page.goto("/")
        page.locator("#question textarea").wait_for()
        answer = ask(page, BIRTHS)
        press(answer, "Trả lời tốt")
        row(answer).locator("form").scroll_into_view_if_needed()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        box = row(answer).locator("form").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        keep(page, "feedback-small")
