"""Lines in capitals that official texts always hold, mended where they were misread: "KEHOẠCH", "GIÁM ĐÔC"."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from corpus.marks import mark
from corpus.vocabulary import layout
from corpus.words import begins, fold

_LONGEST = 8  # words of a line that is looked at
_SHORTEST = 6  # letters of a phrase that one may be wrong in
_SPECKS = "`'‘’.,:;|_^ˆ°~¬-– "  # what dirt before a line is read as
_PART = re.compile(r"(phần)\s*(thứ)\s*(?=[^\W\d_])", re.IGNORECASE)
_BEFORE = re.compile(r"(?:(?:KT|TM|TL|TUQ|Q)\.\s*)*")  # "by order of", which stands before a post


def mended_phrase(text: str) -> str:
    """A line as it is printed, if it is a kind of text or a post but for a letter, its accents or its spaces.

    >>> mended_phrase("KEHOẠCH"), mended_phrase("QQUYẾT ĐỊNH"), mended_phrase("KT. GIÁM ĐC"), mended_phrase("HỘI")
    ('KẾ HOẠCH', 'QUYẾT ĐỊNH', 'KT. GIÁM ĐỐC', 'HỘI')
    >>> mended_phrase("Nơinhận.")
    'Nơi nhận:'
    >>> mended_phrase("PHẦN THỨBA")
    'PHẦN THỨ BA'
    """
    if _squeezed(text) == _squeezed(layout().recipients) and not begins(text, (layout().recipients,)):
        return f"{layout().recipients.capitalize()}:"
    if (part := _PART.match(text)) is not None:
        return f"{part[1]} {part[2]} {text[part.end() :]}"
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    if not text.isupper() or mark(text) or len(text.split()) > _LONGEST or text[start:] in _phrases().values():
        return text
    said = _squeezed(text[start:])
    near = [phrase for key, phrase in _phrases().items() if _is_near(said, key)]
    return text[:start] + near[0] if len(near) == 1 else text


def is_recipients(text: str) -> bool:
    """Whether a line is what stands above the recipients, however it was read: "Nơi nhận:", "Nơinhận." """
    return begins(text.lstrip(_SPECKS), (layout().recipients,)) or _squeezed(text) == _squeezed(layout().recipients)


def _is_near(said: str, phrase: str) -> bool:
    wrong = 1 if len(phrase) >= _SHORTEST else 0
    return said == phrase or Levenshtein.distance(said, phrase, score_cutoff=wrong) <= wrong


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


@cache
def _phrases() -> dict[str, str]:
    """The kinds of texts and the posts below them, by their letters without accents or spaces."""
    posts = [post for post in layout().posts if len(post.split()) > 1 and re.fullmatch(r"[\w\s]+", post)]
    signed = [f"ký {post}" for post in posts]
    return {_squeezed(phrase): phrase.upper() for phrase in (*layout().kinds, *posts, *signed)}
