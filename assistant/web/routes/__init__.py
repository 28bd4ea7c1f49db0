"""What the site answers besides the chat: one file a group of addresses, one row each in ROUTERS.

A row makes the routes for an assistant; `paths` are regular expressions of what can be read there, `posts` of what
takes a POST; all else stays shut. What staff may do (staff.py) is beside the table: it has an office, and is shut
unless a site is given one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.web.routes import api, catalogue, downloads, feedback, originals, pages, words

if TYPE_CHECKING:
    from fastapi import APIRouter

    from assistant.pipeline import Assistant


@dataclass(frozen=True, slots=True)
class Routes:
    """A group of addresses of the site."""

    router: Callable[[Assistant], APIRouter]
    paths: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


ROUTERS = (
    Routes(pages.router, pages.PATHS),
    Routes(api.router, api.PATHS, api.POSTS),
    Routes(downloads.router, posts=downloads.POSTS),
    Routes(feedback.router, posts=feedback.POSTS),
    Routes(words.router, words.PATHS),
    Routes(catalogue.router, catalogue.PATHS),
    Routes(originals.router, originals.PATHS),
)
