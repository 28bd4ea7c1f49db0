"""Words, vectors and tokens as one score: each part as it is alone, and which of them a question leans on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Span
from index.embedding import Embedder, open_embedder
from index.embedding.base import Vectors
from index.lexical import Lexical
from index.part import Embedded, filled
from index.passages import Passage
from index.search import Hit, Searcher, Shelf, Weights

TEXTS = [
    "Tổ chức dạy bơi, phòng, chống đuối nước cho trẻ em trong dịp hè.",
    "Bố trí kinh phí từ ngân sách địa phương để thực hiện kế hoạch.",
    "Ngăn chặn tảo hôn và hôn nhân cận huyết thống.",
    "Cấp thẻ bảo hiểm y tế miễn phí cho trẻ em dưới 6 tuổi.",
    "Báo cáo kết quả thực hiện trước ngày 15 tháng 11.",
]
WEIGHTS = Weights()
PASSAGES = [Passage(f"plan-{n % 2}", n, Span(0, len(text)), "", text) for n, text in enumerate(TEXTS)]


class Plain(Embedder):
    """A model of one vector a text and none a token: the share of the shipped model's direction is all it has."""

    name, dimensions, identity = "plain", open_embedder().dimensions, "plain@1"

    def _rows(self, texts: Sequence[str]) -> Vectors:
        return open_embedder().encode(texts)


@pytest.fixture(scope="module", params=["whole", "parts"])
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """All in one; and the same over two shelves, the first with a row that is not served, from words on disk."""
    embedder = open_embedder()
    if request.param == "whole":
        return Searcher.build(PASSAGES, embedder)
    folder: Path = tmp_path_factory.mktemp("searcher")
    Lexical.build(PASSAGES, folder)
    whole = Embedded.of(PASSAGES, embedder.encode(TEXTS), embedder)
    shelves = [shelf(whole, {1: 1, 0: -1, 3: 3}), shelf(whole, {0: 0, 2: 2, 4: 4})]
    return Searcher(PASSAGES, Lexical.open(folder), shelves, whole.tokens, lambda: embedder)


def shelf(whole: Embedded, places: dict[int, int]) -> Shelf:
    """The vectors of some texts, and the place of each in the list."""
    embedded = Embedded.joined([(whole, range(text, text + 1)) for text in places])
    rows = np.array(list(places.values()))
    docs = {doc: np.flatnonzero((rows >= 0) & (rows % 2 == n)) for n, doc in enumerate(("plan-0", "plan-1"))}
    return Shelf(embedded, filled("faiss", embedded.matrix), rows, {doc: own for doc, own in docs.items() if len(own)})


def by_place(hits: Sequence[Hit]) -> dict[int, Hit]:
    return {hit.passage.section: hit for hit in hits}


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("dạy bơi phòng đuối nước", 0),
        ("tien ngan sach", 1),
        ("child marriage", 2),
        ("free health insurance card", 3),
        ("hạn báo cáo", 4),
    ],
)
def test_finds(searcher: Searcher, query: str, place: int) -> None:
    assert searcher.search(query)[0].passage.section == place


@pytest.mark.parametrize("query", ["phòng chống đuối nước", "drowning of children", "zzz", ""])
def test_the_score_is_the_sum_of_its_parts(searcher: Searcher, query: str) -> None:
    words = by_place(searcher.search(query, vectors=False))
    vectors = by_place(searcher.search(query, words=False))
    leans = set()
    for place, hit in by_place(searcher.search(query)).items():
        alone = vectors[place]
        assert hit.words == (words[place].words if place in words else 0)
        assert (hit.vectors, hit.tokens) == pytest.approx((alone.vectors, alone.tokens))
        nearness = WEIGHTS.cosine * hit.vectors + hit.tokens
        assert alone.score == pytest.approx((WEIGHTS.vectors + WEIGHTS.foreign) * nearness)
        leans.add(round((hit.score - hit.words) / nearness, 4))
    assert len(leans) <= 1
    assert all(WEIGHTS.vectors <= lean <= WEIGHTS.vectors + WEIGHTS.foreign + 1e-4 for lean in leans)


class Corners(Embedder):
    """Every passage in a direction of its own; any question lies between those of passages 2 and 0."""

    name, dimensions, identity = "corners", len(TEXTS), "corners@1"

    def _rows(self, texts: Sequence[str]) -> Vectors:
        return np.eye(len(TEXTS), dtype=np.float32)[[TEXTS.index(text) for text in texts]]

    def _question_rows(self, texts: Sequence[str]) -> Vectors:
        return np.array([[0.6, 0, 0.8, 0, 0]] * len(texts), dtype=np.float32)


def test_what_words_alone_find_gets_its_cosine_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.search.DEPTH", 1)
    hits = by_place(Searcher.build(PASSAGES, Corners()).search("dạy bơi"))
    assert {place: hit.vectors for place, hit in hits.items()} == pytest.approx({0: 0.6, 2: 0.8})
    assert hits[0].words > 0 == hits[2].words


def test_a_question_in_the_passages_words_leans_on_words(searcher: Searcher) -> None:
    def lean(query: str) -> float:
        hit = searcher.search(query)[0]
        return (hit.score - hit.words) / (WEIGHTS.cosine * hit.vectors + hit.tokens)

    assert lean("dạy bơi") == pytest.approx(WEIGHTS.vectors, abs=1e-4)
    assert lean("swimming lessons for children") == pytest.approx(WEIGHTS.vectors + WEIGHTS.foreign, abs=1e-4)
    assert WEIGHTS.vectors < lean("dạy bơi swimming") < WEIGHTS.vectors + WEIGHTS.foreign


def test_only_in_the_documents_named(searcher: Searcher) -> None:
    assert {hit.passage.doc for hit in searcher.search("trẻ em", docs=["plan-1"])} == {"plan-1"}
    assert searcher.search("trẻ em", docs=[]) == []


def test_a_model_without_token_vectors_counts_by_its_cosine() -> None:
    searcher = Searcher.build(PASSAGES, Plain())
    for hit in searcher.search("bảo hiểm y tế", words=False):
        assert hit.tokens == 0
        assert hit.score == pytest.approx((WEIGHTS.vectors + WEIGHTS.foreign) * hit.vectors)


def test_equal_scores_keep_reading_order() -> None:
    twins = [Passage("a", n, Span(0, 6), "", "trẻ em") for n in range(3)]
    assert [hit.passage.section for hit in Searcher.build(twins, open_embedder()).search("trẻ em")] == [0, 1, 2]


def test_tokens_are_taken_from_the_headings_too() -> None:
    text, heading = "Chủ trì thực hiện.", "Sở Y tế"
    passages = [Passage("a", 0, Span(0, 1), heading, text), Passage("a", 1, Span(0, 1), "", text)]
    first, second = Searcher.build(passages, open_embedder()).search("Sở Y tế", words=False)
    assert (first.passage.section, second.passage.section) == (0, 1)
    assert np.isfinite([first.tokens, second.tokens]).all()
