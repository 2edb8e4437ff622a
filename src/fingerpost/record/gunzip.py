"""A gzip unpacked piece by piece, so that what it grows to can be watched."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

# What is given out at once.
PIECE = 1024 * 1024


class Gunzip:
    """Unpacks a gzip piece by piece; several gzips one after the other count as one."""

    def __init__(self) -> None:
        self._machine = zlib.decompressobj(wbits=31)
        self.inside = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """What the next piece unpacks to, in pieces that are never large.

        Raises:
            zlib.error: it is damaged.
        """
        # Some software fills up with zeros after a gzip.
        piece = piece if self.inside else piece.lstrip(b"\x00")
        while piece:
            self.inside = True
            yield self._machine.decompress(piece, PIECE)
            piece = self._machine.unconsumed_tail
            if self._machine.eof:
                piece = self._machine.unused_data.lstrip(b"\x00")
                self._machine = zlib.decompressobj(wbits=31)
                self.inside = False
