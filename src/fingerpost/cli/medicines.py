"""The commands about medicines: browse them, and compare one with several authorities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import example, format_options, is_json, keep_inputs, on_option, write

_SUBTYPES = (
    *("hr_positive_her2_negative", "hr_positive_her2_positive", "hr_negative_her2_positive"),
    *("triple_negative", "her2_low"),
)


@click.command(
    epilog=example("fingerpost compare alpelisib --on 2026-11-22"),
    short_help="Set one medicine side by side: US, EU and England.",
)
@click.argument("drug", metavar="DRUG")
@on_option
@knowledge_option
@format_options
def compare(drug: str, on: dt.date, form: str | None, output: Path | None) -> None:
    """Set the uses of one medicine side by side: FDA, EMA and NICE.

    DRUG is any name of it. Of each use stand what all ask, what only one asks, and an invented person
    whom one wording fits and another does not.
    """
    from fingerpost.cli.about import drug_named, known
    from fingerpost.report.compared import compare_document, compare_text
    from fingerpost.report.documents import as_json

    everything = known()
    document = compare_document(everything, drug_named(drug, everything), on)
    write(as_json(document) if is_json(form, output) else compare_text(document), output)


@click.command(
    epilog=example("fingerpost drugs --class cdk4_6_inhibitor"),
    short_help="Browse the medicines by kind, target, subtype and setting.",
)
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--class", "drug_class", metavar="KIND", help="Only this kind, such as parp_inhibitor."
)
@click.option("--target", metavar="WORD", help="Only those that act on this, such as HER2.")
@click.option(
    "--subtype", type=click.Choice(_SUBTYPES), help="Only with a use open to this subtype."
)
@click.option(
    "--setting", metavar="NAME", help="Only with a use in this setting, such as adjuvant."
)
@click.option("--authority", metavar="NAME", help="Only with a use of this authority.")
@on_option
@knowledge_option
@format_options
def drugs(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    name: str | None,
    drug_class: str | None,
    target: str | None,
    subtype: str | None,
    setting: str | None,
    authority: str | None,
    on: dt.date,
    form: str | None,
    output: Path | None,
) -> None:
    """Browse the medicines used for breast cancer, or look one up by any of its names.

    Each with what it does, its kinds, its other makes, and how many uses are in force on the day.
    """
    from fingerpost.cli.about import check_authority, drug_named, known
    from fingerpost.report.documents import as_json
    from fingerpost.report.drugs_said import Wanted, drugs_document, drugs_text

    everything = known()
    if authority is not None:
        check_authority(authority, everything)
    _check_word("--class", drug_class, everything.classes)
    _check_word("--setting", setting, {option.setting for option in everything.options.values()})
    wanted = Wanted(drug_class, target, subtype, setting, authority)
    only = None if name is None else drug_named(name, everything)
    document = drugs_document(everything, on, wanted, only)
    write(as_json(document) if is_json(form, output) else drugs_text(document, everything), output)


def _check_word(option: str, word: str | None, known_words: object) -> None:
    """Refuse a word that nothing has, with the closest that something has."""
    words = sorted(map(str, known_words))  # type: ignore[call-overload]
    if word is None or word in words:
        return
    import difflib

    from fingerpost.errors import Problem, UsageError

    near = difflib.get_close_matches(word, words, n=3, cutoff=0.4) or words[:8]
    what = f"nothing is known as `{word}`"
    raise UsageError([Problem("unknown-id", option, what, "", " or ".join(near))])


def _check_names(written: tuple[str, ...], column: str | None, source: Path | None) -> None:
    """Refuse a question without a name, and a column of no table."""
    from fingerpost.errors import Problem, UsageError

    advice = "fingerpost name 'Adria/Cytoxan', or --file FILE"
    if column is not None and source is None:
        what = "--column names a column of a table, and there is none"
        raise UsageError([Problem("wrong-usage", "--column", what, "", "--file FILE")])
    if not any(each.strip() for each in written):
        where = str(source) if source is not None else "NAME"
        raise UsageError([Problem("wrong-usage", where, "no name is given", "", advice)])


@click.command(
    epilog=example("fingerpost name 'Adria/Cytoxan' trustuzumab AC-T"),
    short_help="Say which medicines written names stand for.",
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--file",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Read names from this file, one a line, or a table (.csv, .tsv); - is standard input.",
)
@click.option("--column", metavar="NAME", help="The column of the table; the first if left out.")
@knowledge_option
@format_options
def name(
    names: tuple[str, ...],
    source: Path | None,
    column: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Say which medicines a written name stands for: brands, misspellings, regimens, combinations.

    One line for each: as written, the medicines, how each was read, and what else it may be. What is
    not certain is left open. Names are given one an argument, or in a file.
    """
    from fingerpost.cli.about import known
    from fingerpost.cli.written_names import names_in
    from fingerpost.record.drugs.names import names_of
    from fingerpost.report.documents import as_json
    from fingerpost.report.names_said import names_document, names_text

    keep_inputs(output, [source])
    written = (*names, *names_in(source, column))
    _check_names(written, column, source)
    everything = known()
    reader = names_of(everything.drugs, everything.codes, everything.content)
    document = names_document([(each, reader.read(each)) for each in written], everything)
    write(as_json(document) if is_json(form, output) else names_text(document, everything), output)
