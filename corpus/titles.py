"""Title or text: what of a block is a heading's title, and which blocks open a section.

Asked by the parts (where does the first section stand?) and by the outline (what is this block?), so that both agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.blocks import Block
from corpus.marks import Mark, Rank, mark
from corpus.names import agency_names
from corpus.vocabulary import layout
from corpus.words import begins, fold

_ENDS = re.compile(r"[.;!?…,]\s*$")
_STOP = re.compile(r"[.!?]\s+\S")
_LEADS_ON = ("như", "sau", "gồm", "là", "theo")
_LONGEST_TITLE = 45  # words
_LONGEST_LINE = 30  # words of a title that has no marker
_LONGEST_NAME = 18  # words of a list of bodies
_SHORT_TITLE = 8  # words before a colon that are a title whatever they say
_NONE = Mark(Rank.TEXT, "", 0)


@dataclass(frozen=True, slots=True)
class Marked:
    """A block with its marker read off; without one its rank is TEXT, its label ""."""

    block: Block
    mark: Mark

    @property
    def rank(self) -> int:
        """How deep the marker puts the block."""
        return self.mark.rank

    @property
    def label(self) -> str:
        """The marker as printed, its punctuation left out."""
        return self.mark.label

    @property
    def words(self) -> int:
        """Where in `block.plain` the words behind the marker begin."""
        return self.mark.end

    @property
    def text(self) -> str:
        """The words behind the marker."""
        return self.block.plain[self.mark.end :].strip()


def read_mark(block: Block) -> Marked:
    """Reads a block's marker off."""
    return Marked(block, (None if block.is_row else mark(block.plain)) or _NONE)


def opens_section(block: Block) -> bool:
    """Whether a block begins a section: by its number, or as a heading without one."""
    return read_mark(block).rank < Rank.BULLET or is_bare_heading(block)


def is_bare_heading(block: Block) -> bool:
    """Whether a block without a marker looks like a heading: hashes, all bold, all capitals, and no sentence."""
    text = block.plain.strip()
    if block.is_row or mark(block.plain) or len(text.split()) > _LONGEST_LINE or _ENDS.search(text):
        return False
    if fold(text).strip(" :") in {fold(words) for words in layout().enacting}:  # "QUYẾT ĐỊNH:" heads nothing
        return False
    return bool(block.hashes or block.bold >= len(text) or (text.isupper() and len(text.split()) > 1))


def title_of(marked: Marked, follower: Marked | None, assigns: bool) -> tuple[int, int]:
    """Where in a block its title ends and the text behind the title begins; (0, …) where it has no title.

    follower: the next block of the part.  assigns: whether bodies are given their duties here.
    A title that is part of a sentence ("9. Sở Tài chính chủ trì …") stays in the text, which then begins before it.
    """
    plain, end = marked.block.plain, len(marked.block.plain)
    if marked.rank >= Rank.BULLET:
        return title_of_body(marked, follower) if assigns else (0, end)
    if _whole_is_title(marked, follower):
        return end, end
    if bold := _bold_title(marked):
        return bold
    colon = plain.find(": ", marked.words)
    if colon > 0 and _is_title_before_colon(plain[marked.words : colon], assigns):
        return colon, colon + 2
    body = leading_bodies(plain, marked.words) if assigns and marked.rank < Rank.LETTER else 0
    return (body, marked.words) if body else (0, end)


def bold_run_in(marked: Marked) -> tuple[int, int]:
    """title_of a block without a marker: "**Sở Tài chính**: Bố trí …"; (0, …) where it has none."""
    found = _bold_title(marked)
    return found if found and found[0] < found[1] else (0, len(marked.block.plain))


def names_body(words: str) -> bool:
    """Whether words begin with a body that duties can be given to: "Ủy ban nhân dân các xã", "Hội Nông dân".

    A word such as "hội" or "ban" names a body only before a capital letter.
    """
    words = without_request(words)
    if leading_bodies(words, 0):
        return True
    if begins(words, layout().bodies):
        return True
    capital = re.match(r"\w+\s+(\w)", words)
    return capital is not None and capital[1].isupper() and begins(words, layout().bodies_named)


def without_request(words: str) -> str:
    """Words without a "Đề nghị" before the body they begin with."""
    request = _request().match(words)
    return words[request.end() if request else 0 :].strip(" :.")


def leading_bodies(plain: str, start: int) -> int:
    """Where the chain of bodies ends that plain[start:] begins with ("Đề nghị A, B và C …"); 0 without one."""
    request = _request().match(plain, start)
    at = request.end() if request else start
    end = 0
    for found in agency_names().find(plain):
        if found.span.start < at:
            continue
        gap = " ".join(plain[at : found.span.start].split())
        if not re.fullmatch(r"(?:tỉnh)? ?(?:,|;|và|và các|các)?", gap):
            break
        end = at = found.span.end
    return end


def _whole_is_title(marked: Marked, follower: Marked | None) -> bool:
    text = marked.text
    short = len(text.split()) <= _SHORT_TITLE and ": " not in text
    if marked.rank < Rank.ARTICLE and (text.isupper() or short or not _ENDS.search(text)):
        return text.isupper() or not _STOP.search(text)
    if text.endswith(":") and not _STOP.search(text):
        return True
    if len(text.split()) > _LONGEST_TITLE or _STOP.search(text) or _ENDS.search(text):
        return False
    if marked.block.hashes:
        return True
    return follower is not None and (not follower.label or follower.rank > marked.rank or _is_below(follower, marked))


def _is_below(follower: Marked, marked: Marked) -> bool:
    """Whether the list of a numbered heading is named ("Nhiệm vụ 1"), whatever the rank of such names."""
    return follower.rank == Rank.NAMED and marked.rank in (Rank.NUMBER, Rank.LETTER) and follower.mark.number == 1


def _bold_title(marked: Marked) -> tuple[int, int] | None:
    """A bold beginning is the title; only one parted from the text by a colon is left out of the text."""
    plain, bold = marked.block.plain, marked.block.bold
    if not marked.words < bold < len(plain) or len(plain[:bold].split()) > _LONGEST_TITLE:
        return None
    title = plain[:bold].rstrip(" :")
    colon = re.match(r"\s*:\s*", plain[len(title) :])
    return len(title), len(title) + colon.end() if colon else marked.words


def title_of_body(marked: Marked, follower: Marked | None) -> tuple[int, int]:
    """A bullet that is a body's section: "- Sở Y tế: Chủ trì …", or the name alone with deeper bullets below."""
    plain, end = marked.block.plain, len(marked.block.plain)
    colon = plain.find(":", marked.words)
    title = plain[marked.words : colon if colon > 0 else end]
    if len(title.split()) > _LONGEST_NAME or not names_body(title) or _has_duty(title) or re.search(r"[.;]", title):
        return 0, end
    if 0 < colon < len(plain.rstrip()) - 1:
        return colon, colon + 1
    deeper = follower is not None and follower.label != "" and follower.rank > marked.rank
    return (end, end) if deeper else (0, end)


def _is_title_before_colon(words: str, assigns: bool) -> bool:
    if re.search(r"[.;]", words) or words.rsplit(maxsplit=1)[-1].lower() in _LEADS_ON or words[:1].isdigit():
        return False
    if assigns and _has_duty(words):
        return False
    if len(words.split()) <= _SHORT_TITLE:
        return True
    return len(words.split()) <= _LONGEST_TITLE and (names_body(words) if assigns else leading_bodies(words, 0) > 0)


def _has_duty(words: str) -> bool:
    """Whether words say what is to be done, and so are more than a name."""
    return any(f" {verb} " in f" {words} " for verb in layout().verbs)


@cache
def _request() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(layout().requests)})\s+", re.IGNORECASE)
