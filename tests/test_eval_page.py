"""The page of a report: it stands alone, shows all that failed, tells nothing that is kept, is written whole."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from evaluating import WHO, Scripted, case, cited

from assistant import open_assistant
from assistant.steps import Trail
from eval.__main__ import main
from eval.answers import Plans, Report, Result, run
from eval.bootstrap import Estimate
from eval.lines import Unreadable
from eval.page import page, write
from eval.plots import distribution, intervals

SOURCE = {"a": "Sở Tư pháp <lo> việc khai sinh"}


def report(folder: Path, name: str = "mine.jsonl") -> Report:
    """One case answered rightly, one wrongly with markup in it."""
    cases = [case("d1", "Sở nào lo?", WHO), case("d2", "Ai <b>làm</b> & ở đâu?", WHO)]
    answers = {
        "Sở nào lo?": cited("", "Sở Tư pháp [1]", ("a", 0, "Sở Tư pháp <lo>")),
        "Ai <b>làm</b> & ở đâu?": cited("", "Không rõ <script>1</script>, 95% [1]", ("a", 11, "<lo>")),
    }
    return run(folder / name, cases, Scripted(answers), Plans(SOURCE))


def test_the_page_shows_every_failure_and_how_it_came_about(index_folder: Path, tmp_path: Path) -> None:
    assistant = open_assistant(index_folder)
    shown: list[Result] = []

    def trail(one: Result) -> Trail:
        shown.append(one)
        return assistant.trail("Khánh Hòa năm 2020: Sở Y tế phải tiêm chủng cho bao nhiêu phần trăm trẻ em?")

    text = page([report(tmp_path), report(tmp_path, "reported.jsonl")], trail)
    assert [one.case.id for one in shown] == ["d2"]
    assert text.count("<details>") == 1
    assert "Ai &lt;b&gt;làm&lt;/b&gt; &amp; ở đâu?" in text
    assert "&lt;script&gt;1&lt;/script&gt;" in text
    assert "<script" not in text
    for said in (
        "thiếu / missing: Sở Tư pháp",
        "số sai / wrong number: 95",
        "[1] a 11–15",
        "tỉnh / provinces: Khánh Hòa",
        "năm / years: 2020",
        "cơ quan / agencies: Sở Y tế",
        "cần số gì / values: percent",
        "từ chuyên môn / terms: tiêm chủng",
        "kế hoạch / plans: Khánh Hòa (2020)",
        "soạn bởi / composed by:",
        "độ phủ / coverage",
    ):
        assert said in text


def test_the_page_asks_for_nothing_outside(index_folder: Path, tmp_path: Path) -> None:
    assistant = open_assistant(index_folder)
    text = page([report(tmp_path)], lambda one: assistant.trail(one.case.question))
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    assert set(re.findall(r"https?://[^\"<\s]*", text)) <= {
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/svg",
    }
    assert "default-src 'none'" in text
    assert '<html lang="vi">' in text
    assert text.count("<svg") == 3


@pytest.mark.parametrize("values", [[], [1.0], [0.0, 0.0], [0.5, 1.0, 1.5, 20.0]])
def test_plots_are_whole_elements_in_the_colours_of_the_page(values: list[float]) -> None:
    drawn = [distribution(values, "lần / times", "x"), intervals({"đếm / count": Estimate(0.5, 0.2, 0.9, 3)})]
    for svg in drawn:
        ElementTree.fromstring(svg)
        assert "currentColor" in svg
        assert not re.search(r"<svg[^>]* (?:width|height)=", svg)
    assert "đếm / count" in drawn[1]
    assert distribution(values, "lần / times", "x") == drawn[0]


def test_a_page_is_written_whole_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("cũ", encoding="utf-8")
    write(path, "mới")
    assert path.read_text(encoding="utf-8") == "mới"
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]
    (tmp_path / "folder").mkdir()
    with pytest.raises(Unreadable, match="not writable"):
        write(tmp_path / "folder", "mới")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "page.html"]


@pytest.mark.parametrize(
    ("place", "said"),
    [("missing/page.html", "there is no folder"), (".", "it is a folder"), ("file/page.html", "there is no folder")],
)
def test_a_page_that_cannot_be_written_is_said_before_any_question(
    place: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["answers", "--html", str(tmp_path / place), "--index", str(tmp_path)]) == 2
    heard = capsys.readouterr()
    assert (heard.out, heard.err.count("\n")) == ("", 1)
    assert said in heard.err
    assert not (tmp_path / "missing").exists()


def test_without_matplotlib_the_command_to_install_it_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["answers", "--html", str(tmp_path / "page.html")]) == 2
    heard = capsys.readouterr()
    assert 'pip install "matplotlib>=3.11"' in heard.err
    assert heard.err.count("\n") == 1
