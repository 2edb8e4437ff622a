"""The command that runs curator cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import example

if TYPE_CHECKING:
    from fingerpost.options.cases import CaseResult


@click.command(
    epilog=example("fingerpost case tests/cases/fda_germline_brca.yaml"),
    short_help="Run curator cases: invented people and the verdicts that are right for them.",
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@knowledge_option
def case(files: tuple[Path, ...]) -> None:
    """Run curator cases and say of each whether it came out as expected.

    A FILE holds invented people, each with a day and the verdicts that follow from the labels. Where
    something comes out otherwise, the conditions of the option are shown with their answers. The
    command fails if any case does.
    """
    from fingerpost.cli.about import known
    from fingerpost.options.cases import CaseRunner, failures, read_cases
    from fingerpost.report.text.cases import result_lines

    cases = [each for path in files for each in read_cases(path)]
    runner = CaseRunner(known())
    results: list[CaseResult] = []
    for each in cases:
        results.append(runner.run(each))
        for line in result_lines(results[-1]):
            click.echo(line)
    failed = failures(results)
    click.echo(f"{len(results)} cases: {len(results) - len(failed)} ok, {len(failed)} FAILED")
    click.get_current_context().exit(1 if failed else 0)
