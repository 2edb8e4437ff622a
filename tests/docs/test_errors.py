"""Every error code has a section that says what it means and what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.docs.examples import ROOT

PAGE = ROOT / "docs" / "reference" / "errors.md"
SOURCE = ROOT / "src" / "fingerpost"
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
MAKES_A_PROBLEM = re.compile(r"problem|refus|error|warning|notread", re.IGNORECASE)
# Words in modules that make problems which are not codes of ours.
NOT_CODES = {
    "content-type",
    "no-cache",
    "entered-in-error",
    "va-spec",
    "kebab-case",
    "refused",
    "utf-16",
    "utf-16-be",
    "utf-16-le",
    "utf-8",
    "utf-8-sig",
}


def codes_in_the_source() -> set[str]:
    modules = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")]
    found = {code for text in modules for code in codes_given(ast.parse(text))}
    tabled = {
        code
        for text in modules
        if re.search(r"import .*\bProblem\b|refus", text)
        for code in words_with_hyphens(ast.parse(text))
    }
    return (found | tabled) - NOT_CODES


def codes_given(tree: ast.Module) -> Iterator[str]:
    """Find what problems are made with: the first argument, or what is called `code` first."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=[given, *_]) if MAKES_A_PROBLEM.search(
                ast.unparse(node.func).rpartition(".")[2]
            ):
                yield from words_in(given) if isinstance(given, ast.Constant) else ()
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.IfExp() as either):
                yield from words_in(either)


def words_with_hyphens(tree: ast.Module) -> Iterator[str]:
    """Find what can only be a code, wherever it stands, such as in a table."""
    return (word for word in words_in(tree) if "-" in word)


def words_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if CODE.fullmatch(text):
                yield text


def sections() -> list[str]:
    return re.findall(r"^### `([^`]+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_code_has_a_section():
    assert sorted(codes_in_the_source() - set(sections())) == []


def test_every_section_has_a_code():
    words = {
        word
        for path in SOURCE.rglob("*.py")
        for word in re.findall(r'"([a-z0-9_-]+)"', path.read_text(encoding="utf-8"))
    }
    assert [section for section in sections() if section not in words] == []


def test_no_code_is_described_twice():
    assert len(sections()) == len(set(sections()))


def test_every_note_about_a_record_is_explained():
    explained = set(
        re.findall(r"^\| `([a-z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    )
    given = {
        call.args[0].value
        for path in SOURCE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).rpartition(".")[2] in {"Message", "tell", "warn"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert sorted(given ^ explained) == []
