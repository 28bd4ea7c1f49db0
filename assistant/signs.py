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


#: What each sign counts for, in log-odds against the other passages of the plan: fitted on the tuned and the far cases.
WEIGHTS = Signs(
    coverage=5.62,
    said=-0.83,
    titled=-0.36,
    cosine=13.32,
    tokens=-0.98,
    value=3.63,
    valued=0.23,
    target=1.6,
    row=1.15,
    inside=3.93,
    owner=2.32,
    duty=-0.63,
    period=0.84,
    led=1.49,
    opening=0.98,
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What tells that the plans hold an answer at all, read off a question and its most relevant passages.

    coverage, relevance: of the best passage.  top: the best coverage among the first.  lead: how far the best one's
    relevance is above the mean.  value: any of them holds a value of the kind asked for; valued: the best coverage of
    a sentence that does.  tokens, cosine: the best of the first.  units: how much the question says, ln(1 + number);
    terms: it names things of the field.  placed: it names a plan by its province or issuer.  why: it asks for a
    reason.  unheld, other_age, other_place: see `assistant.lacks`.  start: 1, whose weight is what the log-odds start
    from.
    """

    coverage: float
    top: float
    relevance: float
    lead: float
    value: float
    valued: float
    tokens: float
    cosine: float
    units: float
    terms: float
    placed: float
    why: float
    unheld: float
    other_age: float
    other_place: float
    start: float


#: What each ground counts for, in log-odds, where a value is asked for: fitted on eval/cases/tuned.jsonl.
OF_VALUES = Grounds(
    coverage=0.01,
    top=0.19,
    relevance=0.11,
    lead=0.13,
    value=1.69,
    valued=1.9,
    tokens=0.93,
    cosine=0.2,
    units=0.61,
    terms=-0.87,
    placed=0.76,
    why=-2.79,
    unheld=-2.16,
    other_age=-4.06,
    other_place=-1.92,
    start=-5.48,
)
#: The same where none is.
OF_WORDS = Grounds(
    coverage=0.73,
    top=1.4,
    relevance=0.05,
    lead=0.09,
    value=0.0,
    valued=0.0,
    tokens=-0.05,
    cosine=2.71,
    units=0.2,
    terms=0.2,
    placed=1.01,
    why=-3.73,
    unheld=-0.47,
    other_age=0.0,
    other_place=0.0,
    start=-3.42,
)
#: Log-odds above which a value is given, where 0 will do for other answers: a wrong figure is worse than none.
SURE_OF_VALUE = 0.8


def weighted(weights: Signs | Grounds, values: Signs | Grounds) -> float:
    """The sum of the values, each times its weight.

    >>> ones = Grounds(*[1.0] * len(Grounds.__slots__))
    >>> weighted(ones, ones)
    16.0
    """
    return sum(float(getattr(weights, name)) * float(getattr(values, name)) for name in weights.__slots__)
