"""What the search moves about: the days of one unit, and what came of walking them."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from routing.evaluation.facts import Leg, Way
from routing.model.problem import Break, Plug, Request
from routing.model.rules import Measure, Rule
from routing.model.units import Milli, Seconds, WattHours
from routing.search.calendar import Use


class Item(NamedTuple):
    """Something a unit does: a request, a plug or a break by its id; when follows from the walk.

    Only of a recharge is it decided when it may begin at the soonest: a later, longer gap at the plug may
    be the better one.
    """

    kind: Literal["serve", "recharge", "break"]
    subject: str
    not_before_s: Seconds = 0


type Days = tuple[tuple[Item, ...], ...]
"""The items of a unit, one row for each of its shifts."""


class Job(NamedTuple):
    """A request as one unit sees it; `latest_s` looks at the time to finish, too."""

    request: Request
    earliest_s: Seconds
    latest_s: Seconds
    length_s: Seconds
    draw_wh: WattHours
    change_milli: Milli


class Node(NamedTuple):
    """An item with the way to it and what it is about; the last of a day is the way home.

    `leg` is the way at its quickest and its dearest, `way` the way through the day.
    """

    kind: Literal["serve", "recharge", "break", "hold"]
    subject: str
    place: str
    leg: Leg
    way: Way
    job: Job | None = None
    plug: Plug | None = None
    pause: Break | None = None
    not_before_s: Seconds = 0


class Gap(NamedTuple):
    """A position on a day where something may be put: between a stop and the one after it.

    `soonest_s` (from when on the unit may be free here) and `latest_s` (until when the stop after it may
    start) are hopeful: they look at times alone, and take recharges to last no time. A recharge is cut short
    when somebody is to be served after it; only a walk says how far.
    """

    place: str
    free_s: Seconds
    soonest_s: Seconds
    next_place: str
    latest_s: Seconds


class Refill(NamedTuple):
    """What a walk decided about a recharge."""

    start_s: Seconds
    energy_wh: WattHours


@dataclass(frozen=True, slots=True)
class Failure:
    """Why days cannot be walked: the first rule broken, by how much, and where.

    `useless` marks a recharge that nothing needs and that has no time for more.
    """

    rule: Rule
    amount: int
    measure: Measure
    day: int
    index: int
    useless: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tour:
    """The days of one unit, feasible with the plugs as they were when it was walked.

    Attributes
    ----------
    refills
        What was decided about the recharges, in order over all days.
    frees
        For each day the time the unit is free before each node.
    packs_wh
        For each day what the pack holds then.
    milli
        The cost of all goals but the unserved.
    promise_milli
        Of that, the part for being later than promised.
    ends_wh
        What the pack holds at the end of each day.
    starts
        When each request starts.
    memory
        What the search has found out about this tour; the tour never changes, so neither does that.
    """

    unit: str
    days: Days
    refills: tuple[Refill, ...]
    uses: tuple[Use, ...]
    frees: tuple[tuple[Seconds, ...], ...]
    packs_wh: tuple[tuple[WattHours, ...], ...]
    milli: Milli
    promise_milli: Milli
    ends_wh: tuple[WattHours, ...]
    starts: dict[str, Seconds]
    memory: "Memory" = field(default_factory=lambda: Memory())


class Spot(NamedTuple):
    """A place for a request on a tour: the tour with it, and what that adds."""

    tour: Tour
    added_milli: Milli
    start_s: Seconds


@dataclass(slots=True)
class Memory:
    """What has been found out about a tour: its gaps, the cost of the ways to and from its recharges,
    and the best spot for a request in it."""

    gaps: list[list[Gap]] | None = None
    recharge_ways_milli: Milli | None = None
    spots: dict[str, Spot | None] = field(default_factory=dict)
