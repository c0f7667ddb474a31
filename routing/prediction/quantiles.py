"""A model: from what is expected at a stop to P10, P50 and P90 of arriving and of being ready."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from routing.prediction.calibration import SHARES, STEADY, Drift, bucket_of
from routing.prediction.features import ARRIVAL_NAMES, READY_NAMES
from routing.prediction.forest import Forest, Rows, Values
from routing.prediction.pace import AS_PLANNED, Pace

FORMAT = 1
LEAST_SCALE_S, SCALE_SHARE = 60.0, 0.15
NONE = tuple([0.0] * 6)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """P10, P50 and P90 of how far off an expectation is.

    Attributes
    ----------
    names
        The leading columns of a row that are read.
    forests, moved
        For each share; how far it was off by lead, on days it was not fitted to.
    """

    names: tuple[str, ...]
    forests: tuple[Forest, Forest, Forest]
    moved: tuple[tuple[float, ...], ...] = (NONE, NONE, NONE)

    def predict(self, rows: Rows, expected_s: Values, drift: Drift = STEADY) -> Values:
        """Return a line for each row: P10, P50, P90 in seconds from now, in order and not in the past."""
        read, scale_s, bucket = rows[:, : len(self.names)], scale_of(expected_s), bucket_of(expected_s)
        columns = [
            expected_s + scale_s * (forest.predict(read) + np.array(moved)[bucket] + pushed)
            for forest, moved, pushed in zip(self.forests, self.moved, drift.at(bucket).T, strict=True)
        ]
        in_order: Values = np.maximum(np.sort(np.column_stack(columns), axis=1), 0.0)
        return in_order

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "names": list(self.names),
            "forests": [forest.to_json() for forest in self.forests],
            "moved": [list(moved) for moved in self.moved],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Quantiles":
        """Read what `to_json` wrote."""
        p10, p50, p90 = (Forest.from_json(forest) for forest in data["forests"])
        return cls(tuple(data["names"]), (p10, p50, p90), tuple(tuple(row) for row in data["moved"]))


def scale_of(expected_s: Values) -> Values:
    """Return in what unit misses count: what is farther off may be missed by more."""
    scaled: Values = LEAST_SCALE_S + SCALE_SHARE * np.maximum(expected_s, 0.0)
    return scaled


@dataclass(frozen=True, slots=True)
class Range:
    """Seconds from now."""

    arrival_p10_s: float
    arrival_p50_s: float
    arrival_p90_s: float
    ready_p10_s: float
    ready_p50_s: float
    ready_p90_s: float


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt, with how.

    Attributes
    ----------
    usual
        The pace of the days it was learnt from.
    about
        Training window, number of samples and of visits, quality on days that were held out.
    """

    arrival: Quantiles
    ready: Quantiles
    usual: Pace = AS_PLANNED
    about: Mapping[str, Any] = field(default_factory=dict)

    def predict(
        self,
        rows: Sequence[Sequence[float]],
        arrival_s: Sequence[float],
        ready_s: Sequence[float],
        drifts: tuple[Drift, Drift] = (STEADY, STEADY),
    ) -> list[Range]:
        """Return the range of each stop; one call for many stops costs little more than for one.

        Parameters
        ----------
        rows
            `features.build_row` of each.
        arrival_s, ready_s
            What is expected.
        drifts
            Of arriving and of being ready.
        """
        if not rows:
            return []
        expected = np.array(arrival_s, dtype=np.float64), np.array(ready_s, dtype=np.float64)
        return [Range(*line) for line in self.predict_all(np.array(rows), *expected, drifts).tolist()]

    def predict_all(
        self,
        rows: Values,
        arrival_s: Values,
        ready_s: Values,
        drifts: tuple[Drift, Drift] = (STEADY, STEADY),
    ) -> Values:
        """Return a line for each row, in the order of `Range`."""
        table = rows.astype(np.float32)
        arrival = self.arrival.predict(table, arrival_s, drifts[0])
        ready = self.ready.predict(table, ready_s, drifts[1])
        both: Values = np.column_stack([arrival, np.maximum(ready, arrival)])
        return both

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        usual = {"travel": self.usual.travel, "handling": self.usual.handling, "flow": self.usual.flow}
        return {
            "format": FORMAT,
            "shares": list(SHARES),
            "usual": usual,
            "arrival": self.arrival.to_json(),
            "ready": self.ready.to_json(),
            "about": dict(self.about),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Model":
        """Read what `to_json` wrote.

        Raises
        ------
        ValueError
            When it was written for other numbers than are counted now.
        """
        arrival, ready = Quantiles.from_json(data["arrival"]), Quantiles.from_json(data["ready"])
        if (data["format"], arrival.names, ready.names) != (FORMAT, ARRIVAL_NAMES, READY_NAMES):
            raise ValueError("a model of another format")
        return cls(arrival, ready, Pace(**data["usual"]), data["about"])
