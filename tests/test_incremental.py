"""Adding, replacing and removing plans: only what changed is read and written, and what is served is the same."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index import generation, making, open_index, show
from index.build import Built, build
from index.embedding import open_embedder
from index.intake import take_in
from index.keeping import Keeper
from index.making import MOST_PARTS, makers
from index.manifest import Source
from index.workers import Job, Limits, Outcome, Workers

PLANS = Path(__file__).parent.parent / "corpus" / "documents"
QUESTIONS = ["Sở Y tế phải làm gì?", "phong chong duoi nuoc", "kinh phí", "child marriage", "báo cáo trước ngày 15/11"]


def plan(folder: Path, name: str, *items: str, province: str = "Cà Mau", year: int = 2024) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    title = f"KẾ HOẠCH công tác trẻ em tỉnh {province} năm {year}"
    path = folder / name
    path.write_text("\n".join([title, "", "I. NHIỆM VỤ", "", *(f"- {item}" for item in items)]), encoding="utf-8")
    return path


def index(folder: Path, root: Path) -> Built:
    return build(folder, root, open_embedder(), "faiss")


def found(root: Path, k: int = 30) -> list[dict[str, tuple[float, float, float]]]:
    """What questions find: the scores of words, vectors and tokens by passage."""
    held = open_index(root)
    hits = (held.search(question, k=k) for question in QUESTIONS)
    return [{hit.passage.key: (hit.words, hit.vectors, hit.tokens) for hit in some} for some in hits]


def parts(root: Path) -> set[str]:
    return {path.name for path in (generation.current(root) / "parts").iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PLANS, tmp_path / "plans"))


def test_step_by_step_is_the_same_as_at_once(folder: Path, tmp_path: Path) -> None:
    """Added one by one, changed, removed and added again, over more steps than there may be parts."""
    held, root = folder.parent / "later", tmp_path / "steps"
    held.mkdir()
    for path in sorted(folder.iterdir()):
        shutil.move(path, held)
    for step, path in enumerate(sorted(held.iterdir()) * 3):
        target = folder / path.name
        text = path.read_text(encoding="utf-8")
        target.write_text(text if step >= 10 else text.replace("trẻ em", f"trẻ em lần {step}"), encoding="utf-8")
        plan(folder, f"them-{step:02}.txt", f"Việc thứ {step}.", province="Lai Châu", year=2000 + step)
        done = index(folder, root)
        assert (done.read, done.published) == (2, True)
    assert len(parts(root)) <= MOST_PARTS + 1
    (folder / "them-03.txt").unlink()
    done = index(folder, root)
    assert (done.read, done.reused, done.removed) == (0, 19, 1)
    index(folder, tmp_path / "once")
    steps, once = found(root), found(tmp_path / "once")
    for some, all_at_once in zip(steps, once, strict=True):
        shared = some.keys() & all_at_once.keys()
        assert len(shared) >= 0.9 * len(all_at_once)
        for key in shared:
            assert some[key][1:] == pytest.approx(all_at_once[key][1:], abs=1e-5)
            assert some[key][0] == pytest.approx(all_at_once[key][0], rel=0.05)  # what is gone still counts a little
    assert list(open_index(root).documents) == list(open_index(tmp_path / "once").documents)


def test_only_what_changed_is_written(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    index(folder, root)
    before = parts(root)
    inodes = {path.stat().st_ino for path in generation.current(root).glob("parts/*/*") if path.is_file()}
    plan(folder, "moi.txt", "Việc mới.")
    done = index(folder, root)
    assert (done.read, done.reused) == (1, 5)
    assert before < parts(root)
    assert inodes < {path.stat().st_ino for path in generation.current(root).glob("parts/*/*")}  # the same files
    (old,) = before
    first = open_index(root)
    plan(folder, "moi-2.txt", "Việc mới nữa.", year=2025)
    index(folder, root)
    assert open_index(root, first).parts[old] is first.parts[old]


def test_a_file_under_another_name_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    index(folder, root)
    (folder / "nam-2023").mkdir()
    (folder / "lang-son-2023.txt").rename(folder / "nam-2023" / "lang-son.txt")
    done = index(folder, root)
    assert (done.read, done.reused, done.removed) == (0, 5, 1)
    held = open_index(root)
    assert "lang-son" in held.documents
    assert held.documents["lang-son"].source == "lang-son.txt"
    assert {hit.passage.doc for hit in held.search("Lạng Sơn", ["lang-son"])} == {"lang-son"}


def test_names_of_two_folders_may_be_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    plan(folder / "2023", "ke-hoach.txt", "Tiêm chủng.", year=2023)
    plan(folder / "2024", "ke-hoach.txt", "Khám mắt.", year=2024)
    plan(folder / "2024", "ke-hoach.md", "Phát sữa.", year=2025)
    assert index(folder, tmp_path / "index").unread == ()
    assert set(open_index(tmp_path / "index").documents) == {"ke-hoach", "ke-hoach-md", "2024-ke-hoach"}


#: Files there first, files that come later, and the ids of all of them.
@pytest.mark.parametrize(
    ("first", "later", "docs"),
    [
        (["ke.txt"], ["2023/ke.txt"], {"ke.txt": "ke", "2023/ke.txt": "2023-ke"}),
        (["ke.txt"], ["ke.md"], {"ke.txt": "ke", "ke.md": "ke-md"}),
        (["ke.txt"], ["2023/ke.md", "a/ke.txt"], {"ke.txt": "ke", "2023/ke.md": "ke-md", "a/ke.txt": "a-ke"}),
        (["b/ke.txt", "c/ke.txt"], ["a/ke.txt"], {"a/ke.txt": "a-ke", "b/ke.txt": "ke", "c/ke.txt": "c-ke"}),
        (["x/2023-ke.txt"], ["2023/ke.txt"], {"x/2023-ke.txt": "2023-ke", "2023/ke.txt": "ke"}),
    ],
)
def test_what_is_known_keeps_its_id(first: list[str], later: list[str], docs: dict[str, str], tmp_path: Path) -> None:
    def taken(files: list[str], known: Iterable[Source]) -> dict[str, Source]:
        for file in files:
            path = tmp_path / file
            plan(path.parent, path.name, file)
        intake = take_in(tmp_path, known)
        return {source.file: source for source in [*intake.kept, *(source for _, source in intake.jobs)]}

    before = taken(first, ())
    assert {file: source.doc for file, source in taken(later, before.values()).items()} == docs


def test_an_id_is_free_where_its_file_is_gone(tmp_path: Path) -> None:
    plan(tmp_path, "ke.txt", "Một.")
    known = [source for _, source in take_in(tmp_path, ()).jobs]
    (tmp_path / "ke.txt").rename(tmp_path / "ke.md")
    assert [source.doc for _, source in take_in(tmp_path, known).jobs] == ["ke"]


def test_what_can_no_longer_be_read_stays_as_it_was(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    index(folder, root)
    before = found(root)
    (folder / "lang-son-2023.txt").write_bytes(b"")
    done = index(folder, root)
    assert (done.read, done.reused, done.removed) == (0, 5, 0)
    assert len(done.unread) == 1
    assert "bản đọc được trước đó vẫn được dùng" in done.unread[0]
    assert found(root) == before
    again = index(folder, root)
    assert (again.unread, again.published) == (done.unread, False)


class Asked(Workers):
    """Workers that remember which files they were asked for."""

    def __init__(self) -> None:
        super().__init__(1)
        self.files: list[str] = []

    def read(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        listed = list(jobs)
        self.files += [job.file for job in listed]
        yield from super().read(listed)


def test_what_cannot_be_read_is_not_tried_again_until_it_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, root, workers = tmp_path / "plans", tmp_path / "index", Asked()
    monkeypatch.setenv("PATH", str(tmp_path))  # no LibreOffice: it may be there the next time
    plan(folder, "a.txt", "Một.")
    (folder / "cu.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 cut")

    def asked() -> list[str]:
        workers.files = []
        done = build(folder, root, open_embedder(), "faiss", workers=workers)
        assert [line.partition(":")[0] for line in done.unread] == ["cu.doc", "hong.pdf"]
        return sorted(workers.files)

    assert asked() == ["a.txt", "cu.doc", "hong.pdf"]
    assert asked() == ["cu.doc"]
    assert [line for line in show.table(open_index(root)) if line.startswith("× hong.pdf: ")]
    (folder / "hong.pdf").touch()
    assert asked() == ["cu.doc", "hong.pdf"]
    (folder / "documents.toml").write_text("[hong]\ntitle = 'Kế hoạch'\n", encoding="utf-8")  # is read in another way
    assert asked() == ["cu.doc", "hong.pdf"]
    assert asked() == ["cu.doc"]
    workers.close()


def test_a_part_that_is_hardly_used_is_left_behind(tmp_path: Path) -> None:
    folder, root = tmp_path / "plans", tmp_path / "index"
    for year in range(2021, 2026):
        plan(folder, f"{year}.txt", *(f"Việc {number} của năm {year}." for number in range(4)), year=year)
    index(folder, root)
    (first,) = parts(root)
    for year in (2021, 2022):
        (folder / f"{year}.txt").unlink()
    index(folder, root)
    assert parts(root) == {first}
    (folder / "2023.txt").unlink()
    done = index(folder, root)
    assert first not in parts(root)
    held = open_index(root)
    assert sum(len(part.passages) for part in held.parts.values()) == done.passages
    assert {hit.passage.doc for hit in held.search("Việc 2 của năm 2024")} == {"2024", "2025"}


def test_a_copy_is_counted_once_and_takes_its_place(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    shutil.copy(folder / "lang-son-2023.txt", folder / "ban-sao.txt")
    done = index(folder, root)
    assert (done.read, done.copies, done.passages) == (6, 1, 336)
    held = open_index(root)
    assert len(held.documents) == 5
    (copy,) = held.manifest.copies
    kept = held.manifest.copies[copy]
    (folder / f"{kept}.txt").unlink()
    assert index(folder, root).copies == 0
    held = open_index(root)
    assert copy in held.documents
    assert {hit.passage.doc for hit in held.search("Lạng Sơn", [copy])} == {copy}


@pytest.mark.parametrize(
    ("limits", "said"),
    [(Limits(silence=0.0), "đọc quá lâu"), (Limits(memory=600_000_000), "bộ nhớ"), (Limits(whole=0.0), "đọc quá lâu")],
)
def test_a_reader_has_limits(tmp_path: Path, limits: Limits, said: str) -> None:
    """A text of 26 MB needs more than that; the next file is read all the same, by another process."""
    big = tmp_path / "lon.txt"
    big.write_text("I. NHIỆM VỤ\n\n" + "- Trẻ em.\n" * 2_000_000, encoding="utf-8")
    workers = Workers(1, limits)
    (outcome,) = workers.read([Job(big, "lon", "lon.txt")])
    assert outcome.read is None
    assert outcome.why.startswith("lon.txt: ")
    assert said in outcome.why
    workers.limits = Limits()  # of those begun from now on
    (outcome,) = workers.read([Job(PLANS / "bac-kan-2023.txt", "x", "x.txt")])
    assert outcome.read is not None
    assert len(outcome.read.passages) == 10
    workers.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [("ngoai.txt", "trỏ ra ngoài thư mục"), (b"l\xe1ng.txt", "không phải UTF-8")],
)
def test_names_that_lead_astray(tmp_path: Path, name: str | bytes, said: str) -> None:
    folder = tmp_path / "plans"
    plan(folder, "a.txt", "Một.")
    outside = plan(tmp_path / "khac", "b.txt", "Hai.")
    (folder / os.fsdecode(name)).symlink_to(outside)
    done = index(folder, tmp_path / "index")
    assert len(done.unread) == 1
    assert said in done.unread[0]
    assert list(open_index(tmp_path / "index").documents) == ["a"]


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    plan(tmp_path / "plans", "a.txt", "Một.")
    keeper = Keeper(tmp_path / "plans", tmp_path / "index", open_embedder(), "faiss")
    yield keeper
    keeper.close()


def test_a_watched_folder(keeper: Keeper) -> None:
    told: list[Built | Exception] = []
    came, ended = threading.Event(), threading.Event()

    def tell(outcome: Built | Exception) -> None:
        told.append(outcome)
        came.set()

    keeper.build()
    watching = threading.Thread(target=keeper.watch, args=(ended, tell))
    watching.start()
    plan(keeper.folder, "b.txt", "Hai.", year=2025)
    assert came.wait(20)
    came.clear()
    for path in keeper.folder.iterdir():
        path.unlink()
    assert came.wait(20)
    ended.set()
    watching.join()
    first, last = told[0], told[-1]
    assert isinstance(first, Built)
    assert (first.read, first.reused) == (1, 1)
    assert isinstance(last, Exception)
    assert len(open_index(keeper.root).documents) == 2  # an empty folder takes nothing away


def test_a_watched_folder_whose_disk_is_full_for_a_while(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to touch the file again."""
    monkeypatch.setattr("index.keeping.AGAIN", 0.1)
    publish, left = generation.publish, [2]

    def full(*arguments: object) -> Path:
        if left[0]:
            left[0] -= 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        made: Path = publish(*arguments)  # type: ignore[arg-type]
        return made

    told: list[Built | Exception] = []
    came, ended = threading.Event(), threading.Event()

    def tell(outcome: Built | Exception) -> None:
        told.append(outcome)
        if isinstance(outcome, Built):
            came.set()

    keeper.build()
    monkeypatch.setattr(generation, "publish", full)
    watching = threading.Thread(target=keeper.watch, args=(ended, tell))
    watching.start()
    plan(keeper.folder, "b.txt", "Hai.", year=2025)
    assert came.wait(30)
    ended.set()
    watching.join()
    assert [isinstance(one, OSError) for one in told] == [True, True, False]
    assert set(open_index(keeper.root).documents) == {"a", "b"}


def test_the_first_of_equal_copies_keeps_its_name(folder: Path, tmp_path: Path) -> None:
    """Links to a plan go on leading to it when somebody puts the same file there once more."""
    root = tmp_path / "index"
    index(folder, root)
    shutil.copy(folder / "lang-son-2023.txt", folder / "a.txt")
    index(folder, root)
    assert open_index(root).manifest.copies == {"a": "lang-son-2023"}


def test_a_build_in_portions(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was read before the last portion is served already; all of it counts as one build."""
    monkeypatch.setattr("index.build.PORTION", 1)
    served: list[int] = []
    publish = generation.publish

    def count(*arguments: object) -> Path:
        made: Path = publish(*arguments)  # type: ignore[arg-type]
        served.append(len(open_index(tmp_path / "index").documents))
        return made

    monkeypatch.setattr(generation, "publish", count)
    done = index(folder, tmp_path / "index")
    assert served == [1, 2, 3, 4, 5]
    assert (done.read, done.reused, done.published, done.passages) == (5, 0, True, 336)


def test_the_code_that_relates_plans_decides_what_an_index_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {path.stem for path in makers()} >= {"cards", "copies", "matter", "relations", "sketches", "part", "words"}
    folder, root = tmp_path / "plans", tmp_path / "index"
    plan(folder, "a.txt", "Việc một.")
    plan(folder, "b.txt", "Việc một.")
    assert index(folder, root).copies == 1
    monkeypatch.setattr("index.making.relations", lambda _: ())
    monkeypatch.setattr("index.making._maker", lambda: "other code")
    assert index(folder, root).published
    assert set(open_index(root).documents) == {"a", "b"}


def test_code_that_decides_nothing_is_named_as_it_is() -> None:
    code = {path.name for path in Path(making.__file__).parent.glob("*.py")}
    assert code == making._NO_MAKERS | {path.name for path in makers()}
