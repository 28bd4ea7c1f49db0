"""A progress bar on long work, on the error stream."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

from tqdm import tqdm

#: With fewer steps than this there is a bar only where a person watches.
MANY = 20

T_co = TypeVar("T_co", covariant=True)


class Countable(Iterable[T_co], Sized, Protocol[T_co]):
    """What can be gone through and counted."""


def progress(items: Countable[T_co], what: str, unit: str) -> Iterator[T_co]:
    """The items, one by one, while a bar shows how far it is."""
    quiet = not items or (len(items) < MANY and not sys.stderr.isatty())
    yield from tqdm(items, desc=what, unit=f" {unit}", disable=quiet, file=sys.stderr, leave=False)
