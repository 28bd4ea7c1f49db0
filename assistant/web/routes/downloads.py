"""An answer as a file. The question is asked again, which takes milliseconds, so that nothing has to be kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from assistant.answer import Answer
from assistant.pipeline import Assistant
from assistant.web.asked import Asked, ask_again, asked
from assistant.web.csv_file import csv_file
from assistant.web.docx_file import docx_file
from assistant.web.refused import Refused
from assistant.web.strings import phrase
from corpus.vocabulary import child_line

PATHS = ("/download/(?:docx|csv)",)
POSTS = PATHS
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAME_LENGTH = 60  # characters of the question in a file's name


def router(assistant: Assistant) -> APIRouter:
    """The routes over an assistant."""
    routes = APIRouter()

    @routes.post("/download/docx")
    def docx(one: Annotated[Asked, Depends(asked)]) -> Response:
        answer = _answer(assistant, one)
        filters = [*one.provinces, *map(str, one.years), *one.agencies]
        return _file(docx_file(answer, assistant.documents, filters, date.today()), _DOCX, answer.question, "docx")

    @routes.post("/download/csv")
    def table(one: Annotated[Asked, Depends(asked)]) -> Response:
        answer = _answer(assistant, one)
        written = csv_file(answer, assistant.documents)
        if written is None:
            raise Refused(404, phrase("no_table").both)
        return _file(written, "text/csv; charset=utf-8", answer.question, "csv")

    return routes


def _answer(assistant: Assistant, one: Asked) -> Answer:
    """The answer again. Who tells of harm gets no file that others of the same computer could open."""
    answer = ask_again(assistant, one)
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
