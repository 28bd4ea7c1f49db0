"""Vietnamese as it was written before Unicode (TCVN3, VNI, windows-1258), turned into letters.

A text that was set in a legacy font looks like Western letters ("kÕ ho¹ch", "keá hoaïch"). Which font it was is told by
how Vietnamese the converted words are; what fits nothing is not guessed at.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.readers.capitals import with_capitals
from corpus.vocabulary import HERE, read_toml
from corpus.words import is_vietnamese

#: The least share of accented words that must be Vietnamese in a text that is taken to be converted rightly.
FITS = 0.85
_SPOILT = 0.5  # the most there may be in a text that is taken to be set in a legacy font
_SAMPLE = 200_000  # characters by which a text is judged
_FEWEST = 5  # accented words before a text in good Unicode is suspected
_PUNCTUATION = "«»“”‘’„…–—•·°\u00a0\ufeff§×÷"
_WORD = re.compile(r"[A-Za-z\u0080-\uffff]+")
_APART = re.compile("[\u2000-\u2bff\ue000-\uf8ff]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LETTERS = re.compile("a\u0306|[aeo]\u0302|[ou]\u031b|[a-z]|đ")


@dataclass(frozen=True, slots=True)
class Legacy:
    """A legacy encoding: its name, what its fonts' names begin with, what those of its fonts of capitals end with."""

    name: str
    fonts: tuple[str, ...]
    capital_fonts: str
    letters: Mapping[str, str]  # as Western letters show them -> the letter

    def convert(self, text: str) -> str:
        """The text, given as the Western letters that its bytes stand for."""
        return _codes(self.name).sub(lambda found: self.letters[found[0]], text)


@cache
def legacies() -> tuple[Legacy, ...]:
    """TCVN3 and VNI."""
    return tuple(_legacy(name.upper(), entry) for name, entry in read_toml(HERE / "legacy.toml").items())


def in_font(text: str, font: str) -> str:
    """A run of text set in a font, by the font's name: as it is, unless that is a legacy font."""
    name = font.strip(" \"'")
    for legacy in legacies():
        if name.startswith(legacy.fonts):
            converted = legacy.convert(text)
            capitals = legacy.capital_fonts and name.endswith(legacy.capital_fonts)
            return converted.upper() if capitals else converted
    return text


def is_legacy_font(font: str) -> bool:
    """Whether a font shows Western letters as Vietnamese ones."""
    return any(font.strip(" \"'").startswith(legacy.fonts) for legacy in legacies())


def vietnamese_share(text: str) -> float | None:
    """What share of the words with letters beyond ASCII are Vietnamese syllables, 0 to 1; None where there are none."""
    words = [word for word in _words(text) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else None


def from_bytes(data: bytes) -> tuple[str, str] | None:
    """Text and the name of its encoding, for bytes that are not Unicode; None where nothing fits."""
    western = data.decode("cp1252", errors="surrogateescape")
    western = re.sub("[\udc80-\udcff]", lambda found: chr(ord(found[0]) - 0xDC00), western)
    candidates = [(_capitals(legacy, western), legacy.name) for legacy in legacies()]
    with contextlib.suppress(UnicodeDecodeError):
        candidates.append((unicodedata.normalize("NFC", data.decode("cp1258")), "windows-1258"))
    return _best(candidates)


def mended(text: str) -> tuple[str, str] | None:
    """Text in good Unicode whose letters are a legacy font's: converted, with the name of the encoding; else None."""
    words = [word for word in _words(text[:_SAMPLE]) if not word.isascii()]
    if len(words) < _FEWEST or sum(map(_is_syllable, words)) > _SPOILT * len(words):
        return None
    return _best([(_capitals(legacy, text), legacy.name) for legacy in legacies()])


def _best(candidates: list[tuple[str, str]]) -> tuple[str, str] | None:
    shares = [(vietnamese_share(text) or 0.0, text, name) for text, name in candidates]
    share, text, name = max(shares, key=lambda one: one[0])
    return (text, name) if share >= FITS else None


def _capitals(legacy: Legacy, text: str) -> str:
    """Converted; with the capitals that only fonts of capitals show."""
    converted = legacy.convert(text)
    return with_capitals(converted) if legacy.capital_fonts else converted


def _words(text: str) -> Iterator[str]:
    parts = (part.strip(_PUNCTUATION) for found in _WORD.finditer(text) for part in _APART.split(found[0]))
    return (part for part in parts if part)


@cache
def _is_syllable(word: str) -> bool:
    """Whether a word is spelled as Vietnamese is: its letters, one tone at most, capitals all or first or none."""
    word = unicodedata.normalize("NFC", word)
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    toneless, tones = _TONES.subn("", apart)
    return tones <= 1 and re.sub(_LETTERS, "", toneless) == "" and is_vietnamese(word)


def _legacy(name: str, entry: Mapping[str, object]) -> Legacy:
    fonts, capitals, rows = entry["fonts"], entry["capital_fonts"], entry["letters"]
    assert isinstance(fonts, tuple) and isinstance(rows, tuple) and isinstance(capitals, str)
    pairs = [pair.split("=") for row in rows for pair in str(row).split()]
    letters = {bytes.fromhex(code).decode("cp1252"): letter for letter, code in pairs}
    mixed = {f"{code[0].upper()}{code[1]}": letter.upper() for code, letter in letters.items() if len(code) == 2}
    return Legacy(name, fonts, capitals, {**mixed, **letters})


@cache
def _codes(name: str) -> re.Pattern[str]:
    letters = next(legacy.letters for legacy in legacies() if legacy.name == name)
    return re.compile("|".join(re.escape(code) for code in sorted(letters, key=len, reverse=True)))
