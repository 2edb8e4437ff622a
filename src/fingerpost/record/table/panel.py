"""The genes of a panel, from cBioPortal's own file or from a list with one gene a line."""

from __future__ import annotations

import re
from pathlib import Path

from fingerpost.record.table.faults import refused

_GENE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@_-]{0,30}")
_MOST_BYTES = 4 * 1024 * 1024


def read_panel(path: Path) -> tuple[str, ...]:
    """The genes that a panel file names.

    Raises:
        RecordError: it cannot be read, or names no gene.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise refused("too-large", path.name, "this is larger than any list of genes")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise refused("not-text", path.name, "this is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise refused("unreadable-file", path.name, what) from None
    genes = _listed(text)
    if not genes:
        what = "this file names no genes"
        advice = "a line `gene_list:` with the genes, or one gene a line"
        raise refused("empty-table", path.name, what, advice)
    return genes


def _listed(text: str) -> tuple[str, ...]:
    line = re.search(r"^gene_list\s*:(.*)$", text, re.MULTILINE)
    words = line[1].split() if line is not None else text.split()
    return tuple(dict.fromkeys(word for word in words if _GENE.fullmatch(word)))
