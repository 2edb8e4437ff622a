"""Which result belongs to which marker: the results that follow it, or "positive for ER" before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from fingerpost.record.pathology.receptors.groups import Group
from fingerpost.record.pathology.receptors.marks import Mark
from fingerpost.record.pathology.receptors.subjects import (
    is_of_another,
    names_another_gene,
    tells_of_two,
)

# How far a result may stand from its marker, and from the result before it.
_FIRST, _NEXT, _SENTENCES = 170, 90, 4

_FORWARD = re.compile(
    r"(?:\s|\.\s(?=for\b))?(?:(?:nuclear|membrane|membranous|immuno\w{0,14}|staining|stain|reactivity|expression|over-?expression"
    r"|and|focally|strongly|weakly|for|of|both|the|in|tests?|tested|with|marker|markers|antibod\w{1,4}|to)[\s.]{1,2}){0,7}"
    r"(?:for|of|to)[\s.]{1,2}(?:(?:the|both|nuclear|either|over-?expression|expression|amplification|of|presence"
    r"|human|invasive|anti)[\s.-]{1,2}){0,4}$"
)
_VERB = re.compile(r"(?:over-?\s?)?express(?:es)?$")
_FORWARD_PERCENT = re.compile(
    r"[^;%]{0,140}\b(?:for|express\w*|positive for)[\s.]{1,2}(?:(?:the|nuclear|both)[\s.]{1,2}){0,2}$"
)
_FORWARD_ABSENCE = re.compile(
    r"\s?(?::\s?)?(?:(?:for|of|the|studies|stains?|results?|immuno\w{0,14}|on|is|are|both|tests?|testing|analysis)\b[\s.:]{1,2}){0,6}$"
)
_NONE = re.compile(
    r"\b(?:no|absence of|lack of|lacks?|lacking|without|no evidence of)\s{1,2}"
    r"(?:(?:evidence of|detectable|significant|definite|nuclear|immunohistochemical|the|any)\s){0,3}$"
)
# "Lack expression of ER", "complete absence of staining for ER": nothing needs to stand behind the name.
_NONE_OF_ITS = re.compile(
    r"\b(?:no|absence of|lack of|lacks?|lacking|without)\s{1,2}"
    r"(?:(?:evidence of|detectable|significant|definite|nuclear|membranous|immunohistochemical|the|any|positive)\s){0,3}"
    r"(?:(?:immuno)?(?:expression|staining|reactivity))\s(?:of|for|with)\s(?:(?:the|both|either)\s)?$"
)
_NONE_AFTER = re.compile(
    r"[\s().]{0,3}(?:\w{1,14}[\s().]{1,2}){0,2}?(?:found|detected|identified|expression|expressed|stain\w*|immuno\w*|over-?express\w*"
    r"|amplif\w*|seen|present|reactiv\w*|protein)\b(?!\s(?:results?|reports?|stud))"
)
_ASKED = re.compile(
    r"\b(?:submitted|sent|obtain\w*|saved|taken|held|request\w*|please|suitable|reserved|allocated|incised|perform|"
    r"block \w{1,3}|order)\b[^.:;]{0,70}(?:\bfor|\bobtain|\border|\bperform|,)\s{0,2}$|\bobtain\s$"
)
_ONLY_IF = re.compile(
    r"\b(?:rule out|r/o|if|whether|should|unless|when|once|until|in the event of|in case of)\b[^.;:\n]{0,30}$|\brule out\b[^.;\n]{0,40}$"
)
_GENERAL = re.compile(
    r"\b(?:equivocal|positive|negative|all|any|such|these|for|in)\s(?:results?|cases?|tumou?rs|cancers|carcinomas|specimens|"
    r"samples|patients|women)\b[^.;:\n]{0,40}$|\b(?:eligib\w{1,6}|(?:in|ex)clusion)(?:\scriteria)?\s?:[^.\n]{0,60}$"
    r"|\b(?:eligible for|screened for|enrol\w+ in(?:to)?|randomi[sz]ed (?:in|to|into)|entered into|accrual to)\s[^.:;\n()]{2,40}\([^()\n]{0,60}$"
    r"|\b(?:patients|women|participants|population|people|those)\s(?:who\s)?(?:were|had|with|have|are)\s(?:\w{1,12}\s){0,3}$"
    r"|\b(?:study|trial)\s?:[^.;\n]{0,40}$|\bprotocol\s(?:for|in|of)\s(?:\w{1,12}\s){0,3}$"
    r"|\b(?:her2climb|destiny|keynote|monarch|monaleesa|paloma|aphinity|cleopatra|emilia|katherine|tropi|ascent|impassion|olympi|natalee|solar|inavo|serena|emerald|capitello|tailorx|rxponder|kamilla|neosphere|"
    r"pallas|penelope|sophia|nala|compass)[\w-]{0,12}(?:\s\w{1,10})?\s\([^()\n]{0,60}$"
    r"|\b(?:trials?|cohorts?|arms)\s?(?:of|for|in|with|among|:)\s(?:\w{1,12}[\s,-]{1,2}){0,5}$|\b(?:anti|against|monoclonal|polyclonal|antibody|clone)[\s-]{1,2}(?:human\s)?$"
)


_HEAD_ENDS = re.compile(r"(?:\s(?:immuno)?(?:stains?|markers?|results?))?\s?:\s?")
_LINE_ENDS = re.compile(r"[ .;]{0,3}(?:\n|$)")
_FOLLOWING = re.compile(r"\bfollowing\s(?:\w{1,15}\s){0,2}(?:are|were)\s$")
_AT_ONCE = re.compile(
    r"[\s:(=-]{0,4}(?:(?:status|is|was|are|testing|results?|ihc|fish|still|currently)[\s:(]{1,2}){0,3}"
)
_OF_RESULTS = re.compile(
    r"(?:result|score|status|interpret|report|addend|now|final|stain|intens|percent|ihc|immuno|fish|c?ish|sish|ratio|cop|strong|weak|moder|focal"
    r"|diffus|is$|was$|and$|nucle|membran|cell|tumou?r$|express|overexp|amplif|allred|quick|repeat|com(?:e|ing)|came|back|return|this|the$|by$|of$|in$)"
)
_BEGINS = re.compile(r"(?:\A|[.;,(\n]\s?|\b(?:with|and|shows?|has|an?)\s)$")
_NOTHING_AFTER = re.compile(r"\s?(?:[,;.]|and\b|$)(?!\s?(?:positive|negative)\s?[.;(]|\s?\d)")
# "Using the PgR 636 antibody."
_ANTIBODY = re.compile(r"\s(?:[\w/-]{1,10}\s){0,3}(?:antibod\w{1,3}|clone)\b(?!\s?:)")
# "No ER-positive carcinoma seen": there may be no carcinoma at all.
_NO_CANCER = re.compile(
    r"\b(?:no|not an?|without|absence of|lack of|negative for|free of)\s{1,2}(?:(?:evidence|signs?|of|an?|any|definite|residual|other"
    r"|recurrent|metastatic|invasive|convincing|further)\s{1,2}){0,4}$"
)
_A_CANCER = re.compile(
    r"[\s,-]{1,2}(?:(?:invasive|breast|metastatic|residual|recurrent|ductal|lobular|mammary|malignant)\s){0,3}"
    r"(?:(?:adeno)?carcinoma|cancer|tumou?r|disease|malignan\w+|neoplas\w+|metasta\w+|component|lesion)\b(?!\s(?:cells?|nuclei))"
)


@dataclass
class Mention:
    """A group of markers, and the marks that say something of it."""

    group: Group
    results: list[Mark] = field(default_factory=list)
    numbers: list[Mark] = field(default_factory=list)
    absences: list[Mark] = field(default_factory=list)
    methods: list[Mark] = field(default_factory=list)
    reach: int = 0
    # Up to where the words were of this marker; `reach` goes on where a mark itself tells whose it is.
    own_until: int = 0
    none_from: int | None = None
    none_until: int = 0
    is_full: bool = False
    unnamed: bool = False
    quarrels: bool = False

    @property
    def says_something(self) -> bool:
        """Whether any result stands with it."""
        return bool(self.results or self.numbers or self.none_from is not None)


def mentions_in(text: str, marks: list[Mark]) -> list[Mention]:
    """Every naming of markers with what is said of it, in the order of the text."""
    mentions: list[Mention] = []
    current: Mention | None = None
    waiting: list[Mark] = []
    seen_her2 = False
    for mark in marks:
        if mark.kind == "end":
            current, waiting = None, []
        elif mark.group is not None:
            current = _begun(text, mark.group, waiting, current)
            seen_her2 |= "her2" in mark.group.markers
            mentions.append(current)
            waiting = []
        elif _begins_gene_test(mark, current, seen_her2=seen_her2):
            group = Group(("her2",), mark.start, mark.end)
            current = Mention(group, methods=[mark], reach=mark.end, unnamed=not seen_her2)
            mentions.append(current)
        else:
            if mark.kind in ("result", "number", "absence"):
                waiting = [*waiting[-5:], mark]
            if current is not None:
                _take(text, current, mark)
    return mentions


def _begins_gene_test(mark: Mark, current: Mention | None, *, seen_her2: bool) -> bool:
    """Whether a gene test is named that can only be one of HER2, though HER2 is not named with it.

    In a list of breast receptors, behind ER and PR, no other gene is counted.
    """
    if not any(each.value == "method_ish" for each in mark.meanings):
        return False
    if current is None:
        return seen_her2
    return set(current.group.markers) <= {"er", "pr"} and current.says_something


def _begun(text: str, group: Group, waiting: list[Mark], before: Mention | None) -> Mention:
    """A new mention, with what was said before its name: "positive for ER", "no ER found"."""
    mention = Mention(group, reach=group.end)
    none = _denied(text, group)
    if none is not None:
        mention.none_from, mention.none_until = none
        _take_back(waiting, before, none[0])
        return mention
    return _with_what_stands_before(text, mention, waiting, before)


def _denied(text: str, group: Group) -> tuple[int, int] | None:
    """From where to where a marker is denied: "no ER found", "lack of expression of ER"."""
    # "No staining for ER, PR" in a column: which of its results is denied, nobody can tell.
    if group.stacked:
        return None
    its = _NONE_OF_ITS.search(text, max(0, group.start - 70), group.start)
    if its is not None:
        return its.start(), group.end
    none = _NONE.search(text, max(0, group.start - 60), group.start)
    after = _NONE_AFTER.match(text, group.end) if none else None
    return (none.start(), after.end()) if none and after else None


def _with_what_stands_before(
    text: str, mention: Mention, waiting: list[Mark], before: Mention | None
) -> Mention:
    """The mention with the result before its name that is its own, as in "positive for ER"."""
    group = mention.group
    if waiting and _is_adjective(text, group, waiting[-1], before):
        _give(mention, waiting[-1])
        _remove(before, waiting[-1])
        mention.is_full = True
        return mention
    for mark in reversed(waiting):
        between = text[mark.end : group.start]
        if len(between) > 170 or not (_leads(mark, between) or _heads(text, group, mark, between)):
            continue
        if before is not None and (
            _is_in_brackets(text, before, mark) or _is_on_its_line(text, before, mark, between)
        ):
            break
        _give(mention, mark)
        _remove(before, mark)
        break
    return mention


def _is_in_brackets(text: str, before: Mention, mark: Mark) -> bool:
    """What stands in brackets behind a marker belongs to it: "ER (90%) and for PR (60%)"."""
    between = text[before.group.end : mark.start]
    return len(between) <= 4 and between.strip(" .")[:1] in ("(", ":", "-", "=")


def _is_on_its_line(text: str, before: Mention, mark: Mark, between: str) -> bool:
    """A marker and the word behind it on one line are a pair; the next line is of the next marker."""
    gap = text[before.group.end : mark.start]
    return (
        not between.strip(" .").strip("\n")
        and "\n" in between
        and not gap.strip(" .:|-")
        and "\n" not in gap
    )


def _is_adjective(text: str, group: Group, mark: Mark, before: Mention | None) -> bool:
    """Whether the result stands before its marker: "positive ER, negative PR"."""
    if mark.kind != "result" or text[mark.end : group.start] != " ":
        return False
    if not _BEGINS.search(text, max(0, mark.start - 8), mark.start):
        return False
    taken = before is not None and mark in before.results and not before.is_full
    return not taken and _NOTHING_AFTER.match(text, group.end) is not None


def _heads(text: str, group: Group, mark: Mark, between: str) -> bool:
    """A heading such as "Positive: ER, PR." at the beginning of a line, or "Negative - PR" on one line."""
    before = text[max(0, mark.start - 3) : mark.start].strip(" ")
    begins = (
        not before
        or before[-1] in ".;\n"
        or _FOLLOWING.search(text, max(0, mark.start - 40), mark.start) is not None
    )
    if mark.kind != "result" or not begins:
        return False
    if _HEAD_ENDS.fullmatch(between):
        return True
    return between.strip() == "-" and _LINE_ENDS.match(text, group.end) is not None


def _leads(mark: Mark, between: str) -> bool:
    if mark.kind == "result" and _VERB.match(mark.words):
        return between.strip(" \n.") in ("", "the", "both", "nuclear")
    if mark.kind == "result":
        return mark.words[:1] not in "+-0o" and _FORWARD.fullmatch(between) is not None
    if mark.kind == "number":
        if mark.scale == "ihc":
            return _FORWARD.fullmatch(between) is not None
        return mark.scale == "percent" and _FORWARD_PERCENT.fullmatch(between) is not None
    return _FORWARD_ABSENCE.fullmatch(between) is not None


def _take_back(waiting: list[Mark], before: Mention | None, since: int) -> None:
    for mark in waiting:
        if mark.start >= since:
            _remove(before, mark)


def _remove(mention: Mention | None, mark: Mark) -> None:
    if mention is None:
        return
    for marks in (mention.results, mention.numbers, mention.absences):
        if mark in marks:
            marks.remove(mark)


def _give(mention: Mention, mark: Mark) -> None:
    if mark.kind == "result":
        mention.results.append(mark)
    elif mark.kind == "number":
        mention.numbers.append(mark)
    elif mark.kind == "absence":
        mention.absences.append(mark)
    elif mark.kind == "method":
        mention.methods.append(mark)


def _take(text: str, mention: Mention, mark: Mark) -> None:
    """Give a mark to the marker before it, if it stands near enough."""
    if mention.is_full:
        return
    gap = text[mention.reach : mark.start]
    if len(gap) > (_NEXT if mention.says_something else _FIRST):
        return
    if gap.count(". ") + 2 * gap.count("\n\n") > _SENTENCES:
        return
    since = max(mention.own_until, mention.group.end)
    alien = is_of_another(
        text,
        since,
        (mark.start, mark.end),
        says_something=mention.says_something or any(map(sends_elsewhere, mention.absences)),
        waits=any(not sends_elsewhere(each) for each in mention.absences),
    )
    if alien and _could_be_of_anything(mark):
        # It is not read; but where it may be another reading of the same, neither is the first.
        opposed = any(_are_opposed(each, mark) for each in (*mention.results, *mention.numbers))
        mention.quarrels |= opposed and tells_of_two(text, since, (mark.start, mark.end))
        return
    if _is_of_a_gene(mark) and names_another_gene(text, since, (mark.start, mark.end)):
        return
    _give(mention, mark)
    mention.reach = max(mention.reach, mark.end)
    if not alien:
        mention.own_until = max(mention.own_until, mark.end)


def _are_opposed(one: Mark, other: Mark) -> bool:
    return {_way(one), _way(other)} == {"positive", "negative"}


def _way(mark: Mark) -> str | None:
    """Which way a result points; None where it does not tell."""
    if mark.scale == "percent":
        return "negative" if mark.interval.high <= 1 else "positive"
    if mark.scale == "ihc":
        if mark.score.possible <= {"0", "1+"}:
            return "negative"
        return "positive" if mark.score.possible == {"3+"} else None
    if mark.words[:1] in ("+", "-", "0"):
        return "positive" if mark.words[:1] == "+" else "negative"
    ways = {each.value for each in mark.meanings} & {"positive", "negative"}
    return ways.pop() if len(ways) == 1 else None


def sends_elsewhere(absence: Mark) -> bool:
    """Whether it says where the result was found, as "done on the core" does, and not that none is there."""
    return any(each.value == "absent_not_stated" for each in absence.meanings)


def _could_be_of_anything(mark: Mark) -> bool:
    """Whether a mark does not tell by itself that it is one of a receptor: "positive", "60 %"."""
    if mark.kind == "number":
        return mark.scale == "percent"
    return mark.kind == "result" and not _is_of_a_gene(mark)


def _is_of_a_gene(mark: Mark) -> bool:
    return mark.kind == "result" and any(each.fact == "her2_ish" for each in mark.meanings)


def without_what_is_of_others(text: str, mention: Mention) -> Mention:
    """Without results behind "pending" that another word leads: "HER2 pending; edema 3+"."""
    if len(mention.group.markers) != 1 or not mention.absences:
        return mention
    first = min(mention.absences, key=lambda mark: mark.start)
    if _AT_ONCE.fullmatch(text, mention.group.end, first.start) is None:
        return mention
    results = [m for m in mention.results if not _is_led_by_another(text, first, m)]
    numbers = [m for m in mention.numbers if not _is_led_by_another(text, first, m)]
    return replace(mention, results=results, numbers=numbers)


def _is_led_by_another(text: str, absence: Mark, mark: Mark) -> bool:
    between = text[absence.end : mark.start] if mark.start > absence.end else ""
    if not re.match(r"[\s)]{0,2}[.,;]", between):
        return False
    words: list[str] = re.findall(r"[a-z][a-z-]+", between)
    return bool(words) and not any(_OF_RESULTS.match(word) for word in words)


def is_general(text: str, mention: Mention) -> bool:
    """Whether the markers are spoken of in general: antibodies, conditions, other people."""
    start = mention.group.start
    before = text[max(0, start - 90) : start]
    if _ANTIBODY.match(text, mention.group.end):
        return True
    if _NO_CANCER.search(before) and any(_A_CANCER.match(text, m.end) for m in mention.results):
        return True
    return bool(_ONLY_IF.search(before) or _GENERAL.search(before))


def is_asked_for(text: str, mention: Mention) -> bool:
    """Whether the test is only asked for."""
    start = mention.group.start
    before = text[max(0, start - 90) : start]
    if _ASKED.search(before):
        straight = [m for m in mention.results if m.start - mention.group.end <= 3]
        return not straight
    return False
