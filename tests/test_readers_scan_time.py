"""A recogniser that hangs costs the page it hangs on, and nobody who waits for the file gives it up before."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import monotonic

import pytest
from scanning import bound, scanned
from test_readers_pdf import AIM
from test_readers_scan import read
from typesetting import Paper, write

from corpus.readers import scan_time, scan_turned, scan_words
from index.workers import Limits

_HANGS = """#!/bin/sh
[ "$1" = --list-langs ] || ! mkdir {folder}/{once} 2>/dev/null || exec sleep 1000
exec {tesseract} "$@"
"""


def test_whoever_waits_for_a_page_waits_longer_than_it_may_take() -> None:
    for limit in (scan_words._SECONDS, scan_turned._SECONDS):
        assert limit <= scan_time.PAGE_SECONDS < 0.8 * Limits().silence


def test_a_page_that_hangs_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = Paper(height=160).at(85, 60, AIM[:60]).at(85, 80, AIM[61:120]).at(85, 100, AIM[121:180])
    picture = scanned(write(tmp_path / "plan.pdf", [short]), 1, 0)
    path = bound(tmp_path / "scan.pdf", picture * 2)
    whole = read(path)
    programs = tmp_path / "bin"
    programs.mkdir()
    hangs = programs / "tesseract"
    hangs.write_text(_HANGS.format(folder=programs, once="once", tesseract=shutil.which("tesseract")))
    hangs.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.setattr(scan_words, "_SECONDS", 8.0)
    start = monotonic()
    found = read(path)
    assert monotonic() - start < 60
    assert sorted(page.confidence == 0 for page in found.pages) == [False, True]
    assert len(found.text) > 0.4 * len(whole.text)
    assert any("độ tin cậy 0,00" in warning for warning in found.warnings)


def test_a_page_has_so_much_time_for_all_its_pictures() -> None:
    with scan_time.one_page(5):
        assert 4 < scan_time.seconds_left("a.pdf", 60) <= 5
        assert scan_time.seconds_left("a.pdf", 2) == 2
    assert scan_time.seconds_left("a.pdf", 60) == 60
