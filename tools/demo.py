"""Show what Fingerpost says about an invented person: `make demo`."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FINGERPOST = Path(sys.executable).parent / "fingerpost"
DEMO = "options examples/maria.yaml --on 2026-11-22 --brief"
NEXT = (
    (
        "every condition, the label's words and the answers",
        "options examples/maria.yaml --on 2026-11-22",
    ),
    ("the whole trace of every answer", "options examples/maria.yaml --on 2026-11-22 --explain"),
    ("which missing tests would settle most", "missing examples/maria.yaml --on 2026-11-22"),
    ("what was understood from the record", "facts examples/maria.yaml --on 2026-11-22"),
    ("what your records contradict or lack, before a visit", "record check examples/maria.yaml"),
    (
        "what would follow from one option, day by day",
        "plan examples/maria.yaml --on 2026-11-22 --option fda.ribociclib.advanced-with-fulvestrant",
    ),
    ("the page to bring to a visit", "report examples/nora.json --on 2026-11-22 -o sheet.html"),
    ("when to call, and how soon", "symptoms examples/nora.json --on 2026-11-22"),
    ("what a pathology report says, with its words", "read examples/report.txt"),
    ("what else it can do", "--help"),
    ("the same in the browser, for yourself: questions, results, a page to print", "serve"),
)


def main() -> int:
    """Run the demonstration, then say what to try next."""
    print(f"$ fingerpost {DEMO}\n", flush=True)
    done = subprocess.run([FINGERPOST, *shlex.split(DEMO)], cwd=ROOT, check=False)
    if done.returncode != 0:
        return done.returncode
    print("\nMaria is invented. To try next:")
    for what, command in NEXT:
        print(f"  {what}\n    .venv/bin/fingerpost {command}")
    print(
        "  your own record: a report, a PDF, a FHIR export, a table, or a form\n    README.md, Records as they come"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
