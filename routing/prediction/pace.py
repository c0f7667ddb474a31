"""How much longer than planned things take at present: a ratio for ways, handling and charging.

Rain or a match is seen in what was finished lately, whatever it is called. What is older counts less, and
a little of it is always believed to have gone as usual, so that one slow visit is no slow day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

type Work = Literal["travel", "handling", "flow"]

WORKS: tuple[Work, ...] = ("travel", "handling", "flow")
HALF_LIFE_S = 2_700.0
"""After so long what was seen counts half."""

FORGOTTEN_S = 6 * HALF_LIFE_S


@dataclass(frozen=True, slots=True)
class Done:
    """Something that is over: what it was, when it ended, its planned and its real seconds."""

    work: Work
    end_s: float
    planned_s: float
    real_s: float


@dataclass(frozen=True, slots=True)
class Pace:
    """Real over planned seconds, by kind of work."""

    travel: float = 1.0
    handling: float = 1.0
    flow: float = 1.0

    def ratio(self, work: Work) -> float:
        """Return the ratio of one kind of work."""
        return {"travel": self.travel, "handling": self.handling, "flow": self.flow}[work]


AS_PLANNED = Pace()


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual, and how firmly it is believed.

    Parameters
    ----------
    pace
        Of ordinary days.
    weight_s
        Planned seconds of work that must be seen until that counts as much as what is usual.
    """

    pace: Pace = AS_PLANNED
    weight_s: Pace = Pace(travel=5_400.0, handling=9_000.0, flow=36_000.0)


def measure_pace(done: Iterable[Done], now_s: float, usual: Usual) -> Pace:
    """Return the present pace.

    Parameters
    ----------
    done
        What was finished by `now_s`; its order does not matter.
    """
    planned = dict.fromkeys(WORKS, 0.0)
    real = dict.fromkeys(WORKS, 0.0)
    for one in done:
        age_s = now_s - one.end_s
        if one.planned_s > 0 and 0 <= age_s <= FORGOTTEN_S:
            weight = 0.5 ** (age_s / HALF_LIFE_S)
            planned[one.work] += weight * one.planned_s
            real[one.work] += weight * one.real_s
    ratios = {
        work: (usual.pace.ratio(work) * usual.weight_s.ratio(work) + real[work])
        / (usual.weight_s.ratio(work) + planned[work])
        for work in WORKS
    }
    return Pace(ratios["travel"], ratios["handling"], ratios["flow"])


def learn_usual(done: Iterable[Done]) -> Pace:
    """Return the pace of all that is known, every second of work alike."""
    planned = dict.fromkeys(WORKS, 0.0)
    real = dict.fromkeys(WORKS, 0.0)
    for one in done:
        if one.planned_s > 0:
            planned[one.work] += one.planned_s
            real[one.work] += one.real_s
    ratios = {work: real[work] / planned[work] if planned[work] else 1.0 for work in WORKS}
    return Pace(ratios["travel"], ratios["handling"], ratios["flow"])
