"""All that is wrong with the tables, told at once and never with what stands in a cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from fingerpost.errors import Problem, RecordError

# More of one kind than this are counted, not listed: one wrong delimiter can break every row.
SHOWN = 20


@dataclass(slots=True)
class Faults:
    """The problems so far, each kind up to a limit and the rest as a number."""

    problems: list[Problem] = field(default_factory=list)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, code: str, where: str, what: str, try_this: str = "", why: str = "") -> None:
        """Note a problem; the file is the part of `where` before the first colon."""
        kind = (code, where.partition(":")[0])
        self._counts[kind] += 1
        if self._counts[kind] <= SHOWN:
            self.problems.append(Problem(code, where, what, why, try_this))

    def more(self, code: str, name: str, count: int) -> None:
        """Note that there are more of a kind, which were not looked at one by one."""
        self._counts[code, name] += count

    def stop(self) -> None:
        """Refuse the tables if anything is wrong.

        Raises:
            RecordError: with every problem, and how many of each kind are not listed.
        """
        if not self.problems:
            return
        told = list(self.problems)
        for (code, name), count in self._counts.items():
            if count > SHOWN:
                what = f"and {count - SHOWN} more of the same kind"
                told.append(Problem(code, name, what))
        raise RecordError(told)


def refused(code: str, where: str, what: str, try_this: str = "", why: str = "") -> RecordError:
    """The one thing that makes a whole file unreadable, to be raised."""
    return RecordError([Problem(code, where, what, why, try_this)])
