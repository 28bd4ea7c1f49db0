"""What tests of staff share: an office over a folder of its own, its routes behind the site's own doors, signing in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from test_live import plan

from assistant import open_assistant
from assistant.live import Live
from assistant.staff.items import ENDS, Item
from assistant.staff.office import Office, opened
from assistant.staff.people import People, add
from assistant.web.limits import Bounds, Limits
from assistant.web.middleware import Guard, SafeHeaders
from assistant.web.refused import add_handlers
from assistant.web.routes import ROUTERS, staff
from index.build import build
from index.embedding import open_embedder
from index.keeping import Keeper

NAME, PASSWORD = "Nguyễn Thị A", "mật khẩu rất dài"
HOST = "http://localhost"


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@dataclass
class Site:
    """A site with an office, without Gradio's page."""

    folder: Path
    office: Office
    app: FastAPI

    def visitor(self, address: str = HOST) -> TestClient:
        return TestClient(self.app, base_url=address, headers={"Origin": address}, follow_redirects=False)

    def staff(self) -> TestClient:
        client = self.visitor()
        assert sign_in(client).status_code == 303
        return client

    def done(self) -> Item:
        """The newest item, once nothing happens any more."""
        until(lambda: all(item.state in ENDS for item in self.office.items.all()))
        return self.office.items.all()[0]

    @property
    def plans(self) -> list[str]:
        """Names in the folder of plans, hidden ones too."""
        return sorted(path.name for path in self.folder.iterdir())


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """A site over one plan of Cà Mau, and one person of staff."""
    plans, index = folder / "plans", folder / "index"
    plan(plans, "ca-mau", "Cà Mau", "Tiêm chủng.")
    embedder = open_embedder()
    build(plans, index, embedder, "faiss")
    add(folder / "staff.toml", NAME, PASSWORD)
    live = Live(open_assistant(index), index)
    ended = live.follow()
    with opened(People(folder / "staff.toml"), Keeper(plans, index, embedder, "faiss"), live) as office:
        yield Site(plans, office, _app(office, live))
    ended.set()


def _app(office: Office, live: Live) -> FastAPI:
    app = FastAPI()
    for row in ROUTERS:
        app.include_router(row.router(live))
    app.include_router(staff.router(office))
    add_handlers(app)
    larger = staff.larger(office)
    paths = [*staff.PATHS, *(path for row in ROUTERS for path in row.paths)]
    app.add_middleware(Guard, hosts=["localhost", "secret.example"], paths=paths, posts=staff.POSTS, larger=larger)
    app.add_middleware(Limits, bounds=Bounds(), waiting=lambda: 0, larger=larger)
    app.add_middleware(SafeHeaders)
    return app


def sign_in(client: TestClient, name: str = NAME, password: str = PASSWORD) -> Response:
    return client.post("/staff/in", data={"name": name, "password": password})


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/staff").text)
    assert found is not None
    return found[1]


def upload(client: TestClient, *files: tuple[str, bytes], same: str = "new", said: str | None = None) -> Response:
    fields = {"token": token(client) if said is None else said, "same": same}
    return client.post("/staff/upload", data=fields, files=[("files", file) for file in files])
