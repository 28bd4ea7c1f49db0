"""Every store of the table, held to numbers worked out by hand and to the exact store's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.vectors import STORES, StoreError, VectorStore, open_store

# Four vectors of a plane; cosines with the question (1, 0) can be read off: 1, 0.6, 0, -1.
PLANE = np.array([[0.0, 1.0], [1.0, 0.0], [-1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
EAST = np.array([1.0, 0.0], dtype=np.float32)


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest) -> VectorStore:
    return open_store(request.param)


def random_vectors(count: int, dimensions: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("k", "allowed", "expected"),
    [
        (1, None, [(1, 1.0)]),
        (2, None, [(1, 1.0), (3, 0.6)]),
        (4, None, [(1, 1.0), (3, 0.6), (0, 0.0), (2, -1.0)]),
        (9, None, [(1, 1.0), (3, 0.6), (0, 0.0), (2, -1.0)]),
        (2, {0, 2, 3}, [(3, 0.6), (0, 0.0)]),
        (9, {2}, [(2, -1.0)]),
        (9, [2, 2, 77], [(2, -1.0)]),
        (9, {77}, []),
        (9, set(), []),
    ],
)
def test_nearest_by_hand(store, k, allowed, expected):
    store.build(PLANE)
    found = store.search(EAST, k, allowed)
    assert [id for id, _ in found] == [id for id, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-6)
    assert all(type(id) is int and type(score) is float for id, score in found)


def test_own_ids_and_equal_scores(store):
    store.build(np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32), ids=[900, 7, 12])
    assert store.search(EAST, 3) == [(7, 1.0), (900, 1.0), (12, 0.0)]
    assert store.search(EAST, 3, allowed=[900, 12]) == [(900, 1.0), (12, 0.0)]


def test_nothing_held_nothing_asked(store):
    store.build(np.zeros((0, 2), dtype=np.float32))
    assert (len(store), store.search(EAST, 5)) == (0, [])
    store.build(PLANE)
    assert (len(store), store.search(np.zeros(2, dtype=np.float32), 5)) == (4, [])


def test_a_row_of_zeros_scores_zero(store):
    store.build(np.array([[0, 0], [0.6, 0.8], [-0.6, 0.8]], dtype=np.float32))
    assert [id for id, _ in store.search(EAST, 3)] == [1, 0, 2]


@pytest.mark.parametrize(
    ("vectors", "ids", "word"),
    [
        ([[3.0, 4.0]], None, "length 5.0000"),
        ([[float("nan"), 1.0]], None, "length nan"),
        ([1.0, 0.0], None, r"\(n, dimensions\)"),
        ([[1.0, 0.0]], [1, 2], "1 vectors came with 2 ids"),
        ([[1.0, 0.0], [0.0, 1.0]], [5, 5], "each once"),
        ([[1.0, 0.0]], [-1], "0 or more"),
    ],
)
def test_bad_vectors_are_refused(store, vectors, ids, word):
    with pytest.raises(ValueError, match=word):
        store.build(np.array(vectors, dtype=np.float32), ids)


@pytest.mark.parametrize(
    ("vector", "k", "word"), [([1, 0], 0, "not 0"), ([1, 0, 0], 1, r"\(3,\) came"), ([2, 0], 1, "length 2.0000")]
)
def test_bad_questions_are_refused(store, vector, k, word):
    store.build(PLANE)
    with pytest.raises(ValueError, match=word):
        store.search(np.array(vector, dtype=np.float32), k)


@pytest.mark.parametrize("name", sorted(set(STORES) - {"exact"}))
@pytest.mark.parametrize(("count", "dimensions", "k"), [(1, 8, 3), (500, 32, 10), (2000, 256, 50), (300, 16, 1000)])
def test_same_numbers_as_exact(name, count, dimensions, k):
    vectors, questions = random_vectors(count, dimensions, 1), random_vectors(20, dimensions, 2)
    ids = np.random.default_rng(3).permutation(10 * count)[:count].tolist()
    allowed = sorted(ids)[::3]
    fast, exact = open_store(name), open_store("exact")
    fast.build(vectors, ids)
    exact.build(vectors, ids)
    for question in questions:
        for subset in (None, allowed):
            found, right = fast.search(question, k, subset), exact.search(question, k, subset)
            assert [id for id, _ in found] == [id for id, _ in right]
            assert [score for _, score in found] == pytest.approx([score for _, score in right], abs=1e-5)
            assert len(found) == min(k, count if subset is None else len(allowed))


def test_saved_and_loaded_is_the_same(store, tmp_path: Path):
    vectors, ids = random_vectors(200, 24, 4), list(range(1000, 1200))
    store.build(vectors, ids)
    path = tmp_path / "new" / "vectors.bin"
    store.save(path)
    store.save(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["vectors.bin"]
    other = type(store)()
    other.load(path)
    assert (len(other), other.dimensions) == (200, 24)
    for vector in vectors[:5]:
        assert other.search(vector, 10, ids[:150]) == store.search(vector, 10, ids[:150])


@pytest.mark.parametrize("content", [b"", b"no store at all", b"PK\x03\x04" + b"\x00" * 60])
def test_an_unreadable_file_says_what_to_do(store, tmp_path: Path, content: bytes):
    path = tmp_path / "vectors.bin"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="python -m index build"):
        store.load(path)


def test_half_a_file_is_refused(store, tmp_path: Path):
    path = tmp_path / "vectors.bin"
    store.build(random_vectors(50, 16, 5))
    store.save(path)
    path.write_bytes(path.read_bytes()[:1500])
    with pytest.raises(StoreError, match=r"vectors\.bin"):
        store.load(path)


def test_a_missing_file_says_what_to_do(store, tmp_path: Path):
    with pytest.raises(StoreError, match="python -m index build"):
        store.load(tmp_path / "absent.bin")


def test_unknown_store_names_the_known_ones():
    with pytest.raises(StoreError, match="faiss, exact"):
        open_store("chroma")
    assert type(open_store("")) is type(open_store("faiss"))
