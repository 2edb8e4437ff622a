"""Run every check, report every failure, and fail if any failed: `make check`."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold, and the command that says whether it does."""

    name: str
    command: tuple[str, ...]
    mend: str


CHECKS = (
    Check("format", ("ruff", "format", "--check", "--quiet", "."), "make fix"),
    Check("lint", ("ruff", "check", "--quiet", "."), "make fix, then by hand"),
    Check("types", ("mypy",), "by hand"),
    Check("layers", ("lint-imports", "--no-logo"), "move the line to the room it belongs to"),
    Check("yaml", ("yamllint", "--strict", "."), "by hand"),
    Check("knowledge", ("fingerpost", "knowledge", "check"), "see CURATING.md"),
    Check("docs", ("python", "-m", "tools.docs", "--check"), "make docs"),
    Check("messages", ("python", "-m", "tools.messages", "--check"), "make messages"),
)


def run(check: Check) -> bool:
    """Run one check; print its own output only when it fails."""
    started = time.perf_counter()
    done = subprocess.run(
        [BIN / check.command[0], *check.command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"{check.name:<10} {word:<7} {time.perf_counter() - started:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout.rstrip(), f"\n  to mend: {check.mend}\n", sep="", flush=True)
    return done.returncode == 0


def main() -> int:
    """Run all checks, the failing ones included, and name those that failed."""
    failed = [check.name for check in CHECKS if not run(check)]
    if failed:
        print(f"check: {len(failed)} of {len(CHECKS)} failed: {', '.join(failed)}")
        return 1
    print(f"check: all {len(CHECKS)} passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
