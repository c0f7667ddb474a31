"""The ways ahead of a whole fleet at once: what `way_ahead` and `features` say of each, in columns.

A console asks for thousands of stops a second time within the second. Stop by stop that is a tenth of a
second of Python; here each place of all routes is one step. A test holds the two to each other.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.prediction.forest import Values

type Flags = npt.NDArray[np.bool_]
type Counts = npt.NDArray[np.int64]

NOT_BEFORE_NOW = -np.inf
"""Stands in `leaves_s` and `begins_s` for: the plan does not wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """One line for each stop, the routes one after the other; the columns are those of `way_ahead.Step`."""

    route: Counts
    travel_s: Values
    handling_s: Values
    flow_s: Values
    leaves_s: Values
    begins_s: Values
    elapsed_s: Values
    over_s: Values
    arrived: Flags
    is_measured: Flags
    is_inside: Flags
    is_serve: Flags
    is_recharge: Flags
    is_break: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """One line for each route: the present pace, and what `features.Surroundings` says."""

    travel: Values
    handling: Values
    flow: Values
    hour: Values
    is_on_site: Values
    pace_travel: Values
    pace_handling: Values


@dataclass(frozen=True, slots=True)
class Ahead:
    """One line for each stop: seconds from now, and the numbers in the order of `features.READY_NAMES`."""

    arrival_s: Values
    ready_s: Values
    rows: Values


def look_ahead_all(steps: Steps, around: Around) -> Ahead:
    """Walk all routes side by side, from where their units are now."""
    route = steps.route
    way_s = steps.travel_s * around.travel[route]
    handling_s = steps.handling_s * around.handling[route]
    flow_s = np.where(steps.is_measured, steps.flow_s, steps.flow_s * around.flow[route])
    flow_s = np.where(steps.is_break, steps.flow_s, flow_s)
    work = np.column_stack([
        np.zeros_like(way_s),
        handling_s,
        np.where(steps.is_recharge | steps.is_break, 0.0, flow_s),
        np.where(steps.is_recharge, flow_s, 0.0),
        np.where(steps.is_break, flow_s, 0.0),
        np.zeros_like(way_s),
        steps.is_serve.astype(float),
    ])  # fmt: skip
    count = len(around.travel)
    at_s, load = np.zeros(count), np.zeros((count, work.shape[1]))
    arrival_s, ready_s, before = np.zeros(len(route)), np.zeros(len(route)), np.zeros_like(work)
    for lines in _by_place(route):
        mine = route[lines]
        leaves_s = np.maximum(at_s[mine], steps.leaves_s[lines])
        arrives_s = np.maximum(leaves_s + way_s[lines], np.maximum(steps.begins_s[lines], 0.0))
        load[mine, 0] += way_s[lines]
        load[mine, 5] += arrives_s - at_s[mine] - way_s[lines]
        before[lines] = load[mine]
        arrival_s[lines] = arrives_s
        at_s[mine] = ready_s[lines] = arrives_s + handling_s[lines] + flow_s[lines]
        load[mine] += work[lines]
    return Ahead(arrival_s, ready_s, _list_numbers(steps, around, arrival_s, before, work))


def _by_place(route: Counts) -> list[Counts]:
    """The first lines of all routes, then the second ones, and so on."""
    if not len(route):
        return []
    starts = np.flatnonzero(np.r_[True, route[1:] != route[:-1]])
    lengths = np.diff(np.r_[starts, len(route)])
    return [starts[lengths > place] + place for place in range(int(lengths.max()))]


def _list_numbers(steps: Steps, around: Around, arrival_s: Values, before: Values, work: Values) -> Values:
    route = steps.route
    starts = np.searchsorted(route, route, side="left")
    is_flowing = (steps.flow_s > 0) & steps.arrived
    found: Values = np.column_stack([
        arrival_s, before,
        steps.elapsed_s[starts], steps.over_s[starts], is_flowing[starts], steps.is_measured[starts],
        around.hour[route], around.is_on_site[route], steps.is_inside,
        around.pace_travel[route], around.pace_handling[route],
        work[:, 1], work[:, 2], steps.arrived,
    ])  # fmt: skip
    return found
