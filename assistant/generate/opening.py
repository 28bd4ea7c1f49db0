"""The model that the settings name, opened: what the command line, the site and the measuring add to an assistant."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from assistant.generate.line import Line
from assistant.generate.settings import Settings, settings
from assistant.generate.writer import Writer

_LEDGER = "model-calls.txt"  # in the folder of the index: the calls of today


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
    return settings(os.environ if name is None else {**os.environ, "ASSISTANT_LLM": name})
