"""A question asked again by a route: its body as JSON or as a form, within limits, and the answer to it."""

from __future__ import annotations

import json
import logging
from json import JSONDecodeError
from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, TypeAdapter, ValidationError
from starlette.datastructures import FormData

from assistant.answer import Answer
from assistant.pipeline import Assistant
from assistant.question import Turn
from assistant.web.failures import where
from assistant.web.refused import Refused
from assistant.web.strings import phrase
from corpus.vocabulary import child_line

_LOG = logging.getLogger(__name__)
QUESTION_LIMIT = 1000  # characters
_TURNS = 40


def whole(text: str) -> str:
    """A text without control characters and halves of characters, which no file and no database takes.

    >>> whole("a\\x00b\\nc\\ud800")
    'ab\\nc�'
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(char for char in text if char in "\n\t" or (char >= " " and char not in "\x7f\ufffe\uffff"))


#: A string that can be written anywhere.
Text = Annotated[str, BeforeValidator(lambda text: whole(text) if isinstance(text, str) else text)]


class Said(BaseModel):
    """An earlier message."""

    role: Literal["user", "assistant"]
    content: Annotated[Text, Field(max_length=4000)]


class Asked(BaseModel):
    """A question with all that its answer depends on."""

    question: Annotated[Text, StringConstraints(min_length=1, max_length=QUESTION_LIMIT, pattern=r"\S")]
    history: Annotated[list[Said], Field(max_length=_TURNS)] = []
    provinces: Annotated[list[Annotated[Text, Field(max_length=100)]], Field(max_length=70)] = []
    years: Annotated[list[Annotated[int, Field(ge=0, le=9999)]], Field(max_length=100)] = []
    agencies: Annotated[list[Annotated[Text, Field(max_length=200)]], Field(max_length=70)] = []


_ASKED = TypeAdapter(Asked)


async def asked(request: Request) -> Asked:
    """The question in a request's body. Raises Refused (422) where there is none or it is malformed."""
    try:
        return _ASKED.validate_python(await body(request))
    except (ValidationError, ValueError, RecursionError) as error:
        raise Refused(422, phrase("bad_question", limit=QUESTION_LIMIT).both) from error


async def body(request: Request) -> Any:
    """What a request sends, JSON or a form. Raises ValueError where it is neither."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return _fields(await request.form(max_files=0, max_fields=200))
    try:
        return json.loads(await request.body())
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError("no JSON") from error


def _fields(form: FormData) -> dict[str, Any]:
    """A form's fields; the history stands in one field, as JSON."""
    found: dict[str, Any] = {"question": form.get("question"), "history": json.loads(str(form.get("history") or "[]"))}
    return found | {name: form.getlist(name) for name in ("provinces", "years", "agencies")}


def ask_again(assistant: Assistant, one: Asked) -> Answer:
    """The answer as the chat gave it: the assistant says the same to the same."""
    history = [Turn(turn.role, turn.content) for turn in one.history]
    try:
        return assistant.ask(one.question, history, one.provinces, one.years, one.agencies)
    except Exception as error:  # its message may hold what a person wrote, and goes nowhere
        _LOG.error("a question failed: %s", where(error))
        raise Refused(500, phrase("problem_500", number=child_line().number).both) from None
