"""The command that says when to call, and how soon for a symptom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.reading import Whose, read_all, records_if_any
from fingerpost.cli.shell import example, format_options, is_json, on_option, write
from fingerpost.cli.spelling import spelled, spelling_option

if TYPE_CHECKING:
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge, Option
    from fingerpost.knowledge.plan_model import Symptom
    from fingerpost.plan.symptoms import Said
    from fingerpost.report.spelling import Spelling


@click.command(
    epilog=example("fingerpost symptoms examples/maria.yaml --on 2026-11-22 --symptom diarrhea"),
    short_help="Say when to call, and how soon for a symptom.",
)
@records_if_any
@on_option
@click.option(
    "--authority",
    metavar="NAME",
    help="Whose numbers count: fda (US), ema (EU) or nice (UK).  [default: the most careful of all]",
)
@click.option(
    "--symptom", "names", metavar="NAME", multiple=True, help="A symptom, by its id or any name."
)
@click.option(
    "--answer",
    "answers",
    metavar="ID",
    multiple=True,
    help="How bad it is; with several symptoms `diarrhea:more`. Left out: the worst is taken.",
)
@click.option(
    "--sign", "signs", metavar="ID", multiple=True, help="Something beside it, such as `fever`."
)
@click.option(
    "--option",
    "option",
    metavar="ID",
    help="As it will be once this option has started; needs a RECORD.",
)
@click.option("--worried", is_flag=True, help="The person is very worried: one level higher.")
@spelling_option
@format_options
@knowledge_option
def symptoms(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    whose: Whose,
    on: dt.date,
    authority: str | None,
    names: Sequence[str],
    answers: Sequence[str],
    signs: Sequence[str],
    option: str | None,
    worried: bool,
    spelling: Spelling | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Say when to call about what, and how soon for one symptom or several.

    Without --symptom: the list of when to call for this record, by level and by part of the body. With it:
    the level, why, and what would make it more urgent. With --option: as it will be once that treatment
    has started. Without RECORD every rule counts that is about any treatment. What is not known never
    lowers a level, and no answer says that there is nothing to do. No clinician has reviewed these levels
    yet. The symptoms and their answers are listed with --format json.
    """
    from fingerpost.cli.about import check_authority, known
    from fingerpost.report.documents import as_json
    from fingerpost.report.symptoms_said import symptoms_document
    from fingerpost.report.text.symptoms import symptoms_text

    knowledge = known()
    if authority is not None:
        check_authority(authority, knowledge)
    said = _said(names, answers, signs, worried=worried, knowledge=knowledge)
    document = symptoms_document(
        _facts(whose, knowledge, on),
        knowledge,
        said=said,
        on=on,
        authority=authority,
        option=_option(option, whose, knowledge),
    )
    if is_json(form, output):
        text = as_json(document)
    else:
        with spelled(spelling, authority, knowledge):
            text = symptoms_text(document)
    write(text, output)


def _facts(whose: Whose, knowledge: Knowledge, on: dt.date) -> Facts | None:
    if not whose.records:
        return None
    import fingerpost

    return fingerpost.derive(read_all(whose, knowledge, on), knowledge, on)


def _option(name: str | None, whose: Whose, knowledge: Knowledge) -> Option | None:
    if name is None:
        return None
    if not whose.records:
        from fingerpost.errors import Problem, UsageError

        what = "without a record every rule counts already"
        raise UsageError([Problem("wrong-usage", "--option", what, "", "name a RECORD as well")])
    from fingerpost.plan.started import option_named

    return option_named(name, knowledge)


def _said(
    names: Sequence[str],
    answers: Sequence[str],
    signs: Sequence[str],
    *,
    worried: bool,
    knowledge: Knowledge,
) -> Said:
    """What the options tell, each answer and sign with the symptom that it is about."""
    from fingerpost.plan.symptoms import Said, Told

    known = knowledge.following.symptoms
    named = dict.fromkeys(_symptom_named(name, known) for name in names)
    given: dict[str, str] = {}
    for written in answers:
        symptom, answer = _placed(written, list(named), "--answer", known)
        if symptom in given:
            _refuse("--answer", f"{symptom} has two answers", "one answer for each symptom")
        given[symptom] = answer
    placed = [_placed(written, list(named), "--sign", known) for written in signs]
    beside = {name: frozenset(sign for of, sign in placed if of == name) for name in named}
    told = tuple(Told(name, given.get(name), beside[name]) for name in named)
    return Said(told, worried)


def _placed(
    written: str, named: Sequence[str], option: str, known: Mapping[str, Symptom]
) -> tuple[str, str]:
    """The symptom that an answer or a sign is about: the one before `:`, or the only one that has it."""
    if not named:
        _refuse(option, f"`{written}` is about no symptom", "--symptom NAME")
    symptom, colon, rest = written.partition(":")
    if colon:
        symptom = _symptom_named(symptom, known)
        if symptom not in named:
            _refuse(option, f"`{symptom}` is not among the symptoms named", f"--symptom {symptom}")
        return symptom, rest
    if len(named) == 1:
        return named[0], written
    own = "answers" if option == "--answer" else "signs"
    having = [name for name in named if written in getattr(known[name], own)]
    if len(having) != 1:
        advice = " or ".join(f"{name}:{written}" for name in having or named)
        _refuse(option, f"`{written}` may be about more than one symptom", advice)
    return having[0], written


def _symptom_named(name: str, known: Mapping[str, Symptom]) -> str:
    """The symptom with this id, label or other name; an unknown one is told with the nearest."""
    wanted = " ".join(name.replace("_", " ").casefold().split())
    for symptom in known.values():
        names = (symptom.id.replace("_", " "), symptom.label, *symptom.also_written)
        if wanted in (" ".join(each.casefold().split()) for each in names):
            return symptom.id
    from fingerpost.criteria.problems import nearest

    _refuse("--symptom", f"no symptom is known as `{name}`", nearest(name, known))


def _refuse(option: str, what: str, advice: str) -> NoReturn:
    from fingerpost.errors import Problem, UsageError

    raise UsageError([Problem("unknown-symptom", option, what, "", advice)])
