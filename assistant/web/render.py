"""An answer as the chat shows it. Text of the plans and of visitors never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from assistant.answer import Answer, Citation
from assistant.web.strings import phrase
from corpus.vocabulary import hotlines

#: A character taken out of Markdown by a backslash; a mark of a citation; what HTML or a link would start with.
_SPECIAL = re.compile(r"\\([!-/:-@\[-`{-~])|\[(\d{1,4})\]|[\[\]<&]")
_SCREEN = 40  # lines
_CITED = '<a class="cite"'
_MARKUP = re.compile(r"[\\`*_\[\]<>&#+\-.:!|~@$=]")


def source_address(doc: str, start: int, end: int) -> str:
    """Where a passage can be read in its document, as a path of this site."""
    return f"/source/{quote(doc, safe='')}?start={start}&end={end}#passage"


def plan_address(doc: str, part: str = "") -> str:
    """Where a plan is laid out, as a path of this site; `part` is one of its parts."""
    return f"/plans/{quote(doc, safe='')}" + (f"#{part}" if part else "")


def answer_markdown(answer: Answer) -> str:
    """The answer's Markdown with its [n] turned into links and everything else that could be HTML made inert."""
    cited = {citation.n: citation for citation in answer.citations}

    def harmless(match: re.Match[str]) -> str:
        escaped, number = match.groups()
        if number and int(number) in cited:
            return _link(cited[int(number)])
        return _referred(escaped or match.group())

    return _called(_SPECIAL.sub(harmless, answer.text), answer.emergency)


def _referred(text: str) -> str:
    """Every character that could be markup as its character reference, which Markdown and HTML leave alone."""
    return "".join(char if char.isalnum() else f"&#{ord(char)};" for char in text)


def _called(markdown: str, emergency: bool) -> str:
    """National numbers in bold as links that call; where help is needed also within bold words: "Gọi ngay 111".

    A line with a source is the plan's: a bold 113 there may count children.
    """
    numbers = "|".join(re.escape(line.number) for line in hotlines())
    around = r"[^*\n]*?" if emergency else ""
    bold = re.compile(rf"\*\*({around}\b({numbers})\b{around})\*\*")
    lines = markdown.split("\n")
    return "\n".join(line if _CITED in line else bold.sub(r"[**\1**](tel:\2)", line) for line in lines)


def listed(answer: Answer) -> str:
    """The mark, at an answer's end, by which visit.js lists its question; one that tells of harm has none."""
    return "" if answer.is_private else '\n\n<span class="listed"></span>'


def growing_markdown(answer: Answer) -> str:
    """An answer of which more is to come."""
    return f'{answer_markdown(answer)}\n\n<span class="writing">{_referred(phrase("writing").both)}</span>'


def noticed(answer: Answer) -> str:
    """What a reader is told of how an answer came about, below it; "" for nothing."""
    return f'\n\n<span class="notice">{_referred(answer.notice)}</span>' if answer.notice else ""


def plain_markdown(text: str) -> str:
    """Words of a visitor, shown as they were typed: what Markdown would read goes out as a character reference."""
    return _MARKUP.sub(lambda match: _referred(match.group()), text)


def chunks(markdown: str) -> Iterator[str]:
    """The text as it is shown: of a long one what fills a screen first, then the whole; a line is never cut."""
    lines = markdown.splitlines(keepends=True)
    if len(lines) > _SCREEN:
        yield "".join(lines[:_SCREEN])
    yield markdown


def _link(citation: Citation) -> str:
    where = " ".join(f"{citation.title}, {citation.section}".split())
    name = escape(phrase("cite", n=citation.n, where=where).vi)
    address = escape(source_address(citation.doc, citation.start, citation.end))
    # Gradio's sanitiser keeps `title` and `class` and takes `aria-label` away, hence the word inside.
    word = f'<span class="visually-hidden">{phrase("source").vi} </span>'
    return f'{_CITED} href="{address}" title="{name}">{word}{citation.n}</a>'
