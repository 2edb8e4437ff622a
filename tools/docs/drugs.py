"""The page of medicines: their names, what they do, their codes, and what they are used for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fingerpost.knowledge.as_of import window_on
from fingerpost.knowledge.load import load_knowledge
from tools.docs.markdown import code, page, table
from tools.docs.options import option_link

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.knowledge.model import Biosimilar, Drug, Knowledge, Option

FOLDER = Path("src/fingerpost/knowledge/data/drugs")
INTRO = """
Every medicine that the knowledge names, in alphabetical order; the order is not a ranking. A record
may call it by any of the names here. The uses are those in force on {on}, the day of this state of
the knowledge; *not in force* are uses that are over, not recommended, or without guidance. There
are no doses here. This supports decisions; it does not make them.
"""
AUTHORITIES = {"fda": "FDA", "ema": "EMA", "nice": "NICE", "guideline": "guidelines"}
SYSTEMS = {"rxnorm": "RxNorm", "snomed": "SNOMED CT", "ncit": "NCI Thesaurus", "atc": "ATC"}


def drug_pages(_: Path) -> dict[Path, str]:
    """Write the page of all medicines, each with an anchor of its own."""
    knowledge = load_knowledge()
    on = knowledge.about.version_day
    drugs = sorted(knowledge.drugs.values(), key=lambda drug: drug.name.casefold())
    sections = [section(drug, knowledge, on) for drug in drugs]
    text = page("Medicines", f"{FOLDER.as_posix()}/*.yaml", INTRO.format(on=on), *sections)
    return {Path("reference/drugs.md"): text}


def section(drug: Drug, knowledge: Knowledge, on: dt.date) -> str:
    """Describe one medicine."""
    parts = [
        f"## {drug.name} {{ #{drug.id} }}",
        drug.what_it_does or "",
        table(("", ""), [row for row in described(drug, knowledge) if row[1]]),
        drug.note or "",
        uses(drug, knowledge, on),
    ]
    return "\n\n".join(filter(None, parts))


def described(drug: Drug, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Say what it is called, what it is, and how far that was checked."""
    yield "id", code(drug.id)
    yield "brand names", ", ".join(drug.brands)
    yield "other makes", ", ".join(map(make, drug.biosimilars))
    yield "also written", ", ".join(drug.also_written)
    yield "made of", ", ".join(f"[{part}](#{part})" for part in drug.components)
    yield "kinds", ", ".join(knowledge.classes[name].label for name in drug.classes)
    yield "acts on", drug.target or ""
    yield "given", ", ".join(drug.route)
    yield "codes", "; ".join(coded(drug))
    yield "state", f"{drug.state}{sourced(drug.source)}"


def make(biosimilar: Biosimilar) -> str:
    """Name another make of the medicine."""
    return f"{biosimilar.name} ({biosimilar.brand})" if biosimilar.brand else biosimilar.name


def coded(drug: Drug) -> Iterator[str]:
    """Give each code with its system, its state and where it was copied from."""
    for each in drug.codes:
        system = SYSTEMS.get(each.system, each.system)
        yield f"{system} {code(each.code)} ({each.state}{sourced(each.source)})"


def sourced(source: str | None) -> str:
    """Link a source, after what it is the source of."""
    return f", [{source}](sources.md#{source})" if source else ""


def uses(drug: Drug, knowledge: Knowledge, on: dt.date) -> str:
    """List the uses of the medicine by authority, those in force before the others."""
    own = [o for o in knowledge.options.values() if drug.id in (o.drug, *o.drugs)]
    opens = [option for option in own if _opens(option, on)]
    rest = [option for option in own if not _opens(option, on)]
    lines = [*listed(opens, ""), *listed(rest, ", not in force")]
    return "\n".join(["Uses:", "", *lines]) if lines else "No use of it is listed here."


def listed(options: Sequence[Option], more: str) -> Iterable[str]:
    """One line for each authority that has any."""
    for authority, name in AUTHORITIES.items():
        links = [option_link(each) for each in options if each.authority == authority]
        if links:
            yield f"- {name}{more}: {', '.join(links)}"


def _opens(option: Option, on: dt.date) -> bool:
    window = window_on(option, on)
    return window is not None and window.opens
