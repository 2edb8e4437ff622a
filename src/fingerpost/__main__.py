"""`python -m fingerpost` is the command `fingerpost`."""

from __future__ import annotations

import sys

from fingerpost.cli import main

if __name__ == "__main__":
    sys.exit(main())
