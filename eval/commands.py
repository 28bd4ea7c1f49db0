"""What `python -m eval` does once it is known what is asked."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from assistant import open_assistant
from eval.answers import run
from eval.beir import load
from eval.cases import DEV, HELD_OUT, load_cases
from eval.lines import Unreadable
from eval.report import answers_json, answers_text
from eval.retrieval import retrieval_json, retrieval_text, score
from eval.speed import CommandFailed, answering, building, cold_start, speed_text
from index import IndexDamaged, IndexMissing, open_index
from index.embedding import EmbedderError, open_embedder
from index.settings import embedder_name

RULE = (
    "không in câu sai của tệp này, để không ai chỉnh theo nó / "
    "what failed in this file is not printed: nobody tunes on it"
)


def perform(arguments: Namespace) -> int:
    """Run one command; 0 when it was done, 2 with a clear line when something asked for cannot be had."""
    try:
        COMMANDS[arguments.command](arguments)
    except (Unreadable, CommandFailed, EmbedderError, IndexDamaged, IndexMissing) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def answers(arguments: Namespace) -> None:
    """Each file of cases: its report as tables, or all of them as one JSON list."""
    paths: list[Path] = arguments.cases or [DEV, HELD_OUT]
    files = [(path, load_cases(path)) for path in paths]
    assistant = open_assistant(arguments.index)
    plans = texts(arguments.index)
    reports = [run(path, cases, assistant, plans) for path, cases in files]
    shown = [path.resolve() != HELD_OUT.resolve() for path in paths]
    pairs = list(zip(reports, shown, strict=True))
    if arguments.json:
        print(json.dumps([answers_json(report, failures=show) for report, show in pairs], ensure_ascii=False))
        return
    for report, show in pairs:
        print(*answers_text(report, failures=arguments.failures and show), sep="\n\n", end="\n\n")
        if arguments.failures and not show:
            print(f"{report.name}: {RULE}\n")


def retrieval(arguments: Namespace) -> None:
    """Words, vectors and both on one folder."""
    bench = load(arguments.folder)
    scores = score(bench, open_embedder(embedder_name(arguments.embedder)))
    if arguments.json:
        print(json.dumps(retrieval_json(scores), ensure_ascii=False))
    else:
        print(*retrieval_text(scores), sep="\n\n")


def speed(arguments: Namespace) -> None:
    """Everything that is timed, one row each."""
    loaded = answering(open_assistant(arguments.index), load_cases(DEV))
    print(speed_text([loaded, cold_start(arguments.index), *building()]))


def texts(index: Path | None) -> Mapping[str, str]:
    """The text of every plan in the index by its id, as it was read: what quotes are held to."""
    return {id: document.text for id, document in open_index(index).documents.items()}


COMMANDS = {"answers": answers, "retrieval": retrieval, "speed": speed}
