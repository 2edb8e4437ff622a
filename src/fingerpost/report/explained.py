"""Explaining: how a kind of treatment works, what a test shows, what a word means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fingerpost.errors import Problem, UsageError
from fingerpost.messages import gettext as _
from fingerpost.messages import kept, marked
from fingerpost.messages.spelling import Speller
from fingerpost.report.spoken import spoken
from fingerpost.report.text.head import mark_of
from fingerpost.report.text.layout import item, listed, section, wrap

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.knowledge.plan_model import Explainer, Term

CLOSING = marked(
    "This explains. It does not say which treatment to have; that is for you and your team."
)
_TITLES = {"mechanism": marked("How treatments work"), "test": marked("What tests show")}


@dataclass(frozen=True, slots=True)
class Explained:
    """What there is to say of a word: the explainers about it and the terms that it is."""

    word: str
    explainers: tuple[Explainer, ...]
    terms: tuple[Term, ...]


def explained(word: str, knowledge: Knowledge) -> Explained:
    """What is known of a word: an explainer, a term, a test, a kind of medicine or a medicine.

    Raises:
        UsageError: nothing explains it; the nearest words are named.
    """
    asked = _plain(_american(word, knowledge))
    following = knowledge.following
    terms = tuple(
        term
        for term in following.terms.values()
        if asked in _names(term) or asked in _names(spoken(term))
    )
    # What a term stands for is explained with it: "hormone therapy" is endocrine_therapy.
    ids = dict.fromkeys((asked, *(term.id for term in terms)))
    explainers = {each.id: each for name in ids for each in explainers_named(name, knowledge)}
    found = Explained(word, tuple(explainers.values()), terms)
    if found.explainers or found.terms:
        return found
    known = {*following.explainers, *knowledge.drugs}
    known |= {name for term in following.terms.values() for name in _names(term)}
    near = difflib.get_close_matches(asked, sorted(known), n=3, cutoff=0.6)
    advice = " or ".join(near) or "`fingerpost explain` lists all"
    raise UsageError([Problem("unknown-id", word, "nothing here explains this", "", advice)])


def _american(word: str, knowledge: Knowledge) -> str:
    """The word in the spelling of the knowledge, for whoever asks in British English."""
    spelling = knowledge.following.spelling
    return Speller({gb: us for us, gb in spelling.items() if gb.islower()}).text(word.casefold())


def explainers_named(asked: str, knowledge: Knowledge) -> Iterator[Explainer]:
    """Explainers of that name, of a test, of a kind of medicine, or of the kinds of a medicine."""
    drug = next((d for d in knowledge.drugs.values() if asked in {_plain(d.id), *_called(d)}), None)
    kinds = {asked, *(() if drug is None else (drug.id, *drug.classes))}
    for explainer in knowledge.following.explainers.values():
        own = {explainer.id, *explainer.classes, *explainer.drugs, *explainer.tests}
        # "PD-L1" and "ER" lead to `pdl1_cps` and `er_pr` too.
        begun = f"{explainer.id}_".startswith(f"{asked}_")
        if kinds & own or begun or asked.replace("_", "") in explainer.id.split("_"):
            yield explainer


def explained_words(
    words: Iterable[Term], explainers: Iterable[Explainer], knowledge: Knowledge
) -> dict[str, list[Explainer]]:
    """To which of these explanations each word leads, by the id of the word."""
    there = list(explainers)
    found = {word.id: list(explainers_named(word.id, knowledge)) for word in words}
    return {word: [each for each in there if each in named] for word, named in found.items()}


def _called(drug: object) -> Iterator[str]:
    names: Sequence[object] = (getattr(drug, "name", ""), *getattr(drug, "brands", ()))
    return (_plain(str(getattr(name, "name", name))) for name in names)


def _names(term: Term) -> set[str]:
    """All the ways in which a term may be asked for, what stands in brackets too."""
    first, _bracket, second = term.term.rstrip(")").partition(" (")
    return {term.id, *map(_plain, (term.term, first, second, *term.also_written))} - {""}


def _plain(word: str) -> str:
    return "_".join(re.split(r"[\s/_-]+", word.casefold().strip()))


def list_text(knowledge: Knowledge) -> str:
    """What can be explained, by kind."""
    knowledge = spoken(knowledge)
    explainers = knowledge.following.explainers.values()
    blocks = [
        section(
            _(title),
            *(item(f"{each.id}: {each.title}") for each in explainers if each.kind == kind),
        )
        for kind, title in _TITLES.items()
    ]
    words = sorted((term.term for term in knowledge.following.terms.values()), key=str.casefold)
    lines = [_("Ask for one: fingerpost explain ID, or any of the words.")]
    lines += [line for block in blocks for line in block]
    lines += section(_("Words"), wrap(listed(words) + ".", 2)) if words else []
    return "\n".join([*lines, ""])


def explained_text(found: Explained, knowledge: Knowledge) -> str:
    """The explanation as text: words first, then each explainer with its drawing told."""
    found = said(found)
    lines: list[str] = []
    for term in found.terms:
        lines += wrap(f"{term.term}: {term.plain}{mark_of(term.state)}", hang=2)
    for explainer in found.explainers:
        lines += [""] if lines else []
        lines += wrap(f"{explainer.title}{mark_of(explainer.state)}")
        lines += wrap(explainer.in_short, 2)
        for paragraph in explainer.paragraphs:
            lines += ["", *wrap(paragraph, 2)]
        if explainer.drawing_says is not None:
            lines += ["", *wrap(_("The drawing: %(words)s", words=explainer.drawing_says), 2)]
        source = source_words(explainer, knowledge)
        lines += ["", *wrap(source, 2)] if source else []
    return "\n".join([*lines, "", *wrap(_(CLOSING)), ""])


def said(found: Explained) -> Explained:
    """What explains a word in the reader's language."""
    return Explained(found.word, spoken(found.explainers), spoken(found.terms))


def source_words(explainer: Explainer, knowledge: Knowledge) -> str:
    """What an explainer rests on, in one line; empty when it names no source."""
    source = knowledge.sources.get(explainer.source or "")
    if source is None:
        return ""
    told = _(
        "Source: %(title)s (%(publisher)s, read on %(day)s).",
        title=kept(source.title),
        publisher=kept(source.publisher),
        day=source.checked_on.isoformat(),
    )
    return f"{told} {explainer.note}" if explainer.note else told
