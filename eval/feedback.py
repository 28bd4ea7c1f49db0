"""Feedback of visitors as drafts of cases, which a person reviews before they count."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.web.feedback import Entry, entries
from corpus.words import is_accented, is_english
from eval.lines import Unreadable

_SHORT = 60  # characters of a question or comment in the table


def read(path: Path) -> Sequence[Entry]:
    """The entries of a file that `app.py --feedback` wrote, oldest first. Raises Unreadable."""
    try:
        return entries(path)
    except FileNotFoundError as error:
        raise Unreadable(path, "không có tệp này", "there is no such file") from error
    except (OSError, sqlite3.Error, ValueError) as error:
        raise Unreadable(path, "không phải tệp góp ý, hoặc đang bị khóa", "no file of feedback, or locked") from error


def write_drafts(found: Sequence[Entry], path: Path) -> None:
    """One draft a line. Raises Unreadable where the file exists: reviewed drafts are somebody's work."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(draft(one), ensure_ascii=False)}\n" for one in found)
    except FileExistsError as error:
        raise Unreadable(path, "đã có tệp này; chọn tên khác", "it exists; choose another name") from error
    except OSError as error:
        raise Unreadable(path, f"không ghi được ({error.strerror})", f"not writable ({error.strerror})") from error


def draft(entry: Entry) -> dict[str, Any]:
    """A case as far as the feedback tells it, to be reviewed: of a good answer its quotes are the nuggets.

    `review` is true: `load_cases` refuses the line until somebody has judged it and taken the field away. A category
    that cannot be told is "".
    """
    asked, answer = entry.asked, entry.answer
    answerable = not (entry.good and answer["abstained"])
    cited = answer["citations"] if entry.good and answerable else []
    nuggets = {(one["doc"], one["quote"]): {"text": one["quote"], "doc": one["doc"]} for one in cited}
    language = _language(asked["question"])
    return {
        "id": f"feedback-{entry.id}",
        "review": True,
        "question": asked["question"],
        "category": _category(asked, language, answerable),
        "lang": language,
        "history": asked["history"],
        "docs": list(dict.fromkeys(one["doc"] for one in cited)),
        "nuggets": list(nuggets.values()),
        "forbid": [],
        "answerable": answerable,
        "note": _note(entry),
    }


def feedback_text(found: Sequence[Entry]) -> Iterator[str]:
    """The entries as a table, a line each."""
    yield "| id | UTC | 👍/👎 | câu hỏi / question | góp ý / comment | nguồn / sources |"
    yield "|---|---|---|---|---|---|"
    for one in found:
        docs = ", ".join(dict.fromkeys(citation["doc"] for citation in one.answer["citations"]))
        cells = (
            one.at[:16],
            "👍" if one.good else "👎",
            _short(one.asked["question"]),
            _short(one.comment),
            docs or "–",
        )
        yield f"| feedback-{one.id} | {' | '.join(cells)} |"


def _language(question: str) -> str:
    if is_accented(question):
        return "vi"
    return "en" if is_english(question) else "vi-nodiac"


def _category(asked: dict[str, Any], language: str, answerable: bool) -> str:
    if not answerable:
        return "unanswerable"
    if asked["history"]:
        return "follow-up"
    return {"en": "english", "vi-nodiac": "nodiac"}.get(language, "")


def _note(entry: Entry) -> str:
    """What a reviewer has to know: vote, comment, filters, and what was answered."""
    filters = ", ".join(map(str, [*entry.asked["provinces"], *entry.asked["years"], *entry.asked["agencies"]]))
    said = [
        f"{'good' if entry.good else 'bad'} {entry.at}",
        f"comment: {entry.comment}" if entry.comment else "",
        f"filters: {filters}" if filters else "",
        f"answered: {entry.answer['answer']}",
    ]
    return "\n".join(filter(None, said))


def _short(text: str) -> str:
    """One line of a table, whatever was typed."""
    line = " ".join(text.split()).replace("|", "¦")
    line = "".join(char if char.isprintable() else "·" for char in line)
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
