"""Run a program on a stranger's bytes so that it can do no harm: little memory, time and output.

The program runs in a process group of its own. It may write to no file, and it is ended, with all
it started, when it takes too long or says too much.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use: memory and output in bytes, time in seconds."""

    memory: int
    seconds: int
    output: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program said, and whether it came to its end by itself."""

    output: bytes
    ended_well: bool


def run(command: Sequence[str], data: bytes, limits: Limits) -> Outcome:
    """Run a program with `data` as its input; nothing it does outlives this call."""
    process = subprocess.Popen(  # noqa: S603 - our own command, no shell
        [*_launcher(limits), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # It may repeat what stands in a record; nobody is to read that in a log.
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    clock = threading.Timer(limits.seconds, _kill, [process])
    feeder = threading.Thread(target=_feed, args=[process.stdin, data], daemon=True)
    clock.start()
    feeder.start()
    output: bytes | None = None
    try:
        output = _heard(process.stdout, limits.output)
        if output is not None:
            # What closed its output has nothing left to do.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2)
    finally:
        clock.cancel()
        _kill(process)
        process.wait()
        feeder.join()
    return Outcome(output or b"", output is not None and process.returncode == 0)


def _launcher(limits: Limits) -> list[str]:
    """Windows knows no such limits: there the clock and the cap on output hold alone."""
    if sys.platform == "win32":
        return []
    script = Path(__file__).with_name("launch.py")
    # CPU time never runs ahead of the clock; the second more lets the clock speak first.
    return [sys.executable, "-I", "-B", str(script), str(limits.memory), str(limits.seconds + 1)]


def _feed(pipe: IO[bytes] | None, data: bytes) -> None:
    """Hand over the input; a program that ended early does not want the rest."""
    if pipe is not None:
        with contextlib.suppress(OSError), pipe:
            pipe.write(data)


def _heard(pipe: IO[bytes] | None, most: int) -> bytes | None:
    """All the program says; None if that is more than it may say."""
    if pipe is None:
        return None
    with pipe:
        output = pipe.read(most + 1)
    return output if len(output) <= most else None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it started, unless it has ended by itself."""
    if process.poll() is not None:
        return
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
