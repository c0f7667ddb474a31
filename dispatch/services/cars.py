"""A driver's cars: added by make and model, renamed, removed. Another's car is as if it did not exist."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.errors import Conflict, Invalid, NotFound, Refused
from dispatch.models import OPEN, ChargeRequest, Vehicle, VehicleModel
from dispatch.services.actors import person_of
from dispatch.services.catalogue import take_model

MOST_CARS = 20
USUAL_SOC = 0.3


@dataclass(frozen=True, slots=True)
class CarWords:
    """What a driver says of a car; None is not said."""

    model_id: UUID | None = None
    name: str | None = None
    plate: str | None = None
    soc_hint: float | None = None


@transaction.atomic
def add_car(caller: Caller, words: CarWords) -> Vehicle:
    """Add a car of a model of the catalogue."""
    if Vehicle.objects.of(caller).kept().count() >= MOST_CARS:
        raise Refused("too_many_vehicles", f"At most {MOST_CARS} cars; remove one first.")
    car = Vehicle(person_id=person_of(caller), soc_hint=USUAL_SOC, plate="")
    model = _model(caller, words.model_id)
    take_model(car, model)
    car.name = f"{model.make} {model.model}"
    _say(car, words)
    car.save(force_insert=True)
    return car


@transaction.atomic
def change_car(caller: Caller, car_id: UUID, words: CarWords) -> Vehicle:
    """Change what was said; another model only while nobody is on the way to charge this one."""
    car = _own(caller, car_id)
    if words.model_id is not None and words.model_id != car.catalogue_id:
        _hold_unasked(caller, car)
        take_model(car, _model(caller, words.model_id))
    _say(car, words)
    car.save()
    return car


@transaction.atomic
def remove_car(caller: Caller, car_id: UUID, wall: datetime) -> None:
    """Take a car off the list; what it was charged with stays on record."""
    car = _own(caller, car_id)
    _hold_unasked(caller, car)
    car.removed_at = wall
    car.save(update_fields=["removed_at"])


def _own(caller: Caller, car_id: UUID) -> Vehicle:
    rows = Vehicle.objects.of(caller).kept().filter(id=car_id, person_id=person_of(caller))
    car = rows.select_for_update(of=("self",)).first()
    if car is None:
        raise NotFound
    return car


def _model(caller: Caller, model_id: UUID | None) -> VehicleModel:
    model = None if model_id is None else VehicleModel.objects.of(caller).filter(id=model_id).first()
    if model is None:
        raise Invalid("unknown_model", "The catalogue holds no such model.", path="model")
    return model


def _hold_unasked(caller: Caller, car: Vehicle) -> None:
    if ChargeRequest.objects.of(caller).filter(vehicle=car, status__in=OPEN).exists():
        raise Conflict("vehicle_in_use", "A charge is under way for this car; cancel it first.")


def _say(car: Vehicle, words: CarWords) -> None:
    for name in ("name", "plate", "soc_hint"):
        said = getattr(words, name)
        if said is not None:
            setattr(car, name, said)
