"""The roads as they are now: what is closed or slow, brought to the road engine of this machine.

Which state the engine is in is told by its answers, so nothing is remembered here: after a restart, a crash
in the middle or a new build of the city the next look brings it to what the rows say. A machine with road
data of its own looks for itself (`manage.py keep_roads`); the demo's worker does it every second.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
import structlog
from django.conf import settings
from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import Fact, record
from dispatch.city.customise import DRIVEN, list_speeds, put_in_force
from dispatch.city.errors import CityError
from dispatch.city.network import Network, read_network
from dispatch.city.stretches import list_along, list_within
from dispatch.models import Closure, ServiceArea
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.roads import look_again, name_dataset
from dispatch.selectors.streams import area_stream
from dispatch.services.actors import SYSTEM
from dispatch.services.closures import find_city
from dispatch.services.replans import want_replan

_HOUSE = Caller.system()
log = structlog.get_logger(__name__)


def keep_roads(now: datetime, wall: datetime) -> bool:
    """Bring the engine to what is in force at this moment; say whether that changed anything."""
    areas = [area for area in ServiceArea.objects.of(_HOUSE) if area.roads == settings.CITY]
    rows = list(Closure.objects.of(_HOUSE).in_force(now).filter(area__in=areas).order_by("made_at", "id"))
    wanted, prefix = name_state(rows), settings.ROADS_DATASET
    if not areas or not _can_change(prefix):
        return False
    look_again(build_place(areas[0].centre_lat, areas[0].centre_lon, None), DRIVEN)
    known = name_dataset()
    if known is None:
        return False
    if known == (f"{prefix}@{wanted}" if wanted else prefix):
        # Somebody was stopped between changing the roads and saying so.
        if any(row.known_at is None for row in rows):
            _tell(areas, rows, now, wall)
        return False
    try:
        put_in_force(find_city(), prefix, settings.VAR_DIR / "run" / "roads", wanted, list_changes(rows))
    except CityError as error:
        log.warning("roads_unchanged", error=str(error), closures=len(rows))
        return False
    log.info("roads_changed", state=wanted, closures=len(rows))
    _tell(areas, rows, now, wall)
    return True


def name_state(rows: Sequence[Closure]) -> str:
    """Name what is in force by its content; nothing has no name."""
    if not rows:
        return ""
    told = [[row.shape, row.speed_pct] for row in rows]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:10]


def list_changes(rows: Iterable[Closure]) -> Mapping[str, Sequence[str]]:
    """List for each profile the stretches that are closed or slow; of several words the slowest holds."""
    found = list(rows)
    return {profile: _list_profile(read_network(find_city(), profile), found) for profile in DRIVEN}


def _list_profile(network: Network, rows: Iterable[Closure]) -> list[str]:
    shares = np.ones(len(network.metres))
    for row in rows:
        line, ring = row.shape.get("line"), row.shape.get("area")
        hit = list_along(network, line) if line else list_within(network, ring)
        shares[hit] = np.minimum(shares[hit], row.speed_pct / 100)
    changed = np.flatnonzero(shares < 1)
    return list(list_speeds(network, changed, shares[changed]))


def _can_change(prefix: str) -> bool:
    """Roads that are read from files cannot be swapped beneath an engine, nor those of somebody else."""
    return bool(prefix) and "/" not in prefix and find_city().is_dir()


@transaction.atomic
def _tell(areas: Iterable[ServiceArea], rows: Iterable[Closure], now: datetime, wall: datetime) -> None:
    fresh = [row.id for row in rows if row.known_at is None]
    Closure.objects.of(_HOUSE).filter(id__in=fresh).update(known_at=now)
    for area in areas:
        fact = Fact(area_stream(area.id), "roads.changed", {"closures": True})
        record(area.operator_id, SYSTEM, now, [fact])
        want_replan(area.id, "roads.changed", wall)
