"""The figures of the day: counted from local midnight."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.models import ServiceArea
from dispatch.selectors.figures import get_figures
from tests.dispatch.crew import Crew


def figures(world):
    return get_figures(world.caller("Dana"), ServiceArea.objects.get(), world.now)


def test_a_day_begins_with_nothing_served(world):
    today = figures(world)
    assert (today["served_today"], today["open"], today["not_served"]) == (0, 0, 0)
    assert (today["on_time_share"], today["time_to_plug_p50_s"]) == (None, None)
    assert (today["in_packs_kwh"], today["packs_total_kwh"]) == (180.0, 200.0)


def test_what_was_served_in_time_counts_with_its_energy_and_its_wait(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    Crew(world).serve(stop)
    today = figures(world)
    assert (today["served_today"], today["open"], today["on_time_share"]) == (1, 0, 1.0)
    assert today["energy_out_kwh"] == 15.0
    request.refresh_from_db()
    plugged = datetime.fromisoformat(request.stage_at["charging"]) - request.created_at
    assert today["time_to_plug_p50_s"] == today["time_to_plug_p90_s"] == plugged.total_seconds()


def test_a_promise_that_was_missed_is_no_promise_kept(world):
    stop = world.stop_of(world.accept("Alice"))
    world.wait(hours=1)
    Crew(world).serve(stop)
    assert figures(world)["on_time_share"] == 0.0


def test_at_local_midnight_all_begins_anew(world):
    Crew(world).serve(world.stop_of(world.accept("Alice")))
    monaco = ZoneInfo("Europe/Monaco")
    midnight = (world.now.astimezone(monaco) + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    world.wait(seconds=(midnight - world.now).total_seconds() - 1)
    assert figures(world)["served_today"] == 1
    world.wait(seconds=1)
    assert (figures(world)["served_today"], figures(world)["energy_out_kwh"]) == (0, 0.0)
