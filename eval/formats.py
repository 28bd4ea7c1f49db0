"""Plans written out in every format and read back: what is the same, and how the cases are answered from each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from assistant import open_assistant
from corpus.document import Document
from corpus.reading import STATED
from eval.answers import Plans, Report, run
from eval.bootstrap import Estimate, difference
from eval.cases import REPORTED, TUNED, Case, load_cases
from eval.likeness import Likeness, likeness
from eval.metrics import MEASURES
from eval.writing.formats import Format, Workshop
from index import open_index
from index.build import NothingToIndex, build
from index.embedding import Embedder, open_embedder
from index.progress import progress
from index.settings import documents_folder, embedder_name, store_name

#: Shares of answers that must not be worse than the text's by more than a format's `within`.
HELD = ("right", "wrong_numbers")

Cases = Mapping[Path, Sequence[Case]]


@dataclass(frozen=True, slots=True)
class Reread:
    """One plan read from one format; `seconds` until it is in an index. `alike` is None where it was not read."""

    doc: str
    alike: Likeness | None
    seconds: float

    @property
    def same(self) -> bool:
        """Whether its list of sections is the text's."""
        return self.alike is not None and self.alike.sections == 1.0

    @property
    def fallen(self) -> str:
        """What is said of a plan that is not the same."""
        if self.alike is None:
            vi, en = "không được phục vụ: không đọc được, hoặc bị coi là bản sao", "not served: not read, or as a copy"
            return f"{vi} / {en}"
        return f"danh mục khác văn bản gốc / its sections are not the text's ({self.alike.sections:.3f})"


@dataclass(frozen=True, slots=True)
class Answered:
    """One file of cases answered from the text and from a format, the same cases in the same order."""

    text: Report
    other: Report

    def difference(self, measure: str) -> Estimate:
        """A measure of the format less that of the text, with its paired interval."""
        of = MEASURES[measure].of
        return difference(of(self.text.outcomes), of(self.other.outcomes))

    def loss(self, measure: str) -> float:
        """How much worse the format does; below 0 where it does better."""
        change = self.difference(measure).value
        return round(-change if MEASURES[measure].more_is_better else change, 9)


@dataclass(frozen=True, slots=True)
class Roundtrip:
    """All that is told of a format. unread: what was said of files that could not be read."""

    format: Format
    plans: tuple[Reread, ...]
    answers: tuple[Answered, ...]
    unread: tuple[str, ...] = ()

    @property
    def fallen(self) -> list[str]:
        """What does not hold, a line each."""
        lines = [f"{self.format.name}: {line}" for line in self.unread]
        lines += [f"{self.format.name}: {plan.doc}: {plan.fallen}" for plan in self.plans if not plan.same]
        lines += [line for one in self.answers for line in self._lost(one)]
        return lines

    def _lost(self, one: Answered) -> Iterator[str]:
        for name in HELD:
            if one.loss(name) > self.format.within:
                label, bound = MEASURES[name].label, self.format.within
                yield f"{self.format.name}: {one.text.name}: {label}: {one.loss(name):.3f} > {bound:.3f}"


@dataclass(frozen=True, slots=True)
class _Taken:
    """Files taken into an index of their own: in how many seconds each, and what was said of those not read."""

    name: str
    index: Path
    seconds: Mapping[str, float]
    unread: tuple[str, ...]

    @property
    def documents(self) -> Mapping[str, Document]:
        """The plans that were read."""
        return open_index(self.index).documents if len(self.unread) < len(self.seconds) else {}


def cases_beside(folder: Path) -> Cases:
    """The cases of a folder of plans: of the project's own plans TUNED and REPORTED, else those that lie beside it."""
    own = folder.resolve() == documents_folder().resolve()
    files = (TUNED, REPORTED) if own else (folder.parent / TUNED.name, folder.parent / REPORTED.name)
    return {path: load_cases(path) for path in files if path.is_file()}


def reread(folder: Path, formats: Sequence[Format], cases: Cases) -> Iterator[Roundtrip]:
    """Every format, one after the other, over the text files of a folder. Raises NothingToIndex without any."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".md"})
    if not files:
        raise NothingToIndex(folder, [])
    embedder = open_embedder(embedder_name(None))
    with TemporaryDirectory(prefix="formats-") as place:
        root = Path(place)
        text = _taken(files, folder / STATED, root / "text", embedder)
        documents = text.documents
        answers = _asked(text, cases)
        workshop = Workshop(list(documents.values()), root / "files")
        for one in formats:
            taken = _taken(workshop.files(one.name), folder / STATED, root / one.name, embedder)
            again = zip(answers, _asked(taken, cases), strict=False)
            yield Roundtrip(one, _compared(documents, taken), tuple(Answered(*pair) for pair in again), taken.unread)


def _taken(files: Sequence[Path], said: Path, root: Path, embedder: Embedder) -> _Taken:
    """The files in an index, one after the other, so that each is timed; `said`: documents.toml, if there is one."""
    folder = root / "documents"
    folder.mkdir(parents=True)
    if said.is_file():
        shutil.copy(said, folder)
    seconds: dict[str, float] = {}
    unread: tuple[str, ...] = ()
    for file in progress(files, f"Đọc / reading {root.name}", "tệp/files"):
        shutil.copy(file, folder)
        start = perf_counter()
        try:
            unread = build(folder, root / "index", embedder, store_name(None)).unread
        except NothingToIndex as error:
            unread = error.unread
        seconds[file.stem] = perf_counter() - start
    return _Taken(root.name, root / "index", seconds, tuple(line for line in unread if not line.startswith(STATED)))


def _compared(documents: Mapping[str, Document], taken: _Taken) -> tuple[Reread, ...]:
    read = taken.documents
    pairs = ((id, text, read.get(id)) for id, text in documents.items())
    return tuple(Reread(id, likeness(text, other) if other else None, taken.seconds[id]) for id, text, other in pairs)


def _asked(taken: _Taken, cases: Cases) -> list[Report]:
    """Every file of cases answered from an index; none where nothing was read."""
    if not taken.documents:
        return []
    assistant = open_assistant(taken.index)
    plans = Plans.of(assistant.documents)
    bars = ((path, progress(some, f"{path.stem} ({taken.name})", "câu/cases")) for path, some in cases.items())
    return [run(path, some, assistant, plans) for path, some in bars]
