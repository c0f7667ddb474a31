"""What goes wrong at an outlet, by seed: it runs hot, it breaks, or a car does not want to.

A world without drivers of its own has none of it: whoever tries something there shall meet only what they do.
"""

from dataclasses import dataclass

from routing.simulation.chance import build_dice

# Of all sessions. Chargers in the field fail more often than this; a demo should show other things, too.
HOT, BREAKS, REFUSES = 0.06, 0.015, 0.01
# A hot charger gives so much of what it should; one breaks within this time, and is away so long.
HOT_SHARE, BREAKS_WITHIN_S, REPAIR_S = (0.45, 0.8), 900.0, (600.0, 1_800.0)
FAULT, REFUSAL = "charger_fault", "ev_refuses"


@dataclass(frozen=True, slots=True)
class Fortune:
    """How one session goes: its share of power, when it breaks and for how long, whether the car refuses."""

    share: float = 1.0
    breaks_after_s: float | None = None
    repair_s: float = 0.0
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Mishaps:
    seed: int
    happen: bool = True

    def find_fortune(self, token: str) -> Fortune:
        """Return how the session for this token goes; asked again, it is the same."""
        if not self.happen:
            return Fortune()
        dice = build_dice(self.seed, "mishap", token)
        hot, breaks, refuses = (dice.random() for _ in range(3))
        return Fortune(
            share=dice.uniform(*HOT_SHARE) if hot < HOT else 1.0,
            breaks_after_s=dice.uniform(0.0, BREAKS_WITHIN_S) if breaks < BREAKS else None,
            repair_s=dice.uniform(*REPAIR_S),
            refuses=refuses < REFUSES,
        )
