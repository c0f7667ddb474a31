"""What the world must not forget when it stops: `var/world-state.json`, one record per unit.

A meter never runs backwards and a call once begun is finished under its own key, also by the next process.
"""

import json
import logging
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from dispatch.world.body import Body
from dispatch.world.config import UnitConfig
from dispatch.world.leg import Leg
from dispatch.world.roads import Roads
from dispatch.world.visit import Visit
from routing.travel.provider import Point

log = logging.getLogger(__name__)

# Without memory a meter starts where it could at most have got to since then, and so never below.
METER_EPOCH = 1_767_225_600.0  # 2026-01-01


class Memory:
    """A small file, replaced as a whole, so that a kill leaves the old one or the new one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records: dict[str, Any] = self._read()
        self._written = ""
        self.is_blank = not self._records
        """Whether no earlier process has left anything: this world has just begun."""

    def find_record(self, unit: str) -> dict[str, Any] | None:
        return self._records.get(unit)

    def keep(self, unit: str, record: dict[str, Any]) -> None:
        self._records[unit] = record
        self.write()

    def keep_outlet(self, identity: str, record: dict[str, Any]) -> None:
        """Keep what a charger must not forget, beside the units."""
        self.keep(f"outlet:{identity}", record)

    def find_outlet(self, identity: str) -> dict[str, Any] | None:
        return self._records.get(f"outlet:{identity}")

    def write(self) -> None:
        text = json.dumps(self._records)
        if text == self._written:
            return
        draft = self._path.with_suffix(".new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self._path)
        self._written = text

    def _read(self) -> dict[str, Any]:
        try:
            records: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except json.JSONDecodeError:
            log.warning("%s cannot be read; the world starts without memory", self._path)
            return {}
        return records


def build_record(body: Body) -> dict[str, Any]:
    leg = body.leg
    return {
        "place": list(body.place),
        "heading": body.heading,
        "pack_wh": body.pack_wh,
        "meter_wh": body.meter_wh,
        "resting_since": body.resting_since,
        "leg": leg
        and {
            "stop": leg.stop,
            "start": list(leg.way.line[0]),
            "end": list(leg.way.line[-1]),
            "started_at": leg.started_at,
            "slowness": leg.slowness,
        },
        "visit": asdict(body.visit) if body.visit else None,
    }


def restore_body(unit: UnitConfig, record: dict[str, Any], roads: Roads) -> Body:
    leg, visit = record["leg"], record["visit"]
    known = {field.name for field in fields(Visit)}
    return Body(
        unit=unit,
        place=Point(*record["place"]),
        heading=record["heading"],
        pack_wh=record["pack_wh"],
        meter_wh=record["meter_wh"],
        resting_since=record["resting_since"],
        leg=leg
        and Leg(
            stop=leg["stop"],
            way=roads.find_way(unit.profile, Point(*leg["start"]), Point(*leg["end"])),
            started_at=leg["started_at"],
            slowness=leg["slowness"],
        ),
        visit=visit and Visit(**{name: value for name, value in visit.items() if name in known}),
    )


def imagine_body(unit: UnitConfig, now: float, place: Point | None, energy_wh: int | None) -> Body:
    """Build a unit nobody remembers from what the server says of it."""
    return Body(
        unit=unit,
        place=place or Point(*unit.home),
        pack_wh=float(unit.usable_wh if energy_wh is None else energy_wh),
        meter_wh=int(max(now - METER_EPOCH, 0.0) * unit.power_w / 3_600),
    )
