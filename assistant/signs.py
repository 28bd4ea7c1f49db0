"""The signs by which evidence is weighed, and what each counts for: `python -m eval fit` prints the figures anew."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells that a passage answers a question; shares and flags run from 0 to 1.

    coverage: of the matter, by the passage and its headings.  said: of what the question's own words say.
    titled: of the same, by the headings alone.  cosine, tokens: see `index.search.Hit`.  value: it holds a value of
    the kind asked for.  valued: coverage of the best sentence that does.  target: it is among the goals and a target
    is asked for.  row: of a table.  inside: in the section of a body that the question names.  owner: in the section
    of any body, where it is asked who does it.  duty: in the section of any body.  period: it names the time that
    the question names.  led: it begins with a body that the question names.  opening: it is the legal basis of the
    plan, and a document is asked for.
    """

    coverage: float
    said: float
    titled: float
    cosine: float
    tokens: float
    value: float
    valued: float
    target: float
    row: float
    inside: float
    owner: float
    duty: float
    period: float
    led: float
    opening: float


#: What each sign counts for, in log-odds against the other passages of the plan: fitted on eval/cases/tuned.jsonl.
WEIGHTS = Signs(
    coverage=5.97,
    said=0.94,
    titled=2.01,
    cosine=8.39,
    tokens=0.51,
    value=4.49,
    valued=0.71,
    target=1.93,
    row=1.44,
    inside=3.98,
    owner=3.74,
    duty=-0.74,
    period=0.28,
    led=1.0,
    opening=1.4,
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What tells that the plans hold an answer at all, read off a question and its most relevant passages.

    coverage, relevance: of the best passage.  top: the best coverage among the first.  value: any of them holds a
    value of the kind asked for; valued: the best coverage of a sentence that does; wanted: one is asked for.
    tokens, cosine: the best of the first.  units: how much the question says, ln(1 + number).  placed: it names a
    plan by its province or issuer.  why: it asks for a reason.
    """

    coverage: float
    top: float
    relevance: float
    value: float
    valued: float
    wanted: float
    tokens: float
    cosine: float
    units: float
    placed: float
    why: float


#: What each ground counts for, in log-odds, and what they start from: fitted on eval/cases/tuned.jsonl.
GROUNDS = Grounds(
    coverage=0.73,
    top=1.08,
    relevance=0.16,
    value=0.81,
    valued=1.36,
    wanted=-2.45,
    tokens=1.64,
    cosine=-0.34,
    units=0.61,
    placed=1.05,
    why=-3.75,
)
BIAS = -3.29
#: Log-odds from which on the plans are taken to hold an answer.
SURE = 0.5


def weighted(weights: Signs | Grounds, values: Signs | Grounds) -> float:
    """The sum of the values, each times its weight.

    >>> ones = Grounds(*[1.0] * len(Grounds.__slots__))
    >>> weighted(ones, ones)
    11.0
    """
    return sum(float(getattr(weights, name)) * float(getattr(values, name)) for name in weights.__slots__)
