"""Predictions that were shown, judged by the engine's measures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from routing.prediction.quality import BANDS_S, QUARTER_OF_AN_HOUR, Judged, Quality, judge_by_lead

QUARTER_OF_AN_HOUR_S = QUARTER_OF_AN_HOUR[0]
"""Where the band of lead times around a quarter of an hour begins."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown at an instant (no P10: nobody was told one), and what came."""

    at: datetime
    p10: datetime | None
    p50: datetime
    p90: datetime
    real: datetime


def judge_shown(shown: Iterable[Shown]) -> Iterator[tuple[int, int | None, Quality]]:
    """Judge by lead time: from, to (None: whatever is farther off), how good."""
    for (low_s, high_s), quality in judge_by_lead(_judged(one) for one in shown):
        yield low_s, None if high_s == BANDS_S[-1][1] else high_s, quality


def _judged(one: Shown) -> Judged:
    p10, p50, p90, real = (
        None if instant is None else (instant - one.at).total_seconds()
        for instant in (one.p10, one.p50, one.p90, one.real)
    )
    assert p50 is not None
    assert p90 is not None
    assert real is not None
    return Judged(p10, p50, p90, real)
