"""One page for each medicine's options, and one that lists them all."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from tools.docs.markdown import cell, code, criterion, page, read_words, table, yaml_files

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Option

FOLDER = Path("src/fingerpost/knowledge/data/options")
INTRO = """
Every option the knowledge holds, by the medicine it is filed under. The order is alphabetical;
it is not a ranking. Each page shows the conditions as they decide, next to the label's words,
with [how far each was checked](../explanation/states-of-knowledge.md). This supports decisions;
it does not make them.
"""


def option_pages(root: Path) -> dict[Path, str]:
    """Write the list of options and a page for each file."""
    pages: dict[Path, str] = {}
    rows: list[tuple[str, str, str]] = []
    for path in yaml_files(root / FOLDER):
        file = read_words(path)
        authority, drug = file["authority"], file["drug"]
        name = f"{authority}-{path.stem}"
        made_from = path.relative_to(root).as_posix()
        prefix = f"{authority}.{drug}"
        sections = [option_section(prefix, *each) for each in file["options"].items()]
        title = f"{drug.replace('_', ' ')} ({authority.upper()})"
        pages[Path(f"reference/options/{name}.md")] = page(title, made_from, *sections)
        for key, option in file["options"].items():
            option_id = f"{prefix}.{key}"
            link = f"[`{option_id}`](options/{name}.md#{option_id})"
            rows.append((link, option["title"], in_force(option)))
    listed = table(["option", "what it is for", "in force"], sorted(rows))
    made_from = f"{FOLDER.as_posix()}/*/*.yaml"
    pages[Path("reference/options.md")] = page("Options", made_from, INTRO, listed)
    return pages


def option_section(prefix: str, key: str, option: dict[str, Any]) -> str:
    """Describe one option: its drugs, its windows, what informs, the evidence."""
    parts = [
        f"## {option['title']} {{ #{prefix}.{key} }}",
        f"Option {code(f'{prefix}.{key}')}, with {', '.join(option['drugs'])}.",
        *(window_section(window) for window in option["windows"]),
        trial_only(option.get("trial_only", [])),
        evidence(option.get("trials", [])),
    ]
    return "\n\n".join(filter(None, parts))


def in_force(option: dict[str, Any]) -> str:
    """Say when the option was first and last in force."""
    windows = option["windows"]
    until = windows[-1].get("until")
    first, status = windows[0].get("from"), windows[-1]["status"].replace("_", " ")
    if first is None:
        return status
    return f"{first} to {until}" if until else f"since {first} ({status})"


def window_section(window: dict[str, Any]) -> str:
    """Show one period and all its conditions."""
    until = window.get("until")
    first = window.get("from")
    period = f"From {first} to {until}" if until else f"Since {first}" if first else "In use"
    details = [window["status"].replace("_", " "), f"dates {window['date_state']}"]
    if "ended" in window:
        details.append(f"then {window['ended']}")
    section = f", section {window['section']}" if "section" in window else ""
    lines = [f"### {period}", f"{'; '.join(details)}. Source: {source(window)}{section}."]
    lines += [condition(each) for each in window.get("criteria", [])]
    return "\n\n".join(lines)


def condition(each: dict[str, Any]) -> str:
    """Show one condition: the label's words, what is asked, the source and its state."""
    words = f"“{each['label']}”" if each.get("quoted") == "true" else each["label"]
    told = f"**{cell(words)}** ({each['kind']}; {each['state']}; {source(each)})"
    note = f"\n\n{each['note']}" if "note" in each else ""
    return f"{told}\n\n" + "\n".join(criterion(each["when"])) + note


def trial_only(limits: list[dict[str, Any]]) -> str:
    """Show the trial's own limits, which inform and never decide."""
    if not limits:
        return ""
    lines = [f"- {limit['text']} ({limit['state']}; {source(limit)})" for limit in limits]
    return "### What only the trial asked for\n\nThis informs and never decides.\n\n" + "\n".join(
        lines
    )


def evidence(trials: list[str]) -> str:
    """Name the trials behind the option; their figures stand on the page of trials."""
    if not trials:
        return ""
    links = [f"[{name}](../trials.md#{name})" for name in trials]
    return f"### Evidence\n\nTrials: {', '.join(links)}."


def source(claim: dict[str, Any], up: str = "../") -> str:
    """Link a claim's source to the page of sources, `up` from where the claim stands."""
    name = claim.get("source")
    return f"[{name}]({up}sources.md#{name})" if name else "no source yet"


def option_link(option: Option) -> str:
    """Link an option from another reference page to its section on the page of its file."""
    stem = PurePosixPath(option.place.partition(":")[0]).stem
    return f"[`{option.id}`](options/{option.authority}-{stem}.md#{option.id})"
