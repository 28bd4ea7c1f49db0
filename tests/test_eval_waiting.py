"""How long people wait is measured at a real site: every question is answered and counted, what goes wrong is named."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_web import serving

from eval import browser
from eval.__main__ import main
from eval.visitors import Visits, visit, visitors_text

#: A site that cannot answer.
FAILING = """
import sys, uvicorn
from pathlib import Path
from assistant import open_assistant
from assistant.pipeline import Assistant
from assistant.web.hosts import listen
from assistant.web.server import site
def find(*_): raise RuntimeError
Assistant.find = find
door = listen("127.0.0.1", 0)
app = site(open_assistant(Path(sys.argv[1])))
print(f"http://127.0.0.1:{door.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[door])
"""
QUESTIONS = ["Sở Y tế Khánh Hòa phải làm gì?", "Còn Kiên Giang?", "Giá vàng hôm nay?"]


@pytest.mark.parametrize(("rate", "answered"), [("0", 0), ("2", 2)])
def test_visitors_ask_until_the_time_is_over(index_folder: Path, rate: str, answered: int) -> None:
    with serving("--index", str(index_folder), "--rate", rate) as (_, said):
        found = re.search(r"http://[\d.:]+", said)
        assert found
        visits = visit(found[0], QUESTIONS, visitors=3, seconds=2.0)
    if answered:  # what the door allows; the rest is told to wait
        assert len(visits.waited) == answered
        assert set(visits.errors) == {"join 429"}
    else:
        assert len(visits.waited) > 3
        assert visits.errors == []
    assert all(0 < one < 4 for one in visits.waited)


def test_an_answer_that_says_it_failed_is_an_error(index_folder: Path) -> None:
    """The page shows such an answer as any other: Gradio takes it for a success."""
    command = [sys.executable, "-c", FAILING, str(index_folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as site:
        assert site.stdout is not None
        visits = visit(site.stdout.readline().strip(), QUESTIONS[:1], visitors=2, seconds=1.0)
        site.kill()
    assert visits.waited == []
    assert set(visits.errors) == {"not answered"}


def test_the_figures_of_a_visit() -> None:
    visits = Visits(
        2, 4.0, waited=[0.1] * 10 + [0.5] * 10, errors=["join 503", "failed", "join 503"], memory=(200, 210)
    )
    head, _, row, _, errors = visitors_text(visits).splitlines()
    assert re.split(r"\s{2,}", row)[:8] == ["2", "20", "3", "300", "500", "500", "5.0", "200 → 210"]
    assert len(re.split(r"\s{2,}", head)) == 9
    assert errors == "1 × failed, 2 × join 503"


def test_a_site_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["visitors", "--url", "http://127.0.0.1:9", "--seconds", "1"]) == 2
    assert "http://127.0.0.1:9" in capsys.readouterr().err


def test_what_one_waits_for_in_a_browser(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "VISITS", 2)
    with serving("--index", str(index_folder)) as (_, said):
        found = re.search(r"http://[\d.:]+", said)
        assert found
        opened, answered = browser.waiting(found[0], QUESTIONS[:2])
    assert (opened.n, answered.n) == (2, 2)
    assert min(opened.p50, answered.p50) > 0
