"""A licence that asks for more than its notice is not let in by chance."""

import runpy

import pytest

from tests.deploy.compose import ROOT

licences = runpy.run_path(str(ROOT / ".ci" / "licences.py"), run_name="licences")


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "(MIT OR GPL-3.0)",
        "Apache-2.0 AND BSD-2-Clause",
        "BSD-2-Clause AND Apache-2.0 WITH LLVM-exception",
    ],
)
def test_free_is_what_can_be_met_by_free_licences_alone(expression):
    assert licences["is_free"](expression)


@pytest.mark.parametrize(
    "expression", ["GPL-3.0", "AGPL-3.0-only", "MPL-2.0 AND MIT", "not said", "SSPL-1.0 OR AGPL-3.0"]
)
def test_everything_else_is_not(expression):
    assert not licences["is_free"](expression)


def test_copyleft_without_a_reason_is_named():
    row = licences["Row"]
    assert not row("somebody", "1.0", "AGPL-3.0-only").is_known
    assert row("psycopg", "3.3.9", "LGPL-3.0-only").is_known


def test_nothing_of_the_gpl_runs_in_production():
    shipped = [row for title, rows in licences["list_parts"]()[:2] for row in rows]
    assert len(shipped) > 100
    assert [row.name for row in shipped if "GPL" in row.licence and not row.licence.startswith("LGPL")] == []
