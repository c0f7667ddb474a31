"""Learning about arrivals: what came of predictions goes to the engine's room for them, models come back.

Fitting runs in a process of its own, so that neither a web process nor a worker ever holds the library.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from dispatch.models import EtaModel, EtaSample
from dispatch.routing_bridge.outlook import build_drift, find_model
from routing.prediction.calibration import Seen, follow
from routing.prediction.pace import FORGOTTEN_S, Done, Usual, Work, learn_usual, measure_pace
from routing.prediction.samples import Sample

FIT_SECONDS = 600.0
TOO_FEW = 3
"""What the fitting answers when not enough has happened."""


@dataclass(frozen=True, slots=True)
class Finished:
    """Something that is over, planned and real."""

    work: Work
    at: datetime
    planned: timedelta
    real: timedelta


@dataclass(frozen=True, slots=True)
class Watched:
    """What was expected at an instant, its bounds (None: nobody was told), and what came."""

    at: datetime
    expected_s: float
    bounds: tuple[datetime | None, datetime, datetime]
    real: datetime


def weigh_window() -> timedelta:
    """Return how far back the present pace looks."""
    return timedelta(seconds=FORGOTTEN_S)


def measure(finished: Iterable[Finished], now: datetime, model: EtaModel | None) -> dict[str, float]:
    """Return the present pace, as it is stored."""
    learnt = None if model is None else find_model(model.id)
    usual = Usual() if learnt is None else Usual(learnt.usual)
    pace = measure_pace(_count(finished, now), now.timestamp(), usual)
    return {name: round(value, 4) for name, value in asdict(pace).items()}


def _count(finished: Iterable[Finished], now: datetime) -> Iterator[Done]:
    for one in finished:
        if one.at <= now:
            seconds = one.planned.total_seconds(), max(0.0, one.real.total_seconds())
            yield Done(one.work, one.at.timestamp(), *seconds)


def follow_outcomes(drift: Mapping[str, Any], visits: Iterable[Sequence[Watched]]) -> dict[str, Any]:
    """Return how far bounds are moved after these visits, as it is stored."""
    moved = follow(build_drift(drift), [[_seen(one) for one in visit] for visit in visits])
    return {
        "everywhere": [round(value, 4) for value in moved.everywhere],
        "by_lead": [[round(value, 4) for value in three] for three in moved.by_lead],
    }


def _seen(one: Watched) -> Seen:
    p10, p50, p90 = one.bounds
    bounds = (None if p10 is None else _span_s(one.at, p10), _span_s(one.at, p50), _span_s(one.at, p90))
    return Seen(one.expected_s, bounds, _span_s(one.at, one.real))


def _span_s(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()


def fit_model(
    samples: Iterable[EtaSample], finished: Iterable[Finished], now: datetime
) -> dict[str, Any] | None:
    """Have a model fitted to what came of predictions; None when too little has.

    Raises
    ------
    RuntimeError
        When the fitting fails for another reason.
    """
    usual = learn_usual(_count(finished, now))
    lines = [json.dumps({"usual": asdict(usual)})]
    lines += [json.dumps(_line(sample)) for sample in samples]
    command = [sys.executable, "-m", "routing.prediction", "fit"]
    ran = subprocess.run(  # noqa: S603 - our own program, without a shell
        command, input="\n".join(lines), capture_output=True, text=True, timeout=FIT_SECONDS, check=False
    )
    if ran.returncode == TOO_FEW:
        return None
    if ran.returncode != 0:
        raise RuntimeError(f"fitting failed: {ran.stderr[-500:]}")
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


def _line(sample: EtaSample) -> dict[str, Any]:
    kept = Sample(
        key=str(sample.request_id),
        at_s=sample.at.timestamp(),
        row=tuple(sample.row),
        arrival_s=sample.arrival_s,
        ready_s=sample.ready_s,
        real_arrival_s=_until_s(sample, sample.arrived_at),
        real_ready_s=_until_s(sample, sample.ready_at),
        shown=(
            _span_s(sample.at, sample.arrival_p10),
            _span_s(sample.at, sample.arrival_p50),
            _span_s(sample.at, sample.arrival_p90),
        ),
    )
    return kept.to_json()


def _until_s(sample: EtaSample, at: datetime | None) -> float | None:
    return None if at is None else (at - sample.at).total_seconds()
