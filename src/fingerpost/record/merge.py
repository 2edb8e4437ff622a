"""Several records of one person as one: the portal's export, the report of the biopsy, an own form.

```
records -> one person? -> findings   the same result told twice is one, with every place named
                       -> treatments the same regimen told twice is one, as exact as the best of them
                       -> messages   of all records, and what does not fit together
```

Nothing is decided between records that contradict each other: both findings stay, and what depends on
them stays unknown. The order of the records does not matter. docs/explanation/merging.md has the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fingerpost.errors import RecordError
from fingerpost.messages import later, marked
from fingerpost.record.merging.differences import differences
from fingerpost.record.merging.doubtful import doubtful
from fingerpost.record.merging.findings import merged_findings
from fingerpost.record.merging.order import message_key, record_key
from fingerpost.record.merging.person import disagreements, not_compared
from fingerpost.record.merging.treatments import merged_treatments
from fingerpost.record.model import Message, Record, Source, Treatment
from fingerpost.terms import Answer

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge


def merge_records(
    records: Iterable[Record], knowledge: Knowledge, *, same_person: bool = False
) -> Record:
    """One record from several of the same person; every finding keeps where it stood.

    Args:
        records: What `read_record` gave, in any order; a merged record may be among them.
        knowledge: What is known; it says which facts change with time, and what medicines are.
        same_person: Merge also where birth dates or sex contradict each other.

    Raises:
        RecordError: they cannot be about one person. The error names the records and no value.
    """
    several = [_named(record) for record in _told_apart(sorted(records, key=record_key))]
    problems = disagreements(several)
    if problems and not same_person:
        raise RecordError(problems)

    def lasting(fact: str) -> bool:
        known = knowledge.facts.get(fact)
        return known is None or (known.current_for is None and not known.changes_with_treatment)

    findings = merged_findings((f for record in several for f in record.findings), lasting)
    treatments = merged_treatments((t for r in several for t in r.treatments), knowledge)
    complete, told = _complete(several, treatments)
    told += [*differences(findings), *doubtful(treatments, knowledge), *not_compared(several)]
    return Record(
        tuple(findings),
        tuple(treatments),
        complete,
        tuple(_messages(several, told)),
        "merged",
        " + ".join(dict.fromkeys(record.name for record in several)) or "nothing",
    )


# --- names --------------------------------------------------------------------------------


def _told_apart(records: Sequence[Record]) -> list[Record]:
    """Two different records of one name get numbers; a copy of a record is that record."""
    once = list({(record_key(each), each.treatments_complete): each for each in records}.values())
    count: Counter[str] = Counter()
    found = []
    for record in once:
        count[record.name] += 1
        number = count[record.name]
        found.append(replace(record, name=f"{record.name} ({number})") if number > 1 else record)
    return found


def _named(record: Record) -> Record:
    """A record in which everything says that it is from this record, unless it names another."""

    def at(source: Source) -> Source:
        return source if source.file is not None else replace(source, file=record.name)

    def places(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return tuple(map(at, sources))

    own = None if record.kind == "merged" else record.name
    return replace(
        record,
        findings=tuple(
            replace(each, source=at(each.source), also_in=places(each.also_in))
            for each in record.findings
        ),
        treatments=tuple(
            replace(each, source=at(each.source), also_in=places(each.also_in))
            for each in record.treatments
        ),
        messages=tuple(
            each if each.file is not None else replace(each, file=own) for each in record.messages
        ),
    )


# --- whether the list of treatments is complete -------------------------------------------


def _complete(
    records: Sequence[Record], treatments: Sequence[Treatment]
) -> tuple[Answer, list[Message]]:
    """A list that is said to be all still is all if no other record adds a treatment to it."""
    claims = [
        (record, [each for each in treatments if not _is_in(each, record)])
        for record in records
        if record.treatments_complete is not Answer.UNKNOWN
    ]
    told = [
        _adds(record, added)
        for record, added in claims
        if record.treatments_complete is Answer.YES and added
    ]
    answers = {record.treatments_complete for record, added in claims if not added}
    # A no about the very list that another calls complete: it is safer to look for what is missing.
    if Answer.NO in answers:
        return Answer.NO, told
    return (Answer.YES if Answer.YES in answers else Answer.UNKNOWN), told


def _is_in(treatment: Treatment, record: Record) -> bool:
    """Whether a record tells of this treatment."""
    own = {source for each in record.treatments for source in _places(each)}
    return any(place in own for place in _places(treatment))


def _places(treatment: Treatment) -> list[tuple[str | None, str, str]]:
    return [(each.file, each.kind, each.reference) for each in treatment.sources]


def _adds(record: Record, added: Sequence[Treatment]) -> Message:
    where = ", ".join(dict.fromkeys(s.place for each in added for s in each.sources))
    what = later(
        "the record %(name)s says that its list of treatments is complete, and another tells of more "
        "(%(number)s); whether the whole list is complete was left open",
        name=record.name,
        number=len(added),
    )
    advice = marked(
        "write treatments_complete: true into the merged form if this is every treatment"
    )
    return Message("list_not_complete", where, what, advice, "warning")


# --- messages -----------------------------------------------------------------------------


def _messages(records: Sequence[Record], told: Sequence[Message]) -> list[Message]:
    """The messages of all records and of the merging; what is told anew is not told twice."""
    quarrels = [set(each.places) for each in told if each.code in ("contradicts", "rounded")]
    kept = [
        each
        for record in records
        for each in record.messages
        if each.code != "contradicts" or not any(set(each.places) <= told for told in quarrels)
    ]
    return sorted(dict.fromkeys([*kept, *told]), key=message_key)
