"""The words of reports for genes, for what was found in them, and for what is said of others."""

from __future__ import annotations

import re

INHERITED = {
    "brca1": "germline_brca1",
    "brca2": "germline_brca2",
    "palb2": "germline_palb2",
    "brca": "germline_brca_reported",
}
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
NEEDS = {"ntrk": "fusion", "ret": "fusion", "braf": "v600e"}
GENE = re.compile(
    r"(?<![a-z\d-])(?:[gst](?=brca|palb))?(?P<gene>brca\s?-?\s?(?:1\s?(?:/|and|&)\s?(?:brca\s?)?2|[12])|brca|palb2|pik3ca|esr1|akt1|pten|ntrk(?:[123](?:/[123])*)?|ret|braf)(?![a-z\d])"
    # Results of these stand in the same sentences, and belong to no gene of ours.
    r"|(?<![a-z\d-])(?P<other>er|pr|pgr|hr|her-?\s?2|erbb2|(?:o?estrogen|progesterone|hormone) receptors?|ki-?67|pd-?l1|triple|nodes?|margins?|tp53|p53|chek2|atm|cdh1|rad51[cd]?"
    r"|bard1|brip1|nbn|stk11|nf1|kras|nras|egfr|fgfr[1-4]|gata3|map3k1|cdkn2a|mtor|msh[26]|mlh1|pms2|ccnd1|myc|rb1|cdk12|akt[23])(?![a-z\d])"
)
_UNCERTAIN = r"(?:variants?|mutations?|changes?|alterations?) of (?:uncertain|unknown|undetermined) (?:clinical )?significance|\bvus\b|uncertain significance"
_NONE = (
    r"\b(?:likely )?pathogenic (?:variants?|mutations?|changes?) (?:was |were |is |are )?(?:not (?:detected|identified|found|present|seen)|absent)\b"
    r"|\bno (?:known |reportable |clinically significant |disease-causing |germline |somatic |hotspot |activating ){0,2}"
    r"(?:likely pathogenic|pathogenic|deleterious|harmful|clinically significant|mutations?|variants?|alterations?|fusions?|rearrangements?)\b"
    r"(?:[ ,/]{1,2}(?:or |and )?(?:likely pathogenic|pathogenic|deleterious|mutations?|variants?|alterations?|fusions?|v600e)\b){0,3}"
    r"|\bnot (?:been )?(?:detected|identified|found|mutated|present|seen)\b|\bwild[\s-]?type\b|\bwt\b|\bneg(?:ative)?\b|\babsent\b|\bnone (?:detected|identified|found)\b|\bundetected\b"
    r"|\b(?:likely )?benign\b"
)
_NONE = (
    r"\b(?:no|without|negative for|absence of)\b[^.;:,]{0,60}?\b(?:mutations?|fusions?|variants?|rearrangements?|alterations?|changes?)\b|"
    + _NONE
)
# A printed choice that nobody made: "detected / not detected".
SCALE = re.compile(
    r"\b(?:detected|present|positive|identified|mutated)\s?(?:/|\bor\b)\s?(?:not (?:detected|present|identified|mutated)|negative|absent|wild[\s-]?type)\b"
    r"|\b(?:not (?:detected|present|identified|mutated)|negative|absent|wild[\s-]?type)\s?(?:/|\bor\b)\s?(?:detected|present|positive|identified|mutated)\b"
)
# Wherever one of these stands in a clause, "detected" or "pathogenic" in it may be turned round.
TURNED = re.compile(
    r"\b(?:no|not|non|never|negatives|without|neither|nor|negative|absen\w+|free|exclud\w+|un\w*detected)\b"
)
# "No AKT1 E17K": what stands right before a gene may turn it round as well.
TURNS_WHAT_FOLLOWS = re.compile(
    r"\b(?:no|not|without|neither|nor|absence of|absent|negatives|negative for|exclud\w+)[\s:]+(?:[\w.]+\s+){0,2}$"
)
_HARMFUL = r"\b(?:likely )?pathogenic\b|\bdeleterious\b"
_FOUND = (
    r"\bdetected\b|\bidentified\b|\bpos(?:itive)?\b|\bmutated\b|\bmutant\b|\bmutation (?:was |is )?(?:found|present)\b"
    r"|\b(?:homozygous |heterozygous )?(?:loss|deletion)\b"
)
# The name of a change, which says by itself that it was found, or for what was looked.
_VARIANT = r"\bp\.\(?[a-z][\w*]{0,20}\)?|\b[a-z]\d{2,4}(?:[a-z]|fs|\*)(?![a-z\d])"
_OPEN = (
    r"\b(?:testing|test|result|results|analysis|panel)?\s?(?:is |was |are |were )?(?:pending|to follow|not tested|not performed|not done|not assessed|not included|not analy[sz]ed"
    r"|insufficient|could not be (?:determined|assessed)|indeterminate|failed|inconclusive)\b"
)
RESULT = re.compile(
    rf"(?P<uncertain>{_UNCERTAIN})|(?P<open>{_OPEN})|(?P<none>{_NONE})|(?P<harmful>{_HARMFUL})|(?P<found>{_FOUND})|(?P<variant>{_VARIANT})"
)
# Words that anything can be, and how something else is named before one of them behind a comma.
OF_ANYTHING = frozenset({"negative", "neg", "positive", "pos", "absent", "detected", "identified"})
NEW_SUBJECT = re.compile(
    r"(?:[,(]|\b(?:and|but|with|while|whereas)\b)\s{0,2}(?:(?:an?|the|her|his)\s)?(?!(?:which|that|this|these|those|both|it|all|none|no|not|also|were|was|is|are|has|have|came|result\w*|test\w*|gene\w*|germ\w*|somat\w*|variant\w*|mutation\w*"
    r"|sequenc\w*|panel\w*|pathog\w*|delet\w*|duplic\w*|analys\w*|exon\w*|codon\w*|copy|large|rearrang\w*|mlpa|brca\w*|inherited|hereditary|full|report\w*|found|status|respectively|performed|done|by|from|in|on|of|using|ngs|p|c)\b)[a-z]{2,}"
)
NOT_OF_THIS_PERSON = re.compile(
    r"\bpatients (?:with|who)\b|\bindicated\b|\bapproved\b|\bclinical trials?\b|\bassociated with\b|\brisk of\b|\brecommend\w*\b|\bconsider\w*\b|\bif\b|(?<!\d )(?<!\d-)\bmay\b(?! \d)"
    r"|\bgenes? (?:tested|analy[sz]ed|sequenced|evaluated|included|on (?:the|this) panel)\b(?![^.;]{0,90}(?:negative|detected|identified))|\b(?:(?:grand)?(?:mother|father)|mum|mom|dad|parent|sister|aunt|uncle|brother|sibling|daughter|son|niece|nephew|twin|cousin|relative|family|maternal|paternal|friend)\b"
    r"|\bdefined as\b|\bclassif(?:y|ied as follows)\b|\bcounsel\w*\b|\blimit of detection\b"
)
# How far a list reaches, what heads one of no findings, and what ends it.
LIST_REACHES = 900
HEADS_NO_FINDINGS = re.compile(
    r"\s*[-*#\u2022]?\s*(?:(?:genes? with |variants? |alterations? )?(?:variants? |mutations? |alterations? )?of (?:unknown|uncertain|undetermined)\b|vus\b|(?:pertinent |relevant )?negatives?(?: findings?| results?)?\s*:?\s*$"
    r"|(?:genes? with )?no (?:reportable |pathogenic |clinically relevant |genomic )*(?:alterations?|variants?|mutations?|findings?)\b|not detected\b|(?:genes? )?(?:tested|covered|analy[sz]ed|assayed)\b)[^.;\n]{0,60}$"
)
OTHER_HEADING = re.compile(
    r"\b(?:findings?|results?|detected|pathogenic|actionable|therap\w+|reportable|tier|biomarkers?|summary|diagnosis|comment|alterations?|mutations?|somatic|germ[\s-]?line|tumou?r|plasma|tissue|ngs)\b"
)
