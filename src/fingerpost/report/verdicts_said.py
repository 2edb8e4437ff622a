"""The few words of a verdict, an answer and what moved, for pages that show many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.criteria.wording import say
from fingerpost.knowledge.model import Criterion
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.lexicon import lexicon_of
from fingerpost.report.option_said import heading_of, sentence
from fingerpost.report.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fingerpost.criteria.wording import Lexicon
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.options.moved import Moved, Turned
    from fingerpost.terms import Answer, Verdict

VERDICTS = {
    "matches": marked("Fits"),
    "might_match": marked("Might fit"),
    "not_yet": marked("Not yet"),
    "does_not_match": marked("Does not fit"),
}
_NOT_IN_FORCE = marked("Not in force")
# A sign beside each word, never instead of it.
MARKS = {"matches": "✓", "might_match": "?", "not_yet": "…", "does_not_match": "✗", None: "–"}
ANSWERS = {"yes": marked("yes"), "no": marked("no"), "unknown": marked("not known")}
_NOT_ASKED = marked("not asked")


def verdict_words(verdict: str | None) -> str:
    """A verdict in words; None is a use that is not in force.

    >>> verdict_words("might_match"), verdict_words(None)
    ('Might fit', 'Not in force')
    """
    return _(_NOT_IN_FORCE) if verdict is None else _(VERDICTS[verdict])


def answer_words(answer: str) -> str:
    """One of the three answers in words.

    >>> answer_words("unknown")
    'not known'
    """
    return _(ANSWERS[answer])


def section_words(section: str) -> str:
    """The place in a document: what is only a number is called a section.

    >>> section_words("1.2"), section_words("Indications")
    ('section 1.2', 'Indications')
    """
    return _("section %(number)s", number=section) if section[:1].isdigit() else section


def moved_said(found: Sequence[Moved], knowledge: Knowledge) -> list[dict[str, object]]:
    """Each option that moved: from where to where, and the conditions that turned."""
    knowledge = spoken(knowledge)
    lexicon = lexicon_of(knowledge) if found else None
    return [_moved(each, knowledge, lexicon) for each in found]


def _moved(moved: Moved, knowledge: Knowledge, lexicon: Lexicon | None) -> dict[str, object]:
    window = moved.window_after or moved.window_before
    return {
        "id": moved.option.id,
        "heading": heading_of(spoken(moved.option), knowledge),
        "setting": moved.option.setting,
        "before": _name(moved.before),
        "after": _name(moved.after),
        "turned": [_turned(each, knowledge, lexicon) for each in moved.turned],
        "new_wording": moved.window_before is not moved.window_after,
        "since": _since(moved),
        "source": window.source if window else None,
    }


def _name(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def _since(moved: Moved) -> str | None:
    """The day on which the later wording began, or on which the earlier one ended."""
    import datetime as dt

    if moved.window_after is not None:
        start = moved.window_after.start
        return None if start == dt.date.min else start.isoformat()
    until = moved.window_before.until if moved.window_before else None
    return until.isoformat() if until else None


def _turned(turned: Turned, knowledge: Knowledge, lexicon: Lexicon | None) -> dict[str, str]:
    what = spoken(turned.what)
    if isinstance(what, Criterion) and lexicon is not None:
        says = sentence(say(knowledge.graph.nodes[what.node], lexicon))
    else:
        says = getattr(what, "text", "")
    return {"says": says, "before": _answer(turned.before), "after": _answer(turned.after)}


def _answer(answer: Answer | None) -> str:
    return _(_NOT_ASKED) if answer is None else _(ANSWERS[answer.value])
