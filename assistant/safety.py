"""Someone needs help now: fixed words, the hotline first, then what the plans say of where to report.

A small model of how people tell of harm (`assistant.harm`) and words of safety.toml decide. An officer's words beside
them leave it open who asks: then the fixed words come first and the plain answer after them. Where it is in doubt, one
line with the numbers comes first: a hotline too many costs a line, one too few may cost a child. Nothing of such a
question is kept, and no language model ever sees it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import prompts
from assistant.compose import Reply, Task, compose
from assistant.compose.hotline import say_channels
from assistant.cues import Kind, Value, cues
from assistant.harm import Need, log_odds
from assistant.question import Question
from corpus.names import Names
from corpus.vocabulary import hotlines, read_toml
from corpus.words import fold, is_accented, is_vietnamese, nfc

_FILE = Path(__file__).with_name("safety.toml")
#: "Có bao nhiêu em bị xâm hại?" names nobody near by.
_COUNTED = re.compile(r"\bbao nhi[êe]u\s+(?:tr[ẻe] em|em|b[ée]|ch[áa]u|[đd][ứu]a|tr[ẻe]|con)\b", re.IGNORECASE)


#: Log-odds of the model above which harm is told, and above which it may be: then words of safety.toml decide.
TOLD, MAYBE = 0.4, -1.2
_CRY = 5  # words of a message so short that it says nothing else: "muốn chết quá" is never doubted


#: What is asked of a text, never by somebody who tells of harm: "Ai là người ký?" is short enough to mistake.
_OF_TEXTS = frozenset(
    {Kind.SIGNER, Kind.SIGNED_ON, Kind.ISSUER, Kind.RECIPIENTS, Kind.SIGNER_ROLE, Kind.AUTHOR, Kind.COUNT}
)


def need(*texts: str) -> Need:
    """What a question tells, in any of its readings (as typed, and with keyboard slips taken out)."""
    return max(map(_need, {nfc(text) for text in texts}), key=lambda one: one.value, default=Need.NONE)


def safe_answer(task: Task, told: Need) -> Reply:
    """The fixed text, then the plain answer where it may be an officer who asks, else the channels the plans name.

    Where harm is in doubt, the line with the numbers and the plain answer.
    """
    if told is Need.MAYBE:
        reply = compose(task)
        reply.draft.open_with([maybe_text(task.question.english)])
        return reply
    words = [f"{line}  " for line in fixed_text(task.question.english).splitlines()]
    plain = compose(task)
    if not plain.abstained and (told is Need.OPEN or _asks_duties(task)):
        reply = plain
    else:
        draft = task.draft()
        say_channels(task, draft)
        reply = Reply(draft, abstained=_asks_more(task) and plain.abstained)
    reply.draft.open_with(words)
    return reply


def fixed_text(english: bool) -> str:
    """The words for somebody in danger, the numbers from the vocabulary."""
    return prompts.text("help_now", english, **{line.use: line.number for line in hotlines()})


def maybe_text(english: bool) -> str:
    """The line for somebody who may be in danger, the numbers from the vocabulary."""
    return prompts.text("help_maybe", english, **{line.use: line.number for line in hotlines()})


def _need(text: str) -> Need:
    odds = log_odds(text)
    worded = _worded(text)
    if worded is not Need.NONE and (odds > MAYBE or len(text.split()) <= _CRY):
        return worded
    if odds > TOLD and cues(text).kinds.isdisjoint(_OF_TEXTS):
        return Need.OPEN if _says(text, "official") else Need.TOLD
    return Need.MAYBE if odds > MAYBE or worded is not Need.NONE else Need.NONE


def _worded(text: str) -> Need:
    """What the words of safety.toml tell."""
    plain = " ".join(fold(text).split())
    if _says(text, "alone"):
        return Need.OPEN if _says(text, "official") else Need.TOLD
    if not (_says(text, "harm") or _says(plain, "harm") or _patterns().search(plain)):
        return Need.NONE
    people = {found.value for found in _people().find(_COUNTED.sub(" ", text))}
    if "near" in people:
        return Need.OPEN if _says(text, "official") else Need.TOLD
    return Need.TOLD if "asker" in people and not _says(text, "official") else Need.NONE


def asks_of_plans(question: Question) -> bool:
    """Whether a question names what nobody asks for who needs help: a place, a year, a text, a figure."""
    named = question.provinces or question.issuers or question.places or question.years or question.references
    figures = question.values & {Value.NUMBER, Value.MONEY, Value.PERCENT, Value.DOCUMENT}
    return bool(named or question.indicators or figures)


def _asks_duties(task: Task) -> bool:
    """Whether what a body has to do is asked for, in a province or by a figure, besides whom to call."""
    asks = Kind.DUTIES in task.question.kinds or bool(task.question.values - {Value.PHONE, Value.DATE, Value.NUMBER})
    asks = asks or bool(task.question.provinces)
    return asks and Kind.HOTLINE not in task.question.kinds and bool(task.question.agencies)


def _asks_more(task: Task) -> bool:
    """Whether an amount, a rate or a document is asked for besides whom to call."""
    return Kind.HOTLINE not in task.question.kinds and bool(task.question.values - {Value.PHONE, Value.DATE})


def _says(text: str, name: str) -> bool:
    """Whether a phrase of a list stands in a text; one syllable of a text without accents says nothing."""
    inside = [one.span for one in _people().find(text) if one.value == "class"]  # "cứu trợ" is no cry for help
    spans = (one.span for one in _words(name).find(text) if not any(one.span in other for other in inside))
    found = (text[span.start : span.end] for span in spans)
    return any(is_accented(text) or " " in words or not is_vietnamese(words) for words in found)


@cache
def _patterns() -> re.Pattern[str]:
    patterns: tuple[str, ...] = read_toml(_FILE)["told"]["patterns"]
    return re.compile("|".join(patterns))


@cache
def _people() -> Names[str]:
    """Words for people, the longest first: "trẻ em" is a class, "em" alone is somebody."""
    told = read_toml(_FILE)["told"]
    return Names((word, name) for name in ("near", "asker", "class") for word in told[name])


@cache
def _words(name: str) -> Names[bool]:
    phrases: tuple[str, ...] = read_toml(_FILE)["told"][name]
    return Names((phrase, True) for phrase in phrases)
