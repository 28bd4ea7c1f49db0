"""The words of a generation: those of the one before with what came since, or written whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index import contents, generation
from index.lexical import Lexical
from index.manifest import Manifest, Source
from index.passages import Passage

#: The share of passages that may be taken out of the words before they are written whole again.
MOST_FADED = 0.05
#: A passage is known to the words by the number of its document's reading times this, and its place in it.
NUMBERED = 1 << 20

WORDS = "words"


class FolderOf(Protocol):
    """Where a part lies, by its name."""

    def __call__(self, part: str) -> Path: ...


@dataclass(frozen=True, slots=True)
class Held:
    """The words as they are: the folder of their generation, and its manifest."""

    folder: Path
    manifest: Manifest


def write_words(folder: Path, now: Manifest, held: Held | None, folder_of: FolderOf) -> int:
    """Write the words of what is served now; how many passages are faded in them."""
    served = {source.number: source for source in now.served}
    before = {source.number: source for source in held.manifest.served} if held else {}
    gone = [source for number, source in before.items() if number not in served]
    faded = now.faded + sum(source.passages for source in gone)
    if held is None or not before or faded > MOST_FADED * sum(source.passages for source in served.values()):
        folder.mkdir()
        Lexical.add(folder, _placed(served.values(), folder_of))
        return 0
    generation.take_over(held.folder / WORDS, folder)
    new = [source for number, source in served.items() if number not in before]
    Lexical.add(folder, _placed(new, folder_of), {source.doc for source in gone})
    return faded


def _placed(sources: Iterable[Source], folder_of: FolderOf) -> Iterator[tuple[int, Passage]]:
    """The passages of some documents, each with the number by which the words know it."""
    parts: dict[str, dict[str, int]] = {}
    for source in sources:
        parts.setdefault(source.part, {})[source.doc] = source.number * NUMBERED
    for part, numbers in parts.items():
        at: dict[str, int] = dict(numbers)
        for passage in contents.passages_in(folder_of(part)):
            if passage.doc in at:
                yield at[passage.doc], passage
                at[passage.doc] += 1
