"""The demo's word: who wants an ordinary charge now, in the centre, is offered a unit within half an hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dispatch.selectors.margins import p90_margin
from routing.simulation.asking import Terms
from routing.simulation.half_hour import Days, list_central_spots, probe_days, share_in_time

# Eight in the morning of a Monday in Monaco, as the demo begins.
MORNING = datetime(2026, 11, 16, 7, tzinfo=UTC)
PART_H = 3


def p90(wait_s):
    """The wait the driver is told for nine cases of ten, by the margin the server states."""
    return wait_s + p90_margin(timedelta(seconds=wait_s)).total_seconds()


def a_day(seed, **changes):
    return replace(Days(MORNING, 24, seed["rate_per_h"]), **changes)


def live(seed, days, numbers, travel):
    return [probe for number in numbers for probe in probe_days(seed, days, number, travel, Terms())]


def test_at_any_hour_an_ordinary_request_in_the_centre_is_offered_a_unit_within_half_an_hour(seed, travel):
    probes = live(seed, a_day(seed), (1, 2, 3), travel)
    assert len(probes) == 3 * 24 * 4
    shares = {
        hour: share_in_time([p for p in probes if p.hour // PART_H * PART_H == hour], p90)
        for hour in range(0, 24, PART_H)
    }
    assert min(shares.values()) >= 0.95, shares


def test_those_who_book_for_later_leave_room_for_those_who_ask_now(seed, travel):
    probes = live(seed, a_day(seed, slot=0.6), (1,), travel)
    assert share_in_time(probes, p90) >= 0.95


def test_two_vans_could_not_keep_that_word(seed, travel):
    few = {**seed, "units": [unit for unit in seed["units"] if unit["name"] in ("V-1", "V-2")]}
    few["depots"] = [
        {**depot, "plugs": [plug for plug in depot["plugs"] if plug.get("unit") in (None, "V-1", "V-2")]}
        for depot in seed["depots"]
    ]
    probes = live(few, a_day(seed, hours=12), (1,), travel)
    assert share_in_time(probes, p90) < 0.95


def test_the_same_people_live_the_same_day(seed, travel):
    days = a_day(seed, hours=3)
    assert live(seed, days, (1,), travel) == live(seed, days, (1,), travel)


def test_the_centre_lies_in_monte_carlo_la_condamine_and_monaco_ville(seed):
    named = {(spot["lat"], spot["lon"]): spot["name"] for spot in seed["parking_spots"]}
    central = {named[spot.lat, spot.lon] for spot in list_central_spots(seed)}
    assert {"Place du Casino", "Rue Grimaldi", "Place d'Armes", "Avenue Saint-Martin"} <= central
    assert not {"Stade Louis II", "Monte-Carlo Bay", "La Rousse"} & central
