"""A town in districts: everybody in one, nobody in two."""

from collections import Counter
from dataclasses import replace

from routing.decomposition import districts
from routing.decomposition.districts import divide
from routing.simulation.benchmarks.scale import build_metropolis
from routing.solver.transport import ship

TOWN = build_metropolis(seed=3, share=0.02)


def test_every_request_and_every_unit_is_in_one_district(monkeypatch):
    monkeypatch.setattr(districts, "MOST_REQUESTS", 40)
    found = divide(TOWN)
    assert len(found) > 3
    assert Counter(r.id for d in found for r in d.requests) == Counter(r.id for r in TOWN.requests)
    assert Counter(u.id for d in found for u in d.units) == Counter(u.id for u in TOWN.units)


def test_who_is_told_to_serve_a_request_keeps_it(monkeypatch):
    monkeypatch.setattr(districts, "MOST_REQUESTS", 40)
    far = {d.requests[0].id: divide(TOWN)[-1].units[0].id for d in divide(TOWN)[:1]}
    tied = tuple(replace(r, unit=far.get(r.id), start_s=None) for r in TOWN.requests)
    found = divide(replace(TOWN, requests=tied))
    for district in found:
        units = {unit.id for unit in district.units}
        assert all(request.unit is None or request.unit in units for request in district.requests)


def test_robots_stay_with_their_car_park(monkeypatch):
    monkeypatch.setattr(districts, "MOST_REQUESTS", 40)
    found = divide(TOWN)
    home = {unit.site: number for number, d in enumerate(found) for unit in d.units if unit.site}
    assert home
    assert all(home[u.site] == n for n, d in enumerate(found) for u in d.units if u.site)


def test_without_units_or_requests_there_are_no_districts():
    assert divide(replace(TOWN, requests=())) == []
    assert divide(replace(TOWN, units=(), requests=())) == []


def test_units_go_where_they_are_wanted_by_the_shortest_ways():
    # Bases with 3 and 1; districts that want 2 each. Of the 3 two stay near (1 each), one crosses (4).
    sent = ship([3, 1], [2, 2], [[1, 4], [5, 1]])
    assert sent == [[2, 1], [0, 1]]
