"""The one path whose bodies may be larger than a question's, and slower, from those who may send them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import Scope


@dataclass(frozen=True, slots=True)
class Larger:
    """may: whether a request's cookie is of somebody who may, asked before anything of its body is read.

    most: bytes.  seconds: within which the body has to be whole.
    """

    path: str
    may: Callable[[Scope], bool]
    most: int
    seconds: float

    def concerns(self, scope: Scope) -> bool:
        """Whether a request is for this path."""
        return bool(scope["path"] == self.path and scope["method"] == "POST")
