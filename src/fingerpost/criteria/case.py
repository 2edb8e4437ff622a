"""What an evaluator is given: values of facts, treatments, whether the list is whole, and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Value

NOT_STATED = Absent(AbsenceKind.NOT_STATED)


@dataclass(frozen=True, slots=True)
class Case:
    """One person on one day, as far as criteria can see: no name, no words, only values.

    `facts` and each of `treatments` map names to values; a name that is not there is unknown.
    `treatments_complete` says whether the list is stated to hold every treatment.
    """

    today: dt.date
    facts: Mapping[str, Value | Absent] = field(default_factory=dict)
    treatments: Sequence[Mapping[str, Value | Absent]] = ()
    treatments_complete: Answer = Answer.UNKNOWN
