"""Staff in a real browser: a plan is brought in, seen, asked about without a restart, corrected, taken out again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import keep
from playwright.sync_api import Browser, Page, expect
from test_live import plan
from test_page import ask
from test_page_access import AXE
from test_processes import _children
from test_watching import until, watched
from word_file import p, word_file

from assistant.staff.people import add

NAME, PASSWORD = "Nguyễn Thị A", "mật khẩu rất dài"
TEXT = (
    "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\ncông tác trẻ em năm 2024\n\n"
    "I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- {duty}\n"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("staff")
    plan(folder / "plans", "ca-mau", "Cà Mau", "Tiêm chủng.")
    add(folder / "staff.toml", NAME, PASSWORD)
    with watched(folder, "--staff", str(folder / "staff.toml"), "--watch") as (address, site):
        yield address, folder
        others = [int(one) for one in re.findall(r"\d+", _children(site.pid))]
    assert others
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in others))
    assert site.returncode == 0


@pytest.fixture(params=[True, False], ids=["script", "none"])
def visit(request: pytest.FixtureRequest, browser: Browser, served: tuple[str, Path]) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, base_url=served[0], java_script_enabled=request.param
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" and " 422 " not in one.text else None)
    yield page
    context.close()
    assert faults == []


def sign_in(page: Page) -> None:
    page.goto("/staff")
    page.get_by_label(re.compile("^Tên")).fill(NAME)
    page.get_by_label(re.compile("^Mật khẩu")).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Đăng nhập")).click()
    expect(page.get_by_text(f"Đang dùng: {NAME}")).to_be_visible()


def shown(page: Page, words: str, item: str) -> None:
    """Wait for words about a file, by opening the page again where no script does it."""
    place = page.locator(".item", has_text=item).first
    for _ in range(40):
        try:
            expect(place).to_contain_text(words, timeout=1500)
            return
        except AssertionError:
            if page.locator(".no-script").count():
                page.get_by_role("button", name=re.compile("Xem lại tiến độ")).click()
    expect(place).to_contain_text(words)


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => r.violations)"
    )
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def narrow(page: Page, name: str) -> None:
    """At 320 pixels nothing has to be scrolled sideways."""
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    keep(page, f"{name}-320")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_plan_comes_in_is_asked_about_and_goes(
    visit: Page, served: tuple[str, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    sign_in(visit)
    has_script = request.node.callspec.params["visit"]
    expect(visit.locator(".no-script")).to_have_count(0 if has_script else 1)
    name = "co" if has_script else "khong"
    text = tmp_path / f"{name}.txt"
    duty = f"Phát thuốc {name}."
    text.write_text(TEXT.format(duty=duty), encoding="utf-8")
    visit.get_by_label(re.compile("chọn tệp")).set_input_files([text])
    visit.get_by_role("button", name=re.compile("^Gửi")).click()
    shown(visit, "Hỏi được ngay", text.name)
    item = visit.locator(".item", has_text=text.name).first
    for words in ("Lai Châu", "12/KH-UBND", "2 mục", "2024"):
        expect(item).to_contain_text(words)
    if has_script:
        assert faults(visit) == []
        visit.emulate_media(color_scheme="dark")
        assert faults(visit) == []
        keep(visit, "staff-dark")
        visit.emulate_media(color_scheme="light")
    keep(visit, f"staff-{name}")
    narrow(visit, f"staff-{name}")
    visit.locator(".puts li", has_text=text.name).first.get_by_role("button").click()
    shown(visit, "Đã lấy ra", text.name)
    assert not (served[1] / "plans" / text.name).exists()


@pytest.mark.parametrize("visit", [True], indirect=True)
def test_a_word_file_is_asked_about_in_the_chat(visit: Page, served: tuple[str, Path], tmp_path: Path) -> None:
    lines = TEXT.format(duty="Khám mắt.").splitlines()
    file = word_file(tmp_path / "lai-chau.docx", "".join(p(line) for line in lines if line))
    sign_in(visit)
    chat = visit.context.new_page()
    chat.goto("/")
    chat.locator("#question textarea").wait_for()
    with visit.expect_response("**/staff/upload"):
        visit.get_by_label(re.compile("chọn tệp")).set_input_files([file])
        visit.get_by_role("button", name=re.compile("^Gửi")).click()
    shown(visit, "Hỏi được ngay", file.name)
    assert "Khám mắt" in ask(chat, "Sở Y tế phải làm gì?").inner_text()
    visit.locator(".item", has_text=file.name).first.get_by_role("link", name=re.compile("Sửa dữ kiện")).click()
    expect(visit.get_by_role("button", name=re.compile("Ghi lại"))).to_be_visible()
    keep(visit, "staff-mend")
    assert faults(visit) == []
    narrow(visit, "staff-mend")
    visit.get_by_label(re.compile("^Tỉnh")).fill("Atlantis")
    visit.get_by_role("button", name=re.compile("Ghi lại")).click()
    expect(visit.get_by_text("Không biết tỉnh này")).to_be_visible()
    keep(visit, "staff-wrong")
    visit.get_by_label(re.compile("^Tỉnh")).fill("Kiên Giang")
    visit.get_by_role("button", name=re.compile("Ghi lại")).click()
    shown(visit, "Đã sửa, đã vào chỉ mục", file.name)
    expect(visit.locator(".item", has_text="Hỏi được ngay").first).to_be_visible()
    for _ in range(40):
        visit.goto("/plans/lai-chau")
        if visit.get_by_text("đã sửa").count():
            break
    expect(visit.locator("main header dl")).to_contain_text("Kiên Giang")
    keep(visit, "plan-corrected")
    assert "Kiên Giang" in (served[1] / "plans" / "documents.toml").read_text("utf-8")


#: The page's first look at the list comes back only after a file was sent: it brings the list as it was before.
LATE_LOOK = """
const fetched = window.fetch;
let first = true, sent;
const later = new Promise((resolve) => (sent = resolve));
window.fetch = async (url, options) => {
  const late = first && String(url).endsWith("/staff/items");
  if (late) first = false;
  const answer = await fetched(url, options);
  if (options.method === "POST") setTimeout(sent, 300);
  if (late) await later;
  return answer;
};
"""


@pytest.mark.parametrize("visit", [True], indirect=True)
@pytest.mark.parametrize("late", [False, True])
def test_a_file_that_is_dropped_and_cannot_be_read(visit: Page, late: bool) -> None:
    if late:
        visit.add_init_script(LATE_LOOK)
    sign_in(visit)
    expect(visit.locator(".no-script")).to_have_count(0)  # the script is there
    name = f"hong-{late}.pdf"
    visit.evaluate(
        """(name) => {
          const moved = new DataTransfer();
          moved.items.add(new File(["%PDF-1.4 cut"], name));
          document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer: moved, bubbles: true}));
        }""",
        name,
    )
    shown(visit, "Không nhận", name)
    expect(visit.locator(".item", has_text=name)).to_contain_text("PDF hỏng")
    visit.get_by_role("button", name=re.compile("Đăng xuất")).click()
    expect(visit.get_by_role("button", name=re.compile("Đăng nhập"))).to_be_visible()
    keep(visit, "staff-sign-in")
    narrow(visit, "staff-sign-in")
    assert faults(visit) == []
