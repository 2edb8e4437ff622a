"""Which options of several authorities are one use: what can be set side by side.

Options of one medicine that stand in one row of the fact base (or, without a row, have the same medicines
and setting) are candidates. Where a row holds several uses, those with the same name are one; those
whose names differ are one when each authority has only one left in that setting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from fingerpost.knowledge.model import Knowledge, Option
from fingerpost.terms import Authority

# Those whose word on one use can be set side by side.
COMPARED = (Authority.FDA, Authority.EMA, Authority.NICE)


class Uses:
    """The options of the authorities that can be compared, those of one use together."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Keep what is known; the grouping is made when first asked for, and once for all."""
        self._knowledge = knowledge

    def of(self, option: Option) -> tuple[Option, ...]:
        """The options that are this use, the option itself among them."""
        return self._by_id.get(option.id, (option,))

    def all(self) -> tuple[tuple[Option, ...], ...]:
        """Every use."""
        return tuple({use[0].id: use for use in self._by_id.values()}.values())

    @property
    def _by_id(self) -> Mapping[str, tuple[Option, ...]]:
        memo = self._knowledge.following.memo
        if "uses" not in memo:
            memo["uses"] = self._grouped()
        return cast("Mapping[str, tuple[Option, ...]]", memo["uses"])

    def _grouped(self) -> Mapping[str, tuple[Option, ...]]:
        buckets: dict[object, list[Option]] = {}
        for option in self._knowledge.options.values():
            if option.authority in COMPARED:
                alike = option.row or (frozenset(option.drugs), option.setting)
                buckets.setdefault((option.drug, alike), []).append(option)
        groups = [tuple(group) for bucket in buckets.values() for group in _groups(bucket)]
        return {option.id: group for group in groups for option in group}


def _groups(bucket: Iterable[Option]) -> list[list[Option]]:
    by_name: dict[str, list[Option]] = {}
    for option in bucket:
        by_name.setdefault(option.id.rpartition(".")[2], []).append(option)
    groups = list(by_name.values())
    for group in list(groups):
        if group not in groups:
            continue
        fitting = _fitting(group, groups)
        if len(fitting) == 1 and _fitting(fitting[0], groups) == [group]:
            groups.remove(fitting[0])
            group += fitting[0]
    return groups


def _fitting(group: list[Option], groups: list[list[Option]]) -> list[list[Option]]:
    """The other groups of that setting which have none of the group's authorities."""
    have = {option.authority for option in group}
    return [
        other
        for other in groups
        if other is not group
        and other[0].setting == group[0].setting
        and have.isdisjoint(option.authority for option in other)
    ]
