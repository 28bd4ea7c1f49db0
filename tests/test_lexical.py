"""Words: which passages a query finds, in which order, with which score."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from corpus.document import Span
from corpus.words import key
from index.lexical import HEADING_WEIGHT, MAX_TERMS, OPENING_WEIGHT, PAIR_WEIGHT, Lexical, with_pairs
from index.passages import Passage


def passage(doc: str, text: str, heading: str = "", respelled: str = "") -> Passage:
    return Passage(doc, 0, Span(0, len(text)), heading, text, respelled)


PASSAGES = [
    passage("a", "Phòng, chống bão lụt cho trẻ em"),
    passage("a", "Báo cáo kết quả thực hiện trước ngày 15/11"),
    passage("b", "Khám sức khỏe định kỳ", heading="IV. PHÂN CÔNG › 4. Sở Y tế"),
    passage("b", "Phối hợp với Sở Y tế, đoàn thanh niên"),
    passage("c", "Quyết định số 1863/QĐ-TTg; giảm còn 9,8%; 18.670 triệu; gọi 0258.3883.040"),
    passage("c", "Tỷ lệ trẻ em là người dân tộc; tử vong 550/100.000"),
    passage("c", "Cùng cố bộ máy", respelled="củng cố"),
]


@pytest.fixture(scope="module", params=["memory", "disk"])
def lexical(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lexical:
    folder: Path | None = tmp_path_factory.mktemp("words") if request.param == "disk" else None
    return Lexical.build(PASSAGES, folder)


def found(lexical: Lexical, query: str, docs: list[str] | None = None) -> list[int]:
    return [place for place, _ in lexical.search(lexical.terms(query), docs)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bão", {0}),  # accents are meant
        ("báo", {1}),
        ("bao", {0, 1}),  # no accents: either
        ("BÃO", {0}),
        ("ba\u0303o", {0}),  # decomposed, as some keyboards send it
        ("sở y tế", {2, 3}),  # in a heading, in a text
        ("so y te", {2, 3, 4}),  # "sở", and "số" too
        ("1863/QĐ-TTg", {4}),
        ("1863", {4}),
        ("9,8%", {4}),
        ("18.670", {4}),
        ("0258.3883.040", {4}),
        ("550/100.000", {5}),
        ("dân toc", {5}),  # half typed
        ("doan thanh nien", {3}),
        ("tỉ lệ", {5}),  # the other spelling of "tỷ lệ"
        ("khoẻ", {2}),
        ("củng cố", {6}),  # as it should have been printed
        ("trẻ em", {0, 5}),
        ("ngân sách", set()),
        ("", set()),
        ("?! …", set()),
        ('* OR NOT ( ) " : ^ ~ [a TO b] exact:x', set()),  # never a query language
        ("doc:a", set()),
    ],
)
def test_finds(lexical: Lexical, query: str, expected: set[int]) -> None:
    assert set(found(lexical, query)) == expected


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("Sở Y tế phải làm gì?", [3, 2]),  # a text weighs more than a heading
        ("phòng chống bão lụt", [0]),
        ("báo cáo kết quả 15/11", [1]),
    ],
)
def test_order(lexical: Lexical, query: str, order: list[int]) -> None:
    assert found(lexical, query)[: len(order)] == order


@pytest.mark.parametrize(
    ("docs", "expected"),
    [(None, {0, 5}), (["a"], {0}), (["c"], {5}), (["a", "c"], {0, 5}), (["b"], set()), (["x"], set()), ([], set())],
)
def test_stays_in_the_documents_named(lexical: Lexical, docs: list[str] | None, expected: set[int]) -> None:
    assert set(found(lexical, "trẻ em", docs)) == expected


def test_score_by_hand() -> None:
    """BM25, k1 = 1.2: "trẻ em" is 3 terms (two syllables, a pair), "sở y tế" 5, the mean is 4 terms, 2.5 syllables.

    b is 0.75 in tantivy; 2 of 2.5 syllables then bring it to 0.9. The words open their passage, too.
    """
    lexical = Lexical.build([passage("a", "trẻ em"), passage("b", "sở y tế")])
    weight = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    terms = lexical.terms("trẻ")
    [(place, score)] = lexical.search(terms)
    assert place == 0
    one = terms[0].weight * weight * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 4))
    to_greater_b = (1 + 1.2 * (0.25 + 0.75 * 0.8)) / (1 + 1.2 * (0.1 + 0.9 * 0.8))
    assert score == pytest.approx((1 + OPENING_WEIGHT) * one * to_greater_b, rel=1e-6)


def test_ceiling_and_coverage_by_hand() -> None:
    lexical = Lexical.build([passage("a", "trẻ em"), passage("b", "sở y tế")])
    [child, old, pair] = lexical.terms("trẻ già")
    assert (child.count, old.count, pair.count, pair.weight) == (1, 0, 0, PAIR_WEIGHT)
    weight, unknown = math.log(1 + 1.5 / 1.5), math.log(1 + 2.5 / 0.5)  # "già" and "trẻ già" stand nowhere
    known, rest = child.weight * weight, (old.weight + pair.weight) * unknown
    assert lexical.ceiling([child]) == pytest.approx((1 + HEADING_WEIGHT) * known)
    assert lexical.ceiling([child, old, pair]) == pytest.approx((1 + HEADING_WEIGHT) * (known + rest))
    assert lexical.coverage([child, old, pair]) == pytest.approx(known / (known + rest))
    assert lexical.coverage([]) == lexical.coverage(lexical.terms("what must be done")) == 0


def test_parts_of_a_number_weigh_what_they_weigh_alone() -> None:
    lexical = Lexical.build([passage("a", "Kế hoạch 107/KH-UBND ngày 15/11/2020")])
    alone = {term.text: term.weight for query in ("ubnd", "2020") for term in lexical.terms(query)}
    within = {term.text: term.weight for term in lexical.terms("107/KH-UBND 15/11/2020")}
    assert {text: within[text] for text in alone} == alone


def test_a_passage_that_is_the_question_holds_all_of_it_however_long() -> None:
    long = " ".join(f"từ{n}" for n in range(600))
    lexical = Lexical.build([passage("a", long), passage("b", "khác hẳn")])
    terms = lexical.terms(long)
    [(place, score)] = lexical.search(terms)
    assert place == 0
    assert score / lexical.ceiling(terms) > 0.3


@pytest.mark.parametrize(("rare", "common"), [("đuối", "và"), ("duoi", "la"), ("xâm", "các"), ("huguenots", "the")])
def test_what_is_rare_in_general_weighs_more(rare: str, common: str) -> None:
    lexical = Lexical.build([passage("a", f"{rare} {common}")])
    weights = {term.text: term.weight for term in lexical.terms(f"{rare} {common}")}
    assert weights[key(rare)] > weights[key(common)]


def test_the_opening_stands_in_for_a_heading() -> None:
    """Of two passages of the same words, the one that opens with what is asked comes first; a heading does more."""
    filler = " ".join(f"từ{n}" for n in range(40))
    opening, later = passage("a", f"đuối nước {filler}"), passage("b", f"{filler} đuối nước")
    headed = passage("c", f"{filler} đuối nước", heading="Phòng chống đuối nước")
    assert found(Lexical.build([later, opening]), "đuối nước") == [1, 0]
    assert found(Lexical.build([later, opening, headed]), "đuối nước") == [2, 1, 0]


def test_a_long_passage_pays_for_its_length() -> None:
    short, long = passage("a", "đuối nước ao hồ"), passage("b", "đuối nước " + " ".join(f"từ{n}" for n in range(60)))
    [(first, much), (second, little)] = Lexical.build([long, short]).search(
        Lexical.build([long, short]).terms("đuối nước")
    )
    assert (first, second) == (1, 0)
    assert much > 1.5 * little


def test_k_and_edges(lexical: Lexical) -> None:
    terms = lexical.terms("trẻ em sở y tế báo cáo bão")
    assert len(lexical.search(terms, k=2)) == 2
    assert lexical.search(terms, k=0) == []
    assert len(lexical.search(terms, k=10**6)) == len(lexical.search(terms))
    assert len(lexical) == len(PASSAGES)
    assert lexical.search(terms)[0][1] >= lexical.search(terms)[-1][1]


def test_a_very_long_question_keeps_its_rarest_terms() -> None:
    texts = [f"từ{number} chung" for number in range(1000)]
    lexical = Lexical.build([passage("a", text) for text in texts])
    terms = lexical.terms(" ".join(texts) + " chung")
    assert sum(term.count > 0 for term in terms) == MAX_TERMS
    assert sum(term.count == 0 for term in terms) == 1000  # "chung từ1" … and "chung chung" stand nowhere
    assert len(lexical.search(terms, k=1000)) < 1000  # "chung" stands in all of them
    assert len(lexical.search(lexical.terms("chung"), k=1000)) == 1000


def test_pairs() -> None:
    assert with_pairs([]) == []
    assert with_pairs(["một"]) == ["một"]


def test_opened_by_readers_that_may_not_write(tmp_path: Path) -> None:
    Lexical.build(PASSAGES, tmp_path)
    before = sorted(tmp_path.iterdir())
    tmp_path.chmod(0o555)
    try:
        assert set(found(Lexical.open(tmp_path), "trẻ em")) == {0, 5}
        assert sorted(tmp_path.iterdir()) == before
    finally:
        tmp_path.chmod(0o755)
