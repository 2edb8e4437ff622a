"""Examples as readers see them: finding them, and running them as a reader would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(
    r"^```(?:console| \{ \.console)(?P<marks>[^\n]*)\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Example:
    """One command that a page shows, and the output it shows below it."""

    where: str
    command: str
    output: tuple[str, ...]


def examples_in(path: Path) -> Iterator[Example]:
    """Find the commands of every `console` block that is not marked `no-run`."""
    text = path.read_text(encoding="utf-8")
    for block in FENCE.finditer(text):
        if "no-run" not in block["marks"]:
            line = text.count("\n", 0, block.start()) + 1
            yield from commands_in(block["lines"].splitlines(), f"{path.name}:{line}")


def commands_in(lines: Sequence[str], where: str) -> Iterator[Example]:
    """Split a block at its `$ ` lines."""
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        output = tuple(line.rstrip() for line in lines[start + 1 : end])
        yield Example(where, lines[start].removeprefix("$ "), output)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command beside the project's examples, in a folder that may be written to."""
    for shown in ("examples", "tests"):
        (folder / shown).symlink_to(ROOT / shown, target_is_directory=True)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {
        "PATH": programs,
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def shown_in(expected: Sequence[str], printed: Sequence[str]) -> bool:
    """Say whether the lines a page shows were printed; `...` stands for what is left out."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else f"{in_line(line)} *\n" for line in expected
    )
    return (
        re.search(rf"^{pattern}", "".join(f"{line}\n" for line in printed), re.MULTILINE)
        is not None
    )


def in_line(line: str) -> str:
    """The pattern of one line, in which `...` stands for anything."""
    return ".*".join(map(re.escape, line.split("...")))
