"""What somebody in danger wrote is gone from the machine's memory once the page is closed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TOLD, PLAIN = "bố em đánh em", "Sở Y tế Khánh Hòa phải làm gì?"


def test_what_tells_of_harm_goes_with_the_page_and_the_rest_stays_for_who_comes_back(index_folder: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("remembering.py")), str(index_folder), TOLD, PLAIN]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    wrong, before, after = json.loads(done.stdout)
    assert wrong == ["", ""]
    assert before == [TOLD, PLAIN]
    assert after == [PLAIN]
