"""Why each unit cannot take the wish in the slot: what the compiled search says, in the diagnosis' words."""

from typing import Final

import numpy as np

from routing.evaluation.hours import start_bounds
from routing.model.problem import Request, Unit
from routing.model.rules import Measure, Rule
from routing.search.compiled import arrays, misses
from routing.search.compiled.arrays import NOBODY, OK, Calendar, Ints, Routes
from routing.search.compiled.beside import NEAREST_PLUGS
from routing.search.compiled.engine import Field
from routing.search.compiled.scratch import Scratch
from routing.search.compiled.wish import WISH
from routing.search.diagnosis import Miss

_RULES: Final[dict[int, tuple[Rule, Measure]]] = {
    arrays.REACH: ("reach", "count"),
    arrays.ENERGY: ("energy", "wh"),
    arrays.WINDOW: ("window", "s"),
    arrays.ACCESS: ("access", "s"),
    arrays.BREAK_LATE: ("break", "s"),
    arrays.SHIFT_LATE: ("shift", "s"),
    misses.LOCK: ("lock", "s"),
    misses.FINISH: ("finish_by", "s"),
}


class Misses:
    """Looks at one unit after the other; made once for a slot."""

    def __init__(self, field: Field, routes: Routes, calendar: Calendar, scratch: Scratch) -> None:
        self.tables, self.routes, self.calendar, self.scratch = field.tables, routes, calendar, scratch
        t, index = field.tables, field.index
        self.numbers = {name: number for number, name in enumerate(index.units)}
        grounds = [field.grounds[name] for name in index.units]
        self.plugs: Ints = np.full((len(grounds), NEAREST_PLUGS), NOBODY, dtype=np.int64)
        self.told: Ints = np.zeros(t.n_requests, dtype=np.int64)
        for request in field.problem.requests:
            self.told[index.requests[request.id]] = request.start_s is not None
        self.idle: list[Ints] = []
        home = t.n_requests + t.n_plugs + t.n_breaks
        for number, ground in enumerate(grounds):
            first = [index.plugs[name] for name in ground.plugs][:NEAREST_PLUGS]
            self.plugs[number, : len(first)] = first
            row: list[int] = []
            for shift, items in zip(ground.unit.shifts, ground.idle_days(), strict=True):
                pauses = (index.breaks[ground.unit.id, shift.id, item.subject] for item in items)
                row += [*(t.n_requests + t.n_plugs + pause for pause in pauses), home]
                home += 1
            self.idle.append(np.array(row, dtype=np.int64))

    def look_for(self, wish: Request) -> None:
        """From here on, look for the wish that is in the slot, in the window that it asks for."""
        node = self.tables.node[WISH]
        node["earliest"], node["latest"] = start_bounds(wish)
        node["wait_milli"], node["asked_from"] = wish.wait_milli_per_h, wish.earliest_s
        self.told[WISH] = wish.start_s is not None

    def alone(self, unit: Unit) -> Miss | None:
        """Find what would break even if the unit had nothing else to do; None when it could."""
        number = self.numbers[unit.id]
        idle = self.idle[number]
        who = (number, idle.size, int(self.told[WISH]))
        plugs = self.plugs[number]
        rule, amount = misses.miss_alone(self.tables, self.calendar, self.scratch, who, idle, plugs)
        return None if rule == OK else self._told(rule, amount)

    def busy(self, unit: Unit) -> Miss:
        """Find what breaks in the unit's own day."""
        number, told = self.numbers[unit.id], self.told
        rule, amount = misses.miss_busy(self.tables, self.routes, self.calendar, self.scratch, number, told)
        return self._told(rule, amount)

    def _told(self, rule: int, amount: int) -> Miss:
        """Put a rule into words; that no position has the time, or a promise breaks, is being late."""
        if rule in _RULES:
            return Miss(_RULES[rule][0], amount, _RULES[rule][1])
        if rule == misses.PROMISE:
            amount = amount * 60 // self.tables.promise_milli
        return Miss("window", max(1, amount), "s")
