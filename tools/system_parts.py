"""Try to install what pip cannot bring, and never fail: `make system-parts`.

Tesseract reads scanned reports. Without it Fingerpost says which pages are only pictures, and the
tests of scans are skipped with that reason. Pango draws the letters of a PDF; without it pages are
written as HTML, and the tests of PDFs are skipped. Chromium opens the pages of `fingerpost serve` in
tests; any browser does for people. Like can_setup.py, it runs under the system's own Python.
"""

import ctypes.util
import os
import shutil
import subprocess

# What to look for, whether it is there, the packages, and what is not done without it.
PARTS = (
    ("tesseract", shutil.which, ["tesseract-ocr"], "scanned reports are not read"),
    (
        "pango-1.0",
        ctypes.util.find_library,
        ["libpango-1.0-0", "libpangoft2-1.0-0"],
        "no PDF is written (HTML is)",
    ),
    ("chromium", shutil.which, ["chromium"], "the pages are not tested in a real browser"),
)
# A machine without a way out must not hold up the build.
SECONDS = 240


def install(packages):  # noqa: ANN001, ANN201 (an old Python must be able to read this file)
    """Whether apt-get could install packages; only root is tried, nobody is asked for a password."""
    program = shutil.which("apt-get")
    if program is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    settings = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        try:
            done = subprocess.run(
                [program, "--quiet", "--quiet", *command],
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0


def main():  # noqa: ANN201
    """Install what is missing, and say what could not be."""
    for part, found, packages, without in PARTS:
        if not found(part) and not install(packages):
            print(f"{part} is not installed; {without} without it.")
            print(f"  On Debian and Ubuntu: sudo apt-get install {' '.join(packages)}")


if __name__ == "__main__":
    main()
