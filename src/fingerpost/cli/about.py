"""Which program and which state of the knowledge this is, and the knowledge itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge

_ABOUT = Path(__file__).parent.parent / "knowledge" / "data" / "about.yaml"


def version_line() -> str:
    """Both versions in one line; reads two lines of a file and no knowledge."""
    from fingerpost import __version__

    said = dict(re.findall(r"^(\w+): *(\S+)$", _ABOUT.read_text(encoding="utf-8"), re.MULTILINE))
    return (
        f"fingerpost {__version__}, knowledge {said.get('knowledge_version', 'unknown')} "
        f"(checked through {said.get('verified_through', 'unknown')})"
    )


def known() -> Knowledge:
    """The project's knowledge, kept ready in this person's cache folder.

    The first time it takes some seconds, and a bar on the terminal says so.
    """
    from platformdirs import user_cache_path

    from fingerpost.knowledge import compiled
    from fingerpost.knowledge.load import DATA, content_of, read_files

    contents = read_files(DATA)
    content = content_of(contents)
    cache = user_cache_path("fingerpost", appauthor=False)
    found = compiled.read(cache, content)
    if found is None:
        found = _first_time(contents, content)
        compiled.write(cache, found)
    return found


def _first_time(contents: Mapping[str, bytes], content: str) -> Knowledge:
    from tqdm import tqdm

    from fingerpost.knowledge.strict import read_strictly

    with tqdm(
        total=len(contents),
        desc="Reading the knowledge (first time only)",
        unit="file",
        leave=False,
        disable=not sys.stderr.isatty(),
    ) as bar:
        return read_strictly(_Watched(contents, bar.update), content)


class _Watched(dict[str, bytes]):
    """The files, telling the bar each time one is read."""

    def __init__(self, contents: Mapping[str, bytes], tell: object) -> None:
        super().__init__(contents)
        self._tell = tell

    def __getitem__(self, name: str) -> bytes:
        self._tell(1)  # type: ignore[operator]
        return super().__getitem__(name)
