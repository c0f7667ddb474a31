"""How long and how far from place to place: the road engine, a great-circle stand-in, matrices, a cache."""

from routing.travel.cache import TravelCache
from routing.travel.fallback import FallbackTravel
from routing.travel.great_circle import GreatCircleTravel
from routing.travel.matrix import Matrix
from routing.travel.osrm import OsrmTravel
from routing.travel.provider import CAR, FOOT, HIGH_VAN, Located, Point, Route, Table, TravelProvider

__all__ = [
    "CAR",
    "FOOT",
    "HIGH_VAN",
    "FallbackTravel",
    "GreatCircleTravel",
    "Located",
    "Matrix",
    "OsrmTravel",
    "Point",
    "Route",
    "Table",
    "TravelCache",
    "TravelProvider",
]
