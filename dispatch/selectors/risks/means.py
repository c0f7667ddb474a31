"""Risks of units: a pack that does not last, silence, a charger that is broken."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from dispatch.models import RiskKind, Stop, StopState
from dispatch.selectors.risks.values import Ahead, Found, Hurt, Key, Means

# So far below what the plan reckons with, and under the reserve by so much: then it is no rounding.
BEHIND_WH, SHORT_WH = 1_000, 500
Promised = Mapping[UUID, datetime]


def find_of_means(
    means: Collection[Means], promised: Promised, known: Collection[Key], now: datetime
) -> Iterator[Found]:
    """Find what threatens units, and with them those they were to serve."""
    for unit in means:
        yield from _low(unit, promised, known, now)
        if unit.silent_since is not None:
            yield _alone(unit, RiskKind.STALE, "silent", unit.silent_since, promised)
        if unit.fault_since is not None:
            yield _alone(unit, RiskKind.CHARGER_FAULT, "faulted", unit.fault_since, promised)


def _low(unit: Means, promised: Promised, known: Collection[Key], now: datetime) -> Iterator[Found]:
    """Walk the stops up to the next recharge with what is missing now."""
    behind_wh = _behind_wh(unit)
    least = 0 if (str(RiskKind.LOW_SOC), unit.unit) in known else BEHIND_WH
    if behind_wh <= least:
        return
    reach = list(_until_recharge(unit))
    short = [(stop, unit.reserve_wh - (_level_wh(stop) - behind_wh)) for stop in reach]
    broken = [(stop, wh) for stop, wh in short if wh > (SHORT_WH if least else 0)]
    if not broken:
        return
    first = broken[0][0]
    asked = next((stop for stop, _ in broken if stop.request is not None), first)
    facts = {
        "short_wh": max(wh for _, wh in broken),
        "behind_wh": behind_wh,
        "reserve_wh": unit.reserve_wh,
        "pack_wh": unit.pack_wh,
    }
    yield Found(
        RiskKind.LOW_SOC,
        unit.unit,
        now,
        "below_plan",
        facts,
        first.end,
        _hurt((stop for stop, _ in broken), promised),
        unit.unit,
        asked.request,
        asked.stop,
    )


def _behind_wh(unit: Means) -> int:
    """Say how much less is in the pack than the plan reckons with at what comes next."""
    if not unit.ahead:
        return 0
    first = unit.ahead[0]
    if first.state != StopState.WORKING:
        return first.before_wh - unit.pack_wh
    if first.kind == Stop.Kind.RECHARGE:
        # It is being filled: how far it comes is known when it leaves.
        return 0
    return first.after_wh - (unit.pack_wh - unit.owed_wh)


def _until_recharge(unit: Means) -> Iterator[Ahead]:
    for stop in unit.ahead:
        yield stop
        if stop.kind == Stop.Kind.RECHARGE:
            return


def _level_wh(stop: Ahead) -> int:
    return stop.before_wh if stop.kind == Stop.Kind.RECHARGE else stop.after_wh


def _alone(unit: Means, kind: RiskKind, cause: str, since: datetime, promised: Promised) -> Found:
    visit = next((s for s in unit.ahead if s.request is not None and s.state == StopState.PLANNED), None)
    return Found(
        kind,
        unit.unit,
        since,
        cause,
        {"visits": sum(stop.request is not None for stop in unit.ahead)},
        None if visit is None else visit.start,
        _hurt(unit.ahead, promised),
        unit.unit,
        None if visit is None else visit.request,
        None if visit is None else visit.stop,
    )


def _hurt(stops: Iterator[Ahead] | Collection[Ahead], promised: Promised) -> tuple[Hurt, ...]:
    """List who waits for these stops; whoever is being served already is not named."""
    return tuple(
        Hurt(stop.request, promised[stop.request])
        for stop in stops
        if stop.request is not None and stop.request in promised
    )
