from pathlib import Path

import pytest
from shapely import LineString, Point, from_geojson

from dispatch.city.extract import read_extract
from dispatch.city.sea import build_sea
from dispatch.city.sweep import Shape, sweep
from tests.city.monaco import CASINO, EXTRACT, FONTVIEILLE, LARVOTTO, OUT_AT_SEA, STATION

FRAME = (0.0, 0.0, 10.0, 10.0)


def is_sea(sea, x, y):
    return any(area.contains(Point(x, y)) for area in sea)


def test_land_is_on_the_left_of_a_coastline():
    eastward = build_sea([LineString([(0, 5), (10, 5)])], FRAME)
    assert is_sea(eastward, 5, 2)
    assert not is_sea(eastward, 5, 8)

    westward = build_sea([LineString([(10, 5), (0, 5)])], FRAME)
    assert is_sea(westward, 5, 8)
    assert not is_sea(westward, 5, 2)


def test_a_coastline_beyond_the_frame_is_cut_there():
    sea = build_sea([LineString([(-5, 5), (15, 5)])], FRAME)
    assert sum(area.area for area in sea) == pytest.approx(50)


def test_a_coastline_that_stops_short_is_led_to_the_nearest_edge():
    sea = build_sea([LineString([(0.2, 5), (5, 6), (9.9, 5)])], FRAME)
    assert is_sea(sea, 5, 1)
    assert not is_sea(sea, 5, 9)


def test_a_coastline_in_pieces_is_one():
    pieces = [LineString([(6, 5), (10, 5)]), LineString([(0, 5), (3, 5)]), LineString([(3, 5), (6, 5)])]
    assert is_sea(build_sea(pieces, FRAME), 5, 2)


def test_an_island_is_land_in_the_sea():
    shore = LineString([(0, 9), (10, 9)])
    island = LineString([(4, 4), (6, 4), (6, 6), (4, 6), (4, 4)])  # land inside: against the clock
    sea = build_sea([shore, island], FRAME)
    assert not is_sea(sea, 5, 5)
    assert is_sea(sea, 2, 5)


def test_without_a_coastline_there_is_no_sea():
    assert build_sea([], FRAME) == []
    assert build_sea([LineString([(20, 20), (30, 30)])], FRAME) == []


def test_monaco_lies_on_the_land_and_its_bay_does_not():
    extract = read_extract(Path(EXTRACT))
    coast = [
        from_geojson(thing.geojson)
        for thing in sweep(extract.path)
        if thing.shape is Shape.LINE and thing.tags.get("natural") == "coastline"
    ]
    sea = build_sea(coast, extract.bounds)
    for place in (CASINO, STATION, FONTVIEILLE, LARVOTTO):
        assert not is_sea(sea, place.lon, place.lat)
    assert is_sea(sea, 7.47, 43.72)
    assert is_sea(sea, 7.4245, 43.7350)  # the harbour
    assert not is_sea(sea, OUT_AT_SEA.lon, OUT_AT_SEA.lat)  # beyond the frame there is nothing to say
