"""A generation in the making: parts written one after the other, and what of the generation before is kept."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from index import contents, generation
from index.embedding import Embedder
from index.intake import Intake, moved
from index.manifest import FORMAT, Manifest, Recipe, Refused, Source
from index.part import Embedded, Matrix, Part, embed, matrix_in, opened, vectors_of, write_part
from index.passages import passages_of
from index.relations import Card, card_of, relations
from index.settings import recorded
from index.words import WORDS, Held, write_words
from index.workers import Read

#: Of more parts than this some are put together.
MOST_PARTS = 12
#: The share of a part that is in use still, below which the rest is left behind.
LEAST_USED = 0.5

PARTS = "parts"
#: The code of this folder that does not decide what a generation holds; any other file of it does, a new one too.
#: Documents, models and stores are known by their own names: `corpus.parser_version`, `Recipe`.
_NO_MAKERS = frozenset(
    {
        "__init__.py",
        "__main__.py",
        "ahead.py",
        "arguments.py",
        "build.py",
        "disk.py",
        "errors.py",
        "generation.py",
        "intake.py",
        "keeping.py",
        "manifest.py",
        "opening.py",
        "progress.py",
        "search.py",
        "settings.py",
        "show.py",
        "subprocesses.py",
        "workers.py",
    }
)


@dataclass(frozen=True, slots=True)
class Before:
    """The generation that is served while another is made; None where there is none."""

    folder: Path | None = None
    manifest: Manifest | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files it was read from."""
        return self.manifest.recipe.sources if self.manifest else ()

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The files that could not be read."""
        return self.manifest.refused if self.manifest else ()


@dataclass
class Making:
    """What is being made. sources: by file, what of it is ready.  refused: files that could not be read.
    manifest: of what was last published."""

    root: Path
    documents: Path
    embedder: Embedder
    store: str
    before: Before
    sources: dict[str, Source] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    manifest: Manifest = field(init=False)
    _served: Path | None = field(init=False)
    _staged: dict[str, Path] = field(default_factory=dict)
    _new: list[tuple[Source, Read]] = field(default_factory=list)
    _cards: dict[str, Mapping[str, Card]] = field(default_factory=dict)
    _numbered: int = 0
    _was: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._served = self.before.folder
        self._staging = self.root / f".staging-{id(self)}"
        for left in self.root.glob(".staging-*"):  # what a killed build left
            shutil.rmtree(left, ignore_errors=True)
        self._was = {source.file: source for source in self.before.sources}
        if self.before.manifest:
            self.manifest, self._numbered = self.before.manifest, self.before.manifest.numbered
        else:
            self.manifest = Manifest(FORMAT, "", self._recipe(), "", 0, 0, 0, {})

    @property
    def fits(self) -> bool:
        """Whether parts of the generation before can stand beside new ones: the same code, model and store."""
        before = self.before.manifest
        return before is None or _kind(before.recipe) == _kind(self._recipe())

    @property
    def waiting(self) -> int:
        """Documents that are read and in no part yet."""
        return len(self._new)

    def take_over(self, intake: Intake) -> None:
        """Keep what is as it was; what was read before under other names, or by other code, is written anew."""
        if self.fits:
            self.sources.update((source.file, source) for source in intake.kept)
            again: list[tuple[Source, Source]] = []
        else:
            again = [(source, source) for source in intake.kept]
        found = moved(intake)
        again += [(source, found[source.file]) for _, source in intake.jobs if source.file in found]
        for source, old in sorted(again, key=lambda pair: pair[1].part):
            self._add_again(source, old)

    def add(self, source: Source, read: Read) -> None:
        """Take a document that was read."""
        self._numbered += 1
        numbered = replace(source, number=self._numbered, passages=len(read.passages), partial=read.partial)
        self.sources[source.file] = numbered
        self._new.append((numbered, read))

    def unreadable(self, source: Source, why: str) -> str:
        """Keep what was read of a file before, where there is anything; the line that says so."""
        old = self._was.get(source.file)
        if old is None or old.doc != source.doc:
            return why
        if self.fits:
            self.sources[source.file] = old
        else:
            self._add_again(old, old)
        return f"{why}; bản đọc được trước đó vẫn được dùng / the version read before is still used"

    def portion(self) -> None:
        """Write what was read into a part; serve it beside the rest, where the generation before can stand there."""
        self._write_part()
        if self.fits:
            ready = {source.doc for source in self.sources.values()}
            later = {
                file: source
                for file, source in self._was.items()
                if file not in self.sources and source.doc not in ready
            }
            self._publish({**self.sources, **later})

    def finish(self) -> bool:
        """Serve what is ready and nothing else; whether that is not what was served when the build began."""
        if self._new:
            self._write_part()
        now = self._recipe(self.sources), self._refused, self._numbered
        if now == (self.manifest.recipe, self.manifest.refused, self.manifest.numbered) and self.manifest.created:
            return self.manifest is not self.before.manifest
        if parts := self._to_be_joined():
            self._put_together(parts)
        self._publish(self.sources)
        return True

    def close(self) -> None:
        """Remove what was written on the way."""
        shutil.rmtree(self._staging, ignore_errors=True)

    def _add_again(self, source: Source, old: Source) -> None:
        document = self._old(old.part).documents[old.doc]
        document = replace(document, id=source.doc, source=Path(source.file).name)
        self.add(source, Read.of(document, passages_of(document), card_of(document)))

    def _old(self, part: str) -> Part:
        assert self.before.folder is not None
        return opened(self.before.folder / PARTS / part, self.store)

    def _write_part(self) -> None:
        reads = [read for _, read in self._new]
        found = [contents.passage_of(line) for read in reads for line in read.passages]
        known = self._known([source for source, _ in self._new])
        embedded = Embedded.of(found, embed(found, self.embedder, known), self.embedder)
        self._stage(reads, [source for source, _ in self._new], embedded)
        self._new = []

    def _stage(self, reads: Sequence[Read], sources: Sequence[Source], embedded: Embedded) -> None:
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        folder = self._staging / name
        folder.mkdir(parents=True)
        write_part(folder, reads, embedded, self.store)
        self._staged[name] = folder
        for source in sources:
            self.sources[source.file] = replace(source, part=name)

    def _known(self, sources: Iterable[Source]) -> Mapping[str, Matrix]:
        """The vectors of what stood in these files before, by the sha256 of the text embedded."""
        if not self.before.manifest or self.before.manifest.recipe.identity != self.embedder.identity:
            return {}
        old = [self._was[source.file] for source in sources if source.file in self._was]
        known: dict[str, Matrix] = {}
        for part in {source.part for source in old}:
            known |= vectors_of(self._folder(part), {source.doc for source in old if source.part == part})
        return known

    @property
    def _refused(self) -> tuple[Refused, ...]:
        return tuple(sorted(self.refused, key=lambda one: one.source.file))

    def _to_be_joined(self) -> set[str]:
        """The parts of which most is not used any more; where there are too many, the smaller ones too."""
        used: dict[str, int] = {}
        for source in self.sources.values():
            used[source.part] = used.get(source.part, 0) + source.passages
        worn = {name for name, rows in used.items() if rows < LEAST_USED * len(matrix_in(self._folder(name)))}
        most = sum(used.values()) / len(used) if len(used) > MOST_PARTS else -1
        return worn | {name for name, rows in used.items() if rows <= most}

    def _put_together(self, names: Collection[str]) -> None:
        """Write what is used of some parts as one."""
        moving = sorted((one for one in self.sources.values() if one.part in names), key=lambda one: one.part)
        parts = {name: Part.open(self._folder(name), self.store) for name in names}
        reads = [parts[one.part].read_of(one.doc) for one in moving]
        rows = [(parts[one.part].embedded, parts[one.part].rows[one.doc]) for one in moving]
        self._stage(reads, moving, Embedded.joined(rows))

    def _folder(self, part: str) -> Path:
        if part in self._staged:
            return self._staged[part]
        assert self._served is not None
        return self._served / PARTS / part

    def _publish(self, sources: Mapping[str, Source]) -> None:
        made: list[Manifest] = []

        def write(folder: Path) -> Manifest:
            made.append(self._write(folder, sources))
            return made[-1]

        self._served = generation.publish(self.root, write)
        self.manifest = generation.labelled_at(self._served)

    def _write(self, folder: Path, sources: Mapping[str, Source]) -> Manifest:
        recipe = self._recipe(sources)
        parts = sorted({source.part for source in recipe.sources})
        for part in parts:
            generation.take_over(self._folder(part), folder / PARTS / part)
        oldest_first = sorted(recipe.sources, key=lambda source: source.number)
        ties = relations([self._card(source) for source in oldest_first])
        draft = replace(self.manifest, recipe=recipe, relations=ties)
        held = Held(self._served, self.manifest) if self.fits and self._served else None
        faded = write_words(folder / WORDS, draft, held, self._folder)
        return Manifest(
            FORMAT,
            datetime.now(UTC).isoformat(timespec="seconds"),
            recipe,
            recipe.digest,
            len(draft.served),
            sum(source.passages for source in draft.served),
            self.embedder.dimensions,
            self._digests(parts),
            ties,
            self._numbered,
            faded,
            self._refused,
        )

    def _digests(self, parts: Sequence[str]) -> dict[str, str]:
        """What is known of the files of parts that were published before."""
        old = tuple(f"{PARTS}/{part}/" for part in parts if part not in self._staged)
        return {name: digest for name, digest in self.manifest.files.items() if name.startswith(old)}

    def _card(self, source: Source) -> Card:
        if source.part not in self._cards:
            self._cards[source.part] = contents.cards_in(self._folder(source.part))
        return self._cards[source.part][source.doc]

    def _recipe(self, sources: Mapping[str, Source] | None = None) -> Recipe:
        ordered = tuple(source for _, source in sorted((sources or {}).items()))
        name, identity = self.embedder.name, self.embedder.identity
        return Recipe(name, identity, self.store, _maker(), ordered, recorded(self.documents))


def _kind(recipe: Recipe) -> tuple[str, str, str, str]:
    """What two parts of one generation have in common."""
    return recipe.embedder, recipe.identity, recipe.store, recipe.maker


def makers() -> list[Path]:
    """The files of code that decide what a generation holds, documents and vectors apart."""
    return sorted(path for path in Path(__file__).parent.glob("*.py") if path.name not in _NO_MAKERS)


@cache
def _maker() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in makers())).hexdigest()[:16]
