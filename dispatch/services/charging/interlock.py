"""Energy flows only for the visit it is meant for: where, when, and for whom.

A unit's charger serves the request whose stop is being worked on there; a depot's plug fills the pack of
the unit whose recharge is being worked on. Both show the stop's own token. Anything else is refused, and
an alarm when the charger has begun all the same.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.callers import Caller
from dispatch.broadcast.outbox import Fact
from dispatch.models import Charger, ChargerCommand, ChargingSession, CommandStatus, Flag, Stop, StopState
from dispatch.selectors.streams import area_stream
from dispatch.services.actors import SYSTEM
from dispatch.services.charging.commands import queue_command
from dispatch.services.charging.links import Scene

_HOUSE = Caller.system()
# OCPP 1.6 has room for twenty characters.
_TOKEN_LENGTH = 20
# Late news is of a stop that may be done by now; the charger's clock may be a little off.
_LATELY, _SLACK = 12, timedelta(minutes=2)
VERB = ChargerCommand.Verb


def token_of(stop: Stop) -> str:
    """Return what a charger must show to serve this stop."""
    return stop.id.hex[-_TOKEN_LENGTH:].upper()


def find_stop(charger: Charger, token: str, at: datetime) -> Stop | None:
    """Find the stop a charger may (or might, at that time) charge for: None means no."""
    for stop in _list_worked_on(charger, at):
        if token_of(stop) == token.upper():
            return stop
    return None


def find_working(charger: Charger, at: datetime) -> Stop | None:
    """Find the stop that was being worked on at that time, for news that names none."""
    worked = (stop for stop in _list_worked_on(charger, at) if stop.done_at is None or at <= stop.done_at)
    return next(worked, None)


def may_charge(charger: Charger, token: str) -> bool:
    """Say whether this token opens the charger now."""
    working = _list_stops(charger).filter(state=StopState.WORKING)
    return any(token_of(stop) == token.upper() for stop in working)


def bind(session: ChargingSession, stop: Stop | None) -> None:
    """Let a session be of a stop, and of its request or of its unit's pack; without one it is marked."""
    session.stop = stop
    if stop is None:
        session.mark(Flag.NO_STOP)
        return
    session.unmark(Flag.NO_STOP)
    if stop.kind == Stop.Kind.SERVE:
        session.request_id = stop.request_id
    else:
        session.pack = stop.unit.pack


def raise_alarm(scene: Scene, session: ChargingSession) -> None:
    """Tell the console that energy flows for nobody we know, and have it stopped."""
    charger = scene.charger
    data = {"charger": str(charger.id), "session": str(session.id), "units": _units_of(charger)}
    scene.facts.append(Fact(area_stream(area_of(charger)), "charger.alarm", data, Flag.NO_STOP))
    if session.ended_at is None:
        _stop(scene, session, "no_stop")


def hold_limit(scene: Scene, session: ChargingSession) -> None:
    """Stop a session that has delivered what was asked, if its charger has not done so itself."""
    stop = session.stop
    if stop is None or stop.kind != Stop.Kind.SERVE or session.ended_at is not None:
        return
    if session.energy_wh >= limit_of(stop):
        _stop(scene, session, "target_reached")


def limit_of(stop: Stop) -> int:
    """Return the most energy at the outlet's meter a stop is for; a pack may be filled at any time."""
    if stop.kind == Stop.Kind.SERVE:
        return stop.energy_wh
    plug = stop.plug
    assert plug is not None, "a recharge has a plug: the database holds it"
    room_wh = max(stop.unit.pack.usable_wh - stop.unit.state.pack_wh, 0)
    return room_wh * 100 // plug.efficiency_pct


def allow(stop: Stop, charger: Charger, wall: datetime) -> None:
    """Let a charger begin for a stop: how much at most, then the start."""
    token = token_of(stop)
    limit = {"token": token, "energy_wh": limit_of(stop)}
    queue_command(charger, VERB.LIMIT, limit, who=SYSTEM, why="stop_working", wall=wall, stop=stop)
    start = {"token": token, "connector": 1}
    queue_command(charger, VERB.START, start, who=SYSTEM, why="stop_working", wall=wall, stop=stop)


def stop_charging(stop: Stop, why: str, wall: datetime) -> None:
    """Have whatever still flows for a stop stopped."""
    rows = ChargingSession.objects.of(_HOUSE).filter(stop=stop, ended_at__isnull=True)
    for session in rows.select_related("charger"):
        if session.charger.speaks:
            queue_stop(session.charger, session, why, wall)


def set_available(charger: Charger, *, available: bool, why: str, wall: datetime) -> None:
    """Let a charger be used at all, or not: not while its unit travels."""
    said = {"available": available}
    queue_command(charger, VERB.AVAILABILITY, said, who=SYSTEM, why=why, wall=wall)


def queue_stop(charger: Charger, session: ChargingSession, why: str, wall: datetime) -> None:
    """Queue a stop, unless one is on its way or was heard."""
    heard = (CommandStatus.QUEUED, CommandStatus.SENT, CommandStatus.ACCEPTED)
    rows = ChargerCommand.objects.of(_HOUSE).filter(session=session, verb=VERB.STOP, status__in=heard)
    if rows.exists():
        return
    said = {"number": session.number, "ref": session.ref}
    queue_command(charger, VERB.STOP, said, who=SYSTEM, why=why, wall=wall, session=session)


def area_of(charger: Charger) -> UUID:
    """Return the area a charger works in."""
    if charger.unit is not None:
        return charger.unit.area_id
    assert charger.plug is not None, "a charger sits in a unit or at a plug: the database holds it"
    return charger.plug.depot.area_id


def _stop(scene: Scene, session: ChargingSession, why: str) -> None:
    queue_stop(scene.charger, session, why, scene.wall)


def _units_of(charger: Charger) -> list[str]:
    return [] if charger.unit_id is None else [str(charger.unit_id)]


def _list_stops(charger: Charger) -> QuerySet[Stop]:
    """List the stops this charger is there for."""
    rows = Stop.objects.of(_HOUSE).select_related("unit")
    if charger.unit_id is not None:
        return rows.filter(unit=charger.unit_id, kind=Stop.Kind.SERVE)
    return rows.filter(plug=charger.plug_id, kind=Stop.Kind.RECHARGE)


def _list_worked_on(charger: Charger, at: datetime) -> list[Stop]:
    rows = _list_stops(charger).filter(worked_from__isnull=False, worked_from__lte=at + _SLACK)
    return list(rows.order_by("-worked_from")[:_LATELY])
