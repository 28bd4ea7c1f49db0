"""Measures against pytrec_eval, judgements by hand, the cases against the plans they quote."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest
import pytrec_eval
from evaluating import DUTY, WHO, Scripted, case, cited, unanswerable_file

from assistant.question import Turn
from assistant.signs import Grounds, Signs
from corpus.document import Span
from eval.__main__ import main
from eval.answers import Plans, run
from eval.beir import load
from eval.bootstrap import estimate
from eval.cases import KEPT, KINDS, LANGUAGES, TUNED, Case, Nugget, case_files, is_kept, load_cases
from eval.judging import holds, judge, normalise, source_lines, source_spans, syllables
from eval.lines import Unreadable
from eval.metrics import MEASURES, ndcg, percentile, recall, reciprocal_rank
from eval.report import answers_json, answers_text
from eval.speed import CommandFailed, answering, encoding, loading, run_command, speed_text

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
PLANS = {path.stem: path.read_bytes().decode() for path in DOCUMENTS.glob("*.txt")}


def collapsed(text: str) -> str:
    return " ".join(text.split())


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
    assert math.isnan(percentile([], 50))


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


def test_source_spans_are_all_places_of_the_longest_nuggets() -> None:
    """ "90%" stands in the line of a longer nugget and asks for no other; "trẻ em" alone is in two lines."""
    texts = {"a": "Riêng 90% trẻ em\nChung 90%\n\ntrẻ em"}
    assert source_spans([Nugget("90%", "a"), Nugget("Riêng 90%", "a")], texts) == {"a": {Span(0, 16)}}
    assert source_spans([Nugget("trẻ em", "a"), Nugget("?", "b")], texts) == {"a": {Span(0, 16), Span(28, 34)}}


# a run, by hand


def test_report_of_a_run(tmp_path: Path) -> None:
    """Five cases over two plans; every figure is counted by hand."""
    texts = {"a": "Sở Tư pháp:\nnuôi con\nnuôi trong nước", "b": "Sở Y tế"}
    before = (Turn("user", "Ai?"),)
    cases = [
        case("d1", "Sở nào?", WHO),
        case("d2", "Thế còn?", DUTY, history=before),
        case("u1", "Giá vàng?"),
        case("u2", "Ai thắng?", forbid=("Sở Y tế",)),
        case("d3", "Ai nữa?", WHO, DUTY),
    ]
    answers = [
        cited("Sở nào?", "Sở Tư pháp [1][2]", ("a", 0, "Sở Tư pháp"), ("b", 0, "Sở Y tế")),
        cited("Ai? | Thế còn?", "Nuôi con nuôi, nuôi con nuôi [1]", ("a", 12, "nuôi con nuôi")),
        cited("Giá vàng?", "Không có.", abstained=True),
        cited("Ai thắng?", "Sở Y tế [1]", ("b", 0, "Sở Y")),
        cited("Ai nữa?", "Không có, gần nhất: Sở Tư pháp.", abstained=True),
    ]
    scripted = Scripted({one.question: one for one in answers})
    report = run(tmp_path / "x.jsonl", cases, scripted, Plans(texts))
    assert [one.verdict.right for one in report.results] == [True, True, True, False, False]
    found = {name: estimate(measure.of(report.outcomes)) for name, measure in MEASURES.items()}
    assert {name: (one.value, one.n) for name, one in found.items() if "latency" not in name} == {
        "right": (0.6, 5),
        "nugget_recall": (pytest.approx(2.5 / 3), 3),
        "wrong_numbers": (0.0, 5),
        "forbidden": (1.0, 1),
        "citation_precision": (pytest.approx(2 / 3), 3),  # the plan b is not due; the refusals' own do not count
        "quote_fidelity": (0.75, 4),  # "nuôi con nuôi" runs over a line break of the text
        "length_ratio": (pytest.approx((5 / 3 + 7 / 5) / 2), 2),
        "abstention_precision": (0.5, 2),
        "abstention_recall": (0.5, 2),
    }
    printed = "\n\n".join(answers_text(report, failures=True))
    assert "✗ u2: Ai thắng?" in printed
    assert "thiếu / missing: nuôi con nuôi" in printed
    assert "\nd1 " not in printed
    assert "\nd1 " in "\n\n".join(answers_text(report, cases=True))
    assert all(len(line) <= 120 for block in answers_text(report) for line in block.splitlines())
    told = json.loads(json.dumps(answers_json(report), allow_nan=False))
    assert told["measures"]["right"]["value"] == 0.6
    assert told["kinds"]["d"]["right"]["value"] == pytest.approx(2 / 3)
    assert told["languages"]["vi"]["right"]["n"] == 5
    assert told["cases"][3]["forbidden_words"] == ["Sở Y tế"]


def test_every_case_is_timed_in_every_round() -> None:
    cases = [case("d1", "Sở nào?", WHO), case("u1", "Giá vàng?")]
    scripted = Scripted({one.question: cited(one.question, "Sở Tư pháp") for one in cases})
    times = answering(scripted, cases, rounds=4)
    assert times.n == 8
    assert 0 <= times.q1 <= times.p50 <= times.q3 <= times.p95
    assert "question to answer" in speed_text([times])


def test_a_command_that_fails_is_not_timed() -> None:
    with pytest.raises(CommandFailed, match=r"mã 3.*đĩa đầy"):
        run_command(["-c", "import sys; sys.stderr.write('đĩa đầy'); sys.exit(3)"])


# the cases


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_cases_quote_the_plans(path: Path) -> None:
    plans = {doc: collapsed(text) for doc, text in PLANS.items()}
    for one in load_cases(path):
        assert bool(one.nuggets) is one.answerable, one.id
        assert set(one.docs) <= plans.keys(), one.id
        assert bool(one.docs) is one.answerable, one.id
        counted = one.category == "count"  # a count stands in no line
        assert counted or all(nugget.text in plans[nugget.doc] for nugget in one.nuggets), one.id
        assert not one.answerable or any(nugget.vital for nugget in one.nuggets), one.id


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_every_kind_and_language_is_a_known_one(path: Path) -> None:
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    for one in load_cases(path):
        assert f"| `{one.category}` |" in readme, one.id
        assert one.category in KINDS, one.id
        assert one.lang in LANGUAGES, one.id


@pytest.mark.parametrize("path", [TUNED, *filter(is_kept, case_files())], ids=lambda path: path.stem)
def test_the_nuggets_are_a_right_answer(path: Path) -> None:
    """No nugget is hidden by its own forbidden words."""
    for one in load_cases(path):
        answer = "\n".join(nugget.text for nugget in one.nuggets)
        assert judge(one, answer, abstained=not one.answerable).right, one.id


def test_no_question_is_tuned_on_and_kept_aside() -> None:
    """What fails names cases that are tuned on, never a question that is kept."""
    kept = {said(one) for path in filter(is_kept, case_files()) for one in load_cases(path)}
    assert [one.id for one in load_cases(TUNED) if said(one) in kept] == []


def test_no_id_stands_in_two_files() -> None:
    ids = [one.id for path in case_files() for one in load_cases(path)]
    assert len(set(ids)) == len(ids)


def said(one: Case) -> tuple[str, ...]:
    """What a person says in a case, as it is compared."""
    return (normalise(one.question), *(turn.content for turn in one.history))


def test_kept_files_come_last_and_are_known_by_their_name(tmp_path: Path) -> None:
    files = case_files()
    assert TUNED in files
    assert [is_kept(path) for path in files] == sorted(is_kept(path) for path in files)
    assert all(is_kept(tmp_path / path.name) for path in KEPT)
    (tmp_path / "mine.jsonl").symlink_to(KEPT[0])
    assert is_kept(tmp_path / "mine.jsonl")


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


# what is kept aside


@pytest.mark.parametrize("asked", [[], ["--failures", "--cases"], ["--json"], ["--json", "--failures"]])
def test_of_a_file_kept_aside_no_question_is_printed(
    asked: list[str], index_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same failing question in a tuned and in a kept file, printed and on the page."""
    tuned = unanswerable_file(tmp_path / "tuned.jsonl", "t-1", "Ai dạy múa lân ở Khánh Hòa?")
    kept = unanswerable_file(tmp_path / "reported.jsonl", "k-1", "Ai dạy đá cầu ở Khánh Hòa?")
    page = tmp_path / "page.html"
    assert main(["answers", str(tuned), str(kept), "--index", str(index_folder), "--html", str(page), *asked]) == 0
    printed, shown = capsys.readouterr().out, page.read_text(encoding="utf-8")
    assert "đá cầu" not in printed + shown
    assert "múa lân" in shown
    assert "k-1" not in shown
    assert ("múa lân" in printed) is bool(asked)
    if "--json" in asked:
        reports = json.loads(printed)
        assert [(one["name"], one["kept"], one["measures"]["right"]["value"]) for one in reports] == [
            ("tuned.jsonl", False, 0),
            ("reported.jsonl", True, 0),
        ]
        held = reports[1]["cases"][0]
        assert {name for name, value in held.items() if isinstance(value, str)} == {"id", "category", "lang"}
        assert not any(isinstance(value, list | dict) for value in held.values())
    else:
        assert printed.count("nobody tunes on it") == 1
        assert "k-1" not in printed


def test_weights_are_fitted_and_printed_as_they_stand(
    index_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some = tmp_path / "some.jsonl"
    some.write_text("".join(TUNED.read_text(encoding="utf-8").splitlines(keepends=True)[::10]), encoding="utf-8")
    assert main(["fit", str(some), "--index", str(index_folder)]) == 0
    printed: dict[str, object] = {}
    lines = capsys.readouterr().out
    exec(lines, {"Signs": Signs, "Grounds": Grounds}, printed)
    assert isinstance(printed["WEIGHTS"], Signs)
    assert printed["WEIGHTS"].value > 0
    assert isinstance(printed["OF_VALUES"], Grounds)
    assert isinstance(printed["OF_WORDS"], Grounds)
    assert [float(line.split()[-1]) > 0.5 for line in lines.splitlines() if line.startswith("#")] == [True] * 3
