"""Try to install what pip cannot bring, and never fail: `make system-parts`.

Tesseract reads scanned reports. Without it Fingerpost says which pages are only pictures, and the
tests of scans are skipped with that reason. Like can_setup.py, it runs under the system's own Python.
"""

import os
import shutil
import subprocess

PARTS = {"tesseract": "tesseract-ocr"}
# A machine without a way out must not hold up the build.
SECONDS = 240


def install(package):  # noqa: ANN001, ANN201 (an old Python must be able to read this file)
    """Whether apt-get could install a package; only root is tried, nobody is asked for a password."""
    program = shutil.which("apt-get")
    if program is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    settings = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
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
    for program, package in PARTS.items():
        if shutil.which(program):
            continue
        if not install(package):
            print(f"{program} is not installed; scanned reports are not read without it.")
            print(f"  On Debian and Ubuntu: sudo apt-get install {package}")


if __name__ == "__main__":
    main()
