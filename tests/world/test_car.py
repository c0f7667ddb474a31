"""A virtual car takes energy as the planner expects, or a little slower."""

import pytest

from routing.simulation.car import ChargingSession


def session(**changes):
    facts = {"usable_wh": 50_000, "max_dc_w": 100_000, "soc": 0.3, "power_w": 40_000, "wanted_wh": 20_000}
    return ChargingSession(**{**facts, **changes})


def test_delivers_what_is_wanted_at_the_units_power():
    charging = session()
    assert charging.energy_wh == 20_000
    assert charging.duration_s == pytest.approx(1_800, rel=0.01)
    assert charging.energy_wh_after(900) == pytest.approx(10_000, rel=0.01)
    assert charging.energy_wh_after(charging.duration_s) == 20_000
    assert charging.soc_after(9_999) == pytest.approx(0.3 + 20_000 * 0.96 / 50_000)


def test_never_falls_and_never_passes_its_end():
    charging = session(soc=0.5, wanted_wh=24_000, slowness=1.07)
    curve = [charging.energy_wh_after(s) for s in range(-10, 9_000, 30)]
    assert curve == sorted(curve)
    assert (curve[0], curve[-1]) == (0, 24_000)


def test_a_battery_takes_no_more_than_it_has_room_for():
    assert session(soc=0.9).energy_wh == pytest.approx(5_208, abs=1)
    assert session(soc=0.9).soc_after(99_999) == pytest.approx(1.0, abs=1e-3)
    full = session(soc=1.0)
    assert (full.energy_wh, full.duration_s) == (0, 0.0)


def test_a_slow_car_takes_longer():
    assert session(slowness=1.1).duration_s == pytest.approx(1.1 * session().duration_s)
    assert session(max_dc_w=20_000).duration_s > 1.9 * session().duration_s
