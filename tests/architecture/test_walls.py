"""The import contracts of pyproject.toml hold: the walls are checked by a machine, not by memory."""

from importlinter import cli


def test_no_arrow_points_the_wrong_way():
    assert cli.lint_imports() == cli.EXIT_STATUS_SUCCESS
