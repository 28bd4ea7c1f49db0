"""Calls of a language model: the packages that are really used, against a server that really speaks, and fails."""

from __future__ import annotations

import json
import logging
import socket
import sys
import threading
import tomllib
import traceback
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk

from assistant.generate.faults import fault_of, of_status
from assistant.generate.guards import Breaker, Budget, Places
from assistant.generate.line import Fault, Line, ModelFault
from assistant.generate.models import BODY, OUTPUT, PROVIDERS, ModelMissing, open_model
from assistant.generate.said import Said, Thoughts
from assistant.generate.settings import BadModelSetting, Settings
from eval.faults import Trouble
from eval.loopback import Piece, Reply, Request, Served, refusing, serving

ROOT = Path(__file__).resolve().parent.parent
KEY, SYSTEM, USER = "sk-never-shown-1", "SYSTEM-never-shown: trả lời", "USER-never-shown: cháu Lan ở đâu?"
TEXT = "Có 5 trẻ em [1].\n\nTỉnh Cà Mau: 8 triệu đồng [2]."
SOON, LATE = 0.6, 30.0  # seconds: for what never ends, and for what does
LONGEST = 1_000


class Script:
    """What the server says: a reply, or whatever a test puts in its place."""

    reply: Callable[[Request], Reply]

    def __call__(self, request: Request) -> Reply:
        return self.reply(request)

    def says(self, text: str, trouble: Trouble | None = None, **more: Any) -> None:
        reply = Reply.of(text, trouble, **more)
        self.reply = lambda _: reply


SCRIPT = Script()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving(SCRIPT) as server:
        yield server


def at(provider: str, served: Served) -> Settings:
    return Settings(provider, "tốt:8b", served.base_url if provider == "openai" else served.root, KEY, at_once=1)


@pytest.fixture(scope="module", params=["openai", "ollama"])
def opened(request: pytest.FixtureRequest, served: Served) -> Iterator[Line]:
    with closing(Line(at(request.param, served))) as line:
        yield line


@pytest.fixture
def line(opened: Line, served: Served) -> Line:
    """The line of each provider, with nothing held against its server, which says TEXT and was asked nothing."""
    opened.breaker, opened.places, opened.budget = Breaker(), Places(1, patience=0.1), Budget(0)
    served.requests.clear()
    SCRIPT.says(TEXT)
    return opened


def ask(line: Line, seconds: float = LATE, longest: int = LONGEST) -> str:
    return line.whole(SYSTEM, USER, monotonic() + seconds, longest)


@contextmanager
def faulty(fault: Fault) -> Iterator[None]:
    """A call that ends with this fault, of which nothing but its name and a type's is told."""
    with pytest.raises(ModelFault) as raised:
        yield
    error = raised.value
    assert (error.fault, error.__cause__, error.__context__) == (fault, None, None)
    assert_nothing_shown("".join(traceback.format_exception(error)))


def assert_nothing_shown(text: str) -> None:
    assert not [secret for secret in (KEY, "never-shown", "cháu") if secret in text]


# ---------------------------------------------------------------- a good model


def test_text_comes_as_it_is_written(line: Line, served: Served) -> None:
    goes_on = threading.Event()

    def says(_: Request) -> Reply:
        return Reply((Piece("Có 5"), Piece(" trẻ em [1].", pause=0.0 if goes_on.is_set() else 60.0)))

    SCRIPT.reply = says
    pieces = line.stream(SYSTEM, USER, monotonic() + LATE, LONGEST)
    assert next(pieces) == "Có 5"  # while the rest is a minute away
    pieces.close()
    assert served.requests[0].gone.wait(LATE)
    goes_on.set()
    assert ask(line) == "Có 5 trẻ em [1]."  # the one place there is was given back


def test_what_is_sent(line: Line, served: Served) -> None:
    assert ask(line) == TEXT
    request = served.requests.pop()
    assert served.requests == []
    assert (request.model, request.system, request.user, request.is_stream) == ("tốt:8b", SYSTEM, USER, True)
    sent: dict[str, Any] = json.loads(request.body)
    options = sent.get("options", sent)
    assert options["temperature"] == 0
    assert options.get("num_predict", options.get("max_completion_tokens")) == OUTPUT
    assert {name: request.headers[name] for name in ("authorization", "accept-encoding", "connection")} == {
        "authorization": f"Bearer {KEY}",
        "accept-encoding": "identity",
        "connection": "close",
    }


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("<think>Năm? Có lẽ.</think>\n\nCó 5.",), "Có 5."),
        (("<th", "ink>", "Năm?", "</", "think", ">", "\n", "Có", " 5."), "Có 5."),
        (("\n", "<think>", "</think>", "<think>a</think>", "Có 5."), "Có 5."),
        (
            (
                "<",
                "b>5</b> <think> [1]",
            ),
            "<b>5</b> <think> [1]",
        ),
        (("  Có ", "</think> 5."), "Có </think> 5."),
        (("<thin",), "<thin"),
        (("<think>Năm? ", "Không xong"), ""),
        ((), ""),
    ],
)
def test_thoughts_are_left_out(pieces: tuple[str, ...], text: str) -> None:
    thoughts = Thoughts()
    assert "".join([*map(thoughts.left, pieces), thoughts.rest()]) == text
    one_by_one = Thoughts()
    assert "".join([*map(one_by_one.left, "".join(pieces)), one_by_one.rest()]) == text


def test_a_thinking_model(line: Line) -> None:
    SCRIPT.says(f"<think>Cháu Lan? {'Ừ. ' * 1000}</think>\n{TEXT}")
    assert ask(line) == TEXT  # what it thinks is no part of what is too long


def test_of_blocks_the_text_is_taken() -> None:
    pieces: list[str] = []
    said = Said(LONGEST, pieces.append)
    blocks: list[str | dict[str, Any]] = [
        {"type": "thinking", "thinking": "Ừ"}, {"type": "text", "text": "Có 5"}, " trẻ", {"type": "image", "url": ""}
    ]  # fmt: skip
    assert said.heard(AIMessageChunk(blocks, response_metadata={"stop_reason": "end_turn"})) is None
    assert (said.finished(), pieces) == (None, ["Có 5 trẻ"])


def test_the_server_answers_at_once_too(served: Served) -> None:
    SCRIPT.says(TEXT)
    body = {"model": "m", "stream": False, "messages": [{"role": "user", "content": "?"}]}
    for address, read in ((f"{served.base_url}/chat/completions", ("choices", 0)), (f"{served.root}/api/chat", ())):
        request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as response:
            said = json.load(response)
        for step in read:
            said = said[step]
        assert said["message"]["content"] == TEXT
    with urllib.request.urlopen(f"{served.base_url}/models") as response:
        assert [one["id"] for one in json.load(response)["data"]] == ["scripted"]


# ---------------------------------------------------------------- all that goes wrong

FAULTS = {
    Trouble.CLOSED: Fault.CUT,
    Trouble.HANG: Fault.TIMEOUT,
    Trouble.BUSY: Fault.BUSY,
    Trouble.FAILED: Fault.SERVER,
    Trouble.KEY: Fault.KEY,
    Trouble.MISSING: Fault.REJECTED,
    Trouble.REDIRECT: Fault.REJECTED,
    Trouble.HTML: Fault.SCHEMA,
    Trouble.BOMB: Fault.TOO_LONG,
    Trouble.NOT_JSON: Fault.SCHEMA,
    Trouble.NO_CHOICES: Fault.SCHEMA,
    Trouble.NULL: Fault.SCHEMA,
    Trouble.NUMBER: Fault.SCHEMA,
    Trouble.TOOL: Fault.SCHEMA,
    Trouble.REFUSAL: Fault.DECLINED,
    Trouble.ENDLESS: Fault.TOO_LONG,
    Trouble.ENDLESS_LINE: Fault.TOO_LONG,
    Trouble.STALL: Fault.TIMEOUT,
    Trouble.DRIP: Fault.TIMEOUT,
    Trouble.CUT: Fault.CUT,
    Trouble.UNFINISHED: Fault.CUT,
    Trouble.ERROR: Fault.SERVER,
}
#: Those that end by themselves, and must not be taken for slowness on a machine that is busy.
ENDLESS = {trouble for trouble, fault in FAULTS.items() if fault == Fault.TIMEOUT}


@pytest.mark.parametrize("trouble", Trouble, ids=str)
def test_a_trouble_has_its_name_and_ends_in_time(
    line: Line, served: Served, trouble: Trouble, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    SCRIPT.says(TEXT, trouble)
    pieces: list[str] = []
    seconds = SOON if trouble in ENDLESS else LATE
    begun = monotonic()
    no_refusals = line.settings.provider == "ollama" and trouble is Trouble.REFUSAL  # its protocol has no word for one
    expected = Fault.SCHEMA if no_refusals else FAULTS[trouble]
    with faulty(expected):
        for piece in line.stream(SYSTEM, USER, begun + seconds, LONGEST):
            pieces.append(piece)
    took = monotonic() - begun
    assert took < seconds + 1
    assert len("".join(pieces)) <= LONGEST
    assert TEXT.startswith("".join(pieces)[: len(TEXT)]) or trouble == Trouble.ENDLESS
    request = served.requests.pop()
    assert served.requests == []  # asked once
    assert request.over.wait(LATE)  # let go of, also where the server would go on for ever
    assert [record.name for record in caplog.records if record.name != "asyncio"] == ["assistant.generate.line"]
    assert_nothing_shown("".join([caplog.text, *capfd.readouterr()]))
    SCRIPT.says(TEXT)
    assert ask(line) == TEXT


def test_every_trouble_is_tried() -> None:
    assert set(FAULTS) == set(Trouble)


@pytest.mark.parametrize(
    ("text", "finish", "fault"),
    [
        (TEXT, "length", Fault.TOO_LONG),
        ("", "length", Fault.TOO_LONG),
        ("", "stop", Fault.SCHEMA),
        (" \n\n ", "stop", Fault.SCHEMA),
        ("<think>Năm?</think>", "stop", Fault.SCHEMA),
        ("<think>Năm?", "length", Fault.TOO_LONG),
        (TEXT, "content_filter", Fault.DECLINED),
        ("a" * (LONGEST + 1), "stop", Fault.TOO_LONG),
    ],
)
def test_ends_that_are_none(line: Line, text: str, finish: str, fault: Fault) -> None:
    SCRIPT.says(text, finish=finish)
    with faulty(fault):
        ask(line)


def test_as_long_as_is_wanted(line: Line) -> None:
    SCRIPT.says("a" * LONGEST)
    assert ask(line) == "a" * LONGEST


@pytest.mark.parametrize("provider", PROVIDERS)
def test_nobody_there(provider: str) -> None:
    with refusing() as address, closing(Line(Settings(provider, "m", address))) as line, faulty(Fault.REFUSED):
        ask(line)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_never_shakes_hands(provider: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/v1"
        with closing(Line(Settings(provider, "m", address, timeout=2 * SOON))) as line, faulty(Fault.TIMEOUT):
            ask(line)  # a connection stands after half of the timeout, or never


def test_a_deadline_that_is_past(line: Line, served: Served) -> None:
    with faulty(Fault.TIMEOUT):
        ask(line, -1)
    assert served.requests == []


def test_errors_of_any_package() -> None:
    class FromAbroad(Exception):
        status_code = 529

    wrapped = RuntimeError("x")
    wrapped.__cause__ = FromAbroad()
    assert [fault_of(error) for error in (FromAbroad(), wrapped, ConnectionRefusedError(), BrokenPipeError())] == [
        Fault.SERVER, Fault.SERVER, Fault.REFUSED, Fault.CUT
    ]  # fmt: skip
    assert [of_status(status) for status in (302, 400, 403, 408, 429, 503)] == [
        Fault.REJECTED, Fault.REJECTED, Fault.KEY, Fault.REJECTED, Fault.BUSY, Fault.SERVER
    ]  # fmt: skip


def test_a_response_is_counted_in_bytes(line: Line, served: Served) -> None:
    SCRIPT.says(TEXT, Trouble.ENDLESS)
    with faulty(Fault.TOO_LONG):
        ask(line, longest=10 * BODY)
    assert served.requests[0].over.wait(LATE)


# ---------------------------------------------------------------- guards


def test_no_place_in_time(line: Line, served: Served) -> None:
    SCRIPT.says("Có", Trouble.STALL)
    first = line.stream(SYSTEM, USER, monotonic() + LATE, LONGEST)
    assert next(first) == "Có"
    found: list[Fault] = []

    def second() -> None:
        with pytest.raises(ModelFault) as raised:
            ask(line)
        found.append(raised.value.fault)

    thread = threading.Thread(target=second)
    thread.start()
    thread.join(LATE)
    assert (found, len(served.requests)) == ([Fault.FULL], 1)
    first.close()
    assert served.requests[0].gone.wait(LATE)
    SCRIPT.says(TEXT)
    assert ask(line) == TEXT


def test_two_at_once(line: Line) -> None:
    line.places = Places(2)
    both = threading.Barrier(2, timeout=LATE)

    def says(_: Request) -> Reply:
        both.wait()  # each is answered only while the other is being asked
        return Reply.of(TEXT)

    SCRIPT.reply = says
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(ask(line))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LATE)
    assert said == [TEXT, TEXT]


def test_a_server_that_is_down_is_left_alone(line: Line, served: Served) -> None:
    now = 0.0
    line.breaker = Breaker(clock=lambda: now)
    SCRIPT.says("", Trouble.FAILED)
    for fault in (Fault.SERVER, Fault.SERVER, Fault.SERVER, Fault.RESTING, Fault.RESTING):
        with faulty(fault):
            ask(line)
    assert len(served.requests) == 3
    now = 61.0
    with faulty(Fault.SERVER):
        ask(line)
    with faulty(Fault.RESTING):
        ask(line)
    now = 122.0
    SCRIPT.says(TEXT)
    assert [ask(line), ask(line)] == [TEXT, TEXT]


def test_an_answer_too_long_is_not_held_against_the_server(line: Line) -> None:
    SCRIPT.says("a" * 100)
    for _ in range(5):
        with faulty(Fault.TOO_LONG):
            ask(line, longest=10)
    assert ask(line) == "a" * 100


def test_the_calls_of_today(line: Line, served: Served, tmp_path: Path) -> None:
    line.budget = Budget(2, tmp_path / "calls")
    assert [ask(line), ask(line)] == [TEXT, TEXT]
    with faulty(Fault.SPENT):
        ask(line)
    line.budget = Budget(0)
    assert ask(line) == TEXT  # the place was given back
    assert len(served.requests) == 3


def test_a_line_that_was_closed_begins_anew(served: Served) -> None:
    SCRIPT.says("Có", Trouble.STALL)
    before = set(threading.enumerate())
    line = Line(at("openai", served))
    pieces = line.stream(SYSTEM, USER, monotonic() + LATE, LONGEST)
    assert next(pieces) == "Có"
    line.close()
    with faulty(Fault.CUT):
        next(pieces)
    SCRIPT.says(TEXT)
    assert ask(line) == TEXT
    line.close()
    assert set(threading.enumerate()) <= before


# ---------------------------------------------------------------- what the environment may not change


@pytest.mark.parametrize("provider", PROVIDERS)
def test_nothing_is_diverted(provider: str, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    SCRIPT.says(TEXT)
    served.requests.clear()
    with refusing() as elsewhere:
        for name in ("OPENAI_API_BASE", "OPENAI_BASE_URL", "OLLAMA_HOST", "LANGSMITH_GATEWAY", "OPENAI_PROXY",
                     "HTTP_PROXY", "http_proxy", "ALL_PROXY"):  # fmt: skip
            monkeypatch.setenv(name, elsewhere)
        for name in ("OPENAI_API_KEY", "OLLAMA_API_KEY", "LANGSMITH_GATEWAY_API_KEY"):
            monkeypatch.setenv(name, "sk-of-somebody-else")
        monkeypatch.setenv("LC_OUTPUT_VERSION", "responses/v1")
        with closing(Line(replace(at(provider, served), api_key=""))) as line:
            assert ask(line) == TEXT
    assert served.requests[0].headers.get("authorization", "Bearer none") == "Bearer none"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_other_machines_are_asked_by_way_of_the_proxy(
    provider: str, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    SCRIPT.says(TEXT)
    served.requests.clear()
    monkeypatch.setenv("HTTP_PROXY", served.root)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with closing(Line(Settings(provider, "m", "http://model.invalid/v1", KEY))) as line:
        assert ask(line) == TEXT
    assert served.requests[0].path.startswith("http://model.invalid/")


def test_no_trace_is_sent(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain_core.tracers import langchain as tracers
    from langsmith import utils

    made: list[str] = []
    monkeypatch.setattr(tracers.LangChainTracer, "on_chat_model_start", lambda *_, **__: made.append("trace"))
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    utils.get_env_var.cache_clear()
    try:
        assert utils.tracing_is_enabled()
        assert ask(line) == TEXT
    finally:
        monkeypatch.undo()
        utils.get_env_var.cache_clear()
    assert made == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_packages_stay_silent_whatever_they_were_told(
    provider: str, served: Served, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("openai", "openai._base_client", "httpx", "httpx2", "httpcore.http11", "httpcore2.http11", "ollama"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).propagate = True
    caplog.set_level(logging.DEBUG)
    SCRIPT.says(TEXT)
    with closing(Line(at(provider, served))) as line:
        assert ask(line) == TEXT
        assert KEY not in repr(line.settings)
    assert [record.name for record in caplog.records if record.name != "asyncio"] == []
    assert "".join(capfd.readouterr()) == ""


# ---------------------------------------------------------------- opening


@pytest.mark.parametrize(
    ("provider", "missing"), [("openai", "openai"), ("openai", "langchain_openai"), ("ollama", "langchain_ollama")]
)
def test_a_package_that_is_not_installed(provider: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain.chat_models import base

    base._get_chat_model_creator.cache_clear()
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ModelMissing, match=f"pip install langchain-{provider}=="):
        open_model(Settings(provider, "m", api_key=KEY))


def test_a_provider_of_langchains_that_has_no_row() -> None:
    with pytest.raises(ModelMissing, match="run: pip install langchain-upstage") as raised:
        open_model(Settings("upstage", "m", api_key=KEY))
    assert raised.value.__cause__ is None


def test_a_provider_that_nobody_knows() -> None:
    with pytest.raises(BadModelSetting, match="ASSISTANT_LLM") as raised:
        open_model(Settings("nowhere", "m", api_key=KEY))
    assert_nothing_shown("".join(traceback.format_exception(raised.value)))


def test_the_packages_are_those_of_the_extra() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert sorted(row.package for row in PROVIDERS.values()) == sorted(said["project"]["optional-dependencies"]["llm"])


def test_models_that_choose_their_temperature(served: Served) -> None:
    SCRIPT.says(TEXT)
    with closing(Line(replace(at("openai", served), model="o3-mini"))) as line:
        ask(line)
    assert "temperature" not in json.loads(served.requests[-1].body)
