"""Every figure that is counted, declared once: a name, what it means, and the few values its label can have.

A label's values are a closed list, so that no figure grows with what people send and none can hold what is
about a person. What is not on the list is counted as `other`.
"""

from dataclasses import dataclass

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that happens; `values` are those of its one label."""

    name: str
    text: str
    label: str = ""
    values: tuple[str, ...] = ()

    def settle(self, value: str) -> str:
        """Return the value as it is counted."""
        return value if value in self.values or not self.label else OTHER


@dataclass(frozen=True, slots=True)
class Timed:
    """Something that takes a while; `bounds_ms` are the upper edges of its classes."""

    name: str
    text: str
    bounds_ms: tuple[int, ...]


_FAST_MS = (2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
_SLOW_MS = (250, 500, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 20_000, 60_000)

COUNTED = {
    each.name: each
    for each in (
        Counted(
            "quotes",
            "quotes asked for",
            "outcome",
            ("offered", "refused", "invalid", "unavailable", "turned_away"),
        ),
        Counted(
            "refusals",
            "quotes without an offer, by reason",
            "reason",
            (
                *("no_unit_on_shift", "window_infeasible", "energy_insufficient", "connector_mismatch"),
                *("power_too_low", "height_or_weight", "outside_area", "access_closed", "skill_missing"),
                *("duty_limit", "fleet_saturated", "lock_conflict", "not_worth_it"),
                *("no_plan_yet", "no_tariff", "overloaded"),
            ),
        ),
        Counted("accepts", "offers pressed", "outcome", ("accepted", "lost", "refused", "turned_away")),
        Counted(
            "answers",
            "answers of the API, by what they say",
            "kind",
            ("done", "moved", "refused", "too_often", "fault", "unavailable"),
        ),
        Counted("replans", "plans asked of the solver", "outcome", ("published", "unchanged", "failed")),
        Counted("solves", "answers of the solver", "outcome", ("done", "killed", "refused", "died")),
        Counted("sweeps", "turns of the planner's sweep, one a second"),
        Counted("lost_messages", "messages to screens that could not be sent"),
    )
}

TIMED = {
    each.name: each
    for each in (
        Timed("quote", "from a wish to its offers", _FAST_MS),
        Timed("accept", "from a pressed offer to the request", _FAST_MS),
        Timed("answer", "any answer of the API", _FAST_MS),
        Timed("replan", "from an event to the plan that answers it", _SLOW_MS),
        Timed("stream_lag", "from a committed event to the screen's line", _FAST_MS),
    )
}
