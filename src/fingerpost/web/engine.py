"""What answers are worked out with: the knowledge, read once, and the rules of a day, made once."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

import fingerpost

if TYPE_CHECKING:
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.messages import Speech
    from fingerpost.options.model import Judged, Options
    from fingerpost.options.rule_set import RuleSet
    from fingerpost.record.dictionaries import Dictionaries
    from fingerpost.web.answers import Answers
    from fingerpost.web.sessions import Session

Made = TypeVar("Made")
USUAL_AUTHORITY = "fda"
# A day of one authority takes some megabytes; whoever looks through the years does not need them all.
_MOST_KEPT = 12
# Pages about the knowledge: the same for everybody, and small.
_MOST_SHELVED = 400


class Engine:
    """Everything that pages ask: one for the whole program, for many people at once."""

    def __init__(self, knowledge: Knowledge, today: Callable[[], dt.date] = dt.date.today) -> None:
        """Keep the knowledge; `today` is asked anew for every answer."""
        self.knowledge = knowledge
        self._today = today
        self._kept: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self._shelf: OrderedDict[tuple[object, ...], object] = OrderedDict()
        # What is kept may be made of what is kept.
        self._lock = threading.RLock()

    def day(self, answers: Answers) -> dt.date:
        """The day that is asked about."""
        return answers.on or self._today()

    def today(self) -> dt.date:
        """The day where the person is."""
        return self._today()

    def speech(self, language: str) -> Speech:
        """A language for one answer; the knowledge is translated when somebody first reads it in one."""
        from fingerpost.messages import once, saying, speech_in
        from fingerpost.report.spoken import spoken

        def made() -> Speech:
            speech = speech_in(language, self.knowledge.following.spelling)
            with saying(speech):
                spoken(self.knowledge)
            return speech

        return once(self._once(("speech", language), made))

    def rules(self, on: dt.date, authority: str) -> RuleSet:
        """The rules of an authority on a day."""
        return self._once(
            ("rules", on, authority), lambda: fingerpost.RuleSet(self.knowledge, on, authority)
        )

    def dictionaries(self, on: dt.date) -> Dictionaries:
        """What records are read against on a day."""
        from fingerpost.record.dictionaries import dictionaries_for

        # A record may be asked about an earlier day; only what lies ahead of today cannot be.
        latest = max(on, self._today())
        return self._once(
            ("dictionaries", latest), lambda: dictionaries_for(self.knowledge, latest)
        )

    def facts(self, answers: Answers) -> Facts:
        """What may be said of the person.

        Raises:
            RecordError: an answer cannot be read.
        """
        on = self.day(answers)
        record = answers.record(self.knowledge, self.dictionaries(on))
        return fingerpost.derive(record, self.knowledge, on)

    def options(self, session: Session) -> Options:
        """Every option for the answers of a session, worked out once until an answer changes.

        Raises:
            RecordError: an answer cannot be read.
        """
        with session.lock:
            answers = session.answers
            authority = answers.authority or USUAL_AUTHORITY
            on = self.day(answers)
            key = f"options {authority} {on}"
            if key not in session.kept:
                found = fingerpost.find_options(self.facts(answers), self.rules(on, authority))
                session.kept[key] = found
            return cast("Options", session.kept[key])

    def judged(self, facts: Facts, on: dt.date, authority: str) -> Judged:
        """The verdicts for some facts, to be set beside others: quick enough to be asked for each."""
        from fingerpost.options.match import judge

        return judge(facts, self.rules(on, authority))

    def shelved(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What is said of the knowledge alone, worked out once; nothing of a person may be in it."""
        with self._lock:
            return _once(self._shelf, _MOST_SHELVED, key, make)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Something that is said of the knowledge itself, made when it is first asked for."""
        return self._once(("said", name), make)

    def _once(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        with self._lock:
            return _once(self._kept, _MOST_KEPT, key, make)


def _once(
    kept: OrderedDict[tuple[object, ...], object],
    most: int,
    key: tuple[object, ...],
    make: Callable[[], Made],
) -> Made:
    if key not in kept:
        kept[key] = make()
        while len(kept) > most:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return cast("Made", kept[key])
