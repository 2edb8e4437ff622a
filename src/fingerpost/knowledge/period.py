"""A length of time as the files write it: how long a result stays current, how often something is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in one unit; months and years are those of the calendar where there is a date."""

    amount: int
    unit: Literal["days", "weeks", "months", "years"]
