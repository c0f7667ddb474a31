"""Units, drives, packs and meters as functions of time."""

import pytest

from dispatch.world.memory import Memory, build_record, imagine_body, restore_body
from dispatch.world.roads import Roads
from dispatch.world.telematics import build_fix
from tests.world.town import CASINO, CONFIG, EIGHT, HOME, build_body, build_stop, build_surroundings


def drive(body, at=EIGHT):
    body.drive(build_surroundings().begin_leg(body.unit, build_stop(), body.place, at))
    return body.leg


def test_a_drive_moves_evenly_from_end_to_end():
    body = build_body()
    leg = drive(body)
    start = body.fix_at(EIGHT)
    assert (start.lat, start.lon) == HOME
    middle = body.fix_at((EIGHT + leg.arrives_at) / 2)
    assert middle.lat == pytest.approx((HOME.lat + CASINO.lat) / 2, abs=1e-4)
    assert 0 < middle.heading < 90
    assert middle.speed_mps > 1
    there = body.fix_at(leg.arrives_at + 99)
    assert (there.lat, there.lon) == pytest.approx(CASINO)
    assert there.speed_mps == 0


def test_driving_uses_the_pack():
    body = build_body()
    leg = drive(body)
    body.settle(leg.arrives_at)
    km, hours = leg.way.distance_m / 1_000, (leg.arrives_at - EIGHT) / 3_600
    assert body.pack_wh == pytest.approx(50_000 - km * 300 - hours * 500)


def test_delivering_uses_the_pack_and_turns_the_meter():
    body = build_body(place=CASINO)
    body.visit_stop(build_surroundings().begin_visit(body, build_stop(), EIGHT), EIGHT)
    body.visit.started_at = EIGHT
    readings = [body.meter_wh_at(EIGHT + s) for s in range(0, 4_000, 50)]
    assert readings == sorted(readings)
    assert readings[-1] == 1_020_000
    body.settle(EIGHT + 4_000)
    assert body.pack_wh == pytest.approx(50_000 - 20_000 / 0.92)
    assert body.meter_wh == 1_020_000


def test_a_charge_broken_off_keeps_what_has_flowed():
    body = build_body(place=CASINO)
    body.visit_stop(build_surroundings().begin_visit(body, build_stop(), EIGHT), EIGHT)
    body.visit.started_at = EIGHT
    body.settle(EIGHT + 600)
    assert 1_005_000 < body.meter_wh < 1_008_000
    assert body.meter_wh_at(EIGHT + 9_999) == body.meter_wh


def test_a_pack_gives_no_more_than_it_holds():
    body = build_body(pack_wh=5_000.0, place=CASINO)
    visit = build_surroundings().begin_visit(body, build_stop(), EIGHT)
    assert visit.session.energy_wh == 4_600


def test_off_duty_the_pack_fills_up():
    body = build_body(pack_wh=10_000.0)
    body.rest(EIGHT)
    assert body.pack_wh_at(EIGHT + 3_600) == pytest.approx(17_000)
    body.wake(EIGHT + 1_800)
    assert body.pack_wh == pytest.approx(13_500)


def test_a_fix_says_when_where_and_how_full():
    fix = build_fix(build_body(), EIGHT)
    assert fix["at"] == "2026-11-21T08:00:00.000Z"
    assert (fix["lat"], fix["lon"], fix["speed_mps"]) == (HOME.lat, HOME.lon, 0.0)
    assert fix["pack_soc"] == pytest.approx(0.8333)


@pytest.mark.parametrize("moment", ["driving", "charging", "resting"])
def test_what_was_remembered_goes_on_where_it_was(tmp_path, moment):
    body = build_body()
    if moment == "driving":
        drive(body)
    elif moment == "charging":
        body.visit_stop(build_surroundings().begin_visit(body, build_stop(), EIGHT), EIGHT)
        body.visit.started_at = EIGHT
    else:
        body.rest(EIGHT)
    Memory(tmp_path / "state.json").keep("van-1", build_record(body))
    record = Memory(tmp_path / "state.json").find_record("van-1")
    again = restore_body(CONFIG.units[0], record, Roads(None))
    for now in (EIGHT, EIGHT + 100, EIGHT + 5_000):
        assert again.fix_at(now) == body.fix_at(now)
        assert again.pack_wh_at(now) == body.pack_wh_at(now)
        assert again.meter_wh_at(now) == body.meter_wh_at(now)


def test_a_broken_memory_is_no_memory(tmp_path):
    (tmp_path / "state.json").write_text("{")
    assert Memory(tmp_path / "state.json").find_record("van-1") is None


def test_a_meter_nobody_remembers_starts_above_all_it_could_have_shown():
    unit = CONFIG.units[0]
    before = imagine_body(unit, EIGHT, HOME, 50_000)
    before.visit_stop(build_surroundings().begin_visit(before, build_stop(), EIGHT), EIGHT)
    before.visit.started_at = EIGHT
    later = EIGHT + 3_600
    assert imagine_body(unit, later, HOME, 50_000).meter_wh >= before.meter_wh_at(later)
