"""Generations: whole or not served, whatever is done to the files or to the process that writes them."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from letters import Letters

from corpus.document import Span
from index import IndexDamaged, IndexMissing, Searcher, generation, open_index
from index.build import NothingToIndex, build
from index.embedding import EMBEDDERS
from index.embedding.rows import EmbedderRow
from index.manifest import FORMAT, Manifest
from index.passages import Passage
from index.search import DEPTH

HERE = Path(__file__).parent
PLANS = HERE.parent / "corpus" / "documents"
COMMAND = "python -m index build"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the five plans, not to be changed."""
    root = tmp_path_factory.mktemp("built")
    build(PLANS, root, Letters(), "faiss")
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(built, tmp_path / "index"))


def served(root: Path) -> Path:
    return generation.current(root)


def plan(folder: Path, name: str, *items: str) -> Path:
    folder.mkdir(exist_ok=True)
    lines = [f"KẾ HOẠCH {name}", "", "I. NHIỆM VỤ", "", *(f"- {item}" for item in items)]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


# ---------------------------------------------------------------- what comes back


def test_what_was_read_comes_back(built: Path) -> None:
    index = open_index(built)
    assert list(index.documents) == [path.stem for path in sorted(PLANS.glob("*.txt"))]
    for document in index.documents.values():
        assert document.text == (PLANS / document.source).read_text(encoding="utf-8")
        assert [section.id for section in document.sections] == list(range(len(document.sections)))
    for passage in index.passages:
        document = index.documents[passage.doc]
        assert document.sections[passage.section].head == passage.span
        assert passage.text == document.shown(passage.span)
    manifest = index.manifest
    assert (manifest.documents, manifest.passages) == (5, len(index.passages))
    assert (manifest.recipe.embedder, manifest.recipe.store, manifest.dimensions) == ("letters", "faiss", 26)


def test_nothing_is_pickled(built: Path) -> None:
    for path in served(built).rglob("*"):
        assert path.is_dir() or not path.read_bytes().startswith((b"\x80\x03", b"\x80\x04", b"\x80\x05")), path


# ---------------------------------------------------------------- what is found


def test_both_parts_add_up(built: Path) -> None:
    index = open_index(built)
    query = "Sở Y tế phải làm gì?"
    both = index.search(query, k=5)
    words = {hit.passage.key: hit.words for hit in index.search(query, k=1000, vectors=False)}
    every = [hit for doc in index.documents for hit in index.search(query, [doc], k=1000, words=False)]
    vectors = {hit.passage.key: hit.vectors for hit in every}
    assert len(vectors) == len(index.passages)
    assert len(index.search(query, k=1000, words=False)) == DEPTH
    assert [hit.score for hit in both] == sorted((hit.score for hit in both), reverse=True)
    for hit in both:
        assert hit.words == words.get(hit.passage.key, 0.0)
        assert hit.vectors == pytest.approx(vectors[hit.passage.key])
    assert all(share > 0 for share in words.values())


@pytest.mark.parametrize("query", ["Sở Y tế phải làm gì?", "so y te phai lam gi"])
def test_finds_an_agency_with_and_without_accents(built: Path, query: str) -> None:
    for hit in open_index(built).search(query, k=10, vectors=False):
        assert "y tế" in f"{hit.passage.heading} {hit.passage.text}".lower()


@pytest.mark.parametrize("docs", [["lang-son-2023"], ["bac-kan-2023", "khanh-hoa-2020"], ["không có"], []])
def test_search_stays_in_scope(built: Path, docs: list[str]) -> None:
    hits = open_index(built).search("kinh phí thực hiện", docs=docs, k=1000)
    assert {hit.passage.doc for hit in hits} == set(docs) - {"không có"}


@pytest.mark.parametrize("query", ["", "   ", "?!", "🙂"])
def test_a_question_without_words_finds_nothing(built: Path, query: str) -> None:
    assert open_index(built).search(query) == []


def test_cosines_by_hand() -> None:
    """Letters of "ab" and "b": one of two in common, 1 / √2."""
    passages = [Passage("x", place, Span(0, 1), "", text) for place, text in enumerate(["ab", "a", "c"])]
    hits = Searcher.build(passages, Letters()).search("b", words=False)
    assert [(hit.passage.text, round(hit.vectors, 4)) for hit in hits] == [("ab", 0.7071), ("a", 0.0), ("c", 0.0)]


# ---------------------------------------------------------------- damage


def in_part(root: Path, name: str) -> Path:
    """A file of the one part of the generation that is served."""
    return next(served(root).glob(f"parts/*/{name}"))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("harm", [flip, cut, Path.unlink])
def test_every_damaged_file_is_named(root: Path, harm: Callable[[Path], None]) -> None:
    whole = served(root)
    names = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
    assert {"manifest.json", "documents.jsonl", "passages.jsonl", "vectors.npy"} <= {name.name for name in names}
    for name in names:
        kept = (whole / name).read_bytes()
        harm(whole / name)
        with pytest.raises(IndexDamaged) as caught:
            open_index(root)
        assert caught.value.part == whole / name
        assert str(name) in str(caught.value)
        assert COMMAND in str(caught.value)
        (whole / name).write_bytes(kept)
    open_index(root)


@pytest.mark.parametrize("name", ["", "\n", "../..", "a/b", ".building-1", "20200101-none", "\x00"])
def test_a_damaged_pointer(root: Path, name: str) -> None:
    (root / "CURRENT").write_text(name)
    with pytest.raises(IndexDamaged, match=COMMAND):
        open_index(root)


def test_an_index_of_another_version(root: Path) -> None:
    def write(_: Path) -> Manifest:
        manifest = open_index(root).manifest
        return Manifest(FORMAT + 1, "", manifest.recipe, "", 0, 0, 0, {})

    with generation.building(root, lambda: None):
        generation.publish(root, write)
    with pytest.raises(IndexDamaged, match=f"format {FORMAT + 1}"):
        open_index(root)


@pytest.mark.parametrize("name", ["documents.jsonl", "passages.jsonl"])
def test_whole_but_of_another_shape(root: Path, name: str) -> None:
    manifest, whole = open_index(root).manifest, served(root)

    def write(folder: Path) -> Manifest:
        shutil.copytree(whole, folder, dirs_exist_ok=True)
        (folder / "manifest.json").unlink()
        next(folder.glob(f"parts/*/{name}")).write_text('{"id": "a", "colour": "red"}\n')
        return replace(manifest, files={})

    with generation.building(root, lambda: None):
        generation.publish(root, write)
    with pytest.raises(IndexDamaged, match=COMMAND) as caught:
        open_index(root)
    assert caught.value.part.name == name
    assert build(PLANS, root, Letters(), "faiss").read == 5
    open_index(root)


@pytest.mark.parametrize("name", ["none", "a/b/c", "a-file"])
def test_no_index(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(IndexMissing, match=COMMAND):
        open_index(tmp_path / name)


def test_a_damaged_index_is_built_from_nothing(root: Path) -> None:
    flip(in_part(root, "documents.jsonl"))
    done = build(PLANS, root, Letters(), "faiss")
    assert (done.read, done.reused, done.published) == (5, 0, True)
    open_index(root)


# ---------------------------------------------------------------- only what changed


def test_takes_over_what_did_not_change(tmp_path: Path) -> None:
    folder = plan(tmp_path / "plans", "a.txt", "Một.", "Hai.")
    plan(folder, "b.txt", "Ba.")
    root, model = tmp_path / "index", Letters()

    first = build(folder, root, model, "faiss")
    assert (first.read, first.reused, first.removed, first.published) == (2, 0, 0, True)
    before = served(root)

    again = build(folder, root, model, "faiss")
    assert (again.read, again.reused, again.published, served(root)) == (0, 2, False, before)

    model.encoded.clear()
    plan(folder, "b.txt", "Ba.", "Bốn.")
    changed = build(folder, root, model, "faiss")
    assert (changed.read, changed.reused, changed.removed) == (1, 1, 0)
    assert [text.splitlines()[-1] for text in model.encoded] == ["- Bốn."]

    (folder / "a.txt").unlink()
    less = build(folder, root, model, "faiss")
    assert (less.read, less.reused, less.removed) == (0, 1, 1)
    assert list(open_index(root).documents) == ["b"]


def test_another_model_embeds_everything_again(root: Path) -> None:
    model = Letters("2")
    done = build(PLANS, root, model, "faiss")
    assert (done.read, done.reused, done.published) == (0, 5, True)
    assert len(model.encoded) == len({(hit.heading, hit.text) for hit in open_index(root).passages})


def test_another_store_keeps_the_vectors(root: Path) -> None:
    model = Letters()
    assert build(PLANS, root, model, "exact").published
    assert model.encoded == []
    assert open_index(root).search("kinh phí", words=False)


def test_what_is_stated_beside_a_plan_counts_as_a_change(tmp_path: Path) -> None:
    folder = plan(tmp_path / "plans", "a.txt", "Một.")
    build(folder, tmp_path / "index", Letters(), "faiss")
    (folder / "documents.toml").write_text('[a]\nprovince = "Cà Mau"\n', encoding="utf-8")
    assert build(folder, tmp_path / "index", Letters(), "faiss").read == 1


def test_a_model_that_changed_is_not_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EMBEDDERS, "letters", EmbedderRow("", lambda _: Letters("2")))
    index = open_index(root)
    assert index.search("kinh phí", vectors=False)
    with pytest.raises(IndexDamaged, match="letters@2"):
        index.search("kinh phí")


# ---------------------------------------------------------------- while others read


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    folder, root = plan(tmp_path / "plans", "a.txt", "Bão."), tmp_path / "index"
    build(folder, root, Letters(), "faiss")
    index, opened = open_index(root), served(root)
    for number in range(3):
        plan(folder, "a.txt", f"Lụt {number}.")
        build(folder, root, Letters(), "faiss")
    assert not opened.exists()
    assert [hit.passage.text for hit in index.search("bão")][:1] == ["- Bão."]
    assert sorted(path.name for path in root.iterdir()) == ["CURRENT", "generations", "lock"]
    assert len(list((root / "generations").iterdir())) == 2  # this one and the one before


def test_a_reader_overtaken_by_a_build_opens_the_new_one(tmp_path: Path) -> None:
    folder, root = plan(tmp_path / "plans", "a.txt", "Bão."), tmp_path / "index"
    build(folder, root, Letters(), "faiss")
    read: list[Path] = []

    def slowly(found: Path, _: Manifest) -> str:
        read.append(found)
        if len(read) == 1:
            for number in range(2):
                plan(folder, "a.txt", f"Lụt {number}.")
                build(folder, root, Letters(), "faiss")
        return next(found.glob("parts/*/documents.jsonl")).read_text(encoding="utf-8")

    assert "Lụt 1" in generation.load(root, slowly)
    assert len(read) == 2


# ---------------------------------------------------------------- crashes and full disks


@pytest.mark.parametrize(("mode", "deaths"), [(["1", "bare"], 20), (["9"], 8)])
def test_killed_at_any_step_a_whole_index_is_served(tmp_path: Path, mode: list[str], deaths: int) -> None:
    done = subprocess.run(
        [sys.executable, HERE / "dying.py", tmp_path, *mode], capture_output=True, text=True, check=True
    )
    seen: list[tuple[int, bool, str]] = json.loads(done.stdout)
    assert sum(died for _, died, _ in seen) >= deaths
    assert seen[-1][1:] == [False, str(seen[-1][0])]
    old = [text for _, _, text in seen if text == "0"]
    assert [text for _, _, text in seen] == old + [str(step) for step, _, _ in seen[len(old) :]]
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 2


@pytest.mark.parametrize("limit", [0, 50, 500, 1_000, 2_000, 4_000])
def test_a_disk_that_takes_no_more(tmp_path: Path, limit: int) -> None:
    """No file may grow beyond `limit` bytes: numpy, FAISS, tantivy and we ourselves run into it in turn."""
    folder, root = plan(tmp_path / "plans", "a.txt", "Bão."), tmp_path / "index"
    build(folder, root, Letters(), "faiss")
    before, files = served(root), set(root.rglob("*"))
    plan(folder, "b.txt", *(f"Việc thứ {number}." for number in range(40)))
    held = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, held[1]))
    try:
        with pytest.raises(OSError):
            build(folder, root, Letters(), "faiss")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, held)
    assert served(root) == before
    assert set(root.rglob("*")) == files
    assert list(open_index(root).documents) == ["a"]


def test_nothing_readable_leaves_the_index_alone(root: Path, tmp_path: Path) -> None:
    before = served(root)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToIndex):
        build(tmp_path / "empty", root, Letters(), "faiss")
    assert served(root) == before


def test_whoever_may_read_the_folder_may_read_the_index(built: Path) -> None:
    mask = os.umask(0o022)
    os.umask(mask)
    for path in served(built).rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o777 == 0o666 & ~mask, path
