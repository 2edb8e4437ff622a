"""A browser without a window: it keeps its cookie and sends the hidden token, as a person's does."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

import httpx2
from starlette.testclient import TestClient

from fingerpost.knowledge.model import Knowledge
from fingerpost.web.application import application
from fingerpost.web.engine import Engine
from fingerpost.web.routes import PAGES
from tests.whole import whole_knowledge

TODAY = dt.date(2026, 11, 26)
HERE = "http://127.0.0.1:8300"
OPTION = "fda.ribociclib.advanced-with-fulvestrant"
_CHANGE = (
    "/knowledge/changes/fda.elacestrant.advanced-esr1-after-endocrine"
    "?earlier=2023-01-01&later=2026-11-26"
)
# Some pages are about a treatment that the person told of.
OWN_TREATMENT = {"drugs": ["anastrozole"], "setting": "adjuvant", "start": "2012", "end": "2017"}
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


def token_in(html: str) -> str | None:
    """The hidden token of the forms on a page."""
    found = _TOKEN.search(html)
    return found[1] if found else None


def paths(knowledge: Knowledge) -> list[str]:
    """Every address, with a name in it where it is about one thing."""
    names = {
        "ask": "er",
        "group": "fits",
        "number": "1",
        "fact": "esr1_mutation",
        "symptom": "fever",
        "word": next(iter(knowledge.following.terms)),
        "explainer": next(iter(knowledge.following.explainers)),
    }
    kinds = {"/knowledge/drugs/": "ribociclib", "/knowledge/tests/": "esr1_plasma"}

    def named(path: str) -> str:
        own = next((name for start, name in kinds.items() if path.startswith(start)), OPTION)
        return re.sub(r"{(\w+)}", lambda place: names.get(place[1], own), path)

    return [
        _CHANGE if page.path.startswith("/knowledge/changes/") else named(page.path)
        for page in PAGES
    ]


@cache
def engine() -> Engine:
    """One engine for all tests: it holds nothing of anybody."""
    return Engine(whole_knowledge(), lambda: TODAY)


class Browser:
    """Somebody at the pages, from the first of them on."""

    def __init__(self) -> None:
        self._client = TestClient(application(engine()), base_url=HERE, follow_redirects=False)
        self._token = ""
        self.get("/begin")

    def get(self, path: str) -> httpx2.Response:
        """Open a page."""
        return self._send("GET", path)

    def post(
        self, path: str, given: dict[str, Any] | None = None, files: dict[str, bytes] | None = None
    ) -> httpx2.Response:
        """Send a form."""
        sent = [("files", (name, content)) for name, content in (files or {}).items()]
        return self._send(
            "POST", path, data={"token": self._token, **(given or {})}, files=sent or None
        )

    def _send(self, method: str, path: str, **about: Any) -> httpx2.Response:
        answer = self._client.request(method, path, **about)
        self._token = token_in(answer.text) or self._token
        return answer


def words(answer: httpx2.Response) -> str:
    """The words of the main part of a page."""
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())
