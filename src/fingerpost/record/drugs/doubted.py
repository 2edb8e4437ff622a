r"""Signs beside a name that put in doubt whether the medicine was given at all: a nought, a question mark.

Amounts say nothing of which medicine it is, so they are left out when names are read. A nought is the
exception: "letrozole x 0", "0 cycles of AC" and "0 mg" say that none was given.
"""

from __future__ import annotations

import re

DOUBTED = "a question mark or a nought stands beside it, so it is not certain that any was given"

# A mark inside a word stands for a letter that was lost on the way ("l?trozole").
_ASKED = re.compile(r"(?<!\w)[?\u00bf]|[?\u00bf](?!\w)")
# Not "day 0", nor the nought of a day's doses ("1-0-0", "1 - 0 - 0"), of a time or of "1 000 mg".
_NOUGHT = re.compile(
    r"(?<![\w.,/:-])(?<!-\s)(?:(?<!\d\s)|(?!000))(?<!\bd\s)(?<!\bday\s)(?<!\bdays\s)(?<!\bweek\s)(?<!\bcycle\s)"
    r"0+(?:[.,]0+)?(?!\d|[.,]\d|\s?-\s?\d)"
    r"|[x\u00d7*]0+(?!\w|[.,]\d)",
    re.IGNORECASE,
)


def is_doubted(text: str) -> bool:
    """Whether a text asks, or counts none.

    >>> is_doubted("AC x0"), is_doubted("?letrozole"), is_doubted("letrozole 2.0 mg 1-0-0")
    (True, True, False)
    """
    return bool(_ASKED.search(text) or _NOUGHT.search(text))
