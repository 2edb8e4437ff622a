"""Random records over the real catalogue: what any importer could have read of an invented person."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.catalogue import FactEntry
from fingerpost.record.model import (
    BASES,
    SPECIMENS,
    STATUSES,
    Finding,
    Message,
    Record,
    Source,
    Treatment,
)
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.record.written.value_reader import WHOLE
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members

FIRST, LAST = dt.date(1930, 1, 1), dt.date(2026, 11, 22)
_days = st.dates(FIRST, LAST)
# Whatever a report may hold: line breaks, quotation marks, signs that YAML uses, other scripts.
texts = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(["yes", "null", "# no", "ER: 95 %", "{a: b}", "- x", "2024-01-01", "'", "\n"]),
)
FILES = ("portal.json", "report.pdf", "notes.yaml")


def values(entry: FactEntry, *, whole: bool = False) -> st.SearchStrategy[object]:
    """Everything that may be known of a fact, besides nothing at all."""
    match entry.type:
        case "number":
            return intervals(entry, whole=whole)
        case "date":
            return dates()
        case "set":
            return st.dictionaries(st.sampled_from(sorted(entry.values)), st.booleans()).map(
                lambda said: Members(
                    frozenset(name for name, is_in in said.items() if is_in),
                    frozenset(name for name, is_in in said.items() if not is_in),
                )
            )
        case _:
            names = sorted(entry.values) or ["no", "yes"]
            return st.frozensets(st.sampled_from(names), min_size=1).map(Choice)


def intervals(entry: FactEntry, *, whole: bool) -> st.SearchStrategy[Interval]:
    """A number, or the numbers it may be, within what is possible."""
    low, high = entry.range or (0, 1000)
    least, most = 0 if low is None else low, 1000 if high is None else high
    number = st.integers(int(least), int(most)).map(float)
    if not whole:
        number |= st.decimals(int(least), int(most), places=3).map(float)
    return st.tuples(number, number, st.booleans(), st.booleans()).map(
        lambda drawn: Interval(
            min(drawn[:2]),
            max(drawn[:2]),
            low_open=drawn[2] and drawn[0] != drawn[1],
            high_open=drawn[3] and drawn[0] != drawn[1],
        )
    )


def dates() -> st.SearchStrategy[Days]:
    """A day, a month, a year, or the days between two, where one end may be open."""
    pairs = st.tuples(_days, _days).map(sorted)
    return st.one_of(
        _days.map(lambda day: Days(day, day)),
        _days.map(
            lambda day: Days(day.replace(day=1, month=1), day.replace(day=31, month=12))
        ).filter(lambda days: days.last < LAST),
        pairs.map(lambda pair: Days(*pair)),
        _days.map(lambda day: Days(day, None)),
        _days.map(lambda day: Days(None, day)),
    )


def sources(files: tuple[str | None, ...] = (None, *FILES)) -> st.SearchStrategy[Source]:
    """A place in some record."""
    references = texts.filter(bool)
    words, file = st.none() | texts.filter(bool), st.sampled_from(files)
    return st.builds(
        Source, st.sampled_from(["form", "fhir", "text", "table"]), references, words, file
    )


def findings(knowledge: Knowledge) -> st.SearchStrategy[Finding]:
    """Any finding of any fact."""

    def of(fact: str) -> st.SearchStrategy[Finding]:
        known = values(knowledge.facts[fact], whole=fact in WHOLE)
        optional = st.none() | texts
        return st.builds(
            Finding,
            st.just(fact),
            st.one_of(known, st.sampled_from([Absent(kind) for kind in AbsenceKind])),
            st.none() | dates(),
            sources(),
            optional,
            st.none() | st.sampled_from(SPECIMENS),
            st.none() | st.sampled_from(BASES),
            st.sampled_from(STATUSES),
            optional,
            st.lists(sources(), max_size=2).map(tuple),
        )

    return st.sampled_from(sorted(knowledge.facts)).flatmap(of)


def treatments(knowledge: Knowledge) -> st.SearchStrategy[Treatment]:
    """Any treatment, also one that no form of a person would be allowed to hold."""
    attributes = st.fixed_dictionaries(
        {}, optional={name: values(entry, whole=True) for name, entry in ATTRIBUTES.items()}
    )

    def some(names: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(names), max_size=3, unique=True).map(tuple)

    return st.builds(
        Treatment,
        some(sorted(knowledge.drugs)),
        st.lists(texts.filter(bool), max_size=2, unique=True).map(tuple),
        some(sorted(knowledge.classes)),
        attributes,
        sources(FILES),
        st.none() | texts,
        st.lists(sources(), max_size=2).map(tuple),
    )


def records(knowledge: Knowledge) -> st.SearchStrategy[Record]:
    """A record with findings, treatments and messages."""
    texts_ = texts.filter(bool)
    messages = st.builds(
        Message, texts_, texts_, texts, texts, st.sampled_from(["info", "warning"]), st.none()
    )
    return st.builds(
        Record,
        st.lists(findings(knowledge), max_size=6).map(tuple),
        st.lists(treatments(knowledge), max_size=3).map(tuple),
        st.sampled_from(Answer),
        st.lists(messages, max_size=2, unique=True).map(tuple),
        st.just("fhir"),
    )
