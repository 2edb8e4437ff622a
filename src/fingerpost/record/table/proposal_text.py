"""A proposed mapping as a file, with a comment for each column."""

from __future__ import annotations

import json
from collections.abc import Sequence

from fingerpost.record.table.propose import Column, Guess, Proposal
from fingerpost.record.written.category_text import squash

# More words than this of a column say no more.
_SHOWN = 8


def as_yaml(proposal: Proposal, name: str, table: str = "people") -> str:
    """The proposal as a mapping file, with a comment for each column."""
    lines = [
        "# Proposed by `fingerpost table map`. Nobody has checked it yet: go through it line by line.",
        "# Columns that are not sure stand below as comments; take the sign # away from those that are right.",
        "fingerpost_mapping: 1",
        f"name: {_text(name)}",
        "tables:",
        f"  {table}:",
        _id_line(proposal),
    ]
    if proposal.sample is not None:
        lines.append(f"    sample: {_text(proposal.sample)}")
    if proposal.several:
        lines += ["    # Some ids stand in several rows.", "    rows: several"]
    lines.append("    columns:" if proposal.placed else "    columns: {}")
    for column, guess in proposal.placed:
        lines += _placed(column, guess)
    for column, guesses in proposal.candidates:
        lines += _candidate(column, guesses)
    lines += _treatments(proposal.treatments)
    lines += _unplaced(proposal.unplaced)
    return "\n".join(lines) + "\n"


def _id_line(proposal: Proposal) -> str:
    if proposal.id is not None:
        return f"    id: {_text(proposal.id)}"
    if proposal.sample is not None:
        return "    # No column looks like the id of a person; samples are taken for people."
    return "    # No column looks like the id of a person: name it here.\n    id: WHICH COLUMN"


def _placed(column: Column, guess: Guess) -> list[str]:
    absent = f"; no value: {_words(guess.absent)}" if guess.absent else ""
    # Days of people are not repeated in a file that may be passed on.
    said = "" if guess.dates else f" ({_words(guess.understood)}{absent})"
    return [
        f"      # Sure: {_comment(guess.why)}, and all its words are understood{said}.",
        f"      {_text(column.name)}: {{fact: {guess.fact}}}",
    ]


def _candidate(column: Column, guesses: tuple[Guess, ...]) -> list[str]:
    lines = []
    for guess in guesses:
        not_read = f"; not understood: {_unread(column, guess)}" if guess.unread else ""
        lines.append(
            f"      # Not sure: {_comment(guess.why)}; understood: {_understood(guess)}{not_read}"
        )
        lines.append(f"      # {_text(column.name)}: {{fact: {guess.fact}}}")
    return lines


def _understood(guess: Guess) -> str:
    if guess.dates and guess.understood:
        return f"{len(guess.understood)} different days"
    return _words(guess.understood) or "nothing"


def _unread(column: Column, guess: Guess) -> str:
    """Words that were not understood, unless they are days or as many as a column of names has."""
    if guess.dates or len(guess.unread) * 2 > column.filled:
        count = len(guess.unread)
        return f"{count} different words" if count > 1 else "1 word"
    return _words(guess.unread)


def _treatments(columns: tuple[tuple[Column, str], ...]) -> list[str]:
    if not columns:
        return []
    lines = [
        "    # Not sure: these say yes or no to a treatment. What it was for, and whether the columns are",
        "    # all treatment ever given (`treatments_are_all: true`), only you can say.",
        "    # treatments:",
    ]
    for column, named in columns:
        yes = next((word for word in column.words if squash(word) == "yes"), "yes")
        no = next((word for word in column.words if squash(word) == "no"), "no")
        column_, yes_, no_ = _text(column.name), _text(yes), _text(no)
        lines.append(f"    #   - {{column: {column_}, yes: {yes_}, no: {no_}, {named}}}")
    return lines


def _unplaced(columns: tuple[Column, ...]) -> list[str]:
    if not columns:
        return []
    lines = [
        "    # Not placed: no fact has a name like these. `not_used` says why a column is left."
    ]
    for column in columns:
        said = f"{column.filled} filled"
        # Words that hardly come twice may be names or free text, and belong to somebody.
        if column.words and column.all_words and len(column.words) * 2 <= column.filled:
            said += f", such as {_words(column.words)}"
        lines.append(f"    #   {_text(column.name)}: {said}")
    return lines


def _text(text: str) -> str:
    """A text as YAML reads it back, in one line whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str) -> str:
    # A cell may hold signs that steer a terminal, or end the line of a comment.
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.split())


def _words(words: Sequence[str]) -> str:
    shown = [_comment(word)[:40] for word in words[:_SHOWN]]
    return ", ".join(shown) + (", ..." if len(words) > _SHOWN else "")
