"""Whether what is known of visits, side effects and symptoms is whole: every name leads somewhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem
from fingerpost.knowledge.drawings import faults_of
from fingerpost.knowledge.plan_sentences import patient_sentences

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.knowledge.plan_model import Given

# Words that promise, command, judge a person or make war, and what stands there instead.
_BANNED = {
    r"you (should|must) (take|stop|have|choose)": "say what it is; the person and the team decide",
    r"recommended for you|we (advise|recommend)": "say who says so, and of whom",
    # "Works best when" is about how to take something, not about what to choose.
    r"(?<!work )(?<!works )best": "say better than what, or leave it out",
    r"safe(r|st|ly|ty)?": "say what is known to happen, and how often",
    r"cure[ds]?|guarantee[ds]?": "say what it can do",
    r"diagnose[ds]?|detect(s|ed)?": "`find`, or `can be a sign of`",
    r"failed|fails|terminal": "`stopped working`",
    r"eligible": "`matches the label`",
    r"stop (taking )?your (medicine|tablets|treatment)s?": "the team decides; say when to call",
    r"nothing to do": "there is always something: say it",
    r"fight(s|ing)?|battles?|wars?|weapons?|enem(y|ies)|soldiers?|arm(y|ies)|victims?|survivors?"
    r"|(?<!heart )attack(s|ed|ing)?": "words of illness, not of war",
}
_BANNED_WORDS = tuple((re.compile(rf"\b({p})\b", re.IGNORECASE), a) for p, a in _BANNED.items())
# Times are left out: days of a plan stand in fields of their own, and 24 hours is a question.
_MEASURED = re.compile(
    r"\d[\d.,]* ?(%|percent\b|°|degrees\b|(mg|µg|g|kg|ml|l|mm|cm|ms|msec|mmol|mmHg|U)\b)"
    r"|\d[\d.,]* (of|in|out of)( every)? 1(0|,?0)*0?\b",
    re.IGNORECASE,
)


def effects_are_known(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Side effects of drugs that the list of effects does not explain."""
    known = knowledge.following.effects
    for side_effect in knowledge.following.side_effects.values():
        if side_effect.effect not in known:
            what = f"there is no effect `{side_effect.effect}`"
            advice = f"add it to effects.yaml, or {nearest(side_effect.effect, known)}"
            yield Problem("unknown-id", side_effect.place, what, "", advice)


def helps_are_known(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Help that is told with medicines or families that nobody knows, and so never."""
    for effect in knowledge.following.effects.values():
        for each in effect.helps:
            families = {*each.classes, *each.not_with} - set(knowledge.classes)
            for name in sorted({*each.drugs} - set(knowledge.drugs) | families):
                known = [*knowledge.drugs, *knowledge.classes]
                what = f"there is no medicine and no family `{name}`"
                yield Problem("unknown-id", effect.place, what, "", nearest(name, known))


def parts_follow(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Later parts of a treatment whose first day nobody could ever count."""
    ways = knowledge.following.given.values()
    for given in ways:
        before = given.begins_after
        if before is None:
            continue
        if before not in {*given.together_with, *given.drugs, *given.classes}:
            what = f"it begins after `{before}`, which may not be beside it"
            yield Problem("wrong-value", given.place, what, "", f"together_with: [{before}]")
        if not given.after_surgery and not any(_ends(way, before, knowledge) for way in ways):
            what = f"it begins after `{before}`, which never ends"
            yield Problem("missing-key", given.place, what, "", "`cycles` or `lasts` there")


def _ends(given: Given, name: str, knowledge: Knowledge) -> bool:
    """Whether a way is one of this medicine or family, and has an end."""
    drugs = [knowledge.drugs[drug] for drug in given.drugs if drug in knowledge.drugs]
    families = {c for drug in drugs for c in drug.classes}
    has_end = given.cycles is not None or given.lasts is not None
    return has_end and name in {*given.drugs, *given.classes, *families}


def drugs_are_followed(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Medicines of options of which nobody could say how they are given, or what they do to a person."""
    following = knowledge.following
    named = {drug for option in knowledge.options.values() for drug in option.drugs}
    for drug in sorted(named & set(knowledge.drugs)):
        found = knowledge.drugs[drug]
        families = {drug, *found.classes, *found.components}
        families |= {c for part in found.components for c in knowledge.drugs[part].classes}
        for what, things in (
            ("how it is given", following.given),
            ("its side effects", following.side_effects),
        ):
            if not any(families & {*t.drugs, *t.classes} for t in things.values()):
                told = f"nothing says {what}"
                advice = "monitoring/<id>.yaml, side_effects/<id>.yaml"
                yield Problem("not-followed", found.place, told, "", advice, "warning")


def patient_words(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Words that no sentence for patients may use."""
    for sentence in patient_sentences(knowledge):
        for banned, advice in _BANNED_WORDS:
            for found in banned.finditer(sentence.text):
                what = f"`{sentence.key}` says `{found.group()}`"
                yield Problem("patient-word", sentence.place, what, "", advice)


def numbers_have_sources(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Numbers with a unit or a share of people, told to patients without anybody who said so."""
    for sentence in patient_sentences(knowledge):
        found = _MEASURED.search(sentence.text)
        if found is not None and sentence.source is None:
            what = f"`{sentence.key}` says `{found.group()}` and names no source"
            advice = "`source: <id>`, or say it without the number"
            yield Problem("number-without-source", sentence.place, what, "", advice)


def drawings_are_plain(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Drawings that are not whole, or hold more than shapes and words."""
    for explainer in knowledge.following.explainers.values():
        for fault in faults_of(explainer.drawing) if explainer.drawing is not None else ():
            advice = "an SVG of plain shapes and words; see a neighbor in explainers/"
            yield Problem("wrong-drawing", explainer.place, f"the drawing: {fault}", "", advice)
