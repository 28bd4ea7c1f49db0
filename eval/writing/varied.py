"""Very many plans, made by varying the structure of real ones: other provinces, years, figures, tasks."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.document import Document
from corpus.vocabulary import provinces
from corpus.words import fold

_YEAR = re.compile(r"\b(20[0-3]\d)\b")
_FIGURE = re.compile(r"(?<![\d.,/])(\d{2,3})(?=%|\s*(?:trẻ|em|triệu|cơ sở|lớp|xã))")
_TASK = re.compile(r"\s*[-+] ")
_FIRST, _APART = 2008, 3  # the year of the first round of plans, and years between two rounds
_DROPPED, _SWAPPED = 0.15, 10  # the share of tasks left out, and pairs of neighbours that change places


def varied(plans: Sequence[Document], count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names of files and texts; the same for the same seed. Plans that state no province or period are passed over."""
    chance = random.Random(seed)
    models = [plan for plan in plans if plan.metadata.province and plan.metadata.period]
    names = [place.name for place in provinces()]
    for number in range(count):
        model = models[number % len(models)]
        turn, place = divmod(number // len(models), len(names))
        year = _FIRST + _APART * turn + chance.randrange(_APART)
        text = _tasks(_moved(model, names[place], year, chance), chance)
        yield f"{fold(names[place]).replace(' ', '-')}-{year}-{number:04}.txt", text


def write_varied(plans: Sequence[Document], count: int, folder: Path) -> None:
    """Write them into a folder."""
    for name, text in varied(plans, count):
        (folder / name).write_text(text, encoding="utf-8")


def _moved(model: Document, place: str, year: int, chance: random.Random) -> str:
    """The text as of another province and another year, with lower figures."""
    province, period = model.metadata.province, model.metadata.period
    assert province is not None
    assert period is not None
    later = year - period[0]
    text = model.text.replace(province.value, place).replace(province.value.upper(), place.upper())
    text = _YEAR.sub(lambda found: str(int(found[1]) + later), text)
    return _FIGURE.sub(lambda found: str(max(2, int(int(found[1]) * chance.uniform(0.6, 1.0)))), text)


def _tasks(text: str, chance: random.Random) -> str:
    """The text without some of its tasks, others in another order."""
    lines = [line for line in text.split("\n") if not _TASK.match(line) or chance.random() > _DROPPED]
    for _ in range(_SWAPPED):
        at = chance.randrange(len(lines) - 1)
        if _TASK.match(lines[at]) and _TASK.match(lines[at + 1]):
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "\n".join(lines)
