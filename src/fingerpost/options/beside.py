"""What stands beside one authority's options: the other authorities' word, and what guidelines describe.

Neither is mixed with the options themselves, and neither changes a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fingerpost.options.match import find_options, verdicts
from fingerpost.options.model import Elsewhere, Options
from fingerpost.options.rule_set import RuleSet
from fingerpost.options.uses import COMPARED
from fingerpost.terms import Authority

BESIDE = (*COMPARED, Authority.GUIDELINE)


def look_beside(options: Options, others: Sequence[RuleSet]) -> Options:
    """The answer, with what the other rule sets of the same day say of the same person.

    Args:
        options: The answer for one authority.
        others: The rule sets of other authorities on that day; guidelines may be among them.
    """
    elsewhere: list[Elsewhere] = []
    guideline = options.guideline
    for rules in others:
        if rules.authority == options.authority:
            continue
        if rules.authority == Authority.GUIDELINE:
            guideline = find_options(options.facts, rules).options
        elif rules.authority in COMPARED:
            elsewhere += _verdicts(options, rules)
    return replace(options, elsewhere=tuple(elsewhere), guideline=guideline)


def _verdicts(options: Options, rules: RuleSet) -> list[Elsewhere]:
    found = verdicts(options.facts, rules)
    return [Elsewhere(rule.option, rule.window, found[rule.option.id]) for rule in rules.rules]
