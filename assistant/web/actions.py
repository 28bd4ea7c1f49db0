"""What one does with an answer: the data that its buttons need, and the buttons, which a script puts below it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from html import escape

from assistant.answer import Answer
from assistant.filters import Filters
from assistant.question import TURNS, Turn
from assistant.web.csv_file import csv_rows
from assistant.web.feedback import COMMENT_LIMIT, feedback_file
from assistant.web.origin import facts_line
from assistant.web.strings import phrase
from corpus.document import Document
from corpus.vocabulary import child_line

_ICONS = {
    "good": "M2 10h4v11H2zm6 0 4-8c1.7 0 2.5 1 2.5 2.5L14 8h6a2 2 0 0 1 2 2.3l-1.3 9A2 2 0 0 1 18.7 21H8z",
    "bad": "M2 3h4v11H2zm6 11 4 8c1.7 0 2.5-1 2.5-2.5L14 16h6a2 2 0 0 0 2-2.3l-1.3-9A2 2 0 0 0 18.7 3H8z",
}


def handle(
    answer: Answer,
    history: Sequence[Turn],
    filters: Filters,
    documents: Mapping[str, Document],
) -> str:
    """The end of an answer's Markdown by which it can be asked for again: the question, what came before, the filters.

    "" for who tells of harm: such an answer has no buttons. Gradio's sanitiser keeps a `title`; in base64 nothing of
    what a visitor wrote can become markup, and no program shows it as a text.
    """
    if answer.is_private:
        return ""
    asked = [turn for turn in history if turn.role == "user"][-(TURNS + 1) :]
    data = {
        "question": answer.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in asked],
        "provinces": list(filters.provinces),
        "years": list(filters.years),
        "agencies": list(filters.agencies),
        "csv": bool(csv_rows(answer, documents)),
        "plans": {
            one.doc: [" ".join(one.title.split()), facts_line(documents[one.doc])]
            for one in answer.citations
            if one.doc in documents
        },
    }
    packed = urlsafe_b64encode(json.dumps(data, ensure_ascii=True).encode("ascii")).decode("ascii")
    return f'\n\n<span class="asked" title="{packed}"></span>\n'


def actions_html() -> str:
    """The buttons, once, in a `<template>`: without a script nothing of them is seen. Thumbs only where feedback is
    taken (`feedback_file`)."""
    kept = feedback_file() is not None
    words = {name: phrase(name).both for name in ("copied", "copy_failed", "downloaded", "download_failed")}
    words |= {"consent": phrase("feedback_no_consent").both, "failed": phrase("feedback_failed").both}
    words |= {"sources": phrase("sources").vi, "asked": phrase("question").vi, "made": phrase("file_made").both}
    words |= {"cite": phrase("cite", n="{n}", where="").vi, "help": phrase("file_help", number=child_line().number).vi}
    said = "".join(f' data-{name.replace("_", "-")}="{escape(text)}"' for name, text in words.items())
    buttons = "".join(_button(name) for name in ("copy", "docx", "csv", "print"))
    thumbs = "".join(_thumb(name) for name in ("good", "bad")) if kept else ""
    return (
        f'<template id="actions"{said}><div class="actions" role="group" aria-label="{phrase("actions").both}" '
        f'aria-live="off">{buttons}{thumbs}{_form() if kept else ""}<span class="said" role="status"></span>'
        "</div></template>"
    )


def _button(name: str) -> str:
    """A button that says what it does in full to who hears or points at it, and in short to who sees it."""
    long, short = phrase(name), {"docx": "DOCX", "csv": "CSV"}.get(name)
    shown = escape(short) if short else long.html
    label = f' aria-label="{escape(long.both)}" title="{escape(long.both)}"' if short else ""
    return f'<button type="button" data-do="{name}"{label}>{shown}</button>'


def _thumb(name: str) -> str:
    label = escape(phrase(name).both)
    icon = f'<svg aria-hidden="true" viewBox="0 0 24 24" width="18" height="18"><path d="{_ICONS[name]}"/></svg>'
    return (
        f'<button type="button" data-do="{name}" class="thumb" aria-label="{label}" title="{label}" '
        f'aria-expanded="false">{icon}</button>'
    )


def _form() -> str:
    return (
        '<form class="feedback" hidden novalidate>'
        f'<label>{phrase("comment", limit=COMMENT_LIMIT).html}<textarea name="comment" rows="2" '
        f'maxlength="{COMMENT_LIMIT}"></textarea></label>'
        f'<label class="consent"><input type="checkbox" name="consent"><span>{phrase("consent").html}</span></label>'
        f'<p class="why">{phrase("consent_more").html}</p>'
        f'<p class="send"><button type="submit">{phrase("send_feedback").html}</button>'
        f'<button type="button" data-do="cancel">{phrase("cancel").html}</button></p></form>'
    )
