"""The pages at the top of the project, brought into the site with their links turned."""

from __future__ import annotations

import re
from pathlib import Path

from tools.docs.markdown import GENERATED

PAGES = ("REGULATORY", "GLOSSARY", "CURATING", "CONTRIBUTING", "SECURITY", "CHANGELOG")
LINK = re.compile(r"\]\((?P<target>[^)#:]+)(?P<place>#[^)]*)?\)")


def project_pages(root: Path) -> dict[Path, str]:
    """Copy each page, so that the site has it and its links still lead somewhere."""
    return {
        Path(f"project/{name.lower()}.md"): GENERATED.format(made_from=f"{name}.md")
        + "\n"
        + turned((root / f"{name}.md").read_text(encoding="utf-8"))
        for name in PAGES
    }


def turned(text: str) -> str:
    """Turn links that start at the top of the project into links from `docs/project/`.

    >>> turned("[a](docs/reference/facts.md#er) [b](SECURITY.md) [c](LICENSE)")
    '[a](../reference/facts.md#er) [b](security.md) c'
    """

    def turn(link: re.Match[str]) -> str:
        target, place = link["target"], link["place"] or ""
        if target.startswith("docs/"):
            return f"](../{target.removeprefix('docs/')}{place})"
        if target.removesuffix(".md") in PAGES:
            return f"]({target.lower()}{place})"
        return f"]({target}{place})"

    return re.sub(r"\[([^\]]+)\]\(LICENSE[^)]*\)", r"\1", LINK.sub(turn, text))
