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
    coverage=5.39,
    said=0.57,
    titled=1.96,
    cosine=7.37,
    tokens=1.69,
    value=4.06,
    valued=1.25,
    target=2.41,
    row=1.55,
    inside=4.18,
    owner=3.77,
    duty=-0.69,
    period=0.23,
    led=1.04,
    opening=1.32,
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
    coverage=1.33,
    top=1.02,
    relevance=0.13,
    value=0.69,
    valued=1.42,
    wanted=-2.11,
    tokens=2.23,
    cosine=-0.18,
    units=0.46,
    placed=1.25,
    why=-3.55,
)
BIAS = -3.77
#: Log-odds from which on the plans are taken to hold an answer.
SURE = 0.5


def weighted(weights: Signs | Grounds, values: Signs | Grounds) -> float:
    """The sum of the values, each times its weight.

    >>> ones = Grounds(*[1.0] * len(Grounds.__slots__))
    >>> weighted(ones, ones)
    11.0
    """
    return sum(float(getattr(weights, name)) * float(getattr(values, name)) for name in weights.__slots__)
