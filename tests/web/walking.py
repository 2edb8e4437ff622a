"""A browser without a window: it keeps its cookie and sends the hidden token, as a person's does."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from functools import cache
from typing import Any

import httpx

import fingerpost
from fingerpost.web.application import application
from fingerpost.web.engine import Engine

TODAY = dt.date(2026, 11, 26)
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@cache
def engine() -> Engine:
    """One engine for all tests: it holds nothing of anybody."""
    return Engine(fingerpost.load_knowledge(), lambda: TODAY)


class Browser:
    """Somebody at the pages, from the first of them on."""

    def __init__(self) -> None:
        self._app = application(engine())
        self._cookies: dict[str, str] = {}
        self._token = ""
        self.get("/begin")

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self._send("GET", path)

    def post(
        self, path: str, given: dict[str, Any] | None = None, files: dict[str, bytes] | None = None
    ) -> httpx.Response:
        """Send a form."""
        sent = [("files", (name, content)) for name, content in (files or {}).items()]
        return self._send(
            "POST", path, data={"token": self._token, **(given or {})}, files=sent or None
        )

    def _send(self, method: str, path: str, **about: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            inner = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(
                transport=inner, base_url="http://127.0.0.1:8300", cookies=self._cookies
            ) as client:
                answer = await client.request(method, path, **about)
                self._cookies.update(client.cookies)
                return answer

        answer = asyncio.run(send())
        found = _TOKEN.search(answer.text)
        if found is not None:
            self._token = found[1]
        return answer


def words(answer: httpx.Response) -> str:
    """The words of the main part of a page."""
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())
