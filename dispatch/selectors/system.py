"""The house's own page: what stands, how long things take, and the last hour minute by minute."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from redis.exceptions import RedisError

from accounts.callers import Caller
from dispatch import tally
from dispatch.selectors.documents.system import (
    SystemBoard,
    SystemCount,
    SystemMinute,
    SystemNow,
    SystemSpan,
)
from dispatch.selectors.house_figures import HouseFigures, get_house_figures
from dispatch.selectors.render import iso

HOUR_MINUTES = 60


def get_system_board(caller: Caller, now: datetime, wall: datetime) -> SystemBoard:
    """Return all of it but which parts are down: who asks knows that."""
    figures = get_house_figures(caller, now, wall)
    try:
        minutes, waiting = tally.read_minutes(wall, HOUR_MINUTES), tally.count_waiting_tasks()
    except RedisError:
        minutes, waiting = [], None
    hour = _add_up(minutes)
    return {
        "at": iso(wall),
        "down": {},
        "parts": [],
        "now": _now(figures, waiting),
        "spans": [_span(hour, name) for name in tally.TIMED],
        "answers": _counts(hour, "answers"),
        "refusals": sorted(_counts(hour, "refusals"), key=lambda row: -row["count"]),
        "minutes": [_minute(minute) for minute in minutes],
    }


def _now(figures: HouseFigures, waiting: int | None) -> SystemNow:
    return {
        "open_requests": figures.open_requests,
        "units": figures.units,
        "stale_units": figures.stale_units,
        "replans_waiting": figures.replans_waiting,
        "longest_wait_s": figures.longest_wait_s,
        "plan_age_s": figures.plan_age_s,
        "tasks_waiting": waiting,
    }


def _add_up(minutes: Sequence[tally.Minute]) -> tally.Sums:
    total: Counter[str] = Counter()
    for minute in minutes:
        total.update(minute.sums.fields)
    return tally.Sums(total)


def _span(sums: tally.Sums, name: str) -> SystemSpan:
    found = sums.histogram(name)
    return {
        "name": name,
        "count": found.count,
        "p50_ms": found.find_quantile_ms(0.5),
        "p95_ms": found.find_quantile_ms(0.95),
    }


def _counts(sums: tally.Sums, name: str) -> list[SystemCount]:
    return [{"name": value, "count": count} for value, count in sums.counts(name).items() if count]


def _minute(minute: tally.Minute) -> SystemMinute:
    sums = minute.sums
    quotes, answers = sums.counts("quotes"), sums.counts("answers")
    return {
        "ago": minute.ago,
        "quotes": sum(quotes.values()),
        "refused": quotes["refused"] + quotes["unavailable"] + quotes["turned_away"],
        "quote_p95_ms": sums.histogram("quote").find_quantile_ms(0.95),
        "replan_p95_ms": sums.histogram("replan").find_quantile_ms(0.95),
        "stream_lag_p95_ms": sums.histogram("stream_lag").find_quantile_ms(0.95),
        "faults": answers["fault"],
        "unavailable": answers["unavailable"],
    }
