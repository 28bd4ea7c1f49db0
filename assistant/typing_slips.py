"""What a keyboard leaves behind: Telex and VNI keys inside the words, and the shorthand of messages."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.vocabulary import shorthand
from corpus.words import fold, is_accented, is_vietnamese, nfc, tokens

_LETTERS = re.compile(r"[^\W\d_]+")
_TELEX_TONE = re.compile(r"[sfrxj]+$")
_TELEX_LETTERS = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"), ("aw", "a"), ("ow", "o"), ("uw", "u"))
_VNI = re.compile(r"[a-z]+\d[a-z\d]*")


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
    known = shorthand()
    return _LETTERS.sub(lambda word: known.get(word[0], word[0]), nfc(text))


def _bare(word: str) -> str:
    if _VNI.fullmatch(word):
        return re.sub(r"\d", "", word)
    without_tone = _TELEX_TONE.sub("", word)
    for keys, letter in _TELEX_LETTERS:
        without_tone = without_tone.replace(keys, letter)
    without_tone = re.sub(r"(?<=[a-z])w", "", without_tone)
    return without_tone if is_vietnamese(without_tone) else word
