"""A progress bar on long work, on the error stream."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

from tqdm import tqdm

#: With fewer steps than this there is a bar only where a person watches.
MANY = 20

T_co = TypeVar("T_co", covariant=True)


class Bar:
    """A bar that is moved by hand, and says of a file of many pages how far that is."""

    def __init__(self, steps: int, what: str, unit: str) -> None:
        quiet = not steps or (steps < MANY and not sys.stderr.isatty())
        self._bar = tqdm(total=steps, desc=what, unit=f" {unit}", disable=quiet, file=sys.stderr, leave=False)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def step(self) -> None:
        """One more is done."""
        self._bar.set_postfix_str("", refresh=False)
        self._bar.update()

    def page(self, file: str, done: int, pages: int) -> None:
        """So many pages of a file are done."""
        self._bar.set_postfix_str(f"{file}: trang / page {done}/{pages}")


class Countable(Iterable[T_co], Sized, Protocol[T_co]):
    """What can be gone through and counted."""


def progress(items: Countable[T_co], what: str, unit: str) -> Iterator[T_co]:
    """The items, one by one, while a bar shows how far it is."""
    quiet = not items or (len(items) < MANY and not sys.stderr.isatty())
    yield from tqdm(items, desc=what, unit=f" {unit}", disable=quiet, file=sys.stderr, leave=False)
