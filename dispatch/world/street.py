"""The cars at the kerb: what only the world knows about them, and no server should."""

from dataclasses import dataclass

from dispatch.world.day import Job

# Assumed of a car that a person, not the world, has parked.
TYPICAL_USABLE_WH, TYPICAL_MAX_DC_W = 60_000, 100_000
OUTLET_TO_BATTERY = 0.96


@dataclass(frozen=True, slots=True)
class ParkedCar:
    usable_wh: int
    max_dc_w: int
    soc: float
    is_there: bool = True


class Street:
    """Cars by plate; a stranger's car is what its driver says it is."""

    def __init__(self) -> None:
        self._cars: dict[str, ParkedCar] = {}

    def park(self, plate: str, car: ParkedCar) -> None:
        self._cars[plate] = car

    def leave(self, plate: str) -> None:
        self._cars.pop(plate, None)

    def find_car(self, job: Job) -> ParkedCar:
        return self._cars.get(job.plate) or imagine_car(job)


def imagine_car(job: Job) -> ParkedCar:
    """Guess a car from what its driver asked for: so much energy lifts it from here to there."""
    gain = (job.target_soc or 0.0) - job.soc
    usable_wh = round(job.energy_wh * OUTLET_TO_BATTERY / gain) if gain > 0.02 else TYPICAL_USABLE_WH
    return ParkedCar(max(usable_wh, 15_000), TYPICAL_MAX_DC_W, job.soc)
