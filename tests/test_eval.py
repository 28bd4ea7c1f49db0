"""Measures against pytrec_eval, judgements by hand, the cases against the plans they quote."""

from __future__ import annotations

import doctest
import json
import math
import random
import re
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
import pytrec_eval

from assistant.answer import Answer, Citation
from assistant.question import Turn
from eval import commands
from eval.__main__ import main
from eval.answers import run
from eval.beir import load
from eval.cases import DEV, DEV2, HELD_OUT, Case, Nugget, load_cases
from eval.judging import holds, judge, normalise, source_lines, syllables
from eval.lines import Unreadable
from eval.metrics import estimate, ndcg, percentile, recall, reciprocal_rank
from eval.report import answers_json, answers_text
from eval.speed import CommandFailed, answering, encoding, loading, run_command, speed_text

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
PLANS = {path.stem: path.read_bytes().decode() for path in DOCUMENTS.glob("*.txt")}


def collapsed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["eval.metrics", "eval.judging", "eval.report", "eval.speed"])
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


# measures


@pytest.mark.parametrize("seed", range(8))
def test_measures_equal_trec_eval(seed: int) -> None:
    """Random rankings with graded, missing and surplus passages."""
    chance = random.Random(seed)
    passages = [f"d{number}" for number in range(40)]
    ranked = chance.sample(passages, chance.choice([3, 10, 25]))
    gains = {one: chance.choice([0, 1, 1, 2, 3]) for one in chance.sample([*passages, "x1", "x2"], 15)}
    gains[ranked[-1]] = 1
    official = pytrec_eval.RelevanceEvaluator({"q": gains}, {"ndcg_cut.10", "recip_rank", "recall.10"})
    all_ranks = official.evaluate({"q": {one: float(100 - rank) for rank, one in enumerate(ranked)}})["q"]
    cut = official.evaluate({"q": {one: float(100 - rank) for rank, one in enumerate(ranked[:10])}})["q"]
    assert ndcg(ranked, gains) == pytest.approx(all_ranks["ndcg_cut_10"])
    assert recall(ranked, gains) == pytest.approx(all_ranks["recall_10"])
    assert reciprocal_rank(ranked, gains) == pytest.approx(cut["recip_rank"])


def test_measures_of_nothing() -> None:
    assert (ndcg([], {"a": 1}), recall([], {"a": 1}), reciprocal_rank([], {"a": 1})) == (0, 0, 0)
    assert (ndcg(["a"], {}), recall(["a"], {}), reciprocal_rank(["a"], {})) == (0, 0, 0)
    assert math.isnan(estimate([]).mean)
    assert math.isnan(percentile([], 50))


def test_bootstrap_interval_is_that_of_a_share() -> None:
    """60 right of 100: the normal interval is 0.6 ± 1.96 * sqrt(0.24 / 100) = 0.504 to 0.696."""
    shares = estimate([1.0] * 60 + [0.0] * 40)
    assert (shares.mean, shares.n) == (0.6, 100)
    assert shares.low == pytest.approx(0.504, abs=0.015)
    assert shares.high == pytest.approx(0.696, abs=0.015)
    assert estimate([1.0] * 60 + [0.0] * 40) == shares


# judging


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Ti\u00ea\u0323n  \u00edch", "tiện ích"),  # NFD
        ("LĐ-TB&XH – 2021–2030", "lđ tb xh 2021 2030"),
        ("Số 0258.3883.040, ngày 20/5.", "số 0258.3883.040 ngày 20/5"),
        ("“Vì trẻ em”… **98,5%** [1]", "vì trẻ em 98,5 1"),
        ("chỉ tiêu 3,4,5,6 và 3, 4", "chỉ tiêu 3,4,5,6 và 3 4"),
        ("dân tộc...; chủ_động", "dân tộc chủ động"),
        ("13/2021/TT-BLĐTBXH", "13/2021 tt blđtbxh"),
    ],
)
def test_normalise(written: str, compared: str) -> None:
    assert normalise(written) == compared


@pytest.mark.parametrize(
    ("answer", "words", "there"),
    [
        ("Tỷ suất 550/100.000 trẻ em", "50/100.000", False),
        ("đạt 98,5% vào năm 2025", "8,5%", False),
        ("đạt 98,5% vào năm 2025", "98,5 %", True),
        ("trước ngày\n15/11", "ngày 15/11", True),
        ("ngày 15/11/2015", "15/11", False),
        ("Sở LĐ-TBXH", "Sở LĐ TBXH", True),
        ("<b>script</b>", "<script>", True),
        ("gì đó", "…", False),
    ],
)
def test_holds(answer: str, words: str, there: bool) -> None:
    assert holds(normalise(answer), words) is there


WHO = Nugget("Sở Tư pháp", "a", alts=("STP",))
DUTY = Nugget("nuôi con nuôi", "a")
MORE = Nugget("khai sinh", "a", vital=False)


@pytest.mark.parametrize(
    ("nuggets", "forbid", "answer", "abstained", "right"),
    [
        ((WHO, DUTY, MORE), (), "STP: nuôi con nuôi.", False, True),
        ((WHO, DUTY, MORE), (), "Sở Tư pháp: khai sinh.", False, False),
        ((WHO,), ("Sở Y tế",), "Sở Tư pháp, không phải Sở Y tế", False, False),
        ((WHO,), (), "Sở Tư pháp", True, True),
        ((), (), "Không có trong kế hoạch.", True, True),
        ((), (), "Sở Tư pháp", False, False),
        ((), ("720 triệu",), "Không có, nhưng có 720 triệu.", True, False),
    ],
)
def test_judge(nuggets: tuple[Nugget, ...], forbid: tuple[str, ...], answer: str, abstained: bool, right: bool) -> None:
    case = Case("1", "?", "c", "vi", bool(nuggets), nuggets=nuggets, forbid=forbid)
    assert judge(case, answer, abstained).right is right


def test_source_lines_are_taken_once_and_over_page_breaks() -> None:
    texts = {"a": "1. Chung: 90%\n2. Riêng 90% trẻ em\nxây dựng, củng\n\ncó hệ thống\n"}
    nuggets = [Nugget("90%", "a"), Nugget("Riêng 90% trẻ em", "a"), Nugget("củng có hệ", "a"), Nugget("?", "b")]
    assert source_lines(nuggets, texts) == ["2. Riêng 90% trẻ em", "xây dựng, củng", "có hệ thống"]
    assert source_lines(nuggets[:1], texts) == ["1. Chung: 90%"]
    assert syllables("Riêng 90% – trẻ em.") == 4


# a run, by hand


@dataclass
class Scripted:
    """Answers what is written down for each question."""

    answers: dict[str, Answer]

    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer:
        return self.answers[" | ".join([*(turn.content for turn in history), question])]


def _case(id: str, question: str, *nuggets: Nugget, history: tuple[Turn, ...] = ()) -> Case:
    docs = ("a",) if nuggets else ()
    return Case(id, question, id[0], "vi", bool(nuggets), docs, nuggets, history=history)


def _cited(question: str, text: str, *spans: tuple[str, int, str], abstained: bool = False) -> Answer:
    cites = [Citation(n, doc, "", "", quote, at, at + len(quote)) for n, (doc, at, quote) in enumerate(spans, 1)]
    return Answer(question, text, tuple(cites), abstained=abstained)


def test_report_of_a_run() -> None:
    texts = {"a": "Sở Tư pháp:\nnuôi con\nnuôi trong nước", "b": "Sở Y tế"}
    before = (Turn("user", "Ai?"),)
    cases = [
        _case("d1", "Sở nào?", WHO),
        _case("d2", "Thế còn?", DUTY, history=before),
        _case("u1", "Giá vàng?"),
        _case("u2", "Ai thắng?"),
        _case("d3", "Ai nữa?", WHO),
    ]
    answers = [
        _cited("Sở nào?", "Sở Tư pháp [1][2]", ("a", 0, "Sở Tư pháp"), ("b", 0, "Sở Y tế")),
        _cited("Ai? | Thế còn?", "Nuôi con nuôi, nuôi con nuôi [1]", ("a", 12, "nuôi con nuôi")),
        _cited("Giá vàng?", "Không có.", abstained=True),
        _cited("Ai thắng?", "Sở Y tế [1]", ("b", 0, "Sở Y")),
        _cited("Ai nữa?", "Không có.", abstained=True),
    ]
    report = run(Path("x.jsonl"), cases, Scripted({one.question: one for one in answers}), texts)
    assert [one.verdict.right for one in report.results] == [True, True, True, False, False]
    assert (report.right.mean, report.right.n) == (0.6, 5)
    assert {name: one.mean for name, one in report.by(lambda case: case.category).items()} == {
        "d": pytest.approx(2 / 3),
        "u": 0.5,
    }
    measures = report.measures()
    assert measures["citations"] == 4
    assert measures["quotes exact at start:end"] == 0.75  # "nuôi con nuôi" runs over a line break in the text
    assert measures["quotes verbatim in their plan"] == 1.0
    assert measures["citations from a plan that is due"] == pytest.approx(2 / 3)
    assert measures["length ratio, median"] == pytest.approx((5 / 3 + 7 / 5) / 2)
    assert measures["false refusals"] == pytest.approx(1 / 3)
    assert measures["false answers"] == 0.5
    printed = "\n".join(answers_text(report, failures=True))
    assert "✗ u2: Ai thắng?" in printed
    assert "thiếu / missing: Sở Tư pháp" in printed
    assert json.loads(json.dumps(answers_json(report), allow_nan=False))["right"]["mean"] == 0.6


def test_every_case_is_timed_in_every_round() -> None:
    cases = [_case("d1", "Sở nào?", WHO), _case("u1", "Giá vàng?")]
    scripted = Scripted({case.question: _cited(case.question, "Sở Tư pháp") for case in cases})
    times = answering(scripted, cases, rounds=4)
    assert times.n == 8
    assert 0 <= times.q1 <= times.p50 <= times.q3 <= times.p95
    assert "question to answer" in speed_text([times])


def test_a_command_that_fails_is_not_timed() -> None:
    with pytest.raises(CommandFailed, match=r"mã 3.*đĩa đầy"):
        run_command(["-c", "import sys; sys.stderr.write('đĩa đầy'); sys.exit(3)"])


# the cases


@pytest.mark.parametrize("path", [DEV, DEV2, HELD_OUT], ids=lambda path: path.stem)
def test_cases_quote_the_plans(path: Path) -> None:
    plans = {doc: collapsed(text) for doc, text in PLANS.items()}
    for case in load_cases(path):
        assert bool(case.nuggets) is case.answerable, case.id
        assert set(case.docs) <= plans.keys(), case.id
        assert bool(case.docs) is case.answerable, case.id
        for nugget in case.nuggets:
            assert nugget.text in plans[nugget.doc], (case.id, nugget.text)
        assert not case.answerable or any(nugget.vital for nugget in case.nuggets), case.id


@pytest.mark.parametrize("path", [DEV, HELD_OUT], ids=lambda path: path.stem)
def test_the_lines_that_hold_the_nuggets_are_a_right_answer(path: Path) -> None:
    """No nugget is cut inside a word, none is hidden by its own forbidden words."""
    for case in load_cases(path):
        answer = "\n".join(source_lines(case.nuggets, PLANS))
        assert judge(case, answer, abstained=not case.answerable).right, case.id


def test_dev_and_held_out_share_no_question_and_are_alike() -> None:
    dev, held = load_cases(DEV), load_cases(HELD_OUT)
    assert len({case.id for case in [*dev, *held]}) == len(dev) + len(held)
    asked = [
        [(normalise(case.question), *(turn.content for turn in case.history)) for case in cases]
        for cases in (dev, held)
    ]
    assert not set(asked[0]) & set(asked[1])
    assert all(len(set(one)) == len(one) for one in asked)
    assert Counter(case.category for case in dev) == Counter(case.category for case in held)
    assert min(len(dev), len(held)) >= 80


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "không có câu hỏi nào"),
        ("{", "dòng 1"),
        ('{"id": "1", "question": "?"}', "category"),
        ('{"id": "1", "question": "?", "category": "c", "lang": "vi", "answerable": false}\n' * 2, "dòng 2: id: '1'"),
    ],
)
def test_bad_cases_are_named_in_one_line(
    content: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable):
        load_cases(path)
    assert main(["answers", str(path)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert str(path) in error
    assert error.count("\n") == 1


# folders and commands

CORPUS = {
    "d1": "Sở Y tế tiêm chủng cho trẻ em",
    "d2": "Công an tỉnh phòng, chống tội phạm",
    "d3": "Sở Du lịch kiểm tra",
}


def _beir(folder: Path, qrels: str = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n") -> Path:
    corpus = [json.dumps({"_id": id, "title": "", "text": text}) for id, text in CORPUS.items()]
    queries = [json.dumps({"_id": "q1", "text": "tiêm chủng"}), json.dumps({"_id": "q2", "text": "tội phạm"})]
    (folder / "corpus.jsonl").write_text("\n".join(corpus), encoding="utf-8")
    (folder / "queries.jsonl").write_text("\n".join(queries), encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_beir_folder_is_read(tmp_path: Path) -> None:
    bench = load(_beir(tmp_path))
    assert [passage.text for passage in bench.passages] == list(CORPUS.values())
    assert bench.queries == {"q1": "tiêm chủng", "q2": "tội phạm"}
    assert bench.grades == {"q1": {"d1": 1.0}, "q2": {"d2": 1.0}}


def test_qrels_without_headings_lose_no_line(tmp_path: Path) -> None:
    assert load(_beir(tmp_path, "q1\td1\t1\nq2\td2\t0\n")).grades == {"q1": {"d1": 1.0}, "q2": {"d2": 0.0}}


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    corpus = _beir(tmp_path) / "corpus.jsonl"
    corpus.write_text(corpus.read_text(encoding="utf-8") + '\n{"_id": "d1", "text": "khác"}\n', encoding="utf-8")
    with pytest.raises(Unreadable, match="'d1' stands twice"):
        load(tmp_path)


@pytest.mark.parametrize("text", ["một hai ba bốn " * 40, "một hai"])
def test_encoding_and_loading_are_timed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.speed.ENCODED", 100)
    times = [encoding([text], rounds=2), loading(runs=1)]
    assert [one.n for one in times] == [2, 1]
    assert all(0 < one.p50 < 60_000 for one in times)


@pytest.mark.parametrize(
    ("qrels", "said"),
    [("head\nq1\td1\n", "line 2"), ("head\nq9\td1\t1\n", "'q9'"), ("head\n", "no judged queries")],
)
def test_bad_folders_are_named(qrels: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Unreadable, match=said):
        load(_beir(tmp_path, qrels))
    assert main(["retrieval", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_retrieval_by_the_projects_own_retriever(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrieval", str(_beir(tmp_path)), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["words"] == {"nDCG@10": 1.0, "MRR@10": 1.0, "Recall@10": 1.0}
    assert figures["both"] == {"nDCG@10": 1.0, "MRR@10": 1.0, "Recall@10": 1.0}
    assert figures["vectors"].keys() == figures["words"].keys()
    assert figures["questions_per_second"] > 0


def test_each_weight_is_halved_and_doubled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own").mkdir()
    assert main(["weights", str(_beir(tmp_path / "own"))]) == 0
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["nDCG@10", "own"]
    changed = {row.split(" = ")[0] for row in rows if " = " in row}
    assert changed == {"cosine", "vectors", "foreign"}
    assert len(rows) == 2 + 2 * len(changed)
    assert all(row.split()[-2:] == ["1.000", "1.000"] for row in rows[:2])


def test_without_a_command_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert "measure the retriever" in heard.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["foo"], "'foo'"),
        (["answers", "--frobnicate"], "--frobnicate"),
        (["retrieval"], "thiếu FOLDER / "),
        (["speed", "--index"], "--index cần một giá trị / "),
    ],
)
def test_bad_arguments_are_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    heard = capsys.readouterr()
    assert (stop.value.code, heard.out) == (2, "")
    assert heard.err.count("\n") == 1
    assert said in heard.err
    assert "bad arguments" in heard.err


def test_no_index_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", "--index", str(tmp_path)]) == 2
    heard = capsys.readouterr()
    assert heard.err.count("\n") == 1
    assert "python -m index build" in heard.err


@pytest.mark.parametrize("asked", [[], ["--failures"], ["--json"]])
def test_every_file_is_reported_on_its_own_and_of_held_out_only_totals(
    asked: list[str],
    index_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three short files in the places of the three; the held-out question cannot be answered rightly."""
    monkeypatch.setattr(commands, "DEV", _one_case(tmp_path / "dev.jsonl", "d-1"))
    monkeypatch.setattr(commands, "DEV2", _one_case(tmp_path / "dev2.jsonl", "d-2"))
    monkeypatch.setattr(commands, "HELD_OUT", _one_case(tmp_path / "heldout.jsonl", "h-1"))
    assert main(["answers", "--index", str(index_folder), *asked]) == 0
    printed = capsys.readouterr().out
    assert "d-1" in printed
    assert "d-2" in printed
    assert "h-1" not in printed
    assert "hiếm" not in printed.rpartition("heldout.jsonl")[2]  # the category
    if "--json" in asked:
        reports = json.loads(printed)
        assert [(one["name"], one["right"]["mean"]) for one in reports] == [
            ("dev.jsonl", 0),
            ("dev2.jsonl", 0),
            ("heldout.jsonl", 0),
        ]
        assert reports[2].keys() == {"name", "right", "measures"}
    else:
        shares = re.findall(r"== (\S+)|tất cả / all\s+(\S+)", printed)
        assert [name or share for name, share in shares] == [
            "dev.jsonl", "0.000", "dev2.jsonl", "0.000", "heldout.jsonl", "0.000",
        ]  # fmt: skip
        assert printed.count("nobody tunes on it") == 1


def _one_case(path: Path, id: str) -> Path:
    nugget = {"text": "Không đâu có", "doc": "khanh-hoa-2020"}
    case = {"id": id, "question": "Sở Y tế phải làm gì?", "category": "hiếm", "lang": "vi", "answerable": True}
    path.write_text(json.dumps({**case, "docs": ["khanh-hoa-2020"], "nuggets": [nugget]}), encoding="utf-8")
    return path
