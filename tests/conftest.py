"""House rules of every test run."""

import os
from pathlib import Path

import pytest
from django.db import connections

_ALLOWED = Path(__file__).with_name("allowed_skips.txt")
_unexpected: list[str] = []


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy the migrated database, where there is one, instead of migrating anew."""
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember a test that was skipped without being on the list."""
    if report.skipped and not hasattr(report, "wasxfail") and not _is_allowed(report.nodeid):
        _unexpected.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test nobody runs proves nothing: an unlisted skip fails the run."""
    if _unexpected and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name them before the closing line."""
    for nodeid in _unexpected:
        terminalreporter.write_line(
            f"SKIPPED without being listed in tests/allowed_skips.txt: {nodeid}", red=True
        )


def _is_allowed(nodeid: str) -> bool:
    lines = _ALLOWED.read_text().splitlines()
    allowed = [line.partition("#")[0].strip() for line in lines]
    return any(start and nodeid.startswith(start) for start in allowed)
