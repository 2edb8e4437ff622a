"""Every command explains itself, and the example it ends with works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.examples import run
from tools.docs.commands import all_commands

COMMANDS = {context.command_path: context for context in all_commands()}


def example_of(name: str) -> str:
    last = COMMANDS[name].get_help().rstrip().splitlines()[-1]
    return last.strip().removeprefix("$ ")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_is_for(name: str):
    assert COMMANDS[name].command.help


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_each_option(name: str):
    options = [each for each in COMMANDS[name].command.params if each.param_type_name == "option"]
    assert [option.name for option in options if not getattr(option, "help", None)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_an_example_that_runs(name: str, tmp_path: Path):
    example = example_of(name)
    assert example.startswith(name), "help should end with a line that can be copied"
    done = run(example, tmp_path)
    assert done.returncode == 0, done.stderr
