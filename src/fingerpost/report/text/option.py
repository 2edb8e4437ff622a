"""One option as text: in full, or in one sentence with the reason that decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.messages.phrases import small
from fingerpost.report.kinds_said import kind_words
from fingerpost.report.text.because import because_texts
from fingerpost.report.text.head import answer_word, mark_of, paper
from fingerpost.report.text.layout import day, full_stop, item, items, listed, wrap

if TYPE_CHECKING:
    from fingerpost.report.contract import (
        CautionSaid,
        ConditionsSaid,
        CriterionSaid,
        Difference,
        DrugSaid,
        EvidenceSaid,
        NotInForceSaid,
        OptionSaid,
        Trace,
    )

_EFFECTS = {
    "contraindicated": marked("Must not be given"),
    "boxed": marked("Strongest warning of the label"),
    "avoid": marked("To avoid"),
    "not_studied": marked("Not studied"),
    "test_first": marked("Test first"),
    "dose_adjust": marked("Given differently"),
    "caution": marked("Caution"),
    "info": marked("Good to know"),
}
# A receptor or a gene says more about why than an age or a line of treatment.
_TELLING = ("disease", "biomarker", "setting", "person", "partner", "sequence")
_FIRST = ("no", "unknown", "yes")
_LICENCES = {
    "licensed": marked("Licensed by the MHRA"),
    "not_licensed": marked("Not licensed by the MHRA"),
}
_APPROVALS = {"nice": marked("Guidance"), "guideline": marked("In use"), "local": marked("In use")}
_REASONS = {
    "withdrawn": marked("withdrawn"),
    "revoked": marked("revoked"),
    "replaced": marked("replaced"),
    "widened": marked("widened"),
    "ended": marked("ended"),
}
_VERDICTS = {
    "matches": marked("fits there"),
    "might_match": marked("might fit there"),
    "not_yet": marked("not yet there"),
    "does_not_match": marked("does not fit there"),
}
_MOST_ASKED = 3
_MOST_REASONS = 3
_SHORT = 120


_REFUSED = {
    "yes": marked("not recommended%(more)s; this record is of those it is about"),
    "no": marked("not recommended%(more)s; this record is not of those it is about"),
    "unknown": marked(
        "not recommended%(more)s; whether this record is of those it is about is not known"
    ),
    None: marked("not recommended%(more)s"),
}


def in_full(option: OptionSaid, *, explain: bool) -> list[str]:
    """The option with every condition, its cautions, limits and evidence."""
    lines = ["", *wrap(headed(option), 2, 4), *_medicines(option["drug_details"])]
    for earlier in option["had_before"]:
        lines += wrap(full_stop(_("Had before: %(what)s", what=earlier)), 4, 6)
    for earlier in option["had_family_before"]:
        lines += wrap(full_stop(_("Same family had before: %(what)s", what=earlier)), 4, 6)
    called = paper(option["authority"])
    asks = _("What the %(paper)s asks, and what the record answers:", paper=called)
    lines += wrap(asks, 4)
    for criterion in sorted(option["criteria"], key=lambda c: _FIRST.index(c["answer"])):
        lines += _criterion(criterion, called, explain=explain)
    lines += _cautions(option, explain=explain)
    lines += _trial_limits(option)
    if explain:
        lines += _evidence(option["evidence"], option["evidence_withheld"])
        lines += would_have_to_differ(option)
    return [*lines, *_approval(option)]


def headed(option: OptionSaid) -> str:
    """The heading, with a mark when something in this record speaks strongly against it."""
    return f"{option['heading']}{strong_warning(option)}"


def strong_warning(option: OptionSaid) -> str:
    """The mark of an option that something in the record speaks strongly against."""
    return f" {_(STRONG)}" if option["strong_warning"] else ""


STRONG = marked("[strong warning]")


def by_reason(options: Sequence[OptionSaid]) -> list[str]:
    """Options that do not fit, each in one line below the one reason that decides."""
    groups: dict[str, list[OptionSaid]] = {}
    for option in options:
        groups.setdefault(reason_against(option), []).append(option)
    lines: list[str] = []
    for reason, found in groups.items():
        lines += ["", *wrap(reason, 2)]
        for option in found:
            others = len(option["deciding"]) - 1
            more = _others(others) if others > 0 else ""
            lines += item(f"{option['heading']}{more}", 4)
    return lines


def _others(number: int) -> str:
    return " " + ngettext("(%(num)s more not met)", "(%(num)s more not met)", number)


def reason_against(option: OptionSaid | ConditionsSaid, *, places: bool = True) -> str:
    """Why the option does not fit, in one sentence; with the places of the record unless told not to."""
    against = [option["criteria"][place] for place in option["deciding"]]
    if not against:
        cautions = [c for c in option["cautions"] if c["id"] in option["deciding_cautions"]]
        return " ".join(full_stop(caution["text"]) for caution in cautions)
    telling = min(against, key=lambda c: _TELLING.index(c["kind"]))
    because = telling["because"]
    if not places:
        because = [{**each, "source": None} for each in because]
    record = "; ".join(because_texts(because, most=_MOST_REASONS, brief=True))
    asked = telling["says"] if _is_short(telling) else _label(telling)
    return _(
        "Asked for: %(asked)s Record: %(record)s",
        asked=full_stop(small(asked)),
        record=full_stop(record),
    )


def not_in_force(absent: NotInForceSaid) -> list[str]:
    """A use that is not in force, with its days; one that is not recommended, with whom that is about."""
    if absent["reason"] == "no guidance found":
        return item(f"{absent['heading']}{_licence(absent)}", 2)
    when = _when_not(absent)
    return item(f"{absent['heading']}: {when}{mark_of(absent['state'])}{_licence(absent)}", 2)


def _when_not(absent: NotInForceSaid) -> str:
    section = f" ({absent['section']})" if absent["section"] else ""
    first, last = absent["in_force_from"], absent["in_force_until"]
    more = section + (" " + _("since %(day)s", day=day(first)) if first else "")
    match absent["reason"]:
        case "not approved yet" | "not_yet":
            return _("not approved yet on this day (from %(day)s)", day=day(first) if first else "")
        case "not recommended":
            return _(_REFUSED[absent["population"]], more=more)
        case "terminated":
            return _("the appraisal was ended without a recommendation%(more)s", more=more)
        case reason:
            why = _(_REASONS[reason]) if reason in _REASONS else reason
            return _("%(reason)s, last day %(day)s", reason=why, day=day(last)) if last else why


def _licence(said: NotInForceSaid | OptionSaid) -> str:
    """Whether it may be sold, where that is not what the authority says."""
    licence = said["licence"]
    if licence is None or licence["status"] == "not_found":
        return ""
    since = " " + _("since %(day)s", day=day(licence["since"])) if licence["since"] else ""
    return f". {_(_LICENCES[licence['status']])}{since}{mark_of(licence['state'])}"


def drug_name(drug: DrugSaid) -> str:
    """A medicine with its first brand name; a class as "any" of its medicines."""
    if drug["is_class"]:
        return _("%(medicines)s (any of this group)", medicines=drug["name"])
    return f"{drug['name']} ({drug['brands'][0]})" if drug["brands"] else drug["name"]


def _medicines(drugs: Sequence[DrugSaid]) -> list[str]:
    lines: list[str] = []
    for drug in drugs:
        does = f": {drug['what_it_does']}" if drug["what_it_does"] else ""
        lines += wrap(full_stop(f"{drug_name(drug)}{does}"), 4, 6)
    return lines


def _approval(option: OptionSaid) -> list[str]:
    first = option["in_force_from"]
    since = _(", in these words since %(day)s", day=day(first)) if first else ""
    word = (
        _(_APPROVALS[option["authority"]]) if option["authority"] in _APPROVALS else _("Approval")
    )
    section = _(", section %(section)s", section=option["section"]) if option["section"] else ""
    row = _(", row %(row)s", row=option["row"]) if option["row"] else ""
    state = mark_of(option["in_force_state"])
    text = f"{word}: {kind_words(option['status'])}{since}{state}{_licence(option)}. " + _(
        "Source: %(source)s%(section)s. Id: %(id)s%(row)s.",
        source=option["source"],
        section=section,
        id=option["id"],
        row=row,
    )
    note = wrap(_("Note: %(text)s", text=option["note"]), 4, 6) if option["note"] else []
    return [*note, *wrap(text, 4, 6), *_elsewhere(option)]


def _elsewhere(option: OptionSaid) -> list[str]:
    verdicts = {other["authority"]: other["verdict"] for other in option["elsewhere"]}
    others = [
        f"{name.upper()} ({_(_VERDICTS[verdicts[name]])})" if name in verdicts else name.upper()
        for name in option["approved_elsewhere"]
    ]
    return wrap(_("Also in force at: %(names)s", names=listed(others)), 4) if others else []


def _criterion(criterion: CriterionSaid, called: str, *, explain: bool) -> list[str]:
    answer = answer_word(criterion["answer"])
    width = max(len(answer_word(each)) for each in _FIRST) + 2
    hang = 6 + width
    most = None if explain or criterion["answer"] != "yes" else _MOST_REASONS
    lines = wrap(full_stop(_condition(criterion, called)), hang)
    lines[0] = f"{' ' * 6}{answer.ljust(width)}{lines[0].lstrip()}"
    record = "; ".join(because_texts(criterion["because"], most=most))
    told = _("Record: %(record)s", record=full_stop(record))
    lines += wrap(told, hang, hang + 2) if record else []
    if criterion["note"]:
        lines += wrap(_("Note: %(text)s", text=criterion["note"]), hang, hang + 2)
    if explain:
        lines += wrap(_("Source: %(source)s", source=criterion["source"]), hang)
        if "trace" in criterion and criterion["trace"]["parts"]:
            lines += trace_lines(criterion["trace"], hang)
    return lines


def _condition(criterion: CriterionSaid, called: str) -> str:
    """The condition in plain words and in the label's; the label's alone when ours are too long."""
    says, state = criterion["says"], mark_of(criterion["state"])
    if says.casefold() == criterion["label"].casefold() or not _is_short(criterion):
        return f"{_label(criterion)}{state}"
    return f"{full_stop(says)} {called[:1].upper()}{called[1:]}: {_label(criterion)}{state}"


def _label(criterion: CriterionSaid) -> str:
    """The label's own words in quotation marks, or what it says in ours."""
    label = criterion["label"].removesuffix(".")
    return f"“{label}”" if criterion["quoted"] else label[:1].upper() + label[1:]


def _is_short(criterion: CriterionSaid) -> bool:
    """Whether our words can be taken in at a glance; the whole stands in the trace."""
    return len(criterion["says"]) <= _SHORT


def trace_lines(trace: Trace, indent: int) -> list[str]:
    """A condition with its answer, and below it what it is made of."""
    because = "; ".join(because_texts(trace["because"], brief=True))
    text = f"{answer_word(trace['answer'])}: {trace['says']}{f' - {because}' if because else ''}"
    lines = wrap(text, indent, indent + 4)
    for part in trace["parts"]:
        lines += trace_lines(part, indent + 2)
    return lines


def _cautions(option: OptionSaid, *, explain: bool) -> list[str]:
    order = list(_EFFECTS)
    ranked = sorted(option["cautions"], key=lambda c: order.index(c["effect"]))
    applying = [c for c in ranked if c["answer"] == "yes"]
    asked = [c for c in ranked if c["answer"] == "unknown"]
    lines: list[str] = []
    if applying:
        told = [_caution(each, option["authority"]) for each in applying]
        lines += [*wrap(_("To talk about:"), 4), *items(told, 6)]
    if asked:
        shown = asked if explain else asked[:_MOST_ASKED]
        questions = dict.fromkeys(c["asks"] or c["text"] for c in shown)
        left = len(asked) - len(shown)
        rest = ngettext(
            "... and %(num)s more (--explain)", "... and %(num)s more (--explain)", left
        )
        more = [rest] if left else []
        before = wrap(_("Before it starts, the team looks at:"), 4)
        lines += [*before, *items([*questions, *more], 6)]
    return lines


def _caution(caution: CautionSaid, authority: str) -> str:
    # That a test is not done yet needs no saying; what the record says of a person does.
    known = [b for b in caution["because"] if b["absence"] is None and b["kind"] != "rule"]
    because = "; ".join(because_texts(known, most=_MOST_REASONS))
    record = " " + _("Record: %(record)s", record=full_stop(because)) if because else ""
    whose = (
        "" if caution["authority"] in ("any", authority) else f" ({caution['authority'].upper()})"
    )
    text = f"{_(_EFFECTS[caution['effect']])}{whose}: {full_stop(caution['text'])}"
    return f"{text}{mark_of(caution['state'])}{record}"


def _trial_limits(option: OptionSaid) -> list[str]:
    limits = option["trial_only"]
    if not limits:
        return []
    outside = " " + _("This record lies outside that.")
    answers = {"yes": "", "no": outside, "unknown": ""}
    texts = [
        f"{full_stop(limit['text'])}{mark_of(limit['state'])}{answers[limit['answer']]}"
        for limit in limits
    ]
    return [*wrap(_("Whom the trial took (it informs and does not decide):"), 4), *items(texts, 6)]


def _evidence(evidence: Sequence[EvidenceSaid], withheld: int) -> list[str]:
    lines: list[str] = []
    if evidence:
        lines += wrap(_("What the trials found, in their groups of people, not in one person:"), 4)
        lines += items(map(trial_words, evidence), 6)
    if withheld:
        told = ngettext(
            "%(num)s result left out here, because nobody has checked the figures yet.",
            "%(num)s results left out here, because nobody has checked the figures yet.",
            withheld,
        )
        lines += wrap(told, 4)
    return lines


def trial_words(trial: EvidenceSaid) -> str:
    """A trial with its number, in whom, what was measured, and the result."""
    number = f" ({trial['nct']}{mark_of(trial['nct_state'])})" if trial["nct"] else ""
    found = [part for part in (trial["population"], trial["endpoint"], trial["result"]) if part]
    return f"{trial['trial']}{number}: {'; '.join(found)}{mark_of(trial['state'])}"


def would_have_to_differ(option: OptionSaid) -> list[str]:
    """The smallest sets of things that would have to be otherwise before it could fit."""
    sets = option["would_have_to_differ"]
    if not sets or not any(sets):
        return []
    texts = [listed([_now(each) for each in group]) for group in sets]
    return [
        *wrap(_("Before this could fit, one of these would have to be different:"), 4),
        *items(texts, 6),
    ]


def _now(each: Difference) -> str:
    return _("%(what)s (now: %(value)s)", what=each["label"], value=each["is_now"])
