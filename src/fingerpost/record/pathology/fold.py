"""A report in lower case and plain signs, with every character where it was."""

from __future__ import annotations

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t\u000b\u000c\u200b", " "),
        **dict.fromkeys("\u2018\u2019\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e", '"'),
        "\uff0b": "+",
        "\uff05": "%",
        "\r": " ",
    }
)


def fold(text: str) -> str:
    r"""The text in lower case, with plain dashes, blanks and quotes, and of the same length.

    >>> fold("ER\u00a0\u2013 Positive")
    'er - positive'
    >>> len(fold("\u0130"))
    1
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    return lowered.translate(_PLAIN)
