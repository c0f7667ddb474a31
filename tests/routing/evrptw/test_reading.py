"""Files of the field, good and bad."""

import pytest

from routing.__main__ import main
from routing.evrptw.reading import read_file, read_instance
from routing.model.errors import InvalidProblem
from tests.routing.evrptw.towns import SCHNEIDER, SOLOMON


def test_schneider_names_depot_stations_customers_and_vehicles():
    town = read_instance(SCHNEIDER, "town")
    assert [node.id for node in town.nodes] == ["D0", "C1", "C2", "S1"]
    assert (town.battery, town.capacity, town.consumption, town.recharge_time, town.speed) == (
        30,
        10,
        1,
        2,
        1,
    )
    assert town.electric
    assert town.vehicles_first


def test_solomon_names_fleet_and_customers():
    town = read_instance(SOLOMON, "t")
    assert (town.name, town.fleet, town.capacity, len(town.customers)) == ("t1", 2, 10, 2)
    assert not town.electric
    assert not town.vehicles_first


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("StringID", "Stuff", "line 1: neither Schneider's"),
        ("20.0       0.0        4.0", "far        0.0        4.0", "line 4: `far` is no number"),
        ("20.0       0.0        4.0", "nan        0.0        4.0", "line 4: `nan` is not finite"),
        ("C2         c", "C2         x", "line 5: needs id, type"),
        ("C2         c", "C1         c", "C1: is there twice"),
        ("D0         d", "D0         c", "depot: there must be one, there are 0"),
        ("10.0       20.0", "30.0       20.0", "C2: its window ends .20. before it begins .30."),
        ("3.0        10.0", "33.0       10.0", "C2: demand 33 exceeds the capacity 10"),
        ("3.0        10.0", "-3.0       10.0", "C2: demand and service time must not be negative"),
        ("0.0        8.0", "0.0        8e99", "C2: is out of every measure"),
        ("/30.0/", "/0/", "Q: battery must be given, above zero"),
        ("g inverse refueling rate /2.0/", "", "g: inverse refueling rate must be given"),
    ],
)
def test_a_bad_file_is_one_clear_sentence(tmp_path, old, new, complaint):
    assert old in SCHNEIDER
    path = tmp_path / "bad.txt"
    path.write_text(SCHNEIDER.replace(old, new))
    with pytest.raises(InvalidProblem, match=rf"bad\.txt: {complaint}"):
        read_file(path)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("VEHICLE", "CARS", "VEHICLE: needs the number"),
        ("  2         10", "  2.5       10", "VEHICLE: the number of vehicles must be whole"),
        ("    0      0          0 ", "    7      0          0 ", "depot: there must be one, there are 0"),
        ("        20         60         10", "   20  60", "line 12: needs number, x, y"),
    ],
)
def test_a_bad_solomon_file_is_one_clear_sentence(old, new, complaint):
    assert old in SOLOMON
    with pytest.raises(InvalidProblem, match=complaint):
        read_instance(SOLOMON.replace(old, new), "t")


def test_an_instance_without_customers_is_refused():
    text = "\n".join(
        line for line in SCHNEIDER.splitlines() if not line.startswith("C1 ") and not line.startswith("C2 ")
    )
    with pytest.raises(InvalidProblem, match="customers: there must be 1 to 1000"):
        read_instance(text, "t")


def test_a_file_that_is_no_text_or_not_there_ends_the_command_with_a_sentence(tmp_path, capsys):
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\xff\xfe\x00\x81")
    assert main(["evrptw", str(path)]) == 2
    assert "picture.txt: is not text" in capsys.readouterr().err
    assert main(["evrptw", str(tmp_path / "none.txt")]) == 2
    assert "No such file" in capsys.readouterr().err
