"""The pages are tested with the whole knowledge: by asking them directly, and in a real browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

import fingerpost
from fingerpost.knowledge.model import Knowledge
from fingerpost.web.application import application
from fingerpost.web.engine import Engine
from fingerpost.web.serve import HOST, listening
from fingerpost.web.sessions import Sessions
from tests.web.walking import HERE, TODAY, token_in
from tests.web.walking import engine as shared_engine

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PEOPLE = ("nora.json", "maria.yaml", "ines.yaml", "hanna.yaml", "beth.yaml", "sam.yaml")
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return shared_engine().knowledge


@pytest.fixture(scope="session")
def engine() -> Engine:
    return shared_engine()


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def client(engine: Engine, sessions: Sessions) -> Iterator[TestClient]:
    """Somebody who asks the pages without a browser."""
    with TestClient(application(engine, sessions), base_url=HERE, follow_redirects=False) as made:
        yield made


def bring(session, name: str, knowledge: Knowledge) -> None:
    """The record of an invented person, as if it had been uploaded and confirmed."""
    record = fingerpost.read_record(EXAMPLES / name, knowledge, on=TODAY)
    session.answers.brought = [record]
    session.changed()


@dataclass
class Person:
    """Somebody who walks through the pages; forms are sent with the token of the page before."""

    client: TestClient
    sessions: Sessions
    token: str = ""

    def get(self, path: str, **settings: object) -> str:
        answer = self.client.get(path, **settings)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:400]}"
        self._keep(answer.text)
        return answer.text

    def post(self, path: str, status: int = 303, files: object = None, **fields: object):
        answer = self.client.post(path, data={"token": self.token, **fields}, files=files)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:600]}"
        self._keep(answer.text)
        return answer

    def begin(self, *, who: str = "me", region: str = "us", way: str = "questions") -> Person:
        self.get("/begin")
        self.post("/begin", who=who, region=region, way=way)
        return self

    @property
    def session(self):
        return self.sessions.find(self.client.cookies["fingerpost_session"])

    def bring(self, name: str, knowledge: Knowledge) -> Person:
        """The record of an invented person, as if it had been uploaded and confirmed."""
        bring(self.session, name, knowledge)
        return self

    def _keep(self, html: str) -> None:
        self.token = token_in(html) or self.token


@pytest.fixture
def person(client: TestClient, sessions: Sessions) -> Person:
    return Person(client, sessions)


# --- a real server and a real browser -------------------------------------------------------


@dataclass
class Site:
    """The pages as a browser reaches them."""

    address: str
    sessions: Sessions


@pytest.fixture(scope="session")
def site(engine: Engine) -> Iterator[Site]:
    sessions = Sessions()
    place = listening(0)
    config = uvicorn.Config(application(engine, sessions), access_log=False, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [place]}, name="fingerpost-server", daemon=True
    )
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Site(f"http://{HOST}:{place.getsockname()[1]}", sessions)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Debian's Chromium, driven by Playwright."""
    found = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("Chromium is not installed (make system-parts tries to install it)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site: Site) -> Iterator[Callable[..., object]]:
    """A new person's browser window; it may ask nobody but us."""
    windows = []

    def opened(**settings: object):
        window = chromium.new_context(base_url=site.address, **settings)
        windows.append(window)
        page = window.new_page()
        page.asked = []
        page.said = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        return page

    yield opened
    for window in windows:
        window.close()
