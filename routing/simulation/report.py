"""What a day was like, in numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import mean, median

from routing.evaluation.cost import distance_milli, overtime_milli, time_milli, unserved_milli, waiting_milli
from routing.model.units import Milli
from routing.simulation.life import Life
from routing.simulation.operating import Tally
from routing.simulation.policies import is_now
from routing.simulation.real_day import RealDay, Story

MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Report:
    """One day.

    Attributes
    ----------
    service_level
        Share served of those who asked and still wanted it (neither called off nor away).
    time_to_plug_p50_min, time_to_plug_p90_min
        From asking to the unit at the car, of those who wait for it.
    on_time, promises_kept
        Share of those served whose unit came within their window; and by the P90 that was told first.
    promise_width_min
        From the P50 to the P90 that was told, in the middle.
    in_full
        Share of those served who got what their car took, or nearly.
    deadhead_km
        Driven, but not to a car that was then charged.
    cost_milli
        Driving, working time, use and overtime of units, as they really were.
    loss_milli
        That, and what waiting and not being served are worth.
    late_min
        After the end of the window, on average over those served.
    eta_error_min, eta_bias_min
        Real arrival against the first P50: the middle of the distance, and the mean.
    """

    asked: int
    accepted: int
    served: int
    refused: int
    no_show: int
    cancelled: int
    failed: int
    service_level: float
    time_to_plug_p50_min: float
    time_to_plug_p90_min: float
    on_time: float
    promises_kept: float
    promise_width_min: float
    kwh: float
    in_full: float
    km: float
    deadhead_km: float
    cost_milli: Milli
    loss_milli: Milli
    late_min: float
    eta_error_min: float
    eta_bias_min: float
    replans: int
    moved_locks: int

    def to_json(self) -> dict[str, int | float]:
        """Return plain numbers."""
        return asdict(self)


def report(day: RealDay, tally: Tally) -> Report:
    """Add a day up."""
    stories = list(day.stories.values())
    served = [story for story in stories if story.outcome == "served"]
    waits = [story for story in served if is_now(story.request, story.known_s)]
    to_plug = [((story.start_s or 0) + story.request.setup_s - story.known_s) / MINUTE_S for story in waits]
    gone = _count(stories, "cancelled") + _count(stories, "no_show")
    late = [max(0, (s.start_s or 0) - s.request.latest_s) / MINUTE_S for s in served]
    errors = [((s.start_s or 0) - (s.promised_s or 0)) / MINUTE_S for s in served]
    drives = [drive for life in day.lives.values() for drive in life.drives]
    cost = sum(map(_cost_milli, day.lives.values()))
    return Report(
        asked=len(stories),
        accepted=sum(story.promised_s is not None for story in stories),
        served=len(served),
        refused=_count(stories, "refused"),
        no_show=_count(stories, "no_show"),
        cancelled=_count(stories, "cancelled"),
        failed=_count(stories, "failed"),
        service_level=_round(len(served) / max(1, len(stories) - gone)),
        time_to_plug_p50_min=_round(_share_of(to_plug, 0.5)),
        time_to_plug_p90_min=_round(_share_of(to_plug, 0.9)),
        on_time=_share((s.start_s or 0) <= s.request.latest_s for s in served),
        promises_kept=_share((s.start_s or 0) <= (s.latest_promised_s or 0) for s in served),
        promise_width_min=_round(
            median([((s.latest_promised_s or 0) - (s.promised_s or 0)) / MINUTE_S for s in served] or [0])
        ),
        kwh=_round(sum(story.energy_wh for story in served) / 1000),
        in_full=_share(s.energy_wh >= s.taken_wh * 95 // 100 for s in served),
        km=_round(sum(drive.metres for drive in drives) / 1000),
        deadhead_km=_round(sum(drive.metres for drive in drives if not drive.to_car) / 1000),
        cost_milli=cost,
        loss_milli=cost + sum(_loss_milli(day, story) for story in stories),
        late_min=_round(mean(late or [0])),
        eta_error_min=_round(median([abs(error) for error in errors] or [0])),
        eta_bias_min=_round(mean(errors or [0])),
        replans=tally.replans,
        moved_locks=tally.moved_locks,
    )


def _count(stories: Iterable[Story], outcome: str) -> int:
    return sum(story.outcome == outcome for story in stories)


def _round(value: float) -> float:
    return round(value, 3)


def _share(outcomes: Iterable[bool]) -> float:
    listed = list(outcomes)
    return _round(sum(listed) / len(listed)) if listed else 1.0


def _share_of(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def _cost_milli(life: Life) -> Milli:
    unit = life.unit
    metres = sum(drive.metres for drive in life.drives)
    late = [overtime_milli(unit, shift, life.home_s) for shift in unit.shifts[-1:] if life.home_s is not None]
    use = unit.cost_per_use_milli if life.used else 0
    return distance_milli(unit, metres) + time_milli(unit, life.worked_s) + use + sum(late)


def _loss_milli(day: RealDay, story: Story) -> Milli:
    """Return what it is worth that somebody waits, or is not served."""
    if story.outcome == "served" and story.start_s is not None:
        return waiting_milli(story.request, story.start_s)
    lost = story.outcome in ("refused", "failed")
    return unserved_milli(day.problem.weights, story.request) if lost else 0


def mean_report(reports: Sequence[Report]) -> dict[str, float]:
    """Return the mean of every number over several days."""
    names = [field.name for field in fields(Report)]
    return {name: _round(mean(getattr(one, name) for one in reports)) for name in names}


WORDS = """\
asked {asked:g}, accepted {accepted:g}, served {served:g} (refused {refused:g}, failed {failed:g}, \
no-show {no_show:g}, cancelled {cancelled:g})
service level {service_level:g}, on time {on_time:g}, first promises kept {promises_kept:g} \
(P50 to P90 {promise_width_min:g} min), in full {in_full:g}
time to plug P50 {time_to_plug_p50_min:g} min, P90 {time_to_plug_p90_min:g} min; against the first P50 \
{eta_error_min:g} min off, {eta_bias_min:g} min late; after the window {late_min:g} min
{kwh:g} kWh, {km:g} km, of them {deadhead_km:g} to no car; cost {cost:.0f}, with who waits or goes without \
{loss:.0f}
{replans:g} re-plans, {moved_locks:g} locks moved; {speed:,.0f} times faster than the clock"""


def tell(numbers: Mapping[str, float], speed: float) -> str:
    """Return a few lines for people."""
    money = {"cost": numbers["cost_milli"] / 1000, "loss": numbers["loss_milli"] / 1000}
    return WORDS.format(**numbers, **money, speed=speed)
