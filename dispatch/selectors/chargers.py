"""Chargers for the console: a list, and one with its sessions, commands and latest frames."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.callers import Caller
from accounts.models import Person
from dispatch.models import (
    Attachment,
    Charger,
    ChargerCommand,
    ChargerState,
    ChargingSession,
    MeterReading,
    OcppMessage,
)
from dispatch.selectors.documents.chargers import (
    ChargerDetail,
    ChargerView,
    CommandView,
    MessageView,
    SessionView,
)
from dispatch.selectors.render import iso, iso_or_none, kilo

LATEST = 50
# Chargers say something every minute; one that has missed several is away, whatever its row says.
SILENT = timedelta(minutes=3)
_JOINED = ("unit", "plug", "state")


def list_charger_views(caller: Caller, area_id: UUID, wall: datetime) -> list[ChargerView]:
    """List the chargers of an area's units and plugs that speak, alarms first; one query."""
    here = Q(unit__area=area_id) | Q(plug__depot__area=area_id)
    rows = _list_rows(caller).filter(here).exclude(identity="")
    views = [_view(charger, wall) for charger in rows.order_by("identity")]
    return sorted(views, key=lambda view: not view["alarm"])


def find_charger_detail(caller: Caller, charger_id: UUID, wall: datetime) -> ChargerDetail | None:
    """Return one charger with what it did, was told and said lately; None for another's."""
    charger = _list_rows(caller).filter(id=charger_id).first()
    if charger is None:
        return None
    pictured = MeterReading.objects.of(caller).filter(photo__isnull=False)
    sessions = ChargingSession.objects.of(caller).filter(charger=charger).order_by("-started_at")
    sessions = sessions.prefetch_related(Prefetch("readings", pictured))
    commands = list(ChargerCommand.objects.of(caller).filter(charger=charger).order_by("-queued_at")[:LATEST])
    messages = OcppMessage.objects.of(caller).filter(charger=charger).order_by("-id")
    return {
        **_view(charger, wall),
        "sessions": [_session(row) for row in sessions[:LATEST]],
        "commands": list_command_views(commands),
        "messages": [_message(row) for row in messages[:LATEST]],
    }


def list_command_views(commands: Iterable[ChargerCommand]) -> list[CommandView]:
    """Show commands, with the names of those who gave them."""
    rows = list(commands)
    persons = {row.who.partition(":")[2] for row in rows if row.who.startswith("person:")}
    named = Person.objects.of(Caller.system()).filter(id__in=persons).values_list("id", "name")
    names = {f"person:{key}": name for key, name in named}
    return [
        {
            "id": str(row.id),
            "verb": row.verb,
            "said": row.said,
            "status": row.status,
            "who": names.get(row.who, row.who),
            "why": row.why,
            "answer": row.answer,
            "queued_at": iso(row.queued_at),
            "sent_at": iso_or_none(row.sent_at),
            "answered_at": iso_or_none(row.answered_at),
        }
        for row in rows
    ]


def _list_rows(caller: Caller) -> QuerySet[Charger]:
    """List chargers, and whether energy flows at them for nobody we know."""
    for_nobody = ChargingSession.objects.of(caller).filter(
        charger=OuterRef("id"), ended_at__isnull=True, stop__isnull=True
    )
    return Charger.objects.of(caller).select_related(*_JOINED).annotate(alarm=Exists(for_nobody))


def _view(charger: Charger, wall: datetime) -> ChargerView:
    state: ChargerState = getattr(charger, "state", None) or ChargerState.of_charger(charger)
    heard = state.seen_at is not None and wall - state.seen_at < SILENT
    return {
        "id": str(charger.id),
        "identity": charger.identity,
        "unit": None if charger.unit is None else str(charger.unit.id),
        "unit_name": None if charger.unit is None else charger.unit.name,
        "plug": None if charger.plug is None else str(charger.plug.id),
        "plug_name": None if charger.plug is None else charger.plug.name,
        "protocol": state.protocol or charger.protocol,
        "online": state.link is not None and heard,
        "seen_at": iso_or_none(state.seen_at),
        "connected_at": iso_or_none(state.connected_at),
        "vendor": state.vendor,
        "model": state.model,
        "firmware": state.firmware,
        "status": state.status,
        "error_code": state.error_code,
        "alarm": charger.alarm,  # type: ignore[attr-defined]  # by `_list_rows`
        "power_w": state.power_w,
        "power_kw": kilo(charger.power_w),
        "limit_kw": None if state.limit_w is None else kilo(state.limit_w),
        "connectors": charger.connectors,
    }


def _session(row: ChargingSession) -> SessionView:
    return {
        "id": str(row.id),
        "request": None if row.request_id is None else str(row.request_id),
        "stop": None if row.stop_id is None else str(row.stop_id),
        "state": row.state,
        "started_at": iso(row.started_at),
        "ended_at": iso_or_none(row.ended_at),
        "end_reason": row.end_reason,
        "energy_wh": row.energy_wh,
        "soc": row.soc_end,
        "power_w": row.power_w if row.ended_at is None else None,
        "flags": row.flags,
        "photo": _photo(row),
    }


def _photo(row: ChargingSession) -> str | None:
    """Return the picture of a reading that was typed in the charger's place."""
    found = (str(reading.photo_id) for reading in row.readings.all() if reading.photo_id is not None)
    return next(found, None)


def find_attachment(caller: Caller, attachment_id: UUID) -> Attachment | None:
    return Attachment.objects.of(caller).filter(id=attachment_id).first()


def _message(row: OcppMessage) -> MessageView:
    return {
        "id": row.id,
        "ours": row.ours,
        "action": row.action,
        "message_id": row.message_id,
        "frame": row.frame,
        "answer": row.answer,
        "at": iso(row.at),
    }
