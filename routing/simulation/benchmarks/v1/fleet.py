"""The fleet: kinds from the frozen presets, homes, shifts, breaks, and what is in the packs at dawn."""

from collections.abc import Iterator, Mapping
from itertools import cycle
from random import Random
from typing import Any, NamedTuple

from routing.model.unit import Break, Charger, Pack, Shift, Unit, UnitState
from routing.simulation.benchmarks.v1.ground import Ground


class _Home(NamedTuple):
    """Where a unit lives, the car park it works in, and from when to when."""

    place: str
    site: str | None
    hours: list[int]


def build_fleet(
    frozen: Mapping[str, Any], chosen: Mapping[str, Any], ground: Ground, dice: Random
) -> Iterator[Unit]:
    """Draw the units of a set; homes go round the depots and the car parks."""
    roads, parks = (
        _list_homes(frozen["shifts"]["road"], ground),
        _list_docks(frozen["shifts"]["site"], ground),
    )
    least, most = (round(100 * share) for share in chosen["start_soc"])
    for kind, count in chosen["fleet"].items():
        for number in range(1, count + 1):
            home = next(roads if frozen["kinds"][kind]["road"] else parks)
            yield _build_unit(frozen, kind, f"{kind}-{number}", home, dice.randint(least, most))


def _list_homes(rows: list[list[int]], ground: Ground) -> Iterator[_Home]:
    for depot, hours in zip(cycle(ground.depots), cycle(rows), strict=False):
        yield _Home(depot.id, None, hours)


def _list_docks(rows: list[list[int]], ground: Ground) -> Iterator[_Home]:
    for (site, bays), hours in zip(cycle(ground.bays.items()), cycle(rows), strict=False):
        yield _Home(bays[0].id, site, hours)


def _build_unit(frozen: Mapping[str, Any], kind: str, name: str, home: _Home, soc: int) -> Unit:
    site = home.site
    preset, shared = frozen["kinds"][kind], frozen["pack"]
    usable_wh = preset["usable_wh"]
    chademo = ("chademo",) if kind in frozen["chademo_kinds"] else ()
    return Unit(
        id=name,
        kind=preset["kind"],
        mobility="on_site" if site else "road",
        profile="foot" if site else "car",
        site=site,
        traction=preset["traction"],
        pack=Pack(
            usable_wh=usable_wh,
            reserve_wh=usable_wh * shared["reserve_pct"] // 100,
            target_wh=usable_wh * shared["target_pct"] // 100,
            max_charge_w=usable_wh,
            curve=tuple((at, share * usable_wh) for at, share in shared["curve_shares"]),
            inlets=(frozen["dock"]["connector"],) if site else ("ccs2",),
        ),
        charger=Charger(
            power_w=preset["power_w"],
            efficiency_pct=shared["efficiency_pct"],
            connectors=("ccs2", *chademo),
            max_v=preset["max_v"],
        ),
        height_mm=preset["height_mm"],
        weight_kg=preset["weight_kg"],
        drive_wh_per_km=preset["drive_wh_per_km"],
        aux_w=preset["aux_w"],
        cost_per_km_milli=preset["km"],
        cost_per_h_milli=preset["h"],
        cost_per_use_milli=preset["use"],
        state=UnitState(place=home.place, energy_wh=usable_wh * soc // 100),
        shifts=(_build_shift(frozen["shifts"]["break"], home, crewed=site is None),),
    )


def _build_shift(pause: Mapping[str, int], home: _Home, *, crewed: bool) -> Shift:
    start_s, end_s = home.hours
    lunch = Break(
        id="lunch",
        earliest_s=start_s + pause["from_s"],
        latest_s=start_s + pause["to_s"],
        duration_s=pause["duration_s"],
    )
    return Shift(
        id="day",
        start_s=start_s,
        end_s=end_s,
        start_place=home.place,
        end_place=home.place,
        breaks=(lunch,) if crewed else (),
    )
