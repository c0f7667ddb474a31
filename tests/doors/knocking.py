"""A knock at a door: sent as the case says, and undone."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tests.cast import Door
from tests.doors.cases import CASES
from tests.doors.cases.case import Case, all_of
from tests.doors.found import HttpDoor
from tests.doors.things import fill

NO_CASE = Case(all_of(302))
# What an address may be about, by the name it has there.
NAMES = {
    **dict.fromkeys(("object_id", "content_type_id", "id", "url", "app_label"), "1"),
    "request_id": "{request}",
    "vehicle_id": "{vehicle}",
    "stop_id": "{stop}",
    "unit_id": "{unit}",
    "charger_id": "{charger}",
    "attachment_id": "{attachment}",
    "risk_id": "{risk}",
    "closure_id": "{closure}",
    "sign_in_id": "{sign_in}",
    "membership_id": "{membership}",
    "invitation_id": "{invitation}",
    "device_id": "{device}",
    "version": "2",
}
PLACES = {"page": {"name": "driver", "rest": ""}, "city-file": {"name": "a.pmtiles"}}


@dataclass(frozen=True)
class Heard:
    """What an answer said; none is kept open."""

    status: int
    body: str
    location: str


def send(door: HttpDoor, who: Door, names: dict[str, str], **extra: Any) -> Any:
    """Try, and undo whatever it did."""
    case = CASES.get(str(door), NO_CASE)
    address = fill(door.route.format(**{**NAMES, **PLACES.get(door.name, {})}), names) + case.query
    said = json.dumps(fill(dict(case.body), names))
    with transaction.atomic():
        answer = who.generic(door.method.upper(), address, said, content_type="application/json", **extra)
        transaction.set_rollback(True)
    return answer


def knock(door: HttpDoor, who: Door, names: dict[str, str]) -> Heard:
    """Try, and read the answer to its end."""
    answer = send(door, who, names)
    body = answer.getvalue().decode("utf-8", "replace")
    return Heard(answer.status_code, body, answer.headers.get("Location", ""))
