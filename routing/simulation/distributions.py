"""The measured shapes behind the demand: arrivals by hour, energy and state of charge by quantile.

The numbers and their sources stand in `data/demand.json`.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

QuantileName = Literal["energy_wh", "arrival_soc", "wanted_soc"]
Sessions = Literal["sessions", "public_sessions"]

LOWEST_QUANTILE, QUANTILE_STEP = 0.05, 0.05
SATURDAY = 5


def arrival_share(local: datetime) -> float:
    """Return the share of a day's arrivals that falls into the hour of `local` (area time)."""
    day = "weekend" if local.weekday() >= SATURDAY else "weekday"
    return float(_load()["arrivals"][day][local.hour]) / 1_000


def quantiles(name: QuantileName, among: Sessions = "sessions") -> tuple[float, ...]:
    """Return the 5 %, 10 %, ... 95 % quantiles of `name` among real sessions.

    Parameters
    ----------
    among
        `sessions` charged fast; of `public_sessions`, at any public charger, only the energy was measured.
    """
    return tuple(float(value) for value in _load()[among][name])


def draw_quantile(rng: Random, values: tuple[float, ...]) -> float:
    """Draw from the distribution given by its quantiles; the outer twentieths count as their edge."""
    step = (rng.random() - LOWEST_QUANTILE) / QUANTILE_STEP
    if step <= 0:
        return values[0]
    if step >= len(values) - 1:
        return values[-1]
    below = int(step)
    return values[below] + (step - below) * (values[below + 1] - values[below])


@cache
def _load() -> dict[str, Any]:
    text = (Path(__file__).parent / "data" / "demand.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document
