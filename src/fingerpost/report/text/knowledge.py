"""One thing of the knowledge as text: an option with all its days, a medicine, a fact ..."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.criteria.wording import Lexicon, say
from fingerpost.knowledge.model import (
    Assay,
    Caution,
    Compared,
    Criterion,
    DerivedFact,
    Drug,
    Edition,
    Fact,
    Knowledge,
    Notice,
    Option,
    Paper,
    Presumption,
    Source,
    Test,
    Window,
)
from fingerpost.messages.phrases import day_words
from fingerpost.report.bears_on import options_reading
from fingerpost.report.conditions_said import written
from fingerpost.report.evidence_said import evidence_said
from fingerpost.report.lexicon import lexicon_of
from fingerpost.report.option_said import heading_of, sentence
from fingerpost.report.text.head import STATE
from fingerpost.report.text.layout import counted, full_stop, item, items, listed, section, wrap
from fingerpost.report.text.option import trial_words

if TYPE_CHECKING:
    from fingerpost.report.knowledge_said import Thing

    Rule = Notice | Presumption | Paper | Edition | Compared


def thing_text(thing: Thing, knowledge: Knowledge) -> str:
    """One thing in full."""
    lines = _TEXTS[type(thing)](thing, knowledge)
    return "\n".join([*lines, "", *wrap(f"File: {thing.place}")]) + "\n"


def list_text(titles: Mapping[str, str]) -> str:
    """Ids with their titles, one below the other."""
    return (
        "\n".join(line for name, title in titles.items() for line in wrap(f"{name}: {title}", 0, 4))
        + "\n"
    )


# --- options ------------------------------------------------------------------------------


def _option(option: Option, knowledge: Knowledge) -> list[str]:
    lexicon = lexicon_of(knowledge)
    row = f" Row: {option.row}." if option.row else ""
    lines = [
        *wrap(heading_of(option, knowledge)),
        *wrap(
            f"Id: {option.id}. Authority: {option.authority}. Setting: {option.setting}.{row}", 2
        ),
        *(wrap(f"Note: {option.note}", 2) if option.note else []),
    ]
    for window in option.windows:
        lines += ["", *_window(window, knowledge, lexicon)]
    limits = [f"{full_stop(t.text)}{STATE[t.state]}{_by(t.source)}" for t in option.trial_only]
    lines += section("Whom the trial took (it informs and does not decide)", items(limits))
    lines += section("Evidence", items(map(trial_words, evidence_said(option, knowledge))))
    cautions = [c for c in knowledge.cautions.values() if option.drug in c.drugs]
    lines += section("Cautions", items([f"{c.effect}: {c.text} [{c.id}]" for c in cautions]))
    return [*lines, *section("Sources", _sources(option, knowledge))]


def _window(window: Window, knowledge: Knowledge, lexicon: Lexicon) -> list[str]:
    state = STATE[window.date_state]
    since = f"{'Expected from' if window.expected else 'From'} {day_words(window.start)}"
    until = f" to {day_words(window.until)}, then {window.ended}" if window.until else ""
    part = f", section {window.section}" if window.section else ""
    lines = wrap(
        f"{since}{until}{state}: {window.status.replace('_', ' ')} [{window.source}{part}]"
    )
    if window.note:
        lines += wrap(f"Note: {window.note}", 2)
    for criterion in window.criteria:
        lines += _criterion(criterion, knowledge, lexicon)
    return lines


def _criterion(criterion: Criterion, knowledge: Knowledge, lexicon: Lexicon) -> list[str]:
    says = full_stop(sentence(say(knowledge.graph.nodes[criterion.node], lexicon)))
    words = f"“{criterion.label}”" if criterion.quoted else criterion.label
    lines = item(f"{says} Label: {words}{STATE[criterion.state]} ({criterion.kind})", 2)
    lines += wrap(f"Condition: {written(criterion.when)}. Source: {criterion.source}.", 4)
    return [*lines, *(wrap(f"Note: {criterion.note}", 4) if criterion.note else [])]


def _sources(option: Option, knowledge: Knowledge) -> list[str]:
    names = dict.fromkeys(
        name
        for window in option.windows
        for name in (window.source, *(criterion.source for criterion in window.criteria))
    )
    return items(
        [_source_words(knowledge.sources[name]) for name in names if name in knowledge.sources]
    )


# --- medicines, facts, tests, sources, cautions -------------------------------------------


def _drug(drug: Drug, knowledge: Knowledge) -> list[str]:
    classes = [knowledge.classes[c].label if c in knowledge.classes else c for c in drug.classes]
    makes = [f"{make.name}{f' ({make.brand})' if make.brand else ''}" for make in drug.biosimilars]
    told = [
        ("Sold as", listed(drug.brands)),
        ("Other makes", listed(makes)),
        ("Also written", listed(drug.also_written)),
        ("Kinds of medicine", listed(classes)),
        ("Acts on", drug.target or ""),
        ("Given", listed(drug.route, "or")),
        ("What it does", drug.what_it_does or ""),
        ("Made of", listed(drug.components)),
        ("Note", drug.note or ""),
    ]
    options = [
        f"{heading_of(o, knowledge)} [{o.id}]"
        for o in knowledge.options.values()
        if drug.id in (o.drug, *o.drugs)
    ]
    cautions = [
        f"{c.effect}: {c.text} [{c.id}]" for c in knowledge.cautions.values() if drug.id in c.drugs
    ]
    lines = [*wrap(f"{drug.name}{STATE[drug.state]}{_by(drug.source)}"), *_told(told)]
    return [*lines, *section("Options", items(options)), *section("Cautions", items(cautions))]


def _fact(fact: Fact, knowledge: Knowledge) -> list[str]:
    values = [f"{value}: {label}" for value, label in fact.values.items()]
    groups = [f"{name}: {', '.join(members)}" for name, members in fact.groups.items()]
    kept = fact.current_for
    told = [
        ("What it is", fact.plain or ""),
        ("Type", fact.type + (f", in {fact.unit}" if fact.unit else "")),
        ("Question", fact.question or ""),
        ("Where", fact.where or ""),
        ("Test", fact.test or ""),
        ("Current for", f"{kept.amount} {kept.unit}" if kept else ""),
        ("Counts without a day", _worrying(fact)),
        ("Of several", (fact.which or "").replace("_", " ")),
        ("Note", fact.note or ""),
    ]
    lines = [*wrap(f"{fact.label} ({fact.id}){STATE[fact.state]}{_by(fact.source)}"), *_told(told)]
    lines += [*section("Values", items(values)), *section("Groups", items(groups))]
    return [*lines, *_read_by(fact.id, knowledge)]


def _worrying(fact: Fact) -> str:
    """The results that count although their day is not known."""
    bad = fact.worrying
    if bad is None:
        return ""
    limits = {name: getattr(bad, name) for name in ("below", "at_most", "at_least", "above")}
    said = [f"{name.replace('_', ' ')} {it:g}" for name, it in limits.items() if it is not None]
    kept = f", for {bad.kept_for.amount} {bad.kept_for.unit}" if bad.kept_for else ""
    return f"{', '.join((*bad.results, *said))}{kept}"


def _derived(fact: DerivedFact, knowledge: Knowledge) -> list[str]:
    told = [("What it is", fact.plain or ""), ("Note", fact.note or "")]
    lines = [*wrap(f"{fact.label} ({fact.id}){STATE[fact.state]}{_by(fact.source)}"), *_told(told)]
    if fact.type == "elapsed":
        lines += wrap(f"The {fact.unit} from {fact.start} to {fact.end}.", 2)
    for value in fact.values.values():
        since = f" (since {day_words(value.since)})" if value.since else ""
        plain = f": {value.plain}" if value.plain else ""
        lines += ["", *wrap(f"{value.value}{plain}{since}", 2)]
        lines += wrap(f"Condition: {written(value.when)}", 4, 6)
        lines += wrap(f"Note: {value.note}", 4) if value.note else []
    return [*lines, *_read_by(fact.id, knowledge)]


def _read_by(name: str, knowledge: Knowledge) -> list[str]:
    """The options whose conditions, of any day, read a fact."""
    options = [
        f"{heading_of(option, knowledge)} [{option.id}]"
        for option in options_reading((name,), knowledge)
    ]
    if not options:
        return ["", "Read by no option"]
    return section(f"Read by {counted(len(options), 'option')}", items(options))


def _test(test: Test, knowledge: Knowledge) -> list[str]:
    usual = test.turnaround
    again = [_AGAIN[each] for each in test.repeat_at]
    told = [
        ("What it is", test.plain or ""),
        ("Sample", test.specimen or ""),
        ("How", test.how or ""),
        ("Done again", listed(again)),
        ("Takes", f"{usual.text}{STATE[usual.state]}{_by(usual.source)}" if usual else ""),
        ("Note", test.note or ""),
    ]
    answers = [
        f"{knowledge.facts[name].label} ({name})"
        for name in test.answers
        if name in knowledge.facts
    ]
    lines = [*wrap(f"{test.label} ({test.id}){STATE[test.state]}{_by(test.source)}"), *_told(told)]
    lines += section("Assays", items([_assay(each, knowledge) for each in test.assays]))
    lines += section("What it answers", items(answers))
    return [*lines, *_unlocks(test, knowledge)]


_AGAIN = {
    "spread": "when the cancer has spread",
    "recurrence": "when it has come back",
    "progression": "when it has grown",
    "before_treatment": "before each treatment that needs it",
}


def _assay(assay: Assay, knowledge: Knowledge) -> str:
    companion = ""
    if assay.authority is not None:
        names = [knowledge.drugs[drug].name for drug in assay.companion_for]
        companion = f": named by {assay.authority.upper()} as the companion test of {listed(names)}"
    return f"{assay.name}{companion}{STATE[assay.state]}{_by(assay.source)}"


def _unlocks(test: Test, knowledge: Knowledge) -> list[str]:
    """The options, of any day, whose conditions read what the test answers; by authority."""
    by_authority: dict[str, list[str]] = {}
    for option in options_reading(test.answers, knowledge):
        by_authority.setdefault(option.authority, []).append(option.id)
    lines: list[str] = []
    for authority, names in by_authority.items():
        lines += wrap(f"{authority.upper()}: {counted(len(names), 'option')}", 2)
        lines += wrap(listed(names, most=8), 4)
    return section("What it bears on", lines)


def _source(source: Source, _: Knowledge) -> list[str]:
    return [*wrap(_source_words(source)), *_told([("Note", source.note or "")])]


def _source_words(source: Source) -> str:
    published = f", {day_words(source.published)}" if source.published else ""
    how = {
        "full": "read in full",
        "excerpt": "read in part",
        "secondary": "read where it is quoted",
    }
    looked = how.get(source.checked_how, "not read")
    return (
        f"{source.title}. {source.publisher}{published}. {source.url} "
        f"({looked}, {_looked_at(source.checked_on)}) [{source.id}]"
    )


def _looked_at(day: dt.date) -> str:
    return f"last looked at on {day_words(day)}"


def _caution(caution: Caution, knowledge: Knowledge) -> list[str]:
    lexicon = lexicon_of(knowledge)
    when = "" if caution.node is None else say(knowledge.graph.nodes[caution.node], lexicon)
    told = [
        ("For", listed([*caution.drugs, *caution.classes])),
        ("Effect", caution.effect.replace("_", " ")),
        ("When", when),
        ("Until this is known", caution.needs or ""),
        ("Asks", caution.asks or ""),
        ("From", "" if caution.start is None else day_words(caution.start)),
        ("Until", "" if caution.until is None else day_words(caution.until)),
        ("Note", caution.note or ""),
    ]
    return [
        *wrap(f"{full_stop(caution.text)}{STATE[caution.state]}{_by(caution.source)}"),
        *_told(told),
    ]


def _notice(notice: Notice, _: Knowledge) -> list[str]:
    return _rule(notice, [("When", written(notice.when)), ("Try", notice.try_this or "")])


def _presumption(rule: Presumption, _: Knowledge) -> list[str]:
    read = ("Read as", f"{rule.fact} is {rule.value}, when nothing is said of it")
    return _rule(rule, [read, ("When", written(rule.when)), ("Unless", written(rule.unless))])


def _paper(paper: Paper, _: Knowledge) -> list[str]:
    ways = [listed(list(paper.shown_by), "or"), listed(list(paper.each_of))]
    shown = ", or all of ".join(way for way in ways if way) or "a list of treatments"
    sample = f", of a sample of this kind: {paper.specimen}" if paper.specimen else ""
    why = [("Why", paper.why), ("Try", paper.try_this)]
    return _rule(paper, [("For", written(paper.when)), ("Shown by", shown + sample), *why])


def _edition(edition: Edition, _: Knowledge) -> list[str]:
    about = [("About", listed(list(edition.about))), ("Results", listed(list(edition.results)))]
    return _rule(
        edition, [*about, ("Before", day_words(edition.before)), ("Try", edition.try_this)]
    )


def _compared(compared: Compared, _: Knowledge) -> list[str]:
    what = f"{compared.status}, for each sample by itself"
    return _rule(compared, [("Compares", what), ("Try", compared.try_this)])


def _rule(rule: Rule, told: Sequence[tuple[str, str]]) -> list[str]:
    head = wrap(f"{full_stop(rule.text)}{STATE[rule.state]}{_by(rule.source)}")
    return [*head, *_told([*told, ("Note", rule.note or "")])]


def _told(rows: Sequence[tuple[str, str]]) -> list[str]:
    return [line for name, text in rows if text for line in wrap(f"{name}: {text}", 2, 4)]


def _by(source: str | None) -> str:
    return f" [{source}]" if source else ""


_TEXTS: Mapping[type, Callable[..., list[str]]] = {
    Option: _option,
    Drug: _drug,
    Fact: _fact,
    DerivedFact: _derived,
    Test: _test,
    Source: _source,
    Caution: _caution,
    Notice: _notice,
    Presumption: _presumption,
    Paper: _paper,
    Edition: _edition,
    Compared: _compared,
}
