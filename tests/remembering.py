"""Serve a site in this process, visit it, close the page, and say as JSON what the site remembers before and after.

`python tests/remembering.py INDEX QUESTION…`: a process of its own, since Gradio leaves loops and sockets open.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import gradio as gr
import uvicorn
from gradio.routes import App

from assistant import open_assistant
from assistant.web.limits import Bounds
from assistant.web.server import site
from eval.visitors import Door

VISIT, PATIENCE = "visit", 20.0


def remembered(page: gr.Blocks) -> list[str]:
    """The questions that the site holds of the visit."""
    kept: list[Any] = [one for one in page.state_holder[VISIT].state_data.values() if isinstance(one, list)]
    return [exchange.question for exchanges in kept for exchange in exchanges]


def main(index: Path, questions: list[str]) -> None:
    app = site(open_assistant(index), bounds=Bounds(rate=0))
    page = next(one.app for one in app.routes if isinstance(getattr(one, "app", None), App)).get_blocks()
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    door = Door.of(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    with closing(HTTPConnection(door.netloc, timeout=PATIENCE)) as open_page:
        open_page.request("GET", f"/gradio_api/heartbeat/{VISIT}")
        alive = open_page.getresponse()
        alive.read(5)
        with closing(HTTPConnection(door.netloc, timeout=PATIENCE)) as connection:
            wrong = [door.ask(connection, VISIT, question) for question in questions]
        before = remembered(page)
        alive.close()
    until = time.monotonic() + PATIENCE
    while remembered(page) == before and time.monotonic() < until:
        time.sleep(0.05)
    print(json.dumps([wrong, before, remembered(page)], ensure_ascii=True))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
