"""What stands on every page whatever else works: who to call, that this is a machine, the frame around the rest."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from datetime import date
from html import escape
from urllib.parse import quote

from assistant.plans import Plans, period_of, province_of
from assistant.web.actions import actions_html
from assistant.web.frame import dialogs_html, tools_html
from assistant.web.later import badge_html
from assistant.web.own_lines import OWN_LINES
from assistant.web.source import number_of
from assistant.web.strings import Phrase, has_phrase, phrase
from corpus.document import Document
from corpus.vocabulary import Hotline, child_line, hotlines

#: What every page loads, in this order.
_STYLES = (
    "base.css",
    "chat.css",
    "source.css",
    "busy.css",
    "api.css",
    "actions.css",
    "frame.css",
    "catalogue.css",
    "print.css",
)
_SCRIPTS = (
    "leave.js",
    "language.js",
    "sources.js",
    "busy.js",
    "actions.js",
    "access.js",
    "keys.js",
    "visit.js",
    "waiting.js",
)
_HEAD = "".join(
    (
        *(f'<link rel="stylesheet" href="/web/{name}">' for name in _STYLES),
        '<link rel="icon" type="image/svg+xml" href="/web/icon.svg">',
        *(f'<script src="/web/{name}" defer></script>' for name in _SCRIPTS),
    )
)
#: Plans listed beside the chat, those of the latest years; the catalogue has all.
_MOST_LISTED = 60
_SOCIAL = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*', re.DOTALL)
_PHONE = (
    '<svg aria-hidden="true" viewBox="0 0 24 24" width="20" height="20"><path fill="currentColor" d="M6.6 10.8a15 15 0 '
    "0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 "
    '0 1 1-1h3.5a1 1 0 0 1 1 1 11.4 11.4 0 0 0 .57 3.6 1 1 0 0 1-.25 1z"/></svg>'
)


def header_html() -> str:
    """Name of the site, the numbers to call, and that this is a machine. Needs no script."""
    child = child_line()
    danger = "".join(_number_html(line) for line in hotlines() if line != child)
    return (
        f'<header id="top">{tools_html()}<div class="bar">'
        f'<a class="brand" href="/">{phrase("site").html}</a>'
        f'<a class="to-catalogue" href="/plans">{phrase("cat_name").html}</a>'
        f'<nav class="help" aria-label="{phrase("help_lines").both}">'
        f"{_child_html(child)}"
        f'<div class="danger"><span class="when">{phrase("danger").html}</span>{danger}{OWN_LINES.get()}</div>'
        f'</nav></div><p class="machine" role="note">{phrase("machine").html}</p>{dialogs_html()}</header>'
    )


def _child_html(line: Hotline) -> str:
    return (
        f'<a class="hotline" href="tel:{escape(line.number)}">{_PHONE}<b>{escape(line.number)}</b>'
        f'<span class="what">{_name(line).html}</span></a>'
    )


def _number_html(line: Hotline) -> str:
    return f'<a href="tel:{escape(line.number)}"><b>{escape(line.number)}</b> {_name(line).html}</a>'


def _name(line: Hotline) -> Phrase:
    return Phrase(line.name_vi, line.name_en)


def plans_html(plans: Plans) -> str:
    """What is held, by province: each plan a link to its text."""
    documents = plans.documents
    latest = heapq.nsmallest(_MOST_LISTED, documents.values(), key=lambda one: -(one.metadata.period or (0, 0))[1])
    ordered = sorted(latest, key=lambda document: (province_of(document), period_of(document)))
    items = "".join(_plan_html(plans, document) for document in ordered)
    if len(ordered) < len(documents):
        items += f'<li><a href="/plans">{phrase("plans_all", count=len(documents)).html}</a></li>'
    return (
        f'<section id="plans" aria-labelledby="plans-title"><h2 id="plans-title">'
        f"{phrase('plans', count=len(documents)).html}</h2>"
        f'<p class="more">{phrase("plans_more").html}</p><ul>{items}</ul></section>'
    )


def _plan_html(plans: Plans, document: Document) -> str:
    facts = " · ".join(part for part in (period_of(document), number_of(document)) if part)
    over = badge_html(plans, document, date.today().year, linked=False)
    return (
        f'<li><a class="plan" href="/source/{quote(document.id, safe="")}" lang="vi"><span class="kicker">'
        f'<span class="badge">{escape(province_of(document))}</span><span>{escape(facts)}</span>{over}</span>'
        f'<span class="plan-title">{escape(document.title)}</span></a></li>'
    )


def page_html(title: str, body: str) -> str:
    """A page of our own that needs no script: a source, an error."""
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{_HEAD}</head>'
        f'<body class="plain">{header_html()}<main><p class="back"><a href="/">‹ {phrase("back_chat").html}</a></p>'
        f"{body}</main></body></html>"
    )


def error_html(messages: Iterable[str]) -> str:
    """A page that says what went wrong, with the numbers to call still on top."""
    text = "".join(f"<p>{escape(message)}</p>" for message in messages)
    return page_html(phrase("site").vi, f'<div class="error" role="alert">{text}</div>')


def refusal_html(status: int) -> str:
    """The error page for a status of which there is nothing more to say."""
    said = f"refused_{status}"
    return error_html([phrase(said if has_phrase(said) else "refused_500").both])


def chat_page(html: str, plans: str) -> str:
    """Gradio's page made ours: Vietnamese, the header before any script, no card that points outside."""
    html = re.sub(r'<html\s+lang="en"', '<html lang="vi"', html, count=1)
    html = _SOCIAL.sub("", html)
    html = re.sub(r'<base href="\./"\s*/?>', "", html, count=1)  # says what is so anyway; the policy refuses it
    html = html.replace("</head>", f"<title>{escape(phrase('site').vi)}</title>{_HEAD}</head>", 1)
    without_script = f'<noscript><main class="plain"><p>{phrase("noscript").html}</p>{plans}</main></noscript>'
    return re.sub(
        r"(<body[^>]*>)", lambda body: body.group(1) + header_html() + without_script + actions_html(), html, count=1
    )
