"""Prove that the built package works alone: `make clean-room`.

A package can pass every test and still fail for the person who installs it,
because a file was left out of the wheel or a test-only dependency is imported.
So: build the wheel, install it with the locked run-time dependencies into an
empty environment, and use it from a folder where the source cannot be seen.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "examples" / "maria.yaml"
CASE = ROOT / "tests" / "cases"
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet")


def build_wheel(into: Path) -> Path:
    """Build the wheel with the locked build tools and give its path."""
    command = [sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", into, ROOT], check=True)
    (wheel,) = into.glob("fingerpost-*.whl")
    return wheel


def install(wheel: Path, into: Path) -> Path:
    """Make an empty environment, install the wheel and its locks, give its programs' folder."""
    venv.create(into, with_pip=True)
    programs = into / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [programs / "python", *PIP, "install"]
    locked = ROOT / "requirements" / "runtime.txt"
    subprocess.run([*pip, "--require-hashes", "--requirement", locked], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    return programs


def try_out(programs: Path, room: Path) -> None:
    """Use the installed program as a newcomer would, and stop at the first failure."""
    record = shutil.copy(RECORD, room)
    case = shutil.copy(sorted(CASE.glob("*.yaml"))[0], room)
    for arguments in (
        ["--help"],
        ["--version"],
        ["options", record, "--on", "2026-11-22"],
        ["case", case],
        # Templates, style and catalogue are files of the package too.
        ["report", record, "--on", "2026-11-22", "--format", "html", "--authority", "nice"],
        ["explain", "checkpoint_inhibitor"],
    ):
        print("clean room: fingerpost", *(Path(each).name for each in arguments), flush=True)
        command = [programs / "fingerpost", *arguments]
        subprocess.run(command, cwd=room, check=True, stdout=subprocess.PIPE, text=True)


def main() -> int:
    """Build, install, try out."""
    with tempfile.TemporaryDirectory() as made:
        room = Path(made)
        try:
            wheel = build_wheel(room / "wheel")
            try_out(install(wheel, room / "environment"), room)
        except subprocess.CalledProcessError as failure:
            print(f"clean room: failed: {failure}\n{failure.stdout or ''}", file=sys.stderr)
            return 1
    print("clean room: the package works alone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
