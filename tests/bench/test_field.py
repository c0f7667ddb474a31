"""The field's part of the quality bench, on a folder with two tiny instances."""

from tests.bench.field import SETTING, list_cases, measure_field
from tests.bench.journal import Journal
from tests.routing.evrptw.towns import SCHNEIDER, SOLOMON


def make_folder(root):
    for name, text in (("evrptw/large/town_2.txt", SCHNEIDER), ("vrptw/t1.txt", SOLOMON)):
        path = root / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    (root / "evrptw/best_known.csv").write_text("instance,vehicles,distance\ntown,1,50.0\n")
    return root


def test_every_instance_comes_with_what_is_known_of_it(tmp_path):
    cases = list(list_cases(make_folder(tmp_path)))
    assert [(case.kind, case.vehicles, case.distance) for case in cases] == [
        ("evrptw", 1, 50.0),
        ("vrptw", None, None),
    ]


def test_lines_say_vehicles_distance_and_gap(tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, str(make_folder(tmp_path / "data")))
    journal = Journal("quality", tmp_path / "out")
    measure_field(journal, (1,), 1, 1.0)
    told = {(line.case, line.metric): line.value for line in journal.lines}
    assert told["evrptw/town_2/1s", "vehicles"] == 1
    assert round(told["evrptw/town_2/1s", "gap"], 2) == 1.61  # 50.81 against 50
    assert told["evrptw/town_2/1s", "vehicles_above"] == 0
    assert told["vrptw/t1/1s", "distance"] == 6.6


def test_without_a_folder_there_is_nothing_to_measure(tmp_path, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    journal = Journal("quality", tmp_path)
    measure_field(journal, (1,), 1, 1.0)
    assert journal.lines == []
