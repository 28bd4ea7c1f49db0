"""Which language model writes answers, as whoever runs the site says it in the environment; none unless it is said."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

#: Where the services are that need no address to be given. Said here, and not left to the packages that speak to them,
#: which would take another one from the environment: whether names may be sent there hangs on it.
OWN_ADDRESS = {"ollama": "http://127.0.0.1:11434", "openai": "https://api.openai.com/v1"}
TIMEOUT, AT_ONCE, DAILY = 30.0, 2, 2000

_MODEL = re.compile(r"([A-Za-z][\w-]*)\s*:\s*([^\s:][^\s]*)", re.ASCII)
_LIKE_A_KEY = re.compile(r"\b(?:sk|pk|gsk|hf|key|lsv2|xai)[-_][\w-]+|[\w-]{32,}", re.ASCII)
_SHOWN = 60  # characters of what came, in a message


class BadModelSetting(ValueError):
    """A variable that says something of the model cannot be understood; what came is named, a key never."""

    def __init__(self, variable: str, came: str, vi: str, en: str) -> None:
        super().__init__(f"{variable}: cần {vi}, không phải {came} / {en} is needed, not {came}")
        self.variable = variable


@dataclass(frozen=True, slots=True)
class Settings:
    """A language model, where it is, and how much may be asked of it.

    base_url: "" for the provider's own.  timeout: seconds for everything that one question asks of the model.
    at_once: calls at the same time, for each process that answers.  daily: calls a day, 0: no limit.
    """

    provider: str
    model: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    timeout: float = TIMEOUT
    at_once: int = AT_ONCE
    daily: int = DAILY

    @property
    def name(self) -> str:
        """The model as the setting names it.

        >>> Settings("ollama", "qwen3:8b").name
        'ollama:qwen3:8b'
        """
        return f"{self.provider}:{self.model}"

    @property
    def address(self) -> str:
        """Where it is asked: the base URL that was given, else the provider's own, "" where only its package knows."""
        return self.base_url or OWN_ADDRESS.get(self.provider, "")

    @property
    def is_local(self) -> bool:
        """Whether nothing that is asked leaves this machine. In doubt it does: a provider that is not known here may
        not heed the base URL, and Ollama hands models called "…-cloud" on to its maker's service.

        >>> [Settings("ollama", name).is_local for name in ("qwen3:8b", "gpt-oss:120b-cloud")]
        [True, False]
        >>> Settings("openai", "x").is_local, Settings("openai", "x", "http://127.0.0.1:8000/v1").is_local
        (False, True)
        """
        if self.provider not in OWN_ADDRESS or (self.provider == "ollama" and self._is_handed_on):
            return False
        return is_loopback(urlsplit(self.address).hostname or "")

    @property
    def _is_handed_on(self) -> bool:
        return re.search(r"[:-]cloud$", self.model, re.IGNORECASE) is not None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine; a name that only might be is not.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.2", "::1", "0.0.0.0", "localhost.vn")]
    [True, True, True, False, False]
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        found = ip_address(name)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return (mapped or found).is_loopback


def settings(environ: Mapping[str, str] = os.environ) -> Settings | None:
    """The model that ASSISTANT_LLM names, None where it names none. Raises BadModelSetting."""
    said = environ.get("ASSISTANT_LLM", "").strip()
    if not said:
        return None
    key = _key(environ)
    found = _MODEL.fullmatch(said)
    if found is None:
        raise BadModelSetting(
            "ASSISTANT_LLM",
            _shown(said, key),
            "nhà cung cấp:mô hình như ollama:qwen3:8b",
            "provider:model like ollama:qwen3:8b",
        )
    return Settings(
        provider=found[1].lower().replace("-", "_"),
        model=found[2],
        base_url=_address(environ, key),
        api_key=key,
        timeout=_number(environ, "ASSISTANT_LLM_TIMEOUT", TIMEOUT, (0.1, 600.0)),
        at_once=_whole(environ, "ASSISTANT_LLM_AT_ONCE", AT_ONCE, (1, 64)),
        daily=_whole(environ, "ASSISTANT_LLM_DAILY", DAILY, (0, 10_000_000)),
    )


def _key(environ: Mapping[str, str]) -> str:
    """The key, fit for a header: what is not would come back in the message of an error."""
    variable = "ASSISTANT_LLM_API_KEY"
    key = _said_key(environ)
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise BadModelSetting(variable, "…", "chữ ASCII liền nhau", "one word of ASCII")
    return key


def _said_key(environ: Mapping[str, str]) -> str:
    return environ.get("ASSISTANT_LLM_API_KEY", "").strip()


def _address(environ: Mapping[str, str], key: str) -> str:
    variable = "ASSISTANT_LLM_BASE_URL"
    said = environ.get(variable, "").strip().rstrip("/")
    if not said:
        return ""
    if "@" in said:  # perhaps a password: not to be shown
        raise BadModelSetting(
            variable,
            "…@…",
            "địa chỉ không có tên, mật khẩu (khóa: ASSISTANT_LLM_API_KEY)",
            "an address without a login",
        )
    if not _is_address(said):
        came = _shown(said.partition("?")[0], key)  # what stands behind it may be a key
        raise BadModelSetting(variable, came, "địa chỉ như http://127.0.0.1:8000/v1", "an address like that")
    return said


def _is_address(said: str) -> bool:
    try:
        url = urlsplit(said)
        port = url.port  # raises for what is no number
    except ValueError:
        return False
    plain = said.isascii() and said.isprintable() and " " not in said
    return plain and url.scheme in ("http", "https") and bool(url.hostname) and port != 0 and not url.query


def _whole(environ: Mapping[str, str], variable: str, default: int, span: tuple[int, int]) -> int:
    return int(_number(environ, variable, default, span, whole=True))


def _number(
    environ: Mapping[str, str], variable: str, default: float, span: tuple[float, float], *, whole: bool = False
) -> float:
    """The number that a variable holds, within `span`, the default where it holds none."""
    said = environ.get(variable, "").strip()
    if not said:
        return default
    try:
        value = float(said) if said.isascii() and "_" not in said else math.nan
    except ValueError:
        value = math.nan
    if not span[0] <= value <= span[1] or (whole and not value.is_integer()):
        vi, en = ("một số nguyên", "a whole number") if whole else ("một số", "a number")
        between = f"{span[0]:.12g} … {span[1]:.12g}"
        raise BadModelSetting(variable, _shown(said, _said_key(environ)), f"{vi} {between}", f"{en} {between}")
    return value


def _shown(said: str, key: str) -> str:
    """What came, for a message: short, and without what is or looks like a key that went into the wrong variable.

    >>> _shown("gpt-x", ""), _shown("sk-proj-123", ""), _shown("openai my-key-9", "my-key-9")
    ("'gpt-x'", "'…'", "'openai …'")
    """
    plain = said.replace(key, "…") if key else said
    plain = _LIKE_A_KEY.sub("…", plain)
    return repr(plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…")
