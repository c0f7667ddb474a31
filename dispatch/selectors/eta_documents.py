"""Expectations of a whole fleet as ranges: what `etas.eta_document` shows of one visit, in columns."""

from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from dispatch.routing_bridge.outlook import Outlooks
from dispatch.selectors.documents.common import EtaDocument
from dispatch.selectors.margins import FIXED, LEAST, MOST, SHARE
from dispatch.selectors.render import iso

type Micros = npt.NDArray[np.int64]

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICRO, _SECOND = timedelta(microseconds=1), 1_000_000


def list_eta_documents(found: Outlooks, now: datetime) -> dict[str, EtaDocument]:
    """Show what is expected of each request, by its key."""
    shown = np.datetime_as_string(
        _list_instants(found, now).astype("datetime64[s]"), unit="ms", timezone="UTC"
    )
    at = {fix_at: iso(fix_at or now) for fix_at in set(found.fixes)}
    return {
        str(visit.request_id): {
            "arrival_p10": p10,
            "arrival_p50": p50,
            "arrival_p90": p90,
            "ready_p50": ready_p50,
            "ready_p90": ready_p90,
            "at": at[fix_at],
        }
        for visit, fix_at, (p10, p50, p90, ready_p50, ready_p90) in zip(
            found.visits, found.fixes, shown.tolist(), strict=True
        )
    }


def _list_instants(found: Outlooks, now: datetime) -> Micros:
    """The five instants of each visit, in whole seconds: none is said to be earlier than it is expected."""
    at = _micros(now)
    there = np.array([0 if one.arrived_at is None else _micros(one.arrived_at) for one in found.visits])
    is_there = there > 0
    arrival = np.where(is_there, there, at + _round(found.arrival_s))
    ready = at + _round(found.ready_s)
    lead = arrival - at
    late, early = _p90_margin(lead), np.minimum(_p90_margin(lead) // 2, np.maximum(lead, 0))
    stated = np.column_stack(
        [arrival - early, arrival, arrival + late, ready, ready + _p90_margin(ready - at)]
    )
    is_learnt = ~np.isnan(found.ranges[:, 0])
    learnt = at + _round(np.nan_to_num(found.ranges[:, [0, 1, 2, 4, 5]]))
    learnt[:, :3] = np.where(is_there[:, None], there[:, None], learnt[:, :3])
    instants: Micros = -(-np.where(is_learnt[:, None], learnt, stated) // _SECOND)
    return instants


def _round(seconds: npt.NDArray[np.float64]) -> Micros:
    rounded: Micros = np.rint(seconds * _SECOND).astype(np.int64)
    return rounded


def _p90_margin(lead: Micros) -> Micros:
    margin = np.rint(lead * SHARE).astype(np.int64) + FIXED // _MICRO
    bounded: Micros = np.where(lead <= 0, 0, np.clip(margin, LEAST // _MICRO, MOST // _MICRO))
    return bounded


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICRO
