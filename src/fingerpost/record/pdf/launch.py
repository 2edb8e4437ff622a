"""Give this process its limits, then become the program named: `launch.py MEMORY SECONDS PROGRAM ...`.

It runs as a script of its own, before anything that a stranger wrote is looked at. Nothing of
Fingerpost is imported, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import os
import sys


def _limit(memory: int, seconds: int) -> None:
    import resource

    wanted = {
        # A decompression bomb ends here.
        resource.RLIMIT_AS: memory,
        # An endless loop ends here.
        resource.RLIMIT_CPU: seconds,
        # Nothing can be written to any file; pipes are not files.
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        # Not every system knows every limit; the clock of the parent still holds.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _limit(int(sys.argv[1]), int(sys.argv[2]))
    # One thread: the text is then the same every time, and the time limit means what it says.
    os.environ["OMP_THREAD_LIMIT"] = "1"  # noqa: TID251 - for the program started next
    os.execvp(sys.argv[3], sys.argv[3:])  # noqa: S606 - our own command, no shell
