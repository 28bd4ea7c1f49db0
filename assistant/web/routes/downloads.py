"""An answer as a file. The question is asked again, which takes milliseconds: nothing is kept but, for a while, what a
language model wrote."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import Response

from assistant.answer import Answer
from assistant.pipeline import Assistant
from assistant.web.api_models import Ask
from assistant.web.csv_file import csv_file
from assistant.web.desk import Desk
from assistant.web.docx_file import docx_file
from assistant.web.refused import Refused
from assistant.web.strings import phrase
from corpus.vocabulary import child_line

POSTS = ("/download/(?:docx|csv)",)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAME_LENGTH = 60  # characters of the question in a file's name


def router(assistant: Assistant) -> APIRouter:
    """The routes over an assistant."""
    routes, desk = APIRouter(include_in_schema=False), Desk(assistant)

    @routes.post("/download/docx")
    async def docx(asked: Ask) -> Response:
        answer = await _answer(desk, asked)
        filters = [*asked.provinces, *map(str, asked.years), *asked.agencies]
        written = await to_thread.run_sync(docx_file, answer, assistant.documents, filters, date.today())
        return _file(written, _DOCX, answer.question, "docx")

    @routes.post("/download/csv")
    async def table(asked: Ask) -> Response:
        answer = await _answer(desk, asked)
        written = csv_file(answer, assistant.documents)
        if written is None:
            raise Refused(404, phrase("no_table").both)
        return _file(written, "text/csv; charset=utf-8", answer.question, "csv")

    return routes


async def _answer(desk: Desk, asked: Ask) -> Answer:
    """The answer again. Who tells of harm gets no file that others of the same computer could open."""
    answer = await desk.ask(asked)
    if answer.is_private:
        raise Refused(404, phrase("no_file", number=child_line().number).both)
    return answer


def _file(content: bytes, kind: str, question: str, ending: str) -> Response:
    headers = {"Content-Disposition": disposition(question, ending), "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def disposition(question: str, ending: str) -> str:
    """The header that names a file after its question, in ASCII for old programs and as it is written.

    >>> disposition("Sở Y tế?", "csv")
    'attachment; filename="So-Y-te.csv"; filename*=UTF-8\\'\\'S%E1%BB%9F-Y-t%E1%BA%BF.csv'
    """
    name = "-".join(re.findall(r"\w+", question))[:_NAME_LENGTH].strip("-_") or "tra-loi"
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    ascii_name = re.sub(r"[^A-Za-z0-9-]+", "", letters).strip("-") or "tra-loi"
    return f"attachment; filename=\"{ascii_name}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}.{ending}"
