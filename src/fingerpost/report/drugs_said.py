"""The catalogue of medicines, to browse by kind, target, subtype and setting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.options.coverage import Covered, covered
from fingerpost.report.documents import state_of
from fingerpost.report.text.head import STATE, opening
from fingerpost.report.text.layout import counted, day, item, listed, wrap

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Drug, Knowledge
    from fingerpost.report.contract import DrugEntry, DrugsDocument


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which medicines to list: what is None is not asked."""

    drug_class: str | None = None
    target: str | None = None
    subtype: str | None = None
    setting: str | None = None
    authority: str | None = None


def drugs_document(
    knowledge: Knowledge, on: dt.date, wanted: Wanted, only: str | None = None
) -> DrugsDocument:
    """Everything that `fingerpost drugs` answers.

    Args:
        knowledge: What is known.
        on: The day on which uses must be in force.
        wanted: Which medicines to list.
        only: The id of one medicine.
    """
    uses = [each for each in covered(knowledge, on) if _is_asked(each, wanted)]
    narrow = any((wanted.subtype, wanted.setting, wanted.authority))
    found: list[DrugEntry] = []
    for drug in knowledge.drugs.values():
        own = [u.option.id for u in uses if drug.id in (u.option.drug, *u.option.drugs)]
        if only in (None, drug.id) and _fits(drug, wanted) and (own or not narrow):
            found.append(_entry(drug, own))
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": state_of(knowledge, on),
        "on": on.isoformat(),
        "drugs": found,
    }


def _is_asked(use: Covered, wanted: Wanted) -> bool:
    return (
        wanted.authority in (None, use.option.authority)
        and wanted.setting in (None, use.option.setting)
        and (wanted.subtype is None or wanted.subtype in use.subtypes)
    )


def _fits(drug: Drug, wanted: Wanted) -> bool:
    if wanted.target is not None:
        target = (drug.target or "").casefold()
        if wanted.target.casefold() not in target:
            return False
    return wanted.drug_class is None or wanted.drug_class in drug.classes


def _entry(drug: Drug, uses: list[str]) -> DrugEntry:
    codes: dict[str, list[str]] = {}
    for code in drug.codes:
        codes.setdefault(code.system, []).append(code.code)
    return {
        "id": drug.id,
        "name": drug.name,
        "brands": list(drug.brands),
        "other_makes": [
            f"{make.name} ({make.brand})" if make.brand else make.name for make in drug.biosimilars
        ],
        "also_written": list(drug.also_written),
        "classes": list(drug.classes),
        "target": drug.target,
        "route": list(drug.route),
        "what_it_does": drug.what_it_does,
        "codes": codes,
        "state": drug.state,
        "uses": uses,
    }


def drugs_text(document: DrugsDocument, knowledge: Knowledge) -> str:
    """The medicines found, one below the other."""
    drugs = document["drugs"]
    title = f"Fingerpost: medicines used for breast cancer, as of {day(document['on'])}"
    lines = [*opening(title, document["knowledge"]), ""]
    lines += [line for drug in drugs for line in _lines(drug, knowledge)]
    return "\n".join([*lines, *wrap(f"In all: {counted(len(drugs), 'medicine')}.")]) + "\n"


def _lines(drug: DrugEntry, knowledge: Knowledge) -> list[str]:
    brands = f" ({listed(drug['brands'], most=4)})" if drug["brands"] else ""
    does = f": {drug['what_it_does']}" if drug["what_it_does"] else ""
    lines = wrap(f"{drug['name']}{brands}{does}{STATE[drug['state']]}", 0, 2)
    kinds = [knowledge.classes[name].label for name in drug["classes"]]
    lines += item(f"Kind: {listed(kinds)}", 2)
    if drug["target"]:
        lines += item(f"Acts on: {drug['target']}", 2)
    if drug["other_makes"]:
        lines += item(f"Other makes: {listed(drug['other_makes'], most=6)}", 2)
    by_authority: dict[str, int] = {}
    for use in drug["uses"]:
        name = use.partition(".")[0]
        by_authority[name] = by_authority.get(name, 0) + 1
    told = [f"{name.upper()} {count}" for name, count in by_authority.items()]
    return [*lines, *item(f"Uses in force: {listed(told) or 'none'}", 2), ""]
