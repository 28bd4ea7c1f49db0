"""How far the wording of cases is from the plans', and whether any is worded as a question of another set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.words import fold
from eval.cases import Case
from eval.judging import normalise, source_lines

#: A question is far from its plan where fewer of its pairs of neighbouring syllables than this share stand there.
FAR = 0.2
#: Two questions are worded alike where they share this much of their pairs (Jaccard index).
ALIKE = 0.6

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Of one file: how many cases have lines that answer them, how many of those are far; and ids worded alike.

    alike: for each such case the question of the other set that it is nearest to.
    """

    name: str
    answered: int
    far: int
    alike: Mapping[str, str]


def wording(name: str, cases: Sequence[Case], texts: Mapping[str, str], others: Iterable[str] = ()) -> Wording:
    """The wording of a file's cases. texts: the plans by id.  others: questions that none should be worded as."""
    shares = [share for case in cases if (share := held_share(case, texts)) is not None]
    asked = {question: pairs_of(question) for question in others}
    alike = {case.id: near for case in cases if (near := _nearest(pairs_of(case.question), asked))}
    return Wording(name, len(shares), sum(share < FAR for share in shares), alike)


def held_share(case: Case, texts: Mapping[str, str]) -> float | None:
    """The share of a question's pairs that stand in the lines that answer it, accents aside; None without lines."""
    lines = source_lines(case.nuggets, texts)
    asked = pairs_of(case.question)
    if not lines or not asked:
        return None
    held = frozenset[tuple[str, str]]().union(*map(pairs_of, lines))
    return len(asked & held) / len(asked)


def pairs_of(text: str) -> Pairs:
    """The pairs of neighbouring syllables of a text, without accents and punctuation.

    >>> sorted(pairs_of("Sở Y tế, sở y"))
    [('so', 'y'), ('te', 'so'), ('y', 'te')]
    """
    return frozenset(pairwise(fold(normalise(text)).split()))


def wording_text(found: Sequence[Wording], compared: bool) -> list[str]:
    """One line a file, and below it the cases that are worded as another set's."""
    lines = []
    for one in found:
        share = one.far / one.answered if one.answered else 0.0
        lines.append(f"{one.name}: lời xa văn bản / far wording {one.far}/{one.answered} = {share:.2f}")
        if compared:
            lines.append(f"  giống bộ kia / worded as the other set: {len(one.alike)}")
            lines += [f"  {case}: {question}" for case, question in one.alike.items()]
    return lines


def _nearest(asked: Pairs, others: Mapping[str, Pairs]) -> str:
    """The first question worded alike, "" for none."""
    for question, pairs in others.items():
        if asked | pairs and len(asked & pairs) / len(asked | pairs) >= ALIKE:
            return question
    return ""
