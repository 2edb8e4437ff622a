"""The facts and findings of a form: `er_percent: 90`, or a map that says when, where and on what."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

from fingerpost.dates import shift
from fingerpost.record.form.context import FormContext, Path, closest, dotted, shown
from fingerpost.record.form.sources import is_of_this_form, read_also_in, read_source, text_of
from fingerpost.record.model import BASES, SPECIMENS, STATUSES, Basis, Finding, Message
from fingerpost.record.written import date_text
from fingerpost.record.written.category_text import absence_named, squash
from fingerpost.record.written.value_reader import NotRead, Reading
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Interval, Members

TEXTS = ("specimen", "site", "basis", "status", "words", "because")
ABOUT = ("date", *TEXTS, "source", "also_in")
KEYS = ("value", "absent", "unit", *ABOUT)
SET_KEYS = (*KEYS, "present", "complete")

# How people name samples -> what they are.
_SPECIMENS = {
    "primary tumor": "primary",
    "primary tumour": "primary",
    "breast": "primary",
    "first tumor": "primary",
    "local recurrence": "recurrence",
    "metastatic": "metastasis",
    "metastases": "metastasis",
    "secondary": "metastasis",
    "ctdna": "blood",
    "liquid biopsy": "blood",
    "plasma": "blood",
}
# For a site that tells nothing of the sample: a biopsy of the liver, but of which tumor is not known.
_NO_SPECIMEN = frozenset({"unknown", "not known", "not stated"})
_BASES = {"clinical": "clinical", "c": "clinical", "pathologic": "pathologic", "p": "pathologic"}
_BASES |= {"pathological": "pathologic", "post neoadjuvant": "post_neoadjuvant"}
_BASES |= {"yp": "post_neoadjuvant", "after neoadjuvant": "post_neoadjuvant"}


def read_facts(context: FormContext, facts: object) -> list[Finding]:
    """The findings under `facts:`, one for each id, or several if a list of maps stands there."""
    if facts is None:
        return []
    if not isinstance(facts, dict):
        context.refuse(
            ("facts",), "wrong-type", "`facts` must be a map", "er_percent: 90, a line each"
        )
        return []
    found: list[Finding] = []
    for fact, raw in facts.items():
        path: Path = ("facts", fact)
        if not _known(context, fact, path):
            continue
        items = raw if isinstance(raw, list) and raw and isinstance(raw[0], dict) else [raw]
        for index, item in enumerate(items):
            place = (*path, index) if items is raw else path
            found += _finding(context, fact, item, place)
    return found


def read_findings(context: FormContext, findings: object) -> list[Finding]:
    """The findings under `findings:`, each a map with its fact."""
    if findings is None:
        return []
    if not isinstance(findings, list):
        context.refuse(("findings",), "wrong-type", "`findings` must be a list of maps")
        return []
    found: list[Finding] = []
    for index, item in enumerate(findings):
        path: Path = ("findings", index)
        if not isinstance(item, dict):
            context.refuse(path, "wrong-type", "a finding is a map with `fact` and `value`")
            continue
        fact = item.get("fact")
        if not isinstance(fact, str):
            context.refuse(path, "missing-key", "this finding does not say which fact it is about")
        elif _known(context, fact, (*path, "fact")):
            rest = {key: value for key, value in item.items() if key != "fact"}
            found += _finding(context, fact, rest, path)
    return found


def planned_surgery(context: FormContext, findings: list[Finding]) -> list[Finding]:
    """Surgery with a date ahead is planned, also where only its date is stated.

    A form that calls it done as well has one of the two wrong, and is refused. Where another record
    says so, both stay as they are: the form only passes on what was found there.
    """
    surgery = [each for each in findings if each.fact == "breast_surgery"]
    stated = [each.value for each in surgery if is_of_this_form(each.source)]
    ahead = [
        each
        for each in findings
        if each.fact == "surgery_date"
        and is_of_this_form(each.source)
        and isinstance(each.value, Days)
        and date_text.after(each.value, context.reader.on)
    ]
    if not ahead or "breast_surgery" not in context.reader.catalogue:
        return []
    if stated and all(isinstance(each, Choice) and each.known == "done" for each in stated):
        what = "the date of surgery_date lies in the future, and the surgery is stated to be done"
        context.refuse(
            ("facts", "surgery_date"), "future-date", what, "correct one: breast_surgery: planned"
        )
    if surgery:
        return []
    place = ahead[0].source
    what = "the date of the surgery lies in the future, so the surgery was taken to be planned"
    context.messages.append(Message("inferred", place.reference, what, "breast_surgery: planned"))
    return [Finding("breast_surgery", Choice(frozenset({"planned"})), None, place)]


def _known(context: FormContext, fact: str, path: Path) -> bool:
    catalogue = context.reader.catalogue
    if fact in catalogue or fact == "age":
        return True
    reported = f"{fact}_reported"
    if reported in catalogue:
        what = f"`{shown(fact)}` follows from other facts and cannot be stated"
        context.refuse(path, "unknown-fact", what, f"`{reported}`: what a report or letter says")
    else:
        advice = closest(fact, (*catalogue, "age"))
        context.refuse(path, "unknown-fact", f"there is no fact `{shown(fact)}`", advice)
    return False


def _finding(context: FormContext, fact: str, raw: object, path: Path) -> list[Finding]:
    """One finding, or none: a key without a value says nothing."""
    about: dict[str, object] = {}
    if isinstance(raw, dict):
        about = raw
        is_set = fact != "age" and context.reader.catalogue[fact].type == "set"
        context.unknown_keys(path, raw, SET_KEYS if is_set else KEYS)
        if not {"value", "absent", "present", "complete"} & raw.keys():
            advice = "value: ..., or absent: pending"
            context.refuse(
                path, "missing-key", "this map holds neither `value` nor `absent`", advice
            )
            return []
    elif raw is None or raw == []:
        return []
    date = _date(context, fact, about, path)
    try:
        reading = _reading(context, fact, raw, date, path)
    except NotRead as fault:
        place = (*path, "value") if isinstance(raw, dict) and "value" in raw else path
        context.refuse_value(place, fault)
        return []
    if reading is None:
        return []
    return [replace(_told(context, fact, reading, about, path), date=date)]


def _reading(
    context: FormContext, fact: str, raw: object, date: Days | None, path: Path
) -> Reading | None:
    if isinstance(raw, dict):
        if fact != "age" and context.reader.catalogue[fact].type == "set":
            return _set(context, fact, raw)
        if "absent" in raw:
            if raw.get("value") is not None:
                raise NotRead(
                    "contradiction", "this map holds both `value` and `absent`", "keep one"
                )
            return Reading(Absent(_absence(raw["absent"])))
        if raw.get("value") is None:
            return None
        value, unit = raw["value"], raw.get("unit")
        if unit is not None and not isinstance(unit, str):
            raise NotRead("wrong-type", "`unit` must be text")
    else:
        value, unit = raw, None
    if fact == "age":
        return Reading(_birth_date(context, value, date, path))
    return context.reader.read(fact, value, unit)


def _absence(raw: object) -> AbsenceKind:
    kind = absence_named(raw) if isinstance(raw, str) else None
    if kind is None:
        names = ", ".join(kind for kind in AbsenceKind)
        raise NotRead("unknown-value", "this is no reason for a missing value", f"one of {names}")
    return kind


def _set(context: FormContext, fact: str, raw: dict[str, object]) -> Reading | None:
    """A set: members that are there, members that are not, and whether that is all."""
    absent = raw.get("absent")
    if isinstance(absent, str) and absence_named(absent) is not None:
        return Reading(Absent(_absence(absent)))
    present: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    if raw.get("value") is not None:
        reading = context.reader.members(fact, raw["value"])
        if not isinstance(reading.value, Members):
            return reading
        present, missing = reading.value.present, reading.value.absent
    some = context.reader.some
    present |= some(fact, raw["present"]) if raw.get("present") is not None else frozenset()
    missing |= some(fact, absent) if absent is not None else frozenset()
    if _is_true(raw.get("complete")):
        missing |= frozenset(context.reader.catalogue[fact].values) - present
    if present & missing:
        what = "a member stands under both `present` and `absent`"
        raise NotRead("contradiction", what, "keep one")
    return Reading(Members(present, missing))


def _is_true(raw: object) -> bool:
    if raw in (None, False) or (isinstance(raw, str) and squash(raw) in ("no", "false")):
        return False
    if raw is True or (isinstance(raw, str) and squash(raw) in ("yes", "true")):
        return True
    raise NotRead("wrong-type", "`complete` must be true or false")


def _birth_date(context: FormContext, raw: object, date: Days | None, path: Path) -> Days:
    """The days on which somebody of this age can have been born."""
    interval = context.reader.number("age", raw) if "age" in context.reader.catalogue else _age(raw)
    on = context.reader.on
    if date is None and on is not None:
        date = Days(on, on)
        what = f"the age was taken to be that on {on}"
        message = Message("inferred", dotted(path), what, "give birth_date, or the date of the age")
        context.messages.append(message)
    if date is None or date.first is None or date.last is None:
        raise NotRead("missing-key", "an age needs the day it was true", "birth_date: 1968")
    oldest, youngest = math.floor(interval.high), math.floor(interval.low)
    first = shift(date.first, -(oldest + 1), "years") + dt.timedelta(days=1)
    return Days(first, shift(date.last, -youngest, "years"))


def _age(raw: object) -> Interval:
    from fingerpost.record.written.attributes import Attribute
    from fingerpost.record.written.value_reader import ValueReader

    entry = Attribute("number", "age", unit="years", range=(0, 130))
    return ValueReader({"age": entry}, None).number("age", raw)


def _date(context: FormContext, fact: str, about: dict[str, object], path: Path) -> Days | None:
    raw = about.get("date")
    if raw is None:
        return None
    days = date_text.read_days(str(raw)) if isinstance(raw, str | int) else None
    if days is None or isinstance(raw, bool):
        advice = "2021, 2021-03, 2021-03-09 or 9 March 2021"
        context.refuse((*path, "date"), "wrong-date", "this is not a date", advice)
        return None
    try:
        context.reader.not_ahead(fact, days)
    except NotRead as fault:
        context.refuse_value((*path, "date"), fault)
        return None
    return days


def _told(
    context: FormContext, fact: str, reading: Reading, about: dict[str, object], path: Path
) -> Finding:
    texts = {name: text_of(context, about, name, path) for name in TEXTS}
    unsaid = squash(texts["specimen"] or "") in _NO_SPECIMEN
    specimen = None if unsaid else texts["specimen"]
    finding = Finding(
        fact="birth_date" if fact == "age" else fact,
        value=reading.value,
        date=None,
        source=read_source(context, about.get("source"), texts["words"], path),
        site=texts["site"],
        specimen=_one_of(context, specimen, _SPECIMENS, SPECIMENS, (*path, "specimen")),
        basis=_basis(context, texts["basis"], reading.basis, path),
        status=_one_of(context, texts["status"], {}, STATUSES, (*path, "status")) or "final",
        because=texts["because"],
        also_in=read_also_in(context, about.get("also_in"), path),
    )
    return finding if unsaid else from_site(context, finding)


def from_site(context: FormContext, finding: Finding) -> Finding:
    """A sample from the liver is a sample of a metastasis, also when only the site is told."""
    sites = context.reader.catalogue.get("metastatic_sites")
    if finding.specimen is None and finding.site is not None and sites is not None:
        said = context.reader.words.say("metastatic_sites", finding.site)
        # Skin may be that of the breast, and "other" says nothing.
        if said is not None and said.values and not said.values & {"skin", "other"}:
            return replace(finding, specimen="metastasis")
    return finding


def _one_of(
    context: FormContext,
    text: str | None,
    written: dict[str, str],
    allowed: tuple[str, ...],
    path: Path,
) -> str | None:
    if text is None:
        return None
    name = written.get(squash(text), squash(text).replace(" ", "_"))
    if name not in allowed:
        context.refuse(
            path, "unknown-value", f"this is not a {path[-1]}", f"one of {', '.join(allowed)}"
        )
        return None
    return name


def _basis(
    context: FormContext, text: str | None, prefix: Basis | None, path: Path
) -> Basis | None:
    """The basis as stated; the prefix of a category (`pT2`) tells it as well."""
    stated = _one_of(context, text, _BASES, BASES, (*path, "basis"))
    found = next((basis for basis in BASES if basis == stated), None)
    if found is not None and prefix is not None and found != prefix:
        what = "the basis and the first letter of the category disagree"
        context.refuse((*path, "basis"), "contradiction", what, "keep the one that the report says")
    return found or prefix
