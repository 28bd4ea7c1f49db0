"""What `python -m eval` does by the clock: how long things take, and how much they bear."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from assistant import open_assistant
from eval.browser import waiting
from eval.cases import TUNED, load_cases
from eval.scale import over, scale_json, scale_text
from eval.scale import scale as measured_scale
from eval.speed import answering, building, cold_start, encoding, loading, speed_text
from eval.visitors import serving, visit, visitors_text
from index import open_index

FELL = 1  # exit status where a bound is passed


def speed(arguments: Namespace) -> int:
    """Everything that is timed, one row each."""
    loaded = answering(open_assistant(arguments.index), load_cases(TUNED))
    texts = [document.text for document in open_index(arguments.index).documents.values()]
    model = [loading(), encoding(texts)]
    print(speed_text([loaded, cold_start(arguments.index), *building(), *model]))
    return 0


def scale(arguments: Namespace) -> int:
    """Thousands of plans: indexed, one added, asked about; 1 where a bound is passed."""
    found = measured_scale(load_cases(TUNED), arguments.plans)
    print(json.dumps(scale_json(found)) if arguments.json else scale_text(found))
    passed = over(found)
    print(*(f"✗ {line}" for line in passed), sep="\n", end="\n" if passed else "", file=sys.stderr)
    return FELL if passed else 0


def visitors(arguments: Namespace) -> int:
    """Many at once against a site of their own or the one named; 1 when an error occurred."""
    questions = [case.question for case in load_cases(TUNED) if not case.history]
    if arguments.url:
        found = visit(arguments.url, questions, arguments.visitors, arguments.seconds)
    else:
        with serving(arguments.index) as (address, process):
            found = visit(address, questions, arguments.visitors, arguments.seconds, process)
    print(visitors_text(found))
    return FELL if found.errors or not found.waited else 0


def browser(arguments: Namespace) -> int:
    """What one waits for in a real browser, with a site of its own."""
    questions = [case.question for case in load_cases(TUNED) if not case.history and case.category != "hotline"]
    with serving(arguments.index) as (address, _):
        print(speed_text(waiting(address, questions)))
    return 0
