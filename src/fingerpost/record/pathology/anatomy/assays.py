"""Assays of the whole tumor: mismatch repair, microsatellites, mutational burden, gene scores."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import (
    found,
    negated,
    sentence_after,
    sentence_before,
)
from fingerpost.record.pathology.report_text import ReportText
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Choice, Interval

_PROTEINS = ("mlh1", "pms2", "msh2", "msh6")
_PROTEIN = r"(?:mlh-?1|pms-?2|msh-?2|msh-?6)"
_KEPT = re.compile(
    rf"(?:intact|retained|preserved|no loss of)(?: nuclear)?(?: expression| staining)?(?: (?:of|for|in))?(?: (?:all )?(?:four )?(?:mmr |mismatch repair )?proteins)?"
    rf"[\s:,(]{{1,4}}{_PROTEIN}(?:[\s,/&]{{1,3}}(?:and )?{_PROTEIN}){{0,3}}"
    rf"|{_PROTEIN}(?:[\s,/&]{{1,3}}(?:and )?{_PROTEIN}){{0,3}}[\s:,()-]{{1,4}}(?:(?:nuclear expression|protein|expression|staining|is|are|all)[\s:]{{1,2}}){{0,3}}(?:intact|retained|preserved|present)"
)
_LOST = re.compile(
    rf"(?:loss|absence|absent|lost) (?:of )?(?:nuclear )?(?:expression |staining )?(?:of |for |in )?{_PROTEIN}"
    rf"|{_PROTEIN}(?:[\s,/&]{{1,3}}(?:and )?{_PROTEIN})?[\s:,()-]{{1,4}}(?:(?:nuclear expression|expression|staining|is|are)[\s:]{{1,2}}){{0,2}}(?:lost|loss|absent)"
)
_MMR = re.compile(
    r"\b(?P<proficient>pmmr\b|(?:mmr|mismatch repair)[\s-](?:protein )?(?:proficient|intact)|proficient (?:mmr|mismatch repair))"
    r"|\b(?P<deficient>dmmr\b|(?:mmr|mismatch repair)[\s-](?:protein )?deficient|deficient (?:mmr|mismatch repair))"
)
_MSI = re.compile(
    r"\b(?P<stable>mss\b|microsatellite[\s-]stable|msi[\s-]?(?:l\b|low)|msi[\s:]{1,3}stable|microsatellite (?:instability|status)[\s:(msi)-]{1,10}(?:stable|mss|low))"
    r"|\b(?P<high>msi[\s-]?(?:h\b|high)|microsatellite[\s-]instability[\s,:-]{1,3}high|microsatellite (?:status)[\s:]{1,3}(?:instability[\s-]high|unstable))"
)
_DOUBT = re.compile(
    r"\b(?:if|may|can|could|probability|likelihood|risk|patients|tumors|approved|whether|rule|for|with)\b[^.;]{0,25}$"
)
# What stands behind may turn it round ("MSI-H not detected"), or speak of others ("MSI-high tumors").
_TURNED_AFTER = re.compile(
    r"[\s:,)(-]{0,4} {0,40}(?:(?:status|phenotype|cancer|is|was|are)\s){0,2}(?:not\b|no\b|absent|negative|excluded|ruled out|unlikely|none\b|undetected|\?)"
    r"|(?:/[\w-]{1,12})?\s(?:or|and|solid|metastatic|advanced)?\s?(?:\w+\s)?(?:tumou?rs|cancers|patients|disease may|cut-?\s?off|threshold|limit|if\b)"
)
_BURDEN = re.compile(
    r"\b(?:tmb|tumou?r mutation(?:al)? burden)\b(?P<between>[^.;\d]{0,40}?)(?P<sign>[<>\u2264\u2265]=?\s?)?(?P<number>\d{1,3}(?:\.\d{1,2})?)\s?(?:mut\w*|m|variants)\s?(?:/|per)\s?(?:mb|megabase)"
)
_NOT_ITS_NUMBER = re.compile(
    r"\b(?:threshold|cut-?\s?off|limit|reference|defined|if|above|below|over|under|least|than|up to)\b|\bhigh\b[^\d]{0,3}\($"
)
_OF_IN_SITU = re.compile(r"\b(?:dcis|in[\s-]situ)\b")
_ONCOTYPE = re.compile(
    r"\b(?:oncotype[^.;\n\d]{0,60}|recurrence score[^.;\n\d]{0,24}|\brs[\s:=]{1,3})(?:is |of |was |[:=(]\s?)?(?P<score>\d{1,3})(?![\d%.,]\d|\d|\s?(?:-|to\b|or\b|%|gene|year)|\))"
)
_RANGE = re.compile(
    r"(?:<|>|\u2264|\u2265|below|above|less than|greater than|up to|at least|between)\s?=?\s?$"
)
_RISK = re.compile(
    r"\b(?:mammaprint|prosigna|endopredict|epclin|pam50)\b[^.;\n]{0,50}?\b(?P<risk>low|high)[\s-](?:risk)\b"
)


def read_assays(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Mismatch repair, microsatellites, mutational burden, recurrence score and genomic risk."""
    yield from _repair(report)
    for match in found(report, _MSI):
        if not _doubtful(report, match):
            yield _said(report, "msi", "stable" if match["stable"] else "high", match)
    yield from _burden(report)
    yield from _recurrence(report)
    for match in found(report, _RISK):
        if "genomic_risk_reported" in dictionaries.reader.catalogue and not _doubtful(
            report, match
        ):
            yield _said(report, "genomic_risk_reported", match["risk"], match)


def _burden(report: ReportText) -> Iterator[Statement]:
    """The number of mutations; with a sign before it, what it may be."""
    for match in found(report, _BURDEN):
        number, sign = float(match["number"]), (match["sign"] or "").strip()
        if _NOT_ITS_NUMBER.search(match["between"]) or (sign == "<" and not number):
            continue
        value = Interval(number, number)
        if sign in ("<", "<=", "\u2264"):
            value = Interval(0, number, high_open=sign == "<")
        elif sign:
            value = Interval(number, low_open=sign == ">")
        yield report.statement("tmb", value, *match.span())


def _recurrence(report: ReportText) -> Iterator[Statement]:
    """The recurrence score of an invasive cancer; the score of carcinoma in situ is another."""
    for match in found(report, _ONCOTYPE):
        score = float(match["score"])
        named = "oncotype" in report.folded or "recurrence score" in match[0]
        before = match[0][: match.start("score") - match.start()]
        near = sentence_before(report, match.start(), 12) + before
        if named and score <= 100 and not _RANGE.search(before) and not _OF_IN_SITU.search(near):
            yield report.statement("oncotype_score", Interval(score, score), *match.span())


def _said(report: ReportText, fact: str, value: str, match: re.Match[str]) -> Statement:
    return report.statement(fact, Choice(frozenset({value})), *match.span())


def _doubtful(report: ReportText, match: re.Match[str]) -> bool:
    before = sentence_before(report, match.start(), 60)
    turned = _TURNED_AFTER.match(report.chosen, match.end())
    inside = re.search(r"\bnot?\b", match[0])
    return bool(negated(before) or turned or inside or _DOUBT.search(before))


def _repair(report: ReportText) -> Iterator[Statement]:
    """Proficient if said so or all four proteins are there; deficient if one is lost."""
    for match in found(report, _MMR):
        if not _doubtful(report, match):
            yield _said(report, "mmr", "proficient" if match["proficient"] else "deficient", match)
    lost = [each for each in found(report, _LOST) if not _unclear_loss(report, each)]
    for match in lost:
        yield _said(report, "mmr", "deficient", match)
    kept = list(found(report, _KEPT))
    named = {name for each in kept for name in _PROTEINS if name in each[0].replace("-", "")}
    if not lost and named == set(_PROTEINS):
        yield report.statement(
            "mmr", Choice(frozenset({"proficient"})), kept[0].start(), kept[-1].end()
        )


def _unclear_loss(report: ReportText, match: re.Match[str]) -> bool:
    if _doubtful(report, match):
        return True
    after = sentence_after(report, match.end(), 60)
    return re.search(r"\b(?:may|would|can|suggests?|is associated|should)\b", after) is not None
