"""What keeps answers on this computer: who may ask, how much may be sent, what a browser may do.

A page of another site can send requests to this computer from the same browser. So a request must
name this computer as its host (else a name of theirs may lead here), a form must come from one of our
own pages, and a page may load nothing from anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.datastructures import Headers

# A report is some pages of text; a picture of every page of it may take some megabytes.
MOST_BYTES = 25 * 1024 * 1024
# So much is thrown away unread, so that the browser stays to hear why; after that it is cut off.
MOST_DRAINED = 256 * 1024 * 1024
_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    # Forms of our own pages must still say where they come from, and nobody else learns of any.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def is_this_computer(host: str) -> bool:
    """Whether a Host header names this computer, with any port.

    >>> is_this_computer("127.0.0.1:8300"), is_this_computer("[::1]"), is_this_computer("a.example")
    (True, True, False)
    """
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        name, port = host, ""
    return name.casefold() in _HOSTS and (not port or port.isdigit())


def is_from_within_another(headers: Headers) -> bool:
    """Whether a page of another site asks, and not a person who followed a link from there.

    >>> is_from_within_another({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"})
    True
    >>> link = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    >>> is_from_within_another({"sec-fetch-site": "cross-site", **link})
    False
    """
    elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
    return elsewhere and (
        headers.get("sec-fetch-mode") != "navigate" or headers.get("sec-fetch-dest") != "document"
    )


def is_from_here(headers: Headers) -> bool:
    """Whether a form was sent by one of our own pages, as far as the browser tells.

    >>> is_from_here({"host": "localhost:1", "origin": "http://localhost:1"})
    True
    >>> is_from_here({"host": "localhost:1", "origin": "http://a.example"})
    False
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin == f"http://{headers.get('host', '')}"
