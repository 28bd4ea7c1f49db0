"""The same question as hurried people type it: pure functions of a text and a seed, one a way of typing.

A seed is the id of a case, so that a question is always changed in the same way.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from corpus.names import Found, agency_names, province_names
from corpus.vocabulary import Agency, Province, abbreviations, shorthand
from corpus.words import fold, nfc
from eval.cases import Case

#: A slip in so many words, and at most so many in one question; a word of fewer letters has none.
WORDS_PER_SLIP, MOST_SLIPS, SHORTEST = 6, 2, 4
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"(?<![^\s(\"“])[^\W\d_]+(?![^\s.,;:?!)\"”])")
_SHORT_FORM = re.compile(r"[A-ZĐ]{2,}")


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of typing: what it is called, and what it makes of a text with a seed."""

    vi: str
    en: str
    change: Callable[[str, str], str]

    @property
    def label(self) -> str:
        """Its name in both languages."""
        return f"{self.vi} / {self.en}"


def varied(case: Case, variant: Variant) -> Case:
    """A case with its question and what the person asked before typed that way; the judgement stays."""
    history = tuple(
        replace(turn, content=variant.change(turn.content, f"{case.id}/{at}")) if turn.role == "user" else turn
        for at, turn in enumerate(case.history)
    )
    return replace(case, question=variant.change(case.question, case.id), history=history)


def unaccented(text: str) -> str:
    """Without accents, đ as d, capitals kept.

    >>> unaccented("Sở Y tế Đà Nẵng làm gì?")
    'So Y te Da Nang lam gi?'
    """
    marks = unicodedata.normalize("NFD", nfc(text).replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(one for one in marks if not unicodedata.combining(one)))


def typos(text: str, seed: str) -> str:
    """With slips of the finger: one in every WORDS_PER_SLIP words, one at least and MOST_SLIPS at most.

    A slip falls on a word of SHORTEST letters or more that stands alone, never on a number: two neighbouring letters
    swapped, a letter doubled or dropped, another tone mark, or no blank before the next word. First letters stay.
    """
    chance = random.Random(seed)
    text = nfc(text)
    words = [match for match in _WORD.finditer(text) if len(match[0]) >= SHORTEST]
    wanted = min(MOST_SLIPS, max(1, len(text.split()) // WORDS_PER_SLIP), len(words))
    for word in sorted(chance.sample(words, wanted), key=lambda one: -one.start()):
        text = _slip(text, word, chance)
    return text


def _slip(text: str, word: re.Match[str], chance: random.Random) -> str:
    """One slip in one word of a text, of a kind that this word can have."""
    before, after = text[: word.start()], text[word.end() :]
    spoilt = [made for slip in SLIPS if (made := slip(word[0], chance)) != word[0]]
    if re.match(r" [^\W\d_]", after):
        spoilt.append(f"{word[0]}\b")  # a blank that is not typed
    return f"{before}{chance.choice(spoilt)}{after}".replace("\b ", "")


def swapped(word: str, chance: random.Random) -> str:
    """Two neighbouring letters, not the first, in each other's place; the word itself where all are alike."""
    places = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return word
    at = chance.choice(places)
    return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def doubled(word: str, chance: random.Random) -> str:
    """A letter typed twice."""
    at = chance.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


def dropped(word: str, chance: random.Random) -> str:
    """A letter left out, not the first."""
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def mistoned(word: str, chance: random.Random) -> str:
    """Another tone mark; the word itself where it carries none."""
    places = [at for at, letter in enumerate(word) if _tone(letter)]
    if not places:
        return word
    at = chance.choice(places)
    tone = _tone(word[at])
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word[at]).replace(tone, ""))
    other = chance.choice(_TONES.replace(tone, ""))
    return word[:at] + unicodedata.normalize("NFC", plain + other) + word[at + 1 :]


def _tone(letter: str) -> str:
    """The tone mark of a letter, "" where it carries none."""
    return next((mark for mark in unicodedata.normalize("NFD", letter) if mark in _TONES), "")


SLIPS = (swapped, doubled, dropped, mistoned)


def abbreviated(text: str) -> str:
    """With the short forms that people use, of names first, then of official words, then those of messages.

    A name becomes the first of its aliases that is short for what stands there; English names stay. Words become what
    the vocabulary spells out as them; a single word without accents may be another word and stays.

    >>> abbreviated("Sở Giáo dục và Đào tạo Thừa Thiên Huế có bao nhiêu nhiệm vụ, không tính Ủy ban nhân dân tỉnh?")
    'Sở GDĐT TT Huế có bn nhiệm vụ, ko tính UBND tỉnh?'
    """
    text = nfc(text)
    found: list[Found[Agency] | Found[Province]] = [*agency_names().find(text), *province_names().find(text)]
    for name in sorted(found, key=lambda one: -one.span.start):
        text = text[: name.span.start] + _short_name(text, name) + text[name.span.end :]
    pattern, short = _short_words()
    return pattern.sub(lambda match: short[" ".join(match[0].lower().split())], text)


def _short_name(text: str, name: Found[Agency] | Found[Province]) -> str:
    """The short form of a name that stands in a text, or what stands there."""
    said = text[name.span.start : name.span.end]
    return next((alias for alias in name.value.aliases if is_short_for(alias, said)), said)


def is_short_for(alias: str, name: str) -> bool:
    """Whether an alias with a run of capitals has them from the name's initials, in order, and its other words too.

    >>> is_short_for("Sở GDĐT", "Sở Giáo dục và Đào tạo"), is_short_for("Sở GDĐT", "ngành giáo dục")
    (True, False)
    >>> is_short_for("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ")
    False
    """
    words = fold(name).split()
    initials = iter(word[0] for word in words)
    in_order = all(letter in initials for letter in fold("".join(filter(str.isupper, alias))))
    others = [word for word in alias.split() if not _SHORT_FORM.search(word)]
    return bool(_SHORT_FORM.search(alias)) and in_order and all(fold(word) in words for word in others)


@cache
def _short_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words to their short forms, the first listed of each, and the pattern that finds the words."""
    official = {long: short.upper() for short, long in abbreviations().items()}
    messages = {long: short for short, long in reversed(shorthand().items())}
    words = messages | official
    bare = {unaccented(long): short for long, short in words.items() if " " in long}
    every = bare | words
    longest = sorted(every, key=lambda one: -len(one))
    joined = "|".join(r"\s+".join(map(re.escape, long.split())) for long in longest)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE), every


def _plain(change: Callable[[str], str]) -> Callable[[str, str], str]:
    """A change that needs no seed."""
    return lambda text, _: change(text)


#: The ways of typing that are measured.
VARIANTS = {
    "unaccented": Variant("không dấu", "unaccented", _plain(unaccented)),
    "typos": Variant("gõ sai", "typos", typos),
    "abbreviated": Variant("viết tắt", "abbreviated", _plain(abbreviated)),
    "upper": Variant("chữ hoa", "upper case", _plain(str.upper)),
    "nfd": Variant("tách dấu (NFD)", "NFD", _plain(lambda text: unicodedata.normalize("NFD", text))),
}
