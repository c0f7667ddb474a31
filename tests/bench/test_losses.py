"""What counts as lost, and what as out of order."""

import json

from tests.bench.fleet.losses import count_losses, hold

SNAPSHOT_AT_3 = [0.0, "snapshot", 3]


def test_who_heard_all_after_the_snapshot_has_lost_nothing():
    heard = [SNAPSHOT_AT_3, [1.0, "en_route", 4], [2.0, "on_site", 5]]
    assert hold(heard, [1, 2, 3, 4, 5]) == (0, 0)


def test_what_was_committed_and_never_heard_is_lost():
    assert hold([SNAPSHOT_AT_3, [1.0, "on_site", 5]], [1, 2, 3, 4, 5, 6]) == (2, 1)


def test_a_later_snapshot_stands_for_what_came_before_it():
    heard = [SNAPSHOT_AT_3, [1.0, "snapshot", 6], [2.0, "charging", 7]]
    assert hold(heard, list(range(1, 8))) == (0, 0)


def test_one_that_comes_twice_or_late_is_out_of_order():
    heard = [SNAPSHOT_AT_3, [1.0, "a", 5], [2.0, "b", 4], [3.0, "c", 4]]
    assert hold(heard, [4, 5]) == (0, 3)


def test_who_never_heard_anything_has_lost_all():
    assert hold([], [1, 2]) == (2, 0)


def test_a_console_is_owed_the_areas_events_and_a_driver_their_own(tmp_path):
    log = tmp_path / "log.jsonl"
    screens = [
        {"who": "console", "path": "/ws/ops", "heard": [SNAPSHOT_AT_3, [1.0, "plan.published", 4]]},
        {"who": "viewer", "path": "/ws/driver/requests/r", "heard": [[0.0, "snapshot", 0]]},
    ]
    log.write_text("\n".join(map(json.dumps, screens)))
    events = {"area:a": [[4, "plan.published", 1.0, ""]], "request:r": [[1, "en_route", 0.5, ""]]}
    told = count_losses(events, log, "area:a")
    assert (told["durable_lost"], told["durable_disordered"], told["durable_heard"]) == (1, 0, 1)
    assert told["durable_per_s"] == 2.0
