"""What was understood of a file, in values that a page shows; the document itself is not kept for it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from corpus.document import Document, Fact, Kind


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file states of itself, "" for what it does not, and how much was found in it.

    pages: 0 in a file without any.  confidence, least: of recognised pages, their mean and the worst, 0 to 1.
    stated: the facts that documents.toml gives.
    """

    title: str
    kind: str
    number: str
    date: str
    province: str
    period: str
    issuer: str
    signer: str
    sections: int
    tables: int
    passages: int
    pages: int
    confidence: float | None
    least: float | None
    warnings: tuple[str, ...]
    stated: tuple[str, ...]


def understood(document: Document, passages: int) -> Understood:
    """What was understood of a document with so many passages."""
    found = document.metadata
    sure = [page.confidence for page in document.pages if page.confidence is not None]
    period = "–".join(dict.fromkeys(str(year) for year in found.period or ()))
    number = found.number.value if found.number else f"…/{found.symbol.value}" if found.symbol else ""
    return Understood(
        title=_value(found.title),
        kind=_value(found.kind),
        number=number,
        date=_value(found.date),
        province=_value(found.province),
        period=period,
        issuer=_value(found.issuer),
        signer=_value(found.signer),
        sections=sum(node.kind is Kind.HEADING for node in document.sections),
        tables=sum(node.kind is Kind.TABLE for node in document.sections),
        passages=passages,
        pages=len(document.pages),
        confidence=fmean(sure) if sure else None,
        least=min(sure, default=None),
        warnings=document.warnings,
        stated=document.stated,
    )


def _value(fact: Fact | None) -> str:
    return fact.value if fact else ""
