"""The report as one page that stands alone: tables, plots, and how each failed answer came about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from assistant.answer import Citation
from assistant.evidence import Evidence
from assistant.plans import label_of
from assistant.question import Question
from assistant.steps import Trail
from eval.answers import Report, Result, measured
from eval.lines import Unreadable
from eval.metrics import MEASURES
from eval.plots import distribution, intervals
from eval.report import COLUMNS, RULE, estimate_cells, group_cells, groups, kind_label, number, wrong_with

STYLE = Path(__file__).with_name("page.css")
#: Pieces of evidence shown of a failed case, and characters of each.
PIECES, BEGINNING = 5, 300
SPEAKERS = {"user": "hỏi / user", "assistant": "đáp / assistant"}

#: How one failed case came to its answer.
Trails = Callable[[Result], Trail]


def page(reports: Sequence[Report], trails: Trails) -> str:
    """The whole page; of a file that is kept aside only figures."""
    title = "Kết quả đo / Evaluation"
    sections = "\n".join(part for report in reports for part in _section(report, trails))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<main>
<h1>{both(title)}</h1>
{sections}
</main>
</body>
</html>
"""


def check_place(path: Path) -> None:
    """Raises Unreadable where a file cannot be written: before hundreds of questions are asked, not after."""
    if path.is_dir():
        raise Unreadable(path, "đó là thư mục", "it is a folder")
    if not path.parent.is_dir():
        raise Unreadable(path, f"không có thư mục {path.parent}", f"there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise Unreadable(path, f"không ghi được vào {path.parent}", f"{path.parent} is not writable")


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises Unreadable."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise Unreadable(path, f"không ghi được ({error.strerror})", f"not writable ({error.strerror})") from error
    finally:
        unfinished.unlink(missing_ok=True)


def both(text: str) -> str:
    """Escaped words, what is behind the first " / " marked as English.

    >>> both("đúng / right")
    'đúng <span lang="en">/ right</span>'
    """
    vi, slash, en = text.partition(" / ")
    return f'{escape(vi)} <span lang="en">/ {escape(en)}</span>' if slash else escape(text)


def _section(report: Report, trails: Trails) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(report.name)} <small>{len(report.results)} {both('câu / cases')}</small></h2>"
    rows = [[MEASURES[name].label, *estimate_cells(one)] for name, one in measured(report.outcomes).items()]
    yield _table(["số đo / measure", "giá trị / value", "95 %", "n"], rows)
    yield from _plots(report)
    rows = [[label, *group_cells(outcomes)] for label, outcomes in groups(report).items()]
    yield _table(["loại / kind", "n", "đúng / right", "95 %", *COLUMNS.values()], rows)
    if report.kept:
        yield f"<p>{both(RULE)}</p>"
    else:
        yield f"<h3>{len(report.failures)} {both('câu chưa đạt / cases that failed')}</h3>"
        yield from (_failure(one, trails(one)) for one in report.failures)
    yield "</section>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that scrolls by itself where the screen is narrow; the first cell of a row names it."""
    top = "".join(f'<th scope="col">{both(cell)}</th>' for cell in head)
    body = "\n".join(
        f'<tr><th scope="row">{both(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    inside = f"<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    return f'<div class="wide" tabindex="0"><table>\n{inside}</table></div>'


def _plots(report: Report) -> Iterator[str]:
    shares = {kind_label(name): measured(held)["right"] for name, held in report.by(lambda one: one.category).items()}
    lengths = [one.length for one in report.outcomes if one.length is not None]
    drawn = {
        "đúng theo loại, khoảng 95 % / right by kind, 95 % interval": intervals(shares),
        "độ dài so với nguồn / length ratio": distribution(lengths, "lần / times", "length"),
        "thời gian trả lời / latency": distribution([one.ms for one in report.outcomes], "ms", "latency"),
    }
    yield '<div class="plots">'
    for caption, svg in drawn.items():
        yield f"<figure>{svg}<figcaption>{both(caption)}</figcaption></figure>"
    yield "</div>"


def _failure(one: Result, trail: Trail) -> str:
    """One case that opens: the question, what is wrong, the answer, its citations, and the way it came about."""
    said = {
        "trước đó / before": _list(
            f"{SPEAKERS.get(turn.role, turn.role)}: {turn.content}" for turn in one.case.history
        ),
        "sai ở đâu / what is wrong": _list(wrong_with(one)),
        "trả lời / answer": f"<pre>{escape(one.answer.text)}</pre>",
        "trích dẫn / citations": _list(map(_cited, one.answer.citations)),
        "hiểu là / understood": _list(understood(trail)),
        "bằng chứng / evidence": _list(piece(one) for one in trail.task.evidence[:PIECES]),
    }
    parts = "\n".join(f"<dt>{both(name)}</dt><dd>{words}</dd>" for name, words in said.items() if words)
    summary = f"<code>{escape(one.case.id)}</code> {escape(one.case.question)}"
    return f"<details><summary>{summary}</summary>\n<dl>\n{parts}\n</dl></details>"


def _list(lines: Iterator[str] | map[str]) -> str:
    """Lines as a list, "" where there are none."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _cited(one: Citation) -> str:
    return f"[{one.n}] {one.doc} {one.start}–{one.end}, {one.section}: {_beginning(one.quote)}"


def understood(trail: Trail) -> Iterator[str]:
    """What was read off a question, a line for each thing that was, the plans in scope, and who composed the answer."""
    question, scope = trail.understood.question, trail.understood.scope
    yield from (f"{name}: {', '.join(found)}" for name, found in _slots(question).items() if found)
    yield f"kế hoạch / plans: {', '.join(map(label_of, scope.documents)) or '–'}"
    yield f"soạn bởi / composed by: {trail.composer or '–'}"


def _slots(question: Question) -> dict[str, list[str]]:
    leaning = question.context
    return {
        "đọc là / read as": [question.text] if question.text != question.asked else [],
        "tỉnh / provinces": [one.name for one in question.provinces],
        "năm / years": list(map(str, question.years)),
        "cơ quan / agencies": [one.name for one in question.agencies],
        "hỏi gì / kinds": sorted(question.kinds),
        "cần số gì / values": sorted(question.values),
        "từ chuyên môn / terms": [one.plan[0] for one in question.terms],
        "từ nội dung / content words": list(question.content),
        "dựa vào câu / leans on": [leaning.asked] if leaning else [],
    }


def piece(one: Evidence) -> str:
    """A piece of evidence: how much of the question it holds, how relevant it is, where it stands, how it begins."""
    text = _beginning(one.document.shown(one.document.words(one.section)))
    where = f"{label_of(one.document)}, {one.document.path(one.section)}"
    return f"độ phủ / coverage {number(one.coverage)}, độ hợp / relevance {number(one.relevance)} – {where}: {text}"


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= BEGINNING else f"{plain[:BEGINNING]}…"
