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
    coverage=5.64,
    said=-0.91,
    titled=-0.59,
    cosine=13.31,
    tokens=-0.92,
    value=3.63,
    valued=0.19,
    target=1.61,
    row=1.15,
    inside=3.94,
    owner=2.32,
    duty=-0.64,
    period=0.87,
    led=1.37,
    opening=0.98,
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What tells that the plans hold an answer at all, read off a question and its most relevant passages.

    coverage, relevance: of the best passage.  top: the best coverage among the first.  lead: how far the best one's
    relevance is above the mean.  value: any of them holds a value of the kind asked for; valued: the best coverage of
    a sentence that does.  tokens, cosine: the best of the first.  units: how much the question says, ln(1 + number);
    terms: it names things of the field.  placed: it names a plan by its province or issuer; dated: a year; body: a
    body; english: it is in English.  why: it asks for a reason; happened: for what has happened; text: for a document
    by its number; duties: for what a body does.  unheld, other_age, other_place, other_kind, other_years: see
    `assistant.lacks`.  lacking: what the most relevant passage lacks, see `index.interaction`.  start: 1, whose
    weight is what the log-odds start from.
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
    dated: float
    body: float
    english: float
    why: float
    happened: float
    text: float
    duties: float
    unheld: float
    other_age: float
    other_place: float
    other_kind: float
    other_years: float
    lacking: float
    start: float


#: What each ground counts for, in log-odds, where a value is asked for: fitted on eval/cases/tuned.jsonl.
OF_VALUES = Grounds(
    coverage=-0.21,
    top=0.09,
    relevance=0.12,
    lead=0.09,
    value=1.59,
    valued=2.12,
    tokens=0.75,
    cosine=0.98,
    units=0.49,
    terms=-0.62,
    placed=0.83,
    dated=-0.53,
    body=0.79,
    english=-0.16,
    why=-2.25,
    happened=-3.15,
    text=1.84,
    duties=1.76,
    unheld=-2.6,
    other_age=-4.46,
    other_place=-1.78,
    other_kind=-2.38,
    other_years=-4.74,
    lacking=-3.38,
    start=-4.03,
)
#: The same where none is.
OF_WORDS = Grounds(
    coverage=0.59,
    top=1.1,
    relevance=0.1,
    lead=0.1,
    value=-0.0,
    valued=0.0,
    tokens=-0.29,
    cosine=1.78,
    units=-0.31,
    terms=0.03,
    placed=1.06,
    dated=-0.54,
    body=-1.07,
    english=-1.12,
    why=-3.56,
    happened=0.87,
    text=0.0,
    duties=1.81,
    unheld=-1.67,
    other_age=0.0,
    other_place=0.0,
    other_kind=-4.74,
    other_years=0.0,
    lacking=-4.96,
    start=0.14,
)
#: Log-odds above which a value is given, where 0 will do for other answers: a wrong figure is worse than none.
SURE_OF_VALUE = 0.8


def weighted(weights: Signs | Grounds, values: Signs | Grounds) -> float:
    """The sum of the values, each times its weight.

    >>> ones = Signs(*[1.0] * len(Signs.__slots__))
    >>> weighted(ones, ones)
    15.0
    """
    return sum(float(getattr(weights, name)) * float(getattr(values, name)) for name in weights.__slots__)
