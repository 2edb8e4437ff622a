"""What people have answered, in memory only, each under a key that only their browser knows.

Nothing is ever written to disk. Who has not come back for half an hour is forgotten, and nobody who has
answered anything is forgotten before that, however many others come.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest

from fingerpost.web.answers import Answers

IDLE_SECONDS = 30 * 60
# More people than this never sit at one computer. Of more, those who have answered nothing are forgotten;
# of others only what was worked out goes, and it is worked out again when they come back.
MOST_SESSIONS = 64


@dataclass(slots=True)
class Session:
    """One person's answers and how they like to read, under the key in their browser's cookie.

    `token` goes into every form, so that no other page can send one. `lock` keeps two requests of
    one person from changing the answers at once. `kept` holds what was worked out from the answers.
    `after_lost` says that the browser came with the key of a session that is forgotten.
    """

    key: str
    token: str
    answers: Answers
    seen: float
    lock: threading.RLock = field(default_factory=threading.RLock)
    kept: dict[str, object] = field(default_factory=dict)
    after_lost: bool = False

    def is_token(self, given: str) -> bool:
        """Whether a form that came back is one of this session's own."""
        return compare_digest(self.token.encode(), given.encode())

    def changed(self) -> None:
        """Forget what was worked out from answers that are not the same any more."""
        self.kept.clear()


class Sessions:
    """Everybody's sessions."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any; `clock` counts seconds."""
        self._clock = clock
        self._all: dict[str, Session] = {}
        self._lock = threading.Lock()

    def find(self, key: str | None) -> Session | None:
        """The session of this key, if it is still remembered."""
        with self._lock:
            self._wipe()
            session = self._all.get(key or "")
            if session is not None:
                session.seen = self._clock()
            return session

    def begin(self) -> Session:
        """A new session without answers."""
        session = Session(
            secrets.token_urlsafe(32), secrets.token_urlsafe(32), Answers(), self._clock()
        )
        with self._lock:
            self._wipe()
            self._make_room()
            self._all[session.key] = session
        return session

    def forget(self, key: str) -> None:
        """Delete a session and everything in it."""
        with self._lock:
            self._all.pop(key, None)

    def wipe(self) -> None:
        """Forget who has been away too long."""
        with self._lock:
            self._wipe()

    def _make_room(self) -> None:
        """Give up who was away longest with nothing to lose; of the others what can be worked out again."""
        by_age = sorted(self._all.values(), key=lambda each: each.seen)
        too_many = len(by_age) + 1 - MOST_SESSIONS
        for session in [each for each in by_age if each.answers.is_untouched][: max(too_many, 0)]:
            del self._all[session.key]
        for session in by_age[: max(len(self._all) + 1 - MOST_SESSIONS, 0)]:
            # Whoever is being answered at this moment keeps it.
            if session.lock.acquire(blocking=False):
                try:
                    session.changed()
                finally:
                    session.lock.release()

    def _wipe(self) -> None:
        oldest = self._clock() - IDLE_SECONDS
        for key in [key for key, each in self._all.items() if each.seen < oldest]:
            del self._all[key]
