"""Live values of units: where they are, what they hold, and when they are expected along their routes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import StopState, Unit, UnitState
from dispatch.routing_bridge.ahead import Ahead
from dispatch.selectors.documents.common import EtaDocument
from dispatch.selectors.eta_documents import list_eta_documents
from dispatch.selectors.etas import foresee_units
from dispatch.selectors.render import iso, kilo
from dispatch.selectors.units import position_document

Values = dict[str, dict[str, Any]]
# Who hears them: consoles and a unit's crew hear all, a driver only of the unit coming to them.
Audience = tuple[str, UUID]
_HOUSE = Caller.system()


def build_live_values(units: Iterable[UUID], now: datetime) -> dict[UUID, dict[Audience, Values]]:
    """Render units' live values as the snapshots render them, by area; few queries, however many."""
    wanted = list(units)
    rows = Unit.objects.of(_HOUSE).select_related("state", "pack").filter(id__in=wanted)
    outlooks = foresee_units(wanted, now)
    etas = list_eta_documents(outlooks, now)
    visits: dict[UUID, list[Ahead]] = defaultdict(list)
    for visit in outlooks.visits:
        visits[visit.unit_id].append(visit)
    by_area: dict[UUID, dict[Audience, Values]] = {}
    for unit in rows:
        heard = by_area.setdefault(unit.area_id, {("area", unit.area_id): defaultdict(dict)})
        _add(heard, unit, visits[unit.id], etas)
    return by_area


def _add(
    heard: dict[Audience, Values], unit: Unit, visits: Iterable[Ahead], all_etas: dict[str, EtaDocument]
) -> None:
    state: UnitState = unit.state
    position = position_document(state)
    soc = {
        "soc": round(state.pack_wh / unit.pack.usable_wh, 3),
        "energy_kwh": kilo(state.pack_wh),
        "at": iso(state.pack_at),
    }
    etas: dict[str, EtaDocument] = {}
    for visit in visits:
        assert visit.request_id is not None, "only visits are foreseen"
        key = str(visit.request_id)
        eta = etas[key] = all_etas[key]
        shown: Values = {"eta": {"": eta}}
        if visit.state == StopState.DISPATCHED:
            shown["position"] = {"": position}
        heard["request", visit.request_id] = shown
    values: Values = {"position": {str(unit.id): position}, "soc": {str(unit.id): soc}, "eta": dict(etas)}
    heard["unit", unit.id] = values
    for kind, entries in values.items():
        heard["area", unit.area_id][kind].update(entries)
