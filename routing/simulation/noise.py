"""What really happens, drawn from the frozen file: the same for every policy that lives through a day.

Each thing has dice of its own, named after it, so that one policy's choices do not change another's luck.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from routing.model.units import HOUR_S, Seconds
from routing.simulation.benchmarks import load_noise
from routing.simulation.chance import build_dice
from routing.simulation.distributions import draw_quantile

type Times = tuple[Seconds, Seconds]
"""From, to."""


@dataclass(frozen=True, slots=True)
class Luck:
    """How one visit really goes.

    Attributes
    ----------
    handling, charging
        How much longer parking, plugging in and leaving take than planned, and the charging.
    energy
        The share of what was asked that the car takes in the end.
    shows_up
        False: nobody is there, the car is gone.
    cancels
        The share of the time between asking and the visit after which it is called off; None: never.
    """

    handling: float = 1.0
    charging: float = 1.0
    energy: float = 1.0
    shows_up: bool = True
    cancels: float | None = None


class Noise:
    """The dice of one day; `Noise(None)` is a day that goes as planned.

    Parameters
    ----------
    seed
        Another seed, another day.
    """

    def __init__(self, seed: int | None) -> None:
        self.seed = seed
        self._frozen = load_noise()
        self._day = self._factor("day_traffic_factor", "traffic")
        self.no_show_wait_s: Seconds = self._frozen["no_show_wait_s"]

    def _dice(self, *names: object) -> Random:
        return build_dice("noise", self.seed, *names)

    def _factor(self, what: str, *names: object) -> float:
        if self.seed is None:
            return 1.0
        values: Sequence[float] = self._frozen[what]
        return draw_quantile(self._dice(what, *names), tuple(values))

    def travel(self, origin: str, target: str, depart_s: Seconds) -> float:
        """Return how much longer a way takes than planned; the same for all who drive it in that hour."""
        return self._day * self._factor("travel_factor", origin, target, depart_s // HOUR_S)

    def driving(self, unit: str, depart_s: Seconds) -> float:
        """Return how much more than planned a way draws from the pack."""
        return self._factor("drive_energy_factor", unit, depart_s)

    def recharging(self, unit: str, plug: str, hour: int) -> float:
        """Return how much longer a recharge takes than planned."""
        return self._factor("charging_factor", unit, plug, hour)

    def luck(self, request: str) -> Luck:
        """Return how the visit for a request goes."""
        if self.seed is None:
            return Luck()
        dice = self._dice("luck", request)
        shows_up = dice.random() >= self._frozen["no_show"]
        cancels = dice.random() if dice.random() < self._frozen["cancelled"] else None
        return Luck(
            handling=self._factor("handling_factor", request),
            charging=self._factor("charging_factor", request),
            energy=self._factor("asked_energy_factor", request),
            shows_up=shows_up,
            cancels=cancels,
        )

    def breakdowns(self, unit: str, until_s: Seconds) -> list[Times]:
        """List from when to when a unit is out of service."""
        return list(self._spells("breakdown", "breakdown_per_unit_h", unit, until_s))

    def outages(self, plug: str, until_s: Seconds) -> list[Times]:
        """List from when to when a plug gives nothing."""
        return list(self._spells("outage", "outage_per_plug_h", plug, until_s))

    def _spells(self, what: str, rate: str, name: str, until_s: Seconds) -> Iterator[Times]:
        if self.seed is None:
            return
        dice = self._dice(what, name)
        at_s = int(dice.expovariate(self._frozen[rate] / HOUR_S))
        while at_s < until_s:
            end_s = at_s + dice.randint(*self._frozen[f"{what}_s"])
            yield at_s, end_s
            at_s = end_s + int(dice.expovariate(self._frozen[rate] / HOUR_S))
