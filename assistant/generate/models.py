"""The table of providers of language models, and how one is opened: never retrying, never redirected, never traced."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from assistant.generate.settings import BadModelSetting, Settings

if TYPE_CHECKING:
    from httpx import Request
    from langchain_core.language_models import BaseChatModel

#: What a model may write at most, in tokens (about 10,000 letters of Vietnamese), and read with Ollama, which without
#: a number of our own keeps a few thousand tokens and drops the rest of a prompt without a word.
OUTPUT, CONTEXT = 4096, 16_384
#: Bytes of one response: a line without an end is kept until its end comes.
BODY = 4_000_000
_CONNECT, _CLOSING = 5.0, 0.1  # seconds at most for a connection to stand, and to be closed
#: Loggers that print addresses, and with some settings what is sent.
SILENT = frozenset(
    {
        "httpcore",
        "httpcore2",
        "httpx",
        "httpx2",
        "langchain",
        "langchain_core",
        "langchain_ollama",
        "langchain_openai",
        "langsmith",
        "ollama",
        "openai",
    }
)


class ModelMissing(Exception):
    """The package that speaks to a provider is not installed."""

    def __init__(self, provider: str, install: str) -> None:
        super().__init__(f"ASSISTANT_LLM={provider}:…: chưa cài gói, hãy chạy / not installed, run: {install}")
        self.install = install


class TooMuch(Exception):
    """A response is longer than anything that could be shown, or compressed, which would hide its length."""


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """package: what `pip install` takes.  keywords: what the settings are called by LangChain's `init_chat_model`."""

    package: str
    keywords: Callable[[Settings], dict[str, object]]

    @property
    def install(self) -> str:
        """The command that installs it."""
        return f"pip install {self.package}"


def open_model(settings: Settings) -> BaseChatModel:
    """The model of the settings, to be asked by `astream`; nothing is sent yet. Takes a second or two.

    Raises ModelMissing where its package is not installed, BadModelSetting where it does not take the settings.
    """
    row = PROVIDERS.get(settings.provider, OTHER)
    _silence()
    try:
        from langchain.chat_models import init_chat_model

        # Without a temperature for models that choose it themselves and refuse any other.
        chosen = {} if _REASONS.match(settings.model) else {"temperature": 0}
        keywords: dict[str, Any] = {**chosen, **row.keywords(settings)}
        model: BaseChatModel = init_chat_model(settings.model, model_provider=settings.provider, **keywords)
    except ImportError as error:
        raise ModelMissing(settings.provider, _install(row, settings.provider, str(error))) from None
    except Exception as error:  # of any package; its message may hold the key
        came = f"{settings.provider} ({type(error).__name__})"
        raise BadModelSetting(
            "ASSISTANT_LLM", came, "một nhà cung cấp mà LangChain mở được", "a provider that LangChain can open"
        ) from None
    _silence()  # what was imported may have set its loggers up
    return model


def _install(row: ProviderRow, provider: str, said: str) -> str:
    """The command as the row has it, or for other providers as LangChain says it."""
    if row is not OTHER:
        return row.install
    found = re.search(r"pip install [\w.\[\]-]+", said, re.ASCII)
    return found[0] if found else f"pip install langchain-{provider.replace('_', '-')}"


def _ollama(settings: Settings) -> dict[str, object]:
    def with_key(request: Request) -> Request:  # this one, and no other that the environment holds
        request.headers.pop("Authorization", None)
        if settings.api_key:
            request.headers["Authorization"] = f"Bearer {settings.api_key}"
        return request

    return {
        "base_url": settings.address.removesuffix("/v1"),  # where its other door is
        "num_predict": OUTPUT,
        "num_ctx": CONTEXT,
        "reasoning": False,  # thinking aloud takes longer than anyone waits
        "client_kwargs": {**_client(settings), "auth": with_key},
        "async_client_kwargs": {"event_hooks": _HOOKS},
    }


def _openai(settings: Settings) -> dict[str, object]:
    from openai import DefaultAsyncHttpxClient, DefaultHttpxClient, Timeout

    client = _client(settings)
    return {
        "base_url": settings.address,
        "api_key": settings.api_key or "none",  # servers of one's own want none, the package wants one
        "max_tokens": OUTPUT,
        "max_retries": 0,
        "timeout": Timeout(client["timeout"]),
        "use_responses_api": False if settings.base_url else None,
        "output_version": "v0",
        "stream_usage": False,
        "stream_chunk_timeout": None,  # the deadline is ours
        "openai_proxy": "",
        "http_client": DefaultHttpxClient(**client),
        "http_async_client": DefaultAsyncHttpxClient(**client, event_hooks=_HOOKS),
    }


def _standard(settings: Settings) -> dict[str, object]:
    """The names that LangChain's packages agree on."""
    given = {"base_url": settings.base_url, "api_key": settings.api_key}
    common: dict[str, object] = {"max_tokens": OUTPUT, "max_retries": 0, "timeout": settings.timeout}
    return common | {name: value for name, value in given.items() if value}


#: To add one: a function that names its keywords, and a row here. Any other provider of LangChain's takes `OTHER`.
PROVIDERS = {
    "ollama": ProviderRow("langchain-ollama==1.1.0", _ollama),
    "openai": ProviderRow("langchain-openai==1.7.3", _openai),
}
OTHER = ProviderRow("langchain", _standard)
_REASONS = re.compile(r"o\d")


def _client(settings: Settings) -> dict[str, Any]:
    """What a client of httpx is made with. Proxies of the environment are for other machines only, and connections are
    closed after a call: one that is kept may be dead when the next question comes."""
    connecting = min(_CONNECT, settings.timeout / 2)
    return {
        "timeout": (connecting, settings.timeout, settings.timeout, settings.timeout),  # connect, read, write, pool
        "follow_redirects": False,
        "trust_env": not settings.is_local,
        "headers": {"Connection": "close", "Accept-Encoding": "identity"},
    }


# ---------------------------------------------------------------- responses of a bounded length


class _Stream(Protocol):
    def __aiter__(self) -> AsyncIterator[bytes]: ...
    async def aclose(self) -> None: ...


class _Response(Protocol):
    """A response of httpx or of httpx2, which packages change to at different times."""

    headers: Any
    stream: Any

    async def aclose(self) -> None: ...


class _Counted:
    """A stream that breaks off after BODY bytes. To close it ends who reads it, too, which is otherwise left to the
    garbage collector, and that may come to it on another thread."""

    def __init__(self, inner: _Stream) -> None:
        self.inner = inner
        self.readings: list[AsyncGenerator[bytes, None]] = []

    def __aiter__(self) -> AsyncIterator[bytes]:
        self.readings.append(self._read())
        return self.readings[-1]

    async def _read(self) -> AsyncGenerator[bytes, None]:
        left = BODY
        async with aclosing(cast("AsyncGenerator[bytes, None]", self.inner.__aiter__())) as parts:
            async for part in parts:
                left -= len(part)
                if left < 0:
                    raise TooMuch
                yield part

    async def aclose(self) -> None:
        try:
            for one in self.readings:
                await one.aclose()
        finally:
            await self.inner.aclose()


_OPENED: ContextVar[list[_Response]] = ContextVar("opened")


@asynccontextmanager
async def all_closed() -> AsyncIterator[None]:
    """In the end close what models opened within, and with it the connection: their packages leave some of it to the
    garbage collector, where an error comes from the middle of a response."""
    opened: list[_Response] = []
    _OPENED.set(opened)
    try:
        yield
    finally:
        with suppress(TimeoutError):  # what was said counts, whether or not the server lets go
            async with asyncio.timeout(_CLOSING):
                for response in opened:
                    await response.aclose()


async def _bound(response: _Response) -> None:
    """Count the bytes of a response while it is read. Raises TooMuch for one that is compressed."""
    _OPENED.get([]).append(response)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise TooMuch
    # Its own package asks for its own kind of stream.
    kind = next(base for base in type(response.stream).__mro__ if base.__name__ == "AsyncByteStream")
    response.stream = cast(Callable[[_Stream], _Stream], type("Counted", (_Counted, kind), {}))(response.stream)


_HOOKS: dict[str, list[Callable[[_Response], Awaitable[None]]]] = {"response": [_bound]}


def _silence() -> None:
    """Nothing of what is sent or comes back reaches a log or the terminal by way of these packages."""
    known = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in SILENT]
    for name in {*SILENT, *known}:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
    warnings.filterwarnings("ignore", message="Pydantic serializer warnings")  # they quote what a model wrote
