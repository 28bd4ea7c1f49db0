"""What of one document is needed to relate it to others: small enough to be kept for every document ever read."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from statistics import fmean

from corpus.cleaning import clean
from corpus.document import Document, Fact, Metadata
from corpus.mentions import Mention, mentions
from corpus.words import fold
from index.sketches import digest, figures_of, plain_words, sketch_figures, sketch_words, words_of

#: Which of several files of one text is kept: those first that hold its structure themselves (headings by style, list
#: numbers, tables), then marked-up text, then bare text, then pages whose structure is guessed from where words stand.
FORMATS = (".docx", ".odt", ".doc", ".html", ".htm", ".md", ".txt", ".pdf")
_TITLE = 300  # characters of a title that are kept
_MENTIONS = 400  # far more than any text has that was not made to have many


@dataclass(frozen=True, slots=True)
class Card:
    """One document as others are related to it. What it does not state is None, "" for symbol and title.

    source: the file's name.  digest: of its folded words.  words: how many.  sketch, figures: `index.sketches`.
    confidence: mean of its recognised pages, 0 to 1; None where the file holds its text itself.
    stated: how many things are known of it.  corrected: whether a person said some of them.
    number and symbol: as printed.  date: ISO.  kind, place, issuer, title: folded.
    mentions: what it says it replaces or amends.
    """

    doc: str
    source: str
    digest: str
    sketch: str
    figures: str
    words: int
    confidence: float | None
    stated: int
    corrected: bool
    kind: str | None
    number: str | None
    symbol: str
    date: str | None
    province: str | None
    place: str | None
    period: tuple[int, int] | None
    issuer: str | None
    title: str
    mentions: tuple[Mention, ...] = ()

    @property
    def worth(self) -> tuple[bool, bool, int, int]:
        """Of several copies the one is kept for which this is least, of equal ones the first."""
        suffix = PurePath(self.source).suffix.lower()
        form = FORMATS.index(suffix) if suffix in FORMATS else len(FORMATS)
        return not self.corrected, self.confidence is not None, -self.stated, form


def card_of(document: Document) -> Card:
    """The card of a document."""
    # What was corrected in one copy contradicts no other.
    found = replace(document.metadata, **dict.fromkeys(document.stated))
    blocks = clean(document.text).blocks
    lines = [block.plain for block in blocks]
    words = words_of(lines)
    plain = plain_words(words)
    sure = [page.confidence for page in document.pages if page.confidence is not None]
    return Card(
        doc=document.id,
        source=document.source,
        digest=digest(words),
        sketch=sketch_words(plain),
        figures=sketch_figures(figures_of(lines)),
        words=len(words),
        confidence=round(fmean(sure), 3) if sure else None,
        stated=sum(getattr(document.metadata, field.name) is not None for field in fields(Metadata)),
        corrected=bool(document.stated),
        kind=_folded(found.kind),
        number=found.number.value if found.number else None,
        symbol=found.symbol.value if found.symbol else "",
        date=found.date.value if found.date else None,
        province=found.province.value if found.province else None,
        place=_folded(found.place),
        period=found.period,
        issuer=_issuer(found.issuer),
        title=(_folded(found.title) or "")[:_TITLE],
        mentions=mentions(blocks, found)[:_MENTIONS],
    )


def _folded(fact: Fact | None) -> str | None:
    return " ".join(fold(fact.value).split()) if fact else None


def _issuer(fact: Fact | None) -> str | None:
    """A body's name, its usual abbreviations written out."""
    name = _folded(fact)
    if name is None:
        return None
    for short, full in (
        ("ubnd", "uy ban nhan dan"),
        ("hdnd", "hoi dong nhan dan"),
        ("ldtbxh", "lao dong thuong binh va xa hoi"),
    ):
        name = re.sub(rf"\b{short}\b", full, name)
    return " ".join(re.findall(r"\w+", name))
