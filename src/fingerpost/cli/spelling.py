"""In which language and spelling an answer is: what the commands for patients share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.messages.spelling import Spelling

Command = TypeVar("Command", bound=Callable[..., Any])


def language_option(command: Command, languages: Sequence[str] | None = None) -> Command:
    """`--language`, where a language besides English is whole; without one there is nothing to choose."""
    from fingerpost.messages import offered

    names = offered() if languages is None else languages
    if len(names) < 2:
        return command
    return click.option(
        "--language",
        type=click.Choice(list(names)),
        expose_value=False,
        callback=_speak,
        help="The language of the answer.",
    )(command)


def _speak(context: click.Context, _option: click.Parameter, language: str | None) -> None:
    """The whole command speaks the language: what is read stays as it was written."""
    from fingerpost.messages import ENGLISH, speaking

    if language not in (None, ENGLISH):
        context.with_resource(speaking(str(language)))


def spelling_option(command: Command) -> Command:
    """`--spelling`, and the language beside it."""
    return language_option(_spelling_option(command))


_spelling_option = click.option(
    "--spelling",
    type=click.Choice(["en-US", "en-GB"]),
    help="How words are spelled: tumor or tumour. JSON is always en-US.  [default: en-GB with "
    "--authority ema or nice, else en-US]",
)


def spelled(
    spelling: Spelling | None, authority: str | None, knowledge: Knowledge
) -> AbstractContextManager[None]:
    """Everything written inside is spelled as was asked, or else as the authority itself spells."""
    from fingerpost.messages import ENGLISH, language, speaking
    from fingerpost.messages.spelling import usual_spelling

    if language() != ENGLISH:
        return nullcontext()
    return speaking(spelling or usual_spelling(authority), knowledge.following.spelling)
