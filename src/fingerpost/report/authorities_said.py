"""Every use with the word of each authority that can be compared, for one person on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fingerpost.knowledge.as_of import window_on
from fingerpost.options.uses import COMPARED, Uses
from fingerpost.report.option_said import heading_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from fingerpost.knowledge.model import Knowledge, Option
    from fingerpost.terms import Verdict

# Rows that some authority leaves open stand before those that nobody does.
_OPEN = frozenset({"matches", "might_match", "not_yet"})


class Word(NamedTuple):
    """What one authority says of a use; `verdict` is None where it gives no road on this day."""

    id: str
    status: str | None
    verdict: str | None
    state: str | None


class UseRow(NamedTuple):
    """One use across the authorities; an authority without it has no words."""

    heading: str
    row: str | None
    setting: str
    words: Mapping[str, Sequence[Word]]

    @property
    def is_open(self) -> bool:
        """Whether it fits, might fit or may fit later under any authority."""
        return any(word.verdict in _OPEN for words in self.words.values() for word in words)


def authorities_said(
    verdicts: Mapping[str, Verdict], knowledge: Knowledge, on: dt.date
) -> Sequence[UseRow]:
    """Every use that any authority has a word on, on that day.

    Args:
        verdicts: What each option of each authority is for the person.
        knowledge: What is known.
        on: The day that is asked about.
    """
    rows = []
    for use in Uses(knowledge).all():
        words: dict[str, list[Word]] = {name: [] for name in COMPARED}
        for option in use:
            words[option.authority].append(_word(option, verdicts, on))
        if any(word.status for each in words.values() for word in each):
            first = use[0]
            rows.append(UseRow(heading_of(first, knowledge), first.row, first.setting, words))
    return rows


def _word(option: Option, verdicts: Mapping[str, Verdict], on: dt.date) -> Word:
    window, verdict = window_on(option, on), verdicts.get(option.id)
    return Word(
        option.id,
        window.status if window else None,
        None if verdict is None else verdict.value,
        window.date_state if window else None,
    )
