"""Changes in genes that a report names: inherited (germline) or of the tumor.

A gene is negative only where the report says so of this gene. A variant of uncertain significance is
no harmful change. Whether a BRCA change is inherited is never guessed: what does not say it is told
and answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import NO_RESULTS
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice

INHERITED = {"brca1": "germline_brca1", "brca2": "germline_brca2", "palb2": "germline_palb2"}
OF_THE_TUMOR = {
    "pik3ca": "pik3ca_mutation",
    "esr1": "esr1_mutation",
    "akt1": "akt1_alteration",
    "pten": "pten_alteration",
    "ntrk": "ntrk_fusion",
    "ret": "ret_fusion",
    "braf": "braf_v600e",
}
# What has to be named beside a gene, because other changes of it mean other things.
_NEEDS = {"ntrk": "fusion", "ret": "fusion", "braf": "v600e"}
_GENE = re.compile(
    r"(?<![a-z\d-])(?P<gene>brca\s?-?\s?(?:1\s?(?:/|and|&)\s?(?:brca\s?)?2|[12])|palb2|pik3ca|esr1|akt1|pten|ntrk(?:[123](?:/[123])*)?|ret|braf)(?![a-z\d])"
)
_UNCERTAIN = r"(?:variants?|mutations?|changes?|alterations?) of (?:uncertain|unknown|undetermined) (?:clinical )?significance|\bvus\b|uncertain significance"
_NONE = (
    r"\bno (?:known |reportable |clinically significant |disease-causing |germline |somatic |hotspot |activating ){0,2}"
    r"(?:likely pathogenic|pathogenic|deleterious|harmful|clinically significant|mutations?|variants?|alterations?|fusions?|rearrangements?)\b"
    r"(?:[ ,/]{1,2}(?:or |and )?(?:likely pathogenic|pathogenic|deleterious|mutations?|variants?|alterations?|fusions?|v600e)\b){0,3}"
    r"|\bnot (?:been )?(?:detected|identified|found|mutated|present|seen)\b|\bwild[\s-]?type\b|\bnegative\b|\bnone (?:detected|identified|found)\b|\bundetected\b"
    r"|\b(?:likely )?benign\b"
)
_NONE = (
    r"\b(?:no|without|negative for|absence of)\b[^.;:,]{0,60}?\b(?:mutations?|fusions?|variants?|rearrangements?|alterations?|changes?)\b|"
    + _NONE
)
# Wherever one of these stands in a clause, "detected" or "pathogenic" in it may be turned round.
_TURNED = re.compile(
    r"\b(?:no|not|non|never|negatives|without|neither|nor|negative|absen\w+|free|exclud\w+|un\w*detected)\b"
)
# "No AKT1 E17K": what stands right before a gene may turn it round as well.
_TURNS_WHAT_FOLLOWS = re.compile(
    r"\b(?:no|not|without|neither|nor|absence of|absent|negatives|negative for|exclud\w+)[\s:]+(?:[\w.]+\s+){0,2}$"
)
_HARMFUL = r"\b(?:likely )?pathogenic\b|\bdeleterious\b"
_FOUND = (
    r"\bdetected\b|\bidentified\b|\bpositive\b|\bmutated\b|\bmutation (?:was |is )?(?:found|present)\b|\bp\.\(?[a-z][\w*]{0,20}\)?|\b[a-z]\d{2,4}(?:[a-z]|fs|\*)(?![a-z\d])"
    r"|\b(?:homozygous |heterozygous )?(?:loss|deletion)\b"
)
_OPEN = (
    r"\b(?:testing|test|result|results|analysis|panel)?\s?(?:is |was |are |were )?(?:pending|to follow|not tested|not performed|not done|not assessed|not included|not analy[sz]ed"
    r"|insufficient|could not be (?:determined|assessed)|indeterminate|failed|inconclusive)\b"
)
_RESULT = re.compile(
    rf"(?P<uncertain>{_UNCERTAIN})|(?P<open>{_OPEN})|(?P<none>{_NONE})|(?P<harmful>{_HARMFUL})|(?P<found>{_FOUND})"
)
_NOT_OF_THIS_PERSON = re.compile(
    r"\bpatients (?:with|who)\b|\bindicated\b|\bapproved\b|\bclinical trials?\b|\bassociated with\b|\brisk of\b|\brecommend\w*\b|\bconsider\w*\b|\bif\b|\bmay\b"
    r"|\bgenes? (?:tested|analy[sz]ed|sequenced|evaluated|included|on (?:the|this) panel)\b(?![^.;]{0,90}(?:negative|detected|identified))|\b(?:mother|sister|aunt|father|brother|daughter|cousin|relative|family)\b"
    r"|\bdefined as\b|\bclassif(?:y|ied as follows)\b|\bcounsel\w*\b|\blimit of detection\b"
)
_GERMLINE = re.compile(
    r"\bgerm[\s-]?line\b|\bhereditary\b|\binherited\b|\bconstitutional\b|\bsaliva\b|\bbuccal\b"
)
_SOMATIC = re.compile(
    r"\bsomatic\b|\btumou?r (?:tissue|sequencing|profil\w+|dna|sample|ngs|only|block)\b|\bffpe\b|\bliquid biops\w+|\bctdna\b|\bcell[\s-]free\b|\bplasma\b|\bcirculating tumou?r\b"
)
_NOT_INHERITED = re.compile(r"\bsomatic\b")
_BLOOD = re.compile(
    r"\bliquid biops\w+|\bctdna\b|\bcell[\s-]free\b|\bplasma\b|\bcirculating tumou?r\b"
)
_TISSUE = re.compile(r"\bffpe\b|\btissue\b|\bblock\b")
_SENTENCE = re.compile(r"[;\n]|\.(?=\s+(?![\d*>]))|\f")
_CLAUSE = re.compile(
    r",?\s(?:and|but|while|whereas|however)\s(?:an?|no|the)\s|,\s(?:but|while|whereas|however)\s|\|"
)
_UNSAID = "the report does not say whether it is inherited or of the tumor only"
_KINDS = {"pending": AbsenceKind.PENDING, "follow": AbsenceKind.PENDING}


@dataclass(frozen=True, slots=True)
class _Said:
    """One gene and what is said of it, with the stretch of text."""

    gene: str
    result: str
    start: int
    end: int


def read_genes(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Every gene with a result of its own."""
    for start, end in _sentences(report):
        sentence = report.folded[start:end]
        if _NOT_OF_THIS_PERSON.search(sentence) or report.section_at(start).kind in NO_RESULTS:
            continue
        for said in _in_clauses(sentence, start):
            yield from _stated(report, dictionaries, said, sentence)


def _sentences(report: ReportText) -> Iterator[tuple[int, int]]:
    """The sentences that name a gene; a gene alone on its line takes the lines below it along."""
    ends = [match.start() for match in _SENTENCE.finditer(report.folded)] + [len(report.folded)]
    start, waiting = 0, None
    for end in ends:
        sentence = report.folded[start:end]
        named, told = _GENE.search(sentence), _RESULT.search(sentence)
        if waiting is not None and (named or not sentence.strip() or end - waiting > 200):
            waiting = None
        if named and told:
            yield start, end
        elif told and waiting is not None:
            yield waiting, end
            waiting = None
        elif named and re.fullmatch(
            r"\s*(?:gene|marker|test)?\s?:?\s*" + _GENE.pattern + r"[\s:]*", sentence
        ):
            waiting = start
        start = end + 1


def _in_clauses(sentence: str, offset: int) -> Iterator[_Said]:
    """One result for all genes of a clause, or one right behind each gene; anything else is left."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    for start, end in pairwise(cuts):
        genes = list(_GENE.finditer(sentence, start, end))
        results = list(_RESULT.finditer(sentence, start, end))
        if genes and results:
            yield from _one_result(genes, results, offset) or _each_its_own(genes, results, offset)


def _kind(result: re.Match[str]) -> str:
    return result.lastgroup or ""


def _names(gene: re.Match[str]) -> list[str]:
    """The genes a word names: "BRCA1/2" is two.

    >>> _names(_GENE.search("brca1/2")), _names(_GENE.search("ntrk1/2/3"))
    (['brca1', 'brca2'], ['ntrk'])
    """
    words = gene["gene"]
    if words.startswith("brca"):
        return [f"brca{number}" for number in re.findall(r"[12]", words)]
    return ["ntrk"] if words.startswith("ntrk") else [words]


def _one_result(
    genes: Sequence[re.Match[str]], results: Sequence[re.Match[str]], offset: int
) -> list[_Said]:
    """The word "found" says nothing more beside "pathogenic" or "uncertain" or "no ... detected"."""
    kinds = [_kind(each) for each in results]
    strong = {kind for kind in kinds if kind != "found"} or set(kinds)
    if len(strong) != 1:
        return []
    kind = strong.pop()
    if kind == "harmful" and len(genes) > 1:
        # "Pathogenic variant in BRCA1" in a list of genes: which of them, is not known.
        return []
    used = [each for each in results if _kind(each) == kind]
    if kind in ("found", "harmful") and _TURNED.search(genes[0].string, *_around(genes, used)):
        return []
    start = min(genes[0].start(), used[0].start())
    end = max(genes[-1].end(), used[-1].end())
    return [
        _Said(name, kind, offset + start, offset + end) for gene in genes for name in _names(gene)
    ]


def _around(genes: Sequence[re.Match[str]], used: Sequence[re.Match[str]]) -> tuple[int, int]:
    """From a little before the first of the words to a little behind the last."""
    first = min(genes[0].start(), used[0].start())
    last = max(genes[-1].end(), used[-1].end())
    return max(0, first - 60), last + 40


def _each_its_own(
    genes: Sequence[re.Match[str]], results: Sequence[re.Match[str]], offset: int
) -> list[_Said]:
    """Results such as "BRCA1: negative, BRCA2: pathogenic": each gene is followed by its own."""
    said: list[_Said] = []
    borders = [gene.start() for gene in genes[1:]] + [results[-1].end() + 1]
    if results[0].start() < genes[0].start():
        return []
    for gene, border in zip(genes, borders, strict=True):
        own = [each for each in results if gene.end() <= each.start() < border]
        strong = {_kind(each) for each in own if _kind(each) != "found"} or {
            _kind(each) for each in own
        }
        if len(strong) != 1:
            return []
        kind = strong.pop()
        last = next(each for each in own if _kind(each) == kind)
        turned = _TURNED.search(gene.string, gene.start(), border) or _TURNS_WHAT_FOLLOWS.search(
            gene.string[: gene.start()]
        )
        if kind in ("found", "harmful") and turned:
            return []
        said += [
            _Said(name, kind, offset + gene.start(), offset + last.end()) for name in _names(gene)
        ]
    return said


def _stated(
    report: ReportText, dictionaries: Dictionaries, said: _Said, sentence: str
) -> Iterator[Statement]:
    germline, somatic = _origin(report, sentence)
    needed = _NEEDS.get(said.gene)
    if needed and needed not in sentence:
        return
    if said.gene in INHERITED:
        yield from _inherited(report, dictionaries, said, (germline, somatic, sentence))
    elif somatic or not germline:
        # A panel of the tumor may name the germline elsewhere: in another part, or as a doubt.
        yield from _of_the_tumor(report, dictionaries, said, sentence, known=somatic)


def _origin(report: ReportText, sentence: str) -> tuple[bool, bool]:
    """Whether it is inherited and whether of the tumor, by the sentence, else by the whole report."""
    here = bool(_GERMLINE.search(sentence)), bool(_SOMATIC.search(sentence))
    if any(here):
        return here
    return _origin_of(report.folded)


@lru_cache(maxsize=8)
def _origin_of(folded: str) -> tuple[bool, bool]:
    return bool(_GERMLINE.search(folded)), bool(_SOMATIC.search(folded))


def _inherited(
    report: ReportText,
    dictionaries: Dictionaries,
    said: _Said,
    origin: tuple[bool, bool, str],
) -> Iterator[Statement]:
    """A result of BRCA1, BRCA2 or PALB2: inherited, of the tumor, or it does not say."""
    germline, somatic, sentence = origin
    words = {"uncertain": "VUS", "none": "negative", "harmful": "pathogenic"}.get(said.result)
    fact = INHERITED[said.gene]
    if said.result == "open":
        if germline and not somatic:
            yield report.statement(fact, _absent(sentence), said.start, said.end)
        return
    if words is None:
        return
    value = dictionaries.reader.words.say(fact, words)
    if value is None or not value.values:
        return
    statement = report.statement(fact, Choice(value.values), said.start, said.end)
    if germline and not somatic:
        yield statement
    elif (
        _NOT_INHERITED.search(sentence)
        and not germline
        and said.gene != "palb2"
        and said.result == "harmful"
    ):
        yield replace(statement, fact="somatic_brca_mutation", value=Choice(frozenset({"present"})))
    else:
        yield not_counting(statement, _UNSAID)


def _absent(sentence: str) -> Absent:
    word = next((word for word in _KINDS if word in sentence), None)
    return Absent(_KINDS[word] if word else AbsenceKind.NOT_TESTED)


def _of_the_tumor(
    report: ReportText, dictionaries: Dictionaries, said: _Said, sentence: str, *, known: bool
) -> Iterator[Statement]:
    """A result of a gene of the tumor; a variant of uncertain significance answers nothing."""
    fact = OF_THE_TUMOR[said.gene]
    if said.result == "uncertain" or re.search(
        r"\bamplif|\bprotein\b|\bexpression\b|\bihc\b|\bimmuno", sentence
    ):
        return
    if said.result == "open":
        yield report.statement(fact, _absent(sentence), said.start, said.end)
        return
    if re.search(r"\bbenign\b", sentence) and said.result == "none" and "no " not in sentence:
        return
    word = "not detected" if said.result == "none" else "detected"
    value = dictionaries.reader.words.say(fact, word)
    if value is None or not value.values:
        return
    statement = report.statement(fact, Choice(value.values), said.start, said.end)
    if _is_of_blood(report, sentence):
        statement = replace(statement, specimen="blood")
    # PTEN is on panels for inherited cancer as well.
    yield statement if known or said.gene != "pten" else not_counting(statement, _UNSAID)


def _is_of_blood(report: ReportText, sentence: str) -> bool:
    if _BLOOD.search(sentence) or _TISSUE.search(sentence):
        return _BLOOD.search(sentence) is not None
    return _only_blood(report.folded)


@lru_cache(maxsize=8)
def _only_blood(folded: str) -> bool:
    return _BLOOD.search(folded) is not None and _TISSUE.search(folded) is None
