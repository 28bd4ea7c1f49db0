"""The whole site: our routes, Gradio's page under "/", and the doors around them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI

from assistant.pipeline import Assistant
from assistant.web.hosts import LOOPBACK
from assistant.web.middleware import BODY_LIMIT, Guard, Rewrite, SafeHeaders
from assistant.web.refused import add_handlers
from assistant.web.routes import ROUTERS
from assistant.web.shell import chat_page, plans_html
from assistant.web.strings import phrase


def site(assistant: Assistant, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """The application. `hosts` are the names a browser may call it by; any other is refused."""
    app = FastAPI(title=phrase("site").vi, openapi_url=None, docs_url=None, redoc_url=None)
    for routes in ROUTERS:
        app.include_router(routes.router(assistant))
    add_handlers(app)
    _mount_page(app, assistant)
    plans = plans_html(assistant.documents)
    # The last one added is the first to see a request.
    app.add_middleware(Rewrite, change=lambda html: chat_page(html, plans))
    paths, posts = [path for row in ROUTERS for path in row.paths], [path for row in ROUTERS for path in row.posts]
    app.add_middleware(Guard, hosts=hosts, paths=paths, posts=posts)
    app.add_middleware(SafeHeaders)
    return app


def _mount_page(app: FastAPI, assistant: Assistant) -> None:
    import gradio as gr  # costs seconds, which `--help` need not wait for

    from assistant.web.layout import blocks, theme

    gr.mount_gradio_app(
        app,
        blocks(assistant),
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
