"""The demo's fleet as a problem, from its seed file, for days without a server."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from routing.model.place import Place, Plug, Travel
from routing.model.problem import Problem
from routing.model.unit import Break, Charger, Pack, Shift, Unit, UnitState
from routing.simulation.demand import Spot

SEED = Path(__file__).resolve().parents[2] / "dispatch" / "city" / "data" / "monaco.seed.json"
ZONE = ZoneInfo("Europe/Monaco")


def read_seed():
    return json.loads(SEED.read_text(encoding="utf-8"))


def list_spots():
    return [
        Spot(spot["lat"], spot["lon"], spot["weight"], spot["spread_m"])
        for spot in read_seed()["parking_spots"]
    ]


def build_monaco(start_utc: datetime, hours: int) -> Problem:
    seed = read_seed()
    depots = {depot["slug"]: depot for depot in seed["depots"]}
    places = tuple(
        Place(id=slug, lat=depot["lat"], lon=depot["lon"], site=depot.get("site"))
        for slug, depot in depots.items()
    )
    return Problem(
        start_utc=start_utc.isoformat().replace("+00:00", "Z"),
        horizon_s=hours * 3_600,
        places=places,
        travel=Travel(provider="great_circle"),
        units=tuple(build_unit(unit, start_utc, hours) for unit in seed["units"]),
        plugs=tuple(build_plug(slug, plug) for slug, depot in depots.items() for plug in depot["plugs"]),
    )


def build_plug(place, plug):
    return Plug(
        id=plug["name"],
        place=place,
        power_w=plug["power_w"],
        efficiency_pct=plug["efficiency_pct"],
        connector=plug["connector"].lower(),
        unit=plug.get("unit"),
    )


def build_unit(unit, start_utc, hours):
    pack, charger = unit["pack"], unit["charger"]
    kept = {name: pack[name] for name in ("usable_wh", "reserve_wh", "target_wh", "max_charge_w")}
    costs = {name: value for name, value in unit.items() if name.startswith("cost_")}
    return Unit(
        id=unit["name"],
        kind=unit["kind"],
        mobility=unit["mobility"],
        profile=unit["profile"],
        site=unit.get("site") if unit["mobility"] == "on_site" else None,
        traction="shared" if unit["shares_pack"] else "separate",
        pack=Pack(**kept, curve=tuple(map(tuple, pack["curve"]))),
        charger=Charger(
            power_w=charger["power_w"],
            efficiency_pct=charger["efficiency_pct"],
            connectors=tuple(name.lower() for name in charger["connectors"]),
        ),
        height_mm=unit["height_mm"],
        weight_kg=unit["weight_kg"],
        drive_wh_per_km=unit["drive_wh_per_km"],
        aux_w=unit["aux_w"],
        rest_w=pack["rest_w"],
        state=UnitState(place=unit["home"], energy_wh=int(pack["start_soc"] * pack["usable_wh"])),
        shifts=tuple(build_shifts(unit, start_utc, hours)),
        **costs,
    )


def build_shifts(unit, start_utc, hours):
    today = start_utc.astimezone(ZONE).date()
    found = []
    for day in range(-1, hours // 24 + 2):
        for line in unit["roster"]:
            local = datetime.combine(
                today + timedelta(days=day), time.fromisoformat(line["starts_local"]), ZONE
            )
            start_s = int((local - start_utc).total_seconds())
            if start_s + line["duration_s"] > 0 and start_s < hours * 3_600:
                found.append(build_shift(unit, line, start_s))
    return sorted(found, key=lambda shift: shift.start_s)


def build_shift(unit, line, start_s):
    breaks = tuple(
        Break(
            id=f"{unit['name']}-{start_s}-{number}",
            earliest_s=start_s + pause["after_s"],
            latest_s=start_s + pause["before_s"],
            duration_s=pause["duration_s"],
        )
        for number, pause in enumerate(line["breaks"])
        if start_s + pause["before_s"] > 0
    )
    return Shift(
        id=f"{unit['name']}-{start_s}",
        start_s=start_s,
        end_s=start_s + line["duration_s"],
        start_place=None,
        end_place=unit["home"],
        breaks=breaks,
    )
