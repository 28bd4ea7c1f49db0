"""Feedback on an answer: kept only from who agrees, never where somebody tells of harm."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import Field, TypeAdapter, ValidationError

from assistant.harm import Need
from assistant.pipeline import Assistant
from assistant.web.asked import Asked, Text, ask_again, body
from assistant.web.feedback import COMMENT_LIMIT, NotKept, feedback_file, keep
from assistant.web.refused import Refused
from assistant.web.strings import Phrase, phrase
from corpus.vocabulary import child_line

PATHS = ("/feedback",)
POSTS = PATHS
_LOG = logging.getLogger(__name__)


class Feedback(Asked):
    """What a person thinks of the answer to a question."""

    vote: Literal["good", "bad"]
    comment: Annotated[Text, Field(max_length=COMMENT_LIMIT)] = ""
    consent: Annotated[bool, Field(strict=True)] = False


_FEEDBACK = TypeAdapter(Feedback)


async def _read(request: Request) -> Any:
    """What was sent; None where it is no JSON."""
    try:
        return await body(request)
    except (ValueError, RecursionError):
        return None


def router(assistant: Assistant) -> APIRouter:
    """The route over an assistant; it answers 404 where no feedback is taken."""
    routes = APIRouter()

    @routes.post("/feedback")
    def feedback(sent: Annotated[Any, Depends(_read)]) -> JSONResponse:
        path = feedback_file()
        if path is None:
            raise Refused(404, phrase("refused_404").both)
        return _answered(assistant, path, sent)

    return routes


def _answered(assistant: Assistant, path: Path, sent: Any) -> JSONResponse:
    try:
        one = _FEEDBACK.validate_python(sent)
    except ValidationError:
        return _said(422, phrase("feedback_wrong", limit=COMMENT_LIMIT))
    if not one.consent:
        return _said(403, phrase("feedback_no_consent"))
    # The answer is asked for again rather than taken from the page: what is kept is what the machine says.
    answer = ask_again(assistant, one)
    said = (one.question, one.comment, *(turn.content for turn in one.history))
    if answer.is_private or assistant.tells(*said) is not Need.NONE:
        return _said(200, phrase("feedback_told", number=child_line().number))
    try:
        asked = one.model_dump(include=set(Asked.model_fields))
        keep(
            path,
            good=one.vote == "good",
            comment=one.comment.strip(),
            asked=asked,
            answer=answer.to_json(),
            consent=_consent(),
        )
    except NotKept as error:
        _LOG.error("feedback was not kept: %s", error)
        return _said(503, phrase("feedback_failed"))
    return _said(200, phrase("feedback_kept"), kept=True)


def _consent() -> str:
    """The words that stood beside the box."""
    return f"{phrase('consent').vi}. {phrase('consent_more').vi}"


def _said(status: int, words: Phrase, kept: bool = False) -> JSONResponse:
    return JSONResponse({"kept": kept, "message": words.both}, status, {"Cache-Control": "no-store"})
