"""A document as it is read beside the answer: its whole text, the cited passage marked in its place."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from assistant.plans import Plans, label_of, period_of, province_of
from assistant.web.later import badge_html, ties_html
from assistant.web.paged import marks, page_html
from assistant.web.render import plan_address
from assistant.web.strings import phrase
from assistant.web.tables import is_whole, table_html
from corpus.document import Document, Fact, Kind, Role, Section, Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch shown on its own; `section` is None for words that stand outside every node."""

    span: Span
    section: Section | None
    depth: int = 0


def source_html(document: Document, passage: Span | None = None, plans: Plans | None = None) -> str:
    """The `<article>` for one document. `passage` must lie inside its text (`check_passage`); `plans` know which
    others replace it."""
    body = "\n".join(_with_pages(document, passage))
    return (
        f'<article id="source" class="source" data-doc="{escape(document.id)}">'
        f"{_head_html(document, plans)}{_where_html(document, passage)}"
        f'<div class="text" lang="vi">{_one_id(body)}</div></article>'
    )


def _with_pages(document: Document, passage: Span | None) -> Iterator[str]:
    """The blocks in order, each page's mark before the first block that begins on it."""
    waiting = deque(marks(document))
    for block in blocks(document):
        while waiting and waiting[0][0] <= block.span.start:
            yield waiting.popleft()[1]
        yield _block_html(document, block, passage)
    yield from (mark for _, mark in waiting)


def check_passage(document: Document, start: int | None, end: int | None) -> Span | None:
    """The asked span, None when none was asked. ValueError when it is not inside the text."""
    if start is None and end is None:
        return None
    length = len(document.text)
    if start is None or end is None or not 0 <= start < end <= length:
        raise ValueError(phrase("bad_passage", start=start, end=end, length=length).both)
    return Span(start, end)


def blocks(document: Document) -> Iterator[Block]:
    """Every shown character once, in reading order: the heads of the outline and what is left between them."""
    held: Block | None = None
    for block in _stretches(document):
        if held is not None and _is_rest(document, held, block):
            held = replace(held, span=Span(held.span.start, block.span.end))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _is_rest(document: Document, held: Block, block: Block) -> bool:
    """Whether a block is only the punctuation after the one before: the colon of "5. Sở Y tế:"."""
    bare = block.section is None and not any(char.isalnum() for char in document.shown(block.span))
    return bare and not (held.section is not None and held.section.kind is Kind.TABLE)


def _stretches(document: Document) -> Iterator[Block]:
    whole = {table.section for table in document.tables if is_whole(document, table)}
    at = 0
    for section in document.sections[1:]:
        if section.head.start < at or (section.kind is Kind.TABLE and section.id not in whole):
            continue
        yield from _between(document, at, section.head.start)
        yield Block(section.head, section, len(document.ancestors(section)))
        at = section.head.end
    yield from _between(document, at, len(document.text))


def _between(document: Document, start: int, end: int) -> Iterator[Block]:
    if start < end and document.shown(Span(start, end)):
        yield Block(Span(start, end), None)


def _block_html(document: Document, block: Block, passage: Span | None) -> str:
    section = block.section
    if section is not None and section.kind is Kind.TABLE:
        table = next(table for table in document.tables if table.section == section.id)
        return table_html(document, table, passage)
    words = words_html(document, block.span, passage)
    tag = f"h{min(3 + block.depth, 6)}" if section and section.kind is Kind.HEADING else "p"
    kind, role = (section.kind, section.role) if section else (Kind.PARAGRAPH, Role.BODY)
    return f'<{tag} class="{kind.value} {role.value} d{min(block.depth, 5)}">{words}</{tag}>'


def words_html(document: Document, span: Span, passage: Span | None) -> str:
    """The shown words of a span, escaped, the part inside `passage` in `<mark>`."""
    if passage is None or passage.end <= span.start or span.end <= passage.start:
        return escape(document.shown(span))
    cut = Span(max(span.start, passage.start), min(span.end, passage.end))
    before, inside, after = (
        escape(document.shown(part)) for part in (Span(span.start, cut.start), cut, Span(cut.end, span.end))
    )
    marked = f"<mark>{inside}</mark>" if inside else ""
    left = " " if before and _spaced(document, cut.start) else ""
    right = " " if after and _spaced(document, cut.end) else ""
    return f"{before}{left}{marked}{right}{after}"


def _spaced(document: Document, at: int) -> bool:
    """Whether white space stands on either side of a position of the text."""
    return any(char.isspace() for char in document.text[max(at - 1, 0) : at + 1])


def _one_id(body: str) -> str:
    """The first mark is where a link to #passage leads."""
    label = escape(phrase("passage").vi)
    return body.replace("<mark>", f'<mark id="passage" tabindex="-1" aria-label="{label}">', 1)


def _head_html(document: Document, plans: Plans | None) -> str:
    stated = document.metadata
    province = f'<span class="badge" lang="vi">{escape(province_of(document))}</span>' if stated.province else ""
    kind = f'<span class="kind" lang="vi">{escape(stated.kind.value)}</span>' if stated.kind else ""
    over = badge_html(plans, document, date.today().year) if plans else ""
    ties = ties_html(plans, document) if plans else ""
    facts = "".join(
        f"<div><dt>{phrase(key).html}</dt><dd>{value}</dd></div>" for key, value in facts_of(document).items()
    )
    # In a tab of its own: beside the chat the conversation would be gone.
    laid_out = (
        f'<p class="laid-out"><a href="{plan_address(document.id)}" target="_blank" rel="noopener">'
        f"{phrase('cat_laid_out').html}</a></p>"
    )
    return (
        f'<header class="source-head"><p class="kicker">{province}{kind}{over}</p>'
        f'<h2 lang="vi" tabindex="-1">{escape(document.title)}</h2><dl>{facts}</dl>{ties}{laid_out}</header>'
    )


def _where_html(document: Document, passage: Span | None) -> str:
    """Which text and which heading path: stays in sight while the text is scrolled."""
    section = innermost(document, passage) if passage else None
    if section is None:
        return ""
    named = " · ".join(dict.fromkeys((label_of(document), document.title)))
    page = document.page(passage.start) if passage else None
    on = f'<p class="on-page">{page_html(document, page)}</p>' if page else ""
    return (
        f'<div class="where" lang="vi"><p class="plan-name">{escape(named)}</p>'
        f'<p class="path">{escape(document.path(section))}</p>{on}</div>'
    )


def innermost(document: Document, passage: Span) -> Section | None:
    """The smallest node of the outline that holds the whole passage."""
    holding = [section for section in document.sections[1:] if passage in section.span]
    return min(holding, key=lambda section: section.span.end - section.span.start, default=None)


def facts_of(document: Document) -> Mapping[str, str]:
    """What the head of a source states, escaped; what the text does not state says so."""
    stated = document.metadata
    return {
        "number": escape(number_of(document)) or _absent(),
        "date": escape(date_of(document)) or _absent(),
        "period": period_of(document) or _absent(),
        "issuer": _fact(stated.issuer),
    }


def number_of(document: Document) -> str:
    """ "107/KH-UBND"; "…/KH-SLĐTBXH" where the number was left blank; "" where none is printed."""
    stated = document.metadata
    if stated.number:
        return stated.number.value
    return f"…/{stated.symbol.value}" if stated.symbol else ""


def _fact(fact: Fact | None) -> str:
    return f'<span lang="vi">{escape(fact.value)}</span>' if fact else _absent()


def date_of(document: Document) -> str:
    """ "15/04/2020"; what is printed where that is no whole day, "" for nothing."""
    fact = document.metadata.date
    if fact is None:
        return ""
    try:
        return date.fromisoformat(fact.value).strftime("%d/%m/%Y")
    except ValueError:  # a month or a year only: shown as the reader of metadata found it
        return fact.value


def _absent() -> str:
    return f'<span class="absent">{phrase("not_stated").html}</span>'
