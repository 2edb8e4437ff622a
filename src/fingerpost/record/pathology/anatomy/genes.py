"""Changes in genes that a report names: inherited (germline) or of the tumor.

A gene is negative only where the report says so of this gene. A variant of uncertain significance is
no harmful change. Whether a BRCA change is inherited is never guessed: what does not say it is told
and answers nothing. A gene that is named without a result that was understood is told as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.gene_origin import (
    is_of_blood,
    leaves_open,
    origin_of,
    says_germline,
    says_not_inherited,
)
from fingerpost.record.pathology.anatomy.gene_words import (
    GENE,
    HEADS_NO_FINDINGS,
    INHERITED,
    LIST_REACHES,
    NEEDS,
    NEW_SUBJECT,
    NOT_OF_THIS_PERSON,
    OF_ANYTHING,
    OF_THE_TUMOR,
    OTHER_HEADING,
    RESULT,
    SCALE,
    TURNED,
    TURNS_WHAT_FOLLOWS,
)
from fingerpost.record.pathology.anatomy.scope import NO_RESULTS, sentence_after, sentence_before
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice

_SENTENCE = re.compile(r"[;\n]|\.(?=\s+(?![\d*>]))|\f")
_CLAUSE = re.compile(
    r",?\s(?:and|but|while|whereas|however)\s(?:an?|no|the)\s|,\s(?:but|while|whereas|however)\s|\|"
)
_UNSAID = "the report does not say whether it is inherited or of the tumor only"
_KINDS = {"pending": AbsenceKind.PENDING, "follow": AbsenceKind.PENDING}
_OF_THE_TUMOR_NOW = "the tumor was tested, and the report does not say what is inherited"
_LEFT_OPEN = "the report says that finding nothing does not exclude a change"
_GENE_OR_PROTEIN = "the report does not say whether the gene was tested, or only its protein"
_NO_RESULT_READ = "it is named, and no result of it was understood"
_OF_OTHERS = "it stands in a sentence of others, of advice or of what may be"
_OTHER_CHANGE = re.compile(
    r"\bamplif|\bprotein\b|\bexpression\b|\bihc\b|\bimmuno|\bloss of heterozygosity\b|\bloh\b|\bhemizygous|\bheterozygous (?:loss|deletion)\b"
)
# The loss of a gene counts for the one that holds cancer back; of the others, changes that drive it.
_LOSS = re.compile(r"\b(?:loss|deletion)\b")
_ALONE = re.compile(r"\s*(?:gene|marker|test)?\s?:?\s*" + GENE.pattern + r"[\s:]*")
_NEXT_GENE = re.compile(r"[^,.;]{0,24},\s(?:and\s)?(?:" + GENE.pattern + ")")
_BEGINS_NO = re.compile(r"no\b|without\b|negative for\b|absence\b|none\b")
_PLAINLY_FOUND = frozenset({"detected", "identified"})
_SOME_OF_THEM = re.compile(r"\b(?:one or more|at least one|one of|any of|either)\b")
# What is longer than this is no sentence.
_LONGEST = 3000
# A change that is named tells that one was found.
_ALIKE = {"found": {"found", "variant"}}


@dataclass(frozen=True, slots=True)
class _Said:
    """One gene and what is said of it, with the stretch of text."""

    gene: str
    result: str
    start: int
    end: int


def read_genes(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Every gene with a result of its own; a gene whose result was not understood is told."""
    text = SCALE.sub(lambda match: " " * len(match[0]), report.chosen)
    told: set[str] = set()
    for start, end in _sentences(text):
        sentence = text[start:end]
        if len(sentence) > _LONGEST:
            continue
        if NOT_OF_THIS_PERSON.search(sentence) or report.section_at(start).kind in NO_RESULTS:
            continue
        listed = _stands_in_such_a_list(text, start)
        for said in _in_clauses(sentence, start):
            if listed and said.result in ("found", "harmful"):
                continue
            for statement in _stated(report, dictionaries, said, sentence):
                told.add(said.gene)
                yield statement
    yield from _not_understood(report, dictionaries, told)


def _stands_in_such_a_list(text: str, start: int) -> bool:
    r"""Whether the heading above the line is one of uncertain variants, or of what was not found.

    >>> text = "variants of uncertain significance\npik3ca q75e"
    >>> _stands_in_such_a_list(text, text.index("pik3ca"))
    True
    """
    above = text[max(0, start - LIST_REACHES) : start].split("\n")
    for line in reversed(above):
        if _is_named(line):
            continue
        if OTHER_HEADING.search(line) and not HEADS_NO_FINDINGS.match(line):
            return False
        if HEADS_NO_FINDINGS.match(line):
            return True
    return False


def _not_understood(
    report: ReportText, dictionaries: Dictionaries, told: set[str]
) -> Iterator[Statement]:
    """Each gene that is named and of which nothing was told, once."""
    facts = {**INHERITED, **OF_THE_TUMOR}
    for match in GENE.finditer(report.folded):
        if report.section_at(match.start()).kind in NO_RESULTS:
            continue
        for name in _names(match):
            # "BRCA1/2: pathogenic" was told of both together.
            both = "brca" in told and name in ("brca1", "brca2")
            if name in told or both or facts[name] not in dictionaries.reader.catalogue:
                continue
            told.add(name)
            sentence = _around_place(report, match)
            of_others = NOT_OF_THIS_PERSON.search(sentence) is not None
            absent = Absent(AbsenceKind.NOT_UNDERSTOOD)
            statement = report.statement(facts[name], absent, *match.span())
            yield not_counting(statement, _OF_OTHERS if of_others else _NO_RESULT_READ)


def _around_place(report: ReportText, match: re.Match[str]) -> str:
    return sentence_before(report, match.start()) + match[0] + sentence_after(report, match.end())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that name a gene; a gene alone on its line takes the lines below it along."""
    ends = [match.start() for match in _SENTENCE.finditer(text)] + [len(text)]
    start, waiting = 0, None
    for end in ends:
        sentence = text[start:end]
        named, told = _is_named(sentence), RESULT.search(sentence)
        if waiting is not None and (named or not sentence.strip() or end - waiting > 200):
            waiting = None
        if named and told:
            yield start, end
        elif told and waiting is not None:
            yield waiting, end
            waiting = None
        elif named and _ALONE.fullmatch(sentence):
            waiting = start
        start = end + 1


def _is_named(sentence: str) -> bool:
    return any(match["gene"] for match in GENE.finditer(sentence))


def _in_clauses(sentence: str, offset: int) -> Iterator[_Said]:
    """One result for all genes of a clause, or one right behind each gene; anything else is left."""
    for start, end in pairwise(_cuts(sentence)):
        genes = list(GENE.finditer(sentence, start, end))
        results = [
            each
            for each in RESULT.finditer(sentence, start, end)
            if not _is_of_another_test(genes, each)
        ]
        if genes and results:
            yield from _one_result(genes, results, offset) or _each_its_own(genes, results, offset)


def _cuts(sentence: str) -> list[int]:
    """Where clauses begin and end: at "but", and where a gene with its result is followed by the next."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(sentence))]
    genes = [match.start() for match in GENE.finditer(sentence)]
    last = 0
    for result in RESULT.finditer(sentence):
        has_gene = any(last <= at < result.start() for at in genes)
        # "PIK3CA H1047R, AKT1 E17K not detected": a name of a change alone ends nothing.
        if has_gene and _kind(result) != "variant" and _NEXT_GENE.match(sentence, result.end()):
            last = result.end()
            cuts.append(last)
    return sorted({*cuts, len(sentence)})


def _kind(result: re.Match[str]) -> str:
    return result.lastgroup or ""


def _names(gene: re.Match[str]) -> list[str]:
    """The genes a word names: "BRCA1/2" is two.

    >>> (
    ...     _names(GENE.search("brca1/2")),
    ...     _names(GENE.search("ntrk1/2/3")),
    ...     _names(GENE.search("tp53")),
    ... )
    (['brca1', 'brca2'], ['ntrk'], [])
    """
    words = gene["gene"]
    if words is None:
        return []
    if words.startswith("brca"):
        return [f"brca{number}" for number in re.findall(r"[12]", words)] or ["brca"]
    return ["ntrk"] if words.startswith("ntrk") else [words]


def _named(genes: Sequence[re.Match[str]], kind: str) -> Iterator[str]:
    """The genes of which a result is said; which of "BRCA1/2" is harmful, it does not say."""
    for gene in genes:
        names = _names(gene)
        yield from ["brca"] if len(names) > 1 and kind in ("harmful", "found") else names


def _one_result(
    genes: Sequence[re.Match[str]], results: Sequence[re.Match[str]], offset: int
) -> list[_Said]:
    """The word "found" says nothing more beside "pathogenic" or "uncertain" or "no ... detected"."""
    kind = _only_kind(genes, results)
    if kind is None or (len(genes) > 1 and not _of_all(genes, results, kind)):
        return []
    used = [each for each in results if _kind(each) in _ALIKE.get(kind, {kind})]
    if kind in ("found", "harmful") and TURNED.search(genes[0].string, *_around(genes, used)):
        return []
    start = min(genes[0].start(), used[0].start())
    end = max(genes[-1].end(), used[-1].end())
    return [_Said(name, kind, offset + start, offset + end) for name in _named(genes, kind)]


def _is_of_another_test(genes: Sequence[re.Match[str]], result: re.Match[str]) -> bool:
    """Whether a word such as "negative" is told of something named behind the gene: "BRCA1 sent, COVID test negative"."""
    if result[0] not in OF_ANYTHING:
        return False
    last = max((each.end() for each in genes if each.end() <= result.start()), default=None)
    return last is not None and NEW_SUBJECT.search(result.string, last, result.start()) is not None


def _only_kind(genes: Sequence[re.Match[str]], results: Sequence[re.Match[str]]) -> str | None:
    """The one kind of result of a clause; None if there are several."""
    strong = {_kind(each) for each in results} - {"found", "variant"}
    if not strong:
        return "found"
    if len(strong) > 1:
        return None
    kind = strong.pop()
    first = next(each for each in results if _kind(each) == kind)
    if kind == "none" and not all(
        _goes_along(first, genes, each) for each in results if _kind(each) != "none"
    ):
        return None
    return kind


def _goes_along(none: re.Match[str], genes: Sequence[re.Match[str]], other: re.Match[str]) -> bool:
    """Whether "detected" belongs to "no mutation", or a change is the one that has to be named."""
    if _kind(other) == "variant":
        return other[0] in NEEDS.values()
    return (
        _BEGINS_NO.match(none[0]) is not None
        and none.start() < other.start()
        and (none.end() <= genes[0].start() or len(genes) == 1)
        and other[0] in _PLAINLY_FOUND
    )


def _of_all(genes: Sequence[re.Match[str]], results: Sequence[re.Match[str]], kind: str) -> bool:
    """Whether one result is said of every gene of a clause, not of some of them."""
    if kind == "harmful":
        # "Pathogenic variant in BRCA1" in a list of genes: which of them, is not known.
        return False
    if kind == "found":
        between = genes[0].string[genes[-2].end() : genes[-1].start()]
        of_each = re.fullmatch(r"\s?(?:,\s)?(?:and|&)\s", between) is not None
        some = _SOME_OF_THEM.search(genes[0].string, 0, genes[0].start())
        return of_each and not some and all(_kind(each) != "variant" for each in results)
    return True


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
    borders = [gene.start() for gene in genes[1:]] + [results[-1].end() + 40]
    if results[0].start() < genes[0].start():
        return []
    for gene, border in zip(genes, borders, strict=True):
        own = [each for each in results if gene.end() <= each.start() < border]
        kind = _only_kind([gene], own) if own else None
        if kind is None:
            return []
        if kind in ("found", "harmful") and _is_turned(gene, border):
            return []
        if kind == "none" and _takes_others_along(gene, own[0], results):
            return []
        last = next(each for each in own if _kind(each) in _ALIKE.get(kind, {kind}))
        start, end = offset + gene.start(), offset + last.end()
        said += [_Said(name, kind, start, end) for name in _named([gene], kind)]
    return said


def _is_turned(gene: re.Match[str], border: int) -> bool:
    text = gene.string
    return bool(
        TURNED.search(text, gene.start(), border) or TURNS_WHAT_FOLLOWS.search(text[: gene.start()])
    )


def _takes_others_along(
    gene: re.Match[str], none: re.Match[str], results: Sequence[re.Match[str]]
) -> bool:
    """Whether "not detected" may be said of changes of other genes that stand before in one list."""
    if gene["gene"] is None:
        return False
    before = [each for each in results if each.end() <= gene.start()]
    listed = bool(before) and _kind(before[-1]) == "variant"
    of_its_own = re.match(r"\s?[:=]|\s(?:no|none|without)\b", gene.string[gene.end() :])
    return listed and of_its_own is None and none.start() >= gene.end()


def _stated(
    report: ReportText, dictionaries: Dictionaries, said: _Said, sentence: str
) -> Iterator[Statement]:
    germline, somatic = origin_of(report, sentence, said.start)
    needed = NEEDS.get(said.gene)
    if needed and needed not in sentence:
        return
    if said.gene in INHERITED:
        yield from _inherited(report, dictionaries, said, (germline, somatic, sentence))
    elif somatic or not germline:
        # A panel of the tumor may name the germline elsewhere: in another part, or as a doubt.
        yield from _of_the_tumor(report, dictionaries, said, sentence, known=somatic)


def _inherited(
    report: ReportText,
    dictionaries: Dictionaries,
    said: _Said,
    origin: tuple[bool, bool, str],
) -> Iterator[Statement]:
    """A result of BRCA1, BRCA2 or PALB2: inherited, of the tumor, or it does not say."""
    germline, somatic, sentence = origin
    fact = INHERITED[said.gene]
    if said.result == "open":
        if (germline or says_germline(sentence)) and not somatic:
            yield report.statement(fact, _absent(sentence), said.start, said.end)
        return
    harmful = "positive" if said.gene == "brca" else "pathogenic"
    words = {"uncertain": "VUS", "none": "negative", "harmful": harmful}.get(said.result)
    value = dictionaries.reader.words.say(fact, words) if words else None
    if value is None or not value.values:
        return
    statement = report.statement(fact, Choice(value.values), said.start, said.end)
    if germline and not somatic:
        yield statement
    elif _is_of_the_tumor_only(said, sentence, germline=germline):
        yield replace(statement, fact="somatic_brca_mutation", value=Choice(frozenset({"present"})))
    else:
        yield not_counting(statement, _OF_THE_TUMOR_NOW if somatic and not germline else _UNSAID)


def _is_of_the_tumor_only(said: _Said, sentence: str, *, germline: bool) -> bool:
    harmful_brca = said.gene != "palb2" and said.result == "harmful"
    return harmful_brca and says_not_inherited(sentence) and not germline


def _absent(sentence: str) -> Absent:
    word = next((word for word in _KINDS if word in sentence), None)
    return Absent(_KINDS[word] if word else AbsenceKind.NOT_TESTED)


def _of_the_tumor(
    report: ReportText, dictionaries: Dictionaries, said: _Said, sentence: str, *, known: bool
) -> Iterator[Statement]:
    """A result of a gene of the tumor; a variant of uncertain significance answers nothing."""
    fact = OF_THE_TUMOR[said.gene]
    if said.result == "uncertain" or _OTHER_CHANGE.search(sentence):
        return
    if said.result == "open":
        yield report.statement(fact, _absent(sentence), said.start, said.end)
        return
    words = report.folded[said.start : said.end]
    if said.gene != "pten" and said.result == "found" and _LOSS.search(words):
        return
    if re.search(r"\bbenign\b", sentence) and said.result == "none" and "no " not in sentence:
        return
    word = "not detected" if said.result == "none" else "detected"
    value = dictionaries.reader.words.say(fact, word)
    if value is None or not value.values:
        return
    statement = report.statement(fact, Choice(value.values), said.start, said.end)
    blood = is_of_blood(report, sentence, said.start)
    if blood:
        statement = replace(statement, specimen="blood")
    why = _why_not(report, said, sentence, (known, blood))
    yield not_counting(statement, why) if why else statement


def _why_not(
    report: ReportText, said: _Said, sentence: str, origin: tuple[bool, bool]
) -> str | None:
    """Why a result is told and does not count, if so."""
    known, blood = origin
    if said.result == "none" and leaves_open(report, said.start, said.end, blood=blood):
        return _LEFT_OPEN
    # PTEN is on panels for inherited cancer as well; both copies are lost only in a tumor.
    if said.gene != "pten" or known or re.search(r"\bhomozygous\b|\bbi-?allelic\b", sentence):
        return None
    return _GENE_OR_PROTEIN if re.search(r"\bloss\b", sentence) else _UNSAID
