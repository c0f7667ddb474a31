"""The import contracts of pyproject.toml hold: the walls are checked by a machine, not by memory."""

import logging
from collections.abc import Iterator

import pytest
from importlinter import cli


@pytest.fixture
def loggers_kept() -> Iterator[None]:
    """The linter sets logging up for itself and switches off every logger there was."""
    known = [item for item in logging.root.manager.loggerDict.values() if isinstance(item, logging.Logger)]
    kept = [(logger, logger.disabled) for logger in known]
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    for logger, disabled in kept:
        logger.disabled = disabled
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def test_no_arrow_points_the_wrong_way(loggers_kept):
    assert cli.lint_imports() == cli.EXIT_STATUS_SUCCESS
