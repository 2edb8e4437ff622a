"""One thing is spoiled in a whole set of files; the one line that is told must stand at its place."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from fingerpost.errors import KnowledgeError

OPTION = "options/fda/fictimab.yaml"
CAUTION = "cautions/fictimab.yaml"
FACTS = "facts/receptors.yaml"
TRIAL = "trials/one.yaml"
DRUG = "drugs/fictimab.yaml"


class Spoiled(NamedTuple):
    """What is written instead of what, where the problem is told (`at`), and what is said."""

    name: str
    old: str
    new: str
    at: str
    said: str


SPOILED = {
    "a paper that nothing shows": Spoiled(
        "record_review.yaml",
        "    shown_by: [her2_ihc]\n",
        "",
        "her2_result:",
        "this says by nothing, or by two things, how one sees that it is there. "
        "Try: `shown_by: [...]`, `each_of: [...]`, or `treatments: true` [wrong-value]",
    ),
    "an unknown key three levels deep": Spoiled(
        OPTION,
        "section:",
        "secton:",
        "secton:",
        "there is no key `secton` here. Try: did you mean section? [unknown-key]",
    ),
    "a missing key": Spoiled(
        OPTION,
        "    title: With chemotherapy, for HER2-positive breast cancer\n",
        "",
        "advanced:",
        "the key `title` is missing. Try: add it [missing-key]",
    ),
    "a word for a flag": Spoiled(
        OPTION,
        "quoted: false",
        "quoted: no",
        "quoted: no",
        "`quoted`: this must be true or false. Try: write it in small letters [wrong-type]",
    ),
    "a word that is not in the list": Spoiled(
        OPTION,
        "setting: advanced",
        "setting: advancd",
        "setting: advancd",
        "`setting`: `advancd` is not one of the words that may stand here. "
        "Try: did you mean advanced or adjuvant? [wrong-value]",
    ),
    "a number where text belongs": Spoiled(
        OPTION,
        "label: HER2-positive",
        "label: 3",
        "label: 3",
        "`label`: text belongs here. Try: put quotation marks round a number [wrong-type]",
    ),
    "a map where text belongs": Spoiled(
        OPTION,
        "label: HER2-positive",
        "label: {en: HER2-positive}",
        "label: {",
        "`label`: text belongs here. Try: put quotation marks round a number [wrong-type]",
    ),
    "nothing where text belongs": Spoiled(
        OPTION,
        "label: HER2-positive",
        "label:",
        "label:\n",
        "`label`: this is empty. Try: write it, or leave the key out [wrong-type]",
    ),
    "a list where a map belongs": Spoiled(
        "classes.yaml",
        "  chemotherapy: {label: Chemotherapy}",
        "  chemotherapy: [Chemotherapy]",
        "chemotherapy:",
        "`chemotherapy`: this must be a map. Try: write `key: value` lines under it [wrong-type]",
    ),
    "an id in capitals": Spoiled(
        OPTION,
        "  advanced:\n",
        "  Advanced_One:\n",
        "Advanced_One:",
        "`Advanced_One`: this does not have the form kebab-case. [wrong-value]",
    ),
    "a day that does not exist": Spoiled(
        OPTION,
        "from: 2018-01-10",
        "from: 2018-02-30",
        "from: 2018-02-30",
        "2018-02-30 is not a day of the calendar. [wrong-date]",
    ),
    "a caution that ends before it begins": Spoiled(
        "cautions/fictimab.yaml",
        "until: 2024-12-31",
        "until: 2019-12-31",
        "until: 2019-12-31",
        "`until` lies before `from`. Try: both are days of the same wording [wrong-date]",
    ),
    "a month for a day": Spoiled(
        OPTION,
        "from: 2018-01-10",
        "from: 2018-01",
        "from: 2018-01",
        "this is not a day. Try: write it as 2026-05-15, without quotes [wrong-date]",
    ),
    "a day that nobody can have seen": Spoiled(
        OPTION,
        "from: 2020-02-29",
        "from: 2062-02-20",
        "from: 2062-02-20",
        "`from: 2062-02-20` lies after the knowledge version, 2026-11-22. "
        "Try: correct the day; a window that is announced says `expected: true` [date-ahead]",
    ),
    "a source checked tomorrow": Spoiled(
        "sources/guide.one.yaml",
        "checked_on: 2026-11-20",
        "checked_on: 2026-11-23",
        "checked_on:",
        "`checked_on: 2026-11-23` lies after the knowledge version, 2026-11-22. "
        "Try: correct the day; a window that is announced says `expected: true` [date-ahead]",
    ),
    "an expected window whose day has come": Spoiled(
        OPTION,
        "from: 2020-02-29",
        "expected: true\n        from: 2020-02-29",
        "from: 2020-02-29",
        "this window is marked as expected, but 2020-02-29 has come. Try: look whether it "
        "happened, then correct the day and remove `expected` [date-ahead]",
    ),
    "a window that ends before it begins": Spoiled(
        OPTION,
        "until: 2020-02-28",
        "until: 2017-02-28",
        "until: 2017-02-28",
        "this window ends on 2017-02-28, before it begins on 2018-01-10. "
        "Try: correct one of the two days [window-order]",
    ),
    "windows that overlap": Spoiled(
        OPTION,
        "until: 2020-02-28",
        "until: 2020-02-29",
        "from: 2020-02-29",
        "this window begins on 2020-02-29, while the one before it, from 2018-01-10 until "
        "2020-02-29, is in force. Try: put windows in the order of time; `until` is the last day "
        "in force [window-overlap]",
    ),
    "a window after one without an end": Spoiled(
        OPTION,
        "        until: 2020-02-28\n        ended: replaced\n",
        "",
        "from: 2020-02-29",
        "this window begins on 2020-02-29, while the one before it, from 2018-01-10 without an "
        "end, is in force. Try: put windows in the order of time; `until` is the last day "
        "in force [window-overlap]",
    ),
    "a replacement that comes late": Spoiled(
        OPTION,
        "until: 2020-02-28",
        "until: 2020-02-27",
        "from: 2020-02-29",
        "the window before was replaced on 2020-02-27, and this begins later. "
        "Try: `replaced` means the next begins the day after; else say how it ended [window-gap]",
    ),
    "an end without a day": Spoiled(
        OPTION,
        "        until: 2020-02-28\n",
        "",
        "ended: replaced",
        "this window has `ended` and no `until`. "
        "Try: give the last day in force, and how it ended, or neither [window-end]",
    ),
    "a window without criteria": Spoiled(
        OPTION,
        "trial_only:",
        "windows2: []\n    trial_only:",
        "windows2:",
        "there is no key `windows2` here. Try: did you mean windows? [unknown-key]",
    ),
    "a long quotation": Spoiled(
        OPTION,
        "label: adult patients",
        f"label: {'word ' * 31}",
        "label: word",
        "this quotation has 31 words, and 30 are allowed. Try: quote the words that decide, or "
        "say it in our own words with quoted: false [long-quotation]",
    ),
    "cautions for nobody": Spoiled(
        CAUTION,
        "{drugs: [fictimab], classes: [anti_her2]}",
        "{drugs: []}",
        "applies_to:",
        "these cautions apply to no drug and no class. [missing-key]",
    ),
    "a caution with two triggers": Spoiled(
        CAUTION,
        "    needs: her2_ihc\n",
        "    needs: her2_ihc\n    when: always\n",
        "stain-first:",
        "a caution has either `when` (a condition) or `needs` (a fact). "
        "Try: `when: always` for one that is always shown [missing-key]",
    ),
    "a trial number that is none": Spoiled(
        TRIAL,
        "nct: NCT00000001",
        "nct: NCT0001",
        "nct: NCT0001",
        "`nct`: this does not have the form NCT and eight digits. [wrong-value]",
    ),
    "a trial number without a state": Spoiled(
        TRIAL,
        "nct_state: weak\n",
        "",
        "name: ONE",
        "`nct` and `nct_state` go together. Try: give both, or neither [missing-key]",
    ),
    "a ratio outside its own interval": Spoiled(
        TRIAL,
        "hazard_ratio: 0.5,",
        "hazard_ratio: 0.7,",
        "interval: [0.4",
        "0.7 lies outside its own interval. Try: look at the source again [wrong-value]",
    ),
    "a result without figures and words": Spoiled(
        TRIAL,
        "words: half of them, ",
        "",
        "{endpoint: tumor response",
        "a result has either `figures` or `words`. "
        "Try: figures: {treated: 24.8, compared: 14.5, unit: months} [missing-key]",
    ),
    "a trial that nobody wrote": Spoiled(
        OPTION,
        "trials: [one]",
        "trials: [on]",
        "on]",
        "there is no trial `on`. Try: write trials/on.yaml, or did you mean one? [unknown-id]",
    ),
    "a status that the authority does not give": Spoiled(
        OPTION,
        "status: regular",
        "status: recommended",
        "status: recommended",
        "`recommended` is no status that `fda` gives. Try: regular or accelerated [wrong-value]",
    ),
    "a source that nobody wrote": Spoiled(
        OPTION,
        'source: label.one.2020\n        section: "1"',
        'source: label.one.2021\n        section: "1"',
        "source: label.one.2021",
        "there is no source `label.one.2021`. "
        "Try: write sources/label.one.2021.yaml, or did you mean label.one.2020? [unknown-id]",
    ),
    "a drug or class that nobody wrote": Spoiled(
        OPTION,
        "chemotherapy]",
        "chemotherapie]",
        "chemotherapie]",
        "there is no drug or class `chemotherapie`. Try: did you mean chemotherapy? [unknown-id]",
    ),
    "a drug in the wrong file": Spoiled(
        OPTION,
        "drug: fictimab",
        "drug: inventaxel",
        "drug:",
        "`drug: inventaxel` stands in the file options/fda/fictimab.yaml. The path is the name. "
        "Try: `drug: fictimab`, or move the file [misnamed-file]",
    ),
    "an authority in the wrong folder": Spoiled(
        OPTION,
        "authority: fda",
        "authority: ema",
        "authority:",
        "`authority: ema` stands in the file options/fda/fictimab.yaml. The path is the name. "
        "Try: `authority: fda`, or move the file [misnamed-file]",
    ),
    "a class that nobody wrote": Spoiled(
        DRUG,
        "[anti_her2,",
        "[anti_her3,",
        "anti_her3",
        "there is no class `anti_her3`. Try: did you mean anti_her2? [unknown-id]",
    ),
    "a class without the one above it": Spoiled(
        DRUG,
        "[anti_her2, targeted_therapy]",
        "[anti_her2]",
        "anti_her2",
        "a drug of class `anti_her2` is of class `targeted_therapy` as well. "
        "`class is ...` sees only what is listed. Try: add `targeted_therapy` [missing-class]",
    ),
    "a class that stands twice": Spoiled(
        DRUG,
        "[anti_her2, targeted_therapy]",
        "[anti_her2, targeted_therapy, anti_her2]",
        "anti_her2]",
        "`anti_her2` stands twice in this list. Try: remove one [twice]",
    ),
    "a parent that nobody wrote": Spoiled(
        "classes.yaml",
        "[targeted_therapy]",
        "[targeted_therapie]",
        "targeted_therapie",
        "there is no class `targeted_therapie`. Try: did you mean targeted_therapy? [unknown-id]",
    ),
    "a name of two drugs": Spoiled(
        "drugs/inventaxel.yaml",
        "name: inventaxel",
        "name: Fct 1",
        "name:",
        "`Fct 1` is also a name of `fictimab`. A record that says it could mean either. "
        "Try: leave it with one of the two [twice]",
    ),
    "a test that nobody wrote": Spoiled(
        FACTS,
        "test: her2_stain",
        "test: her2_stian",
        "test:",
        "there is no test `her2_stian`. Try: did you mean her2_stain? [unknown-id]",
    ),
    "a fact that a test names and nobody wrote": Spoiled(
        "tests.yaml",
        "[her2_ihc]",
        "[ki67_percentage]",
        "ki67",
        "there is no fact `ki67_percentage`. Try: did you mean ki67_percent? [unknown-id]",
    ),
    "a fact that nobody can ask for": Spoiled(
        FACTS,
        "    question: What was Ki-67?\n",
        "",
        "ki67_percent:",
        "the fact `ki67_percent` has no `question`. "
        "Nobody could ask for it. Try: add one [missing-key]",
    ),
    "a type of fact that there is not": Spoiled(
        FACTS,
        "type: number",
        "type: nummer",
        "ki67_percent:",
        "`type`: `nummer` is not one of the words that may stand here. Try: did you mean number? [wrong-value]",
    ),
    "a key of another type of fact": Spoiled(
        FACTS,
        "    range: [0, 100]",
        "    groups: {high: [1]}",
        "groups: {high",
        "there is no key `groups` here.",
    ),
    "a range upside down": Spoiled(
        FACTS,
        "range: [0, 100]",
        "range: [100, 0]",
        "range:",
        "a range goes from the lower number to the higher. [wrong-value]",
    ),
    "a group of values that are none": Spoiled(
        FACTS,
        '["0", "1+"]',
        "[0, 1]",
        "1]",
        "`1` is not one of the values above. [unknown-value]",
    ),
    "a group that is a value": Spoiled(
        FACTS,
        "groups: {low_scores:",
        'groups: {"0": ["0"], low_scores:',
        '"0": ["0"]',
        "`0` is a value already, so it cannot name a group. [twice]",
    ),
    "a spelling of a value that is none": Spoiled(
        FACTS,
        '"score 0": "0"',
        '"score 0": "00"',
        '"score 0"',
        "`00` is not one of the values above. [unknown-value]",
    ),
    "a period of two units": Spoiled(
        FACTS,
        "{months: 6}",
        "{months: 6, years: 1}",
        "current_for:",
        "a period has exactly one of days, weeks, months, years. Try: {months: 3} [wrong-value]",
    ),
    "bad news where nothing gets too old": Spoiled(
        FACTS,
        "current_for: {months: 6}",
        "worrying: {at_most: 3}",
        "worrying:",
        "`worrying` says what a limit of time is not for, and there is no `current_for`. "
        "Try: current_for: {months: 3} [missing-key]",
    ),
    "a time between what are no dates": Spoiled(
        FACTS,
        "since: birth_date",
        "since: sites",
        "since: sites",
        "`since` of `age` must be the id of a date fact. Try: a fact of `type: date` [wrong-value]",
    ),
    "a product of a drug that nobody wrote": Spoiled(
        "codes/rxnorm_products.yaml",
        "[fictimab, inventaxel]",
        "[fictimib]",
        "fictimib",
        "there is no drug `fictimib`. Try: write drugs/fictimib.yaml, or did you mean fictimab? [unknown-id]",
    ),
    "a wrong key of a code with one meaning": Spoiled(
        "codes/loinc.yaml",
        "display: HER2",
        "displayed: HER2",
        "displayed",
        "there is no key `displayed` here. Try: did you mean display? [unknown-key]",
    ),
    "a wrong key of a code with several meanings": Spoiled(
        "codes/loinc.yaml",
        "value: score_zero",
        "valeu: score_zero",
        "valeu",
        "there is no key `valeu` here. Try: did you mean value? [unknown-key]",
    ),
    "a version that is no day": Spoiled(
        "about.yaml",
        "2026.11.22",
        "2026.13.22",
        "knowledge_version:",
        "2026-13-22 is not a day of the calendar. [wrong-date]",
    ),
    "prose for a criterion": Spoiled(
        OPTION,
        "when: adult is yes",
        "when: The person is an adult.",
        "The person",
        "'The person is an adult.' is not a criterion. ",
    ),
    "a value that the fact cannot have, inside a nesting": Spoiled(
        OPTION,
        "her2 is positive",
        "her2 is positiv",
        "positiv,",
        "her2 cannot be 'positiv'. ",
    ),
    "a fact that a criterion names and nobody wrote": Spoiled(
        CAUTION,
        "when: pregnant is yes",
        "when: {any: [{not: pregnent is yes}]}",
        "pregnent",
        "'pregnent' is not ",
    ),
    "a flag for a criterion": Spoiled(
        CAUTION,
        "when: pregnant is yes",
        "when: true",
        "true",
        "a criterion must be a line of text or a nesting, and this is bool. ",
    ),
    "a nesting that there is not": Spoiled(
        CAUTION,
        "when: pregnant is yes",
        "when: {either: [always]}",
        "{either",
        "a nesting with the keys either has no meaning. ",
    ),
    "a wrong value in a dated definition": Spoiled(
        FACTS,
        "her2_ihc is 1+",
        "her2_ihc is 4+",
        "4+",
        "her2_ihc cannot be '4+'. ",
    ),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
def test_one_fault_is_told_where_it_stands(told, small, spoiled):
    assert spoiled.old in small[spoiled.name]
    text = small[spoiled.name].replace(spoiled.old, spoiled.new, 1)
    before, _, _ = text.partition(spoiled.at)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    lines = told({**small, spoiled.name: text})
    expected = f"{spoiled.name}:{line}:{column}: {spoiled.said}"
    assert any(said.startswith(expected) for said in lines), lines


def test_the_small_set_is_whole(told, small):
    assert told(small) == []


def test_all_faults_of_all_files_are_told_at_once(told, small):
    for spoiled in SPOILED.values():
        if spoiled.name != "about.yaml":  # without a version no day lies ahead
            small[spoiled.name] = small[spoiled.name].replace(spoiled.old, spoiled.new, 1)
    small["sources/broken.yaml"] = "title: a: b\n"
    small["notes.txt"] = "remember"
    codes = {line.rpartition("[")[2].removesuffix("]") for line in told(small)}
    assert codes >= {
        "criterion",
        "date-ahead",
        "misplaced-file",
        "missing-key",
        "unknown-id",
        "unknown-key",
        "wrong-date",
        "wrong-type",
        "wrong-value",
        "yaml-syntax",
    }


def test_problems_stand_in_the_order_of_files_and_lines(read, small):
    small[OPTION] = small[OPTION].replace("source: label.one.2020", "source: nowhere")
    small[DRUG] += "colour: red\n"
    with pytest.raises(KnowledgeError) as told:
        read(small)
    places = [problem.where for problem in told.value.problems]
    assert places[0].startswith(DRUG)
    lines = [int(place.split(":")[1]) for place in places[1:]]
    assert lines == sorted(lines)
    assert len(lines) == 6


def test_a_faulty_definition_is_told_once_and_not_for_all_that_rests_on_it(told, small):
    small[FACTS] = small[FACTS].replace("her2_ihc is 3+", "her2_ihc is 5+")
    assert len(told(small)) == 1


def test_a_typo_in_a_fact_does_not_make_criteria_look_wrong(told, small):
    small[FACTS] = small[FACTS].replace("    plain: How strongly", "    plan: How strongly")
    assert [line.rpartition("[")[2] for line in told(small)] == ["unknown-key]"]


@pytest.mark.parametrize(
    "name", ["sources/guide.one.yaml", DRUG, FACTS, "tests.yaml", "classes.yaml", OPTION]
)
def test_ids_of_a_file_that_cannot_be_read_are_not_told_as_missing(told, small, name):
    (line,) = told({**small, name: "title: [\n"})
    assert line.startswith(f"{name}:")
    assert line.endswith("[yaml-syntax]")


def test_a_circle_of_definitions_is_told_once_with_the_way_round(told, small):
    small[FACTS] += (
        "  first: {type: flag, label: First, when: {not: second is yes}, state: verified}\n"
        "  second: {type: flag, label: Second, when: third is yes, state: verified}\n"
        "  third: {type: flag, label: Third, when: {any: [first is yes]}, state: verified}\n"
    )
    (line,) = told(small)
    circle = "first is yes -> second is yes -> third is yes -> first is yes"
    assert f"rests on itself: {circle}" in line
    assert line.startswith(f"{FACTS}:60:")
    assert line.endswith("[circular]")


def test_derived_facts_may_stand_in_any_order(read, small):
    small["facts/a_first.yaml"] = (
        "derived:\n"
        "  tall: {type: flag, label: Tall, when: taller is yes, state: verified}\n"
        "  taller: {type: flag, label: Taller, when: adult is yes, state: verified}\n"
    )
    knowledge = read(small)
    assert knowledge.derived["tall"].values["yes"].node < len(knowledge.graph.nodes)


def test_one_id_for_two_things_is_told_with_the_first_place(told, small):
    small["facts/more.yaml"] = (
        "derived:\n  sites: {type: flag, label: Sites, when: always, state: verified}\n"
    )
    (line,) = (line for line in told(small) if "[twice]" in line)
    assert line.startswith("facts/receptors.yaml") or line.startswith("facts/more.yaml")
    assert "the fact `sites` is already given at" in line


def test_one_use_in_two_files_of_a_drug_is_told(told, small):
    small["options/fda/fictimab_again.yaml"] = small[OPTION]
    assert told(small) == [
        "options/fda/fictimab_again.yaml:4:3: the option `fda.fictimab.advanced` is already given "
        "at options/fda/fictimab.yaml:4:3. Criteria and reports could not tell the two apart. "
        "Try: rename or remove one [twice]"
    ]


def test_uses_of_a_drug_may_fill_several_files(read, small):
    small["options/fda/fictimab_early.yaml"] = small[OPTION].replace("  advanced:", "  early:")
    assert {"fda.fictimab.advanced", "fda.fictimab.early"} == set(read(small).options)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("drugs/Fictimab.yaml", "drugs/capivasertib.yaml"),
        ("drugs/fictimab.yml", "drugs/capivasertib.yaml"),
        ("drug/fictimab.yaml", "did you mean drugs?"),
        ("options/fictimab.yaml", "options/fda/capivasertib.yaml"),
        ("facts/.yaml", "facts/receptors.yaml"),
    ],
)
def test_a_file_that_would_never_be_read_is_told(told, small, name, advice):
    assert told({**small, name: "x: 1\n"}) == [
        f"{name}: no kind of knowledge file has this place and name. It would never be read. "
        f"Try: {advice} [misplaced-file]"
    ]


def test_a_missing_version_is_told(told, small):
    del small["about.yaml"]
    assert told(small) == [
        "about.yaml: the file is missing. Nothing says which state of the knowledge this is. "
        "Try: write it [missing-file]"
    ]


def test_missing_facts_are_told_once_and_not_for_every_criterion(told, small):
    for name in (FACTS, "facts/genes.yaml", "record_review.yaml"):
        del small[name]
    lines = told(small)
    assert "facts/: no file gives any fact. No criterion can be read. [missing-file]" in lines
    assert not [line for line in lines if "[criterion]" in line]


def test_an_announced_window_may_lie_ahead(read, small):
    small[OPTION] = (
        small[OPTION]
        .replace("from: 2020-02-29", "from: 2027-01-01\n        expected: true")
        .replace("ended: replaced", "ended: withdrawn")
    )
    window = read(small).options["fda.fictimab.advanced"].windows[1]
    assert window.expected
