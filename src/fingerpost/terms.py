"""The closed vocabularies that every room of Fingerpost shares."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Never


class Answer(enum.Enum):
    """Yes, no, or unknown. Unknown is an answer, and never the same as no.

    >>> Answer.YES.and_(Answer.UNKNOWN)
    <Answer.UNKNOWN: 'unknown'>
    >>> Answer.NO.and_(Answer.UNKNOWN)
    <Answer.NO: 'no'>
    >>> bool(Answer.UNKNOWN)
    Traceback (most recent call last):
        ...
    TypeError: an Answer has three values; compare it with Answer.YES, Answer.NO or Answer.UNKNOWN
    """

    NO = "no"
    UNKNOWN = "unknown"
    YES = "yes"

    def __bool__(self) -> Never:
        """Refuse, because `if answer:` would turn unknown into yes without anyone noticing."""
        msg = "an Answer has three values; compare it with Answer.YES, Answer.NO or Answer.UNKNOWN"
        raise TypeError(msg)

    def and_(self, other: Answer) -> Answer:
        """Kleene's "and": no wins, then unknown."""
        if self is Answer.NO or other is Answer.NO:
            return Answer.NO
        if self is Answer.YES and other is Answer.YES:
            return Answer.YES
        return Answer.UNKNOWN

    def or_(self, other: Answer) -> Answer:
        """Kleene's "or": yes wins, then unknown."""
        if self is Answer.YES or other is Answer.YES:
            return Answer.YES
        if self is Answer.NO and other is Answer.NO:
            return Answer.NO
        return Answer.UNKNOWN

    def not_(self) -> Answer:
        """The opposite; the opposite of unknown is unknown."""
        if self is Answer.UNKNOWN:
            return Answer.UNKNOWN
        return Answer.NO if self is Answer.YES else Answer.YES

    @staticmethod
    def of(*, definitely: bool, possibly: bool) -> Answer:
        """The answer when it is certain to hold (`definitely`) or not ruled out (`possibly`)."""
        if definitely:
            return Answer.YES
        return Answer.UNKNOWN if possibly else Answer.NO


class AbsenceKind(enum.StrEnum):
    """Why a value is missing. The kinds are never merged: each calls for a different next step."""

    NOT_STATED = "not_stated"
    NOT_TESTED = "not_tested"
    PENDING = "pending"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    STALE = "stale"
    CONFLICTING = "conflicting"
    NOT_UNDERSTOOD = "not_understood"


class Authority(enum.StrEnum):
    """Who says for whom a medicine is: regulators, NICE, guidelines, or a hospital for itself."""

    FDA = "fda"
    EMA = "ema"
    NICE = "nice"
    GUIDELINE = "guideline"
    LOCAL = "local"


# What each of them can say of a use.
STATUSES: Mapping[str, tuple[str, ...]] = {
    "fda": ("regular", "accelerated"),
    "ema": ("regular", "conditional"),
    "nice": (
        *("recommended", "managed_access"),
        *("not_recommended", "terminated", "no_guidance_found"),
    ),
    "guideline": ("guideline",),
    "local": ("local",),
}
# The words that open no road: a use with one of them is shown, and is nobody's option.
NEVER_GIVEN = frozenset({"not_recommended", "terminated", "no_guidance_found"})


class State(enum.StrEnum):
    """How far a statement of the knowledge was checked against a source."""

    VERIFIED = "verified"
    WEAK = "weak"
    UNVERIFIED = "unverified"


class CriterionKind(enum.StrEnum):
    """What sort of condition a criterion is; only `sequence` can turn with later treatment."""

    DISEASE = "disease"
    BIOMARKER = "biomarker"
    SETTING = "setting"
    SEQUENCE = "sequence"
    PERSON = "person"
    PARTNER = "partner"


class Verdict(enum.StrEnum):
    """What one option is for one person on one day."""

    MATCHES = "matches"
    MIGHT_MATCH = "might_match"
    NOT_YET = "not_yet"
    DOES_NOT_MATCH = "does_not_match"


# How soon to speak to somebody about a symptom, from the least to the most urgent.
LEVELS = ("next_visit", "tell_team_soon", "same_day_call", "emergency_now")
