"""Lines drawn on a page -> the cells they make -> rows of a table, of a PDF's drawings and of a picture's alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median_high, median_low

from corpus.readers.paged.gathering import joined_text, lines_of
from corpus.readers.paged.prints import Grid, Line, Rule, Turned, Word
from corpus.vocabulary import layout
from corpus.words import begins

_TOUCH = 3.5  # points within which two lines meet
_SAME = 2.5  # points within which two lines are one
_MOST_RULES = 4000  # of a page: what has more is a drawing
_CUT = 9.0  # points that upright lines reach beyond the level ones where a page cut a row
_COVERED = 0.8  # of a cell's side that must be drawn
_ROW_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,4})[.)]?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, over as many rows and columns as are merged in it; rows and columns are counted from 0."""

    row: int
    rows: int
    column: int
    columns: int
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Mesh:
    """What a set of touching lines encloses: upright and level edges, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells by rows, what no line parts being one cell."""
        first = self._merged()
        spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for place, root in first.items():
            spans.setdefault(root, []).append(place)
        return tuple(self._cell(places) for _, places in sorted(spans.items()))

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def _cell(self, places: Sequence[tuple[int, int]]) -> Cell:
        rows, columns = [row for row, _ in places], [column for _, column in places]
        row, column, last, end = min(rows), min(columns), max(rows) + 1, max(columns) + 1
        return Cell(row, last - row, column, end - column, self.xs[column], self.xs[end], self.ys[row], self.ys[last])

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each place of the mesh to the first place of the cell it is part of."""
        root = {(row, column): (row, column) for row in range(len(self.ys) - 1) for column in range(len(self.xs) - 1)}

        def find(place: tuple[int, int]) -> tuple[int, int]:
            while root[place] != place:
                place = root[place]
            return place

        for row, column in list(root):
            if column and not self._drawn(True, self.xs[column], self.ys[row], self.ys[row + 1]):
                _unite(root, find((row, column - 1)), find((row, column)))
            if row and not self._drawn(False, self.ys[row], self.xs[column], self.xs[column + 1]):
                _unite(root, find((row - 1, column)), find((row, column)))
        return {place: find(place) for place in root}

    def _drawn(self, upright: bool, at: float, start: float, end: float) -> bool:
        near = [rule for rule in self.rules if rule.upright == upright and abs(rule.at - at) <= _TOUCH]
        covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
        return covered >= _COVERED * (end - start)


def _unite(root: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    root[max(one, other)] = min(one, other)


def meshes_of(rules: Iterable[Rule]) -> list[Mesh]:
    """The meshes that lines on a page make, those of more than one cell, from top to bottom."""
    whole = _joined(rules)
    if len(whole) > _MOST_RULES:
        return []
    meshes = [mesh for group in _touching(whole) if (mesh := _mesh(group)) is not None]
    return sorted(meshes, key=lambda mesh: mesh.ys[0])


def grids_of(
    page: int, meshes: Iterable[Mesh], words: Sequence[Word], turned: Sequence[Turned] = ()
) -> tuple[list[Grid], list[Word]]:
    """The tables among the meshes with the words in them, and the words that stand outside of every table.

    turned: lines of the page at a quarter turn; those in cells are read with them.
    """
    grids, outside = [], list(words)
    for mesh in meshes:
        inside = [word for word in outside if mesh.holds((word.x0 + word.x1) / 2, word.base - 0.3 * word.size)]
        if (grid := _grid(page, mesh, [*inside, *_upright(mesh, turned)])) is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            outside = [word for word in outside if id(word) not in taken]
    return grids, outside


def _upright(mesh: Mesh, turned: Sequence[Turned]) -> Iterator[Word]:
    """The turned lines in each cell, as if they stood side by side in the middle of it in the order they are read."""
    for cell in mesh.cells:
        lines = [line for line in turned if cell.x0 <= line.x < cell.x1 and cell.top <= line.y < cell.bottom]
        for at, line in enumerate(sorted(lines, key=lambda line: line.order), 1):
            x, size = cell.x0 + (cell.x1 - cell.x0) * at / (len(lines) + 1), lines[0].size
            yield Word(x, x, (cell.top + cell.bottom) / 2 + 0.3 * size, line.text, size)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that lie on one another or end where the next begins, made one."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.upright, rule.at, rule.start)):
        for at in range(len(whole) - 1, -1, -1):
            one = whole[at]
            if one.upright != rule.upright or rule.at - one.at > _SAME:
                whole.append(rule)
                break
            if rule.start <= one.end + _SAME and one.start <= rule.end + _SAME:
                whole[at] = replace(one, start=min(one.start, rule.start), end=max(one.end, rule.end))
                break
        else:
            whole.append(rule)
    return whole


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines in sets that hang together."""
    levels = [rule for rule in rules if not rule.upright]
    groups: list[list[Rule]] = []
    for upright in (rule for rule in rules if rule.upright):
        meets = [level for level in levels if _meet(upright, level)]
        if len(meets) < 2:
            continue
        mine = [upright, *meets]
        others = []
        for group in groups:
            if any(rule is one for rule in group for one in mine):
                mine.extend(rule for rule in group if all(rule is not one for one in mine))
            else:
                others.append(group)
        groups = [*others, mine]
    return groups


def _meet(upright: Rule, level: Rule) -> bool:
    return (
        level.start - _TOUCH <= upright.at <= level.end + _TOUCH
        and upright.start - _TOUCH <= level.at <= upright.end + _TOUCH
    )


def _mesh(group: Sequence[Rule]) -> Mesh | None:
    """The mesh of a set of lines; a side that is left open is closed where the lines across it end.

    Above and below, that is where a page cut a row: its words would else stand outside of the table.
    """
    uprights, levels = ([rule for rule in group if rule.upright == upright] for upright in (True, False))
    rules = list(group)
    xs, ys = _edges(uprights), _edges(levels)
    for at in (median_low(rule.start for rule in uprights), median_high(rule.end for rule in uprights)):
        if at < ys[0] - _CUT or at > ys[-1] + _CUT:
            rules.append(Rule(False, at, xs[0], xs[-1]))
            ys = sorted([*ys, at])
    for at in (min(rule.start for rule in levels), max(rule.end for rule in levels)):
        if all(abs(at - x) > 4 * _TOUCH for x in xs):
            rules.append(Rule(True, at, ys[0], ys[-1]))
            xs = sorted([*xs, at])
    return Mesh(tuple(xs), tuple(ys), tuple(rules)) if len(xs) > 2 or len(ys) > 2 else None


def _edges(rules: Iterable[Rule]) -> list[float]:
    edges: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not edges or at - edges[-1] > _TOUCH:
            edges.append(at)
    return edges


def _grid(page: int, mesh: Mesh, words: Sequence[Word]) -> Grid | None:
    """The table of a mesh; None for a frame around some lines, and for a letterhead set in a box."""
    held = [(cell, _within(cell, words)) for cell in mesh.cells]
    filled = [cell for cell, inside in held if inside]
    rows, columns = len({cell.row for cell in filled}), len({cell.column for cell in filled})
    if columns < 2 or (rows < 2 and columns < 3) or len(filled) < 3 or _is_letterhead(words):
        return None
    header = max((cell.rows for cell in mesh.cells if cell.row == 0 and cell.columns < len(mesh.xs) - 1), default=0)
    header = header if header < len(mesh.ys) - 1 else 0
    texts = list(_rows(mesh, held, header))
    return Grid(page, mesh.xs[0], mesh.xs[-1], mesh.ys[0], mesh.ys[-1], tuple(texts), header)


def _is_letterhead(words: Sequence[Word]) -> bool:
    return any(begins(line.text, layout().motto) for line in lines_of(words))


def _within(cell: Cell, words: Iterable[Word]) -> list[Word]:
    return [
        word
        for word in words
        if cell.x0 <= (word.x0 + word.x1) / 2 < cell.x1 and cell.top <= word.base - 0.3 * word.size < cell.bottom
    ]


def _rows(mesh: Mesh, held: Sequence[tuple[Cell, list[Word]]], header: int) -> Iterator[tuple[str, ...]]:
    """The rows as text: what is merged across stands once; words merged down the body stand in every row."""
    for row in range(len(mesh.ys) - 1):
        cells = [(cell, inside) for cell, inside in held if cell.row <= row < cell.row + cell.rows]
        whole = [(cell, inside) for cell, inside in cells if cell.row == row or row > header]
        for top, bottom in _numbered(mesh, row, cells):
            texts = [""] * (len(mesh.xs) - 1)
            for cell, inside in whole:
                part = inside if cell.rows > 1 else [word for word in inside if top <= word.base <= bottom]
                text = _cell_text(lines_of(part))
                if cell.row == row or (row >= header and _says(text)):
                    texts[cell.column] = text
            if any(texts):
                yield tuple(texts)


def _says(text: str) -> bool:
    """Whether a cell holds words that are true of every row it is merged over, rather than a number."""
    return sum(map(str.isalpha, text)) > 3


def _numbered(mesh: Mesh, row: int, cells: Sequence[tuple[Cell, list[Word]]]) -> Iterator[tuple[float, float]]:
    """The stretches of a row between no lines that its numbers in the first column make; the whole row without."""
    first = next((inside for cell, inside in cells if cell.column == 0 and cell.rows == 1), [])
    numbers = lines_of(first)
    edges = [mesh.ys[row], mesh.ys[row + 1]]
    if len(numbers) > 1 and all(_ROW_NUMBER.fullmatch(line.text) for line in numbers):
        edges[1:1] = [line.base - line.size for line in numbers[1:]]
    yield from pairwise(edges)


def _cell_text(lines: Sequence[Line]) -> str:
    """The words of a cell in one line."""
    return joined_text([line.text.replace("|", "/").replace("\t", " ") for line in lines])
