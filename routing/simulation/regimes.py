"""Days that are not ordinary: rain, a match, a slow crew. From a frozen file that no prediction reads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from routing.model.units import HOUR_S, Seconds
from routing.simulation.chance import build_dice
from routing.simulation.noise import Luck, Noise

ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Regime:
    """What is different on a day.

    Attributes
    ----------
    travel
        From one hour of engine time to another, how much longer every way takes.
    handling
        How much longer parking, plugging in and leaving take.
    crowded_share, crowded_hours, crowded
        A share of the places is harder to get to in these hours, by this factor.
    no_show
        The share of drivers who are not there, of those who are on ordinary days.
    """

    name: str = ORDINARY
    travel: tuple[tuple[float, float, float], ...] = ()
    handling: float = 1.0
    crowded_share: float = 0.0
    crowded_hours: tuple[float, float] = (0.0, 0.0)
    crowded: float = 1.0
    no_show: float = 0.0


@cache
def load_regimes() -> dict[str, Regime]:
    """Return all regimes by name, the ordinary one first."""
    text = (Path(__file__).parent / "data" / "regimes.json").read_text(encoding="utf-8")
    return {name: _read(name, written) for name, written in json.loads(text)["regimes"].items()}


def _read(name: str, written: dict[str, Any]) -> Regime:
    crowded = written.get("crowded", {"share": 0.0, "hours": [0, 0], "factor": 1.0})
    first, last = crowded["hours"]
    return Regime(
        name=name,
        travel=tuple((low, high, factor) for low, high, factor in written.get("travel", [])),
        handling=written.get("handling", 1.0),
        crowded_share=crowded["share"],
        crowded_hours=(first, last),
        crowded=crowded["factor"],
        no_show=written.get("no_show", 0.0),
    )


class RegimeNoise(Noise):
    """The dice of one day under a regime; the ordinary one changes nothing."""

    def __init__(self, seed: int, regime: Regime) -> None:
        super().__init__(seed)
        self.regime = regime

    def travel(self, origin: str, target: str, depart_s: Seconds) -> float:
        """Return how much longer a way takes than planned."""
        hour = depart_s / HOUR_S
        return super().travel(origin, target, depart_s) * self._roads(hour) * self._crowd(target, hour)

    def luck(self, request: str) -> Luck:
        """Return how the visit for a request goes."""
        lucky = super().luck(request)
        stays_away = build_dice("regime", self.seed, "away", request).random() < self.regime.no_show
        return replace(
            lucky,
            handling=lucky.handling * self.regime.handling,
            shows_up=lucky.shows_up and not stays_away,
        )

    def _roads(self, hour: float) -> float:
        spells: Sequence[tuple[float, float, float]] = self.regime.travel
        return next((factor for low, high, factor in spells if low <= hour < high), 1.0)

    def _crowd(self, target: str, hour: float) -> float:
        first, last = self.regime.crowded_hours
        if not first <= hour < last:
            return 1.0
        is_near = build_dice("regime", self.seed, "crowd", target).random() < self.regime.crowded_share
        return self.regime.crowded if is_near else 1.0
