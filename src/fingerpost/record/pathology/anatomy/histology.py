"""Which type of breast cancer a report names, whether it is invasive, and whether inflammatory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import (
    PRELIMINARY,
    found,
    nearest,
    negated,
    sentence_after,
    sentence_before,
)
from fingerpost.record.pathology.anatomy.tumor_words import IN_SITU, INVASIVE, is_after_medicine
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Choice

_GAP = r"[\s.,)(:-]{1,3}"
_GROWS = r"(?:invasive|infil/?trati(?:ng|ve))"
_TYPES = (
    r"(?:duct(?:al)?|lobular|mucinous|colloid|tubular|tubulolobular|papillary|micropapillary|medullary|metaplastic|cribriform|"
    r"apocrine|secretory|adenoid cystic|neuroendocrine)"
)
_KINDS = rf"{_TYPES}(?:\s?(?:/|,|&|\+|and|-)\s?(?:{_GROWS} )?{_TYPES}){{0,2}}"
# Read by machine, "carcinoma" loses a letter now and then.
_CANCER = r"(?:adeno-?)?(?:carcin[o0u]\w{1,3}|cancers?|ca\b)"
# Up to four words may stand between: "invasive moderately differentiated ductal carcinoma".
_BETWEEN = r"(?:(?!in\b|situ|dcis|component|intraductal|no\b|not\b|with\b|and\b)[a-z-]{1,15}[\s.,)(-]{1,3}){0,4}?"
_NAMED = re.compile(
    rf"\b{_GROWS}{_GAP}{_BETWEEN}(?P<mixed>mixed{_GAP})?(?P<kinds>{_KINDS}){_GAP}(?:type{_GAP}|mammary{_GAP}|breast{_GAP})?{_CANCER}"
    rf"|\b(?P<mixed2>mixed{_GAP})?(?P<kinds2>{_KINDS}){_GAP}{_GROWS}{_GAP}{_CANCER}"
    r"|\bcarcinoma\s(?P<latin>ductale|lobulare|mucinosum|tubulare|metaplasticum|medullare|papillare)(?:\s(?:et|mucinosum)\s\w+)?\s(?:invas\w+|infiltr\w+)"
)
_SPECIAL = re.compile(
    rf"\b{_GROWS}{_GAP}{_BETWEEN}{_CANCER}{_GAP}(?:\(?of{_GAP})?(?P<none>no special type|nst\b|not otherwise specified|nos\b|no specific type)"
)
_SYNOPTIC = re.compile(
    rf"\bhistologic(?:al)?{_GAP}(?:sub)?type[\w\s()/]{{0,30}}:\s{{0,3}}(?:{_GROWS}{_GAP})?(?P<mixed>mixed{_GAP})?(?P<kinds>{_KINDS})\b(?P<cancer>{_GAP}{_CANCER})?"
)
_LATIN = {"ductale": "ductal", "lobulare": "lobular", "metaplasticum": "metaplastic"}
_ABBREVIATED = {"idc": "ductal", "ilc": "lobular"}
_SPELLED = {"duct": "ductal"}
_INFLAMMATORY = re.compile(rf"\binflammatory{_GAP}(?:breast{_GAP})?(?:type{_GAP})?{_CANCER}")
_INVADES = re.compile(rf"\b{_GROWS}{_GAP}{_BETWEEN}(?:(?:mammary|breast|{_KINDS}){_GAP})?{_CANCER}")
_NO_INVASION = re.compile(
    rf"\b(?:no|negative for|without)\s(?:(?:definite|evidence of|stromal|residual)\s){{0,2}}(?:{_GROWS} (?:component|{_CANCER})|invasion)\b"
    rf"|\bnon-?\s?invasive\b|\b{_GROWS} (?:component|{_CANCER})[:\s]{{1,3}}(?:is |are )?(?:not (?:identified|present|seen)|absent|none)"
)
_OPERATION = re.compile(
    r"\b(?:mastectomy|lumpectomy|segmentectomy|wide local excision|quadrantectomy|partial mastectomy)\b"
)
_AFTERWARDS_NOT = re.compile(
    r"[\s:,]{0,3} {0,40}(?:is |are |was |were |component |carcinoma ){0,3}(?:not (?:identified|present|seen|found|detected)|absent|none)\b"
    r"|[^.;:\n]{0,40}:\s{0,3} {0,40}(?:no\s{0,3}(?=[.,;\n]|$)|none\b|absent\b|not (?:identified|present|seen|found|detected)\b)"
)
_AFTERWARDS_UNSURE = re.compile(
    r"\s(?:(?:is|are|was|were|has been|have been)\s)?(?:ruled out|excluded|not excluded|unlikely|suspected|possible|not (?:entirely )?certain)\b"
    r"|\s(?:cannot|could not|can not) be (?:\w+ly )?(?:excluded|ruled|confirmed|established)\b|\s?\?"
)
# "IDC" and "ILC" alone; beside each other, or "with lobular features", they are left open.
_SHORT = re.compile(r"\b(?P<short>idc|ilc)\b")
_BESIDE = re.compile(
    r"\s?(?:[/+&]|,?\s(?:and|with|or|vs\.?|mixed)\s)\s?(?:\w+\s){0,2}(?:idc|ilc|ductal|lobular|mucinous|tubular)\b"
)
_BESIDE_BEFORE = re.compile(
    r"\b(?:mixed|(?:idc|ilc|ductal|lobular)\s?(?:[/+&]|(?:and|with|or|vs\.?)\s(?:\w+\s)?))\s?$"
)
# "Type: lobular, classical", where the invasive cancer is what was spoken of last.
_TYPED = re.compile(
    r"(?:\b(?:tumou?r|carcinoma|cancer|invasive(?: tumou?r| carcinoma| cancer)?)\s|(?<![a-z]\s)(?<![a-z]))type\s?:\s{0,3} {0,40}(?:(?:pure|pleomorphic|classic(?:al)?)\s)?"
    rf"(?:(?P<kinds>{_KINDS})(?:\s?/?\s?nst\b)?|(?P<none>no special type|nst))\b"
)


def read_histology(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """The type, and that the cancer is invasive, from the same words; and "inflammatory"."""
    yield from _types(report, dictionaries)
    short = list(_positive(report, _SHORT))
    for match in short:
        if not _stands_beside_another(report, match):
            yield _said(report, "histology", _ABBREVIATED[match["short"]], match)
    invasive = [*_positive(report, _INVADES), *short]
    for match in invasive:
        yield _said(report, "invasive", "yes", match)
    if not invasive:
        yield from _only_in_situ(report)
    yield from _inflammatory(report)


def _types(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    for pattern in (_NAMED, _SPECIAL, _SYNOPTIC, _TYPED):
        for match in _positive(report, pattern):
            if pattern is not _TYPED or _speaks_of_the_invasive(report, match):
                yield from _type(report, dictionaries, match)


def _inflammatory(report: ReportText) -> Iterator[Statement]:
    for match in found(report, _INFLAMMATORY):
        if _AFTERWARDS_UNSURE.match(report.chosen, match.end()):
            continue
        no = negated(sentence_before(report, match.start())) or _AFTERWARDS_NOT.match(
            report.chosen, match.end()
        )
        yield _said(report, "inflammatory", "no" if no else "yes", match)


def _speaks_of_the_invasive(report: ReportText, match: re.Match[str]) -> bool:
    before = report.folded[max(0, match.start() - 200) : match.start()]
    return "invasive" in match[0] or nearest(before, INVASIVE, IN_SITU) == 0


def _stands_beside_another(report: ReportText, match: re.Match[str]) -> bool:
    before = sentence_before(report, match.start(), 40)
    return bool(_BESIDE.match(report.folded, match.end()) or _BESIDE_BEFORE.search(before))


def _positive(report: ReportText, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for match in found(report, pattern):
        before = sentence_before(report, match.start(), 100)
        turned = _AFTERWARDS_NOT.match(report.chosen, match.end())
        unsure = _AFTERWARDS_UNSURE.match(report.chosen, match.end())
        if not negated(before) and not turned and not unsure:
            yield match


def _type(
    report: ReportText, dictionaries: Dictionaries, match: re.Match[str]
) -> Iterator[Statement]:
    """The type as the catalogue names it; what it does not name is another type."""
    groups = match.groupdict()
    if groups.get("none"):
        names = {"no special type"}
    elif groups.get("latin"):
        names = {_LATIN.get(groups["latin"], "other type")}
    else:
        kinds = groups.get("kinds") or groups.get("kinds2") or ""
        names = {_SPELLED.get(kind, kind) for kind in re.findall(_TYPES, kinds)}
    if re.match(r"[\s,-]{0,3}in[\s.-]{1,2}situ", report.folded[match.end() :]):
        return
    if (
        match.re is _SYNOPTIC
        and not groups.get("cancer")
        and IN_SITU.search(sentence_after(report, match.end(), 20))
    ):
        return
    after = sentence_after(report, match.end(), 60)
    if groups.get("latin") and re.match(r"\s(?:partim|et|cum)\b", after):
        return
    value = _value(
        dictionaries, names, mixed=bool(groups.get("mixed") or groups.get("mixed2")), after=after
    )
    if value is not None:
        yield _said(report, "histology", value, match)


def _value(dictionaries: Dictionaries, names: set[str], *, mixed: bool, after: str) -> str | None:
    if {"ductal", "lobular"} <= names:
        return "mixed"
    if mixed or re.match(
        r"[\s,(]{0,3}(?:with|and)\s(?:\w+\s){0,3}(?:ductal|lobular|mucinous|tubular)", after
    ):
        # Two types in words that do not say which: left open.
        return None
    values = set()
    for name in names:
        said = dictionaries.reader.words.say("histology", name)
        values.add(next(iter(said.values)) if said and len(said.values) == 1 else "other")
    return values.pop() if len(values) == 1 else "other"


def _said(report: ReportText, fact: str, value: str, match: re.Match[str]) -> Statement:
    statement = report.statement(fact, Choice(frozenset({value})), match.start(), match.end())
    if statement.section == "intraoperative":
        return not_counting(statement, PRELIMINARY)
    return statement


def _only_in_situ(report: ReportText) -> Iterator[Statement]:
    """That nothing invades, of a whole tumor: a biopsy sees a part, and medicine may have cleared it."""
    if is_after_medicine(report.folded) or not _OPERATION.search(report.folded):
        return
    if not IN_SITU.search(report.folded):
        return
    for match in found(report, _NO_INVASION):
        yield _said(report, "invasive", "no", match)
