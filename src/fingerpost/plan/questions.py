"""The questions to bring to a visit: from what is missing, open or to be careful about, and fixed ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fingerpost.criteria.evaluate import evaluate
from fingerpost.knowledge.plan_model import Question
from fingerpost.options.model import Missing, Options
from fingerpost.plan.model import AskedQuestion
from fingerpost.terms import Answer, Verdict
from fingerpost.values import Absent

MOST = 12
# So many of one kind at most: three tests to ask for are heard, nine are not.
_MOST_OF_EACH = 3
# Why a caution concerns somebody, but nothing to ask about.
_WHO = frozenset(("sex", "birth_date", "menopausal_status_reported"))


def questions_for(
    options: Options, *, matters: Collection[str] = (), most: int = MOST
) -> tuple[AskedQuestion, ...]:
    """At most so many questions for this person, in the order in which they are asked.

    What matters to the person (`because` of a question) is asked only by those who said so; nothing
    else depends on it.
    """
    found = [
        AskedQuestion(question, text)
        for question in options.knowledge.following.questions.values()
        if (question.because is None or question.because in matters)
        and _concerns(question, options)
        for text in _texts(question, options)
    ]
    found.sort(key=lambda asked: (asked.question.order, asked.question.id))
    # Said once: two rules may come to the same words.
    once = {asked.text: asked for asked in reversed(found)}
    chosen = [asked for asked in found if once[asked.text] is asked][:most]
    return tuple(sorted(chosen, key=lambda asked: _GROUPS.index(asked.question.group)))


_GROUPS = ("cancer", "options", "living", "later")


def _concerns(question: Question, options: Options) -> bool:
    """Whether the question may be about this person: what is not known is asked."""
    if question.node is None:
        return True
    node = options.knowledge.graph.nodes[question.node]
    return evaluate(node, options.facts.case) is not Answer.NO


def _texts(question: Question, options: Options) -> Iterator[str]:
    if question.for_each is None:
        yield question.text
        return
    names = {
        "missing_test": _missing(options, "test"),
        "missing_answer": _missing(options, "answer"),
        "open_option": _open(options),
        "caution": _cautions(options),
    }[question.for_each]
    for name in list(dict.fromkeys(names))[:_MOST_OF_EACH]:
        yield question.text.replace("{name}", name)


def _missing(options: Options, kind: str) -> Iterator[str]:
    for missing in options.missing.single:
        if (missing.kind == "test") == (kind == "test"):
            name = _name(missing, options)
            if name is not None:
                yield name


def _name(missing: Missing, options: Options) -> str | None:
    knowledge = options.knowledge
    test = knowledge.tests.get(missing.id.partition(":")[0])
    if test is not None:
        return test.label
    fact = knowledge.facts.get(missing.facts[0]) if missing.facts else None
    return None if fact is None else fact.label


def _open(options: Options) -> Iterator[str]:
    """Medicines of options that might fit, each once."""
    knowledge = options.knowledge
    for answer in options.options:
        if answer.verdict is Verdict.MIGHT_MATCH:
            drug = knowledge.drugs[answer.option.drug]
            yield drug.name


def _cautions(options: Options) -> Iterator[str]:
    """What the record holds that calls for caution with an option that fits or might fit.

    A test to be done before treatment is no question of this kind: nothing is known of it yet.
    """
    knowledge = options.knowledge
    for answer in options.options:
        if answer.verdict not in (Verdict.MATCHES, Verdict.MIGHT_MATCH):
            continue
        for each in answer.cautions:
            told = each.caution.needs is not None or each.caution.effect in ("info", "test_first")
            if each.answer is Answer.YES and not told:
                for slot in each.reasons:
                    if slot.name in knowledge.facts and _is_a_finding(slot.name, options):
                        yield knowledge.facts[slot.name].label


def _is_a_finding(name: str, options: Options) -> bool:
    """Whether the record holds it, and it is more than who the person is."""
    chosen = options.facts.chosen.get(name)
    return name not in _WHO and chosen is not None and not isinstance(chosen.value, Absent)
