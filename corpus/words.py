"""Vietnamese words as keys: what is compared when spelling may differ. Nothing made here is ever shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
#: A run with a digit keeps its inner punctuation: 107/KH-UBND, 9,8%, 0258.3883.040; others are plain words.
_RUN = re.compile(r"\w+(?:[./,:-]\w+)*%?")
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_BEGINNING = 300  # characters in which the first words of a block stand
_INNER = re.compile(r"[/:-]|%$")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uoi|uou|ieu|yeu|oai|oay|oeo|uay|uyu|ia|ie|iu|ya|ye|ua|ue|ui|uo|uu|uy|oa|oe|oi|oo|ai|ao|au|ay|eo|eu|a|e|i|o|u|y)"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_ENGLISH_WORDS = """the what which who when where how is are does must of for my want she he they with from your you
call report every any and"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


def nfc(text: str) -> str:
    """Canonical composition; the Icelandic Ð that some keyboards give is the Vietnamese Đ."""
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")


class _Bases(dict[int, str]):
    """Characters, by their numbers, to what is left of them without accents; worked out when one is first met."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        base = "d" if character in "đĐ" else unicodedata.normalize("NFD", character)[0].lower()[:1]
        if len(self) < _MOST_BASES:
            self[number] = base
        return base


_MOST_BASES = 20_000  # more characters than any language here has
_BASES = _Bases()


def fold(text: str) -> str:
    """Lower case without any accent. Keeps the length of NFC text, so that offsets carry over.

    >>> fold("Sở Y tế tỉnh Đắk Lắk")
    'so y te tinh dak lak'
    """
    return nfc(text).translate(_BASES)


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """One key for the spellings of one syllable: the tone goes to the end, y after a consonant is i.

    >>> key("hoà") == key("hòa"), key("kỹ") == key("kĩ"), key("qui") == key("quy"), key("ma") == key("mà")
    (True, True, True, False)
    """
    letters: list[str] = []
    tone = ""
    for mark in unicodedata.normalize("NFD", nfc(word).lower()):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            letters.append(mark)
    plain = unicodedata.normalize("NFC", "".join(letters))
    plain = re.sub(r"^([hklmst])y$", r"\1i", plain)
    return re.sub(r"^qui", "quy", plain) + tone


def tokens(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand; a number keeps its inner punctuation."""
    return [span for run in _RUN.finditer(text) for span in _words_of(run)]


def _words_of(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """A run as one word where it holds a digit, else its plain words."""
    if _DIGIT.search(run[0]):
        yield run.span()
        return
    for word in _WORD.finditer(run[0]):
        yield run.start() + word.start(), run.start() + word.end()


def plain_words(texts: Iterable[str]) -> frozenset[str]:
    """The different words of some texts, in lower case; those with digits aside.

    >>> sorted(plain_words(["Sở Y tế", "sở 107/KH-UBND"]))
    ['sở', 'tế', 'y']
    """
    runs = {run for text in texts for run in _RUN.findall(nfc(text).lower())}  # most come again and again
    return frozenset(run[start:end] for run in runs for start, end in tokens(run) if run[start:end].isalpha())


def syllables(text: str) -> list[str]:
    """The words of a text as keys; a compound with digits is given whole and then in parts.

    >>> syllables("Chỉ tiêu 9,8%: 107/KH-UBND")
    ['chi3', 'tiêu', '9,8%', '9,8', '107/kh-ubnd', '107', 'kh', 'ubnd']
    """
    text = nfc(text)
    found: list[str] = []
    for start, end in tokens(text):
        token = text[start:end]
        if not any(map(str.isdigit, token)):
            found.append(key(token))
            continue
        whole = token.lower()
        found.append(whole)
        parts = [part for part in _INNER.split(whole) if part]
        if parts != [whole]:
            found.extend(parts)
    return found


def is_accented(text: str) -> bool:
    """Whether a text carries Vietnamese accents, so that its words can be taken as they are written."""
    return fold(text) != nfc(text).lower()


def is_vietnamese(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable by its letters alone.

    >>> is_vietnamese("Nguyễn"), is_vietnamese("Dore")
    (True, False)
    """
    return _SYLLABLE.fullmatch(fold(word)) is not None


def is_english(text: str) -> bool:
    """Whether a text is English: words that only English has, or some of them among words that Vietnamese has not.

    >>> is_english("What must the police do?"), is_english("bi lay H tu me"), is_english("Sở Y tế làm gì?")
    (True, False, False)
    """
    words = re.findall(r"[a-z]+", text.lower())
    if is_accented(text) or not words:
        return False
    hits = sum(word in _ENGLISH for word in words)
    foreign = sum(len(word) > 1 and not is_vietnamese(word) for word in words)
    return hits >= 2 or (hits >= 1 and foreign >= 1) or foreign >= max(2, len(words) / 3)


def begins(text: str, phrases: Sequence[str]) -> bool:
    """Whether a text begins with one of the phrases, word for word in any spelling.

    >>> begins("Uỷ ban nhân dân tỉnh", ["ủy ban"]), begins("Số lượng", ["sở"])
    (True, False)
    """
    text = nfc(text.lstrip()[: _BEGINNING + 1])
    words = [key(text[start:end]) for start, end in tokens(text)[:8] if end <= _BEGINNING]
    return any(words[: len(keys)] == list(keys) for keys in map(_keys, phrases))


@lru_cache(maxsize=1024)
def one_of(*phrases: str) -> str:
    """A pattern for any of some phrases in a folded text, the longest first.

    >>> one_of("Tổng", "tổng kinh phí")
    '(?:tong\\\\s+kinh\\\\s+phi|tong)'
    """
    words = sorted({fold(phrase).strip() for phrase in phrases}, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) + ")"


@lru_cache(maxsize=1024)
def _keys(phrase: str) -> tuple[str, ...]:
    return tuple(key(phrase[start:end]) for start, end in tokens(phrase))
