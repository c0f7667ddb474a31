"""What the simulated world is told: who it plays, with which credentials. Demo only."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.callers import Caller
from accounts.models import Device
from dispatch.models import Charger, RosterLine, ServiceArea, Site, Unit
from dispatch.routing_bridge.consumption import drive_wh_per_km

_HOUSE = Caller.system()


def write_world(path: Path, seed: Mapping[str, Any], area: ServiceArea, wall: datetime) -> None:
    """Write the world's file; kept when it is there, since a device's secret is told only once."""
    if path.exists() and _is_of(json.loads(path.read_text()), area):
        return
    people = {row["email"]: row for row in seed["persons"] if row["simulated"]}
    password = seed["demo_password"]
    rows = Unit.objects.of(_HOUSE).filter(area=area).order_by("name")
    units = list(rows.select_related("area", "pack", "charger", "home"))
    lines = RosterLine.objects.of(_HOUSE).filter(unit__in=units, crew__isnull=False).select_related("crew")
    crews = {(line.crew.email, str(line.unit_id)) for line in lines if line.crew is not None}
    drivers = {row["person"] for row in seed["vehicles"]}
    world = {
        "seed": seed.get("seed", 1),
        "rate_per_h": seed.get("rate_per_h", 1.0),
        "area": {"id": str(area.id), "name": area.name, "time_zone": area.time_zone},
        "roads": settings.ROADS_DATASET or None,
        "places": seed["parking_spots"],
        "car_park_rate_per_h": seed.get("car_park_rate_per_h", 0.25),
        "car_parks": _car_parks(seed),
        "units": [_unit(unit, wall) for unit in units],
        "plugs": [_plug(charger) for charger in _list_at_plugs(area)],
        "crews": [
            {"email": email, "password": password, "unit": unit}
            for email, unit in sorted(crews)
            if email in people
        ],
        "drivers": [{"email": email, "password": password} for email in people if email in drivers],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(world, indent=1))
    part.replace(path)


def _is_of(world: Mapping[str, Any], area: ServiceArea) -> bool:
    """Say whether a file is of this area, and of a time when chargers spoke already."""
    return bool(world.get("area", {}).get("id") == str(area.id) and "plugs" in world)


def _list_at_plugs(area: ServiceArea) -> list[Charger]:
    rows = Charger.objects.of(_HOUSE).filter(plug__depot__area=area).select_related("plug")
    return list(rows.order_by("identity"))


def _plug(charger: Charger) -> dict[str, Any]:
    assert charger.plug is not None, "asked for with its plug"
    return {
        "name": charger.plug.name,
        "power_w": charger.power_w,
        "efficiency_pct": charger.efficiency_pct,
        "ocpp": _outlet(charger),
    }


def _outlet(charger: Charger) -> dict[str, str]:
    """Give a charger a new key and say it, the only time."""
    key = charger.issue_key()
    charger.save(update_fields=["key_sha256"])
    return {"identity": charger.identity, "key": key, "protocol": charger.protocol}


def _car_parks(seed: Mapping[str, Any]) -> list[dict[str, Any]]:
    sites = {site.slug: site for site in Site.objects.of(_HOUSE)}
    rows = [(row, sites[row["site"]]) for row in seed.get("car_park_spots", [])]
    return [{**row, "site": str(site.id), "lat": site.lat, "lon": site.lon} for row, site in rows]


def _unit(unit: Unit, wall: datetime) -> dict[str, Any]:
    for device in Device.objects.of(_HOUSE).filter(unit=unit.id, revoked_at=None):
        device.revoke(wall)
    device, credential = Device.issue(unit.operator_id, unit.id, f"telematics of {unit.name}")
    return {
        "id": str(unit.id),
        "name": unit.name,
        "kind": unit.kind,
        "profile": unit.profile,
        "device": {"id": device.id.hex, "secret": credential.split("_", 2)[2]},
        "home": {"lat": unit.home.lat, "lon": unit.home.lon},
        "pack": {"usable_wh": unit.pack.usable_wh},
        "charger": {
            "power_w": unit.charger.power_w,
            "efficiency_pct": unit.charger.efficiency_pct,
            "ocpp": _outlet(unit.charger),
        },
        "traction": "shared" if unit.shares_pack else "separate",
        "drive_wh_per_km": drive_wh_per_km(unit, unit.area),
        "aux_w": unit.aux_w,
        "rest_w": unit.pack.rest_w,
    }
