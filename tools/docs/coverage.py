"""The page that says how much is known: options counted, claims by state, and every use with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fingerpost.knowledge.as_of import window_on
from fingerpost.knowledge.load import load_knowledge
from fingerpost.options.coverage import SUBTYPES, Covered, claims, covered
from fingerpost.terms import STATUSES, State
from tools.docs.markdown import cell, page, read_words, table, yaml_files
from tools.docs.options import option_link

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.knowledge.model import Knowledge

ROWS = Path("tests/knowledge/rows")
MADE_FROM = f"src/fingerpost/knowledge/data/ and {ROWS.as_posix()}/*.yaml"
COMPARED = ("fda", "ema", "nice")
COUNTED = (*COMPARED, "guideline")
NAMES = {"fda": "FDA", "ema": "EMA", "nice": "NICE", "guideline": "guidelines"}
# The tables of the fact base, in its order; the letter of a row's name says which one it stands in.
TABLES = {
    "H": "Hormone receptor-positive, HER2-negative, advanced",
    "E": "Hormone receptor-positive, HER2-negative, early",
    "B": "Inherited BRCA mutation",
    "P": "HER2-positive, advanced",
    "Q": "HER2-positive, early",
    "L": "HER2-low, after chemotherapy",
    "T": "Triple-negative",
    "N": "Bevacizumab",
    "C": "Chemotherapy",
    "A": "Any solid tumor with a certain change",
    "X": "Added later",
    "BONE": "Bone medicines",
}
INTRO = """
What is known, counted on {on}, the day of this state of the knowledge. A count says how much was
written down, not how good a treatment is. Approvals were looked for through {through}; what came
later may be missing. The same numbers for any day come from `fingerpost knowledge coverage`. This
supports decisions; it does not make them.
"""
SUBTYPE_INTRO = """
A use is open to a subtype if it does not say no to somebody of whom only that is known. So one use
can be open to several, and a use that names no receptor is open to all.
"""
STATE_INTRO = """
Each use in force, by the [state](../explanation/states-of-knowledge.md) of its least checked
condition or date.
"""
CLAIMS_INTRO = """
Everything that carries a state, of all days: conditions, days, figures, codes, explanations.
"""
ROWS_INTRO = """
The project keeps a list of uses, in tables named by a letter. For each of them stands what there is
of it with each authority, or why there is nothing, in the words of the list that the tests read.
*Left out* is the part of a use that has no option. What is set in brackets after an option is said
of {on}: that it is *not recommended*, that there is no guidance, that the approval is over. A row
that was added for one authority stands in that authority's list only.
"""
GUIDELINE_INTRO = """
Treatment in common use that no single label describes. The names of these rows begin with S.
"""


def coverage_pages(root: Path) -> dict[Path, str]:
    """Write the page of what is known and what is not."""
    knowledge = load_knowledge()
    on = knowledge.about.version_day
    found = covered(knowledge, on)
    through = knowledge.about.verified_through
    parts = [
        INTRO.format(on=on, through=through),
        f"## By authority\n\n{by_authority(knowledge, on)}",
        f"## By status\n\n{by_status(knowledge, on)}",
        f"## By subtype\n{SUBTYPE_INTRO}\n{crossed(found, 'subtype', SUBTYPES, _subtypes)}",
        f"## By setting\n\n{crossed(found, 'setting', _settings(found), _setting)}",
        f"## By state\n{STATE_INTRO}\n{crossed(found, 'state', list(State), _state)}",
        f"## Claims by state\n{CLAIMS_INTRO}\n{claims_by_state(knowledge)}",
        f"## Use by use\n{ROWS_INTRO.format(on=on)}",
        *row_tables(root, knowledge, on),
    ]
    text = page("Coverage", MADE_FROM, *parts)
    return {Path("reference/coverage.md"): text}


# --- how many ------------------------------------------------------------------------------


def by_authority(knowledge: Knowledge, on: dt.date) -> str:
    """Count each authority's uses: in force, refused or without guidance, past or to come."""
    rows = []
    for name in COUNTED:
        own = [option for option in knowledge.options.values() if option.authority == name]
        windows = [window_on(option, on) for option in own]
        opens = sum(window is not None and window.opens for window in windows)
        absent = sum(window is None for window in windows)
        rows.append((NAMES[name], len(own), opens, len(own) - opens - absent, absent))
    head = ("authority", "uses known", "in force", "not recommended or no guidance", "over")
    return table(head, rows)


def by_status(knowledge: Knowledge, on: dt.date) -> str:
    """Count the uses of each authority by its own word for them."""
    windows = ((o.authority, window_on(o, on)) for o in knowledge.options.values())
    count = Counter((authority, w.status) for authority, w in windows if w is not None)
    rows = [
        (NAMES[name], status.replace("_", " "), count[name, status])
        for name in COUNTED
        for status in STATUSES[name]
    ]
    return table(("authority", "status", "uses"), rows)


def crossed(
    found: Sequence[Covered],
    what: str,
    values: Iterable[str],
    of: Callable[[Covered], Sequence[str]],
) -> str:
    """Count the uses in force by authority (across) and by what they are (down)."""
    count = Counter((each.option.authority, value) for each in found for value in of(each))
    rows = [(_words(value), *(count[name, value] for name in COUNTED)) for value in values]
    return table((what, *(NAMES[name] for name in COUNTED)), rows)


def _subtypes(use: Covered) -> Sequence[str]:
    return use.subtypes


def _setting(use: Covered) -> Sequence[str]:
    return (use.option.setting,)


def _state(use: Covered) -> Sequence[str]:
    return (use.state,)


def _settings(found: Sequence[Covered]) -> list[str]:
    return sorted({use.option.setting for use in found})


def _words(name: str) -> str:
    plain = name.replace("_", " ").replace("hr ", "HR-").replace("her2 ", "HER2-")
    return plain.replace("triple negative", "triple-negative").replace("e HER2", "e, HER2")


def claims_by_state(knowledge: Knowledge) -> str:
    """Count everything that carries a state."""
    known = sorted(claims(knowledge).items())
    total: Counter[str] = Counter()
    for _, count in known:
        total.update(count)
    rows = [(kind, *(count[state] for state in State)) for kind, count in [*known, ("all", total)]]
    return table(("claims", *State), rows)


# --- use by use ----------------------------------------------------------------------------

Row = Mapping[str, Any]


def row_tables(root: Path, knowledge: Knowledge, on: dt.date) -> list[str]:
    """One table for each table of the fact base, and one for guidelines."""
    lists = _lists(root)
    uses = {**lists["nice"], **lists["ema"], **lists["fda"]}
    parts = []
    for letter, names in groupby(sorted(uses, key=_in_order), key=_letter):
        rows = [
            (name, uses[name]["use"], *(_told(lists[a].get(name), knowledge, on) for a in COMPARED))
            for name in names
        ]
        parts.append(f"### {letter}: {TABLES[letter]}")
        parts.append(linked_table(("row", "use", *(NAMES[a] for a in COMPARED)), rows))
    standards = [
        (name, row["use"], _told(row, knowledge, on)) for name, row in lists["guideline"].items()
    ]
    parts.append(f"### S: Guidelines\n{GUIDELINE_INTRO}")
    parts.append(linked_table(("row", "use", "what stands for it"), standards))
    return parts


def _lists(root: Path) -> dict[str, dict[str, Row]]:
    """The rows of each authority; the beginning of a file's name says whose it is."""
    found: dict[str, dict[str, Row]] = {}
    for path in yaml_files(root / ROWS):
        found.setdefault(path.stem.partition("_")[0], {}).update(read_words(path)["rows"])
    return found


def _letter(name: str) -> str:
    return name if name in TABLES else name[0]


def _in_order(name: str) -> tuple[int, int]:
    number = re.sub(r"\D", "", name)
    return list(TABLES).index(_letter(name)), int(number or 0)


def _told(row: Row | None, knowledge: Knowledge, on: dt.date) -> str:
    """The options of a row with links, or the reason why there are none, and what is left out."""
    if row is None:
        return "Not in this authority's list."
    parts = [_option(name, knowledge, on) for name in row.get("options", {})]
    told = "<br>".join([*parts, *([cell(row["reason"])] if "reason" in row else [])])
    return f"{told}<br>Left out: {cell(row['left_out'])}" if "left_out" in row else told


def _option(name: str, knowledge: Knowledge, on: dt.date) -> str:
    option = knowledge.options[name]
    window = window_on(option, on)
    if window is None:
        return f"{option_link(option)} (over)"
    return option_link(option) + ("" if window.opens else f" ({window.status.replace('_', ' ')})")


def linked_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells hold line breaks and are safe already."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines])
