"""What whoever watches the house reads, and who may."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from dispatch import tally
from tests.cast import open_door
from tests.small_world import CASINO, SmallWorld, build_world

TOKEN = "only the watcher knows"


@pytest.fixture
def world(db, settings, request) -> SmallWorld:
    tally.flush()
    settings.REDIS_PREFIX = f"test-{request.node.name}"
    return build_world()


def read(**headers: str) -> dict[tuple[str, frozenset], float]:
    answer = open_door().get("/metrics", **headers)
    assert answer.status_code == 200, answer.content
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def value(found: dict, name: str, **labels: str) -> float:
    return found.get((f"voltrun_{name}", frozenset(labels.items())), 0.0)


def ask(world: SmallWorld, lat: float = CASINO[0], lon: float = CASINO[1]):
    alice = world.people["Alice"]
    car = world.cars["Alice"]
    body = {"vehicle": str(car.id), "soc": 0.3, "energy_kwh": 8, "location": {"lat": lat, "lon": lon}}
    return open_door(alice).post("/api/driver/quotes", body)


def test_quotes_are_counted_by_how_they_end_and_timed(world):
    before = read()
    assert ask(world).status_code == 201
    assert ask(world, 0.0, 0.0).status_code == 400
    after = read()

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert more("quotes_total", outcome="offered") == 1
    assert more("quotes_total", outcome="invalid") == 1
    assert more("refusals_total", reason="outside_area") == 1
    assert more("quote_seconds_count") == 2
    assert more("quote_seconds_bucket", le="+Inf") == 2
    assert more("answers_total", kind="done") == 1
    assert more("answers_total", kind="refused") == 1


def test_classes_of_a_histogram_only_grow(world):
    ask(world)
    found = read()
    rows = [
        (float(dict(labels)["le"]), count)
        for (name, labels), count in found.items()
        if name == "voltrun_answer_seconds_bucket"
    ]
    counts = [count for _, count in sorted(rows)]
    assert counts == sorted(counts)
    assert counts[-1] == value(found, "answer_seconds_count") > 0


def test_without_valkey_the_figures_of_rows_are_told_and_that_it_is_away(world, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    found = read()
    assert value(found, "valkey_up") == 0
    assert value(found, "units") > 0


def test_no_figure_holds_a_word_about_a_person(world):
    ask(world)
    text = open_door().get("/metrics").content.decode()
    for word in ("Alice", "example.test", str(world.people["Alice"].id), str(world.cars["Alice"].id)):
        assert word not in text


def test_with_a_token_only_who_brings_it_reads(world, settings):
    settings.METRICS_TOKEN = TOKEN
    assert open_door().get("/metrics").status_code == 404
    assert open_door().get("/metrics", HTTP_AUTHORIZATION="Bearer guessed").status_code == 404
    assert value(read(HTTP_AUTHORIZATION=f"Bearer {TOKEN}"), "units") > 0


@pytest.mark.parametrize(
    ("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("::ffff:127.0.0.1", 200), ("192.0.2.7", 404)]
)
def test_without_one_this_machine_reads(world, address, status):
    assert open_door().get("/metrics", REMOTE_ADDR=address).status_code == status


def test_a_network_can_be_named(world, settings):
    settings.METRICS_NETWORKS = ["192.0.2.0/24"]
    assert open_door().get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert open_door().get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404


def test_a_call_that_came_through_a_proxy_on_this_machine_is_not_from_here(world):
    assert open_door().get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 404
