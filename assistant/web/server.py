"""The whole site: our routes, Gradio's page under "/", and the doors around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from assistant.pipeline import Assistant
from assistant.web.cors import Cors
from assistant.web.generations import once_for_each
from assistant.web.hosts import LOOPBACK
from assistant.web.limits import Bounds, Limits
from assistant.web.middleware import BODY_LIMIT, Guard, Rewrite, SafeHeaders
from assistant.web.own_lines import own_lines_html
from assistant.web.refused import add_handlers
from assistant.web.routes import ROUTERS, staff
from assistant.web.shell import chat_page, plans_html
from assistant.web.strings import phrase

if TYPE_CHECKING:
    import gradio

    from assistant.staff.office import Office


def site(
    assistant: Assistant,
    hosts: Sequence[str] = LOOPBACK,
    *,
    bounds: Bounds | None = None,
    origins: Sequence[str] = (),
    mcp: bool = False,
    office: Office | None = None,
) -> FastAPI:
    """The application. `hosts` are the names a browser may call it by; any other is refused. `bounds`: how much is
    taken on; `origins`: other sites whose pages may call the API; `mcp` opens /mcp; `office` opens /staff."""
    bounds = bounds or Bounds()
    app = FastAPI(title=phrase("site").vi, openapi_url=None, docs_url=None, redoc_url=None)
    for routes in ROUTERS:
        app.include_router(routes.router(assistant))
    if office is not None:
        app.include_router(staff.router(office))
    add_handlers(app)
    tools = (_open_tools(app, assistant),) if mcp else ()
    page = _mount_page(app, assistant, bounds.at_once)
    plans, own_lines = once_for_each(assistant, plans_html), once_for_each(assistant, own_lines_html)
    # The last one added is the first to see a request.
    app.add_middleware(Rewrite, change=lambda html: chat_page(html, plans()))
    paths, posts = [path for row in ROUTERS for path in row.paths], [path for row in ROUTERS for path in row.posts]
    larger = None
    if office is not None:
        larger, paths, posts = staff.larger(office), [*paths, *staff.PATHS], [*posts, *staff.POSTS]
    app.add_middleware(Guard, hosts=hosts, paths=paths, posts=[*posts, *tools], origins=origins, larger=larger)
    app.add_middleware(Limits, bounds=bounds, waiting=lambda: at_work(page), larger=larger)
    app.add_middleware(SafeHeaders, own_lines=own_lines)
    app.add_middleware(Cors, origins=origins)
    return app


def _open_tools(app: FastAPI, assistant: Assistant) -> str:
    """The path of the tools, which are served for as long as the site is."""
    from assistant.web.tools import PATH, add_tools  # nobody waits for `mcp` who does not ask for it

    serving = add_tools(app, assistant)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with serving.run():
            yield

    app.router.lifespan_context = lifespan
    return PATH


def _mount_page(app: FastAPI, assistant: Assistant, at_once: int) -> gradio.Blocks:
    import gradio as gr  # costs seconds, which `--help` need not wait for

    from assistant.web.layout import blocks, theme

    page = blocks(assistant, at_once)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=BODY_LIMIT,
        allowed_paths=[],
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    return page


def at_work(page: gradio.Blocks) -> int:
    """Questions of the page that are being answered or wait for their turn."""
    queue = page._queue
    return len(queue) + queue.get_active_worker_count()
