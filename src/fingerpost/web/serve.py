"""Starting the pages on this computer, and nowhere else."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from fingerpost.errors import Problem, UsageError

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.web.engine import Engine

HOST = "127.0.0.1"
USUAL_PORT = 8300


def listening(port: int) -> socket.socket:
    """A place to be called at on this computer; with port 0 any that is free.

    Raises:
        UsageError: another program is already there.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, port))
        # From now on a browser waits until we answer, instead of being turned away.
        made.listen(128)
    except (OSError, OverflowError):
        made.close()
        what = f"port {port} cannot be used"
        why = "Another program may be there, perhaps Fingerpost itself"
        raise UsageError(
            [Problem("port-taken", "--port", what, why, "--port 0 takes a free one")]
        ) from None
    return made


def serve(
    knowledge: Knowledge,
    *,
    port: int,
    browser: bool,
    say: Callable[[str], object],
    stop_after: float | None = None,
) -> None:
    """Answer on this computer until somebody presses Ctrl+C; `say` is told the address."""
    import uvicorn

    from fingerpost.web.application import application
    from fingerpost.web.engine import Engine

    place = listening(port)
    address = f"http://{HOST}:{place.getsockname()[1]}/"
    engine = Engine(knowledge)
    # No log of requests: an address says what somebody looked at.
    config = uvicorn.Config(
        application(engine), access_log=False, log_level="error", server_header=False, lifespan="on"
    )
    threading.Thread(target=_warm, args=(engine,), daemon=True).start()
    say(address)
    if browser:
        threading.Timer(0.2, webbrowser.open, [address]).start()
    server = uvicorn.Server(config)
    if stop_after is not None:
        threading.Timer(stop_after, setattr, [server, "should_exit", True]).start()
    server.run(sockets=[place])


def _warm(engine: Engine) -> None:
    """Make what the first answer needs while the person still reads the first page."""
    from fingerpost.web.engine import USUAL_AUTHORITY

    engine.dictionaries(engine.today())
    engine.rules(engine.today(), USUAL_AUTHORITY)
