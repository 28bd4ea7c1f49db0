"""The model that the settings name, opened: what the command line, the site and the measuring add to an assistant."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import prompts
from assistant.generate.line import Line
from assistant.generate.settings import BadModelSetting, Settings, settings
from assistant.generate.writer import Writer

_LEDGER = "model-calls.txt"  # in the folder of the index: the calls of today
_TO_WRITE = "fence passages earlier question"
#: The variables of each prompt, which people may correct.
_PROMPTS = {
    "answer": _TO_WRITE,
    "compare": _TO_WRITE,
    "summarise": _TO_WRITE,
    "repair": "fence passages rejected",
    "understand": "fence kinds agencies earlier question",
    "frame": "",
}


def writer(name: str | None, index_folder: Path) -> Writer | None:
    """What writes by a language model; None where none is set. name: provider:model, None for ASSISTANT_LLM.

    Raises BadModelSetting, ModelMissing: both say what to do.
    """
    found = _settings(name)
    return Writer(Line(found, index_folder / _LEDGER)) if found else None


def unlimited(name: str) -> Writer | None:
    """The same for measuring: whoever asks thousands of cases means to, and spends no calls of the day."""
    found = _settings(name)
    return Writer(Line(replace(found, daily=0))) if found else None


def _settings(name: str | None) -> Settings | None:
    found = settings(os.environ if name is None else {**os.environ, "ASSISTANT_LLM": name})
    if found:
        _check_prompts()
    return found


def _check_prompts() -> None:
    """Raises BadModelSetting for a prompt that is missing or does not take its variables."""
    for name, variables in _PROMPTS.items():
        try:
            given = dict.fromkeys(variables.split(), "")
            prompts.messages(name, **given) if given else prompts.text(name)
        except (OSError, ValueError) as error:
            needed = " ".join(f"{{{one}}}" for one in given)
            raise BadModelSetting(
                f"prompts/{name}.vi.md",
                f"như bây giờ / as it is ({error})",
                f"hai phần cách nhau bằng dòng --- với các biến {needed}" if given else "một đoạn chữ không có biến",
                f"two parts with a line --- between them and the variables {needed}" if given else "text, no variable",
            ) from error
