"""Monaco as the tests use it: the extract in the repository and a few corners everybody knows."""

from pathlib import Path

from routing.travel import Point

EXTRACT = Path(__file__).parents[2] / "dispatch" / "city" / "data" / "monaco.osm.pbf"

CASINO = Point(43.7397, 7.4272)
STATION = Point(43.7384, 7.4193)
FONTVIEILLE = Point(43.7285, 7.4157)
LARVOTTO = Point(43.7460, 7.4338)
PORT = Point(43.7352, 7.4214)
OUT_AT_SEA = Point(43.7000, 7.4700)
