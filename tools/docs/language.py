"""The page of the criteria language, made from the specification that the tests run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.docs.markdown import cell, code, page, read_words, table, yaml_files

FOLDER = Path("tests/spec")
WORLD = "vocabulary.yaml"
INTRO = """
One line of text is one condition, which a clinician can check against a label. Where more than one
line is needed, the structure around them is YAML:

| written | it asks |
|---|---|
| `fact is value`, `fact is one of a, b`, `fact is not value` | about a category or a yes/no fact |
| `sites includes bone` | about a member of a set |
| `er_percent >= 1 %`, `age < 60 years` | about a number, with its unit |
| `recurrence_date <= surgery_date + 12 months`, `surgery_date <= today` | about dates |
| `any treatment where ...`, `no treatment where ...` | about treatments |
| `at least 2 treatments where ...` | how many treatments |
| `recurrence within 6 months of end of treatment where ...` | about the time since a treatment |
| `always`, `never` | nothing |
| `{all: [...]}`, `{any: [...]}`, `{none: [...]}` | whether all, any or none of several hold |
| `{not: ...}` | the opposite |
| `{at_least: 2, of: [...]}` | at least so many of several |
| `{agree: [...]}` | about one thing that is known in several ways; if they contradict, unknown |

There is nothing else: no division, no text functions, no way to call a program. Names that are not
in the [facts](facts.md) are refused when the file is read, with the line and the nearest name.

Everything below is the specification itself. Each case is run on every engine by the tests. The
people in it live in a small world that is not medicine: it has one fact of each type.
"""


def language_pages(root: Path) -> dict[Path, str]:
    """Write the page of the language, one section for each file of the specification."""
    files = [read_words(path) for path in yaml_files(root / FOLDER) if path.name != WORLD]
    sections = [section(file) for file in sorted(files, key=lambda file: int(file["order"]))]
    world = read_words(root / FOLDER / WORLD)
    text = page("Criteria language", f"{FOLDER}/*.yaml", INTRO, small_world(world), *sections)
    return {Path("reference/language.md"): text}


def small_world(world: dict[str, Any]) -> str:
    """Show the facts and treatment attributes that the cases speak of."""
    rows = [
        (code(name), kind, spec["type"], ", ".join(spec.get("values", [])) or spec.get("unit", ""))
        for kind, specs in (("fact", world["facts"]), ("of a treatment", world["attributes"]))
        for name, spec in specs.items()
    ]
    head = ["name", "of what", "type", "values or unit"]
    return f"## The small world\n\nToday is {world['today']}.\n\n" + table(head, rows)


def section(file: dict[str, Any]) -> str:
    """Show one file of the specification."""
    tests = [spec_test(test) for test in file["tests"]]
    return "\n\n".join([f"## {file['section']}", file.get("text", "").strip(), *tests])


def spec_test(test: dict[str, Any]) -> str:
    """Show one titled test: its people, then each criterion with everybody's answer."""
    people = test["people"]
    said = table(
        ["person", "what is known"],
        [(name.replace("_", " "), flow(written) or "nothing") for name, written in people.items()],
    )
    answers = table(
        ["criterion", *(cell(name.replace("_", " ")) for name in people)],
        [
            (code(flow(case["when"])), *(case["answers"].get(name, "") for name in people))
            for case in test["cases"]
        ],
    )
    text = test.get("text", "").strip()
    return "\n\n".join(filter(None, [f"### {test['title']}", text, said, answers]))


def flow(value: Any) -> str:  # noqa: ANN401 (any YAML may stand here)
    """Write YAML on one line, as a person would.

    >>> flow({"receptor": ["low", "negative"], "treatments": [{"cycles": "3"}]})
    'receptor: [low, negative], treatments: [{cycles: 3}]'
    """
    if isinstance(value, dict):
        return ", ".join(f"{name}: {inner(each)}" for name, each in value.items())
    return inner(value)


def inner(value: Any) -> str:  # noqa: ANN401 (any YAML may stand here)
    """Write a value that stands inside another."""
    if isinstance(value, dict):
        return f"{{{flow(value)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(inner, value))}]"
    return str(value) if value != "" else '""'
