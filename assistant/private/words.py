"""What somebody typed as words with their letters' case and accents, and the word lists of words.toml."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from corpus.document import Span
from corpus.names import Found, Names, agency_names, place_names, province_names
from corpus.vocabulary import read_toml
from corpus.words import fold, is_accented, is_english, is_vietnamese, key, tokens

_FILE = Path(__file__).with_name("words.toml")
_TITLED = 0.7  # of the words of a text begin with a capital: then capitals say nothing
#: Capital letters, those of Vietnamese among them, as a class of a regular expression.
UPPER = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x1F00)) if letter.isupper())
_NEAR = 40  # characters that are looked at before a place
_FEW = 6  # words: among these a capital always says something


class Sort(StrEnum):
    """What is private; the value is what its placeholders are called."""

    NAME = "TÊN"
    NUMBER = "SỐ"
    ADDRESS = "ĐỊA_CHỈ"
    EMAIL = "EMAIL"
    LINK = "LIÊN_KẾT"
    BIRTH = "NGÀY_SINH"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. raised: its first letter is a capital that says something; loose: only its letters count."""

    text: str
    start: int
    end: int
    key: str
    plain: str
    raised: bool
    loose: bool


class WordList:
    """Words that are found whatever their spelling: by accents where a word has them, else by letters alone."""

    def __init__(self, words: Iterable[str]) -> None:
        listed = list(words)
        self._keys = frozenset(map(key, listed))
        self.plain = frozenset(map(fold, listed))

    def has(self, word: Word) -> bool:
        """Whether a word is listed."""
        return word.key in self._keys or (word.loose and word.plain in self.plain)

    def exactly(self, word: Word) -> bool:
        """Whether a word is listed as it is typed, accents and all."""
        return word.key in self._keys

    def any_of(self, words: Iterable[str], accented: bool) -> bool:
        """Whether one of some words is listed; accented: by its accents, else by its letters."""
        return not (self._keys.isdisjoint(map(key, words)) if accented else self.plain.isdisjoint(map(fold, words)))


@cache
def entries(table: str) -> Mapping[str, Any]:
    """A table of words.toml."""
    found: Mapping[str, Any] = read_toml(_FILE)[table]
    return found


@cache
def word_list(table: str, name: str) -> WordList:
    """The words of an entry of words.toml."""
    return WordList(entries(table)[name].split())


@cache
def no_person() -> Names[str]:
    """Phrases that name no person, whatever they hold."""
    return Names((phrase, phrase) for phrase in entries("not_persons")["phrases"])


@cache
def _street_names() -> Names[str]:
    return Names((name, name) for name in entries("places")["street_names"])


class Typed:
    """A text as it was typed: its words, and the stretches of it that name a body or a place.

    text: NFC.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.accented = is_accented(text)
        spans = tokens(text)
        cased = _says_something(text, [text[start:end] for start, end in spans])
        self.words = [self._word(text[start:end], start, end, cased) for start, end in spans]
        sure = word_list("english", "sure").plain.intersection(word.plain for word in self.words)
        self.english = is_english(text) and len(sure) > 1  # "dc the bhyt" holds one

    def _word(self, word: str, start: int, end: int, cased: bool) -> Word:
        plain = fold(word)
        raised = cased and word[0].isupper()
        bare = plain == word.lower() and not (cased and self.accented and word.isupper())
        return Word(word, start, end, key(word), plain, raised, bare and (raised or not self.accented))

    @cached_property
    def bodies(self) -> Sequence[Span]:
        """Agencies, provinces and phrases that name no person."""
        lists: Sequence[Names[Any]] = (agency_names(), province_names())
        spans = [found.span for names in lists for found in names.find(self.text)]
        phrases = [found.span for found in no_person().find(self.text) if self._is_phrase(found)]
        return [span for span in (*spans, *phrases) if not _is_name_rather(self.text[span.start : span.end])]

    def _is_phrase(self, found: Found[str]) -> bool:
        """Whether a phrase is one here: "anh hùng", not "anh Hùng"."""
        words = self.words[self.index_at(found.span.start) + 1 : self.index_at(found.span.end - 1) + 1]
        return not found.value.islower() or not any(word.raised for word in words)

    @cached_property
    def streets(self) -> Mapping[int, int]:
        """Where names of well-known streets begin, to where they end."""
        return {found.span.start: found.span.end for found in _street_names().find(self.text)}

    @cached_property
    def districts(self) -> Sequence[Span]:
        """Districts and towns."""
        return [found.span for found in place_names().find(self.text)]

    def word(self, index: int) -> Word | None:
        """The word at an index, None behind the last."""
        return self.words[index] if index < len(self.words) else None

    def row(self, at: int, most: int) -> list[Word]:
        """The words from an index on that follow one another, so many at most."""
        end = at + 1
        while end < at + most and self.follows(end):
            end += 1
        return self.words[at:end]

    def follows(self, index: int) -> bool:
        """Whether a word stands behind another one with only a blank, an apostrophe or an opening quote between."""
        if not 0 < index < len(self.words):
            return False
        between = self.text[self.words[index - 1].end : self.words[index].start]
        return between in ("'", "’") or (not between.strip(" \t\u00a0\"'“‘"))

    def span(self, first: int, end: int) -> Span:
        """The stretch of some words."""
        return Span(self.words[first].start, self.words[end - 1].end)

    def index_at(self, offset: int) -> int:
        """The index of the first word that ends behind an offset."""
        return bisect_right(self._ends, offset)

    def before(self, offset: int) -> str:
        """The words right before an offset, without accents."""
        return fold(self.text[max(0, offset - _NEAR) : offset])

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]


def touched(spans: Iterable[Span], word: Word) -> Span | None:
    """The first stretch that a word stands in."""
    return next((span for span in spans if span.start < word.end and word.start < span.end), None)


def _is_name_rather(name: str) -> bool:
    """Whether the name of a body or a place is that of a person here: "Lan" is not Long An, though "LAn" is.

    >>> _is_name_rather("Lan"), _is_name_rather("KHoa"), _is_name_rather("Huế")
    (True, False, False)
    """
    short = name[:1].isupper() and name[1:2].isupper() and not name.isupper()
    plain = fold(name)
    return plain in word_list("names", "given").plain and plain != "hue" and not short


def _says_something(text: str, words: Sequence[str]) -> bool:
    """Whether capitals tell names from words: not in "EM HỎI" nor in "Em Muốn Hỏi Thẻ Của Bé", where words that are
    never names have them too."""
    if text.isupper() or not any(map(str.isupper, text)):
        return False
    letters = [word for word in words if word[0].isalpha()]
    titled = [word for word in letters if word[0].isupper() and not word.isupper()]
    if len(letters) < _FEW or len(titled) < _TITLED * len(letters):
        return True
    return not word_list("introducing", "never").any_of(titled[1:], is_accented(text))


def namely(word: Word) -> bool:
    """Whether a word can be part of a name by its look: letters, and no short form in capitals."""
    return word.text.isalpha() and (len(word.text) == 1 or not word.text.isupper() or is_vietnamese(word.text))


def united(spans: Iterable[Span]) -> Iterator[Span]:
    """The stretches with those that overlap made one."""
    last: Span | None = None
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if last is not None and span.start < last.end:
            last = Span(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
