"""Every page, its address, and what stands between it and the browser."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fingerpost.errors import FingerpostError
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, saying
from fingerpost.web import protection
from fingerpost.web.exchange import COOKIE, Exchange, NotThere
from fingerpost.web.routes import PAGES
from fingerpost.web.sessions import Sessions

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from fingerpost.web.engine import Engine

Handler = Callable[[Exchange], Response]
_log = logging.getLogger("fingerpost.web")
_WIPE_EVERY = 60


class _Refused(NamedTuple):
    """Why a request is not answered, in words for the person who may have sent it."""

    status: int
    title: str
    what: str


_TOO_LARGE = _Refused(
    413,
    marked("This file is too large"),
    marked(
        "A record of one person is smaller than 25 megabytes. Send the pages with results only."
    ),
)
_WRONG_HOST = _Refused(
    421,
    marked("This address does not lead here"),
    marked(
        "Fingerpost answers only on this computer. Open the address that it printed when it started."
    ),
)
_NOT_OURS = _Refused(
    403,
    marked("This form is out of date"),
    marked(
        "Your answers are forgotten after 30 minutes without use, and when Fingerpost is started "
        "again. Go back to the start, and answer again or load your saved file."
    ),
)
_NOT_THERE = _Refused(
    404,
    marked("There is no such page"),
    marked("The address may be mistyped, or be of an older version."),
)
_BROKEN = _Refused(
    500,
    marked("Something went wrong in Fingerpost"),
    marked(
        "This is a fault of the program, not of what you did. Your answers are still there. Nothing "
        "was sent anywhere."
    ),
)
_UNREADABLE = _Refused(
    400,
    marked("The form could not be read"),
    marked("What the browser sent is damaged. Go back and send it again."),
)
_CANNOT_READ = _Refused(
    422,
    marked("Some of this could not be read"),
    marked("Nothing is lost. Each problem stands here with what you can try."),
)


def application(engine: Engine, sessions: Sessions | None = None) -> ASGIApp:
    """The whole of it, for a server or a test to run."""
    remembered = sessions or Sessions()

    @contextlib.asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        wiping = asyncio.create_task(_wipe_for_ever(remembered))
        yield
        wiping.cancel()

    static = StaticFiles(directory=str(resources.files("fingerpost.web").joinpath("static")))
    routes: list[Route | Mount] = [
        Route(page.path, _endpoint(page.get, page.post, engine, remembered), methods=page.methods)
        for page in PAGES
    ]
    routes.append(Mount("/static", static))

    async def missing(request: Request, _: Exception) -> Response:
        return _refused(_exchange(request, FormData(), engine, remembered), _NOT_THERE)

    made = Starlette(
        routes=routes, lifespan=running, exception_handlers={404: missing, 405: missing}
    )
    return _Guard(made, lambda request: _exchange(request, FormData(), engine, remembered))


async def _wipe_for_ever(sessions: Sessions) -> None:
    while True:
        await asyncio.sleep(_WIPE_EVERY)
        sessions.wipe()


class _Guard:
    """The headers of every answer, and the host of every request."""

    def __init__(self, inner: ASGIApp, exchange: Callable[[Request], Exchange]) -> None:
        self._inner = inner
        self._exchange = exchange

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                static = scope["path"].startswith("/static/")
                own = {
                    name: ("no-cache" if static and name == "Cache-Control" else value)
                    for name, value in protection.HEADERS.items()
                }
                message["headers"] = [
                    *message["headers"],
                    *((name.lower().encode(), value.encode()) for name, value in own.items()),
                ]
            await send(message)

        refused = _stranger(Headers(scope=scope))
        if refused is not None:
            scope = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"cookie"]}
            exchange = self._exchange(Request(scope))
            exchange.stranger = True
            await _refused(exchange, refused)(scope, receive, with_headers)
            return
        await self._inner(scope, receive, with_headers)


def _stranger(headers: Headers) -> _Refused | None:
    """Why somebody gets nothing of anybody's, nor a session of their own."""
    if not protection.is_this_computer(headers.get("host", "")):
        return _WRONG_HOST
    return _NOT_OURS if protection.is_from_within_another(headers) else None


def _endpoint(
    get: Handler, post: Handler | None, engine: Engine, sessions: Sessions
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.method != "POST":
            exchange = _exchange(request, FormData(), engine, sessions)
            return _finished(exchange, await run_in_threadpool(_answered, get, exchange))
        form = await _form(request)
        if isinstance(form, _Refused):
            return _refused(_exchange(request, FormData(), engine, sessions), form)
        exchange = _exchange(request, form, engine, sessions)
        if post is None or not _is_own(exchange):
            return _finished(exchange, _refused(exchange, _NOT_OURS))
        try:
            return _finished(exchange, await run_in_threadpool(_answered, post, exchange))
        finally:
            await form.close()

    return answer


def _exchange(request: Request, form: FormData, engine: Engine, sessions: Sessions) -> Exchange:
    key = request.cookies.get(COOKIE)
    session = sessions.find(key)
    return Exchange(
        path=request.url.path,
        given=request.path_params,
        asked=request.query_params,
        form=form,
        headers=request.headers,
        engine=engine,
        sessions=sessions,
        _session=session,
        lost=bool(key) and session is None,
    )


async def _form(request: Request) -> FormData | _Refused:
    """The fields of a form, in memory only; the rest of what is too large is thrown away."""
    body = bytearray()
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > protection.MOST_DRAINED:
            return _TOO_LARGE
        if size <= protection.MOST_BYTES:
            body += chunk
        else:
            body.clear()
    if size > protection.MOST_BYTES:
        return _TOO_LARGE

    async def once() -> AsyncGenerator[bytes, None]:
        yield bytes(body)
        yield b""

    kind = request.headers.get("content-type", "")
    try:
        if kind.startswith("multipart/form-data"):
            parser = _InMemory(request.headers, once(), max_files=20, max_part_size=_MOST_TEXT)
            return await parser.parse()
        return await FormParser(request.headers, once()).parse()
    except (MultiPartException, ValueError, KeyError):
        return _UNREADABLE


_MOST_TEXT = protection.MOST_BYTES


class _InMemory(MultiPartParser):
    """Files stay in memory: a larger one would be written to disk otherwise."""

    spool_max_size = protection.MOST_BYTES + 1


def _is_own(exchange: Exchange) -> bool:
    """Whether a form is one that this person's browser was given by us."""
    if not protection.is_from_here(exchange.headers) or not exchange.has_session:
        return False
    return exchange.session.is_token(exchange.text("token"))


def _answered(handler: Handler, exchange: Exchange) -> Response:
    with saying(exchange.engine.speech(exchange.language())):
        try:
            return handler(exchange)
        except NotThere:
            return _refused(exchange, _NOT_THERE)
        except FingerpostError as error:
            refused = _CANNOT_READ
            return exchange.sorry(refused.status, _(refused.title), error, _(refused.what))
        except Exception as error:  # noqa: BLE001 (a page must not end without a word)
            _log.error("%s at %s", type(error).__name__, _place(error))
            return _refused(exchange, _BROKEN)


def _place(error: BaseException) -> str:
    """Where in the program it went wrong: the message itself may hold a person's values."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"


def _refused(exchange: Exchange, refused: _Refused) -> Response:
    return exchange.sorry(refused.status, refused.title, None, refused.what)


def _finished(exchange: Exchange, response: Response) -> Response:
    """The answer with the key of a new session; or with that of a deleted one taken back."""
    if exchange.forgotten:
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    elif exchange.new:
        # Without an end: the browser forgets it when it is closed. Who follows a link to us from
        # elsewhere still has their answers; only a form from elsewhere comes without the key.
        response.set_cookie(COOKIE, exchange.session.key, path="/", httponly=True, samesite="lax")
    return response
