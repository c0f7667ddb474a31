"""Risks of drivers who wait: nobody comes, somebody comes late, perhaps late, or before a closed door."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from statistics import NormalDist

from dispatch.models import RiskKind
from dispatch.selectors.risks.values import Found, Hurt, Key, Visit

# So much past the promise begins a risk; it ends when the promise holds again.
LATE = timedelta(seconds=60)
# A promise is at risk from the first chance (of 100) of breaking it, and out of danger under the second.
# A visit planned as late as the planner may put it lies at 26.
AT_RISK_PCT, SAFE_PCT = 34, 28
_Z90 = NormalDist().inv_cdf(0.9)
_SLIPPED_S = 60
_DOING = {"travel": "travel_slow", "wait": "not_departed", "recharge": "recharge_slow"}
STRANDED = "stranded"


def find_of_visits(visits: Collection[Visit], known: Collection[Key], now: datetime) -> Iterator[Found]:
    """Find what threatens those who wait; each is told once, by the worst of it."""
    for visit in visits:
        if visit.unit is None:
            yield _unserved(visit, now)
            continue
        closed = _closed(visit, now)
        if closed is not None:
            yield closed
        late = _late(visit, known, now) or _at_risk(visit, known, now)
        if late is not None:
            yield late


def _unserved(visit: Visit, now: datetime) -> Found:
    stranded = visit.urgency == STRANDED
    kind = RiskKind.STRANDED if stranded else RiskKind.NOT_SERVED
    if visit.not_served == "access_closed" and not stranded:
        kind = RiskKind.ACCESS_CLOSED
    late_s = max(0, _seconds(now - visit.promised_p90))
    return Found(
        kind,
        visit.request,
        now,
        visit.not_served or "no_unit",
        {},
        visit.promised_p90,
        (Hurt(visit.request, visit.promised_p90, late_s),),
        request=visit.request,
    )


def _closed(visit: Visit, now: datetime) -> Found | None:
    if not visit.has_hours or visit.p50 is None or visit.ready is None:
        return None
    over_s = None if visit.open_until is None else _seconds(visit.ready - visit.open_until)
    if over_s is not None and over_s <= 0:
        return None
    cause, facts = ("closed_on_arrival", {}) if over_s is None else ("closes_meanwhile", {"over_s": over_s})
    return _about(visit, RiskKind.ACCESS_CLOSED, cause, facts, now, visit.open_until or visit.p50)


def _late(visit: Visit, known: Collection[Key], now: datetime) -> Found | None:
    if visit.p50 is None:
        return None
    late = visit.p50 - visit.promised_p90
    least = timedelta() if (str(RiskKind.PREDICTED_LATE), visit.request) in known else LATE
    if late <= least:
        return None
    facts = {"late_s": _seconds(late), "slip_s": visit.slip_s}
    return _about(visit, RiskKind.PREDICTED_LATE, _cause(visit), facts, now, visit.p50)


def _at_risk(visit: Visit, known: Collection[Key], now: datetime) -> Found | None:
    chance = _chance_pct(visit)
    least = SAFE_PCT if (str(RiskKind.PROMISE_AT_RISK), visit.request) in known else AT_RISK_PCT
    if chance < least:
        return None
    facts = {"chance_pct": chance, "slip_s": visit.slip_s}
    return _about(visit, RiskKind.PROMISE_AT_RISK, _cause(visit), facts, now, visit.promised_p90)


def _chance_pct(visit: Visit) -> int:
    """Say how likely the promise breaks: arrivals lie about their median like errors do."""
    if visit.p50 is None or visit.p90 is None:
        return 0
    width = (visit.p90 - visit.p50).total_seconds()
    room = (visit.promised_p90 - visit.p50).total_seconds()
    if width <= 0:
        return 0 if room >= 0 else 100
    return round(100 * (1 - NormalDist().cdf(_Z90 * room / width)))


def _cause(visit: Visit) -> str:
    if visit.slip_s < _SLIPPED_S:
        return "planned_late"
    return _DOING.get(visit.doing, "visit_overruns")


def _about(
    visit: Visit, kind: RiskKind, cause: str, facts: dict[str, int], now: datetime, at: datetime
) -> Found:
    hurt = Hurt(visit.request, visit.promised_p90, facts.get("late_s", 0))
    return Found(kind, visit.request, now, cause, facts, at, (hurt,), visit.unit, visit.request, visit.stop)


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
