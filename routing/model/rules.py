"""Every hard rule and every soft goal, named once.

The constraint, the violation, the explanation, the API and the screens use these names.
"""

from dataclasses import dataclass
from typing import Literal, get_args

type Rule = Literal[
    "window", "finish_by", "access", "shift", "break",
    "energy", "way_to_plug", "recharge_power", "plug_conflict", "plug_reserved", "grid_power",
    "connector", "power", "voltage", "height", "weight", "kind", "site", "reach",
    "lock", "continuity", "timing", "unknown_reference", "duplicate", "missing",
]  # fmt: skip

type Measure = Literal["s", "wh", "w", "v", "mm", "kg", "count"]

type Goal = Literal[
    "distance", "time", "unit_use", "waiting", "promise", "change", "unserved", "low_pack", "overtime"
]  # fmt: skip

type NotServed = Literal[
    "no_unit_on_shift", "window_infeasible", "energy_insufficient", "connector_mismatch", "power_too_low",
    "height_or_weight", "outside_area", "access_closed", "skill_missing", "duty_limit", "fleet_saturated",
    "lock_conflict", "not_worth_it",
]  # fmt: skip

RULES: tuple[str, ...] = get_args(Rule.__value__)
GOALS: tuple[str, ...] = get_args(Goal.__value__)
NOT_SERVED: tuple[str, ...] = get_args(NotServed.__value__)

_CODES: dict[Rule, NotServed] = {
    "window": "window_infeasible",
    "finish_by": "window_infeasible",
    "access": "access_closed",
    "shift": "duty_limit",
    "break": "duty_limit",
    "connector": "connector_mismatch",
    "voltage": "connector_mismatch",
    "power": "power_too_low",
    "height": "height_or_weight",
    "weight": "height_or_weight",
    "kind": "skill_missing",
    "site": "outside_area",
    "reach": "outside_area",
    "lock": "lock_conflict",
    "plug_conflict": "energy_insufficient",
    "plug_reserved": "energy_insufficient",
    "recharge_power": "energy_insufficient",
    "grid_power": "energy_insufficient",
    "energy": "energy_insufficient",
    "way_to_plug": "energy_insufficient",
}


def code_for(rule: Rule) -> NotServed:
    """Return the reason a driver is given when this rule is what stands in the way."""
    return _CODES.get(rule, "fleet_saturated")


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken, by how much, and where.

    Attributes
    ----------
    rule : Rule
        Which rule.
    amount : int
        By how much, in `measure`.
    unit, shift : str or None
        The route.
    stop : int or None
        Index of the stop on that route.
    subject : str or None
        The request, plug, break or other thing it is about.
    """

    rule: Rule
    amount: int
    measure: Measure
    unit: str | None = None
    shift: str | None = None
    stop: int | None = None
    subject: str | None = None

    def __str__(self) -> str:
        """Return one line for people."""
        route = f"{self.unit}/{self.shift}" if self.unit else "plan"
        where = route if self.stop is None else f"{route} stop {self.stop}"
        about = f" ({self.subject})" if self.subject else ""
        return f"{where}{about}: {self.rule} broken by {self.amount} {self.measure}"
