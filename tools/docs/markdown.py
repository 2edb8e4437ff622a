"""The few Markdown shapes that generated pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

GENERATED = "<!-- Written by `make docs`. Edit what it is made from: {made_from}. -->\n"


def read_words(path: Path) -> Any:  # noqa: ANN401 (the shape of a YAML file is what it holds)
    r"""Read a YAML file with every value left as the words that were written.

    >>> import tempfile
    >>> page = Path(tempfile.mkdtemp()) / "x.yaml"
    >>> _ = page.write_text("her2_ihc: 0\nsince: 2026-05-15\nno: no\n")
    >>> read_words(page)
    {'her2_ihc': '0', 'since': '2026-05-15', 'no': 'no'}
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 (makes only strings)


def yaml_files(folder: Path) -> list[Path]:
    """Give the YAML files of a folder in the order of their names."""
    return sorted(folder.rglob("*.yaml"))


def page(title: str, made_from: str, *parts: str) -> str:
    """Put a page together: the note that it is generated, the title, the parts."""
    blocks = [GENERATED.format(made_from=made_from), f"# {title}\n"]
    return "\n".join([*blocks, *(f"{part.rstrip()}\n" for part in parts if part)])


def cell(text: object) -> str:
    r"""Make text safe inside a table cell.

    >>> cell("a | b")
    'a \\| b'
    """
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Make a table, or nothing when there are no rows.

    >>> print(table(["a", "b"], [[1, 2]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    lines = [f"| {' | '.join(cell(each) for each in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines])


def code(text: object) -> str:
    """Set one line as code."""
    return f"`{' '.join(str(text).split())}`"


NESTING = {
    "all": "all of",
    "any": "any of",
    "none": "none of",
    "agree": "the ways of knowing that agree",
    "not": "not",
}


def criterion(when: str | Mapping[str, Any], depth: int = 0) -> list[str]:
    r"""Lay a criterion out as a nested list, one line of the language a line.

    >>> print("\n".join(criterion({"any": ["er is positive", "pr is positive"]})))
    - any of
        - `er is positive`
        - `pr is positive`
    """
    indent = "    " * depth
    if isinstance(when, str):
        return [f"{indent}- {code(when)}"]
    if "at_least" in when:
        return [
            f"{indent}- at least {when['at_least']} of",
            *(line for each in when["of"] for line in criterion(each, depth + 1)),
        ]
    ((word, inside),) = when.items()
    parts = inside if isinstance(inside, list) else [inside]
    return [
        f"{indent}- {NESTING[word]}",
        *(line for each in parts for line in criterion(each, depth + 1)),
    ]
