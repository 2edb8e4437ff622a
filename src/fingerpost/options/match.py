"""From the facts to the options: which match, which do not, and exactly why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fingerpost.criteria.case import Case
from fingerpost.criteria.explain import Explainer
from fingerpost.criteria.planes import Planes, Slot, Worlds
from fingerpost.criteria.worlds import unknowns
from fingerpost.facts.model import Facts
from fingerpost.options.missing_tests import missing_tests
from fingerpost.options.model import (
    CautionAnswer,
    CriterionAnswer,
    Judged,
    NotInForce,
    OptionAnswer,
    Options,
    TrialNote,
)
from fingerpost.options.rule_set import Rule, RuleSet
from fingerpost.options.second_looks import second_looks, told_once
from fingerpost.terms import Answer, Authority, Verdict
from fingerpost.values import Choice

# World 0 is the record as it stands, world 1 the same person after treatment still to come.
_LATER = 1
_YES_NOW, _POSSIBLE_NOW, _POSSIBLE_LATER = 0b0001, 0b0100, 0b1000
_OPEN_WHILE_ONGOING = ("progression", "end", "end_reason", "best_response", "ongoing", "cycles")


def find_options(facts: Facts, rules: RuleSet, *, pairs: bool = False) -> Options:
    """Every option in force, its verdict and reasons, and the missing tests that would decide most.

    With `pairs`, also which two missing tests decide something only together, and the smallest set
    of tests that settles every option whatever the results.
    """
    planes = rules.full_kernel.evaluate(facts.case, later(facts.case, rules))
    explainer = Explainer(rules.graph, planes, facts.case)
    looks = second_looks(rules, planes, explainer, facts)
    cautions = {name: _caution(name, rules, explainer, facts) for name in rules.cautions}
    missing = unknowns(rules.verdict_kernel, rules.knowledge.vocabulary, facts.case)
    return Options(
        rules.knowledge,
        replace(facts, messages=told_once((*facts.messages, *looks))),
        rules.on,
        rules.authority,
        tuple(_answer(rule, planes, explainer, cautions) for rule in rules.rules),
        tuple(_absent(absent, explainer) for absent in rules.not_in_force),
        _derived(rules, explainer),
        Reasons(rules.derived, explainer),
        missing_tests(facts, rules, missing, pairs=pairs),
        tuple(missing),
    )


def verdicts(facts: Facts, rules: RuleSet) -> Mapping[str, Verdict]:
    """Only the verdicts by option id: the quick answer, without reasons and without cautions."""
    planes = rules.verdict_kernel.evaluate(facts.case, later(facts.case, rules))
    values = iter(planes.values(rules.verdict_roots))
    # Three numbers for each option, in two worlds: bits 0 and 1 say yes, bits 2 and 3 not no.
    return {
        rule.option.id: _verdict_of(together, sequence, not_sequence)
        for rule, together, sequence, not_sequence in zip(
            rules.rules, values, values, values, strict=True
        )
    }


def judge(facts: Facts, rules: RuleSet) -> Judged:
    """The verdicts of `find_options`, cautions counted, and nothing worked out beside them.

    It is what "what would another answer change?" asks again and again.
    """
    planes = rules.full_kernel.evaluate(facts.case, later(facts.case, rules))
    explainer = Explainer(rules.graph, planes, facts.case)
    cautions = {name: _caution(name, rules, explainer, facts) for name in rules.cautions}
    found = {}
    for rule in rules.rules:
        shown = [cautions[name] for name in rule.cautions if cautions[name].answer is not Answer.NO]
        own = _verdict(rule, planes)
        found[rule.option.id] = _with_cautions(own, tuple(shown), rule.option.authority)
    return Judged(rules.rules, found, cautions, explainer)


def _verdict_of(together: int, sequence: int, not_sequence: int) -> Verdict:
    if together & _POSSIBLE_NOW:
        return Verdict.MATCHES if together & _YES_NOW else Verdict.MIGHT_MATCH
    # Only conditions on treatment say no, and treatment still to come may turn all of them.
    turns = not_sequence & _POSSIBLE_NOW and sequence & _POSSIBLE_LATER
    return Verdict.NOT_YET if turns else Verdict.DOES_NOT_MATCH


class Reasons(Mapping[tuple[str, str], tuple[Slot, ...]]):
    """Why each value of each derived fact is answered so; worked out when asked for."""

    def __init__(self, numbers: Mapping[tuple[str, str], int], explainer: Explainer) -> None:
        """Keep what is needed to explain."""
        self._numbers = numbers
        self._explainer = explainer

    def __getitem__(self, key: tuple[str, str]) -> tuple[Slot, ...]:
        """The slots that decided `fact is value`."""
        return self._explainer.reasons(self._numbers[key])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Every fact and value."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers)


def later(case: Case, rules: RuleSet) -> Worlds:
    """Two worlds: the record as it stands, and the same person after treatment still to come.

    In the second the list of treatments is open again, treatments that go on may turn out in any
    way, and so may the facts that the catalogue marks as changing with treatment. A condition that
    is no now but open then is "not yet"; one that stays no is not.
    """
    ahead = 1 << _LATER
    unknown = dict.fromkeys(rules.changing, ahead)
    for index, treatment in enumerate(case.treatments):
        ongoing = treatment.get("ongoing")
        if not isinstance(ongoing, Choice) or "yes" in ongoing.possible:
            for name in _OPEN_WHILE_ONGOING:
                unknown[Slot(name, index)] = ahead
    return Worlds(2, unknown_in=unknown, open_in=ahead)


def _absent(absent: NotInForce, explainer: Explainer) -> NotInForce:
    """What is not recommended says also whether the person is of those it was asked for."""
    if absent.window.opens or not absent.window.criteria:
        return absent
    return replace(absent, population=explainer.answer(absent.window.together))


def _verdict(rule: Rule, planes: Planes) -> Verdict:
    window = rule.window
    return _verdict_of(*planes.values((window.together, window.sequence, window.not_sequence)))


def _answer(
    rule: Rule, planes: Planes, explainer: Explainer, all_cautions: Mapping[str, CautionAnswer]
) -> OptionAnswer:
    criteria = tuple(
        CriterionAnswer(c, explainer.answer(c.node), explainer) for c in rule.window.criteria
    )
    cautions = tuple(
        shown for name in rule.cautions if (shown := all_cautions[name]).answer is not Answer.NO
    )
    return OptionAnswer(
        rule.option,
        rule.window,
        _with_cautions(_verdict(rule, planes), cautions, rule.option.authority),
        criteria,
        cautions,
        tuple(
            TrialNote(t, Answer.UNKNOWN if t.node is None else explainer.answer(t.node))
            for t in rule.option.trial_only
        ),
        tuple(i for i, c in enumerate(criteria) if c.answer is Answer.NO),
        rule.state,
        explainer,
    )


def _caution(name: str, rules: RuleSet, explainer: Explainer, facts: Facts) -> CautionAnswer:
    caution = rules.knowledge.cautions[name]
    if caution.node is not None:
        return CautionAnswer(caution, explainer.answer(caution.node), explainer)
    # A test to be done first: said until its result is there.
    done = caution.needs is not None and caution.needs in facts.case.facts
    return CautionAnswer(caution, Answer.NO if done else Answer.YES, explainer)


def _with_cautions(
    verdict: Verdict, cautions: tuple[CautionAnswer, ...], authority: str
) -> Verdict:
    """Only a contraindication can say no, and only "not studied" can say unknown.

    A contraindication that only another authority's label has says nothing certain here: it leaves
    a match open.
    """
    said = [c.caution for c in cautions if c.answer is Answer.YES]
    own = {c.effect for c in said if c.authority in ("any", authority)}
    if "contraindicated" in own:
        return Verdict.DOES_NOT_MATCH
    # A hospital's own caution is told, and is no word on a label.
    labels = [c for c in said if c.authority != Authority.LOCAL or authority == Authority.LOCAL]
    doubtful = {c.effect for c in labels} & {"contraindicated", "not_studied"}
    if doubtful and verdict is Verdict.MATCHES:
        return Verdict.MIGHT_MATCH
    return verdict


def _derived(rules: RuleSet, explainer: Explainer) -> dict[str, dict[str, Answer]]:
    found: dict[str, dict[str, Answer]] = {}
    for (name, value), number in rules.derived.items():
        found.setdefault(name, {})[value] = explainer.answer(number)
    return found
