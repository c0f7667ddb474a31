"""What a dispatcher tells a charger: the interlock holds for them, too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.errors import Conflict, NotFound, Refused
from dispatch.models import Charger, ChargerCommand, ChargingSession
from dispatch.services.actors import actor_of
from dispatch.services.charging.commands import queue_command
from dispatch.services.charging.interlock import find_working, token_of

_VERB = ChargerCommand.Verb


@transaction.atomic
def give_order(
    caller: Caller,
    charger_id: UUID,
    verb: ChargerCommand.Verb,
    said: dict[str, Any],
    why: str,
    wall: datetime,
) -> ChargerCommand:
    """Queue a command of a person's; returns its row, whose status says what became of it."""
    charger = Charger.objects.of(caller).filter(id=charger_id).exclude(identity="").first()
    if charger is None:
        raise NotFound
    more: dict[str, Any] = {}
    if verb == _VERB.START:
        said, more = _aim_start(charger, wall)
    elif verb in (_VERB.STOP, _VERB.CAP):
        aim, more = _aim_at_session(charger)
        said = {**said, **aim}
    return queue_command(charger, verb, said, who=actor_of(caller), why=why, wall=wall, **more)


def _aim_start(charger: Charger, wall: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    stop = find_working(charger, wall)
    if stop is None or stop.done_at is not None:
        raise Refused("not_at_work", "Nobody works at a car with this charger now.")
    return {"token": token_of(stop), "connector": 1}, {"stop": stop}


def _aim_at_session(charger: Charger) -> tuple[dict[str, Any], dict[str, Any]]:
    rows = ChargingSession.objects.of(Caller.system()).filter(charger=charger, ended_at__isnull=True)
    session = rows.order_by("-started_at").first()
    if session is None:
        raise Conflict("nothing_runs", "No session runs at this charger.")
    return {"number": session.number, "ref": session.ref}, {"session": session}
