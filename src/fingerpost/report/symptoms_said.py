"""When to call, and how soon for a symptom, as a document, and the shapes of that document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict, cast

import fingerpost
from fingerpost.messages import gettext as _
from fingerpost.messages.phrases import listed, small_start
from fingerpost.plan.started import medicines_behind, once_started
from fingerpost.plan.symptoms import how_soon, when_to_call
from fingerpost.report.contract import KnowledgeSaid, State, Yes3
from fingerpost.report.documents import state_of
from fingerpost.report.option_said import medicines_of
from fingerpost.report.spoken import spoken
from fingerpost.terms import LEVELS, Answer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge, Option
    from fingerpost.knowledge.plan_model import Level, Symptom, SymptomAnswer
    from fingerpost.plan.symptoms import Concern, Entry, Reason, Said, SymptomLevel, Urgency

_EMERGENCY: Level = "emergency_now"
LevelName = Literal["next_visit", "tell_team_soon", "same_day_call", "emergency_now"]


class LevelSaid(TypedDict):
    """One level of urgency."""

    id: LevelName
    label: str
    plain: Annotated[str, "what to do"]


class NumberSaid(TypedDict):
    """The number of an ambulance."""

    number: str
    where: str


class LevelReasonSaid(TypedDict):
    """One thing that calls for a level."""

    kind: Annotated[
        Literal["answer", "sign", "rule", "every", "several", "worried"],
        "the answer or the sign itself; a rule for some people; a rule for any new symptom; several "
        "symptoms at once; great worry",
    ]
    level: LevelName
    about: Annotated[str | None, "id of the answer or of the sign"]
    rule: str | None
    holds: Annotated[
        Yes3, "unknown: the record cannot tell whether the rule is about this person; it counts"
    ]
    why: Annotated[str, "what it can be a sign of, or why it counts; never a diagnosis"]
    say: Annotated[str | None, "what is worth saying on the phone"]
    source: str | None
    state: Annotated[State, "of the link between symptom and medicine; the levels are ours"]
    medicines: Annotated[list[str], "names of those of the record for which the rule counts"]


class CallEntrySaid(TypedDict):
    """One answer or sign, with its level."""

    kind: Literal["answer", "sign"]
    id: str
    plain: str
    level: LevelName
    more_of: Annotated[str | None, "id of a milder answer that this one is more of"]
    reasons: list[LevelReasonSaid]


class CallSymptomSaid(TypedDict):
    """A symptom that this person should know of."""

    id: str
    label: str
    group: Annotated[str, "id of its group"]
    ask: str
    concerns: Annotated[Yes3, "unknown: the record cannot tell; never no"]
    sign_of: str
    meanwhile: str | None
    say: str | None
    also_written: list[str]
    entries: Annotated[list[CallEntrySaid], "answers from the mildest to the worst, then signs"]


class WouldRaiseSaid(TypedDict):
    """A sign that was not named or a worse answer, and the level it would bring."""

    id: str
    plain: str
    level: LevelName


class AnswerSaid(TypedDict):
    """One answer that may be given."""

    id: str
    plain: str


class SymptomSaid(TypedDict):
    """How soon for one symptom that was named."""

    id: str
    label: str
    ask: str
    answer: Annotated[str | None, "null: not answered, and so counted as the worst answer"]
    answer_words: str | None
    answers: Annotated[list[AnswerSaid], "those there are, from the mildest to the worst"]
    signs: Annotated[list[str], "the signs that were named, in words"]
    level: LevelName
    reasons: list[LevelReasonSaid]
    would_raise: list[WouldRaiseSaid]
    meanwhile: str | None


class UrgencySaid(TypedDict):
    """How soon in all, the worst of everything."""

    level: LevelName
    worried: bool
    symptoms: list[SymptomSaid]
    reasons: Annotated[list[LevelReasonSaid], "over all symptoms: several at once, great worry"]


class GroupSaid(TypedDict):
    """Symptoms of one part of the body."""

    id: str
    label: str


class StartedSaid(TypedDict):
    """The option that is taken to have started."""

    option: str
    medicines: str


class SymptomsDocument(TypedDict):
    """The whole answer of `fingerpost symptoms`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    authority: Annotated[str | None, "whose numbers count; null: the more careful of all countries"]
    record: Annotated[bool, "false: no record was given, so every rule counts"]
    levels_signed_by: Annotated[list[str], "clinicians who reviewed the levels; empty: nobody yet"]
    once_started: Annotated[
        StartedSaid | None, "null: of the record as it is; else as if this had started on the day"
    ]
    levels: Annotated[list[LevelSaid], "from the most urgent"]
    groups: Annotated[list[GroupSaid], "in the order of a list, the most dangerous first"]
    emergency_numbers: list[NumberSaid]
    answer: Annotated[UrgencySaid | None, "null when no symptom was named"]
    symptoms: Annotated[
        list[CallSymptomSaid], "when to call: every symptom not ruled out, by group"
    ]


def symptoms_document(  # noqa: PLR0913 (whose list it is, and what is asked of it)
    facts: Facts | None,
    knowledge: Knowledge,
    *,
    said: Said,
    on: dt.date,
    authority: str | None,
    option: Option | None = None,
) -> SymptomsDocument:
    """Everything that `fingerpost symptoms` answers; with `option`, as it will be once that has started."""
    knowledge = spoken(knowledge)
    if facts is not None and option is not None:
        facts = once_started(facts, option, knowledge, on)
    behind = _Behind(facts, knowledge)
    answer = None
    if said.symptoms or said.worried:
        answer = how_soon(facts, knowledge, said=said, on=on, authority=authority)
    numbers = _numbers(knowledge, authority)
    reviewers = [p for p in knowledge.about.reviewed_by if "symptom" in p.scope.casefold()]
    concerns = when_to_call(facts, knowledge, on=on, authority=authority)
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": state_of(knowledge, on),
        "on": on.isoformat(),
        "authority": authority,
        "record": facts is not None,
        "levels_signed_by": [f"{person.name}, {person.role}" for person in reviewers],
        "once_started": _started(option, knowledge),
        "levels": _levels(knowledge, numbers),
        "groups": [
            {"id": each.id, "label": each.label}
            for each in sorted(knowledge.following.symptom_groups.values(), key=lambda g: g.order)
        ],
        "emergency_numbers": numbers,
        "answer": None if answer is None else _answer(answer, behind),
        "symptoms": [_concern(each, behind) for each in _in_order(concerns, knowledge)],
    }


@dataclass(frozen=True, slots=True)
class _Behind:
    """For which of the person's medicines a rule counts, each rule asked once."""

    facts: Facts | None
    knowledge: Knowledge
    found: dict[int, list[str]] = field(default_factory=dict)

    def names(self, reason: Reason, symptom: Symptom | None) -> list[str]:
        """The names of those medicines; none where no record names any."""
        node = self._node(reason, symptom)
        if self.facts is None or node is None or reason.holds is not Answer.YES:
            return []
        if node not in self.found:
            condition = self.knowledge.graph.nodes[node]
            drugs = medicines_behind(condition, self.facts.case, self.knowledge)
            self.found[node] = [self.knowledge.drugs[drug].name for drug in drugs]
        return self.found[node]

    def _node(self, reason: Reason, symptom: Symptom | None) -> int | None:
        if reason.rule is None:
            return None
        if reason.kind == "rule" and symptom is not None:
            return next(rule.node for rule in symptom.rules if rule.id == reason.rule)
        return self.knowledge.following.urgency[reason.rule].node


def _started(option: Option | None, knowledge: Knowledge) -> StartedSaid | None:
    if option is None:
        return None
    return {"option": option.id, "medicines": medicines_of(option, knowledge)}


def _in_order(concerns: Sequence[Concern], knowledge: Knowledge) -> list[Concern]:
    """By group, in the order of the knowledge; in a group what is named first for the worst level."""
    groups = knowledge.following.symptom_groups
    levels = [knowledge.following.levels.get(name) for name in reversed(LEVELS)]
    first = list(dict.fromkeys(name for each in levels if each for name in each.first))

    def place(concern: Concern) -> tuple[int, int, str]:
        symptom = concern.symptom
        ahead = first.index(symptom.id) if symptom.id in first else len(first)
        return groups[symptom.group].order, ahead, symptom.label

    return sorted(concerns, key=place)


class EmergencySaid(TypedDict):
    """For what to call an ambulance, in the shortest words."""

    label: str
    plain: Annotated[str, "what to do, with the numbers"]
    signs: list[str]


def emergency_said(knowledge: Knowledge, authority: str | None, *, on: dt.date) -> EmergencySaid:
    """What is an emergency for everybody; the numbers of all countries where none is named."""
    level = _levels(knowledge, _numbers(knowledge, authority))[0]
    signs = emergency_signs(knowledge, authority, on=on)
    return {"label": level["label"], "plain": level["plain"], "signs": signs}


def emergency_signs(knowledge: Knowledge, authority: str | None, *, on: dt.date) -> list[str]:
    """Every sign for which to call an ambulance, the same on each page and for everybody.

    First the signs in the shortest words; then the symptoms that stand first for this level. No record
    takes any of it away.
    """
    words = knowledge.following.levels.get(_EMERGENCY)
    if words is None:
        return []
    first = {name: knowledge.following.symptoms[name] for name in words.first}
    concerns = when_to_call(None, knowledge, on=on, authority=authority, among=first)
    found = {each.symptom.id: each for each in concerns}
    said = (sign_words(found[name], _EMERGENCY) for name in first if name in found)
    return [*words.signs, *said]


def sign_words(concern: Concern, level: Level) -> str:
    """The symptom, with the mildest answer or sign that has this level; alone where any has it.

    An answer that stands alone needs no symptom before it.
    """
    label = small_start(concern.symptom.label)
    answers = [each for each in concern.entries if each.kind == "answer"]
    if all(LEVELS.index(each.level) >= LEVELS.index(level) for each in answers):
        return label
    entry = next(each for each in concern.entries if each.level == level)
    if entry.kind == "answer" and concern.symptom.answers[entry.id].stands_alone:
        return small_start(entry.plain)
    return f"{label} ({small_start(entry.plain)})"


def temperatures(concern: Concern, level: Level) -> list[str]:
    """What a thermometer may show that has this level; nothing that a milder answer says already."""
    there = [e for e in concern.entries if e.kind == "answer" and e.level == level]
    ids = {each.id for each in there}
    answers = concern.symptom.answers
    return [each.plain for each in there if answers[each.id].more_of not in ids]


def _numbers(knowledge: Knowledge, authority: str | None) -> list[NumberSaid]:
    there = knowledge.following.emergency_numbers
    own = there.get(authority or "")
    named = list(there.values()) if own is None else [own]
    return [{"number": each.number, "where": each.where} for each in named]


def _levels(knowledge: Knowledge, numbers: Sequence[NumberSaid]) -> list[LevelSaid]:
    known = knowledge.following.levels
    number = _number_words(numbers)
    found: list[LevelSaid] = []
    for name in reversed(LEVELS):
        words = known.get(name)
        label = words.label if words else name.replace("_", " ").capitalize()
        plain = words.plain.replace("{number}", number) if words else ""
        found.append({"id": cast("LevelName", name), "label": label, "plain": plain})
    return found


def _number_words(numbers: Sequence[NumberSaid]) -> str:
    if len(numbers) <= 1:
        return numbers[0]["number"] if numbers else _("an ambulance")
    words = [f"{each['number']} ({each['where']})" for each in numbers]
    return listed(words, "or")


def _answer(urgency: Urgency, behind: _Behind) -> UrgencySaid:
    return {
        "level": urgency.level,
        "worried": urgency.worried,
        "symptoms": [_symptom(each, behind) for each in urgency.symptoms],
        "reasons": [_reason(each, None, behind) for each in urgency.reasons],
    }


def _symptom(found: SymptomLevel, behind: _Behind) -> SymptomSaid:
    symptom = found.symptom
    answer = None if found.answer is None else symptom.answers[found.answer]
    return {
        "id": symptom.id,
        "label": symptom.label,
        "ask": symptom.ask,
        "answer": found.answer,
        "answer_words": None if answer is None else answer.plain,
        "answers": [{"id": each.id, "plain": each.plain} for each in symptom.answers.values()],
        "signs": [symptom.signs[sign].plain for sign in found.signs],
        "level": found.level,
        "reasons": [_reason(each, symptom, behind) for each in found.reasons],
        "would_raise": [
            *_raising(symptom.answers, found.worse),
            *_raising(symptom.signs, found.would_raise),
        ],
        "meanwhile": symptom.meanwhile,
    }


def _raising(
    known: Mapping[str, SymptomAnswer], raising: Mapping[str, Level]
) -> Iterator[WouldRaiseSaid]:
    for each, level in raising.items():
        yield {"id": each, "plain": known[each].plain, "level": level}


def _concern(concern: Concern, behind: _Behind) -> CallSymptomSaid:
    symptom = concern.symptom
    return {
        "id": symptom.id,
        "label": symptom.label,
        "group": symptom.group,
        "ask": symptom.ask,
        "concerns": concern.concerns.value,
        "sign_of": symptom.sign_of,
        "meanwhile": symptom.meanwhile,
        "say": symptom.say,
        "also_written": list(symptom.also_written),
        "entries": [_entry(each, symptom, behind) for each in concern.entries],
    }


def _entry(entry: Entry, symptom: Symptom, behind: _Behind) -> CallEntrySaid:
    answer = symptom.answers.get(entry.id) if entry.kind == "answer" else None
    return {
        "kind": entry.kind,
        "id": entry.id,
        "plain": entry.plain,
        "level": entry.level,
        "more_of": None if answer is None else answer.more_of,
        "reasons": [_reason(each, symptom, behind) for each in entry.reasons],
    }


def _reason(reason: Reason, symptom: Symptom | None, behind: _Behind) -> LevelReasonSaid:
    return {
        "kind": reason.kind,
        "level": reason.level,
        "about": reason.about,
        "rule": reason.rule,
        "holds": reason.holds.value,
        "why": reason.why,
        "say": reason.say,
        "source": reason.source,
        "state": cast("State", reason.state),
        "medicines": behind.names(reason, symptom),
    }
