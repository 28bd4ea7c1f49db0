"""What the head of every page offers besides the numbers: a quick way out, the other language, the list of keys."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path

from assistant.web.strings import phrase
from corpus.vocabulary import child_line, read_toml

#: Key as printed on it, and the string that says what it does.
_KEYS = (
    (("/",), "key_question"),
    (("Enter",), "key_send"),
    (("←", "→"), "key_walk"),
    (("Esc",), "key_back"),
    (("Esc", "Esc", "Esc"), "key_leave"),
    (("?",), "key_help"),
)
#: Names that Gradio writes in English only, by what access.js calls them.
_NAMES = {"log": "chat", "user": "question", "bot": "answer", "remove": "remove", "clear": "remove_all"}


@cache
def leave_address() -> str:
    """The neutral page that a quick exit leads to."""
    return str(read_toml(Path(__file__).with_name("leave.toml"))["leave"]["address"])


def tools_html() -> str:
    """First in the header. The way out is a plain link; what needs a script is hidden until one shows it."""
    names = escape(json.dumps({key: phrase(row).both for key, row in _NAMES.items()}, ensure_ascii=False))
    return (
        f'<div class="tools" data-names="{names}">'
        f'<a id="leave" href="{escape(leave_address())}" rel="noopener noreferrer">{phrase("leave").html}</a>'
        '<button type="button" id="language" hidden><span lang="en">English</span><span lang="vi">Tiếng Việt</span>'
        "</button>"
        '<button type="button" id="keys" aria-haspopup="dialog" hidden><span aria-hidden="true">?</span>'
        f'<span class="visually-hidden">{phrase("keys").html}</span></button></div>'
    )


def dialogs_html() -> str:
    """Last in the header: the list of keys, the line that says what is waited for, and the number to call once more,
    for where the header scrolls away."""
    rows = "".join(
        f"<div><dt>{' '.join(f'<kbd>{key}</kbd>' for key in keys)}</dt><dd>{phrase(row).html}</dd></div>"
        for keys, row in _KEYS
    )
    lines = "".join(
        f'<template data-waiting="{kind}">{phrase(f"waiting_{kind}", number=child_line().number).html}</template>'
        for kind in ("answer", "source", "late", "lost")
    )
    return (
        f'<dialog id="keys-help" aria-labelledby="keys-title"><h2 id="keys-title">{phrase("keys").html}</h2>'
        f'<dl>{rows}</dl><label><input type="checkbox" id="one-key" checked> <span>{phrase("one_key").html}</span>'
        f'</label><button type="button" id="keys-close">{phrase("close").html}</button></dialog>'
        f'<p id="waiting" role="status"></p>{lines}<a class="call" href="tel:{child_line().number}">'
        f'<span class="visually-hidden">{phrase("call").html} </span>{child_line().number}</a>'
    )


def visit_html() -> str:
    """The questions of this visit, filled in by visit.js from the conversation that is on the page."""
    return f'<details id="visit" hidden><summary>{phrase("visit").html} <b></b></summary><ol></ol></details>'
