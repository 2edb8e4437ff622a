"""How an answer is spelled: what the commands for patients share."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.messages.spelling import Spelling

spelling_option = click.option(
    "--spelling",
    type=click.Choice(["en-US", "en-GB"]),
    help="How words are spelled: tumor or tumour. JSON is always en-US.  [default: en-GB with "
    "--authority ema or nice, else en-US]",
)


def spelled(
    spelling: Spelling | None, authority: str | None, knowledge: Knowledge
) -> AbstractContextManager[None]:
    """Everything written inside is spelled as was asked, or else as the authority itself spells."""
    from fingerpost.messages import speaking
    from fingerpost.messages.spelling import usual_spelling

    return speaking(spelling or usual_spelling(authority), knowledge.following.spelling)
