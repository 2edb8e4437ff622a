"""Everything that can be wrong with what Fingerpost was given, and who can mend it.

```
FingerpostError          one or more problems, told all at once
├── RecordError          the person's record: the person, or whoever exported it   (exit code 10)
├── KnowledgeError       the knowledge files: the curator                          (exit code 11)
└── UsageError           the way Fingerpost was called: the caller                 (exit code 12)
```

Any other exception is a fault of Fingerpost itself and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, why it matters, and what to try.

    >>> print(Problem("unknown-key", "drugs/x.yaml:3:1", "unknown key `nmae`", try_this="`name`"))
    drugs/x.yaml:3:1: unknown key `nmae`. Try: `name` [unknown-key]
    """

    code: str
    where: str
    what: str
    why: str = ""
    try_this: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """One line, whatever the parts hold: `where: what. why. Try: ... [code]`."""
        said = ". ".join(_one_line(part) for part in (self.what, self.why) if part)
        place = f"{_one_line(self.where)}: " if self.where else ""
        advice = f". Try: {_one_line(self.try_this)}" if self.try_this else "."
        return f"{place}{said}{advice} [{self.code}]"


def _one_line(text: str) -> str:
    return " ".join(text.split()).removesuffix(".")


class FingerpostError(Exception):
    """Something Fingerpost was given is wrong; holds every problem that was found."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """One line for each problem."""
        return "\n".join(str(problem) for problem in self.problems)


class RecordError(FingerpostError):
    """The record cannot be read; the person, or whoever exported it, can mend it."""

    exit_code = 10


class KnowledgeError(FingerpostError):
    """The knowledge files are wrong; the curator can mend them."""

    exit_code = 11


class UsageError(FingerpostError):
    """Fingerpost was called in a way it does not understand; the caller can mend it."""

    exit_code = 12
