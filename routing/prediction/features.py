"""What a prediction may depend on, as numbers in a fixed order."""

from dataclasses import dataclass

from routing.prediction.way_ahead import Load, Outlook

HOUR_S = 3_600.0

ARRIVAL_NAMES = (
    "lead_s",
    "travel_s",
    "handling_s",
    "flow_s",
    "recharge_s",
    "break_s",
    "idle_s",
    "cars",
    "elapsed_s",
    "over_s",
    "is_flowing",
    "is_measured",
    "hour",
    "is_on_site",
    "is_inside",
    "pace_travel",
    "pace_handling",
)
READY_NAMES = (*ARRIVAL_NAMES, "own_handling_s", "own_flow_s", "arrived")
"""The arrival's come first: one row serves both."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for all stops of a unit.

    Attributes
    ----------
    hour
        Of the area's day, with its fraction.
    is_on_site
        The unit stays within its site.
    pace_travel, pace_handling
        The present pace over the usual one.
    """

    hour: float
    is_on_site: bool = False
    pace_travel: float = 1.0
    pace_handling: float = 1.0


def build_row(outlook: Outlook, around: Surroundings) -> tuple[float, ...]:
    """Return the numbers of one stop, in the order of `READY_NAMES`."""
    before, first = outlook.before, outlook.first
    return (
        outlook.arrival_s,
        *_sum_up(before),
        first.elapsed_s,
        first.over_s,
        float(first.flow_s > 0 and first.arrived),
        float(first.is_measured),
        around.hour,
        float(around.is_on_site),
        float(outlook.step.is_inside),
        around.pace_travel,
        around.pace_handling,
        outlook.work.handling_s,
        outlook.work.flow_s,
        float(outlook.step.arrived),
    )


def _sum_up(load: Load) -> tuple[float, ...]:
    return (
        load.travel_s,
        load.handling_s,
        load.flow_s,
        load.recharge_s,
        load.break_s,
        load.idle_s,
        float(load.cars),
    )
