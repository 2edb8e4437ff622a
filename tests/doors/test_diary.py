"""`fingerpost diary`, from the keyboard."""

from __future__ import annotations

import stat
import sys

import pytest
from click.testing import CliRunner

from fingerpost.cli import main


@pytest.fixture
def diary(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def run(*arguments: object, exit_code: int = 0, given: str | None = None) -> str:
        result = CliRunner().invoke(main, ["diary", *map(str, arguments)], input=given)
        assert result.exit_code == exit_code, result.output
        return result.output

    return run


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "fingerpost" / "diary.json"


def test_an_entry_is_kept_and_shown(diary) -> None:
    diary("add", "nausea", "--how-bad", 2, "--note", "after lunch", "--date", "2026-11-01")
    text = diary("show")
    assert "1 November 2026: how bad: medium. after lunch" in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its own permissions")
def test_nobody_else_can_read_it(diary, path) -> None:
    diary("add", "nausea")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["diary.json"]


def test_it_is_deleted_with_one_command_and_only_when_meant(diary, path) -> None:
    diary("add", "nausea")
    assert "Nothing was deleted" in diary("delete", given="n\n")
    assert path.exists()
    diary("delete", "--yes")
    assert not path.exists()
    assert "no diary" in diary("delete")


def test_an_empty_diary_says_how_to_begin(diary) -> None:
    assert "fingerpost diary add" in diary("show")


def test_a_file_that_is_no_diary_is_left_as_it_is(diary, tmp_path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear doctor", encoding="utf-8")
    output = diary("add", "nausea", "--file", other, exit_code=10)
    assert "not-a-diary" in output
    assert "Dear" not in output
    assert other.read_text(encoding="utf-8") == "Dear doctor"
    diary("delete", "--yes", "--file", other, exit_code=10)
    assert other.exists()


def test_a_day_to_come_is_refused(diary) -> None:
    assert "future-date" in diary("add", "nausea", "--date", "2999-01-01", exit_code=10)


def test_the_page_to_print_escapes_what_was_written(diary) -> None:
    diary("add", "nausea", "--note", "<b>& more")
    html = diary("show", "--format", "html")
    assert "<b>&" not in html
    assert "&lt;b&gt;&amp; more" in html
    assert "<svg" in html


def test_only_what_is_newer_is_shown_when_asked(diary) -> None:
    diary("add", "nausea", "--date", "2026-10-01")
    diary("add", "fatigue", "--date", "2026-11-01")
    text = diary("show", "--since", "2026-10-15")
    assert "fatigue" in text
    assert "nausea" not in text
