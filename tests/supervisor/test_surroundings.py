"""What the processes of the house are told, and what the world is not."""

import pytest
from django.conf import settings

from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.surroundings import read_surroundings


def test_the_world_gets_no_key_to_the_house(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_KEY", "signs all")
    monkeypatch.setenv("FIELD_KEYS", "seals all")
    surroundings = read_surroundings()
    servers = surroundings.servers_environment("postgresql://house", "redis://house", surroundings.roads)
    world = surroundings.world_environment(servers)
    assert servers["DATABASE_URL"] == "postgresql://house"
    assert not {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS", "BROKER_URL"} & world.keys()
    assert world["ROADS_DATASET"] == servers["ROADS_DATASET"] == f"{surroundings.name}-{settings.CITY}"


def test_roads_that_lie_elsewhere_are_not_ours_to_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OSRM_URL", "http://roads.test")
    surroundings = read_surroundings()
    assert surroundings.roads_elsewhere
    assert "ROADS_DATASET" not in surroundings.servers_environment("a", "b", roads="")


@pytest.mark.parametrize("speed", ["0", "121", "fast", "-1"])
def test_a_speed_out_of_range_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch, speed: str):
    monkeypatch.setenv("SPEED", speed)
    with pytest.raises(CannotStart, match=f"SPEED must be a number from 1 to 120, not {speed}"):
        read_surroundings()


@pytest.mark.parametrize(
    ("word", "runs"), [("off", False), ("OFF", False), ("0", False), ("on", True), ("", True)]
)
def test_the_world_can_be_left_out(monkeypatch: pytest.MonkeyPatch, word: str, runs: bool):
    monkeypatch.setenv("WORLD", word)
    assert read_surroundings().world is runs
