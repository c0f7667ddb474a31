"""Live values of one unit: where it is, what it holds, and when it is expected along its route."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Stop, StopState, Unit, UnitState
from dispatch.selectors.etas import eta_document, expect_requests
from dispatch.selectors.render import iso, kilo
from dispatch.selectors.units import position_document

Values = dict[str, dict[str, Any]]
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class LiveValues:
    """By audience: consoles and crew hear all, a driver only of the unit coming to them."""

    for_area: Values
    for_requests: dict[UUID, Values]


def build_live_values(unit_id: UUID, now: datetime) -> LiveValues:
    """Render a unit's live values as the snapshots render them."""
    unit = Unit.objects.of(_HOUSE).select_related("state", "pack").get(id=unit_id)
    state: UnitState = unit.state
    etas = {key: eta_document(item, now) for key, item in expect_requests([unit_id], now).items()}
    position = position_document(state)
    soc = {
        "soc": round(state.pack_wh / unit.pack.usable_wh, 3),
        "energy_kwh": kilo(state.pack_wh),
        "at": iso(state.pack_at),
    }
    coming = set(
        Stop.objects.of(_HOUSE)
        .filter(unit=unit, state=StopState.DISPATCHED, request__isnull=False)
        .values_list("request_id", flat=True)
    )
    return LiveValues(
        for_area={
            "position": {str(unit_id): position},
            "soc": {str(unit_id): soc},
            "eta": {str(key): eta for key, eta in etas.items()},
        },
        for_requests={
            key: {"eta": {"": eta}, **({"position": {"": position}} if key in coming else {})}
            for key, eta in etas.items()
        },
    )
