"""A small, whole set of knowledge files about invented drugs, to spoil one thing at a time in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.errors import KnowledgeError
from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.strict import read_strictly

SMALL = {
    "about.yaml": """\
knowledge_version: 2026.11.22
verified_through: 2026-07-02
licence: CC-BY-4.0
reviewed_by:
  - {name: A. Reader, role: oncologist, on: 2026-11-01, scope: all options}
""",
    "classes.yaml": """\
classes:
  targeted_therapy: {label: Targeted therapy, plain: Acts on one feature of the cancer}
  anti_her2: {label: Anti-HER2 therapy, parents: [targeted_therapy]}
  chemotherapy: {label: Chemotherapy}
""",
    "tests.yaml": """\
tests:
  her2_stain:
    label: HER2 IHC
    specimen: biopsy
    answers: [her2_ihc]
    source: guide.one
    state: verified
""",
    "facts/genes.yaml": """\
facts:
  her2_copies: {type: number, label: HER2 copies, question: How many?, panel: her2, state: unverified}
""",
    "record_review.yaml": """\
papers:
  her2_result:
    plain: The HER2 result
    when: always
    shown_by: [her2_ihc]
    why: Some medicines depend on it.
    try_this: Ask for the report.
    state: unverified
editions:
  her2_zero:
    about: [her2_ihc]
    results: ["0"]
    before: 2020-01-01
    plain: The rules were other ones
    try_this: Ask for a second look.
    source: guide.one
    state: verified
compared:
  her2_samples:
    status: her2
    panel: her2
    plain: HER2 is not the same in all samples
    try_this: Ask which sample counts.
    state: unverified
""",
    "lines/small.yaml": """\
periods:
  one_regimen: {period: {days: 7}, plain: Drugs that began within a week, state: unverified}
""",
    "sources/guide.one.yaml": """\
title: A guideline
publisher: A society
kind: guideline
url: https://example.org/guide
checked_on: 2026-11-20
checked_how: full
""",
    "sources/label.one.2020.yaml": """\
title: A label
publisher: An authority
kind: label
url: https://example.org/label
published: 2020-02-29
checked_on: 2026-11-20
checked_how: excerpt
note: read in part
""",
    "drugs/fictimab.yaml": """\
name: fictimab
brands: [Fictiva]
biosimilars: [{name: fictimab-abcd, brand: Fictoo}]
also_written: [FCT-1]
classes: [anti_her2, targeted_therapy]
route: [intravenous]
codes:
  rxnorm: [{code: "12345", state: weak, source: guide.one}]
state: verified
source: label.one.2020
""",
    "drugs/inventaxel.yaml": """\
name: inventaxel
classes: [chemotherapy]
state: unverified
""",
    "facts/receptors.yaml": """\
facts:
  birth_date:
    type: date
    label: Date of birth
    question: When were you born?
    state: verified
  her2_ihc:
    type: category
    values: {"0": none, "1+": faint, "2+": some, "3+": strong}
    groups: {low_scores: ["0", "1+"]}
    also_written: {"score 0": "0"}
    label: HER2 IHC score
    plain: How strongly the cells stain for HER2
    question: What was the HER2 IHC score?
    where: pathology report
    test: her2_stain
    current_for: {months: 6}
    which: newest
    codes: {loinc: ["85319-2"]}
    state: verified
    source: guide.one
  ki67_percent:
    type: number
    unit: "%"
    range: [0, 100]
    label: Ki-67
    question: What was Ki-67?
    state: unverified
  pregnant:
    type: flag
    label: Pregnant
    question: Are you pregnant?
    changes_with_treatment: true
    state: verified
  sites:
    type: set
    values: {bone: Bones, liver: Liver}
    label: Sites
    question: Where has it spread?
    state: verified
treatment_attributes:
  setting:
    type: category
    values: {adjuvant: After surgery, metastatic: For metastatic disease}
    label: Setting
    state: verified
  end: {type: date, label: End, state: verified}
derived:
  her2:
    type: family
    label: HER2 status
    values:
      positive: {plain: HER2-positive, when: her2_ihc is 3+}
      low: {plain: HER2-low, when: her2_ihc is 1+, from: 2022-08-05}
    groups: {any_her2: [positive, low]}
    state: verified
    source: guide.one
  adult: {type: flag, label: Adult, when: age >= 18 years, state: verified}
  age: {type: elapsed, label: Age, unit: years, since: birth_date, until: today, state: verified}
""",
    "options/fda/fictimab.yaml": """\
drug: fictimab
authority: fda
options:
  advanced:
    row: X1
    title: With chemotherapy, for HER2-positive breast cancer
    drugs: [fictimab, chemotherapy]
    setting: advanced
    windows:
      - from: 2018-01-10
        until: 2020-02-28
        ended: replaced
        date_state: verified
        status: accelerated
        source: label.one.2020
        criteria:
          - when: adult is yes
            label: adult patients
            quoted: true
            kind: person
            source: label.one.2020
            state: verified
      - from: 2020-02-29
        date_state: verified
        status: regular
        source: label.one.2020
        section: "1"
        criteria:
          - when: adult is yes
            label: adult patients
            quoted: true
            kind: person
            source: label.one.2020
            state: verified
          - when: {any: [her2 is positive, {not: her2_ihc is one of low_scores}]}
            label: HER2-positive
            quoted: false
            kind: disease
            note: in our words
            source: label.one.2020
            state: weak
          - when: any treatment where class is chemotherapy and end <= today - 6 months
            label: six months after chemotherapy
            quoted: true
            kind: sequence
            source: label.one.2020
            state: verified
    trial_only:
      - {when: ki67_percent < 20 %, text: Ki-67 was low., source: guide.one, state: verified}
      - {text: The trial was small., state: unverified}
    trials: [one]
""",
    "trials/one.yaml": """\
name: ONE
nct: NCT00000001
nct_state: weak
population: people with Fictimab
results:
  - endpoint: overall survival
    figures: {treated: 5, compared: 4, unit: months, hazard_ratio: 0.5, interval: [0.4, 0.6]}
    state: weak
  - {endpoint: tumor response, words: half of them, source: label.one.2020, state: weak}
state: weak
""",
    "cautions/fictimab.yaml": """\
applies_to: {drugs: [fictimab], classes: [anti_her2]}
cautions:
  pregnancy:
    authority: fda
    effect: contraindicated
    when: pregnant is yes
    text: Fictimab can harm an unborn child.
    asks: Are you pregnant?
    source: label.one.2020
    state: verified
  stain-first:
    authority: any
    effect: test_first
    needs: her2_ihc
    from: 2020-01-01
    until: 2024-12-31
    text: The stain is looked at first.
    state: unverified
""",
    "checks.yaml": """\
checks:
  blood_count: {label: Full blood count, plain: A blood test, neutral: Blood test, state: unverified}
""",
    "monitoring/fictimab.yaml": """\
applies_to: {drugs: [fictimab, inventaxel]}
given:
  drip:
    how: intravenous
    plain: A drip every 3 weeks
    cycle_days: 21
    days: [1]
    first_minutes: [60, 90]
    source: label.one.2020
    state: verified
monitoring:
  blood:
    check: blood_count
    when: her2 is positive
    purpose: It can lower the blood counts
    before: required
    phases: [{every: {weeks: 1}, until: {months: 1}}, {each: dose}]
    after: {every: {months: 6}, for: {years: 2}}
    source: label.one.2020
    state: verified
""",
    "effects.yaml": """\
effects:
  nausea:
    label: Nausea
    plain: Feeling sick
    group: gut
    helps: [{text: Small meals., state: unverified}]
    symptom: stools
    state: unverified
""",
    "side_effects/fictimab.yaml": """\
applies_to: {drugs: [fictimab, inventaxel]}
boxed:
  lungs: {authority: fda, from: 2020-01-01, text: It can inflame the lungs., source: label.one.2020, state: verified}
side_effects:
  nausea:
    how_common: common
    figures: [{trial: One, arm: fictimab, people: 100, any_grade: 4, source: label.one.2020, state: verified}]
    source: label.one.2020
    state: verified
""",
    "symptoms/stools.yaml": """\
label: Loose stools
group: bowel
ask: How many more than usual?
when: always
answers:
  few: {plain: 1 to 3, level: next_visit}
  many: {plain: 4 or more, level: tell_team_soon}
signs:
  blood: {plain: There is blood in it, level: same_day_call}
sign_of: an effect of the medicine
rules:
  positive: {when: her2 is positive, answers: {many: same_day_call}, sign_of: an effect of it, state: unverified}
state: unverified
""",
    "spelling.yaml": """\
spelling: {tumor: tumour}
""",
    "urgency.yaml": """\
groups:
  bowel: {order: 1, label: Stomach and bowel}
levels:
  next_visit: {label: Next visit, plain: Tell them at the next visit.}
  tell_team_soon: {label: Within 24 hours, plain: Phone within 24 hours.}
  same_day_call: {label: Same day, plain: Phone today.}
  emergency_now: {label: Emergency, plain: "Call {number} now."}
emergency_numbers:
  fda: {number: "911", where: in the US}
  nice: {number: "999", where: in the UK}
urgency:
  two: {several: 2, of: tell_team_soon, make: same_day_call, why: Two at once are more urgent, state: unverified}
  worry: {worried: 1, why: Worry counts, state: unverified}
  positive: {when: her2 is positive, every: tell_team_soon, why: It can act anywhere, state: unverified}
""",
    "questions.yaml": """\
questions:
  goals: {text: "What is the aim of this treatment?", group: options, order: 20, state: unverified}
""",
    "interview.yaml": """\
sections:
  report: {label: The report, order: 10}
asks:
  her2: {section: report, order: 10, fact: her2_ihc, always: true, why: It decides about HER2 medicines.}
matters:
  tablets: {label: Rather tablets than drips, order: 1}
""",
    "glossary.yaml": """\
terms:
  biomarker: {term: Biomarker, plain: Something a test finds., state: unverified}
""",
    "explainers/antibody.yaml": """\
title: How an antibody works
kind: mechanism
drugs: [fictimab]
in_short: It attaches to HER2.
paragraphs: [It keeps HER2 from working.]
state: unverified
""",
    "codes/loinc.yaml": """\
system: http://loinc.org
name: LOINC
check: loinc
codes:
  85319-2: {display: HER2, fact: her2_ihc, source: guide.one, state: verified}
  LA6111-4:
    - {fact: her2_ihc, value: "0", state: weak}
    - {value: score_zero, state: weak}
""",
    "codes/rxnorm_products.yaml": """\
system: rxnorm
source: guide.one
state: weak
products:
  "99": [fictimab, inventaxel]
""",
    "codes/fictional_look_alikes.yaml": """\
system: urn:fingerpost:look_alikes
name: Names that look like ours
source: guide.one
state: unverified
names: [fictizumab, inventazole]
""",
}


@pytest.fixture
def small() -> dict[str, str]:
    """The files by name, to change before they are read."""
    return dict(SMALL)


@pytest.fixture
def read() -> Callable[[dict[str, str]], Knowledge]:
    """Read such files."""

    def reading(contents: dict[str, str]) -> Knowledge:
        return read_strictly({name: text.encode() for name, text in contents.items()}, "small")

    return reading


@pytest.fixture
def told(read) -> Callable[[dict[str, str]], list[str]]:
    """What is wrong with such files, one line for each problem."""

    def telling(contents: dict[str, str]) -> list[str]:
        try:
            read(contents)
        except KnowledgeError as error:
            return [str(problem) for problem in error.problems]
        return []

    return telling


@pytest.fixture
def folder(small, tmp_path) -> Path:
    """The files on disk."""
    for name, text in small.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "data"
