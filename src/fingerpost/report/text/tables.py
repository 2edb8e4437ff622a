"""What could be read of a table, column by column, as text and as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fingerpost.record.table.cells import Tally
    from fingerpost.record.table.people import Tables

_WORDS_SHOWN = 10


def check_lines(tables: Tables, people: int) -> list[str]:
    """The summary for people: each column with how much of it was read, and what was not."""
    lines = [f"{people} people"]
    for plan in tables.plans:
        rows = plan.loaded.rows
        lines += ["", f"{plan.loaded.name}: {rows} rows, {plan.loaded.encoding}"]
        for tally in tables.tallies:
            if tally.table == plan.loaded.name:
                lines += _column(tally)
        if plan.unmapped:
            lines.append(f"  not in the mapping: {', '.join(plan.unmapped)}")
        for name, why in _not_used(plan.shape.not_used, plan.loaded.header):
            lines.append(f"  not used: {name} ({why})")
        lines += [f"  {said}" for said in _unowned(tables, plan.loaded.name)]
    return [_plain(line) for line in (*lines, *_found(tables.found))]


def _plain(line: str) -> str:
    """A line without signs that steer a terminal: names and words of a table may hold any."""
    return "".join(sign if sign.isprintable() else " " for sign in line)


def _unowned(tables: Tables, name: str) -> list[str]:
    """What of a file was joined to nothing in the others."""
    orphans, alone = tables.orphans.get(name, 0), tables.unowned.alone.get(name, 0)
    lines = []
    if orphans:
        lines.append(f"{orphans} rows are of samples that belong to nobody in these files")
    if alone:
        lines.append(f"{alone} people stand in this table alone, and in none of the others")
    return lines


def _found(found: Mapping[tuple[str, str], int]) -> list[str]:
    """What the findings say, fact by fact, as counts."""
    facts: dict[str, list[str]] = {}
    for (fact, said), count in sorted(found.items()):
        facts.setdefault(fact, []).append(f"{said} {count}")
    lines = [f"  {fact}: {', '.join(parts)}" for fact, parts in facts.items()]
    return ["", "Findings", *lines] if lines else []


def _not_used(reasons: Mapping[str, str], header: Sequence[str]) -> list[tuple[str, str]]:
    from fingerpost.record.table.plan import find_column

    return [(name, why) for name, why in reasons.items() if find_column(header, [name]) is not None]


def _column(tally: Tally) -> list[str]:
    parts = [f"read {tally.read}"]
    parts += [f"{kind.replace('_', ' ')} {count}" for kind, count in sorted(tally.absent.items())]
    for count, what in ((tally.empty, "empty"), (tally.left_out, "left out by the mapping")):
        if count:
            parts.append(f"{what} {count}")
    unread = tally.unread.total()
    parts.append(f"not understood {unread}")
    lines = [f"  {tally.column} -> {tally.answers}: {', '.join(parts)}"]
    if unread:
        shown = [f"{word[:40]} ({count})" for word, count in tally.unread.most_common(_WORDS_SHOWN)]
        more = len(tally.unread) - _WORDS_SHOWN
        rest = f", and {more} more" if more > 0 else ""
        lines.append(f"    words not understood: {', '.join(shown)}{rest}")
    return lines


def summary_lines(tables: Tables, people: int) -> list[str]:
    """The summary for a log: only counts, never what stands in a cell."""
    lines = [f"{people} people read"]
    for plan in tables.plans:
        name = plan.loaded.name
        lines += [f"{name}: {said}" for said in _unowned(tables, name)]
    for tally in tables.tallies:
        unread = tally.unread.total()
        if unread:
            lines.append(f"{tally.table}, {tally.column}: {unread} cells were not understood")
    return lines


def check_document(tables: Tables, people: int) -> dict[str, Any]:
    """The summary as plain data."""
    facts: dict[str, dict[str, int]] = {}
    for (fact, said), count in sorted(tables.found.items()):
        facts.setdefault(fact, {})[said] = count
    return {
        "people": people,
        "findings": facts,
        "files": [
            {
                "file": plan.loaded.name,
                "table": plan.name,
                "rows": plan.loaded.rows,
                "encoding": plan.loaded.encoding,
                "not_in_the_mapping": list(plan.unmapped),
                "rows_of_nobody": tables.orphans.get(plan.loaded.name, 0),
                "people_of_this_table_alone": tables.unowned.alone.get(plan.loaded.name, 0),
                "columns": [
                    {
                        "column": tally.column,
                        "answers": tally.answers,
                        "read": tally.read,
                        "absent": dict(sorted(tally.absent.items())),
                        "empty": tally.empty,
                        "left_out": tally.left_out,
                        "not_understood": tally.unread.total(),
                        "words_not_understood": dict(tally.unread.most_common(100)),
                    }
                    for tally in tables.tallies
                    if tally.table == plan.loaded.name
                ],
            }
            for plan in tables.plans
        ],
    }
