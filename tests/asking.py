"""What tests of the assistant share: one assistant over the plans, the plans as files, answers taken apart."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from assistant import Answer, Assistant, Turn, open_assistant

#: The plans and their provinces.
NAMES = {
    "bac-kan-2023": "Bắc Kạn",
    "khanh-hoa-2020": "Khánh Hòa",
    "kien-giang-2021-2030": "Kiên Giang",
    "lang-son-2023": "Lạng Sơn",
    "thua-thien-hue-2020": "Thừa Thiên Huế",
}
PLANS = Path(__file__).parent.parent / "corpus" / "documents"
_MARKER = re.compile(r"(?:-|[a-zđ]\)|\d+\.)\s+")
_MARK = re.compile(r"(?<!\\)\[(\d+)\]")


@cache
def assistant(folder: Path) -> Assistant:
    """The assistant over an index, opened once."""
    return open_assistant(folder)


@cache
def plan(doc: str) -> str:
    """The text of a plan, as anyone reads the file."""
    return (PLANS / f"{doc}.txt").read_bytes().decode("utf-8")


def ask(folder: Path, question: str, *before: str) -> Answer:
    """The answer to a question; `before` are the person's earlier turns, each really answered."""
    history: list[Turn] = []
    for turn in before:
        history += [Turn("user", turn), Turn("assistant", assistant(folder).ask(turn, history).text)]
    return assistant(folder).ask(question, history)


def built(documents: Path | None, folder: Path) -> Path:
    """An index of some plans, None: the five, built in a folder by the command that people use."""
    chosen = ["--documents", str(documents)] if documents else []
    command = [sys.executable, "-m", "index", "build", *chosen, "--index", str(folder)]
    done = subprocess.run(command, cwd=PLANS.parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def words(text: str) -> str:
    """A text as it is compared: NFC, white space single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read(text: str) -> str:
    """The words of an answer: Markdown's signs and the marks of citations out."""
    plain = re.sub(r"\\(.)", r"\1", _MARK.sub(" ", text).replace("**", ""))
    return re.sub(r" ([.,;:)])", r"\1", words(plain))


def marks(text: str) -> list[int]:
    """The numbers of the citations that a text carries, in reading order."""
    return [int(number) for number in _MARK.findall(text)]


def printed(doc: str, place: str) -> str:
    """A stretch of a plan by the lines that hold it, as an editor numbers them, without its marker.

    "148"; "118-120" for lines that a page break parted; "235~chủ trì" for line 235 from these words on.
    """
    lines, _, since = place.partition("~")
    first, _, last = lines.partition("-")
    text = "\n".join(plan(doc).split("\n")[int(first) - 1 : int(last or first)])
    if since:
        return words(text[text.index(since) :])
    return words(_MARKER.sub("", text, count=1) if _MARKER.match(text) else text)


def places(listed: str) -> Sequence[str]:
    """Places set apart by blanks; a blank inside "line~words" is written "_"."""
    return [place.replace("_", " ") for place in listed.split()]


def listed_lines(text: str) -> Iterator[str]:
    """The lines of an answer that are items of a list."""
    return (line.strip() for line in text.splitlines() if line.lstrip().startswith("- "))
