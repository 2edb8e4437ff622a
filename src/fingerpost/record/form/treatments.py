"""The treatments of a form: one map for each regimen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fingerpost.record.drugs.model import NamedDrugs, together
from fingerpost.record.drugs.spelling import plain_name
from fingerpost.record.drugs.told import told_in_turn, told_of
from fingerpost.record.form.context import FormContext, Path, closest, dotted
from fingerpost.record.form.sound import refuse_unsound
from fingerpost.record.form.sources import is_of_this_form, read_also_in, read_source, text_of
from fingerpost.record.form.twice import listed_once
from fingerpost.record.model import Message, Treatment
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.record.written.value_reader import NotRead
from fingerpost.terms import Answer
from fingerpost.values import Absent, Choice, Value

# What is written under `drugs:` and is none: `[radiotherapy]`, `[mastectomy, radiation 50 Gy]`.
_AMOUNTS = re.compile(
    r"\b\d[\d.,]*\s*(?:c?gy|fractions?|fx|sessions?|rounds?|weeks?|days?|times|treatments?)\b"
    r"|\b(?:in|to|of|on|the|my|a|an|and|right|left|both|sides?|had|for)\b"
)
_WHERE = r"(?:\s+(?:breasts?|brain|bones?|chest|wall|lymph|nodes?|armpit|axilla|hip|spine|pelvis|boost))*"
_KINDS = {
    "radiotherapy": re.compile(
        r"(?:(?:adjuvant|palliative|external|beam|whole|brain|breast|chest|wall|bone|stereotactic|"
        r"proton|postoperative|post-operative)\s+)*"
        r"(?:radiotherapy|radiation(?:\s+(?:therapy|treatments?))?|irradiation|rads|xrt|rt|wbrt|imrt|sbrt|"
        rf"brachytherapy|radiosurgery|gamma knife|cyberknife|proton therapy){_WHERE}"
    ),
    "surgery": re.compile(
        r"(?:(?:breast|breast-conserving|total|partial|double|bilateral|simple|modified|radical|"
        r"skin-sparing|nipple-sparing)\s+)*"
        r"(?:surgery|operation|mastectomy|lumpectomy|quadrantectomy|wide local excision|"
        r"(?:breast )?reconstruction|"
        rf"axillary (?:lymph node )?dissection|axillary clearance|sentinel (?:lymph )?node biopsy){_WHERE}"
    ),
}

KEYS = ("drugs", "unresolved", "classes", *ATTRIBUTES, "source", "words", "also_in")


def read_treatments(context: FormContext, raw: object) -> tuple[Treatment, ...]:
    """The regimens of a form, in the order given, each once."""
    if raw is None or raw == "none":
        return ()
    if not isinstance(raw, list):
        advice = "`treatments: none` if there was none at all; leave it out if it is not known"
        what = "`treatments` must be a list of maps"
        context.refuse(("treatments",), "wrong-type", what, advice)
        return ()
    found = [_treatment(context, item, ("treatments", index)) for index, item in enumerate(raw)]
    return listed_once(context, [treatment for treatment in found if treatment is not None])


def read_complete(context: FormContext, raw: object, treatments: object) -> Answer:
    """Whether the list is all treatment ever had; `treatments: none` says so too."""
    if raw is None:
        return Answer.YES if treatments == "none" else Answer.UNKNOWN
    try:
        reading = context.attributes.read("ongoing", raw)
    except NotRead:
        what = "`treatments_complete` must be true, false or unknown"
        context.refuse(("treatments_complete",), "wrong-type", what)
        return Answer.UNKNOWN
    if not isinstance(reading.value, Choice):
        return Answer.UNKNOWN
    return Answer.YES if reading.value.known == "yes" else Answer.NO


def _treatment(context: FormContext, raw: object, path: Path) -> Treatment | None:
    if not isinstance(raw, dict):
        context.refuse(
            path, "wrong-type", "a treatment is a map", "drugs: [letrozole, palbociclib]"
        )
        return None
    context.unknown_keys(path, raw, KEYS)
    drugs, kinds, local = _without_kinds(raw.get("drugs"))
    named = _drugs(context, drugs, path)
    unresolved = (*named.unresolved, *_unresolved(context, raw.get("unresolved"), path))
    classes = (*_classes(context, raw.get("classes"), path), *named.classes)
    attributes = _attributes(context, raw, path)
    said = bool(named.drugs or unresolved or classes)
    if kinds and not said:
        attributes.setdefault("kind", Choice(kinds))
    if named.set_aside and not (said or kinds):
        # No medicine against the cancer was named, and the owner is told so: no treatment of it.
        return None
    source = read_source(context, raw.get("source"), None, path)
    own = is_of_this_form(source)
    misspelled = set(raw) - set(KEYS)
    if own and not misspelled and not (said or "kind" in attributes):
        what = "this treatment says neither which drugs it was, nor of which kind"
        context.refuse(path, "missing-key", what, "drugs: [...], or classes: [chemotherapy]")
    if own:
        refuse_unsound(context, attributes, path, medicines=bool(named.drugs))
    if kinds and said:
        context.messages.append(_set_aside(kinds, path))
    words = text_of(context, raw, "words", path)
    if words is None and local and not said:
        words = local
    return Treatment(
        named.drugs,
        tuple(dict.fromkeys(unresolved)),
        tuple(dict.fromkeys(classes)),
        attributes,
        source,
        words,
        read_also_in(context, raw.get("also_in"), path),
    )


def _set_aside(kinds: frozenset[str], path: Path) -> Message:
    """What is told of surgery or radiation among the medicines of one entry."""
    what = f"{' and '.join(sorted(kinds))} among the medicines was set aside: it is no medicine"
    advice = "give it an entry of its own, with its days: kind: radiotherapy"
    return Message("not_a_cancer_medicine", dotted((*path, "drugs")), what, advice)


def _without_kinds(raw: object) -> tuple[object, frozenset[str], str]:
    """The names under `drugs:` without surgery and radiotherapy, which of these were there, and as what."""
    names = [raw] if isinstance(raw, str) else raw
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return raw, frozenset(), ""
    kinds = {name: kinds_named(name) for name in names}
    kept = [name for name in names if not kinds[name]]
    found = frozenset(kind for name in names for kind in kinds[name])
    return kept, found, ", ".join(name.strip() for name in names if kinds[name])


def kinds_named(name: str) -> Sequence[str]:
    """Surgery, radiotherapy or both, if the name says nothing else."""
    parts = re.split(r"\s*(?:\+|,|;|&|\band\b|\bwith\b|\bthen\b)\s*", plain_name(name))
    tidy = [" ".join(_AMOUNTS.sub(" ", part).split()) for part in parts]
    found = [
        next((kind for kind, words in _KINDS.items() if words.fullmatch(part)), "")
        for part in tidy
        if part
    ]
    return found if all(found) else ()


def _drugs(context: FormContext, raw: object, path: Path) -> NamedDrugs:
    """The drugs under `drugs:`; a name that fits none stays as written, and the owner is told."""
    names = [raw] if isinstance(raw, str) else raw
    if names is None:
        return NamedDrugs()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        context.refuse((*path, "drugs"), "wrong-type", "`drugs` must be a list of names")
        return NamedDrugs()
    written = [name for name in names if name.strip()]
    found = [context.names.read(name) for name in written]
    named = together(part for each in found for part in each.parts)
    where = dotted((*path, "drugs"))
    context.messages += told_of(named, where)
    for name, each in zip(written, found, strict=True):
        context.messages += told_in_turn(name, each, where)
    return named


def _unresolved(context: FormContext, raw: object, path: Path) -> tuple[str, ...]:
    """Names that are already known to fit no drug, as another record wrote them."""
    names = [raw] if isinstance(raw, str) else raw
    if names is None:
        return ()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        context.refuse((*path, "unresolved"), "wrong-type", "`unresolved` must be a list of names")
        return ()
    return tuple(names)


def _classes(context: FormContext, raw: object, path: Path) -> tuple[str, ...]:
    names = [raw] if isinstance(raw, str) else raw
    if names is None:
        return ()
    if not isinstance(names, list):
        context.refuse((*path, "classes"), "wrong-type", "`classes` must be a list")
        return ()
    found: list[str] = []
    for index, name in enumerate(names):
        known = _class(context, name) if isinstance(name, str) else ()
        if not known:
            advice = closest(name, context.classes) if isinstance(name, str) else ""
            what = "this is not a family of drugs"
            context.refuse((*path, "classes", index), "unknown-value", what, advice)
        found += known
    return tuple(found)


def _class(context: FormContext, name: str) -> tuple[str, ...]:
    tidy = "_".join(name.casefold().replace("-", " ").split())
    if tidy in context.classes:
        return (tidy,)
    named = context.names.read(name)
    return named.classes if not named.drugs and not named.unresolved else ()


def _attributes(context: FormContext, raw: Mapping[str, object], path: Path) -> dict[str, Value]:
    """Every attribute that is stated; one that is "unknown" is left out, which says the same."""
    found: dict[str, Value] = {}
    for name in ATTRIBUTES:
        if raw.get(name) is None:
            continue
        try:
            value = context.attributes.read(name, raw[name]).value
        except NotRead as fault:
            context.refuse_value((*path, name), fault)
            continue
        if not isinstance(value, Absent):
            found[name] = value
    return found
