"""Days on which somebody predicts: what was expected of every visit, and what came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from routing.model.units import HOUR_S, Seconds
from routing.prediction.features import Surroundings, build_row
from routing.prediction.pace import Done, Usual, measure_pace
from routing.prediction.samples import Sample
from routing.prediction.way_ahead import Step, look_ahead
from routing.reoptimise import Budget
from routing.simulation.benchmarks import build_day
from routing.simulation.life import Life
from routing.simulation.operating import Operator
from routing.simulation.policies import make_policy
from routing.simulation.real_day import RealDay
from routing.simulation.regimes import Regime, RegimeNoise
from routing.simulation.watching import list_done, list_steps

EVERY_S: Seconds = 300
"""So often everything is predicted anew."""

START_HOUR = 6


@dataclass(frozen=True, slots=True)
class Size:
    """How large a day is."""

    units: int = 12
    requests: int = 70
    hours: int = 14


@dataclass(frozen=True, slots=True)
class Medians:
    """How long things took in the middle: what the simple prediction knows.

    Parameters
    ----------
    visit_s
        A visit, by whether it was inside a site; recharges and breaks it knows from the plan.
    """

    visit_s: Mapping[bool, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """A prediction, and beside it the simple one: road time and median service times."""

    sample: Sample
    simple_s: float


@dataclass(frozen=True, slots=True)
class Visit:
    """How long one visit took, and where."""

    is_inside: bool
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class EtaDay:
    """A day that was watched."""

    seed: int
    regime: str
    seen: tuple[Seen, ...]
    done: tuple[Done, ...]
    visits: tuple[Visit, ...]


class _Watching(Operator):
    """Runs a fleet, and predicts every few minutes."""

    def __init__(self, day: RealDay, usual: Usual, medians: Medians) -> None:
        self.usual, self.medians = usual, medians
        self.seen: list[Seen] = []
        super().__init__(day, make_policy("insertion", Budget(iterations=0)))

    def _decide(self, now_s: Seconds) -> None:
        super()._decide(now_s)
        if now_s % EVERY_S == 0:
            pace = measure_pace(list_done(self.day), now_s, self.usual)
            usual = self.usual.pace
            around = Surroundings(
                hour=START_HOUR + now_s / HOUR_S,
                pace_travel=pace.travel / usual.travel,
                pace_handling=pace.handling / usual.handling,
            )
            for life in self.day.lives.values():
                steps = list(list_steps(self.day, life, self.plan))
                free_s = max(0, life.free_s - now_s) if life.doing is None else 0
                simple = dict(self._expect_simply(life, steps, free_s))
                own = replace(around, is_on_site=life.unit.mobility == "on_site")
                for outlook in look_ahead(steps, pace, free_s):
                    row = build_row(outlook, own)
                    sample = Sample(outlook.key, now_s, row, outlook.arrival_s, outlook.ready_s)
                    self.seen.append(Seen(sample, simple[outlook.key]))

    def _expect_simply(self, life: Life, steps: Sequence[Step], free_s: float) -> Iterator[tuple[str, float]]:
        """Road time, and for every stop before the median of its kind; nobody comes before the window."""
        simple = (self._simple(step) for step in steps)
        for outlook in look_ahead(simple, free_s=free_s):
            yield outlook.key, outlook.arrival_s

    def _simple(self, step: Step) -> Step:
        begins_s = None
        if step.key is not None:
            begins_s = self.day.stories[step.key].request.earliest_s - self.day.now_s
        if step.kind == "serve":
            whole_s = self.medians.visit_s.get(step.is_inside, step.handling_s + step.flow_s)
        else:
            whole_s = step.flow_s
        if step.arrived and step.key is not None:
            whole_s -= self.day.now_s - (self.day.stories[step.key].start_s or self.day.now_s)
        rest_s = max(0.0, whole_s)
        return replace(step, handling_s=0.0, flow_s=rest_s, leaves_s=None, begins_s=begins_s)


def watch_day(seed: int, regime: Regime, size: Size, usual: Usual, medians: Medians) -> EtaDay:
    """Live through one day under a regime, predicting; then say what came."""
    built = build_day(size.units, size.requests, size.hours, seed)
    day = RealDay(built.problem, built.known_s, RegimeNoise(seed, regime))
    watching = _Watching(day, usual, medians)
    watching.live()
    visits = tuple(
        Visit(day.facts.places[story.request.place].site is not None, story.end_s - story.start_s)
        for story in day.stories.values()
        if story.outcome == "served" and story.end_s is not None and story.start_s is not None
    )
    return EtaDay(seed, regime.name, tuple(_resolve(day, watching.seen)), tuple(list_done(day)), visits)


def _resolve(day: RealDay, seen: Iterable[Seen]) -> Iterator[Seen]:
    """Add what came; what never came says nothing about when."""
    for one in seen:
        sample, story = one.sample, day.stories[one.sample.key]
        came = story.outcome in ("served", "no_show") and story.start_s is not None
        arrival_s = (story.start_s or 0) - sample.at_s if came else None
        if arrival_s is not None and arrival_s <= 0:
            arrival_s = None
        is_over = story.outcome == "served" and story.end_s is not None
        ready_s = (story.end_s or 0) - sample.at_s if is_over else None
        if arrival_s is None and ready_s is None:
            continue
        yield replace(one, sample=replace(sample, real_arrival_s=arrival_s, real_ready_s=ready_s))


def learn_medians(days: Iterable[EtaDay]) -> Medians:
    """Learn from days that are over what the simple prediction knows."""
    visits: dict[bool, list[float]] = defaultdict(list)
    for day in days:
        for visit in day.visits:
            visits[visit.is_inside].append(visit.seconds)
    return Medians({inside: median(times) for inside, times in visits.items()})
