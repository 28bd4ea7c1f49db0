"""Words: BM25 over syllables and pairs of adjacent syllables, as they are written and without accents.

A passage is kept in fields: its own words, the headings above it, and its opening words where nothing stands
above, each as written ("exact") and folded. An accented query asks the exact field, so that "bão" does not find
"báo"; a word typed without accents asks the folded one. What a person types is never parsed as a query language:
it becomes terms.

BM25 (Robertson & Zaragoza 2009) as tantivy has it, k1 = 1.2, b = 0.75, and then as it would be with a greater b;
pairs of syllables stand in for a word segmenter, which Vietnamese search does not gain from. The weights here were
chosen over the four development sets of `python -m eval retrieval`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import tantivy

from corpus.words import fold, is_accented, nfc, syllables, tokens
from index.embedding.rows import shipped_words
from index.passages import Passage

#: What a word in the headings above a passage weighs against the same word in the passage.
HEADING_WEIGHT = 0.6
#: What a word in the opening of a passage without headings adds, and how many syllables that is.
OPENING_WEIGHT, OPENING = 0.2, 30
#: What a pair of syllables weighs against a syllable that says USUAL_INFORMATION, as -ln of its share of all words.
PAIR_WEIGHT, USUAL_INFORMATION = 0.6, 9.0
#: How much a long passage pays for its length (BM25's b): tantivy's own is fixed and too small for Vietnamese.
LENGTH_SHARE, _K1, _TANTIVY_SHARE = 0.9, 1.2, 0.75
#: A question with more terms than this that passages hold is searched by the rarest of them.
MAX_TERMS = 200

_EXACT, _FOLDED, _HEADING, _OPENING = "exact", "folded", "heading_", "opening_"
_FIELDS = {"": 1.0, _HEADING: HEADING_WEIGHT, _OPENING: OPENING_WEIGHT}
_HEAP = 64_000_000  # bytes that tantivy collects before it writes a segment
_DIGIT = re.compile(r"\d")
_SHOULD, _MUST = tantivy.Occur.Should, tantivy.Occur.Must


@dataclass(frozen=True, slots=True)
class Term:
    """A syllable or a pair ("trẻ_em") as it is looked up; `field` says with accents or without."""

    text: str
    field: str
    count: int  # passages that hold it, in their words or in their headings
    weight: float = 1.0  # against a syllable


class _Said(NamedTuple):
    """A syllable or a pair of a question: its keys, whether it has no accents, and what it weighs."""

    exact: str
    folded: str
    bare: bool
    weight: float


def _said(query: str, accented: bool) -> list[_Said]:
    """The syllables of a question; one that is rare in general weighs more than a collection of plans can tell."""
    information = shipped_words().information
    text = nfc(query)
    said = []
    for word in (text[start:end] for start, end in tokens(text)):
        whole = None if _DIGIT.search(word) else word if accented else fold(word)
        for exact, folded in zip(syllables(word), syllables(fold(word)), strict=True):
            weight = information(whole or exact) / USUAL_INFORMATION  # the parts of 107/KH-UBND are words themselves
            said.append(_Said(exact, folded, exact == folded, weight))
    return said


def with_pairs(keys: list[str]) -> list[str]:
    """Syllables, then their adjacent pairs.

    >>> with_pairs(["so3", "i", "tê1"])
    ['so3', 'i', 'tê1', 'so3_i', 'i_tê1']
    """
    return keys + [f"{one}_{two}" for one, two in pairwise(keys)]


class Lexical:
    """An index of the words of a list of passages; a passage is named by its place in that list."""

    def __init__(self, index: tantivy.Index) -> None:
        index.config_reader("manual")  # a published index never changes: no thread that watches for it
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()
        mean = self._searcher.aggregate(tantivy.Query.all_query(), {"mean": {"avg": {"field": "length"}}})
        self._mean_length = float(mean["mean"]["value"] or 1.0)

    @classmethod
    def build(cls, passages: Iterable[Passage], folder: Path | None = None) -> Lexical:
        """Index passages, into an empty folder or, without one, in memory. Raises OSError on a full disk."""
        if folder is None:
            return cls(_filled(enumerate(passages), None))
        cls.add(folder, enumerate(passages))
        return cls.open(folder)

    @staticmethod
    def add(folder: Path, placed: Iterable[tuple[int, Passage]], without: Iterable[str] = ()) -> None:
        """Put passages at numbers of their own into what a folder holds already, if anything, after documents have
        been taken out `without` which it shall be. Raises OSError on a full disk."""
        try:
            _filled(placed, folder, without)
        except ValueError as error:  # tantivy's one class for all that goes wrong, here with the disk
            raise OSError(str(error)) from error
        for lock in folder.glob(".tantivy-*.lock"):
            lock.unlink()

    @classmethod
    def open(cls, folder: Path) -> Lexical:
        """Open what `build` wrote; through links, as tantivy makes lock files beside what it only reads.

        It may still make one while the links are removed: they are not worth failing for.
        """
        with TemporaryDirectory(prefix="words-", ignore_cleanup_errors=True) as links:
            for file in folder.iterdir():
                (Path(links) / file.name).symlink_to(file.resolve())
            return cls(tantivy.Index.open(links))

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self, terms: Sequence[Term], docs: Collection[str] | None = None, k: int = 50
    ) -> list[tuple[int, float]]:
        """Places and scores of the best `k` passages, best first, of the documents named (None: all)."""
        held = [term for term in terms if term.count]
        if not held or k < 1 or (docs is not None and not docs):
            return []
        found = self._searcher.search(self._query(held, docs), limit=min(k, len(self)), count=False)
        addresses = [address for _, address in found.hits]
        places = self._searcher.fast_field_values("place", addresses)
        lengths = self._searcher.fast_field_values("length", addresses)
        hits = [
            (int(place or 0), float(score) * _for_length(float(length or 0) / self._mean_length))
            for (score, _), place, length in zip(found.hits, places, lengths, strict=True)
        ]
        return sorted(hits, key=lambda hit: -hit[1])

    def terms(self, query: str) -> list[Term]:
        """The terms of a query, each once; of those that passages hold, the MAX_TERMS rarest."""
        terms = {(term.field, term.text): term for term in self._terms(query)}.values()
        held = sorted((term for term in terms if term.count), key=lambda term: term.count)
        dropped = set(held[MAX_TERMS:])
        return [term for term in terms if term not in dropped]

    def ceiling(self, terms: Iterable[Term]) -> float:
        """The score of a passage of average length that holds each term once, in its words and headings.

        The sum of the terms' weights, ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n of N passages. A score
        divided by it says how much of the question a passage holds; terms that no passage holds weigh most.
        """
        return (1 + HEADING_WEIGHT) * sum(map(self._weight, terms))

    def coverage(self, terms: Sequence[Term]) -> float:
        """The share of a question's weight that is in terms some passage holds, 0 to 1; 0 for no terms.

        Near 1 for a question in the language of the passages, near 0 for one in another.
        """
        held = sum(self._weight(term) for term in terms if term.count)
        return held / sum(map(self._weight, terms)) if held else 0.0

    def _weight(self, term: Term) -> float:
        return term.weight * math.log(1 + (len(self) - term.count + 0.5) / (term.count + 0.5))

    def _terms(self, query: str) -> Iterator[Term]:
        """Syllables, then pairs. A bare word in an accented query is exact if some passage has it bare."""
        accented = is_accented(query)
        said = _said(query, accented)
        said += [
            _Said(f"{one.exact}_{two.exact}", f"{one.folded}_{two.folded}", one.bare or two.bare, PAIR_WEIGHT)
            for one, two in pairwise(said)
        ]
        for one in said:
            count = self._count(_EXACT, one.exact) if accented else 0
            if count or (accented and not one.bare):
                yield Term(one.exact, _EXACT, count, one.weight)
            else:
                yield Term(one.folded, _FOLDED, self._count(_FOLDED, one.folded), one.weight)

    def count(self, text: str, folded: bool = False) -> int:
        """How many passages hold a syllable's key or a pair "a_b", in their words or in the headings above."""
        return self._count(_FOLDED if folded else _EXACT, text)

    def _count(self, field: str, text: str) -> int:
        found = (self._searcher.doc_freq(name, text) for name in (field, _HEADING + field))
        return max(found)

    def _query(self, terms: Iterable[Term], docs: Collection[str] | None) -> tantivy.Query:
        query = tantivy.Query
        words = query.boolean_query([(_SHOULD, part) for term in terms for part in self._parts(term)])
        if docs is None:
            return words
        scope = query.const_score_query(query.term_set_query(self._schema, "doc", sorted(docs)), 0.0)
        return query.boolean_query([(_MUST, scope), (_MUST, words)])

    def _parts(self, term: Term) -> Iterator[tantivy.Query]:
        query = tantivy.Query
        for prefix, weight in _FIELDS.items():
            part = query.term_query(self._schema, prefix + term.field, term.text, index_option="freq")
            yield query.boost_query(part, weight * term.weight)


def _for_length(length: float) -> float:
    """What turns a score under tantivy's share of length into one under LENGTH_SHARE, for terms that occur once.

    length: of the passage, as a multiple of the mean.

    >>> _for_length(1.0)
    1.0
    >>> round(_for_length(4.0), 3)
    0.901
    """
    return _discount(length, _TANTIVY_SHARE) / _discount(length, LENGTH_SHARE)


def _discount(length: float, share: float) -> float:
    return 1 + _K1 * (1 - share + share * length)


def _filled(placed: Iterable[tuple[int, Passage]], folder: Path | None, without: Iterable[str] = ()) -> tantivy.Index:
    index = tantivy.Index(_schema(), path=str(folder) if folder else None)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for doc in without:
        writer.delete_documents_by_term("doc", doc)
    for place, passage in placed:
        writer.add_document(_entry(place, passage))
    writer.commit()
    writer.wait_merging_threads()
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for prefix in _FIELDS:
        for name in (_EXACT, _FOLDED):
            builder.add_text_field(prefix + name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("doc", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("place", fast=True)
    builder.add_integer_field("length", fast=True)
    return builder.build()


def _entry(place: int, passage: Passage) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_integer("place", place)
    entry.add_text("doc", passage.doc)
    own = f"{passage.text} {passage.respelled}"
    written, folded = syllables(own), syllables(fold(own))
    entry.add_integer("length", len(written))
    _add(entry, "", written, folded)
    if passage.heading:
        _add(entry, _HEADING, syllables(passage.heading), syllables(fold(passage.heading)))
    else:
        _add(entry, _OPENING, written[:OPENING], folded[:OPENING])
    return entry


def _add(entry: tantivy.Document, prefix: str, written: list[str], folded: list[str]) -> None:
    entry.add_text(prefix + _EXACT, " ".join(with_pairs(written)))
    entry.add_text(prefix + _FOLDED, " ".join(with_pairs(folded)))
