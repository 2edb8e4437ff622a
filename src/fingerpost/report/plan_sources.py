"""On what a plan rests: its sources in the order of its pages, and the marks that lead to them.

A patient's page marks only what is not verified. A professional's names beside each claim the number of
its source in the list below, the day of the source, and how far the claim was checked against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from fingerpost.messages import gettext as _
from fingerpost.messages import kept, marked
from fingerpost.report.documents import source_said
from fingerpost.report.text.head import mark_of, whose_mark

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.report.plan_contract import PlanDocument, PlanSourceSaid

_LEAST_FIRST = ("unverified", "weak", "verified")
_STATES = {
    "verified": marked("verified"),
    "weak": marked("weak source"),
    "unverified": marked("unverified"),
}
STATES_IN_WORDS = marked(
    "The numbers in brackets lead here. Verified: checked against that source. Weak source: read in a "
    "second-hand or older place. Unverified: not looked up by anybody. Sections are named where our files "
    "know them."
)
_READ = {
    "full": marked("read in full on %(day)s"),
    "excerpt": marked("an excerpt was read on %(day)s"),
    "secondary": marked("read in another document that quotes it, on %(day)s"),
    "not_read": marked("not read"),
}


class Claim(Protocol):
    """Anything a plan says that has a source and a state."""

    def __getitem__(self, key: str, /) -> object:
        """The value of `source` or of `state`."""


def sources_said(document: PlanDocument, knowledge: Knowledge) -> dict[str, PlanSourceSaid]:
    """Every source that the plan names, told once, in the order in which the pages name them."""
    named = dict.fromkeys(claim["source"] for claim in _claims(document))
    known = (str(name) for name in named if name in knowledge.sources)
    return {
        name: {
            **source_said(name, knowledge),
            "authority": knowledge.sources[name].authority,
            "note": knowledge.sources[name].note,
        }
        for name in known
    }


def _claims(document: PlanDocument) -> Iterator[Claim]:
    yield document["option"]
    yield from document["given"]
    yield from (why for day in document["days"] for each in day["checks"] for why in each["why"])
    yield from document["later"]
    yield from document["boxed"]
    yield from (part for each in document["effects"] for part in (*each["by"], *each["figures"]))
    yield from document["cautions"]
    yield from document["evidence"]


Mark = Callable[..., str]


def marks_of(document: PlanDocument) -> Mark:
    """What stands behind a claim, or behind several of one line: its mark or its citation."""
    if document["audience"] == "patient":
        return lambda *claims: f"{_whose(claims, document)}{mark_of(weakest(claims))}"
    sources = document["sources"]
    numbers = {name: number for number, name in enumerate(sources, 1)}

    def cited(*claims: Claim) -> str:
        said = dict.fromkeys(_citation(each, sources, numbers) for each in claims)
        return f"{_whose(claims, document)} [{'; '.join(said)}]" if said else ""

    return cited


def short_marks_of(document: PlanDocument) -> Mark:
    """The same without days, for lines that come again and again."""
    if document["audience"] == "patient":
        return marks_of(document)
    numbers = {name: str(number) for number, name in enumerate(document["sources"], 1)}

    def cited_shortly(*claims: Claim) -> str:
        found = {numbers[str(c["source"])]: None for c in claims if c["source"] in numbers}
        named = ", ".join(found) or _("no source")
        state = _(_STATES[weakest(claims)])
        cited = _("[%(source)s: %(state)s]", source=named, state=state)
        return f"{_whose(claims, document)} {cited}"

    return cited_shortly


def _whose(claims: Sequence[Claim], document: PlanDocument) -> str:
    """Whose label a line rests on, where it rests on nothing but that of another authority."""
    sources = document["sources"]
    found = {sources[str(c["source"])]["authority"] for c in claims if c["source"] in sources}
    if len(found) != 1 or any(c["source"] not in sources for c in claims):
        return ""
    [authority] = found
    return whose_mark(authority, document["authority"]) if authority else ""


def weakest(claims: Sequence[Claim]) -> str:
    """The state of the least checked of some claims.

    >>> weakest([{"state": "verified"}, {"state": "weak"}]), weakest([])
    ('weak', 'verified')
    """
    states = {each["state"] or "verified" for each in claims}
    return next((state for state in _LEAST_FIRST if state in states), "verified")


def _citation(claim: Claim, sources: dict[str, PlanSourceSaid], numbers: dict[str, int]) -> str:
    state = _(_STATES[str(claim["state"] or "unverified")])
    name = str(claim["source"])
    if name not in numbers:
        return _("no source: %(state)s", state=state)
    source = sources[name]
    if source["published"]:
        return _(
            "%(number)s, of %(day)s: %(state)s",
            number=numbers[name],
            day=source["published"],
            state=state,
        )
    return _(
        "%(number)s, read %(day)s: %(state)s",
        number=numbers[name],
        day=source["checked_on"],
        state=state,
    )


def source_lines(document: PlanDocument) -> list[str]:
    """The list that the numbers lead to: what each source is, of which day, and how it was read."""
    return [_told(each) for each in document["sources"].values()]


def _told(source: PlanSourceSaid) -> str:
    dated = _("it bears no date that our files know")
    if source["published"]:
        dated = _("of %(day)s", day=source["published"])
    read = _(_READ[source["checked_how"]], day=source["checked_on"])
    said = _(
        "%(title)s (%(publisher)s; %(dated)s; %(read)s).",
        title=kept(source["title"]),
        publisher=kept(source["publisher"]),
        dated=dated,
        read=read,
    )
    return f"{said} {source['note']}" if source["note"] else said
