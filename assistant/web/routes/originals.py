"""Pages of plans as they look in their files."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import Response

from assistant.pictures import NoPicture, Pictures, TooBusy
from assistant.pipeline import Assistant
from assistant.web.refused import Refused
from assistant.web.strings import phrase
from corpus import UnreadableFile

PATHS = ("/plans/[^/]+/pages/[0-9]{1,4}",)


def router(assistant: Assistant) -> APIRouter:
    """The route over the plans of an assistant."""
    routes, pictures = APIRouter(include_in_schema=False), Pictures()

    @routes.get("/plans/{name}/pages/{number}")
    async def page(name: str, number: int) -> Response:
        plans = assistant.plans
        document = plans.documents.get(name)
        try:
            if document is None:
                raise NoPicture(name)
            made = await to_thread.run_sync(pictures.page, plans, document, number)
        except (NoPicture, UnreadableFile):
            raise Refused(404, phrase("no_page").both) from None
        except TooBusy:
            raise Refused(503, phrase("refused_503").both) from None
        return Response(made, media_type="image/jpeg", headers={"Cache-Control": "no-cache"})

    return routes
