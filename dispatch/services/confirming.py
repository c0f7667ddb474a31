"""The right car, before energy flows: by its plate, or by the PIN its driver says."""

from django.utils.crypto import constant_time_compare

from dispatch.errors import Conflict, Invalid
from dispatch.selectors.pins import pin_of
from dispatch.services.step import Step


def hold_right_car(step: Step) -> None:
    """Let nobody begin at a car that was not confirmed; of a car without a known plate, any that is read."""
    request, said = step.stop.request, step.report
    if request is None:
        return
    if said.pin:
        if not constant_time_compare(said.pin, pin_of(request.id)):
            raise Conflict("wrong_pin", "That is not this driver's PIN.")
        return
    known, read = _plain(request.vehicle.plate), _plain(said.plate)
    if not read:
        raise Invalid("car_not_confirmed", "The car's plate or its driver's PIN is needed.", path="plate")
    if known and read != known:
        raise Conflict("wrong_car", "That is another car's plate.")


def _plain(plate: str) -> str:
    return "".join(sign for sign in plate.upper() if sign.isalnum())
