"""Say plainly what is missing before `make setup` starts.

Runs under the system's own Python, so it uses nothing but the standard library
and no syntax that an old Python could not read.
"""

import sys

OLDEST = (3, 11)


def problems():  # noqa: ANN201 (an old Python must be able to read this file)
    """Give one sentence for each thing that would stop the set-up."""
    found = []
    if sys.version_info < OLDEST:
        found.append(
            "Python {}.{} or newer is needed; this is {}.{}. "
            "Try: make PYTHON=python3.11 setup".format(*OLDEST, *sys.version_info[:2])
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        found.append(
            "Python's venv module is missing or has no pip in it. "
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )
    return found


if __name__ == "__main__":
    sys.exit("\n".join(problems()) or None)
