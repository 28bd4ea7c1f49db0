"""The plots of a report as inline SVG, drawn in the colours of the page so that they follow light and dark."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from eval.bootstrap import Estimate
from eval.metrics import percentile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Inches; narrow, so that letters stay readable on a phone.
WIDTH, HEIGHT = 4.0, 2.6
BINS = 20
#: Drawn with, then replaced by what the page's style sheet says.
_COLOURS = {"#010203": "currentColor", "#040506": "var(--accent)", "#070809": "var(--quiet)"}
_INK, _ACCENT, _QUIET = _COLOURS


class PlotsMissing(Exception):
    """matplotlib is not installed."""

    def __init__(self) -> None:
        command = 'pip install "matplotlib>=3.11"'
        super().__init__(
            f"Chưa cài matplotlib để vẽ. Hãy chạy: {command}\nmatplotlib, which draws, is not installed. Run: {command}"
        )


def check_plots() -> None:
    """Raises PlotsMissing where nothing can be drawn."""
    if find_spec("matplotlib") is None:
        raise PlotsMissing


def intervals(shares: Mapping[str, Estimate]) -> str:
    """Shares from 0 to 1 with their intervals, one row each, the first on top."""
    figure, axes = _canvas(height=0.55 + 0.24 * len(shares))
    for row, one in enumerate(reversed(list(shares.values()))):
        axes.plot([one.low, one.high], [row, row], color=_QUIET, linewidth=5, solid_capstyle="round")
        axes.plot([one.value], [row], "o", color=_ACCENT, markersize=5)
    axes.set_yticks(range(len(shares)), list(shares)[::-1])
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.7, len(shares) - 0.3)
    axes.grid(axis="x", color=_QUIET, linewidth=0.5)
    return _svg(figure, "intervals")


def distribution(values: Sequence[float], xlabel: str, name: str) -> str:
    """How often values lie where, their median marked; the few above the 98th percentile are drawn in the last bar."""
    figure, axes = _canvas()
    if values:
        last = max(percentile(values, 98), 1e-9)
        axes.hist([min(value, last) for value in values], bins=BINS, range=(0, last), color=_ACCENT)
        axes.axvline(percentile(values, 50), color=_INK, linewidth=1.2, linestyle="--")
    axes.set_xlabel(xlabel)
    axes.set_ylabel("số câu / cases")
    return _svg(figure, name)


def _canvas(height: float = HEIGHT) -> tuple[Figure, Axes]:
    """An empty plot in the colours of the page."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.add_subplot(facecolor="none")
    axes.tick_params(colors=_INK, labelsize=9)
    axes.xaxis.label.set(color=_INK, fontsize=9)
    axes.yaxis.label.set(color=_INK, fontsize=9)
    for side, spine in axes.spines.items():
        spine.set(color=_QUIET, visible=side in {"left", "bottom"})
    return figure, axes


def _svg(figure: Figure, name: str) -> str:
    """The drawing as an element of a page: no prolog, no fixed size, ids of its own, words as words."""
    from matplotlib import rc_context

    drawn = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", drawn.getvalue()[drawn.getvalue().index("<svg") :], count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    for drawn_in, shown in _COLOURS.items():
        svg = svg.replace(drawn_in, shown)
    return svg
