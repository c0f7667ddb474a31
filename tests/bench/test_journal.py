"""Lines of a bench keep the format that others read, and the table shows medians."""

import json
from pathlib import Path

from tests.bench import best_known
from tests.bench.journal import About, Journal, make_table

FIELDS = {"bench", "case", "system", "metric", "value", "unit", "n", "seconds", "seed", "commit", "benchmark"}


def note(journal: Journal, cost: float, seed: int, system: str = "voltrun") -> None:
    journal.note("std/10s", system, {"cost": (cost, "eur"), "served": (12, "")}, About(10.04, seed, "abc"))


def test_a_line_has_every_field_of_the_contract(tmp_path: Path):
    journal = Journal("quality", tmp_path)
    note(journal, 1234.5678, 1)
    rows = [json.loads(row) for row in (tmp_path / "quality.jsonl").read_text().splitlines()]
    assert [set(row) for row in rows] == [FIELDS, FIELDS]
    assert (rows[0]["metric"], rows[0]["value"], rows[0]["unit"]) == ("cost", 1234.5678, "eur")
    assert rows[0]["commit"]


def test_every_run_begins_a_fresh_file(tmp_path: Path):
    note(Journal("quality", tmp_path), 1.0, 1)
    Journal("quality", tmp_path)
    assert (tmp_path / "quality.jsonl").read_text() == ""


def test_the_table_shows_the_median_of_the_seeds(tmp_path: Path):
    journal = Journal("quality", tmp_path)
    for seed, cost in enumerate((100.0, 300.0, 140.0)):
        note(journal, cost, seed)
    assert make_table(journal.lines, ("cost", "gap", "served")).splitlines() == [
        "| case | system | cost (eur) | served |",
        "| --- | --- | --- | --- |",
        "| std/10s | voltrun | 140 | 12 |",
    ]


def test_the_best_known_only_becomes_better(tmp_path: Path):
    journal, table = Journal("quality", tmp_path), {}
    for cost, system in ((120.0, "voltrun"), (110.0, "pyvrp"), (115.0, "voltrun")):
        note(journal, cost, 7, system)
    assert best_known.improve(table, journal.lines) == 2
    best_known.save(table, tmp_path / "best.json")
    table = best_known.load(tmp_path / "best.json")
    assert table["abc"]["std/7"] == {
        "cost": 110.0,
        "system": "pyvrp",
        "seconds": 10.04,
        "commit": journal.commit,
    }
    assert best_known.find_cost(table, "abc", "std", 7) == 110.0
    assert best_known.gap_pct(121.0, 110.0) == 10.000000000000009
    assert best_known.gap_pct(121.0, None) is None
