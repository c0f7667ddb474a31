"""What a unit must at least pay for serving just these requests: a bound for every set it could serve.

A dynamic programme over (set, last visit), as for a travelling salesman with windows (Dumas et al. 1995),
with a recharge before any visit; how much is charged is decided late, when a later visit needs it. It forgets
that plugs are shared, that powers differ and bend (all are as strong as the strongest), and what moving
earlier visits costs. Ways are the shortest over all places. So nothing is cheaper in truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from routing.evaluation.cost import (
    change_milli,
    distance_milli,
    low_pack_milli,
    promise_milli,
    time_milli,
    waiting_milli,
)
from routing.evaluation.facts import Facts
from routing.model.units import Milli, Seconds, WattHours
from routing.solver.charging_line import find_most_cw
from routing.solver.days import Day, Job
from routing.solver.legs import FAR_S, Array, list_legs

MOST_LABELS = 60_000
"""Of one day: beyond that no bounds are told for it."""


class _Label(NamedTuple):
    """A way to have made some visits; the less of everything, the better.

    Attributes
    ----------
    free_s
        When the last visit ends, no more being charged than is needed so far.
    late_milli
        What waiting and lateness cost.
    driven_s, driven_m
        What was driven.
    charged_s
        How long it was charged because it had to be.
    empty_wh
        What is missing in the pack.
    spare_wh
        Below zero: what is missing if all had been charged that could be at the last plug.
    tight_s
        Below zero: by how much the visits since that plug could still be moved.
    """

    free_s: Seconds
    late_milli: Milli
    driven_s: Seconds
    driven_m: int
    charged_s: Seconds
    empty_wh: WattHours
    spare_wh: WattHours
    tight_s: Seconds

    def beats(self, other: "_Label") -> bool:
        """Say whether this is as good in everything."""
        if self.free_s > other.free_s or self.empty_wh > other.empty_wh or self.late_milli > other.late_milli:
            return False
        if self.driven_s > other.driven_s or self.driven_m > other.driven_m:
            return False
        later = self.charged_s <= other.charged_s and self.spare_wh <= other.spare_wh
        return later and self.tight_s <= other.tight_s


@dataclass(slots=True)
class _Ways:
    """Shortest seconds, metres and draws between the places of a day, by index; each by itself."""

    seconds: Array
    metres: Array
    drawn_wh: Array
    place: dict[str, int] = field(default_factory=dict)


def bound_sets(facts: Facts, day: Day) -> dict[frozenset[str], Milli] | None:
    """Return for every set of requests the day could serve the least it costs; None if there are too many.

    Not in it: what cannot be served together even so.
    """
    programme = _Programme(facts, day)
    labels = programme.run()
    if labels is None:
        return None
    found: dict[frozenset[str], Milli] = {}
    for (mask, last), row in labels.items():
        names = frozenset(job.request.id for index, job in enumerate(day.jobs) if mask >> index & 1)
        prices = [price for label in row if (price := programme.price(mask, last, label)) is not None]
        if prices:
            found[names] = min(found.get(names, prices[0]), *prices)
    return found


class _Programme:
    """The dynamic programme of one day."""

    def __init__(self, facts: Facts, day: Day) -> None:
        self.facts, self.day, self.unit = facts, day, day.unit
        self.ways = _list_ways(facts, day)
        self.begin = self.ways.place[day.start.place]
        self.home = self.ways.place[day.start.home]
        self.at = [self.ways.place[job.request.place] for job in day.jobs]
        self.plugs = sorted({self.ways.place[bay.plug.place] for bay in day.bays})
        self.full_wh = day.unit.pack.usable_wh
        self.power_cw = max((find_most_cw(day.unit.pack, bay.plug) for bay in day.bays), default=0)
        self.pauses_s = sum(pause.duration_s for pause in day.start.breaks)

    def run(self) -> dict[tuple[int, int], list[_Label]] | None:
        """Return the labels of every set and last visit; the empty set has none before."""
        holds_wh = self.day.start.energy_wh if self.day.number == 0 else self.full_wh
        empty_wh = self.full_wh - holds_wh
        start = _Label(self.day.start.at_s, 0, 0, 0, 0, empty_wh, empty_wh, -FAR_S)
        labels: dict[tuple[int, int], list[_Label]] = {(0, -1): [start]}
        layer, count = [(0, -1)], 1
        while layer:
            following: dict[tuple[int, int], None] = {}
            for mask, last in layer:
                for label in labels[mask, last]:
                    for served, index, longer in self._extend(mask, last, label):
                        if _keep(labels.setdefault((served, index), []), longer):
                            following[served, index] = None
                            count += 1
                if count > MOST_LABELS:
                    return None
            layer = list(following)
        return labels

    def _extend(self, mask: int, last: int, label: _Label) -> Iterator[tuple[int, int, _Label]]:
        """Make one more visit, straight on or past a plug."""
        origin = self.begin if last < 0 else self.at[last]
        stations = [(origin, label), *((plug, self._plug_in(label, origin, plug)) for plug in self.plugs)]
        for index, job in enumerate(self.day.jobs):
            if not mask >> index & 1:
                for place, standing in stations:
                    longer = self._visit(mask, standing, place, index, job)
                    if longer is not None:
                        yield mask | 1 << index, index, longer

    def _drive(self, label: _Label, origin: int, target: int) -> _Label:
        way_s, way_m = int(self.ways.seconds[origin, target]), int(self.ways.metres[origin, target])
        drawn_wh = int(self.ways.drawn_wh[origin, target])
        return label._replace(
            free_s=label.free_s + way_s,
            driven_s=label.driven_s + way_s,
            driven_m=label.driven_m + way_m,
            empty_wh=label.empty_wh + drawn_wh,
            spare_wh=label.spare_wh + drawn_wh,
        )

    def _plug_in(self, label: _Label, origin: int, plug: int) -> _Label:
        """Stand at a plug; how much is charged there is decided later."""
        return self._drive(label, origin, plug)._replace(spare_wh=0, tight_s=-FAR_S)

    def _visit(self, mask: int, label: _Label, origin: int, index: int, job: Job) -> _Label | None:
        """Make a visit as soon as can be; None when it comes too late or energy cannot suffice."""
        if self.ways.seconds[origin, self.at[index]] >= FAR_S:
            return None
        label = self._drive(label, origin, self.at[index])
        start_s = self._start_s(mask, label, job, label.free_s)
        if start_s is None:
            return None
        waited_wh = (start_s - label.free_s) * self.power_cw // 360_000 + 1
        gained_wh = max(0, min(waited_wh, label.empty_wh - label.spare_wh))
        label = label._replace(empty_wh=label.empty_wh - gained_wh)
        missing_wh = max(0, label.empty_wh + job.draw_wh + job.after_wh - self.full_wh)
        if missing_wh > max(0, label.empty_wh - label.spare_wh):
            return None
        if missing_wh:
            moved_s = missing_wh * 360_000 // self.power_cw
            label = label._replace(
                charged_s=label.charged_s + moved_s,
                empty_wh=label.empty_wh - missing_wh,
                tight_s=label.tight_s + moved_s,
            )
            later_s = self._start_s(mask, label, job, start_s + moved_s)
            if later_s is None or label.tight_s > 0:
                return None
            start_s = later_s
        request, weights = job.request, self.facts.problem.weights
        late = waiting_milli(request, start_s) + promise_milli(weights, request, start_s)
        return label._replace(
            free_s=start_s + job.length_s,
            late_milli=label.late_milli + late,
            empty_wh=label.empty_wh + job.draw_wh,
            spare_wh=label.spare_wh + job.draw_wh,
            tight_s=max(label.tight_s, start_s - job.starts[-1][1]),
        )

    def _start_s(self, mask: int, label: _Label, job: Job, ready_s: Seconds) -> Seconds | None:
        """Find the first start: open, and after the breaks that must have been taken before."""
        for opens_s, closes_s in job.starts:
            start_s = max(ready_s, opens_s)
            pauses_s = sum(p.duration_s for p in self.day.start.breaks if p.latest_s < start_s)
            busy_s = label.driven_s + self._served_s(mask) + label.charged_s + pauses_s
            start_s = max(start_s, self.day.start.at_s + busy_s)
            if start_s <= closes_s:
                return start_s
        return None

    def _served_s(self, mask: int) -> Seconds:
        return sum(job.length_s for index, job in enumerate(self.day.jobs) if mask >> index & 1)

    def price(self, mask: int, last: int, label: _Label) -> Milli | None:
        """Return what a day costs at least that goes on from a label straight home or past a plug."""
        origin = self.begin if last < 0 else self.at[last]
        straight = self._price_home(mask, self._drive(label, origin, self.home), -label.tight_s)
        prices = [straight]
        for plug in self.plugs:
            standing = self._plug_in(label, origin, plug)
            prices.append(self._price_home(mask, self._drive(standing, plug, self.home), FAR_S))
        return min((price for price in prices if price is not None), default=None)

    def _price_home(self, mask: int, label: _Label, movable_s: Seconds) -> Milli | None:
        """Return the price of being home with a label; more may be charged in what time is left."""
        start, unit, weights = self.day.start, self.unit, self.facts.problem.weights
        busy_s = label.driven_s + self._served_s(mask)
        spare_s = start.home_by_s - start.at_s - busy_s - self.pauses_s - label.charged_s
        if label.free_s > start.home_by_s or spare_s < -1:
            return None
        more_s = max(0, min(movable_s, start.home_by_s - label.free_s, spare_s)) + 1
        more_wh = min(more_s * self.power_cw // 360_000 + 1, max(0, label.empty_wh - label.spare_wh))
        most_wh = self.full_wh - label.empty_wh + more_wh
        if most_wh < start.floor_wh:
            return None
        served = [job.request for index, job in enumerate(self.day.jobs) if mask >> index & 1]
        return (
            distance_milli(unit, label.driven_m)
            + time_milli(unit, busy_s)
            + (unit.cost_per_use_milli if served else 0)
            + sum(change_milli(weights, request, unit.id) for request in served)
            + low_pack_milli(weights, unit, min(most_wh, self.full_wh))
            + label.late_milli
        )


def _keep(row: list[_Label], label: _Label) -> bool:
    """Add a label unless another is as good; drop those it beats."""
    if any(other.beats(label) for other in row):
        return False
    row[:] = [other for other in row if not label.beats(other)]
    row.append(label)
    return True


def _list_ways(facts: Facts, day: Day) -> _Ways:
    """Return the shortest ways (Floyd 1962) over the places of a day."""
    legs = list_legs(facts.problem, day.unit)
    names = dict.fromkeys([day.start.place, day.start.home, *(job.request.place for job in day.jobs)])
    names |= dict.fromkeys(bay.plug.place for bay in day.bays)
    index = {place.id: number for number, place in enumerate(facts.problem.places)}
    chosen = [index[name] for name in names]
    tables = []
    for whole in (legs.seconds, legs.metres + (legs.seconds >= FAR_S) * FAR_S, legs.drawn_wh):
        table = whole[chosen][:, chosen].copy()
        for via in range(len(chosen)):
            shorter = table[:, via, None] + table[None, via, :]
            table = table.clip(max=shorter)
        tables.append(table)
    return _Ways(tables[0], tables[1], tables[2], {name: number for number, name in enumerate(names)})
