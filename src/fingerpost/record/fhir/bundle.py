"""Which resources there are, and whose: one person, or a refusal that says how to choose one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from fingerpost.record.fhir.shape import Resource, items, part, reference, short_reference, text
from fingerpost.record.form.context import shown
from fingerpost.record.model import Message
from fingerpost.record.source_text import refuse

# Kinds of resources that say something of the person, and kinds that others point to.
TELLING = frozenset(
    [
        "Patient",
        "Observation",
        "Condition",
        "Procedure",
        "MedicationRequest",
        "MedicationStatement",
        "MedicationAdministration",
        "MedicationOrder",
        "DiagnosticReport",
        "FamilyMemberHistory",
    ]
)
POINTED_AT = frozenset(["Specimen", "Medication", "BodyStructure"])
# What a "container" may hold inside a container; deeper is not looked at.
_DEPTH = 6


def _not_to_be_read(resource: Resource) -> str | None:
    """Why a resource says something else than it seems to: FHIR asks readers to leave it then."""
    if resource.get("modifierExtension"):
        return "it carries a mark that may change its meaning and that is not understood; left out"
    if any(resource.get(flag) is True for flag in ("notPerformed", "notDone")):
        return "it was not done; left out"
    focus = resource.get("focus")
    for each in focus if isinstance(focus, list) else ():
        pointed = text(each.get("reference")) if isinstance(each, dict) else ""
        if "RelatedPerson/" in pointed:
            return "it is about another person; left out"
    return None


@dataclass(slots=True)
class Found:
    """A resource, the address it has in its bundle, and whom it is about."""

    resource: dict[str, Any]
    kind: str
    address: str = ""
    person: str | None = None

    @property
    def names(self) -> list[str]:
        """Every way in which others may point to it."""
        identifier = text(self.resource.get("id"))
        named = [f"{self.kind}/{identifier}"] if identifier else []
        return [*named, short_reference(self.address)] if self.address else named


@dataclass(slots=True)
class Resources:
    """The resources of one person, by kind, and all that can be pointed to."""

    by_kind: dict[str, list[Resource]] = field(default_factory=dict)
    by_reference: dict[str, Resource] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    # Observations with a mark that is not understood, as if they had been taken back.
    marked: list[Resource] = field(default_factory=list)
    _names: dict[int, list[str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Resource]:
        """The resources of one kind."""
        return self.by_kind.get(kind, [])

    def names(self, resource: Resource) -> list[str]:
        """Every way in which others may point to this resource."""
        return self._names.get(id(resource), [])

    def add(self, found: Found) -> None:
        """Take a resource in, under its kind and every way to point to it."""
        resource, names = found.resource, found.names
        why = _not_to_be_read(resource)
        if why is not None:
            where = f"{found.kind}/{shown(text(resource.get('id')))}"
            self.messages.append(Message("not_used", where, why, "", "warning"))
            self._keep_marked(resource, found.kind, names)
            return
        self.by_kind.setdefault(found.kind, []).append(resource)
        self._names[id(resource)] = names
        for name in names:
            self.by_reference[name] = resource

    def _keep_marked(self, resource: Resource, kind: str, names: list[str]) -> None:
        if kind == "Observation" and resource.get("modifierExtension"):
            void = {**resource, "status": "entered-in-error"}
            self.marked.append(void)
            self._names[id(void)] = names


def everything_in(tree: object) -> Iterator[Found]:
    """Every resource in a bundle, a list, a set of parameters, or by itself."""
    return _walk(tree, [], 0)


def collect(tree: object, name: str, patient: str | None) -> Resources:
    """The resources of one person.

    Raises:
        RecordError: there are none that say anything, or they are about several people.
    """
    messages: list[Message] = []
    found = list(_walk(tree, messages, 0))
    kinds = Counter(each.kind for each in found)
    if not kinds.keys() & TELLING:
        _nothing(kinds, name)
    people = people_of(found)
    chosen = _choose(found, people, name, patient, messages)
    resources = Resources(messages=messages)
    alone = len(people) < 2
    for each in found:
        if each.person == chosen or (each.person is None and (alone or each.kind not in TELLING)):
            resources.add(each)
    return resources


def _walk(tree: object, messages: list[Message], depth: int) -> Iterator[Found]:
    """Every resource in a bundle, a list, a set of parameters, or by itself."""
    if depth > _DEPTH:
        return
    if isinstance(tree, list):
        for each in tree:
            yield from _walk(each, messages, depth + 1)
    elif isinstance(tree, dict):
        yield from _walk_map(tree, messages, depth)


def _walk_map(tree: dict[str, Any], messages: list[Message], depth: int) -> Iterator[Found]:
    kind = tree.get("resourceType")
    if kind == "Bundle" or (kind is None and "entry" in tree):
        yield from _bundle(tree, messages, depth)
    elif kind == "Parameters":
        for each in items(tree.get("parameter")):
            yield from _walk(each.get("resource"), messages, depth + 1)
    elif isinstance(kind, str):
        yield Found(tree, kind)
    elif "resource" in tree:
        yield from _entry(tree, messages, depth)
    else:
        # What a CDS Hooks client sends: resources and bundles under names of its own.
        for each in tree.values():
            if isinstance(each, dict) and "resourceType" in each:
                yield from _walk(each, messages, depth + 1)


def _bundle(bundle: dict[str, Any], messages: list[Message], depth: int) -> Iterator[Found]:
    for entry in items(bundle.get("entry")):
        yield from _entry(entry, messages, depth)
    if any(link.get("relation") == "next" for link in items(bundle.get("link"))):
        what = "this bundle is one page of several, and the others are not here"
        advice = "fetch all pages, and put them in one list or NDJSON"
        messages.append(Message("incomplete", "Bundle", what, advice, "warning"))


def _entry(entry: dict[str, Any], messages: list[Message], depth: int) -> Iterator[Found]:
    if text(part(entry.get("request")).get("method")).upper() == "DELETE":
        return
    address = text(entry.get("fullUrl"))
    for each in _walk(entry.get("resource"), messages, depth + 1):
        each.address = each.address or address
        yield each


# --- people -------------------------------------------------------------------------------


def people_of(found: list[Found]) -> list[str]:
    """Everybody the resources are about; each resource is given a note of whom it is about."""
    names: dict[str, str] = {}
    for each in found:
        if each.kind == "Patient":
            own = f"Patient/{text(each.resource.get('id')) or each.address or 'unnamed'}"
            each.person = own
            names[own] = own
            if each.address:
                names[short_reference(each.address)] = own
    for each in found:
        if each.kind == "Patient":
            continue
        about = reference(each.resource.get("subject")) or reference(each.resource.get("patient"))
        if about and not about.startswith(("Group/", "Device/", "Location/", "#")):
            each.person = names.setdefault(about, about)
    return list(dict.fromkeys(each.person for each in found if each.person))


def _choose(
    found: list[Found], people: list[str], name: str, patient: str | None, messages: list[Message]
) -> str | None:
    if patient is not None:
        wanted = person_named(patient)
        if wanted in people:
            return wanted
        refuse_nobody(name, _count(people))
    if len(people) < 2:
        return people[0] if people else None
    own = [
        person
        for person in people
        if any(each.person == person for each in found if each.kind == "Patient")
    ]
    if len(own) == 1 and any(each.person == own[0] for each in found if each.kind != "Patient"):
        others = sum(each.person not in (None, own[0]) for each in found)
        what = f"left out: resources about somebody else ({others})"
        messages.append(Message("other_person", "Bundle", what, "check the export", "warning"))
        return own[0]
    advice = "export one person, or say whom to read: the id of a Patient resource (patient=...)"
    refuse(
        "several-people", name, "this record is about more than one person", advice, _count(people)
    )


def person_named(patient: str) -> str:
    """How the resources point to the person whom an id names.

    >>> person_named("a-1"), person_named("Patient/a-1")
    ('Patient/a-1', 'Patient/a-1')
    """
    return patient if "/" in patient or patient.startswith("urn:") else f"Patient/{patient}"


def refuse_nobody(name: str, why: str = "") -> NoReturn:
    """Say that nobody in a record has the id that was asked for."""
    what = "nobody in this record has this id"
    refuse("no-such-person", name, what, "the id of one of its Patient resources", why)


def _count(people: list[str]) -> str:
    return f"It is about {len(people)} people"


def _nothing(kinds: Counter[str], name: str) -> None:
    advice = (
        "an export that holds Patient, Condition, Observation, Procedure and Medication resources, "
        "or a form that begins with `fingerpost: 1`"
    )
    if not kinds:
        refuse("not-a-record", name, "this JSON is neither a form nor a FHIR record", advice)
    known = [kind for kind in kinds if kind.isascii() and kind.isalpha() and len(kind) < 40]
    named = ", ".join(sorted(known)[:6]) or "resources of no known kind"
    what = f"this holds {named}, and nothing that says how a person is"
    refuse("nothing-to-read", name, what, advice)
