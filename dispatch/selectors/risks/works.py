"""Risks where energy should flow: at cars, and at the depots' plugs."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from dispatch.models import ChargingSession, RiskKind
from dispatch.selectors.risks.values import Found, Hurt, Outlet, Work

# So long after arriving energy should flow; where the way in takes longer, so much after that.
NOT_CHARGING, GRACE = timedelta(minutes=10), timedelta(minutes=2)
SUSPENDED = timedelta(minutes=3)
# Two units at a plug for less than this make way for each other.
OVERLAP = timedelta(seconds=60)
_STATE = ChargingSession.State
_PAUSED = {str(_STATE.SUSPENDED_EV): "car_pauses", str(_STATE.SUSPENDED_EVSE): "charger_pauses"}


def find_of_works(works: Collection[Work], now: datetime) -> Iterator[Found]:
    """Find cars at which nothing flows."""
    for work in works:
        paused = _PAUSED.get(work.state)
        if paused is not None:
            since = work.drawn_at or work.arrived_at
            if now - since >= SUSPENDED:
                yield _at(work, RiskKind.SUSPENDED, paused, since, now)
        elif not work.has_flowed:
            patience = max(NOT_CHARGING, timedelta(seconds=work.setup_s) + GRACE)
            if now - work.arrived_at >= patience:
                cause = "not_begun" if not work.state else "no_energy"
                yield _at(work, RiskKind.NOT_CHARGING, cause, work.arrived_at, now)


def _at(work: Work, kind: RiskKind, cause: str, since: datetime, now: datetime) -> Found:
    late_s = max(0, round((now - work.promised_ready).total_seconds()))
    hurt = (Hurt(work.request, work.promised_ready, late_s, "ready"),)
    return Found(kind, work.stop, since, cause, {}, None, hurt, work.unit, work.request, work.stop)


def find_of_outlets(outlets: Collection[Outlet], now: datetime) -> Iterator[Found]:
    """Find plugs that are wanted and broken, or wanted twice at once."""
    for outlet in outlets:
        if not outlet.works:
            first = outlet.uses[0] if outlet.uses else None
            yield Found(
                RiskKind.PLUG_DOWN,
                outlet.plug,
                now,
                "out_of_service",
                {"uses": len(outlet.uses)},
                None if first is None else first[2],
                unit=None if first is None else first[0],
                stop=None if first is None else first[1],
                plug=outlet.plug,
            )
            continue
        clash = _find_clash(outlet)
        if clash is not None:
            overlap, (unit, stop, start, _) = clash
            facts = {"overlap_s": round(overlap.total_seconds())}
            yield Found(
                RiskKind.PLUG_CONFLICT,
                outlet.plug,
                now,
                "plug_taken",
                facts,
                start,
                unit=unit,
                stop=stop,
                plug=outlet.plug,
            )


def _find_clash(outlet: Outlet) -> tuple[timedelta, tuple[UUID, UUID, datetime, datetime]] | None:
    for before, after in zip(outlet.uses, outlet.uses[1:], strict=False):
        overlap = before[3] - after[2]
        if overlap > OVERLAP and before[0] != after[0]:
            return overlap, after
    return None
