"""Quantiles that keep their word: corrected by what was seen after fitting, and by what was seen lately.

Two steps. Split-conformal, one-sided and by lead time (Romano, Patterson and Candes 2019; Mondrian as in
Vovk 2012): on days the model was not fitted to, each quantile is moved by the quantile of its own misses.
Then, while it is used, quantile tracking (Angelopoulos, Candes and Tibshirani 2023): a miss pushes a bound
out a little, a hit draws it in by the share it should, so that the coverage follows a world that changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.prediction.forest import Values

SHARES = (0.1, 0.5, 0.9)

LEAD_EDGES_S = (300.0, 600.0, 1_200.0, 2_400.0, 4_800.0)
"""Between these lead times calibrate apart."""

LEAST_SEEN = 60
"""Fewer samples than that between two edges say nothing: those of all leads are taken."""


type Buckets = npt.NDArray[np.int64]


def bucket_of(lead_s: Values) -> Buckets:
    """Return between which edges each lead lies."""
    found: Buckets = np.searchsorted(np.array(LEAD_EDGES_S), lead_s, side="right")
    return found


def conform(scores: Values, lead_s: Values, share: float) -> tuple[float, ...]:
    """Return by how much a quantile is to be moved, by lead.

    Parameters
    ----------
    scores
        By how much the truth lay above it, in units of its scale.
    """
    everywhere = _quantile(scores, share)
    bucket = bucket_of(lead_s)
    found = []
    for number in range(len(LEAD_EDGES_S) + 1):
        mine = scores[bucket == number]
        found.append(_quantile(mine, share) if len(mine) >= LEAST_SEEN else everywhere)
    return tuple(found)


def _quantile(scores: Values, share: float) -> float:
    """Return the quantile of these scores and one more: the finite-sample correction, on either side."""
    if not len(scores):
        return 0.0
    ordered = np.sort(scores)
    count = len(ordered)
    rank = share * (count + 1) if share > 0.5 else share * (count + 1) - 1 if share < 0.5 else share * count
    return round(float(ordered[min(max(int(np.ceil(rank)) - 1, 0), count - 1)]), 4)


type Three = tuple[float, float, float]
"""P10, P50, P90."""

NOTHING: Three = (0.0, 0.0, 0.0)
LEADS = len(LEAD_EDGES_S) + 1


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the bounds are moved at present, in units of their scale: all of them, and by lead on top."""

    everywhere: Three = NOTHING
    by_lead: tuple[Three, ...] = (NOTHING,) * LEADS

    def at(self, bucket: Buckets) -> Values:
        """Return a line for each bucket: how far P10, P50 and P90 are moved there."""
        moved: Values = np.array(self.everywhere) + np.array(self.by_lead)[bucket]
        return moved


STEADY = Drift()
RATE, RATE_BY_LEAD = (0.05, 0.0, 0.10), (0.10, 0.0, 0.20)
"""By how much a visit moves the bounds. The P50 follows the pace already: moving it, too, cost accuracy."""

MOST = 2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One prediction, as it was shown (no P10: nobody was told one), and what came; seconds from then."""

    expected_s: float
    bounds_s: tuple[float | None, float, float]
    real_s: float


def follow(drift: Drift, visits: Iterable[Sequence[Seen]]) -> Drift:
    """Return where the bounds stand after more visits are over, in the order of time.

    A visit counts once, however often it was predicted.
    """
    everywhere, by_lead = drift.everywhere, list(drift.by_lead)
    for visit in visits:
        everywhere = _push(everywhere, visit, RATE)
        leads = bucket_of(np.array([one.expected_s for one in visit]))
        for lead in np.unique(leads):
            mine = [one for one, bucket in zip(visit, leads, strict=True) if bucket == lead]
            by_lead[lead] = _push(by_lead[lead], mine, RATE_BY_LEAD)
    return Drift(everywhere, tuple(by_lead))


def _push(moved: Three, visit: Sequence[Seen], rate: Three) -> Three:
    p10, p50, p90 = (
        min(max(moved[index] + rate[index] * (share - _below(visit, index, share)), -MOST), MOST)
        for index, share in enumerate(SHARES)
    )
    return p10, p50, p90


def _below(visit: Sequence[Seen], index: int, due: float) -> float:
    """Return below which share of the bounds the truth stayed; the due one where nobody was told any."""
    told = [one.real_s <= bound for one in visit if (bound := one.bounds_s[index]) is not None]
    return sum(told) / len(told) if told else due
