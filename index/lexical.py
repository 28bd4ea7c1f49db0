"""Words: BM25 over syllables and pairs of adjacent syllables, as they are written and without accents.

A passage is kept in four fields: its own words and the headings above it, each as written ("exact") and
folded. An accented query asks the exact field, so that "bão" does not find "báo"; a word typed without
accents asks the folded one. What a person types is never parsed as a query language: it becomes terms.

BM25 as tantivy has it, k1 = 1.2, b = 0.75 (Robertson & Zaragoza 2009); pairs of syllables stand in for a word
segmenter, which Vietnamese search does not gain from.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from corpus.words import fold, is_accented, syllables
from index.passages import Passage

#: What a word in the headings above a passage weighs against the same word in the passage.
HEADING_WEIGHT = 0.6
#: A question longer than this is searched by its rarest terms.
MAX_TERMS = 200

_EXACT, _FOLDED, _HEADING = "exact", "folded", "heading_"
_HEAP = 64_000_000  # bytes that tantivy collects before it writes a segment
_SHOULD, _MUST = tantivy.Occur.Should, tantivy.Occur.Must


@dataclass(frozen=True, slots=True)
class Term:
    """A syllable or a pair ("trẻ_em") as it is looked up; `field` says with accents or without."""

    text: str
    field: str
    count: int  # passages that hold it, in their words or in their headings


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

    @classmethod
    def build(cls, passages: Iterable[Passage], folder: Path | None = None) -> Lexical:
        """Index passages, into an empty folder or, without one, in memory. Raises OSError on a full disk."""
        try:
            index = _filled(passages, folder)
        except ValueError as error:  # tantivy's one class for all that goes wrong, here with the disk
            raise OSError(str(error)) from error
        if folder is None:
            return cls(index)
        for lock in folder.glob(".tantivy-*.lock"):
            lock.unlink()
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Lexical:
        """Open what `build` wrote; through links, as tantivy makes lock files beside what it only reads."""
        with TemporaryDirectory(prefix="words-") as links:
            for file in folder.iterdir():
                (Path(links) / file.name).symlink_to(file.resolve())
            return cls(tantivy.Index.open(links))

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self, terms: Sequence[Term], docs: Collection[str] | None = None, k: int = 50
    ) -> list[tuple[int, float]]:
        """Places and BM25 scores of the best `k` passages, best first, of the documents named (None: all)."""
        held = sorted((term for term in terms if term.count), key=lambda term: term.count)[:MAX_TERMS]
        if not held or k < 1 or (docs is not None and not docs):
            return []
        found = self._searcher.search(self._query(held, docs), limit=min(k, len(self)), count=False)
        places = self._searcher.fast_field_values("place", [address for _, address in found.hits])
        return [(int(place or 0), float(score)) for (score, _), place in zip(found.hits, places, strict=True)]

    def terms(self, query: str) -> list[Term]:
        """The terms of a query, each once; those that no passage holds too."""
        return list({(term.field, term.text): term for term in self._terms(query)}.values())

    def ceiling(self, terms: Iterable[Term]) -> float:
        """The score of a passage of average length that holds each term once, in its words and headings.

        The sum of the terms' weights, ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n of N passages. A score
        divided by it says how much of the question a passage holds; terms that no passage holds weigh most.
        """
        weights = (math.log(1 + (len(self) - term.count + 0.5) / (term.count + 0.5)) for term in terms)
        return (1 + HEADING_WEIGHT) * sum(weights)

    def _terms(self, query: str) -> Iterator[Term]:
        """Syllables, then pairs. A bare word in an accented query is exact if some passage has it bare."""
        written, folded = syllables(query), syllables(fold(query))
        accented = is_accented(query)
        bare = [one == two for one, two in zip(written, folded, strict=False)]
        bare += [one or two for one, two in pairwise(bare)]
        for exact, plain, may_fold in zip(with_pairs(written), with_pairs(folded), bare, strict=False):
            count = self._count(_EXACT, exact) if accented else 0
            if count or (accented and not may_fold):
                yield Term(exact, _EXACT, count)
            else:
                yield Term(plain, _FOLDED, self._count(_FOLDED, plain))

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

    def _parts(self, term: Term) -> tuple[tantivy.Query, tantivy.Query]:
        query = tantivy.Query
        own = query.term_query(self._schema, term.field, term.text, index_option="freq")
        above = query.term_query(self._schema, _HEADING + term.field, term.text, index_option="freq")
        return own, query.boost_query(above, HEADING_WEIGHT)


def _filled(passages: Iterable[Passage], folder: Path | None) -> tantivy.Index:
    index = tantivy.Index(_schema(), path=str(folder) if folder else None)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for place, passage in enumerate(passages):
        writer.add_document(_entry(place, passage))
    writer.commit()
    writer.wait_merging_threads()
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (_EXACT, _FOLDED, _HEADING + _EXACT, _HEADING + _FOLDED):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("doc", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("place", fast=True)
    return builder.build()


def _entry(place: int, passage: Passage) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_integer("place", place)
    entry.add_text("doc", passage.doc)
    for prefix, text in (("", f"{passage.text} {passage.respelled}"), (_HEADING, passage.heading)):
        entry.add_text(prefix + _EXACT, " ".join(with_pairs(syllables(text))))
        entry.add_text(prefix + _FOLDED, " ".join(with_pairs(syllables(fold(text)))))
    return entry
