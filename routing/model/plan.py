"""The answer: what every unit does, in which order, when and with how much energy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from routing.model.reading import read, write
from routing.model.rules import NotServed
from routing.model.units import Milli, Seconds, WattHours
from routing.model.values import about

type StopKind = Literal["serve", "recharge", "break", "hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One visit on a route.

    `serve`: `start_s` is the arrival that is promised; energy flows from `start_s + setup_s`;
    `end_s` is when the unit can leave. `hold`: from the arrival at the end place to the shift's end.
    """

    kind: StopKind
    place: str
    request: str | None = None
    plug: str | None = None
    break_id: str | None = None
    depart_s: Seconds = field(metadata=about("leaving the place before for this one"))
    arrive_s: Seconds
    start_s: Seconds
    end_s: Seconds
    energy_wh: WattHours = field(default=0, metadata=about("serve: at the outlet; recharge: into the pack"))
    pack_before_wh: WattHours = field(metadata=about("in the pack on arrival"))
    pack_after_wh: WattHours = field(metadata=about("in the pack at the end"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What one unit does in one shift; the last stop is the way home."""

    unit: str
    shift: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """A request nobody serves, and why."""

    request: str
    code: NotServed
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The parts of the cost, by the name of the goal, in thousandths of the currency."""

    distance: Milli = 0
    time: Milli = 0
    unit_use: Milli = 0
    waiting: Milli = 0
    promise: Milli = 0
    change: Milli = 0
    unserved: Milli = 0
    low_pack: Milli = 0
    overtime: Milli = 0

    def total(self) -> Milli:
        """Return the sum of all goals."""
        working = self.distance + self.time + self.unit_use + self.overtime
        return working + self.waiting + self.promise + self.change + self.unserved + self.low_pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a plan costs, and why."""

    total_milli: Milli = 0
    goals: Goals = field(default_factory=Goals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All routes of a problem; published only when the judge finds nothing."""

    schema_version: Literal[1] = 1
    start_utc: str
    routes: tuple[Route, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    cost: Cost = field(default_factory=Cost)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """Read a plan from parsed JSON.

        Raises
        ------
        InvalidProblem
            With the path of the first field that does not hold.
        """
        return read(cls, data)

    def to_json(self) -> dict[str, Any]:
        """Return the plan as plain JSON values; fields that are null are left out."""
        document: dict[str, Any] = write(self)
        return document

    def iterate_stops(self) -> Iterator[tuple[Route, Stop]]:
        """Iterate over every stop with its route."""
        return ((route, stop) for route in self.routes for stop in route.stops)

    def find_stop(self, request: str) -> tuple[Route, Stop] | None:
        """Find where a request is served, if it is."""
        return next((pair for pair in self.iterate_stops() if pair[1].request == request), None)
