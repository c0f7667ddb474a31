"""A small world for tests: one van, one street, straight roads, and a clock that is moved by hand."""

from dispatch.world.body import Body
from dispatch.world.config import parse_config
from dispatch.world.day import Day, Job, Stop
from dispatch.world.roads import Roads
from dispatch.world.setting_out import Surroundings
from dispatch.world.street import Street
from routing.travel.provider import Point

EIGHT = 1_795_248_000.0
HOME = Point(43.7300, 7.4150)
CASINO = Point(43.7396, 7.4275)

VAN = {
    "id": "van-1",
    "name": "V-1",
    "kind": "van",
    "device": {"id": "d1", "secret": "s"},
    "home": {"lat": HOME.lat, "lon": HOME.lon},
    "pack": {"usable_wh": 60_000},
    "charger": {"power_w": 40_000, "efficiency_pct": 92},
    "rest_w": 7_000,
}
WORLD = {
    "area": {"name": "Monaco", "time_zone": "Europe/Monaco"},
    "places": [{"lat": CASINO.lat, "lon": CASINO.lon}],
    "units": [VAN],
    "crews": [{"email": "crew@demo.test", "password": "p", "unit": "van-1"}],
    "drivers": [{"email": "driver@demo.test", "password": "p"}],
}
CONFIG = parse_config(WORLD)


class Wall:
    """A wall clock moved by hand."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


def build_body(pack_wh=50_000.0, place=HOME):
    return Body(CONFIG.units[0], place, pack_wh=pack_wh, meter_wh=1_000_000)


def build_surroundings(street=None):
    return Surroundings(CONFIG, Roads(None), street or Street())


def build_stop(kind="serve", state="planned", **changes):
    facts = {
        "id": f"{kind}-1",
        "kind": kind,
        "state": state,
        "place": CASINO,
        "depart": EIGHT + 60,
        "start": EIGHT + 600,
        "end": EIGHT + 600 + 2_500,
        "energy_wh": 20_000 if kind == "serve" else 0,
        "pack_before_wh": 49_000,
        "pack_after_wh": 27_000,
        "job": Job("MC 1234", 20_000, 0.3, 0.6) if kind == "serve" else None,
    }
    return Stop(**{**facts, **changes})


def build_day(*stops, shift=(EIGHT - 3_600, EIGHT + 7 * 3_600), seq=1):
    return Day(seq=seq, unit="van-1", shift=shift, energy_wh=50_000, position=None, stops=stops)
