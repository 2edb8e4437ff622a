"""Write every generated page, or with `--check` say which ones are out of date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.docs.cautions import caution_pages
from tools.docs.changes import change_pages
from tools.docs.commands import command_pages
from tools.docs.coverage import coverage_pages
from tools.docs.drugs import drug_pages
from tools.docs.facts import fact_pages
from tools.docs.following import following_pages
from tools.docs.language import language_pages
from tools.docs.lines import line_pages
from tools.docs.options import option_pages
from tools.docs.project import project_pages
from tools.docs.sources import source_pages
from tools.docs.tests import pages_of_tests
from tools.docs.trials import trial_pages

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
# Folders that hold generated pages only, so a page left over from before is out of date too.
GENERATED_FOLDERS = ("reference/options", "project")


def generated_pages() -> dict[Path, str]:
    """Give the text of every generated page by its path under `docs/`."""
    makers = (
        option_pages,
        fact_pages,
        caution_pages,
        source_pages,
        trial_pages,
        change_pages,
        drug_pages,
        pages_of_tests,
        coverage_pages,
        line_pages,
        following_pages,
        command_pages,
        language_pages,
        project_pages,
    )
    pages: dict[Path, str] = {}
    for make in makers:
        pages |= make(ROOT)
    return {path: text.rstrip() + "\n" for path, text in sorted(pages.items())}


def left_over(pages: dict[Path, str]) -> list[Path]:
    """Find the pages in generated folders that nothing makes any more."""
    there = [page for folder in GENERATED_FOLDERS for page in (DOCS / folder).glob("*.md")]
    return sorted(page for page in there if page.relative_to(DOCS) not in pages)


def out_of_date(pages: dict[Path, str]) -> list[str]:
    """Name the committed pages that differ from what would be written now."""
    stale = [
        path.as_posix()
        for path, text in pages.items()
        if not (DOCS / path).is_file() or (DOCS / path).read_text(encoding="utf-8") != text
    ]
    return stale + [page.relative_to(DOCS).as_posix() for page in left_over(pages)]


def write(pages: dict[Path, str]) -> None:
    """Write the pages and remove the ones nothing makes any more."""
    for page in left_over(pages):
        page.unlink()
    for path, text in pages.items():
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(text, encoding="utf-8")


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a stale page")
    pages = generated_pages()
    if not parser.parse_args().check:
        write(pages)
        print(f"docs: {len(pages)} pages written")
        return 0
    stale = out_of_date(pages)
    for name in stale:
        print(f"docs/{name}: out of date. Try: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
