"""From one option of an answer to its plan: the days, the side effects, what to discuss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Protocol, TypeVar, cast

from fingerpost.criteria.nodes import All, AnyOf, Named, Node
from fingerpost.errors import Problem, UsageError
from fingerpost.facts.treatments import with_parents
from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.plan_model import Boxed, Effect, Given, Help, Monitoring, SideEffect
from fingerpost.options.model import OptionAnswer, Options
from fingerpost.plan.explainers import families_of
from fingerpost.plan.model import Plan, PlannedDrug, PlannedEffect
from fingerpost.plan.parts import in_parts, parts_of
from fingerpost.plan.schedule import DrugChecks, later_checks, plan_days
from fingerpost.terms import Answer

WEEKS = 26
MOST_WEEKS = 260
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_STATES = ("verified", "weak", "unverified")
_COMMON = ("very_common", "common", "uncommon", "rare", "very_rare", "not_known")


class _Dated(Protocol):
    """An entry that an authority says, from one day to another, of some drugs."""

    @property
    def drugs(self) -> tuple[str, ...]: ...
    @property
    def classes(self) -> tuple[str, ...]: ...
    @property
    def authority(self) -> str: ...
    @property
    def start(self) -> dt.date | None: ...
    @property
    def until(self) -> dt.date | None: ...


Entry = TypeVar("Entry", bound=_Dated)


def make_plan(
    options: Options, option: str, *, start: dt.date | None = None, weeks: int = WEEKS
) -> Plan:
    """What follows one option: a typical course, merged by day, with side effects and cautions.

    Args:
        options: The answer for a person on a day under an authority.
        option: The id of one of its options, also of one that does not match.
        start: The first day of treatment; without it, days are counted from day 1.
        weeks: How far to look ahead, 1 to 260.

    Raises:
        UsageError: there is no such option on that day, so many weeks, or so late a start.
    """
    answer = _find(options, option)
    if not 1 <= weeks <= MOST_WEEKS:
        what = f"{weeks} weeks cannot be planned"
        raise UsageError([Problem("wrong-value", "--weeks", what, "", f"1 to {MOST_WEEKS}")])
    if start is not None and not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        what = f"{start} lies too far away to be planned"
        raise UsageError([Problem("wrong-value", "--start", what, "", "a day of these years")])
    knowledge = options.knowledge
    together = {f for drug in answer.option.drugs for f in (drug, *with_parents(drug, knowledge))}
    chosen = [
        each for drug in answer.option.drugs for each in _planned(drug, answer, options, together)
    ]
    planned = in_parts(chosen, [families_of(each.id, knowledge) for each in chosen], start)
    # A medicine that goes on in a later part is one medicine.
    once = {each.id: each for each in planned}
    effects, boxed = _harms(tuple(once.values()), options)
    checks = [
        DrugChecks(each, tuple(_applying(families_of(each.id, knowledge), answer, options)))
        for each in planned
    ]
    known = knowledge.following.checks
    return Plan(
        knowledge,
        answer,
        options.on,
        start,
        weeks,
        planned,
        parts_of(planned),
        plan_days(checks, known, start, weeks),
        later_checks(checks, known),
        effects,
        boxed,
        answer.cautions,
    )


def _find(options: Options, option: str) -> OptionAnswer:
    found = {each.option.id: each for each in (*options.options, *options.guideline)}
    if option in found:
        return found[option]
    from fingerpost.criteria.problems import nearest

    what = f"there is no option `{option}` of {options.authority} on {options.on}"
    known = option in options.knowledge.options
    why = "It is of another authority, or was not in force on that day" if known else ""
    advice = nearest(option, found) if not known else "another --authority or another day with --on"
    raise UsageError([Problem("unknown-option", "--option", what, why, advice)])


def _planned(
    name: str, option: OptionAnswer, options: Options, together: set[str]
) -> list[PlannedDrug]:
    """The medicine in the way that fits, and again in each later part that follows itself."""
    knowledge = options.knowledge
    drug = knowledge.drugs.get(name)
    label = knowledge.classes[name].label if drug is None else drug.name
    one_of = () if drug is not None else tuple(_members(name, knowledge))
    families = {name} if drug is None else {name, *with_parents(name, knowledge)}
    ways = [
        (given, answer)
        for given in _of(knowledge.following.given, families, options)
        if (answer := applies(given.node, option, options)) is not Answer.NO
        and together.issuperset(given.together_with)
    ]
    # Where the medicine says itself how it is given, its family's ways are not about it.
    ways = [way for way in ways if name in way[0].drugs] or ways
    later = [way for way in ways if way[0].begins_after in families]
    ways = sorted((way for way in ways if way not in later), key=lambda way: _nearest(name, *way))
    given, answer = ways[0] if ways else (None, Answer.YES)
    others = tuple(other for other, _ in ways[1:])
    first = PlannedDrug(name, label, given, answer, others, one_of)
    return [first, *(PlannedDrug(name, label, *way, (), one_of) for way in later)]


def _nearest(name: str, given: Given, answer: Answer) -> tuple[bool, int, int, bool]:
    """The order of ways: what fits the medicine, its partners and the record most closely comes first.

    What a family says itself stands before what a wider one says; then what is said of most
    partners, what is certainly asked for, the usual way, and what may or may not be asked for.
    """
    certain = given.node is not None and answer is Answer.YES
    asked = 0 if certain else 1 if given.node is None else 2
    own = name in given.drugs or name in given.classes
    return not own, -len(given.together_with), asked, not given.usual


def _members(family: str, knowledge: Knowledge) -> Iterator[str]:
    for drug in knowledge.drugs.values():
        if family in with_parents(drug.id, knowledge):
            yield drug.name


def _of(entries: Mapping[str, Entry], families: set[str], options: Options) -> Iterator[Entry]:
    """The entries about these drugs or families that hold on the day, of this authority or of any."""
    by_name = _by_name(entries, options.knowledge)
    found = {place: each for name in families for place, each in by_name.get(name, ())}
    for _place, each in sorted(found.items(), key=itemgetter(0)):
        spoken = each.authority in ("any", options.authority)
        begun = each.start is None or each.start <= options.on
        if spoken and begun and (each.until is None or options.on <= each.until):
            yield each


def _by_name(
    entries: Mapping[str, Entry], knowledge: Knowledge
) -> Mapping[str, Sequence[tuple[int, Entry]]]:
    """Each medicine's and family's entries with their places, sorted out once for the knowledge."""
    memo = knowledge.following.memo
    # The knowledge keeps its tables, so that no other can come to have the identity of one.
    key = ("by name", id(entries))
    if key not in memo:
        found: dict[str, list[tuple[int, Entry]]] = {}
        for place, each in enumerate(entries.values()):
            for name in {*each.drugs, *each.classes}:
                found.setdefault(name, []).append((place, each))
        memo[key] = found
    return cast("Mapping[str, Sequence[tuple[int, Entry]]]", memo[key])


# Which part of treatment an option is for: the values of the fact `setting` that hold within it. The values
# of `setting` named nowhere here, and those of options for any part, are what the record says.
_PARTS = {
    "neoadjuvant": ("neoadjuvant",),
    "perioperative": ("neoadjuvant",),
    "adjuvant": ("adjuvant",),
    "post_neoadjuvant": ("adjuvant", "post_neoadjuvant"),
    "extended_adjuvant": ("adjuvant",),
    "advanced": (),
}
_DECIDED = frozenset(part for parts in _PARTS.values() for part in parts)


def applies(node: int | None, option: OptionAnswer, options: Options) -> Answer:
    """Whether a condition of a plan holds: within an option its own part of treatment counts.

    Somebody whose cancer has spread may look at an option after surgery, and the record may not say; the
    days of the plan are those of the option.
    """
    if node is None:
        return Answer.YES
    return _within(options.knowledge.graph.nodes[node], option)


def _within(node: Node, option: OptionAnswer) -> Answer:
    parts = _PARTS.get(option.option.setting)
    match node:
        case Named(fact="setting", value=value) if parts is not None and (
            value in parts or (value in _DECIDED and not (value == "post_neoadjuvant" and parts))
        ):
            return Answer.YES if value in parts else Answer.NO
        case Named(fact="advanced", value="yes") if parts is not None:
            return Answer.NO if parts else Answer.YES
        case All():
            found = [_within(part, option) for part in node.parts]
            return _first(found, Answer.NO, Answer.YES)
        case AnyOf():
            found = [_within(part, option) for part in node.parts]
            return _first(found, Answer.YES, Answer.NO)
    return option.explainer.answer_to(node)


def _first(found: list[Answer], decisive: Answer, otherwise: Answer) -> Answer:
    """Kleene's and (a no decides) or or (a yes decides)."""
    if decisive in found:
        return decisive
    return Answer.UNKNOWN if Answer.UNKNOWN in found else otherwise


def _applying(families: set[str], option: OptionAnswer, options: Options) -> Iterator[Monitoring]:
    for each in _of(options.knowledge.following.monitoring, families, options):
        if applies(each.node, option, options) is not Answer.NO:
            yield each


_Harms = tuple[tuple[PlannedEffect, ...], tuple[tuple[str, Boxed], ...]]
# Some thousand plans of different medicines or days; whoever asks for more waits a little longer.
_MOST_KEPT = 2000


def _harms(planned: tuple[PlannedDrug, ...], options: Options) -> _Harms:
    """The effects and boxed warnings of medicines: nothing of a person is in them, so they are kept."""
    memo = options.knowledge.following.memo
    kept = cast("dict[object, _Harms]", memo.setdefault("harms", {}))
    key = (tuple(drug.id for drug in planned), options.authority, options.on)
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = (tuple(_effects(planned, options)), tuple(_boxed(planned, options)))
    return kept[key]


def _effects(planned: Sequence[PlannedDrug], options: Options) -> Iterator[PlannedEffect]:
    """Each effect once, with the medicines that have it; the most common and the serious first."""
    following = options.knowledge.following
    by: dict[str, list[tuple[str, SideEffect]]] = {}
    whose: dict[str, set[str]] = {}
    everybody = {f for drug in planned for f in families_of(drug.id, options.knowledge)}
    for drug in planned:
        families = families_of(drug.id, options.knowledge)
        entries = list(_of(following.side_effects, families, options))
        for entry in _own_first([*entries, *_of_most(drug, options)], drug):
            by.setdefault(entry.effect, []).append((drug.name, entry))
            whose.setdefault(entry.effect, set()).update(families)
    made = [
        PlannedEffect(
            following.effects[name],
            tuple(found),
            min((entry.how_common for _, entry in found), key=_COMMON.index),
            any(entry.serious for _, entry in found),
            any(entry.call_at_once for _, entry in found),
            tuple(_helps(following.effects[name], whose[name], everybody)),
        )
        for name, found in by.items()
    ]
    yield from sorted(made, key=_most_common)


def _helps(effect: Effect, whose: set[str], everybody: set[str]) -> Iterator[Help]:
    """What helps: against the effect at all, or where one of these does it; not beside some families."""
    for each in effect.helps:
        about = {*each.drugs, *each.classes}
        if (not about or about & whose) and everybody.isdisjoint(each.not_with):
            yield each


def _of_most(drug: PlannedDrug, options: Options) -> Iterator[SideEffect]:
    """Of a family of which one is chosen: the effects that at least half of its medicines tell of.

    As common as with every third of them, and checked no better than the least checked of them.
    """
    known = options.knowledge
    if not drug.one_of:
        return
    found: dict[str, list[SideEffect]] = {}
    told = 0
    for member in known.drugs.values():
        if drug.id not in with_parents(member.id, known):
            continue
        own = list(_of(known.following.side_effects, {member.id}, options))
        told += bool(own)
        for entry in own:
            found.setdefault(entry.effect, []).append(entry)
    for entries in found.values():
        if 2 * len(entries) < told:
            continue
        entries.sort(key=lambda entry: _COMMON.index(entry.how_common))
        third = entries[(told - 1) // 3]
        yield replace(
            third,
            id=f"{drug.id}.{third.effect}",
            drugs=(),
            classes=(drug.id,),
            serious=any(entry.serious for entry in entries),
            call_at_once=2 * sum(entry.call_at_once for entry in entries) >= len(entries),
            figures=(),
            state=max((entry.state for entry in entries), key=_STATES.index),
            note="As common as with every third medicine of the family.",
        )


def _most_common(planned: PlannedEffect) -> tuple[int, float, str]:
    """The order of effects: by how common, then by the highest figure that is known, then by name."""
    figures = [f.any_grade or 0.0 for _, entry in planned.by for f in entry.figures]
    return _COMMON.index(planned.how_common), -max(figures, default=0.0), planned.effect.plain


def _own_first(entries: Iterable[SideEffect], drug: PlannedDrug) -> Iterator[SideEffect]:
    """Where a drug and its family both tell of an effect, the drug's own entry; any call counts."""
    found: dict[str, list[SideEffect]] = {}
    for entry in entries:
        found.setdefault(entry.effect, []).append(entry)
    for several in found.values():
        several.sort(
            key=lambda entry: (drug.id not in entry.drugs, entry.how_common == "not_known")
        )
        yield several[0]
        # A family's "call at once" is not lost because the drug's own entry does not repeat it.
        yield from (e for e in several[1:] if e.call_at_once and not several[0].call_at_once)


def _boxed(planned: Sequence[PlannedDrug], options: Options) -> Iterator[tuple[str, Boxed]]:
    seen = set()
    for drug in planned:
        families = families_of(drug.id, options.knowledge)
        for entry in _of(options.knowledge.following.boxed, families, options):
            if entry.id not in seen:
                seen.add(entry.id)
                yield drug.name, entry
