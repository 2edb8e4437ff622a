"""Whose a result is: by the words between a marker and it, and by those right behind it.

Between a marker and its own result stand words of stains, of tests and of the tumor, and no others.
Where any other word stands there, something else is spoken of: "HER2 is awaited. Genetic testing was
positive", "HER2 1+. She tested negative". No list can hold all that else can be positive or negative
(a virus, a test, a margin, a relative), so the words that may stand there are listed, and not the
others: a word that is missing here leaves a result unread, and makes none wrong.
"""

from __future__ import annotations

import re

# Beginnings of the words of a stain, a test and its result.
_OF_RESULTS = (
    r"result|score|scor(?:ed|ing)|status|interpret|conclu|report|intens|percent|proport|index|averag|mean$|total|overall|final|value|level|quantit|qualit|range"
    r"|stain|immuno|ihc|nucle|membran|cytoplasm|cell|react|positiv|negativ|equivoc|borderline|indetermin|express|overexpress|over-express|amplif|non-amplif|strong|weak|moderat|mod$|faint"
    r"|focal|diffus|patch|uniform|complet|incomplet|partial|heterogen|variab|homogen|intense|high|low|mild|marked|minimal|very|slight|clear|definit|unequivoc|favou?r|unfavou?r"
    r"|fish|ish$|c?ish|sish|dish|ddish|iqfish|in-situ|hybridi|ratio|signal|cop(?:y|ies)|cep|dna$|chromosom|chr$|gene$|probe|centromer|group|categor|class$|cluster|polysom|monosom"
    r"|allred|quick|h-?score|remmele|irs$|qs$|ps$|is$|ts$|ic$|tps$|cps$|tc$|fmol|amol|mg$|ug$|proportion|hscore|histoscore|combined"
    r"|clone|antibod|monoclon|polyclon|rabbit|mouse|dako|ventana|roche|leica|novocastra|agilent|abbott|pharmdx|hercept|pathway|benchmark|autostain|bond|optiview|ultraview|envision|sp\d*$|ep\d*$|cb\d*$|inform$|pathvysion"
    r"|test|assay|stud(?:y|ies)|analy[sz]|method|perform|done$|repeat|assess|evaluat|determin|measur|demonstrat|show|reveal|found|detect|identif|seen$|present|absen|observ|exhibit|display|confirm|yield|giv(?:en|es|ing)|read$|called|consider|regard|deem|judg|label|categori[sz]"
    r"|receptor|recepter|marker|protein|oncoprotein|oncogen|hormon|biomarker|prognostic|predictive"
    r"|guideline|criteri|asco|cap$|accord|version|per$|became|turned|came$|come$|back$|return|remain|now$|threshold|cut-?off|control|appropriate|adequate|internal|external"
    r"|date|pend|[a-z]\d{1,2}$|block|slide|section|paraffin|formalin|fix|case$|number|no$|page|specimen|sample|tissue|accession"
)
# What may stand in the sentence of the marker: words of the tumor, of its samples and of time.
_OF_TISSUE = (
    r"tumou?r|carcinom|cancer|invasi|infiltr|malign|neoplas|lesion|component|duct|lobul|mammar|breast|epitheli|gland|dcis|situ|population|clon|subclon|area|foc(?:us|i)|region|rest$|remain|other|another|one$|two$|three|first|second|both|either|neither|nor$|each|all$|most|many|few|some|rare|scatter|occasion|single|isolated|about|approx|around|nearly|almost|estimat|virtual|essential|only$|just$|also|again|new|old|still|previous|prior|earlier|initial|original|outside|here|repeat|later|current|recent|today|before|after|pre-|post-|treatment|therapy|pretreat|week|month|chemo|neoadj|nact|surg|lab"
    r"|carried$|out$|patholog|mdt$|multidisciplin|meeting|discuss|using|platform|technique|system$|automat|discord|concord|differ|change|convert|correct|revis|amend|updat|lost$|loss$|gain|retain|become|pathologist|mixed|pattern|true|false|likely|possib|probab|questionab|suspic|suggest|consist|compatib|cannot|caution|retract|exclud|although|therefore|thus|hence|however|rather|than|fail|fall|short|reach|defin|follow|epithelium|hmb|crp|normal|benign|adjacent|nice|minor|major|half|third|quarter|plus|minus|yes|grade|larg|small"
)
# Places and samples: one of them may be what is positive ("node positive"), unless it only says where.
_PLACE = r"(?:core|biops|excis|resect|lumpect|mastect|metasta|recurr|relapse|node|nodal|axill|liver|bone|primar|left|right)"
_SOMEWHERE = re.compile(rf"\b(?:in|on|of|from|at|by)\s(?:[a-z-]{{1,14}}\s){{0,3}}?{_PLACE}[a-z]*")
# "Tested by Dr Smith", "at St Mary's", "in this patient".
_BY_WHOM = re.compile(
    r"\b(?:by|at|per)\s(?:(?:dr|prof(?:essor)?|mr|mrs|ms|st|the)\b\.?\s)?[a-z][\w'-]*(?:\s[a-z][\w'-]*)?(?=\s(?:and|was|is|were|which|at|in|on)\b|\s?[:,.;])"
    r"|\bin\s(?:this|the|our)\s(?:patient|case|woman|lady)\b"
)
# What a report says of a test, then "Result:" as a sentence or line of its own.
_ITS_RESULT = re.compile(
    r"[^.;\n]*[.;\n]\s*(?:final\s)?(?:results?|interpretation|status)\s?[:=]\s*"
)
# Behind "awaited", in a new sentence, only these lead to the result that was awaited.
_AT_LAST = r"results?$|score|status|interpret|report|final|now$|came$|come$|back$|it$|ihc|immuno|fish$|ish$|cish$|sish$|in-situ|hybridi|ratio|receptor|stain|return|confirm|her$|neu$|clone"
# What tells of a second reading, or of a second sample of the cancer.
_READ_ANEW = re.compile(
    r"\b(?:primary|metasta\w+|recurren\w+|relapse\w*|core|biops\w+|excision\w*|resection\w*|mastectomy|lumpectomy|surgical|repeat\w*|re-?test\w*|review\w*|re-?read\w*"
    r"|outside|elsewhere|opinion|hospitals?|laborator\w+|central(?:ly)?|initial\w*|original\w*)\b"
)
# Words that mean nothing by themselves.
_SMALL = re.compile(
    r"(?:a|an|the|and|or|of|in|is|are|was|were|be|been|being|by|to|with|on|at|for|from|as|it|this|that|these|those|there|which|has|"
    r"have|had|do|does|did|not|no|non|isn|wasn|aren|but|while|both|between|up|less|more|least|equal|greater|if|very|ve|er|pr|pgr|"
    r"her|neu|ki|x|n|na|we|our|s|t|i|e|vs|versus|so|into|over|under)$"
)
_RESULT_WORD = re.compile(rf"(?:{_OF_RESULTS})")
_TISSUE_WORD = re.compile(rf"(?:{_OF_TISSUE})")
_PLACE_WORD = re.compile(_PLACE)
_WORD_AT_LAST = re.compile(rf"(?:{_AT_LAST})")
_WORD = re.compile(r"[a-z][a-z-]*(?:\d+(?![\d%.]))?")
_ASIDE = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]")
# How far behind a result the place may be named of which it is.
_BEHIND_RESULT = 30
_NEW_SENTENCE = re.compile(r"[.;]\s|\n")
_NEW_CLAUSE = re.compile(r"[,.;\n]|\b(?:and|but|with|while|whereas|although|after|then)\b")
# "Positive for BRCA1": what is led by the word is what is positive.
_LED = re.compile(
    r"\s{1,2}(?:for|to|on|that|about)\s{1,2}(?:(?:an?|the|any|both|her|his|this|these|all)\s{1,2})*(?P<word>[a-z][a-z-]*\d*)?"
)
# "Low back pain", "weak pulses", "low grade".
_NO_DEGREE = re.compile(
    r"(?:low|high|weak|strong|moderate|focal)\s(?:back|grade|risk|mood|blood|pressure|dose|fat|pain|grip|pulses?|weight|iron|energy|platelets?|counts?|neutrophils?|sodium|potassium|calcium|vitamin|ha?emoglobin|suspicion|probability|likelihood|tumou?r|ki)\b"
)
_BEHIND = re.compile(
    r"[ ]?(?:\n(?!\n))?[ ]?(?:(?:in|at|of|on|by|from|with)\s{1,2}(?:(?:an?|the|any|all|both|her|his|this)\s{1,2})*)?(?P<word>[a-z][a-z-]*\d*)?"
)


def is_of_another(
    text: str, since: int, result: tuple[int, int], *, says_something: bool, waits: bool
) -> bool:
    r"""Whether a result is one of something else than the marker before it.

    Args:
        text: The mended text.
        since: Up to where the words were those of the marker.
        result: From where to where the result stands.
        says_something: Whether the marker has a result already; another one then opens a quarrel, and is kept.
        waits: Whether its result was said to be awaited.

    >>> text = "her2 is awaited. genetic testing was positive"
    >>> is_of_another(text, 15, (37, 45), says_something=False, waits=True)
    True
    >>> text = "her2: the stain was positive"
    >>> is_of_another(text, 4, (20, 28), says_something=False, waits=False)
    False
    """
    start, end = result
    if _NO_DEGREE.match(text, start):
        return True
    between = _ASIDE.sub(" ", text[since:start])
    crossed = _NEW_CLAUSE.search(between) is not None
    its = not waits and _ITS_RESULT.fullmatch(between) is not None
    anew = _NEW_SENTENCE.search(between) is not None and not its
    if not anew and not waits:
        between = _BY_WHOM.sub(" ", _SOMEWHERE.sub(" ", between))
    ours: tuple[re.Pattern[str], ...] = (_RESULT_WORD,)
    if says_something:
        ours = (_RESULT_WORD, _TISSUE_WORD, _PLACE_WORD)
    elif anew and waits:
        ours = (_WORD_AT_LAST,)
    elif not anew and not (crossed and waits):
        ours = (_RESULT_WORD, _TISSUE_WORD)
    if any(not _is_ours(word, ours) for word in _WORD.findall(between)):
        return True
    behind = [_LED.match(text, end), _BEHIND.match(text, end) if crossed else None]
    every = (_RESULT_WORD, _TISSUE_WORD, _PLACE_WORD)
    return any(each and each["word"] and not _is_ours(each["word"], every) for each in behind)


def _is_ours(word: str, ours: tuple[re.Pattern[str], ...]) -> bool:
    """Whether a word may stand between a marker and its own result."""
    return len(word) == 1 or any(each.match(word) for each in (_SMALL, *ours))


def tells_of_two(text: str, since: int, result: tuple[int, int]) -> bool:
    """Whether a second result may be of another sample or reading: then it must not be passed over."""
    until = min(len(text), result[1] + _BEHIND_RESULT)
    return _READ_ANEW.search(text, since, until) is not None


# "MYC amplified", "amplified FGFR1": among genes, the word is that of the one named nearest.
_OTHER_GENE = re.compile(
    r"\b(?!her-?\s?2|cep\d|chr\d|erbb-?2|ki-?67|sp\d|cb\d|s\d)(?:c-?myc|myc[ln]?|egfr|met|kras|ret|[a-z]{2,6}\d{1,2}[a-z]?\d?)\b"
)


def names_another_gene(text: str, since: int, result: tuple[int, int]) -> bool:
    """Whether another gene stands between a marker and a result of genes, or straight behind the result.

    >>> text = "her2 1+. myc amplified"
    >>> names_another_gene(text, 7, (13, 22))
    True
    """
    start, end = result
    return bool(_OTHER_GENE.search(text, since, start) or _OTHER_GENE.match(text, end + 1))
