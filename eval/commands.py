"""What `python -m eval` does once it is known what is asked."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from tqdm import tqdm

from assistant import Assistant, open_assistant
from assistant.generate.models import ModelMissing
from assistant.generate.opening import unlimited
from assistant.generate.settings import BadModelSetting
from corpus import UnreadableFile
from eval.answers import Plans, Report, measured, run
from eval.beir import load
from eval.browser import NoBrowser
from eval.cases import CASES, FAR, TUNED, Case, case_files, is_kept, load_cases, load_questions
from eval.clocked import browser, scale, speed, visitors
from eval.compare import compare_text, paired
from eval.feedback import feedback_text, read, write_drafts
from eval.fitting import fit_grounds, fit_signs, fitted_text
from eval.floors import WORST_DROP, Held, fallen_text, floors_text, held, load_floors
from eval.formats import Roundtrip, cases_beside, reread
from eval.formats_report import roundtrip_text, roundtrips_json
from eval.lines import Unreadable
from eval.model import scripted
from eval.model_report import failed_calls, fallen, outcomes_text, pairing, scripted_text
from eval.page import check_place, page, write
from eval.plots import PlotsMissing, check_plots
from eval.report import answers_json, answers_text
from eval.retrieval import retrieval_json, retrieval_text, score
from eval.robustness import rerun, robustness_json, robustness_text
from eval.safety import SAFETY, tell, told_text
from eval.speed import CommandFailed
from eval.visitors import NoSite
from eval.weights import measure, weights_text
from eval.wording import wording as words_of_file
from eval.wording import wording_text
from eval.writing.formats import FORMATS, Format, NoFormat, chosen
from index import IndexDamaged, IndexMissing, open_index
from index.build import NothingToIndex
from index.embedding import EmbedderError, open_embedder
from index.settings import documents_folder, embedder_name
from index.vectors import StoreError

Files: TypeAlias = list[tuple[Path, list[Case]]]
#: Exit status when a figure fell below its floor, and when something asked for cannot be had.
FELL, REFUSED = 1, 2
REFUSALS = (
    BadModelSetting,
    ModelMissing,
    NoBrowser,
    NoFormat,
    NothingToIndex,
    UnreadableFile,
    Unreadable,
    CommandFailed,
    EmbedderError,
    StoreError,
    IndexDamaged,
    IndexMissing,
    PlotsMissing,
    NoSite,
)


def perform(arguments: Namespace) -> int:
    """Run one command; 0 when it was done, 1 when a floor did not hold, 2 with a clear line when it cannot be done."""
    try:
        return COMMANDS[arguments.command](arguments)
    except REFUSALS as error:
        print(" / ".join(str(error).splitlines()), file=sys.stderr)
        return REFUSED


def answers(arguments: Namespace) -> int:
    """Each file of cases: its report as tables, or all of them as one JSON list; if asked, as a page too."""
    if arguments.html:
        check_plots()
        check_place(arguments.html)
    files = _files(arguments.cases)
    assistant = open_assistant(arguments.index)
    plans = Plans.of(assistant.documents)
    written = replace(assistant, writer=unlimited(arguments.llm)) if arguments.llm else assistant
    alone = arguments.json or arguments.html  # the model's answers by themselves, for `compare` to set beside others
    reports = [run(path, cases, written if alone else assistant, plans) for path, cases in files]
    if arguments.llm and not alone:
        return _beside(reports, files, written, plans)
    if arguments.html:
        write(arguments.html, page(reports, lambda one: assistant.trail(one.case.question, one.case.history)))
    if arguments.json:
        print(json.dumps([answers_json(report) for report in reports], ensure_ascii=False))
        return 0
    for report in reports:
        _print(answers_text(report, cases=arguments.each, failures=arguments.failures))
    return 0


def _beside(reports: Sequence[Report], files: Files, written: Assistant, plans: Plans) -> int:
    """The same cases with a language model, set beside the reports without one; 1 where it failed any."""
    faults = 0
    for report, (path, cases) in zip(reports, files, strict=True):
        other = run(path, tqdm(cases, path.name, disable=None), written, plans)
        _print(iter([*compare_text([pairing(report, other)]), outcomes_text(other)]))
        faults += failed_calls(other)
    if faults:
        print(f"✗ mô hình không trả lời {faults} câu / the model failed {faults} cases", file=sys.stderr)
    return FELL if faults else 0


def model(arguments: Namespace) -> int:
    """Scripted models; 1 where anything false was shown, or one that is down changed an answer."""
    cases = [case for _, some in _files(arguments.cases) for case in some]
    found = scripted(cases, open_assistant(arguments.index))
    _print(scripted_text(found))
    fell = fallen(found)
    print(*(f"✗ {name}" for name in fell), sep="\n", end="\n" if fell else "", file=sys.stderr)
    return FELL if fell else 0


def robustness(arguments: Namespace) -> int:
    """Each file of cases as it is written and in every variant."""
    files = _files(arguments.cases)
    assistant = open_assistant(arguments.index)
    found = [rerun(path, cases, assistant) for path, cases in files]
    if arguments.json:
        print(json.dumps([robustness_json(one) for one in found], ensure_ascii=False))
        return 0
    for one in found:
        _print(robustness_text(one, failures=arguments.failures))
    return 0


def compare(arguments: Namespace) -> int:
    """Two saved results side by side."""
    _print(compare_text(paired(arguments.before, arguments.after)))
    return 0


def floors(arguments: Namespace) -> int:
    """Every figure beside its floor; what fell is named on stderr."""
    bounds = load_floors()
    files = _files([CASES / name for name in bounds])
    assistant = open_assistant(arguments.index)
    plans = Plans.of(assistant.documents)
    found: list[Held] = []
    for path, cases in files:
        values = {name: one.value for name, one in measured(run(path, cases, assistant, plans).outcomes).items()}
        if WORST_DROP in bounds[path.name]:
            again = rerun(path, cases, assistant)
            values[WORST_DROP] = again.difference(again.worst).value
        found += held(path.name, bounds[path.name], values)
    print(floors_text(found))
    fallen = [one for one in found if not one.holds]
    print(*map(fallen_text, fallen), sep="\n", end="\n" if fallen else "", file=sys.stderr)
    return FELL if fallen else 0


def wording(arguments: Namespace) -> int:
    """How far each file is worded from the plans; with another set, which cases are worded as its own: then 1."""
    texts = {doc: document.text for doc, document in open_index(arguments.index).documents.items()}
    others = load_questions(arguments.against) if arguments.against else []
    files = _files(arguments.cases)
    found = [words_of_file(path.name, cases, texts, others) for path, cases in files]
    kept = {path.name for path, _ in files if is_kept(path)}
    shown = [replace(one, alike=dict.fromkeys(one.alike, "—")) if one.name in kept else one for one in found]
    print(*wording_text(shown, bool(arguments.against)), sep="\n")
    return FELL if any(one.alike for one in found) else 0


def fit(arguments: Namespace) -> int:
    """The weights of assistant/signs.py as the tuned cases have them; what tells a passage, also as the far ones do."""
    cases = [case for _, some in _files(arguments.cases or [TUNED]) for case in some]
    far = [] if arguments.cases else load_cases(FAR)
    assistant = open_assistant(arguments.index)
    fits = {
        "WEIGHTS": fit_signs([*cases, *far], assistant),
        "OF_VALUES": fit_grounds(cases, assistant, of_values=True),
        "OF_WORDS": fit_grounds(cases, assistant, of_values=False),
    }
    print(*fitted_text(fits), sep="\n")
    return 0


def feedback(arguments: Namespace) -> int:
    """What visitors agreed to have kept; drafts of cases of it if asked."""
    found = read(arguments.file)
    if arguments.drafts:
        write_drafts(found, arguments.drafts)
    print(*feedback_text(found), sep="\n")
    return 0


def retrieval(arguments: Namespace) -> int:
    """Words, vectors and both on one folder."""
    bench = load(arguments.folder)
    scores = score(bench, open_embedder(embedder_name(arguments.embedder)))
    if arguments.json:
        print(json.dumps(retrieval_json(scores), ensure_ascii=False))
    else:
        print(*retrieval_text(scores), sep="\n\n")
    return 0


def weights(arguments: Namespace) -> int:
    """Each weight of the search halved and doubled, on each folder."""
    benches = {folder.resolve().name: load(folder) for folder in arguments.folders}
    embedder = open_embedder(embedder_name(None))
    print(*weights_text({name: measure(bench, embedder) for name, bench in benches.items()}))
    return 0


def formats(arguments: Namespace) -> int:
    """Every format read back beside the text; 1 where a list of sections or the answers fall behind the text's."""
    wanted = _formats(arguments.only)
    folder = documents_folder(arguments.documents)
    found: list[Roundtrip] = []
    for one in reread(folder, wanted, cases_beside(folder)):
        found.append(one)
        if not arguments.json:
            _print(roundtrip_text(one, arguments.changes))
    if arguments.json:
        print(json.dumps(roundtrips_json(found), ensure_ascii=False))
    fallen = [line for one in found for line in one.fallen]
    print(*(f"✗ {line}" for line in fallen), sep="\n", end="\n" if fallen else "", file=sys.stderr)
    return FELL if fallen else 0


def safety(arguments: Namespace) -> int:
    """Each file of messages; 1 where a figure is out of its bounds."""
    assistant = open_assistant(arguments.index)
    found = [tell(path, assistant) for path in arguments.messages or sorted(SAFETY.glob("*.jsonl"))]
    print(*told_text(found, arguments.failures), sep="\n")
    return 0 if all(one.holds for one in found) else FELL


def harm(arguments: Namespace) -> int:
    """The model of messages of harm, learnt anew; written where it is asked for."""
    from eval.harm import learn, learnt_text, write  # scikit-learn costs seconds

    learnt = learn()
    print(*learnt_text(learnt), sep="\n")
    if arguments.write:
        write(learnt)
    return 0


def _formats(names: str | None) -> list[Format]:
    """The formats asked for, else all. Raises NoFormat."""
    return list(FORMATS.values()) if names is None else chosen(names)


def _files(paths: Sequence[Path]) -> Files:
    """The files asked for, else all there are, with their cases."""
    return [(path, load_cases(path)) for path in paths or case_files()]


def _print(blocks: Iterator[str]) -> None:
    print(*blocks, sep="\n\n", end="\n\n")


COMMANDS = {
    "answers": answers,
    "model": model,
    "robustness": robustness,
    "compare": compare,
    "floors": floors,
    "wording": wording,
    "fit": fit,
    "feedback": feedback,
    "retrieval": retrieval,
    "weights": weights,
    "safety": safety,
    "harm": harm,
    "formats": formats,
    "scale": scale,
    "speed": speed,
    "browser": browser,
    "visitors": visitors,
}
