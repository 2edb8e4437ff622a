"""Words for what the files and records choose from closed lists: statuses, effects, settings, samples."""

from __future__ import annotations

from fingerpost.messages import gettext as _
from fingerpost.messages import marked

_STATUSES = {
    "regular": marked("regular"),
    "accelerated": marked("accelerated"),
    "conditional": marked("conditional"),
    "recommended": marked("recommended"),
    "managed_access": marked("managed access"),
    "guideline": marked("guideline"),
    "not_recommended": marked("not recommended"),
    "terminated": marked("terminated"),
    "no_guidance_found": marked("no guidance found"),
}
# How a wording ended, and why an option is not in force.
_ENDS = {
    "replaced": marked("replaced by another wording"),
    "withdrawn": marked("withdrawn"),
    "revoked": marked("revoked"),
    "narrowed": marked("narrowed"),
    "widened": marked("widened"),
    "ended": marked("ended"),
    "over": marked("over"),
    "not_approved_yet": marked("not approved yet"),
}
_LICENCES = {"licensed": marked("licensed"), "not_found": marked("not found")}
_EFFECTS = {
    "info": marked("information"),
    "test_first": marked("test first"),
    "caution": marked("caution"),
    "dose_adjust": marked("adjust the dose"),
    "avoid": marked("avoid"),
    "boxed": marked("boxed warning"),
    "contraindicated": marked("contraindicated"),
    "not_studied": marked("not studied"),
}
_SETTINGS = {
    "neoadjuvant": marked("neoadjuvant"),
    "perioperative": marked("perioperative"),
    "adjuvant": marked("adjuvant"),
    "post_neoadjuvant": marked("post-neoadjuvant"),
    "extended_adjuvant": marked("extended adjuvant"),
    "advanced": marked("advanced"),
    "supportive": marked("supportive"),
    "any": marked("any setting"),
}
# What a condition is about.
_ABOUT = {
    "person": marked("person"),
    "disease": marked("disease"),
    "biomarker": marked("biomarker"),
    "setting": marked("setting"),
    "sequence": marked("order of treatments"),
}
_SAMPLES = {
    "primary": marked("primary tumor"),
    "recurrence": marked("recurrence"),
    "metastasis": marked("metastasis"),
    "blood": marked("blood"),
    "saliva": marked("saliva"),
}
_ROUTES = {
    "oral": marked("by mouth"),
    "intravenous": marked("into a vein"),
    "subcutaneous": marked("under the skin"),
    "intramuscular": marked("into a muscle"),
    "implant": marked("as an implant"),
}
# How far somebody has read a source, and how far a claim was checked.
_CHECKS = {
    "full": marked("read in full"),
    "excerpt": marked("an excerpt was read"),
    "secondary": marked("read in a second-hand place"),
    "not_read": marked("not read"),
    "verified": marked("verified"),
    "weak": marked("weak source"),
    "unverified": marked("unverified"),
}
# What claims are about, as `fingerpost knowledge coverage` counts them.
_CLAIMS = {
    "assays": marked("assays"),
    "cautions": marked("cautions"),
    "changes_of_rules": marked("changes of rules"),
    "codes": marked("codes"),
    "codes_of_medicines": marked("codes of medicines"),
    "comparisons": marked("comparisons"),
    "criteria": marked("criteria"),
    "days_in_force": marked("days in force"),
    "derived_facts": marked("derived facts"),
    "facts": marked("facts"),
    "licences": marked("licences"),
    "medicines": marked("medicines"),
    "notices": marked("notices"),
    "papers_to_bring": marked("papers to bring"),
    "presumptions": marked("presumptions"),
    "tests": marked("tests"),
    "times_of_tests": marked("times of tests"),
    "trial_figures": marked("trial figures"),
    "trial_limits": marked("trial limits"),
    "trial_numbers": marked("trial numbers"),
    "trials": marked("trials"),
}
KINDS = {
    **_STATUSES,
    **_ENDS,
    **_LICENCES,
    **_EFFECTS,
    **_SETTINGS,
    **_ABOUT,
    **_SAMPLES,
    **_ROUTES,
    **_CHECKS,
    **_CLAIMS,
}


def kind_words(name: str | None) -> str:
    """A name of a closed list in words; one that nobody gave words to, as it is.

    >>> kind_words("managed_access"), kind_words("days in force"), kind_words(None)
    ('managed access', 'days in force', '')
    """
    words = KINDS.get((name or "").replace(" ", "_"))
    return _(words) if words else (name or "").replace("_", " ")
