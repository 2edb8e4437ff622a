"""What a mention says of HER2: the stain, the gene test, or the status as reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fingerpost.record.pathology.receptors.marks import Mark
from fingerpost.record.pathology.receptors.mentions import Mention
from fingerpost.record.pathology.receptors.values import (
    OLD_WORD,
    TICKED_TWICE,
    Said,
    Share,
    are_both_ticked,
)
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice

_ISH = r"(?:fish|c?ish|sish|dish|in[\s.-]situ|dual[\s-]probe)\b"
_ISH_AFTER = re.compile(
    rf"[\s.(,]{{0,3}}(?:by|with|on|using|via|per|in)\s(?:\w{{1,14}}\s){{0,2}}{_ISH}"
)
_IHC_AFTER = re.compile(
    r"[\s.(,]{0,3}(?:by|with|on|using|via)\s(?:\w{1,14}\s){0,2}(?:ihc|immuno|hercept)"
)
_ISH_STRAIGHT = re.compile(r"\b(?:fish|c?ish|sish|dish)[\s:=(]{0,3}$")
_ISH_NEAR = re.compile(rf"\b{_ISH}|\bamplif|\bgene\b|\bratio\b|\bcep\s?17")
_IHC_NEAR = re.compile(
    r"\bihc\b|\bimmuno|\bprotein\b|\bover-?\s?express|\bhercept|\bmembran|\bstain|\bscore\b|\boncoprotein"
)
_DUAL = re.compile(r"\bratio\b|\bcep\s?-?17|\bchr\w*\s?-?17|\bdual|\bcentromer")
_SINGLE = re.compile(r"\bsingle[\s-]probe|\bsingle colou?r")
_NO_STAIN = re.compile(
    r"\bno (?:membran\w* |immuno)?(?:staining|reactivity)\b|\bcomplete(?:ly)? (?:absence|absent)|\bnull\b"
)
_SOME_STAIN = re.compile(r"\b(?:faint|barely|incomplete|weak)\b[^.;]{0,60}\b(?:10|\d)\s?%")
# "3+ in 5 % of cells": the score is one of more than 10 % (its words in facts/her2.yaml).
_IN_FEW_CELLS = re.compile(
    r"\s?(?:(?:membran\w*|stain\w*|positiv\w*|intens\w*|only|strong|complete)\s){0,4}\(?(?:in|of|by)?\s?"
    r"(?:(?:only|about|approximately|up to|fewer than|less than|<|<=|\u2264|~)\s?){0,2}(?:10|\d)(?:\.\d)?"
    r"(?:\s?-\s?(?:10|\d))?\s?(?:%|percent)\s(?:of\s)?(?:the\s)?(?:invasive\s)?(?:tumou?r\s)?cells"
    r"|\s?\(?,?\s?focal(?:ly)?\b,?\s?\(?(?:in\s)?[<~]?\s?(?:10|\d)(?:\.\d)?\s?%"
)
FEW_CELLS = "this score is told of 10 % of the cells or fewer, but it is one of more than 10 %"
UNNAMED = "HER2 is not named here; among the receptors of breast cancer only its gene is tested so"
# A gene counted by sequencing is no in situ test: the label of no medicine rests on it here.
_SEQUENCING = re.compile(
    r"\bnext[\s-]generation|\bngs\b|\bsequenc|\b(?:gene|genomic|hotspot|mutation|solid tumou?r|dna)"
    r"[\s-](?:panel|profil|alteration)|\bc[tf]dna\b|\bcell[\s-]free|\bliquid biops|\bplasma\b(?!\scell)"
    r"|\bguardant|\bfoundation\s?(?:one|medicine)|\btempus\b|\bexome|\btmb\b"
    r"|\bcopy[\s-]number (?:gain|loss|alteration|variation|variant)|\bmicrosatellite|\bpik3ca\b"
    r"|\bgenomic (?:findings|results|testing)"
)
_RECEPTOR_WORDS = re.compile(
    rf"\bher-?\s?2|\bneu\b|\ber\b|\bpr\b|\bpgr\b|estrogen|progest|\bc-?erb|\bihc\b|\bimmuno|\b{_ISH}"
)
_SEQUENCED_WITHIN = 500
_NEXT_CELL = re.compile(r"[ ]?(?:\t+| {3,})(?:0(?![\w.%+/-])|(?P<m>[123])\s?\+)")
_STRONG = Choice(frozenset({"3+"}))
_SIGNS = {"++": "2+", "+++": "3+", "0": "0"}


def her2_values(text: str, mention: Mention, share: Share) -> Iterator[Said]:
    """Each fact of HER2 once: the first thing a mention says of it."""
    said: dict[str, Said] = {}
    by_sequencing = _is_by_sequencing(text, mention)
    for each in _all(text, mention, share):
        if by_sequencing and each.fact in ("her2_ish", "her2_reported"):
            continue
        said.setdefault(each.fact, each)
    reported, score = said.get("her2_reported"), said.get("her2_ihc")
    if reported is not None and score is not None and _between(reported.value, score.value):
        del said["her2_reported"]
    elif reported is not None and score is not None and _old_word(reported.value, score.value):
        del said["her2_reported"]
        said["her2_ihc"] = Said(score.fact, score.value, score.start, score.end, OLD_WORD)
    yield from said.values()


def _is_by_sequencing(text: str, mention: Mention) -> bool:
    """Whether a gene panel is spoken of, and neither a stain nor an in situ test in the sentence."""
    start, end = mention.group.start, max(mention.reach, mention.group.end, mention.none_until)
    low = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start), text.rfind(";", 0, start)) + 1
    high = min((at for at in (text.find(". ", end), text.find("\n", end)) if at >= 0), default=end)
    sentence = text[max(low, start - 160) : min(high, end + 120)]
    if re.search(rf"\b{_ISH}", sentence) or _IHC_NEAR.search(sentence):
        return False
    if _SEQUENCING.search(sentence):
        return True
    gene = re.search(r"\berbb-?2\b|\bamplif|\bgene\b", sentence)
    if gene is None:
        return False
    # The name of the gene alone, in a text without any word of receptors, is how panels speak.
    if _RECEPTOR_WORDS.search(text) is None:
        return True
    near = text[max(0, start - _SEQUENCED_WITHIN) : start]
    panel = max((m.end() for m in _SEQUENCING.finditer(near)), default=-1)
    in_situ = max((m.end() for m in re.finditer(rf"\b{_ISH}", near)), default=-1)
    return panel > in_situ


def _between(reported: object, score: object) -> bool:
    """Whether "equivocal" stands beside two scores, of which one is not: then the scores say it."""
    return (
        reported == Choice(frozenset({"equivocal"}))
        and isinstance(score, Choice)
        and len(score.possible) > 1
    )


def _old_word(reported: object, score: object) -> bool:
    return reported == Choice(frozenset({"positive"})) and score == Choice(frozenset({"2+"}))


def _all(text: str, mention: Mention, share: Share) -> Iterator[Said]:
    if mention.none_from is not None:
        gene = re.search(r"amplif", text[share.end : share.end + 40])
        fact = "her2_ish" if gene else "her2_reported"
        negative = Choice(frozenset({"negative"}))
        yield Said(fact, negative, mention.none_from, mention.none_until)
        return
    if mention.unnamed:
        yield from _unnamed(share)
        return
    if are_both_ticked(text, share.results):
        absent = Absent(AbsenceKind.NOT_KNOWN)
        yield share.said("her2_reported", absent, share.results[0], TICKED_TWICE)
        return
    for mark in share.results:
        yield from _result(text, mention, share, mark)
    yield from _numbers(text, share)


def _unnamed(share: Share) -> Iterator[Said]:
    """A gene test among the receptors of a report that does not name HER2: only "(not) amplified"."""
    for mark in share.results:
        for each in mark.meanings:
            if each.fact == "her2_ish" and each.value:
                yield share.said("her2_ish", Choice(frozenset({each.value})), mark, UNNAMED)


def _result(text: str, mention: Mention, share: Share, mark: Mark) -> Iterator[Said]:
    score = _SIGNS.get(mark.words)
    if score is not None:
        yield share.said("her2_ihc", _with_next_cells(text, mark, {score}), mark)
        return
    if mark.words in "+-" and mark.words:
        value = "positive" if mark.words == "+" else "negative"
        fact = (
            "her2_ish"
            if _ISH_STRAIGHT.search(text, max(0, mark.start - 9), mark.start)
            else "her2_reported"
        )
        yield share.said(fact, Choice(frozenset({value})), mark)
        return
    for each in mark.meanings:
        if each.fact == "her2_ish" and each.value:
            yield share.said("her2_ish", Choice(frozenset({each.value})), mark)
        elif each.fact == "her2_reported" and each.value:
            gene = each.value in ("positive", "negative", "equivocal") and by_gene_test(
                text, mention, mark
            )
            fact = "her2_ish" if gene else "her2_reported"
            yield share.said(fact, Choice(frozenset({each.value})), mark)


def by_gene_test(text: str, mention: Mention, mark: Mark) -> bool:
    """Whether a result is one of the gene test: by the words after it, or the nearest before."""
    if _ISH_AFTER.match(text, mark.end):
        return True
    if _IHC_AFTER.match(text, mark.end):
        return False
    low = max(0, min(mention.group.start, mark.start) - 45)
    before = text[low : mark.start]
    gene = max((m.end() for m in _ISH_NEAR.finditer(before)), default=-1)
    stain = max((m.end() for m in _IHC_NEAR.finditer(before)), default=-1)
    return gene > stain


def _numbers(text: str, share: Share) -> Iterator[Said]:
    for mark in share.numbers:
        match mark.scale:
            case "ihc" if mark.score == _STRONG and _IN_FEW_CELLS.match(text, mark.end):
                yield share.said("her2_ihc", Absent(AbsenceKind.NOT_KNOWN), mark, FEW_CELLS)
            case "ihc":
                yield share.said(
                    "her2_ihc", _with_next_cells(text, mark, mark.score.possible), mark
                )
                yield from _staining(text, share, mark)
            case "ratio" | "copies":
                yield from _counted(text, share, mark)
            case _:
                pass


def _with_next_cells(text: str, mark: Mark, scores: Iterable[str]) -> Choice:
    """The score, or both of two in cells side by side: which sample's counts is not said."""
    possible = set(scores)
    cell = _NEXT_CELL.match(text, mark.end)
    while cell is not None:
        possible.add("0" if cell["m"] is None else f"{cell['m']}+")
        cell = _NEXT_CELL.match(text, cell.end())
    return Choice(frozenset(possible))


def _counted(text: str, share: Share, mark: Mark) -> Iterator[Said]:
    # "Copies < 4.0 or ratio < 1.8" quotes the cut-offs: one of the two holds, not known which.
    if re.search(r"\bor\s{0,2}$", text[max(0, mark.start - 5) : mark.start]) or re.match(
        r"\s?or\s", text[mark.end : mark.end + 5]
    ):
        return
    low, high = max(0, mark.start - 2000), mark.end + 2000
    if mark.scale == "ratio":
        yield share.said("her2_cep17_ratio", mark.interval, mark)
    elif _SINGLE.search(text, low, high):
        yield share.said("her2_copies_single_probe", mark.interval, mark)
    elif _DUAL.search(text, low, high):
        yield share.said("her2_copies", mark.interval, mark)


def _staining(text: str, share: Share, mark: Mark) -> Iterator[Said]:
    """Whether a score of 0 still shows a little; not where the definition of 0 is quoted whole."""
    if mark.score != Choice(frozenset({"0"})):
        return
    near = text[share.start : mark.end + 120]
    none, some = _NO_STAIN.search(near), _SOME_STAIN.search(near)
    if (none is None) == (some is None):
        return
    word = "absent" if none else "present"
    found = none or some
    end = max(mark.end, share.start + (found.end() if found else 0))
    yield Said("her2_membrane_staining", Choice(frozenset({word})), share.start, end)
