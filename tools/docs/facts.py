"""The page of every fact: what a record can say, and what is derived from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.docs.markdown import code, criterion, page, read_words, table, yaml_files

FOLDER = Path("src/fingerpost/knowledge/data/facts")
INTRO = """
These are the names that criteria and [form records](../how-to/write-a-form-record.md) use. A
fact that is missing from a record is unknown, never "no". A **derived** fact is worked out from
others, by the expression shown.
"""

TESTS = """
## Tests

Which test answers which facts. What is missing from a record is shown as one of these, ordered by
how many options its result would decide. More of each stands on the page of [tests](tests.md).
"""


def fact_pages(root: Path) -> dict[Path, str]:
    """Write the page of all facts, in the groups of their files."""
    parts = [INTRO]
    for path in yaml_files(root / FOLDER):
        group = read_words(path)
        facts, derived = group.get("facts", {}), group.get("derived", {})
        parts.append(f"## {path.stem.replace('_', ' ').capitalize()}")
        parts += [asked_fact(name, fact) for name, fact in facts.items()]
        parts += [asked_fact(*each) for each in group.get("treatment_attributes", {}).items()]
        parts += [derived_fact(name, fact) for name, fact in derived.items()]
        parts += [presumption(name, rule) for name, rule in group.get("presumptions", {}).items()]
        parts += [notice(name, rule) for name, rule in group.get("notices", {}).items()]
    parts += [TESTS, tests(read_words(root / FOLDER.parent / "tests.yaml")["tests"])]
    return {Path("reference/facts.md"): page("Facts", f"{FOLDER}/*.yaml", *parts)}


def tests(known: dict[str, Any]) -> str:
    """List the tests, and the facts that each of them answers."""
    rows = [
        (test["plain"], test["specimen"], ", ".join(map(code, test["answers"])), stated(test))
        for test in known.values()
    ]
    return table(["test", "done on", "answers", "state"], rows)


def asked_fact(name: str, fact: dict[str, Any]) -> str:
    """Describe a fact that a record states."""
    rows = [
        ("what it is", fact.get("plain", "")),
        ("type", typed(fact)),
        ("the question", fact.get("question", "")),
        ("where to find it", fact.get("where", "")),
        ("state", stated(fact)),
    ]
    values = table(
        ["value", "means"], [(code(value), plain) for value, plain in spelled_values(fact).items()]
    )
    groups = table(
        ["group", "stands for"],
        [(code(group), ", ".join(members)) for group, members in fact.get("groups", {}).items()]
        if isinstance(fact.get("groups"), dict)
        else [],
    )
    told = table(["", ""], [row for row in rows if row[1]])
    return "\n\n".join(filter(None, [heading(name, fact), told, values, groups]))


def derived_fact(name: str, fact: dict[str, Any]) -> str:
    """Describe a fact that is worked out, with its expression."""
    rows = [
        ("what it is", fact.get("plain", "")),
        ("type", f"derived {typed(fact)}"),
        ("note", fact.get("note", "")),
        ("state", stated(fact)),
    ]
    told = table(["", ""], [row for row in rows if row[1]])
    return "\n\n".join(filter(None, [heading(name, fact), told, *expressions(fact)]))


def presumption(name: str, rule: dict[str, Any]) -> str:
    """Describe when silence is read as a value, which every report that rests on it says."""
    told = table(["", ""], [("what is said", rule["plain"]), ("state", stated(rule))])
    reading = f"{code(rule['fact'])} that nobody stated is read as {code(rule['value'])} when:"
    parts = [f"### `{name}`", told, reading, "\n".join(criterion(rule["when"]))]
    if "unless" in rule:
        parts += ["Unless:", "\n".join(criterion(rule["unless"]))]
    return "\n\n".join(parts)


def notice(name: str, rule: dict[str, Any]) -> str:
    """Describe what is pointed out to the owner of a record, and when."""
    rows = [("what is said", rule["plain"]), ("to try", rule["try_this"]), ("state", stated(rule))]
    parts = [f"### `{name}`", table(["", ""], rows), "Said when:"]
    return "\n\n".join([*parts, "\n".join(criterion(rule["when"]))])


def expressions(fact: dict[str, Any]) -> list[str]:
    """Show from which expression a derived fact, or each of its values, follows."""
    if "when" in fact:
        return ["Holds when:\n\n" + "\n".join(criterion(fact["when"]))]
    if "since" in fact:
        until = fact.get("until", "today")
        return [f"The time from {code(fact['since'])} to {code(until)}."]
    shown = []
    for value, meaning in fact.get("values", {}).items():
        if isinstance(meaning, dict) and "when" in meaning:
            since = f" (since {meaning['from']})" if "from" in meaning else ""
            lines = "\n".join(criterion(meaning["when"]))
            shown.append(f"{code(value)}{since}, {meaning.get('plain', '')}, when:\n\n{lines}")
    return shown


def heading(name: str, fact: dict[str, Any]) -> str:
    """The fact's heading: its name, then its clinical label."""
    return f"### `{name}`\n\n{fact.get('label', '')}"


def typed(fact: dict[str, Any]) -> str:
    """Say the type in words, with its unit."""
    unit = fact.get("unit")
    return fact["type"] + (f", in {unit}" if unit and unit != "null" else "")


def stated(fact: dict[str, Any]) -> str:
    """Say how far the definition was checked, and against what."""
    source = fact.get("source")
    return fact.get("state", "") + (f", {source}" if source else "")


def spelled_values(fact: dict[str, Any]) -> dict[str, str]:
    """Give the values a category or a set may have, with their plain labels."""
    values = fact.get("values", {})
    return values if isinstance(values, dict) else dict.fromkeys(values, "")
