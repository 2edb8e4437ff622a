"""What to find out, as text: the first three for the answer, all of it for `fingerpost missing`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.report.text.because import because_texts
from fingerpost.report.text.head import closing, opening, title_of
from fingerpost.report.text.layout import counted, full_stop, items, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.contract import (
        MissingDocument,
        MissingSaid,
        OptionSaid,
        OutcomeSaid,
        PairSaid,
    )

_FIRST = 3
_MOST_NAMED = 4
_MOST_PAIRS = 8
# As many results as can be taken in at once.
_FEW = range(1, 5)


def first_three(missing: Sequence[MissingSaid], options: Sequence[OptionSaid]) -> list[str]:
    """The three that would settle most, tests and facts before judgements, and how many are left."""
    if not missing:
        return []
    names = {option["id"]: option["medicines"] for option in options}
    still_open = sum(option["verdict"] == "might_match" for option in options)
    # "Is there nothing else for you?" is the team's to raise, and no way to begin.
    ordered = sorted(missing, key=lambda each: each["judgement"])
    lines: list[str] = []
    for number, each in enumerate(ordered[:_FIRST], 1):
        lines += one_missing(number, each, names, still_open)
    left = len(missing) - _FIRST
    if left > 0:
        lines += wrap(f"... and {left} more (fingerpost missing)", 2)
    return section("Find out first", lines)


def missing_text(document: MissingDocument) -> str:
    """The whole ranking, pairs, and what settles everything."""
    title = title_of(document["authority"], document["on"], "what to find out, for the options")
    still_open = len(document["open_options"])
    lines = opening(title, document["knowledge"])
    if not still_open:
        return (
            "\n".join(
                [*lines, "", *wrap("No option is open: nothing is missing for the verdicts.")]
            )
            + "\n"
        )
    lines += ["", *wrap(f"{counted(still_open, 'option')} open.")]
    listing: list[str] = []
    for number, each in enumerate(document["missing"], 1):
        listing += ["", *one_missing(number, each, document["names"], still_open, whole=True)]
        headings = [f"{document['headings'][name]} [{name}]" for name in each["decides"]["some"]]
        listing += [*wrap("It bears on:", 5), *items(headings, 7)]
    lines += section("One by one, those that settle most first", listing[1:])
    lines += _pairs(document["pairs"])
    lines += _all_of_it(document)
    return "\n".join([*lines, *closing()]) + "\n"


def one_missing(
    number: int,
    missing: MissingSaid,
    names: Mapping[str, str],
    still_open: int,
    *,
    whole: bool = False,
) -> list[str]:
    """One test or question, where to find it, and what its results would decide."""
    specimen = f" ({missing['specimen']})" if missing["specimen"] else ""
    lines = wrap(f"{number}. {missing['label']}{specimen}. {_decides(missing, still_open)}", 2, 5)
    told = [
        ("Ask", missing["question"]),
        ("Where", missing["where"]),
        ("The test", missing["how"] if whole or not missing["where"] else None),
        ("Record", "; ".join(because_texts(missing["now"]))),
    ]
    for word, text in told:
        lines += wrap(f"{word}: {full_stop(text)}", 5, 7) if text else []
    most = None if whole else _MOST_NAMED
    outcomes = missing["outcomes"]
    if len(missing["facts"]) > 1 and outcomes:
        return [*lines, *_together(outcomes, names, most)]
    if outcomes and (whole or len(outcomes) in _FEW):
        return [*lines, *(line for each in outcomes for line in _outcome(each, names, most))]
    if whole:
        return lines
    named = list(dict.fromkeys(names[each] for each in missing["decides"]["some"]))
    return [*lines, *wrap(f"It bears on {_named(named, most)}.", 5, 7)]


def _together(
    outcomes: Sequence[OutcomeSaid], names: Mapping[str, str], most: int | None
) -> list[str]:
    """What a test with several results at once may decide, without all their combinations."""
    lines: list[str] = []
    for key, verb in (("matches", "make these fit"), ("rules_out", "rule these out")):
        ids = dict.fromkeys(each for outcome in outcomes for each in outcome[key])  # type: ignore[literal-required]
        named = list(dict.fromkeys(names[each] for each in ids))
        lines += wrap(f"Some results would {verb}: {_named(named, most)}.", 5, 7) if named else []
    return lines


def _named(names: Sequence[str], most: int | None) -> str:
    """Medicines in a sentence; a regimen has commas of its own, so these are not enough between."""
    shown = names if most is None or len(names) <= most + 1 else names[:most]
    left = f"; and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return "; ".join(shown) + left


def _decides(missing: MissingSaid, still_open: int) -> str:
    always, some = missing["decides"]["always"], missing["decides"]["some"]
    of_open = f"of the {still_open} open options" if still_open > 1 else "of the open options"
    what = "result" if missing["kind"] == "test" else "answer"
    if len(always) == len(some):
        return f"Settles {len(always)} {of_open}, whatever the {what}."
    if not always:
        return f"Can settle {len(some)} {of_open}, depending on the {what}."
    return (
        f"Settles {len(always)} {of_open} whatever the {what}, and up to {len(some)} "
        f"depending on it."
    )


def _outcome(outcome: OutcomeSaid, names: Mapping[str, str], most: int | None) -> list[str]:
    said = []
    for ids, verb in (
        (outcome["matches"], "these would fit"),
        (outcome["rules_out"], "these would not fit"),
    ):
        if ids:
            named = list(dict.fromkeys(names[each] for each in ids))
            said.append(f"{verb}: {_named(named, most)}")
    return wrap(f"If {outcome['result']}, {', and '.join(said)}.", 5, 7) if said else []


def _pairs(pairs: Sequence[PairSaid]) -> list[str]:
    texts = [
        f"{pair['first']['label']}, with {pair['second']['label']}: "
        f"{counted(len(pair['only_together']), 'option')} more than each alone"
        for pair in pairs[:_MOST_PAIRS]
        if pair["only_together"]
    ]
    return section("Two together settle more than each alone", items(texts, 2))


def _all_of_it(document: MissingDocument) -> list[str]:
    labels = [each["label"] for each in document["settles_all"]]
    if not labels:
        return []
    inexact = "" if document["exact"] else " (some of these may turn out not to be needed)"
    these = "this" if len(labels) == 1 else f"these {len(labels)}"
    text = f"After {these} nothing is open{inexact}:"
    return section("What settles everything", wrap(text, 2), items(labels, 4))
