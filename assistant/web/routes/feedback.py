"""Feedback on an answer: kept only from who agrees, never where somebody tells of harm."""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from assistant.answer import Answer
from assistant.filters import resolved
from assistant.harm import Need
from assistant.pipeline import Assistant
from assistant.web.api_models import Ask, Words
from assistant.web.desk import Desk
from assistant.web.feedback import COMMENT_LIMIT, NotKept, feedback_file, keep
from assistant.web.refused import Refused
from assistant.web.strings import Phrase, phrase
from corpus.vocabulary import child_line

POSTS = ("/feedback",)
_LOG = logging.getLogger(__name__)


class Feedback(Ask):
    """What a person thinks of the answer to a question."""

    vote: Literal["good", "bad"]
    comment: Annotated[Words, Field(max_length=COMMENT_LIMIT)] = ""
    consent: bool = False


def router(assistant: Assistant) -> APIRouter:
    """The route over an assistant; it answers 404 where no feedback is taken."""
    routes, desk = APIRouter(include_in_schema=False), Desk(assistant)

    @routes.post("/feedback")
    async def feedback(one: Feedback) -> JSONResponse:
        path = feedback_file()
        if path is None:
            raise Refused(404, phrase("refused_404").both)
        if not one.consent:
            return _said(403, phrase("feedback_no_consent"))
        # The answer is asked for again rather than taken from the page: what is kept is what the machine says.
        answer = await desk.ask(one)
        return await to_thread.run_sync(_kept, desk, path, one, answer)

    return routes


def _kept(desk: Desk, path: Path, one: Feedback, answer: Answer) -> JSONResponse:
    said = (one.question, one.comment, *(turn.content for turn in one.history))
    if answer.is_private or desk.assistant.tells(*said) is not Need.NONE:
        return _said(200, phrase("feedback_told", number=child_line().number))
    try:
        keep(
            path,
            good=one.vote == "good",
            comment=one.comment.strip(),
            asked=one.model_dump(include={"question", "history"}) | asdict(resolved(desk.assistant.plans, one.filters)),
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
