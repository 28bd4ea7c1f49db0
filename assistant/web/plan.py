"""One plan laid out: outline, targets, deadlines, tables, plots, bodies and duties; every cell leads to its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import chain
from urllib.parse import quote

from assistant.catalogue import Target, budget, days, deadlines, printed, targets
from assistant.compose.reporting import Due
from assistant.plans import Duty, Plans, issuer_of, label_of, period_of
from assistant.web.cards import Line, cards_html, year_column
from assistant.web.catalogue import fact_html, place_html
from assistant.web.later import badge_html, ties_html
from assistant.web.plots import Kept, Plot, budget_plot, target_plots
from assistant.web.render import source_address
from assistant.web.source import date_of, number_of
from assistant.web.strings import phrase
from assistant.web.tables import headers_html
from corpus.document import Document, Kind, Role, Row, Section, Span, Table
from corpus.tables import number
from corpus.yearly import Yearly

_MANY = 6  # parts of a section from which on they are folded away
_FIRST = 90  # letters shown of a paragraph that stands for a heading
PARTS = {
    "outline": "cat_outline",
    "targets": "cat_targets",
    "deadlines": "cat_deadlines",
    "money": "cat_money",
    "duties": "cat_duties",
}


def plan_html(plans: Plans, document: Document, kept: Kept, year: int) -> str:
    """The page's `<div>` for one plan; `year` is this year, from which on periods are over."""
    bodies = {
        "outline": _outline_html(document),
        "targets": _targets_html(document, targets(plans, document), kept),
        "deadlines": _deadlines_html(plans, document),
        "money": "".join(_table_html(document, table, kept) for table in document.tables),
        "duties": "".join(_duty_html(duty) for duty in plans.duties(document)),
    }
    none = f'<p class="absent">{phrase("cat_none").html}</p>'
    parts = "".join(
        f'<section id="{part}" aria-labelledby="{part}-title"><h2 id="{part}-title">{phrase(PARTS[part]).html}</h2>'
        f"{body or none}</section>"
        for part, body in bodies.items()
    )
    return f'<div class="catalogue one">{_head_html(plans, document, year)}{_contents_html()}{parts}</div>'


def _head_html(plans: Plans, document: Document, year: int) -> str:
    stated = document.metadata
    period = escape(period_of(document)) or fact_html(document, "", None)
    mended = {name: f' <span class="mended">{phrase("corrected").html}</span>' for name in document.stated}
    facts = {
        "province": place_html(document),
        "number": fact_html(document, number_of(document), stated.number or stated.symbol),
        "date": fact_html(document, date_of(document), stated.date),
        "period": f"{period} {badge_html(plans, document, year)}",
        "issuer": fact_html(document, issuer_of(document), stated.issuer),
    }
    if "signer" in mended and stated.signer:
        facts["staff_signer"] = escape(stated.signer.value) + mended["signer"]
    listed = "".join(
        f"<div><dt>{phrase(key).html}</dt><dd>{value}{mended.get(key, '')}</dd></div>" for key, value in facts.items()
    )
    whole = escape(f"/source/{quote(document.id, safe='')}")
    return (
        f'<header><h1 lang="vi">{escape(document.title)}</h1>{mended.get("title", "")}'
        f"<dl>{listed}</dl>{ties_html(plans, document)}"
        f'<p class="back"><a href="{whole}">{phrase("cat_text").html}</a></p></header>'
    )


def _contents_html() -> str:
    links = "".join(f'<li><a href="#{part}">{phrase(key).html}</a></li>' for part, key in PARTS.items())
    return (
        f'<nav class="contents" aria-label="{escape(phrase("cat_on_page").both)}"><ul>{links}</ul></nav>'
        f'<p class="more">{phrase("cat_every_link").html}</p>'
    )


def link(document: Document, span: Span, words: str = "") -> str:
    """Words of a plan as a link to where they stand; those of the span where none are given."""
    if span.start == span.end:
        return ""
    address = escape(source_address(document.id, span.start, span.end))
    return f'<a href="{address}" lang="vi">{escape(words or document.shown(span))}</a>'


def _outline_html(document: Document) -> str:
    tops = [node for node in document.root.children if node.kind is Kind.HEADING]
    if tops:
        return f'<ul class="outline">{"".join(_outlined(document, node) for node in tops)}</ul>'
    parts = [node for node in document.root.children if node.role is Role.BODY and node.kind is not Kind.TABLE]
    listed = "".join(f"<li>{link(document, node.head, _first(document, node))}</li>" for node in parts)
    return f'<p class="more">{phrase("cat_no_headings").html}</p><ul class="outline">{listed}</ul>' if parts else ""


def _first(document: Document, section: Section) -> str:
    """A heading whole, the first words of a paragraph."""
    words = document.shown(section.head)
    return words if section.kind is Kind.HEADING or len(words) <= _FIRST else words[:_FIRST].rsplit(" ", 1)[0] + " …"


def _titled(document: Document, heading: Section) -> str:
    """A heading as printed, without the colon that its text follows."""
    return link(document, heading.head, document.shown(heading.head).rstrip(" :"))


def _outlined(document: Document, section: Section) -> str:
    below = [node for node in section.children if node.kind is Kind.HEADING]
    own = _titled(document, section)
    if not below:
        return f"<li>{own}</li>"
    listed = f"<ul>{''.join(_outlined(document, node) for node in below)}</ul>"
    if len(below) <= _MANY:
        return f"<li>{own}{listed}</li>"
    folded = f"<summary>{phrase('cat_parts', count=len(below)).html}</summary>"
    return f"<li>{own}<details>{folded}{listed}</details></li>"


def _targets_html(document: Document, found: Sequence[Target], kept: Kept) -> str:
    if not found:
        return ""
    years = sorted({year for target in found for one in target.yearly for year in one.figures})
    plots = kept.of(
        (document.id, document.digest, "targets"),
        lambda: list(target_plots(document, found, f"{phrase('cat_target_plot').both}: {label_of(document)}")),
    )
    columns = [phrase("cat_number"), phrase("cat_words"), *map(year_column, years)]
    lines = chain.from_iterable(_target_lines(document, target, years) for target in found)
    return f"{_plots_html(document, plots)}{cards_html('targets', columns, lines)}"


def _target_lines(document: Document, target: Target, years: Sequence[int]) -> Iterator[Line]:
    """A target as a row with its figures; one that sets several things as a row of words and one row a thing."""
    alone = len(target.yearly) == 1
    number = link(document, target.section.head, target.number) if target.number else ""
    figures = _figures(document, target.yearly[0] if alone else None, years)
    yield Line([number, link(document, target.words), *figures])
    for one in () if alone else target.yearly:
        yield Line(["", link(document, one.name), *_figures(document, one, years)], "part")


def _figures(document: Document, one: Yearly | None, years: Sequence[int]) -> list[str]:
    figures = one.figures if one else {}
    return [link(document, figures[year]) if year in figures else "" for year in years]


def _deadlines_html(plans: Plans, document: Document) -> str:
    lines = [_deadline(plans, due) for due in deadlines(plans, document)]
    columns = [phrase("cat_days"), phrase("cat_bound"), phrase("cat_words")]
    return cards_html("deadlines", columns, lines) if lines else ""


def _deadline(plans: Plans, due: Due) -> Line:
    document = due.document
    duty = plans.duty_of(document, due.section)
    if duty is not None and duty.section.kind is Kind.HEADING:
        bound, path = _titled(document, duty.section), ""
    else:
        above = [node for node in document.ancestors(due.section) if node.kind is Kind.HEADING]
        path = f'<span class="path">{_titled(document, above[-1])}</span>' if above else ""
        bound = escape(", ".join(one.name for one in due.bound)) or phrase("cat_all_bodies").html
    dates = " ".join(link(document, day) for day in days(document, due.span))
    return Line([dates, bound, link(document, due.span) + path])


def _table_html(document: Document, table: Table, kept: Kept) -> str:
    found = budget(table)
    unit = table.unit.value if table.unit else phrase("cat_unit_unsaid").both
    title = f"{phrase('cat_budget_plot', unit=unit).both}: {label_of(document)}"
    key = document.id, document.digest, table.section
    plots = kept.of(key, lambda: [budget_plot(document, table.section, found, title)] if found else [])
    rows = "".join(_row_html(document, table, row) for row in table.rows)
    notes = "".join(f'<p class="note" lang="vi">{escape(note)}</p>' for note in table.notes)
    return (
        f"{_plots_html(document, plots, unit)}"
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(table.caption)}">'
        f'<table lang="vi">{_caption_of(document, table)}'
        f"<thead>{headers_html(table)}</thead><tbody>{rows}</tbody></table></div>{notes}"
    )


def _caption_of(document: Document, table: Table) -> str:
    """What a table is called, a link where that is the heading above it, and its unit, a link where it is printed."""
    above = [node for node in document.ancestors(document.sections[table.section]) if node.kind is Kind.HEADING]
    is_title = bool(above) and above[-1].title == table.caption
    name = link(document, above[-1].head) if is_title else escape(table.caption)
    place = table.unit.span if table.unit else None
    unit = link(document, place) if place else ""
    return f'<caption>{name}<span class="unit">{unit}</span></caption>'


def _row_html(document: Document, table: Table, row: Row) -> str:
    """The row as printed, column by column."""
    moved = {cell.column for cell in row.cells if cell.proven_column not in {None, cell.column}}
    cells = "".join(
        _cell_html(document, span, span.start == row.label_span.start and bool(row.label), at in moved)
        for at, span in enumerate(printed(document, row)[: len(table.columns)])
    )
    return f'<tr class="total">{cells}</tr>' if row.total else f"<tr>{cells}</tr>"


def _cell_html(document: Document, span: Span, is_label: bool, is_moved: bool) -> str:
    words = link(document, span)
    if is_label:
        return f'<th scope="row">{words}</th>'
    numeric = number(document.shown(span)) is not None
    kind = " ".join(name for name, holds in (("moved", is_moved), ("words", words and not numeric)) if holds)
    return f'<td class="{kind}">{words}</td>' if kind else f"<td>{words}</td>"


def _duty_html(duty: Duty) -> str:
    """A body with the items of its section, folded away."""
    document, section = duty.document, duty.section
    items = list(section.leaves())
    title = _first(document, section).rstrip(" :")
    listed = "".join(f"<li>{link(document, document.words(leaf))}</li>" for leaf in items)
    whole = f'<p class="whole">{link(document, section.span, phrase("cat_whole").both)}</p>'
    return (
        f'<details><summary><span lang="vi">{escape(title)}</span> <span class="count">'
        f"{phrase('cat_count', count=len(items)).html}</span></summary>{whole}<ul>{listed}</ul></details>"
    )


def _plots_html(document: Document, plots: Sequence[Plot], unit: str = "") -> str:
    """The plots side by side, each under the heading that its things stand under; nothing for none."""
    if not plots:
        return ""
    figures = "".join(f"<figure>{_caption_html(document, plot, unit)}{plot.svg}</figure>" for plot in plots)
    return f'<div class="plots">{figures}</div><p class="more">{phrase("cat_in_table").html}</p>'


def _caption_html(document: Document, plot: Plot, unit: str) -> str:
    said = phrase("cat_budget_plot", unit=unit) if unit else phrase("cat_target_plot")
    where = link(document, plot.heading.head, plot.heading.title) if plot.heading else ""
    swatches = "".join(
        f'<li><span class="swatch s{at}"></span>{escape(name)}</li>' for at, name in enumerate(plot.legend, 1)
    )
    legend = f'<ul class="legend">{swatches}</ul>' if swatches else ""
    return f"<figcaption><b>{said.html}</b>{where}{legend}</figcaption>"
