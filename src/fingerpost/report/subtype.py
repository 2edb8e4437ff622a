"""The kind of breast cancer in one sentence, the findings it follows from, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.criteria.nodes import FactTerm, terms_of
from fingerpost.criteria.planes import Slot
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.messages.phrases import either
from fingerpost.report.text.layout import listed
from fingerpost.report.values import short
from fingerpost.terms import Answer

if TYPE_CHECKING:
    from fingerpost.options.model import Options
    from fingerpost.report.contract import Because, SubtypeSaid
    from fingerpost.report.reasons import Reasons

_MOST = 3
# The fact that says where the cancer is, in the team's own words.
_TOLD_EXTENT = "extent_reported"
_HER2 = {
    "positive": marked("HER2-positive"),
    "low": marked("HER2-negative (HER2-low)"),
    "ultralow": marked("HER2-negative (HER2-ultralow)"),
    "zero": marked("HER2-negative (no staining at all)"),
    "negative": marked("HER2-negative"),
}
_RECEPTOR = {
    "positive": marked("hormone receptor-positive"),
    "negative": marked("hormone receptor-negative"),
}
# Said of a positive cancer with few stained cells: teams see it in different ways.
_LOW_RECEPTOR = marked("hormone receptor-positive (ER low: 1 to 10 of 100 cells)")
# What HER2-negative is more closely, within a triple-negative cancer.
_WITHIN = {
    "low": marked("HER2-low"),
    "ultralow": marked("HER2-ultralow"),
    "zero": marked("no staining at all"),
}
_OPEN_HER2 = {
    "low": marked("HER2-low"),
    "ultralow": marked("HER2-ultralow"),
    "zero": marked("without any staining"),
}
_WHERE = {
    "metastatic": marked("that has spread to other parts of the body (metastatic)"),
    "advanced_unresectable": marked("that cannot be removed by surgery"),
    "post_neoadjuvant": marked("that was removed by surgery after treatment with medicine"),
    "adjuvant": marked("that was removed by surgery"),
    "neoadjuvant": marked("before surgery"),
}
_EXTENT = {
    "in_situ": marked("that is not invasive: it is only in the milk ducts (DCIS)"),
    "metastatic": _WHERE["metastatic"],
    "locally_advanced_unresectable": marked(
        "that is locally advanced and cannot be removed by surgery"
    ),
    "locally_recurrent_unresectable": marked(
        "that has come back nearby and cannot be removed by surgery"
    ),
    "early": marked("found early"),
}


def subtype_said(options: Options, reasons: Reasons) -> SubtypeSaid:
    """What kind of cancer this is, as far as the record tells, and why."""
    receptor = first_certain(options.derived, "hormone_receptor", _RECEPTOR)
    her2 = first_certain(options.derived, "her2", _HER2)
    setting = first_certain(options.derived, "setting", _WHERE)
    extent = first_certain(options.derived, "extent", _EXTENT)
    subtype = first_certain(options.derived, "subtype", options.derived.get("subtype", {}))
    where = _EXTENT.get(extent or "", "") if extent != "early" else _WHERE.get(setting or "", "")
    low = options.derived.get("er_low", {}).get("yes") is Answer.YES
    kind = _kind(receptor, her2, low=low, early=extent == "early")
    certain = [
        (name, value)
        for name, value in (
            ("hormone_receptor", receptor),
            ("her2", her2),
            ("extent", extent),
            ("setting", setting),
        )
        if value is not None
    ]
    return {
        "value": subtype,
        "sentence": _("%(cancer)s %(where)s.", cancer=kind, where=_(where))
        if where
        else f"{kind}.",
        "not_known": _not_known(
            options, reasons, {"hormone_receptor": receptor, "her2": her2, "extent": extent}
        ),
        "because": _because(options, reasons, certain),
        "hormone_receptor": receptor,
        "her2": her2,
        "her2_answers": {v: a.value for v, a in options.derived.get("her2", {}).items()},
        "setting": setting,
        "extent": extent,
        "stage_possible": [
            value
            for value, answer in options.derived.get("stage", {}).items()
            if answer is not Answer.NO
        ],
    }


def first_certain(
    derived: Mapping[str, Mapping[str, Answer]], name: str, order: Iterable[str]
) -> str | None:
    """The first value, in this order, that certainly holds; None when none does."""
    answers = derived.get(name, {})
    return next((value for value in order if answers.get(value) is Answer.YES), None)


def _kind(receptor: str | None, her2: str | None, *, low: bool, early: bool) -> str:
    if receptor == "negative" and her2 is not None and her2 != "positive":
        within = f"; {_(_WITHIN[her2])}" if her2 in _WITHIN else ""
        kind = (
            _(
                "triple-negative early breast cancer (no ER, no PR, HER2-negative%(within)s)",
                within=within,
            )
            if early
            else _(
                "triple-negative breast cancer (no ER, no PR, HER2-negative%(within)s)",
                within=within,
            )
        )
    else:
        hormone = _RECEPTOR.get(receptor or "")
        said = (_LOW_RECEPTOR if low and receptor == "positive" else hormone, _HER2.get(her2 or ""))
        known = ", ".join(_(part) for part in said if part)
        kind = _known_kind(known, early=early) if known else _unknown_kind(early=early)
    return kind[0].upper() + kind[1:]


def _known_kind(known: str, *, early: bool) -> str:
    if early:
        return _("%(kind)s early breast cancer", kind=known)
    return _("%(kind)s breast cancer", kind=known)


def _unknown_kind(*, early: bool) -> str:
    return _("early breast cancer") if early else _("breast cancer")


def _because(
    options: Options, reasons: Reasons, certain: Sequence[tuple[str, str]]
) -> list[Because]:
    slots: dict[Slot, None] = {}
    for key in certain:
        slots.update(dict.fromkeys(options.derived_reasons.get(key, ())))
    # Nothing certain means nothing to point at.
    said = reasons.because(slots, Answer.YES, None) if slots else []
    return [each for each in said if each["absence"] is None]


def _not_known(options: Options, reasons: Reasons, found: Mapping[str, str | None]) -> list[str]:
    sentences = []
    for name, label in (
        ("hormone_receptor", _("hormone receptor status (ER and PR)")),
        ("her2", _("HER2 status")),
        ("extent", _("the extent of the cancer (early, or spread)")),
    ):
        if name in options.derived and found[name] is None:
            early = name == "extent" and _is_told_early(options, reasons)
            said = _whether_invasive if early else _open
            sentences.append(said(options, reasons, name, label))
    if found["her2"] == "negative":
        sentences += _which_negative(options, reasons)
    return sentences


def _open(options: Options, reasons: Reasons, name: str, label: str) -> str:
    """Says that one of the parts is not known, what is known of it, and what is needed."""
    answers = options.derived[name]
    missing, known = _around(options, reasons, name, answers)
    if known and missing:
        return _(
            "%(what)s is not settled: %(known)s. Needed: %(missing)s.",
            what=label,
            known=_facts(known),
            missing=_gaps(missing),
        )
    if missing:
        return _("%(what)s is not known. Needed: %(missing)s.", what=label, missing=_gaps(missing))
    if known:
        return _("%(what)s is not settled: %(known)s.", what=label, known=_facts(known))
    return _("%(what)s is not known.", what=label)


def _is_told_early(options: Options, reasons: Reasons) -> bool:
    """Whether it was told, and not only presumed, that the cancer is early: invasive or not is open."""
    answers = options.derived["extent"]
    still_open = {value for value, answer in answers.items() if answer is not Answer.NO}
    told = [each for each in _read_by(options, reasons, "extent") if each["name"] == _TOLD_EXTENT]
    return still_open == {"in_situ", "early"} and not any(each["presumed"] for each in told)


def _whether_invasive(options: Options, reasons: Reasons, name: str, _label: str) -> str:
    missing, _known = _around(options, reasons, name, options.derived[name])
    return _(
        "whether it is invasive, or only in the milk ducts (DCIS), is not known. Needed: %(missing)s.",
        missing=_gaps(missing),
    )


def _which_negative(options: Options, reasons: Reasons) -> list[str]:
    """HER2-negative, but low, ultralow or zero still open: it decides some options."""
    answers = {v: options.derived["her2"].get(v) for v in ("low", "ultralow", "zero")}
    still_open = [v for v, answer in answers.items() if answer is Answer.UNKNOWN]
    if not still_open:
        return []
    missing, _known = _around(options, reasons, "her2", dict.fromkeys(still_open, Answer.UNKNOWN))
    said = [_(_OPEN_HER2[value]) for value in still_open]
    which = either(said)
    return [
        _(
            "whether it is %(which)s is not known. Needed: %(missing)s.",
            which=which,
            missing=_gaps(missing),
        )
    ]


def _around(
    options: Options, reasons: Reasons, name: str, answers: Mapping[str, Answer]
) -> tuple[list[Because], list[Because]]:
    """What is missing for a derived fact, and what was told that left it open.

    What was only presumed was told by nobody, and settles nothing here.
    """
    slots: dict[Slot, None] = {}
    for value, answer in answers.items():
        if answer is Answer.UNKNOWN:
            slots.update(dict.fromkeys(options.derived_reasons.get((name, value), ())))
    # Members of a set are one gap: "where it has spread to".
    said = [reasons.of(slot) for slot in dict.fromkeys(Slot(s.name, s.treatment) for s in slots)]
    missing = [b for b in said if b["absence"]]
    read = _read_by(options, reasons, name)
    return missing, [b for b in read if not b["absence"] and not b["presumed"]]


def _read_by(options: Options, reasons: Reasons, name: str) -> list[Because]:
    """Every fact of the person that the conditions of a derived fact read."""
    knowledge = options.knowledge
    roots = [value.node for value in knowledge.derived[name].values.values()]
    names = {
        term.name
        for number in knowledge.graph.below(roots)
        for term in terms_of(knowledge.graph.nodes[number])
        if isinstance(term, FactTerm) and term.name in knowledge.facts
    }
    return [reasons.of(Slot(each)) for each in knowledge.facts if each in names]


def _facts(known: Sequence[Because]) -> str:
    return "; ".join(f"{b['label']}: {short(b['value'])}" for b in known)


def _gaps(missing: Sequence[Because]) -> str:
    """The gaps that say most: details only after what is better asked for."""
    ordered = sorted(missing, key=lambda b: b["detail"])
    gaps = list(dict.fromkeys(f"{b['label']} ({b['value']})" for b in ordered))
    return listed(gaps, "or", _MOST) or _("a result that settles it")
