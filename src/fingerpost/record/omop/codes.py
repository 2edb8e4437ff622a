"""The codes that Fingerpost understands, under the names that OMOP gives their vocabularies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fingerpost.record.code_index import ICD10, ICDO3, LOINC, RXNORM, SNOMED, CodeIndex

# vocabulary_id of the CDM -> the address that records use.
SYSTEMS: Mapping[str, str] = {
    "LOINC": LOINC,
    "SNOMED": SNOMED,
    "RxNorm": RXNORM,
    "ICD10CM": ICD10,
    "ICDO3": ICDO3,
}


def known_codes(codes: CodeIndex) -> Iterator[tuple[str, str]]:
    """Every code that an OMOP vocabulary has, as (vocabulary_id, concept_code)."""
    names = {address: name for name, address in SYSTEMS.items()}
    for system, code in codes.known():
        if system in names:
            yield names[system], code


def codes_as_csv(codes: CodeIndex) -> str:
    """The table `fingerpost_codes` as CSV, sorted."""
    lines = [f"{vocabulary},{code}" for vocabulary, code in sorted(known_codes(codes))]
    return "\n".join(["vocabulary_id,concept_code", *lines]) + "\n"
