"""What to find out, as text: the first three for the answer, all of it for `fingerpost missing`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext, phrases
from fingerpost.report.text.because import because_texts
from fingerpost.report.text.head import closing, opening, title_of
from fingerpost.report.text.layout import full_stop, items, section, wrap

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
        lines += wrap(
            ngettext(
                "... and %(num)s more (fingerpost missing)",
                "... and %(num)s more (fingerpost missing)",
                left,
            ),
            2,
        )
    return section(_("Find out first"), lines)


def missing_text(document: MissingDocument) -> str:
    """The whole ranking, pairs, and what settles everything."""
    title = title_of(document["authority"], document["on"], _("what to find out, for the options"))
    still_open = len(document["open_options"])
    lines = opening(title, document["knowledge"])
    if not still_open:
        return (
            "\n".join(
                [*lines, "", *wrap(_("No option is open: nothing is missing for the verdicts."))]
            )
            + "\n"
        )
    lines += ["", *wrap(ngettext("%(num)s option open.", "%(num)s options open.", still_open))]
    listing: list[str] = []
    for number, each in enumerate(document["missing"], 1):
        listing += ["", *one_missing(number, each, document["names"], still_open, whole=True)]
        headings = [f"{document['headings'][name]} [{name}]" for name in each["decides"]["some"]]
        listing += [*wrap(_("It bears on:"), 5), *items(headings, 7)]
    lines += section(_("One by one, those that settle most first"), listing[1:])
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
        (_("Ask"), missing["question"]),
        (_("Where"), missing["where"]),
        (_("The test"), missing["how"] if whole or not missing["where"] else None),
        (_("Record"), "; ".join(because_texts(missing["now"]))),
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
    return [*lines, *wrap(_("It bears on %(options)s.", options=_named(named, most)), 5, 7)]


def _together(
    outcomes: Sequence[OutcomeSaid], names: Mapping[str, str], most: int | None
) -> list[str]:
    """What a test with several results at once may decide, without all their combinations."""
    lines: list[str] = []
    for key, would in (
        ("matches", marked("Some results would make these fit: %(options)s.")),
        ("rules_out", marked("Some results would rule these out: %(options)s.")),
    ):
        ids = dict.fromkeys(each for outcome in outcomes for each in outcome[key])  # type: ignore[literal-required]
        named = list(dict.fromkeys(names[each] for each in ids))
        lines += wrap(_(would, options=_named(named, most)), 5, 7) if named else []
    return lines


def _named(names: Sequence[str], most: int | None) -> str:
    """Medicines in a sentence; a regimen has commas of its own, so these are not enough between."""
    shown = names if most is None or len(names) <= most + 1 else names[:most]
    left = len(names) - len(shown)
    if not left:
        return "; ".join(shown)
    return ngettext(
        "%(names)s; and %(num)s more", "%(names)s; and %(num)s more", left, names="; ".join(shown)
    )


def _decides(missing: MissingSaid, still_open: int) -> str:
    always, some = missing["decides"]["always"], missing["decides"]["some"]
    of_open = (
        ngettext("of the %(num)s open options", "of the %(num)s open options", still_open)
        if still_open > 1
        else _("of the open options")
    )
    said = _SETTLES_TEST if missing["kind"] == "test" else _SETTLES_ANSWER
    kind = "all" if len(always) == len(some) else "some" if always else "none"
    return _(said[kind], sure=len(always), most=len(some), of_open=of_open)


_SETTLES_TEST = {
    "all": marked("Settles %(sure)s %(of_open)s, whatever the result."),
    "none": marked("Can settle %(most)s %(of_open)s, depending on the result."),
    "some": marked(
        "Settles %(sure)s %(of_open)s whatever the result, and up to %(most)s depending on it."
    ),
}
_SETTLES_ANSWER = {
    "all": marked("Settles %(sure)s %(of_open)s, whatever the answer."),
    "none": marked("Can settle %(most)s %(of_open)s, depending on the answer."),
    "some": marked(
        "Settles %(sure)s %(of_open)s whatever the answer, and up to %(most)s depending on it."
    ),
}


def _outcome(outcome: OutcomeSaid, names: Mapping[str, str], most: int | None) -> list[str]:
    said = []
    for ids, would in (
        (outcome["matches"], marked("these would fit: %(options)s")),
        (outcome["rules_out"], marked("these would not fit: %(options)s")),
    ):
        if ids:
            named = list(dict.fromkeys(names[each] for each in ids))
            said.append(_(would, options=_named(named, most)))
    if not said:
        return []
    what = phrases.bracketed(said, "and")
    return wrap(_("If %(result)s, %(what)s.", result=outcome["result"], what=what), 5, 7)


def _pairs(pairs: Sequence[PairSaid]) -> list[str]:
    texts = [
        ngettext(
            "%(first)s, with %(second)s: %(num)s option more than each alone",
            "%(first)s, with %(second)s: %(num)s options more than each alone",
            len(pair["only_together"]),
            first=pair["first"]["label"],
            second=pair["second"]["label"],
        )
        for pair in pairs[:_MOST_PAIRS]
        if pair["only_together"]
    ]
    return section(_("Two together settle more than each alone"), items(texts, 2))


def _all_of_it(document: MissingDocument) -> list[str]:
    labels = [each["label"] for each in document["settles_all"]]
    if not labels:
        return []
    inexact = " " + _("(some of these may turn out not to be needed)")
    inexact = "" if document["exact"] else inexact
    text = _("After this nothing is open%(inexact)s:", inexact=inexact)
    if len(labels) > 1:
        text = ngettext(
            "After these %(num)s nothing is open%(inexact)s:",
            "After these %(num)s nothing is open%(inexact)s:",
            len(labels),
            inexact=inexact,
        )
    return section(_("What settles everything"), wrap(text, 2), items(labels, 4))
