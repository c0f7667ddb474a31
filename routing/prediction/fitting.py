"""Learning a model from what came of predictions: the only file with scikit-learn, for a process apart."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingRegressor

from routing.prediction.calibration import SHARES, conform
from routing.prediction.features import ARRIVAL_NAMES, READY_NAMES
from routing.prediction.forest import Forest, Rows, Values
from routing.prediction.pace import AS_PLANNED, Pace
from routing.prediction.quality import Judged, judge
from routing.prediction.quantiles import Model, Quantiles, scale_of
from routing.prediction.samples import Sample

DEPTH = 3
LEAST_VISITS = 60
"""Fewer visits than that make no model."""


class TooFew(Exception):
    """Not enough has happened to learn from."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How a forest is grown.

    Parameters
    ----------
    trees, rate
        How many, and how much each corrects.
    least_leaf
        So many samples in every leaf.
    most_rows
        More samples than that are thinned out.
    calibrating, judging
        The shares of the visits that only calibrate, and, the latest ones, that only judge.
    seed
        Of the rows each tree sees.
    """

    trees: int = 60
    rate: float = 0.1
    least_leaf: int = 60
    most_rows: int = 30_000
    calibrating: float = 0.35
    judging: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Rows
    expected_s: Values
    missed: Values
    """Truth less expectation, in units of scale."""


def fit(samples: Sequence[Sample], usual: Pace = AS_PLANNED, effort: Effort = Effort()) -> Model:
    """Learn a model: the earlier visits fit it, later ones calibrate it, the latest say how good it is.

    Raises
    ------
    TooFew
        When fewer than `LEAST_VISITS` visits came to an end.
    """
    over = [one for one in samples if one.real_arrival_s is not None or one.real_ready_s is not None]
    parts = _split(over, effort)
    arrival = _fit_quantiles(ARRIVAL_NAMES, [_arrivals(part) for part in parts], effort)
    ready = _fit_quantiles(READY_NAMES, [_readies(part) for part in parts], effort)
    model = Model(arrival, ready, usual)
    visits = len({one.key for one in over})
    about = {"samples": len(over), "visits": visits, "quality": judge_model(model, parts[2])}
    return replace(model, about=about)


def _split(samples: Sequence[Sample], effort: Effort) -> tuple[list[Sample], list[Sample], list[Sample]]:
    """Split by visit, in the order of time: a visit's predictions stay together."""
    begun: dict[str, float] = {}
    for one in samples:
        begun[one.key] = min(one.at_s, begun.get(one.key, one.at_s))
    if len(begun) < LEAST_VISITS:
        raise TooFew(f"{len(begun)} visits came to an end, {LEAST_VISITS} are needed")
    keys = sorted(begun, key=lambda key: (begun[key], key))
    first = round(len(keys) * (1 - effort.calibrating - effort.judging))
    second = round(len(keys) * (1 - effort.judging))
    part = {key: int(index >= first) + int(index >= second) for index, key in enumerate(keys)}
    parts: tuple[list[Sample], list[Sample], list[Sample]] = ([], [], [])
    for one in samples:
        parts[part[one.key]].append(one)
    return parts


def judge_model(model: Model, samples: Sequence[Sample]) -> dict[str, Any]:
    """Judge a model on samples, beside what was shown at the time."""
    ranges = model.predict(
        [one.row for one in samples],
        [one.arrival_s for one in samples],
        [one.ready_s for one in samples],
    )
    arrival, ready, shown = [], [], []
    for one, found in zip(samples, ranges, strict=True):
        if one.real_arrival_s is not None:
            bounds = (found.arrival_p10_s, found.arrival_p50_s, found.arrival_p90_s)
            arrival.append(Judged(*bounds, one.real_arrival_s))
            if one.shown is not None:
                shown.append(Judged(*one.shown, one.real_arrival_s))
        if one.real_ready_s is not None:
            bounds = (found.ready_p10_s, found.ready_p50_s, found.ready_p90_s)
            ready.append(Judged(*bounds, one.real_ready_s))
    sets = {"arrival": arrival, "ready": ready, "shown": shown}
    return {name: asdict(quality) for name, listed in sets.items() if (quality := judge(listed)) is not None}


def _arrivals(samples: Sequence[Sample]) -> _Table:
    return _table(samples, lambda one: one.arrival_s, lambda one: one.real_arrival_s)


def _readies(samples: Sequence[Sample]) -> _Table:
    return _table(samples, lambda one: one.ready_s, lambda one: one.real_ready_s)


def _table(
    samples: Sequence[Sample],
    expected: Callable[[Sample], float],
    real: Callable[[Sample], float | None],
) -> _Table:
    triples = [(one.row, expected(one), came) for one in samples if (came := real(one)) is not None]
    expected_s = np.array([wanted for _, wanted, _ in triples], dtype=np.float64)
    real_s = np.array([came for _, _, came in triples], dtype=np.float64)
    rows = np.array([row for row, _, _ in triples], dtype=np.float32).reshape(-1, len(READY_NAMES))
    return _Table(rows, expected_s, (real_s - expected_s) / scale_of(expected_s))


def _fit_quantiles(names: tuple[str, ...], tables: Sequence[_Table], effort: Effort) -> Quantiles:
    fitted, held, _ = tables
    thin = np.linspace(0, len(fitted.rows) - 1, min(len(fitted.rows), effort.most_rows)).astype(int)
    width = len(names)
    forests, moved = [], []
    for share in SHARES:
        forest = _grow(fitted.rows[thin][:, :width], fitted.missed[thin], share, effort)
        above = held.missed - forest.predict(held.rows[:, :width])
        forests.append(forest)
        moved.append(conform(above, held.expected_s, share))
    p10, p50, p90 = forests
    return Quantiles(names, (p10, p50, p90), tuple(moved))


def _grow(rows: Rows, wanted: Values, share: float, effort: Effort) -> Forest:
    grown = GradientBoostingRegressor(
        loss="quantile",
        alpha=share,
        n_estimators=effort.trees,
        learning_rate=effort.rate,
        max_depth=DEPTH,
        min_samples_leaf=effort.least_leaf,
        subsample=0.5,
        random_state=effort.seed,
    ).fit(rows, wanted)
    return _export(grown, effort.rate)


def _export(grown: GradientBoostingRegressor, rate: float) -> Forest:
    """Copy the trees into arrays of one width; a leaf leads to itself."""
    trees = [tree.tree_ for tree in grown.estimators_[:, 0]]
    nodes = max(tree.node_count for tree in trees)
    shape = (len(trees), nodes)
    feature, threshold, value = np.zeros(shape, np.int32), np.zeros(shape), np.zeros(shape)
    left = np.tile(np.arange(nodes, dtype=np.int32), (len(trees), 1))
    right = left.copy()
    for number, tree in enumerate(trees):
        inner = np.flatnonzero(tree.children_left >= 0)
        feature[number, inner] = tree.feature[inner]
        threshold[number, inner] = tree.threshold[inner]
        left[number, inner] = tree.children_left[inner]
        right[number, inner] = tree.children_right[inner]
        value[number, : tree.node_count] = tree.value[:, 0, 0] * rate
    base = float(np.asarray(grown.init_.constant_).ravel()[0])
    return Forest(base, feature, threshold, left, right, value, DEPTH)
