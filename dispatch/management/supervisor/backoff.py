"""How long to wait before what died is started again."""

from dataclasses import dataclass

FIRST_S = 0.2
LONGEST_S = 10.0
HEALTHY_AFTER_S = 30.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """Doubles with every early death; a life of half a minute is forgiven all that was before."""

    early_deaths: int = 0

    def after_death(self, lived_s: float) -> "Backoff":
        """Remember one more death."""
        return Backoff(0 if lived_s >= HEALTHY_AFTER_S else self.early_deaths + 1)

    @property
    def delay_s(self) -> float:
        """The wait before the next start."""
        doublings = min(max(self.early_deaths - 1, 0), 10)
        return float(min(FIRST_S * 2**doublings, LONGEST_S))
