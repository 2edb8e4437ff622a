"""The page of sources: what was read, when, and how much of it."""

from __future__ import annotations

from pathlib import Path

from tools.docs.markdown import page, read_words, yaml_files

FOLDER = Path("src/fingerpost/knowledge/data/sources")
INTRO = """
Every statement in the knowledge names one of these. *full* means that the whole page was read,
*excerpt* a part of it, *secondary* a page that quotes it, *not_read* that it is known to exist.
"""


def source_pages(root: Path) -> dict[Path, str]:
    """Write the page of all sources, each with an anchor of its own."""
    entries = []
    for path in yaml_files(root / FOLDER):
        source = read_words(path)
        published = f", {source['published']}" if "published" in source else ""
        url = source.get("url")
        address = f"\n\n<{url}>" if url else ""
        note = f"\n\n{source['note']}" if "note" in source else ""
        entries.append(
            f"## {path.stem} {{ #{path.stem} }}\n\n"
            f"{source['title']}. {source['publisher']}{published} "
            f"({source['kind'].replace('_', ' ')}). "
            f"Looked at on {source['checked_on']}: {source['checked_how']}.{address}{note}"
        )
    text = page("Sources", f"{FOLDER.as_posix()}/*.yaml", INTRO, *entries)
    return {Path("reference/sources.md"): text}
