"""Answers with a language model, from question to page: real clients, a scripted model at the other end."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from asking import assistant

import prompts
from assistant import Answer, Assistant, Turn
from assistant.generate.line import Line
from assistant.generate.opening import writer
from assistant.generate.settings import BadModelSetting, Settings
from assistant.generate.writer import Writer
from assistant.live import Live
from assistant.processes import Processes
from assistant.steps import Request as Asked
from eval.faults import INSTEAD, Trouble
from eval.loopback import Piece, Reply, Request, Served, refusing, serving

DUTIES = "Công an tỉnh Khánh Hòa phải làm gì?"
FAR = "Ở Khánh Hòa, các resort mướn người chưa đủ tuổi có bị đi soát không?"
KEY = "sk-khoa-bi-mat"
#: What stands above sentences of its section.
OF_POLICE = "**Khánh Hòa (2020) — 12. Công an tỉnh**\n"
PROMPTS = Path(prompts.__file__).parent
LATE = 3.0  # seconds beyond the timeout, on a machine that is busy with other tests


@contextmanager
def asking(
    rules: Assistant, script: Callable[[Request], Reply], timeout: float = 10.0, provider: str = "openai"
) -> Iterator[tuple[Assistant, Served]]:
    with serving(script) as server:
        address = server.base_url if provider == "openai" else server.root
        settings = Settings(provider, "scripted", address, KEY, timeout=timeout, daily=0)
        yield replace(rules, writer=Writer(Line(settings))), server


@contextmanager
def site(model: Assistant, folder: Path) -> Iterator[Assistant]:
    """The same as a site has it: its rules run in a process of their own."""
    processes = Processes(folder, 1)
    try:
        yield Live(processes.staff(model), folder, processes.staff, model.writer)
    finally:
        processes.close()


@pytest.fixture(scope="module")
def rules(index_folder: Path) -> Assistant:
    return assistant(index_folder)


def whole_list(rules: Assistant, question: str = DUTIES) -> str:
    """Every passage that is given, word for word, each with its number."""
    given = rules.grounded(Asked(question)).given
    return "\n".join(f"- {one.words} [{one.n}]" for one in given)


def says(text: str, trouble: Trouble | None = None) -> Callable[[Request], Reply]:
    return lambda _: Reply.of(text, trouble)


def kept(answer: Answer) -> Answer:
    return replace(answer, latency_ms=0.0)


@pytest.mark.parametrize("provider", ["openai", "ollama"])
def test_a_good_answer_passes_unchanged(rules: Assistant, provider: str) -> None:
    text = whole_list(rules)
    with asking(rules, says(text), provider=provider) as (model, _):
        *parts, answer = model.asking(DUTIES)
    text = OF_POLICE + text
    assert answer.text == text
    assert [one.n for one in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(one.quote == rules.documents[one.doc].text[one.start : one.end] for one in answer.citations)
    assert [part.text for part in parts[:2]] == ["", "\n".join(text.split("\n")[:2])]
    assert all(part.is_part and text.startswith(part.text) for part in parts)
    assert answer.trace is not None
    assert (answer.trace.model, answer.trace.outcome) == (f"{provider}:scripted", "written")
    assert answer.trace.prompts == (f"answer@{prompts.digest('answer')}",)


def test_the_passages_are_fenced_numbered_and_starred(rules: Assistant) -> None:
    with asking(rules, says(whole_list(rules))) as (model, server):
        model.ask(DUTIES)
    [request] = server.requests
    fence = next(line for line in request.user.splitlines() if line.startswith("==="))
    inside = request.user.split(f"\n{fence}\n")[1]
    assert inside.startswith("[1] (*) Khánh Hòa (2020) › IV. TỔ CHỨC THỰC HIỆN › ")
    assert DUTIES not in inside
    assert f"Câu hỏi: {DUTIES}" in request.user


FALSE = [
    "Công an tỉnh phải xây 12 trại tạm giam [1].",
    "Công an tỉnh không phối hợp với các đơn vị, địa phương liên quan [1].",
    "Theo kế hoạch của Lạng Sơn, tăng cường công tác phòng, chống tai nạn, thương tích trẻ em [4].",
    "Gọi ngay 0909 123 456 để được tư vấn [2].",
    "Xem tại [trang này](https://tre-em.example) [1].",
    "Tăng cường công tác phòng, chống tai nạn, thương tích trẻ em [9].",
    "Trẻ em được khám miễn phí.",
]


@pytest.mark.parametrize("false", FALSE)
def test_a_false_sentence_among_true_ones_is_dropped(rules: Assistant, false: str) -> None:
    text = whole_list(rules)
    with asking(rules, says(f"- {false}\n{text}")) as (model, server):
        answer = model.ask(DUTIES)
    assert answer.text == OF_POLICE + text
    assert len(server.requests) == (2 if "[" in false else 1)  # mended once; a remark that cites nothing is let go


@pytest.mark.parametrize("false", FALSE)
def test_false_sentences_alone_leave_the_composed_answer_and_say_why(rules: Assistant, false: str) -> None:
    with asking(rules, says(false)) as (model, _):
        answers = list(model.asking(DUTIES))
    composed, line = answers[-1].text.rsplit("\n\n", 1)
    assert composed == rules.ask(DUTIES).text
    assert "điều không có trong đoạn được dẫn; trên đây là câu trả lời soạn từ nguyên văn" in line
    assert [one.text for one in answers[:-1]] == [""]
    assert answers[-1].citations == rules.ask(DUTIES).citations


def test_a_sentence_is_mended_in_its_place(rules: Assistant) -> None:
    first, *others = whole_list(rules).split("\n")

    def script(request: Request) -> Reply:
        mends = "Các câu bị bác bỏ" in request.user
        return Reply.of(f"1) {first.removeprefix('- ')}" if mends else "\n".join(["- Xây 9 trường [1].", *others]))

    with asking(rules, script) as (model, server):
        answer = model.ask(DUTIES)
    assert answer.text == OF_POLICE + whole_list(rules)
    assert "1) - Xây 9 trường [1]. — có con số" in server.requests[1].user


def lists_that_lack(rules: Assistant) -> Iterator[str]:
    """The list without its last item, in another order, and with one of its items cut at a semicolon."""
    *most, _ = lines = whole_list(rules).split("\n")
    yield "\n".join(most)
    yield "\n".join(reversed(lines))
    yield "\n".join(f"{line.split(';')[0]} {line[-3:]}" if ";" in line else line for line in lines)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_list_that_is_not_whole_gives_way(rules: Assistant, which: int) -> None:
    with asking(rules, says(list(lists_that_lack(rules))[which])) as (model, _):
        answer = model.ask(DUTIES)
    assert answer.text.startswith(rules.ask(DUTIES).text)
    assert "bỏ sót nội dung" in answer.text


@pytest.mark.parametrize("trouble", Trouble)
def test_whatever_goes_wrong_the_composed_answer_is_there_in_time(rules: Assistant, trouble: Trouble) -> None:
    text = whole_list(rules)
    with asking(rules, says(text, trouble), timeout=1.0) as (model, _):
        started = time.monotonic()
        *parts, answer = model.asking(DUTIES)
        assert time.monotonic() - started < 1.0 + LATE
    assert kept(answer) == kept(rules.ask(DUTIES))
    assert answer.notice.endswith("trên đây là câu trả lời soạn từ nguyên văn kế hoạch.")
    assert all((OF_POLICE + text).startswith(part.text) for part in parts)
    assert any(part.text for part in parts) <= (trouble not in INSTEAD)


def test_a_model_that_is_down_is_left_alone_after_a_few_questions(rules: Assistant) -> None:
    with refusing() as address:
        model = replace(rules, writer=Writer(Line(Settings("openai", "scripted", address, KEY, timeout=5.0, daily=0))))
        answers = [model.ask(DUTIES) for _ in range(5)]
    assert [one.trace and one.trace.outcome for one in answers] == ["refused"] * 3 + ["resting"] * 2
    assert {kept(one) for one in answers} == {kept(rules.ask(DUTIES))}


PRIVATE_OR_SAFE = [
    ("bố đánh em đau lắm, em phải làm sao?", ()),
    ("Cháu bị xâm hại thì gọi số nào?", ()),
    ("Gọi số điện thoại nào để báo tin trẻ em bị bạo lực?", ()),
    (DUTIES, ("bố em đánh em hằng ngày",)),
    ("Giờ em phải làm sao?", ("chú hàng xóm sờ mó em",)),
    ("Khánh Hòa có bao nhiêu nhiệm vụ của Sở Tư pháp?", ()),
    ("Ai ký kế hoạch Kiên Giang?", ()),
    ("Kinh phí năm 2025 của Kiên Giang là bao nhiêu?", ()),
    ("Sở Y tế Hà Nội phải làm gì?", ()),
]


@pytest.mark.parametrize(("question", "before"), PRIVATE_OR_SAFE)
def test_these_never_reach_a_model(rules: Assistant, question: str, before: tuple[str, ...]) -> None:
    history = tuple(Turn("user", text) for text in before)
    with asking(rules, says("Không sao đâu [1].")) as (model, server):
        answer = model.ask(question, history)
    assert server.requests == []
    assert kept(answer) == kept(rules.ask(question, history))


def test_nothing_private_and_no_key_goes_out_or_into_a_log(rules: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    question = "Tôi là Nguyễn Thị Lan, số 0912345678, muốn hỏi Công an tỉnh Khánh Hòa phải làm gì?"
    text = f"Về trường hợp của «TÊN_1»: {whole_list(rules, question).removeprefix('- ')}"
    with asking(rules, says(text)) as (model, server):
        answer = model.ask(question)
    sent = " ".join(request.body for request in server.requests)
    assert server.requests
    assert not [word for word in ("Nguyễn Thị Lan", "Nguy\\u1ec5n", "0912345678") if word in sent]
    assert "Về trường hợp của Nguyễn Thị Lan: " in answer.text
    assert not [word for word in (KEY, "Nguyễn", "Công an tỉnh", "Khánh Hòa") if word in caplog.text]


def test_a_question_far_from_the_plans_words_is_understood(rules: Assistant) -> None:
    assert rules.ask(FAR).abstained
    slots = '{"kind": "what", "terms": ["lao động trẻ em"], "agencies": [], "provinces": ["Khánh Hòa"], "years": []}'

    with asking(rules, says(f"```json\n{slots}\n```")) as (model, server):
        answer = model.ask(FAR)
    refusal, line, found = answer.text.split("\n\n", 2)
    assert refusal == rules.ask(FAR).text.split("\n")[0]
    assert line == "*Hiểu là:* Kế hoạch nêu gì về lao động trẻ em ở Khánh Hòa"
    assert "kiểm tra về lao động trẻ em" in found
    assert (answer.abstained, answer.question, len(server.requests)) == (True, FAR, 1)
    assert answer.trace is not None
    assert answer.trace.prompts[0] == f"understand@{prompts.digest('understand')}"


SLOTS = [
    '{"kind": "what", "terms": ["gọi 0909123456"], "agencies": ["Sở Không Có"], "provinces": [], "years": []}',
    '{"kind": "what", "terms": "đuối nước"}',
    '{"terms": [{"a": 1}]}',
    "[]",
    "{" * 5000,
    "Tôi không biết",
    '{"kind": "xoá dữ liệu", "terms": ["<img src=x>"], "provinces": ["Hà Nội"], "years": [1999]}',
]


@pytest.mark.parametrize("said", SLOTS)
def test_slots_that_no_vocabulary_holds_change_nothing(rules: Assistant, said: str) -> None:
    with asking(rules, says(said)) as (model, _):
        assert kept(model.ask(FAR)) == kept(rules.ask(FAR))


def test_an_english_question_has_a_frame_around_the_plans_words(rules: Assistant) -> None:
    question = "What must the Department of Tourism of Khanh Hoa do?"
    given = rules.grounded(Asked(question)).given
    lines = [
        f"- According to the plan of Khánh Hòa (2020), Sở Du lịch must: “{one.words.rstrip('.')}” [{one.n}]."
        for one in given
    ]
    with asking(rules, says("\n".join(["- It must build ten hospitals [1].", *lines]))) as (model, server):
        answer = model.ask(question)
    assert answer.text == "\n".join(["**Khánh Hòa (2020) — 6. Sở Du lịch**", *lines])
    assert "Câu hỏi viết bằng tiếng Anh" in server.requests[0].system
    assert answer.trace is not None
    assert f"frame@{prompts.digest('frame')}" in answer.trace.prompts


def test_plans_set_side_by_side_each_stand_under_their_own_name(rules: Assistant) -> None:
    question = "So sánh nhiệm vụ của Sở Tư pháp ở Khánh Hòa và Thừa Thiên Huế"
    given = rules.grounded(Asked(question)).given
    parts, swapped = [], []
    for label in dict.fromkeys(one.label for one in given):
        own = [one for one in given if one.label == label]
        lines = "\n".join(f"- {one.words} [{one.n}]" for one in own)
        parts.append(f"**{label} — {own[0].above[-1]}**\n{lines}")
        other = next(one.label for one in given if one.label != label)
        swapped.append(f"**{other}**\n{lines}")
    for text in ("\n\n".join(parts), "\n\n".join(swapped)):
        with asking(rules, says(text)) as (model, _):
            assert model.ask(question).text.startswith("\n\n".join(parts))


def test_a_site_asks_the_model_for_every_generation(rules: Assistant, index_folder: Path) -> None:
    text = whole_list(rules)
    with asking(rules, says(text)) as (model, _):
        live = Live(rules, index_folder, writer=model.writer)
        assert live.ask(DUTIES).text == OF_POLICE + text
        assert live.at_once > rules.at_once


def test_whoever_leaves_ends_the_call(rules: Assistant) -> None:
    with asking(rules, lambda _: Reply.of(whole_list(rules), Trouble.STALL), timeout=60.0) as (model, server):
        growing = model.asking(DUTIES)
        next(growing), next(growing)
        growing.close()  # type: ignore[attr-defined]
        assert server.requests[0].gone.wait(10)


def test_the_log_says_what_became_of_it(rules: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "assistant.questions")
    for script in (says(whole_list(rules)), says("Bịa [1]."), partial(Reply.of, "", Trouble.BUSY)):
        with asking(rules, lambda request, script=script: script(request)) as (model, _):
            model.ask(DUTIES)
    asked, again = (f"{name}@{prompts.digest(name)}" for name in ("answer", "repair"))
    assert [line.partition(" model=")[2] for line in caplog.messages if line.startswith("id=")] == [
        f"openai:scripted outcome=written prompts={asked}",
        f"openai:scripted outcome=unsupported prompts={asked},{again}",
        f"openai:scripted outcome=busy prompts={asked}",
    ]


def test_thousands_of_marks_take_no_longer_than_anything_else(rules: Assistant) -> None:
    with asking(rules, lambda _: Reply(Piece("[1]") for _ in range(3900)), timeout=2.0) as (model, _):
        started = time.monotonic()
        answer = model.ask(DUTIES)
        assert time.monotonic() - started < 2.0 + LATE
    assert answer.text.startswith(rules.ask(DUTIES).text)


def test_the_same_question_gives_the_same_answer_without_another_call(rules: Assistant) -> None:
    with asking(rules, says(whole_list(rules))) as (model, server):
        first, again = model.ask(DUTIES), model.ask(DUTIES)
        model.ask(DUTIES, years=[2020])
    assert kept(first) == kept(again)
    assert len(server.requests) == 2  # another filter is another question


@pytest.mark.parametrize("question", [DUTIES, FAR])
def test_whoever_leaves_ends_a_call_that_says_nothing(rules: Assistant, question: str) -> None:
    with asking(rules, lambda _: Reply(trouble=Trouble.HANG), timeout=60.0) as (model, server):
        growing = model.asking(question)
        next(growing), next(growing)
        growing.close()  # type: ignore[attr-defined]
        assert server.requests[0].gone.wait(10)


@pytest.mark.parametrize("of_site", [False, True])
@pytest.mark.parametrize("sign", ["-", "*", "•"])
def test_an_item_is_counted_in_the_answer_that_was_shown(
    rules: Assistant, index_folder: Path, of_site: bool, sign: str
) -> None:
    question = "Sở Tư pháp Kiên Giang và Sở Tư pháp Khánh Hòa được giao gì về con nuôi?"
    given = rules.grounded(Asked(question)).given
    plans = dict.fromkeys(one.citation.doc for one in given)
    turned = [one for plan in reversed(plans) for one in given if one.citation.doc == plan]
    text = "\n".join(f"{sign} {one.words} [{one.n}]" for one in turned)
    before = [Turn("user", f"Kế hoạch Huế có mục {n} không?") for n in range(9)]  # more than are read
    with (
        asking(rules, says(text)) as (model, server),
        site(model, index_folder) if of_site else nullcontext(model) as one,
    ):
        assert one.ask(question, before).trace.outcome == "written"
        history = [*before, Turn("user", question)]
        first, last = (one.ask(f"nói rõ hơn ý {n}", history) for n in (1, len(turned)))
    assert any(f"hỏi tiếp (có thể không có): {question}\n" in one.user for one in server.requests)
    assert len(plans) > 1
    assert turned[0].words in first.text
    assert turned[-1].words in last.text


def test_what_a_model_leaves_out_of_a_passage_stands_below(rules: Assistant) -> None:
    question = "Bắc Kạn nói gì về hè và trung thu?"
    held = rules.grounded(Asked(question))
    with asking(rules, says(f"{held.given[1].words} [{held.given[1].n}]")) as (model, _):
        answer = model.ask(question)
        item = model.ask("nói rõ hơn ý 1", [Turn("user", question)])
    assert answer.trace is not None and answer.trace.outcome == "written"
    written, below = answer.text.split("\n\n*Đoạn khác gần với câu hỏi:*\n\n")
    assert held.given[1].words in written
    assert held.given[0].words in below
    assert held.given[1].words.split(". ")[0] in item.text  # the first thing that is said, not the first of the list


def test_a_comparison_never_loses_a_plan(rules: Assistant) -> None:
    held = rules.grounded(Asked("So sánh mục tiêu của Khánh Hòa và Kiên Giang"))
    assert {one.doc for one in held.answer.citations} == {"khanh-hoa-2020", "kien-giang-2021-2030"}
    assert held.prompt == ""  # of one plan the composed answer cites headings alone, which a model is not given


@pytest.mark.parametrize("changed", ["Hãy viết {tinh}.\n---\n{question}", "Hãy viết.", "{\n---\n{question}"])
def test_a_prompt_that_does_not_fit_is_said_at_once_and_costs_no_answer(
    rules: Assistant, changed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(PROMPTS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "answer.vi.md").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(prompts, "_HERE", tmp_path)
    prompts._read.cache_clear()
    try:
        with asking(rules, says("x")) as (model, server):
            answer = model.ask(DUTIES)
        with pytest.raises(BadModelSetting, match=r"answer\.vi\.md.*\{question\}"):
            writer("openai:x", tmp_path)
        shutil.copy(PROMPTS / "answer.vi.md", tmp_path)
        (tmp_path / "frame.vi.md").unlink()
        prompts._read.cache_clear()
        with pytest.raises(BadModelSetting, match=r"frame\.vi\.md"):
            writer("openai:x", tmp_path)
    finally:
        prompts._read.cache_clear()
    assert server.requests == []
    assert kept(answer) == kept(rules.ask(DUTIES))
    assert answer.trace is not None and answer.trace.outcome == "ours"
    assert "phần hỏi mô hình ngôn ngữ gặp lỗi" in answer.notice.lower()
    assert [one.message for one in caplog.records] == ["an answer by the language model failed with ValueError"]


def test_what_an_english_question_is_taken_for_is_answered_in_english(rules: Assistant) -> None:
    question = "Is anyone in Khanh Hoa stopping bosses who hire youngsters?"
    assert rules.grounded(Asked(question)).lost
    slots = '{"kind": "what", "terms": ["lao động trẻ em"], "agencies": [], "provinces": ["Khánh Hòa"], "years": []}'
    with asking(rules, says(slots)) as (model, _):
        answer = model.ask(question)
    assert answer.trace is not None and answer.trace.outcome == "restated"
    assert "*Taken as:* Kế hoạch nêu gì về lao động trẻ em ở Khánh Hòa\n" in answer.text
    duties = "Sở Lao động - Thương binh và Xã hội Khánh Hòa phải làm gì?"
    notes = [
        rules.grounded(Asked(duties, english=english)).answer.text.rsplit("\n", 1)[-1] for english in (False, True)
    ]
    assert [note.startswith(begins) for note, begins in zip(notes, ("*Ghi chú:*", "*Note"), strict=True)] == [
        True,
        True,
    ]
