"""What hands and keyboards leave behind: Telex and VNI keys, the shorthand of messages, slips, missing accents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from math import inf

from assistant.accents import Accents
from assistant.cues import cue_phrases
from assistant.language import UNKNOWN, Count, Language
from assistant.spelling import Speller
from corpus.vocabulary import agencies, dialect, provinces, shorthand, terms
from corpus.words import fold, is_accented, is_english, is_vietnamese, nfc, tokens
from index.embedding.rows import shipped_words

_LETTERS = re.compile(r"[^\W\d_]+")
_TELEX_TONE = re.compile(r"[sfrxj]+$")
_TELEX_LETTERS = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"), ("aw", "a"), ("ow", "o"), ("uw", "u"))
_SYLLABLE = 7  # letters of the longest: "nghiêng"
_RUN = re.compile(rf"[^\W\d_]{{{_SYLLABLE + 1},80}}")
_VNI = re.compile(r"[a-z]+\d[a-z\d]*")


class Typing:
    """Questions as they were meant, by what the plans hold (`count`, `plan_words`) and the vocabularies name."""

    def __init__(self, count: Count, plan_words: Callable[[], Iterable[str]]) -> None:
        model, phrases = shipped_words(), _phrases()
        self._count = count
        self._written = Language(count, plan_words, phrases, model)
        self._bare = Language(count, plan_words, phrases, model, bare=True)
        self._speller, self._bare_speller = Speller(self._written), Speller(self._bare)
        self._accents = Accents(self._written)

    def mended(self, text: str) -> str:
        """The text without slips; one typed without accents, unless it is English, gets them back."""
        plain = untyped(commonly_said(spelled_out(self._apart(text))), self._is_known)
        if is_accented(plain):
            return self._speller.mended(plain)
        return plain if is_english(plain) else self._accents.restored(self._bare_speller.mended(plain))

    def _apart(self, text: str) -> str:
        """A text with words that were typed without blanks between them as words: "bốemđánhem"."""
        language = self._written if is_accented(text) else self._bare
        return _RUN.sub(lambda run: " ".join(_likeliest(run[0], language)), nfc(text))

    def _is_known(self, word: str) -> bool:
        return bool(self._count(word, True)) or word in self._words_said

    @cached_property
    def _words_said(self) -> frozenset[str]:
        return frozenset(word for phrase in self._bare.phrases for word in phrase)


def _likeliest(run: str, language: Language) -> tuple[str, ...]:
    """The likeliest known syllables that a run of letters is made of; the run where it is a word, or is not."""
    small = run.lower()
    if language.probability(small) > UNKNOWN:
        return (run,)
    ways: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]  # of the run up to a letter
    for end in range(1, len(run) + 1):
        found: list[tuple[float, tuple[str, ...]]] = [(-inf, (run,))]
        for at in range(max(0, end - _SYLLABLE), end):
            if is_vietnamese(small[at:end]) and (likely := language.probability(small[at:end])) > UNKNOWN:
                found.append((ways[at][0] + likely, (*ways[at][1], run[at:end])))
        ways.append(max(found))
    return ways[-1][1] if ways[-1][0] > -inf else (run,)


def _phrases() -> list[str]:
    """All names and phrases that a question may be made of."""
    places = [name for one in provinces() for name in (one.name, *one.aliases, *one.places)]
    bodies = [name for one in agencies() for name in (one.name, *one.aliases)]
    return [*places, *bodies, *(name for term in terms() for name in term.asked), *cue_phrases()]


def commonly_said(text: str) -> str:
    """The words of the central dialects as they are said elsewhere.

    >>> commonly_said("Sở mô lo chuyện nớ? Mô hình ni làm răng?")
    'Sở nào lo chuyện đó? Mô hình này làm sao?'
    """
    words = list(tokens(text))
    out, at = [], 0
    for i, (start, end) in enumerate(words):
        before = text[slice(*words[i - 1])].lower() if i else ""
        after = text[slice(*words[i + 1])].lower() if i + 1 < len(words) else ""
        means = next((one.means for one in dialect() if one.is_meant(text[start:end].lower(), before, after)), None)
        out += [text[at:start], means or text[start:end]]
        at = end
    return "".join([*out, text[at:]])


def untyped(text: str, known: Callable[[str], bool]) -> str:
    """The words without Telex or VNI keys, unaccented; the text itself where it carries accents or no such key.

    `known` tells whether a word without accents stands in the plans or vocabularies: only a word that is not, and
    that is known once its keys are taken out, counts as typed that way.

    >>> untyped("soo y tees kieen giang lamf gif", {"so", "y", "te", "kien", "giang", "lam", "gi"}.__contains__)
    'so y te kien giang lam gi'
    """
    if is_accented(text):
        return text
    out: list[str] = []
    at = slips = 0
    for start, end in tokens(text):
        word = text[start:end]
        bare = _bare(fold(word))
        typed_so = any(map(str.isdigit, word)) or not known(fold(word))
        if bare != fold(word) and typed_so and known(bare):
            slips += 1
        else:
            bare = word
        out += [text[at:start], bare]
        at = end
    return "".join([*out, text[at:]]) if slips else text


def spelled_out(text: str) -> str:
    """The text with the shorthand of messages written out.

    >>> spelled_out("Kinh phí bn, ko rõ")
    'Kinh phí bao nhiêu, không rõ'
    """
    known, text = shorthand(), nfc(text)
    bare = not is_accented(text)
    shouted = text.isupper()

    def written_out(word: re.Match[str]) -> str:
        said = known.get(word[0].lower() if shouted else word[0])
        return word[0] if said is None else fold(said) if bare else said

    return _LETTERS.sub(written_out, text)


def _bare(word: str) -> str:
    if _VNI.fullmatch(word):
        return re.sub(r"\d", "", word)
    without_tone = _TELEX_TONE.sub("", word)
    for keys, letter in _TELEX_LETTERS:
        without_tone = without_tone.replace(keys, letter)
    without_tone = re.sub(r"(?<=[a-z])w", "", without_tone)
    return without_tone if is_vietnamese(without_tone) else word
