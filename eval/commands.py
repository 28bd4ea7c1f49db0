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
from eval.cases import DEV, DEV2, HELD_OUT, load_cases
from eval.lines import Unreadable
from eval.report import answers_json, answers_text, totals_json, totals_text
from eval.retrieval import retrieval_json, retrieval_text, score
from eval.speed import CommandFailed, answering, building, cold_start, encoding, loading, speed_text
from eval.weights import measure, weights_text
from index import IndexDamaged, IndexMissing, open_index
from index.embedding import EmbedderError, open_embedder
from index.settings import embedder_name
from index.vectors import StoreError

RULE = (
    "chỉ in tổng của tệp này, để không ai chỉnh theo nó / only the totals of this file are printed: nobody tunes on it"
)


def perform(arguments: Namespace) -> int:
    """Run one command; 0 when it was done, 2 with a clear line when something asked for cannot be had."""
    try:
        COMMANDS[arguments.command](arguments)
    except (Unreadable, CommandFailed, EmbedderError, StoreError, IndexDamaged, IndexMissing) as error:
        print(" / ".join(str(error).splitlines()), file=sys.stderr)
        return 2
    return 0


def answers(arguments: Namespace) -> None:
    """Each file of cases: its report as tables, or all of them as one JSON list; totals of the held-out one."""
    paths: list[Path] = arguments.cases or [DEV, DEV2, HELD_OUT]
    files = [(path, load_cases(path)) for path in paths]
    assistant = open_assistant(arguments.index)
    plans = texts(arguments.index)
    reports = [run(path, cases, assistant, plans) for path, cases in files]
    kept = [path.resolve() == HELD_OUT.resolve() for path in paths]
    pairs = list(zip(reports, kept, strict=True))
    if arguments.json:
        listed = [totals_json(report) if held else answers_json(report) for report, held in pairs]
        print(json.dumps(listed, ensure_ascii=False))
        return
    for report, held in pairs:
        blocks = (*totals_text(report), RULE) if held else answers_text(report, failures=arguments.failures)
        print(*blocks, sep="\n\n", end="\n\n")


def retrieval(arguments: Namespace) -> None:
    """Words, vectors and both on one folder."""
    bench = load(arguments.folder)
    scores = score(bench, open_embedder(embedder_name(arguments.embedder)))
    if arguments.json:
        print(json.dumps(retrieval_json(scores), ensure_ascii=False))
    else:
        print(*retrieval_text(scores), sep="\n\n")


def weights(arguments: Namespace) -> None:
    """Each weight of the search halved and doubled, on each folder."""
    benches = {folder.resolve().name: load(folder) for folder in arguments.folders}
    embedder = open_embedder(embedder_name(None))
    print(*weights_text({name: measure(bench, embedder) for name, bench in benches.items()}))


def speed(arguments: Namespace) -> None:
    """Everything that is timed, one row each."""
    loaded = answering(open_assistant(arguments.index), load_cases(DEV))
    model = [loading(), encoding(list(texts(arguments.index).values()))]
    print(speed_text([loaded, cold_start(arguments.index), *building(), *model]))


def texts(index: Path | None) -> Mapping[str, str]:
    """The text of every plan in the index by its id, as it was read: what quotes are held to."""
    return {id: document.text for id, document in open_index(index).documents.items()}


COMMANDS = {"answers": answers, "retrieval": retrieval, "weights": weights, "speed": speed}
