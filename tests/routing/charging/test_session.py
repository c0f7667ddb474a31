"""Cars at a unit, packs at a plug: whole seconds up, whole watt-hours down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.charging.session import (
    Coupling,
    Mismatch,
    charge_time_s,
    couple,
    energy_in_s,
    pack_charge_time_s,
    pack_energy_in_s,
)
from routing.model.problem import Charger, Pack, Plug, Vehicle

HATCHBACK = Vehicle(usable_wh=45_000, soc=0.2, max_dc_w=100_000, efficiency_pct=100)
VAN = Charger(power_w=50_000)
PLUG = Plug(id="p", place="depot", power_w=50_000, efficiency_pct=91)
points = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 200_000)), min_size=1, max_size=6, unique_by=lambda p: p[0]
)
cars = st.builds(
    Vehicle,
    usable_wh=st.integers(15_000, 120_000),
    soc=st.integers(0, 80).map(lambda percent: percent / 100),
    max_dc_w=st.integers(10_000, 250_000),
    efficiency_pct=st.integers(80, 100),
    curve=st.one_of(st.just(()), points.map(lambda ps: tuple((s / 100, float(w)) for s, w in sorted(ps)))),
)


def test_a_typical_hatchback_from_20_to_80_percent_at_50_kw():
    # 45 kWh, typical shares of 100 kW: 95 kW to 45 %, 75 kW at 60 %, 45 kW at 80 %; the unit gives 50.
    # The line from 75 to 45 crosses 50 at 60 + 20 * 25/30 = 76.667 %.
    # 20 to 76.667 %: 0.56667 * 45 / 50 h = 1836 s
    # 76.667 to 80 %: 0.03333 * 45 * ln(45/50) / (45 - 50) h = 113.8 s; together 1949.8 s
    assert charge_time_s(HATCHBACK, VAN, 0.2, 27_000) == 1950


def test_what_is_lost_on_the_way_into_the_battery_is_billed_but_does_not_fill_it():
    lossy = Vehicle(
        usable_wh=45_000, efficiency_pct=90, max_dc_w=50_000, curve=((0.0, 50_000.0), (1.0, 50_000.0))
    )
    assert charge_time_s(lossy, VAN, 0.2, 25_000) == 1800  # the meter sees 50 kW for half an hour
    assert energy_in_s(lossy, VAN, 0.0, 10 * 3600) == 50_000  # full: 45 kWh / 0.9


def test_direct_current_is_taken_before_alternating():
    both = Charger(power_w=50_000, connectors=("type2", "ccs2"))
    assert couple(HATCHBACK, both) == Coupling("ccs2", "dc", 50_000)


def test_alternating_current_is_held_to_what_the_car_takes_of_it():
    assert couple(HATCHBACK, Charger(power_w=22_000, connectors=("type2",))) == Coupling(
        "type2", "ac", 11_000
    )


@pytest.mark.parametrize(
    ("charger", "car", "mismatch"),
    [
        (Charger(power_w=50_000, connectors=("chademo",)), Vehicle(), Mismatch("connector", 1, "count")),
        (Charger(power_w=50_000, max_v=500), Vehicle(voltage_v=800), Mismatch("voltage", 300, "v")),
        (Charger(power_w=50_000, min_v=200), Vehicle(voltage_v=150), Mismatch("voltage", 50, "v")),
        (Charger(power_w=50_000), Vehicle(max_dc_w=0), Mismatch("power", 50_000, "w")),
    ],
)
def test_what_does_not_fit_says_why(charger, car, mismatch):
    assert couple(car, charger) == mismatch
    with pytest.raises(ValueError, match=mismatch.rule):
        charge_time_s(car, charger, 0.2, 1_000)


def test_a_high_voltage_car_falls_back_to_alternating_current():
    coupling = couple(
        Vehicle(voltage_v=800), Charger(power_w=40_000, connectors=("ccs2", "type2"), max_v=500)
    )
    assert coupling == Coupling("type2", "ac", 11_000)


@given(cars, st.integers(1, 60_000), st.integers(0, 5_000))
def test_more_energy_never_takes_less_time(car, energy_wh, more_wh):
    assert charge_time_s(car, VAN, car.soc, energy_wh + more_wh) >= charge_time_s(
        car, VAN, car.soc, energy_wh
    )


@given(cars, st.integers(1, 6 * 3600))
def test_energy_of_a_time_takes_that_time_within_a_watt_hour(car, seconds):
    energy_wh = energy_in_s(car, VAN, car.soc, seconds)
    needed_s = charge_time_s(car, VAN, car.soc, energy_wh)
    room_wh = (1 - car.soc) * car.usable_wh * 100 / car.efficiency_pct
    assert needed_s <= seconds
    if energy_wh + 2 < room_wh:
        assert charge_time_s(car, VAN, car.soc, energy_wh + 2) >= seconds


def test_a_pack_takes_what_the_plug_gives_less_its_loss():
    # 50 kW at 91 % are 45.5 kW into the pack: 45.5 kWh take an hour
    assert pack_charge_time_s(Pack(usable_wh=100_000), PLUG, 10_000, 55_500) == 3600


def test_a_pack_takes_no_more_than_its_own_limit():
    assert pack_charge_time_s(Pack(usable_wh=100_000, max_charge_w=20_000), PLUG, 0, 20_000) == 3600


@given(st.integers(0, 90_000), st.integers(0, 20_000), st.integers(5_000, 120_000))
def test_a_recharge_fits_into_the_time_it_was_cut_to(from_wh, seconds, limit_w):
    pack = Pack(
        usable_wh=100_000, max_charge_w=limit_w, curve=((0.0, 90_000.0), (0.7, 90_000.0), (1.0, 9_000.0))
    )
    taken_wh = pack_energy_in_s(pack, PLUG, from_wh, seconds)
    assert 0 <= taken_wh <= 100_000 - from_wh
    assert pack_charge_time_s(pack, PLUG, from_wh, from_wh + taken_wh) <= seconds
    if from_wh + taken_wh + 2 <= 100_000:
        assert pack_charge_time_s(pack, PLUG, from_wh, from_wh + taken_wh + 2) >= seconds
