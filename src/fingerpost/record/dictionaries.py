"""What every importer reads a record against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from fingerpost.knowledge.line_rules import LineRules
from fingerpost.record.catalogue import Catalogue, Drugs
from fingerpost.record.code_index import RXNORM, SNOMED, CodeIndex, shipped_codes
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.written.value_reader import ValueReader

if TYPE_CHECKING:
    from fingerpost.knowledge.model import CodeSystem, Knowledge

# The code systems of the drug catalogue by their short names there.
_SYSTEMS = {"rxnorm": RXNORM, "snomed": SNOMED}


@lru_cache(maxsize=1)
def shipped_rules() -> LineRules:
    """The rules of lines that come with Fingerpost."""
    from fingerpost.knowledge import load_knowledge

    return load_knowledge().lines


@dataclass(frozen=True)
class Dictionaries:
    """What a record is read against: the facts, the drugs, the codes, and the day."""

    reader: ValueReader
    names: DrugNames
    codes: CodeIndex
    drugs: Drugs
    on: dt.date | None
    rules: LineRules | None = None

    @cached_property
    def line_rules(self) -> LineRules:
        """The rules of regimens and lines; those shipped, for callers that bring none."""
        return shipped_rules() if self.rules is None else self.rules

    @cached_property
    def classes(self) -> frozenset[str]:
        """Every family that can be named: those of the drugs, and those with a name of their own."""
        of_drugs = frozenset(name for drug in self.drugs.values() for name in drug.classes)
        return of_drugs | self.codes.classes

    @cached_property
    def drug_codes(self) -> Mapping[tuple[str, str], str]:
        """Which drug a code of the drug catalogue stands for."""
        return {
            (_SYSTEMS.get(each.system, each.system), each.code): drug
            for drug, entry in self.drugs.items()
            for each in entry.codes
        }


def dictionaries_for(knowledge: Knowledge, on: dt.date | None) -> Dictionaries:
    """What records are read against, from all that is known."""
    return dictionaries_of(knowledge.facts, knowledge.drugs, knowledge.codes, on, knowledge.lines)


def dictionaries_of(
    catalogue: Catalogue,
    drugs: Drugs,
    codes: Mapping[str, CodeSystem] | None,
    on: dt.date | None,
    lines: LineRules | None = None,
) -> Dictionaries:
    """What records are read against, made once for as many records as there are."""
    index = shipped_codes() if codes is None else CodeIndex(codes.values())
    reader = ValueReader(catalogue, on)
    return Dictionaries(reader, DrugNames(drugs, index), index, drugs, on, lines)
