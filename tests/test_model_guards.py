"""What is said of a language model in the environment, and what keeps it from being asked too often."""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from assistant.generate.guards import Breaker, Budget, Places
from assistant.generate.settings import BadModelSetting, Settings, settings

ROOT = Path(__file__).resolve().parent.parent
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
KEY = "my-own-key-77"


# ---------------------------------------------------------------- settings


def environ(model: str, **variables: str) -> dict[str, str]:
    return {"ASSISTANT_LLM": model, **{f"ASSISTANT_LLM_{name}": value for name, value in variables.items()}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, None),
        (environ("  "), None),
        (environ("", TIMEOUT="x"), None),
        (environ("ollama:qwen3:8b"), Settings("ollama", "qwen3:8b")),
        (environ(" OpenAI : gpt-x "), Settings("openai", "gpt-x")),
        (environ("google-genai:gemini-x"), Settings("google_genai", "gemini-x")),
        (
            environ("openai:org/model", BASE_URL="http://10.0.0.5:8000/v1/", API_KEY=f" {KEY}\n", TIMEOUT="2.5",
                    AT_ONCE="4", DAILY="0"),
            Settings("openai", "org/model", "http://10.0.0.5:8000/v1", KEY, 2.5, 4, 0),
        ),
        (environ("openai:m", BASE_URL=" ", API_KEY="", TIMEOUT="", AT_ONCE="", DAILY=""), Settings("openai", "m")),
    ],
)  # fmt: skip
def test_settings(given: dict[str, str], expected: Settings | None) -> None:
    assert settings(given) == expected


def test_defaults() -> None:
    found = Settings("ollama", "qwen3:8b")
    assert (found.name, found.base_url, found.timeout, found.at_once, found.daily) == (
        "ollama:qwen3:8b",
        "",
        30,
        2,
        2000,
    )


def test_the_environment_is_read_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "ollama:m")
    assert settings() == Settings("ollama", "m")
    monkeypatch.delenv("ASSISTANT_LLM")
    assert settings() is None


@pytest.mark.parametrize(
    ("given", "variable", "shown"),
    [
        (environ("gpt-x"), "ASSISTANT_LLM", "'gpt-x'"),
        (environ("ollama:"), "ASSISTANT_LLM", "'ollama:'"),
        (environ(":m"), "ASSISTANT_LLM", "':m'"),
        (environ("ollama:a b"), "ASSISTANT_LLM", "'ollama:a b'"),
        (environ("sk-abcdef"), "ASSISTANT_LLM", "'…'"),
        (environ(KEY, API_KEY=KEY), "ASSISTANT_LLM", "'…'"),
        (environ("a:m", BASE_URL="10.0.0.5:8000"), "ASSISTANT_LLM_BASE_URL", "'10.0.0.5:8000'"),
        (environ("a:m", BASE_URL="ftp://host"), "ASSISTANT_LLM_BASE_URL", "'ftp://host'"),
        (environ("a:m", BASE_URL="http://"), "ASSISTANT_LLM_BASE_URL", "'http:'"),
        (environ("a:m", BASE_URL="http://host:x"), "ASSISTANT_LLM_BASE_URL", "'http://host:x'"),
        (environ("a:m", BASE_URL="http://[::1"), "ASSISTANT_LLM_BASE_URL", "'http://[::1'"),
        (environ("a:m", BASE_URL="http://me:secret@host"), "ASSISTANT_LLM_BASE_URL", "…@…"),
        (environ("a:m", BASE_URL="http://host/?key=secret"), "ASSISTANT_LLM_BASE_URL", "'http://host/'"),
        (environ("a:m", API_KEY="khóa-secret"), "ASSISTANT_LLM_API_KEY", "…"),
        (environ("a:m", API_KEY="two secret"), "ASSISTANT_LLM_API_KEY", "…"),
        (environ("a:m", API_KEY="secret\nX-Other: 1"), "ASSISTANT_LLM_API_KEY", "…"),
        (environ("a:m", TIMEOUT="soon"), "ASSISTANT_LLM_TIMEOUT", "'soon'"),
        (environ("a:m", TIMEOUT="0"), "ASSISTANT_LLM_TIMEOUT", "'0'"),
        (environ("a:m", TIMEOUT="nan"), "ASSISTANT_LLM_TIMEOUT", "'nan'"),
        (environ("a:m", TIMEOUT="601"), "ASSISTANT_LLM_TIMEOUT", "'601'"),
        (environ("a:m", AT_ONCE="0"), "ASSISTANT_LLM_AT_ONCE", "'0'"),
        (environ("a:m", AT_ONCE="1.5"), "ASSISTANT_LLM_AT_ONCE", "'1.5'"),
        (environ("a:m", DAILY="-1"), "ASSISTANT_LLM_DAILY", "'-1'"),
        (environ("a:m", DAILY="1_000"), "ASSISTANT_LLM_DAILY", "'1_000'"),
        (environ("a:m", DAILY=KEY, API_KEY=KEY), "ASSISTANT_LLM_DAILY", "'…'"),
    ],
)
def test_what_cannot_be_understood_is_named(given: dict[str, str], variable: str, shown: str) -> None:
    with pytest.raises(BadModelSetting) as raised:
        settings(given)
    message = str(raised.value)
    assert raised.value.variable == variable
    assert message.startswith(f"{variable}: cần ")
    assert message.endswith(f" is needed, not {shown}")
    assert not [secret for secret in (KEY, "sk-abcdef", "secret") if secret in message]


@pytest.mark.parametrize(
    ("found", "local"),
    [
        (Settings("ollama", "qwen3:8b"), True),
        (Settings("ollama", "qwen3:8b", "http://localhost:11434"), True),
        (Settings("ollama", "qwen3:8b", "http://[::1]:11434"), True),
        (Settings("ollama", "qwen3:8b", "http://192.168.1.9:11434"), False),
        (Settings("ollama", "qwen3:8b", "http://0.0.0.0:11434"), False),
        (Settings("ollama", "gpt-oss:120b-cloud"), False),
        (Settings("ollama", "glm:Cloud"), False),
        (Settings("ollama", "cloud-nine:8b"), True),
        (Settings("openai", "m"), False),
        (Settings("openai", "m", "http://127.1.2.3:8000/v1"), True),
        (Settings("openai", "m", "http://[::ffff:127.0.0.1]:8000/v1"), True),
        (Settings("openai", "m", "http://127.0.0.1.example.vn/v1"), False),
        (Settings("openai", "m", "http://localhost.example.vn/v1"), False),
        (Settings("openai", "m", "http://LOCALHOST./v1"), True),
        (Settings("mistralai", "m"), False),
        (Settings("mistralai", "m", "http://127.0.0.1/v1"), False),  # may not heed the address
    ],
)
def test_whether_anything_leaves_this_machine(found: Settings, local: bool) -> None:
    assert found.is_local is local


def test_the_key_is_not_in_what_is_printed() -> None:
    assert KEY not in f"{Settings('openai', 'm', api_key=KEY)!r}"


# ---------------------------------------------------------------- breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_breaker_opens_rests_and_lets_one_try() -> None:
    clock = Clock()
    breaker = Breaker(most=3, rest=60, clock=clock)
    for _ in range(3):
        assert not breaker.is_open
        breaker.told(breaker.enter(), False)
    assert (breaker.is_open, breaker.enter()) == (True, 0)
    clock.now = 59.0
    assert breaker.enter() == 0
    clock.now = 60.0
    ticket = breaker.enter()
    assert (ticket > 0, breaker.enter()) == (True, 0)  # one
    breaker.told(ticket, False)
    clock.now = 119.0
    assert breaker.enter() == 0
    clock.now = 121.0
    breaker.told(breaker.enter(), True)
    assert [breaker.enter() > 0 for _ in range(3)] == [True, True, True]


@pytest.mark.parametrize("between", [True, None])
def test_only_faults_in_a_row_count(between: bool | None) -> None:
    breaker = Breaker(most=3)
    for good in (False, False, between, False):
        breaker.told(breaker.enter(), good)
    assert breaker.is_open is (between is None)


def test_a_try_that_tells_nothing_leaves_it_to_the_next() -> None:
    clock = Clock()
    breaker = Breaker(most=1, rest=60, clock=clock)
    early = breaker.enter()
    breaker.told(breaker.enter(), False)
    clock.now = 61.0
    ticket = breaker.enter()
    breaker.told(early, None)  # one from before the fault: the try is still on its way
    assert breaker.enter() == 0
    breaker.told(ticket, None)
    assert breaker.enter() > ticket


# ---------------------------------------------------------------- places


def test_a_place_is_waited_for_as_long_as_there_is_time() -> None:
    places = Places(1, patience=30)
    assert places.take(monotonic() + 60)
    assert not places.take(monotonic() - 1)  # at once
    assert not places.take(monotonic() + 0.05)  # by the deadline
    threading.Timer(0.05, places.give).start()
    assert places.take(monotonic() + 60)


def test_patience_is_shorter_than_the_deadline() -> None:
    places = Places(1, patience=0.05)
    assert places.take(monotonic() + 60)
    begun = monotonic()
    assert not places.take(begun + 60)
    assert monotonic() - begun < 30


def test_no_more_than_there_are() -> None:
    places = Places(2)
    assert [places.take(monotonic() - 1) for _ in range(3)] == [True, True, False]
    places.give()
    places.give()
    with pytest.raises(ValueError):
        places.give()


# ---------------------------------------------------------------- budget


def spent(budget: Budget, calls: int) -> int:
    """How many of some calls may be made."""
    return sum(budget.spend() for _ in range(calls))


def test_a_budget_outlives_a_restart_and_ends_with_the_day(tmp_path: Path) -> None:
    file = tmp_path / "calls"
    assert spent(Budget(3, file, lambda: MONDAY), 2) == 2
    again = Budget(3, file, lambda: MONDAY)
    assert spent(again, 4) == 1
    assert file.read_bytes() == b"2026-03-02 3\n"
    assert spent(Budget(3, file, lambda: TUESDAY), 4) == 3
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kept", [True, False])
def test_a_new_day_while_it_runs(tmp_path: Path, kept: bool) -> None:
    today = MONDAY
    budget = Budget(2, tmp_path / "calls" if kept else None, lambda: today)
    assert spent(budget, 5) == 2
    today = TUESDAY
    assert spent(budget, 5) == 2


def test_no_limit_needs_no_file(tmp_path: Path) -> None:
    assert spent(Budget(0, tmp_path / "calls"), 50) == 50
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"\x00\xff", b"2026-03-02", b"2026-03-02 -5\n", b"2026-03-02 3", b"2026-03-02 3\n" * 40, b"{}\n"]
)
def test_a_damaged_file_begins_anew(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "calls"
    file.write_bytes(content)
    assert spent(Budget(3, file, lambda: MONDAY), 5) == 3
    assert file.read_bytes() == b"2026-03-02 3\n"
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "damaged" in caplog.text


def in_no_folder(folder: Path) -> Path:
    return folder / "missing" / "calls"


def a_folder(folder: Path) -> Path:
    return folder


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.parametrize("place", [in_no_folder, a_folder, a_pipe])
def test_where_nothing_can_be_kept_it_counts_in_memory(
    tmp_path: Path, place: Callable[[Path], Path], caplog: pytest.LogCaptureFixture
) -> None:
    assert spent(Budget(3, place(tmp_path), lambda: MONDAY), 5) == 3
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_what_the_file_said_is_remembered_when_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "calls"
    file.parent.mkdir()
    Budget(5, file, lambda: MONDAY).spend()
    budget = Budget(5, file, lambda: MONDAY)
    assert budget.spend()
    file.unlink()
    file.parent.rmdir()
    assert spent(budget, 9) == 3


SPENDER = """
import sys
from pathlib import Path
from assistant.generate.guards import Budget
budget = Budget(150, Path(sys.argv[1]))
sys.stdin.readline()
print(sum(budget.spend() for _ in range(100)))
"""


def test_processes_share_a_budget(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SPENDER, str(tmp_path / "calls")]
    begun = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for process in begun:  # both at once, when both have been imported
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    made = [int(process.communicate()[0]) for process in begun]
    assert sum(made) == 150
    assert (tmp_path / "calls").read_text().endswith(" 150\n")


def test_a_process_that_does_not_let_go_holds_nobody_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "calls"
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert spent(Budget(2, file), 3) == 2
    assert len(caplog.records) == 1


def test_threads_share_a_budget(tmp_path: Path) -> None:
    budget = Budget(150, tmp_path / "calls")
    made: list[int] = []
    threads = [threading.Thread(target=lambda: made.append(spent(budget, 100))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 150
