"""How good predictions were: bias, distance, coverage, width and pinball loss, by lead time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from routing.prediction.forest import Values

BANDS_S = ((0, 450), (450, 750), (750, 1_050), (1_050, 2_100), (2_100, 4_200), (4_200, 1 << 30))
"""Lead times told apart; the third is a quarter of an hour."""

QUARTER_OF_AN_HOUR = BANDS_S[2]


@dataclass(frozen=True, slots=True)
class Judged:
    """A prediction and what came, in seconds from the prediction; no P10 where nobody was told one."""

    p10_s: float | None
    p50_s: float
    p90_s: float
    real_s: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Over a number of predictions.

    Attributes
    ----------
    bias_s, mae_s
        Of the P50: how late the truth is on average, and how far off.
    covers_p10_p90, covers_p90
        Which share of the truth lies between P10 and P90, and up to P90 (0..1).
    width_s
        From P10 to P90, in the middle.
    pinball_s
        Mean of the quantiles' losses: the lower, the better calibrated and the sharper.
    """

    count: int
    bias_s: float
    mae_s: float
    covers_p10_p90: float | None
    covers_p90: float
    width_s: float | None
    pinball_s: float


def judge(judged: Sequence[Judged]) -> Quality | None:
    """Add up; None of nothing. All of them have a P10, or none has."""
    if not judged:
        return None
    p50, p90, real = (
        np.array([getattr(one, name) for one in judged], dtype=np.float64)
        for name in ("p50_s", "p90_s", "real_s")
    )
    losses = [_pinball(real - p50, 0.5), _pinball(real - p90, 0.9)]
    covered = width = None
    if judged[0].p10_s is not None:
        p10 = np.array([one.p10_s for one in judged], dtype=np.float64)
        losses.append(_pinball(real - p10, 0.1))
        covered = round(float(((real <= p90) & (real >= p10)).mean()), 4)
        width = round(float(np.median(p90 - p10)), 1)
    return Quality(
        count=len(judged),
        bias_s=round(float((real - p50).mean()), 1),
        mae_s=round(float(np.abs(real - p50).mean()), 1),
        covers_p10_p90=covered,
        covers_p90=round(float((real <= p90).mean()), 4),
        width_s=width,
        pinball_s=round(float(np.mean(losses)), 1),
    )


def _pinball(missed: Values, share: float) -> float:
    return float(np.maximum(missed * share, missed * (share - 1)).mean())


def judge_by_lead(judged: Iterable[Judged]) -> Iterator[tuple[tuple[int, int], Quality]]:
    """Judge each band of lead times that has any; the lead is the predicted P50."""
    listed = list(judged)
    for low, high in BANDS_S:
        quality = judge([one for one in listed if low <= one.p50_s < high])
        if quality is not None:
            yield (low, high), quality
