"""What all commands share: how they end, how they fail, and how their help reads."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
USAGE = 12


def example(command: str) -> str:
    """The last lines of a command's help: one that can be copied and runs."""
    return f"\b\nExample:\n  $ {command}"


class Program(click.Group):
    """A group of commands that never ends in a traceback for what somebody gave it."""

    def main(self, args: Sequence[str] | None = None, **settings: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401
        """Run, print what is wrong in one line for each problem, and leave with its exit code."""
        given = list(sys.argv[1:] if args is None else args)
        _say_all_signs()
        settings["standalone_mode"] = False
        try:
            code = super().main(args=given, **settings)
        except BrokenPipeError:
            # Whoever read the output has seen enough (`| head`); nobody is left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except click.Abort:
            sys.exit(130)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(0)
        except click.ClickException as error:
            sys.exit(_refuse(_usage(error), json=_wants_json(given)))
        except Exception as error:  # noqa: BLE001 (what cannot be told is raised again)
            json = _wants_json(given) and not isinstance(error, OSError)
            sys.exit(_refuse(_told(error), json=json))
        sys.exit(code if isinstance(code, int) else 0)


def _say_all_signs() -> None:
    """On a terminal that has no quotation marks, print something else rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _usage(error: click.ClickException) -> Exception:
    from fingerpost.errors import Problem, UsageError

    message = error.format_message().strip().removesuffix(".")
    what = message[:1].lower() + message[1:]
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "fingerpost"
    return UsageError([Problem("wrong-usage", where, what, "", f"{where} --help")])


def _told(error: Exception) -> Exception:
    """What can be told in one line; a fault of Fingerpost itself keeps its traceback."""
    from fingerpost.errors import FingerpostError

    # An error without a file's name comes from printing: the disk behind `> file` is full.
    if isinstance(error, OSError) and error.filename is None:
        return unwritable("standard output", error)
    if isinstance(error, FingerpostError):
        return error
    raise error


def _refuse(error: Any, *, json: bool) -> int:  # noqa: ANN401 (a FingerpostError; not imported before it is needed)
    if json:
        from fingerpost.report.documents import as_json, errors_document

        click.echo(as_json(errors_document(error)), nl=False)
    else:
        for problem in error.problems:
            click.echo(str(problem), err=True)
    return int(error.exit_code)


def _wants_json(given: Sequence[str]) -> bool:
    """Whether the call asks for JSON, told even from a call that could not be understood."""
    for word, following in itertools.pairwise([*given, ""]):
        name, joined, value = word.partition("=")
        if name == "--format":
            return (value if joined else following) == "json"
    return any(
        word.endswith(".json") and before in ("-o", "--output")
        for before, word in itertools.pairwise(given)
    )


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day of the calendar, written 2026-11-22."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read the day, or say how to write one."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail("this is not a day. Write it as 2026-11-22", param, ctx)


def on_option(command: Command) -> Command:
    """`--on DAY`: the only place where the program asks what day it is."""
    return click.option(
        "--on",
        type=Day(),
        metavar="DAY",
        default=lambda: dt.date.today(),
        show_default="today",
        help="Answer for this day, written 2026-11-22: approvals change.",
    )(command)


def output_option(text: str) -> Callable[[Command], Command]:
    """`-o FILE`, with the sentence that says what is written there."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=text,
    )


def format_options(command: Command) -> Command:
    """`--format` and `-o`: where the answer goes, and in which form."""
    text = "Write the answer to this file; its ending (.json) chooses the form."
    command = output_option(text)(command)
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        help="The form of the answer: text for people, json for programs.  [default: text]",
    )(command)


def is_json(form: str | None, output: Path | None) -> bool:
    """Whether JSON is asked for, by name or by the ending of the file."""
    if form is not None:
        return form == "json"
    return output is not None and output.suffix.casefold() == ".json"


def write(text: str, output: Path | None) -> None:
    """The answer to the file that was named, or to standard output."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(str(output), error) from None


def keep_inputs(output: Path | None, inputs: Iterable[str | Path | None]) -> None:
    """Refuse an answer that would be written over what it is read from: a record would be lost."""
    if output is None or not output.exists():
        return
    if any(Path(each).exists() and output.samefile(each) for each in inputs if each is not None):
        from fingerpost.errors import Problem, UsageError

        what = "the answer would be written over what it is read from, and that would be lost"
        raise UsageError([Problem("unwritable-file", str(output), what, "", "another file")])


def unwritable(where: str, error: OSError) -> Exception:
    """What is said of a place that nothing can be written to."""
    from fingerpost.errors import Problem, UsageError

    what = f"the answer cannot be written there ({error.strerror})"
    advice = "a file in a folder that is there and may be written to"
    return UsageError([Problem("unwritable-file", where, what, "", advice)])
