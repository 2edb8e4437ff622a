"""What names of medicines were read as: one line for each, or the whole reading as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.report.text.layout import listed

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.drugs.model import NamedDrugs, NamedPart
    from fingerpost.report.contract import NamePart, NameRead, NamesDocument

Read = tuple[str, "NamedDrugs"]


def names_document(read: Sequence[Read], knowledge: Knowledge) -> NamesDocument:
    """Everything that `fingerpost name` answers."""
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge.about.knowledge_version,
        "names": [_name(text, named) for text, named in read],
    }


def _name(text: str, named: NamedDrugs) -> NameRead:
    return {
        "as_written": text,
        "drugs": list(named.drugs),
        "families": list(named.classes),
        "left_open": list(named.unresolved),
        "set_aside": list(named.set_aside),
        "parts": [_part(each) for each in named.parts],
    }


def _part(part: NamedPart) -> NamePart:
    return {
        "words": part.words,
        "how": part.how,
        "certainty": part.certainty,
        "known_as": part.known_as,
        "drugs": list(part.drugs),
        "families": list(part.classes),
        "candidates": list(part.candidates),
        "why": part.why,
    }


def names_text(document: NamesDocument, knowledge: Knowledge) -> str:
    """One line for each name: as written, what it stands for, how that was read, and candidates.

    The four columns stand a tab apart, so that the lines can be read by a program too.
    """
    return "".join(_line(each, knowledge) for each in document["names"])


def _line(name: NameRead, knowledge: Knowledge) -> str:
    drugs = [knowledge.drugs[drug].name for drug in name["drugs"]]
    families = [knowledge.classes[each].label for each in name["families"]]
    stands_for = " + ".join(drugs + ([f"family: {listed(families)}"] if families else []))
    if name["left_open"]:
        stands_for = f"{stands_for}, and left open" if stands_for else "left open"
    told = "; ".join(dict.fromkeys(_how(part) for part in name["parts"]))
    may_be = [each for part in name["parts"] for each in part["candidates"]]
    columns = (
        name["as_written"],
        stands_for or "no medicine against cancer",
        told or "nothing was written",
        f"may be: {' or '.join(dict.fromkeys(may_be))}" if may_be else "",
    )
    return "\t".join(" ".join(each.split()) for each in columns).rstrip() + "\n"


def _how(part: NamePart) -> str:
    return f"{part['words']}: {part['why']}"
