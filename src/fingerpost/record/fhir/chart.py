"""What has been read of a FHIR record so far: findings, treatments, messages, and what to look up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fingerpost.record.code_index import Meaning, impossible
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.fhir.bundle import Resources
from fingerpost.record.fhir.shape import (
    Coding,
    Resource,
    codings,
    concept_words,
    part,
    reference,
    text,
)
from fingerpost.record.form.context import shown
from fingerpost.record.model import Basis, Finding, Message, MessageSeverity, Source, Treatment
from fingerpost.values import Absent, Days, Value

if TYPE_CHECKING:
    from fingerpost.record.fhir.stated_lines import StatedLine

# Facts that the genetics room reads, because it matters whether a change is inherited.
GENE_FACTS = frozenset(
    [
        "germline_brca1",
        "germline_brca2",
        "germline_palb2",
        "germline_brca_reported",
        "somatic_brca_mutation",
        "pik3ca_mutation",
        "esr1_mutation",
        "akt1_alteration",
        "pten_alteration",
    ]
)
# Kinds of samples in HL7's own list of specimen types.
_SAMPLES = {"bld": "blood", "bldv": "blood", "wb": "blood", "sal": "saliva"}
_SITES = frozenset(["liver", "lung", "bone", "brain", "pleura", "peritoneum", "meninges"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stood, and what it shares with others of the same resource."""

    where: str
    date: Days | None = None
    words: str = ""
    site: str | None = None
    specimen: str | None = None
    basis: Basis | None = None
    status: str = "final"


@dataclass(slots=True)
class Chart:
    """One FHIR record being read."""

    dictionaries: Dictionaries
    resources: Resources
    findings: list[Finding] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    # Cancers other than this one: results and treatments that belong to them are left out.
    other_cancers: set[str] = field(default_factory=set)
    breast_cancers: set[str] = field(default_factory=set)
    # The breast cancer and its spread: what a treatment of it may point to as its reason.
    this_cancer: set[str] = field(default_factory=set)
    sides: set[str] = field(default_factory=set)
    # Results about genes, with what their codes mean: a report on genes must be read as a whole.
    genetic: list[tuple[Resource, tuple[Meaning, ...]]] = field(default_factory=list)
    # How many lymph nodes were looked at, at most: the day, the number, and where it stood.
    examined: list[tuple[Days | None, float, str]] = field(default_factory=list)
    lines: list[StatedLine] = field(default_factory=list)
    not_read: Counter[str] = field(default_factory=Counter)
    # Results whose code and name are not known, by their name: never their value.
    unnamed: Counter[str] = field(default_factory=Counter)
    _told: set[tuple[str, str, str]] = field(default_factory=set)

    def tell(
        self, code: str, where: str, what: str, advice: str = "", severity: MessageSeverity = "info"
    ) -> None:
        """Tell the owner something, once."""
        key = (code, where, what)
        if key not in self._told:
            self._told.add(key)
            self.messages.append(Message(code, where, what, advice, severity))

    def warn(self, code: str, where: str, what: str, advice: str = "") -> None:
        """Tell the owner something that may change what is shown."""
        self.tell(code, where, what, advice, "warning")

    def find(
        self, fact: str, value: Value | Absent, place: Place, basis: Basis | None = None
    ) -> None:
        """Note a finding, unless the catalogue has no such fact or it lies after the day asked about."""
        if fact not in self.dictionaries.reader.catalogue:
            return
        on = self.dictionaries.on
        if on is not None and place.date is not None and place.date.first and place.date.first > on:
            self.not_read["results dated in the future"] += 1
            return
        self.findings.append(
            Finding(
                fact,
                value,
                place.date,
                Source("fhir", place.where, place.words or None),
                place.site,
                place.specimen,
                basis or place.basis,
                place.status,
            )
        )

    # --- codes ----------------------------------------------------------------------------

    def meanings(self, concept: object, where: str) -> tuple[Meaning, ...]:
        """What the codes of a concept mean; odd codes are told."""
        return self.meanings_of(codings(concept), where)

    def meanings_of(self, several: list[Coding], where: str) -> tuple[Meaning, ...]:
        """What several codes mean together."""
        found: tuple[Meaning, ...] = ()
        for coding in several:
            if coding.code:
                known = self.dictionaries.codes.code(coding.system, coding.code)
                found = (*found, *known) if found else known
                if not known:
                    self.look_at(coding, where)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else found

    def named(self, concept: object) -> tuple[Meaning, ...]:
        """What the names in a concept mean, for when its codes say nothing."""
        return self.names_of(codings(concept))

    def names_of(self, several: list[Coding]) -> tuple[Meaning, ...]:
        """What the first name that is known means."""
        for coding in several:
            if coding.display and (found := self.dictionaries.codes.name(coding.display)):
                return found
        return ()

    def look_at(self, coding: Coding, where: str) -> None:
        """Tell of a code that was never issued, or that belongs to another system."""
        if not coding.code or not impossible(coding.system, coding.code):
            return
        code = shown(coding.code)
        if (
            self.dictionaries.codes.code("http://snomed.info/sct", coding.code)
            and "loinc" in coding.system
        ):
            what = f"the code {code} stands under LOINC and is one of SNOMED CT"
            self.warn("wrong_system", where, what, "ask whoever exported the record")
            return
        what = f"the code {code} cannot exist in its system: its check digit is wrong"
        self.warn("bad_check_digit", where, what, "ask whoever exported the record")

    # --- samples --------------------------------------------------------------------------

    def sample(self, resource: Resource) -> tuple[str | None, str | None]:
        """Site and specimen of a result: from its specimen, or from its own body site."""
        specimen = self.resources.by_reference.get(reference(resource.get("specimen")), {})
        collection = part(specimen.get("collection"))
        site = concept_words(collection.get("bodySite")) or concept_words(resource.get("bodySite"))
        kind: str | None = None
        for coding in codings(specimen.get("type")):
            kind = kind or _SAMPLES.get(coding.code.casefold())
            for meaning in self.dictionaries.codes.code(coding.system, coding.code):
                if meaning.value in ("blood", "saliva"):
                    kind = meaning.value
        if kind is None and _SITES & set(site.casefold().replace(",", " ").split()):
            kind = "metastasis"
        return site.removesuffix(" (body structure)") or None, kind

    def about_other_cancer(self, resource: Resource, *names: str) -> bool:
        """Whether a resource says by a reference that it belongs to another cancer only."""
        targets = {
            target
            for name in names
            for each in _listed(resource.get(name))
            if (target := reference(each))
        }
        return bool(targets & self.other_cancers) and not targets & self.breast_cancers


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def where_of(resource: Resource) -> str:
    """How a resource is named in messages and sources."""
    kind = text(resource.get("resourceType")) or "resource"
    identifier = text(resource.get("id"))
    return f"{kind}/{shown(identifier)}" if identifier else kind
