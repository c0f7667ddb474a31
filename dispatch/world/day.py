"""The crew's day as the server tells it: stops in order, read once, frozen."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from dispatch.world.times import parse_instant
from routing.travel.provider import Point

UNDER_WAY = ("dispatched", "arrived", "working")


class Parked(NamedTuple):
    """A place in a car park, and where one drives in."""

    lat: float
    lon: float
    entrance_lat: float
    entrance_lon: float


@dataclass(frozen=True, slots=True)
class Job:
    """What a serve stop is about: the car, and what its driver said and wants."""

    plate: str
    energy_wh: int
    soc: float
    target_soc: float | None


@dataclass(frozen=True, slots=True)
class Stop:
    id: str
    kind: str
    state: str
    place: Point
    depart: float
    start: float
    end: float
    energy_wh: int
    pack_before_wh: int
    pack_after_wh: int
    job: Job | None
    entrance: Point | None = None
    plug: str = ""

    @property
    def goal(self) -> Point | Parked:
        """Where one drives to: into a car park by its entrance."""
        return self.place if self.entrance is None else Parked(*self.place, *self.entrance)

    @property
    def is_open(self) -> bool:
        return self.state == "planned" or self.state in UNDER_WAY

    @property
    def duration_s(self) -> float:
        return max(self.end - self.start, 0.0)


@dataclass(frozen=True, slots=True)
class Day:
    """One unit's work as known now; the shift is the one under way, else the next."""

    seq: int
    unit: str | None
    shift: tuple[float, float] | None
    energy_wh: int | None
    position: Point | None
    stops: tuple[Stop, ...]

    def is_on_shift(self, now: float) -> bool:
        return self.shift is not None and self.shift[0] <= now < self.shift[1]

    def find_stop(self, stop_id: str) -> Stop | None:
        return next((stop for stop in self.stops if stop.id == stop_id), None)


def read_day(document: dict[str, Any]) -> Day:
    unit = document.get("unit") or {}
    shift = document.get("shift")
    position, energy_kwh = unit.get("position"), unit.get("energy_kwh")
    return Day(
        seq=int(document.get("seq", 0)),
        unit=unit.get("id"),
        shift=(parse_instant(shift["start"]), parse_instant(shift["end"])) if shift else None,
        energy_wh=None if energy_kwh is None else _wh(energy_kwh),
        position=Point(position["lat"], position["lon"]) if position else None,
        stops=tuple(read_stop(stop) for stop in document.get("stops", [])),
    )


def read_stop(view: dict[str, Any]) -> Stop:
    place, charge, entrance = view["place"], view.get("charge"), view.get("entrance")
    return Stop(
        id=str(view["id"]),
        kind=view["kind"],
        state=view["state"],
        place=Point(float(place["lat"]), float(place["lon"])),
        depart=parse_instant(view["depart"]),
        start=parse_instant(view["start"]),
        end=parse_instant(view["end"]),
        energy_wh=_wh(view["energy_kwh"]),
        pack_before_wh=_wh(view["pack_before_kwh"]),
        pack_after_wh=_wh(view["pack_after_kwh"]),
        job=_read_job(charge) if charge else None,
        entrance=Point(float(entrance["lat"]), float(entrance["lon"])) if entrance else None,
        plug=view.get("plug_name") or "",
    )


def _read_job(detail: dict[str, Any]) -> Job:
    target = detail.get("target_soc")
    return Job(
        plate=detail.get("plate") or "",
        energy_wh=_wh(detail["energy_kwh"]),
        soc=float(detail["soc"]),
        target_soc=None if target is None else float(target),
    )


def _wh(kwh: float | str) -> int:
    return round(float(kwh) * 1_000)
