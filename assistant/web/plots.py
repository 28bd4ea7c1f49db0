"""The figures of a plan as bars, in inline SVG: drawn in the colours of the page, each with its words for a reader
who does not see it. What is drawn is what the tables beside it print, nothing is summed."""

from __future__ import annotations

import io
import re
import textwrap
import threading
import warnings
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from assistant.catalogue import Budget, Target, share
from corpus.document import Document, Section
from corpus.tables import shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, LINE = 2.9, 0.195  # inches: of a plot, narrow so that letters stay readable on a phone; of a line of words
PER_PANEL = 10  # things in one plot; more stand in the next
_LONGEST, _LINES = 36, 3  # letters in a line, lines of a name
_KEPT = 256  # plans whose plots are kept
#: Drawn with, then replaced by what the page's style sheet says.
_INK, _QUIET = "#010203", "#070809"
_BARS = tuple(f"#0a0b0{at}" for at in range(1, 7))
_COLOURS = {_INK: "var(--ink)", _QUIET: "var(--line)"} | {at: f"var(--bar-{at[-1]})" for at in _BARS}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. left: what stands before it; parts: its length in pieces, each with the number of its colour from 0;
    words: what is printed of it."""

    left: str
    parts: tuple[tuple[float, int], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one thing, under its name."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing. heading: the heading its things stand under in the plan; legend: what the colours mean, in order."""

    heading: Section | None
    legend: tuple[str, ...]
    svg: str


class Kept:
    """Drawings by plan, made once; one at a time, for the drawing library is not safe in several threads."""

    def __init__(self) -> None:
        self._held: dict[Hashable, tuple[Plot, ...]] = {}
        self._lock = threading.Lock()

    def of(self, key: Hashable, draw: Callable[[], Sequence[Plot]]) -> tuple[Plot, ...]:
        """What was drawn for a key, drawn now where it was not."""
        with self._lock:
            if key not in self._held:
                if len(self._held) >= _KEPT:
                    del self._held[next(iter(self._held))]
                self._held[key] = tuple(draw())
            return self._held[key]


def target_plots(document: Document, targets: Sequence[Target], title: str) -> Iterator[Plot]:
    """The targets in percent of several years, year below year, one plot a heading; none where fewer than two are."""
    by_goal: dict[int, list[tuple[Target, Group, Sequence[int]]]] = {}
    for target in targets:
        for group, years in _rises(document, target):
            by_goal.setdefault(target.goal.id if target.goal else 0, []).append((target, group, years))
    years = tuple(sorted({year for found in by_goal.values() for _, _, each in found for year in each}))
    if sum(map(len, by_goal.values())) < 2 or len(years) > len(_BARS):
        return
    every = [group for found in by_goal.values() for _, group, _ in found]
    for goal, found in by_goal.items():
        for at in range(0, len(found), PER_PANEL):
            part = found[at : at + PER_PANEL]
            groups = [_coloured(group, years) for _, group, _ in part]
            name = f"{document.id}-{goal}-{at}"
            yield Plot(part[0][0].goal, tuple(map(str, years)), drawn(groups, f"t-{name}", title, every))


def _rises(document: Document, target: Target) -> Iterator[tuple[Group, Sequence[int]]]:
    """The clauses of a target whose figures are all shares in percent."""
    for one in target.yearly:
        shares = {year: share(document.shown(span)) for year, span in sorted(one.figures.items())}
        bars = [
            Bar(str(year), ((float(value), 0),), document.shown(one.figures[year]))
            for year, value in shares.items()
            if value is not None
        ]
        if len(bars) == len(shares):
            number = f"{target.number}. " if target.number else ""
            yield Group(number + document.shown(one.name), tuple(bars)), list(shares)


def _coloured(group: Group, years: Sequence[int]) -> Group:
    """The bars in the colours of their years; one that is not set says nothing."""
    colour = {str(year): at for at, year in enumerate(years)}
    bars = tuple(Bar(bar.left, ((bar.parts[0][0], colour[bar.left]),), bar.words) for bar in group.bars)
    return Group(group.name, bars)


def budget_plot(document: Document, section: int, found: Budget, title: str) -> Plot:
    """The printed totals, a bar a year in pieces by source; of a table without years a bar a column."""
    dated = all(bar.isdecimal() for bar in found.bars)
    bars = [(bar, _stacked(found, bar, bar if dated else "")) for bar in found.bars]
    groups = [Group("", tuple(bar for _, bar in bars))] if dated else [Group(name, (bar,)) for name, bar in bars]
    legend = tuple(source for source in found.sources if source)
    return Plot(None, legend if len(legend) > 1 else (), drawn(groups, f"b-{document.id}-{section}", title))


def _stacked(found: Budget, bar: str, left: str) -> Bar:
    held = [(at, found.amounts.get((bar, source))) for at, source in enumerate(found.sources)]
    cells = [(at, cell.value) for at, cell in held if cell is not None]
    return Bar(left, tuple((float(value), at) for at, value in cells), " + ".join(shown(value) for _, value in cells))


def drawn(groups: Sequence[Group], name: str, title: str, beside: Sequence[Group] = ()) -> str:
    """Groups of bars as inline SVG. name: what no other drawing of the page is called; beside: all that is drawn next
    to it, on the same scale."""
    from matplotlib import rc_context

    # Words as words, no formulas in them, ids that no other drawing of the page has.
    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "text.parse_math": False,
        "font.family": "DejaVu Sans",
    }
    with rc_context(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font for measuring lacks is drawn in the reader's own
        return _named(_svg(groups, [*groups, *beside]), name, title, said(groups))


def said(groups: Sequence[Group]) -> str:
    """The drawing in words: every name with its figures."""
    return "; ".join(
        ": ".join(
            part for part in (group.name, ", ".join(f"{bar.left} {bar.words}".strip() for bar in group.bars)) if part
        )
        for group in groups
    )


def _svg(groups: Sequence[Group], measured: Sequence[Group]) -> str:
    from matplotlib.figure import Figure

    names = [textwrap.wrap(group.name, _LONGEST, max_lines=_LINES, placeholder=" …") for group in groups]
    lines = sum(len(name) + 1.1 * len(group.bars) + 0.7 for name, group in zip(names, groups, strict=True)) - 0.7
    figure = Figure(figsize=(WIDTH, LINE * (lines + 0.2)))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, 100)
    axes.set_ylim(lines + 0.1, -0.1)
    _fill(axes, groups, names, [bar for group in measured for bar in group.bars])
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return file.getvalue()


def _fill(axes: Axes, groups: Sequence[Group], names: Sequence[Sequence[str]], every: Sequence[Bar]) -> None:
    """Names and bars from the top down, in a field 100 wide; the longest bar of `every` one leaves room for words."""
    most = max((sum(length for length, _ in bar.parts) for bar in every), default=0) or 1
    first = 17.0 if any(bar.left for bar in every) else 0.5
    room = min(max(len(bar.words) for bar in every) * 2.7 + 4, 45)
    scale = (100 - first - room) / most
    at = 0.0
    for group, name in zip(groups, names, strict=True):
        for line in name:
            axes.text(0.5, at + 0.5, line, color=_INK, fontsize=9.5, va="center")
            at += 1
        for bar in group.bars:
            _bar(axes, bar, at + 0.55, first, scale)
            at += 1.1
        at += 0.7


def _bar(axes: Axes, bar: Bar, middle: float, first: float, scale: float) -> None:
    axes.text(0.5, middle, bar.left, color=_INK, fontsize=9, va="center")
    end = first
    for length, colour in bar.parts:
        axes.barh(middle, length * scale, left=end, height=0.72, color=_BARS[colour], linewidth=0)
        end += length * scale
    axes.plot([first, first], [middle - 0.55, middle + 0.55], color=_QUIET, linewidth=0.8)
    axes.text(end + 2, middle, bar.words, color=_INK, fontsize=9, va="center")


def _named(svg: str, name: str, title: str, description: str) -> str:
    """The drawing as an element of a page: no prolog, no fixed size, no ids but its own, a name and its words."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in used else "", svg)
    for drawn_in, shown_in in _COLOURS.items():
        svg = svg.replace(drawn_in, shown_in)
    own = escape(name)
    words = f'<title id="{own}-title">{escape(title)}</title><desc id="{own}-desc">{escape(description)}</desc>'
    opening = f'<svg role="img" aria-labelledby="{own}-title {own}-desc"'
    return re.sub(r"(<svg[^>]*>)", lambda match: match[1] + words, svg.replace("<svg", opening, 1), count=1)
