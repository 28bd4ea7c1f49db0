"""Wrong numbers: figures that an answer states without proof, against the case, or where there is none to state.

A figure is a number in digits with what stands inside it: 98,5 - 20/5 - 18.670 - 0258.3883.040. Numbers written in
words are not looked at. What an answer says around the plans' words is no figure of it: citation marks, ordinals of a
list, notes that open with a label in italics, counts of what is shown, national hotlines, names of plans and of their
sections, and what the question says itself.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import accumulate

from assistant.answer import Answer
from assistant.citations import MARK
from corpus.names import Names
from corpus.vocabulary import hotlines
from eval.cases import Case
from eval.judging import Verdict, found, normalise

_MARKDOWN = re.compile(r"\\(?=[\\`*_<>#\[\]|~])|(?<!\\)[*`]")
_ORDINAL = re.compile(r"^\s*(?:[-+•]\s+)?\d+[.)]\s", re.MULTILINE)
_LABELLED = re.compile(r"^\*[^*\n]+:\*.*$", re.MULTILINE)
_COUNTED = r"(?:nhiệm vụ|đoạn|mục|chỉ tiêu|duties|paragraphs|sections|targets|more passages)\b"
_FRAME = re.compile(rf"(?<![\d.,/])\d+ (?:(?:trong|of) \d+ )?{_COUNTED}|\b(?:hàng|row) \d+", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_TEXT_NUMBER = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w&/-]*")
_DAY = r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?:/\d{4})?(?![\d/]|\.\d)"
#: Sorts of figures that stand for one another: a wrong one in the place of the right one.
_SORTS = {
    "percent": re.compile(r"\d[\d.,]*\s*(?:%|phần trăm|percent)"),
    "money": re.compile(r"\d[\d.,]*\s*(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|million|billion|VND)"),
    "date": re.compile(rf"{_DAY}|ngày \d+ tháng \d+(?: năm \d{{4}})?"),
    "ratio": re.compile(rf"(?!{_DAY})(?<![\d/.])\d[\d.]*/\d[\d.]*(?![\d/])"),
}
#: Words by which a question asks for a figure; with accents where they are typed with them.
_ASKS = (
    "bao nhiêu",
    "mấy",
    "phần trăm",
    "tỷ lệ",
    "tỉ lệ",
    "khi nào",
    "bao giờ",
    "ngày nào",
    "tháng nào",
    "năm nào",
    "hạn",
)
_ASKS_TOO = (
    "số điện thoại",
    "how many",
    "how much",
    "percentage",
    "what share",
    "rate",
    "when",
    "deadline",
    "phone number",
)
#: Kinds of case whose questions all ask for one.
_ASKING_KINDS = {"budget", "count", "deadline", "indicator"}


class Why(StrEnum):
    """What is wrong with a figure."""

    UNPROVED = "không có trong trích dẫn / in no citation"
    FORBIDDEN = "điều cấm / forbidden"
    IN_PLACE = "thay cho số cần nêu / in the place of the one due"
    NONE_HELD = "kế hoạch không có số được hỏi / the plans hold no figure that was asked for"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong number as it is printed, and why it is one."""

    figure: str
    why: Why


def wrong_numbers(case: Case, answer: Answer, verdict: Verdict, named: frozenset[str]) -> tuple[Wrong, ...]:
    """What an answer states wrongly in figures; nothing where it declines or is the fixed emergency text alone.

    `named`: the figures of the plans' and their sections' names, which say nothing (see `known`).
    """
    if answer.abstained or (answer.emergency and not answer.citations):
        return ()
    said, sections = stated(answer.text), [one.section for one in answer.citations]
    asked = " ".join([case.question, *(turn.content for turn in case.history)])
    own = known([asked, *sections]) | named
    reasons = {
        Why.UNPROVED: unproved(said, [one.quote for one in answer.citations], own),
        Why.FORBIDDEN: [words for words in verdict.forbidden if re.search(r"\d", words)],
        Why.IN_PLACE: in_place(case, answer.text, asked),
        Why.NONE_HELD: [one for one in figures(said) if one not in own and not case.answerable and asks_figure(case)],
    }
    found_wrong = {figure: Wrong(figure, why) for why, wrong in reversed(reasons.items()) for figure in wrong}
    return tuple(found_wrong.values())


def stated(answer: str) -> str:
    """The answer as it is read, without what is no figure of its own.

    >>> stated("*Hiểu là:* năm 2025\\n**Huế** — 5. Sở Y tế: 4 nhiệm vụ\\n- đạt **75%** [1]; 10/13 chỉ tiêu [2]")
    '\\nHuế — 5. Sở Y tế:  \\n- đạt 75%  ; 10/13 chỉ tiêu  '
    """
    text = _MARKDOWN.sub("", MARK.sub(" ", _LABELLED.sub("", answer)))
    return _FRAME.sub(" ", _ORDINAL.sub(" ", text))


def figures(text: str) -> list[str]:
    """The figures of a text in order, thousands without their points.

    >>> figures("18.670 triệu, 98,5% trước ngày 20/5, giai đoạn 2021-2030")
    ['18670', '98,5', '20/5', '2021', '2030']
    """
    return [_joined(match) for match in _FIGURE.findall(text)]


def known(names: Iterable[str]) -> frozenset[str]:
    """The figures of names, every year of their periods, and the national hotlines.

    >>> sorted(known(["Kiên Giang (2021–2023)", "IV › 4. Sở Y tế"]))
    ['111', '113', '115', '2021', '2022', '2023', '4']
    """
    text = " \n ".join(names)
    years = {str(year) for one in _PERIOD.finditer(text) for year in range(int(one[1]), int(one[2]) + 1)}
    return frozenset({*figures(text), *years, *(line.number for line in hotlines())})


def unproved(said: str, quotes: Sequence[str], own: Container[str]) -> list[str]:
    """Figures that stand in no quote, are no figure of a name, and no sum of cells cited one after the other."""
    cited = {figure for quote in quotes for figure in figures(_MARKDOWN.sub("", quote))} | sums(quotes)
    return [one for one in figures(said) if one not in cited and one not in own]


def sums(quotes: Iterable[str]) -> set[str]:
    """What two or more quotes that are numbers and nothing else come to, one after the other, printed without points.

    >>> sorted(sums(["Tổng cộng", "1.535", "500", "0,5"]))
    ['2035', '2035,5', '500,5']
    """
    plain = [_joined(quote.strip()) for quote in quotes]
    cells = [Decimal(one.replace(",", ".")) for one in plain if re.fullmatch(r"\d+(?:,\d+)?", one)]
    runs = (list(accumulate(cells[at:]))[1:] for at in range(len(cells)))
    return {f"{total:f}".replace(".", ",") for run in runs for total in run}


def in_place(case: Case, answer: str, asked: str) -> list[str]:
    """Where no vital nugget with a figure stands in the answer: its other figures of the same sorts.

    Percentages, sums of money, dates and plain ratios stand for one another; what the question says does not count.
    """
    due = [nugget for nugget in case.nuggets if nugget.vital and re.search(r"\d", nugget.text)]
    if not due or any(found(normalise(answer), nugget) for nugget in due):
        return []
    spellings = " \n ".join(text for nugget in due for text in (nugget.text, *nugget.alts))
    sorts = [pattern for pattern in _SORTS.values() if _of_sort(pattern, spellings)]
    said = stated(answer)
    return [one for pattern in sorts for one in _of_sort(pattern, said) if one not in _of_sort(pattern, asked)]


def asks_figure(case: Case) -> bool:
    """Whether a question asks for a figure: by its kind, or by words such as "bao nhiêu", "khi nào", "how many"."""
    return case.category in _ASKING_KINDS or any(True for _ in _cues().find(case.question))


@cache
def _cues() -> Names[bool]:
    return Names((words, True) for words in (*_ASKS, *_ASKS_TOO))


def _joined(figure: str) -> str:
    return figure.replace(".", "") if _THOUSANDS.fullmatch(figure) else figure


def _of_sort(pattern: re.Pattern[str], text: str) -> list[str]:
    """What of one sort stands in a text, without the numbers of other texts (80/2017/NĐ-CP), blanks closed up."""
    plain = _TEXT_NUMBER.sub(" ", text)
    return ["".join(match[0].split()) for match in pattern.finditer(plain)]
