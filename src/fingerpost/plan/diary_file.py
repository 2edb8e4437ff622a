"""The one file of the diary on this computer, which only its owner can read."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from fingerpost.plan.diary import Entry, diary_as_text, read_diary


def usual_file() -> Path:
    """Where the diary is kept unless somebody names another place."""
    # Here, so that the doors never name two files.
    from platformdirs import user_data_path  # noqa: TID251

    return user_data_path("fingerpost") / "diary.json"


def entries_in(path: Path) -> tuple[Entry, ...]:
    """What is in the diary; a file that is no diary is refused and never written over.

    Raises:
        RecordError: it is no diary.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError):
        return read_diary("", str(path))
    return read_diary(text, str(path))


def keep_entries(path: Path, entries: tuple[Entry, ...]) -> None:
    """Write beside and then rename, readable by nobody else: a power cut loses one entry at most.

    Raises:
        OSError: nothing can be written there.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:  # noqa: PTH123
            out.write(diary_as_text(entries).encode())
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
