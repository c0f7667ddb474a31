"""The risk inbox: what threatens an area is looked at every other second, and told when it differs.

A threshold crossed is told once; while it lasts, only a change that a person would notice is. What a
better plan may mend asks for one, once for each risk that begins.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import Fact, record
from dispatch.models import RiskItem, RiskKind, ServiceArea
from dispatch.selectors.render import iso
from dispatch.selectors.risks.rules import find_risks
from dispatch.selectors.risks.scene import read_scene
from dispatch.selectors.risks.suspects import list_suspects
from dispatch.selectors.risks.values import Found, Key, Scene
from dispatch.selectors.streams import area_stream
from dispatch.services.actors import SYSTEM
from dispatch.services.replans import want_replan

CHANGED = "risks.changed"
# What begins asks for a plan that reckons with it; faults of chargers and late units ask for themselves.
REPLAN = {
    RiskKind.LOW_SOC: "pack.below_plan",
    RiskKind.PLUG_DOWN: "plug.down",
    RiskKind.PLUG_CONFLICT: "plug.conflict",
    RiskKind.ACCESS_CLOSED: "access.closed",
    RiskKind.PREDICTED_LATE: "promise.late",
    RiskKind.NOT_CHARGING: "visit.overdue",
}
# When they end, the plan may reckon with them again.
RECOVERED = {RiskKind.PLUG_DOWN: "plug.recovered"}
# A figure that has changed by less is the same to a person who reads it.
STEPS = {"chance_pct": 10, "short_wh": 500, "behind_wh": 500, "pack_wh": 2_000, "visits": 1, "uses": 1}
STEP, SHIFT = 60, timedelta(seconds=60)
_FIELDS = ["cause", "facts", "at", "hurt", "unit", "request", "stop", "plug"]
_HOUSE = Caller.system()


@dataclass(slots=True)
class Difference:
    """What has begun, what is noticeably another, and what is over."""

    began: list[RiskItem] = field(default_factory=list)
    changed: list[RiskItem] = field(default_factory=list)
    over: list[RiskItem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.began or self.changed or self.over)


def watch_risks(area: ServiceArea, now: datetime, wall: datetime) -> Difference:
    """Look at an area; returns what differs from what was told."""
    with transaction.atomic():
        if not take_turn(area.id):
            return Difference()
        known = {(row.kind, row.subject): row for row in RiskItem.objects.of(_HOUSE).filter(area=area)}
        found = find_risks(_look(area, known.values(), now, wall), known.keys())
        difference = compare(area, found, known)
        if difference:
            _write(area, difference, now)
    _ask_for_plans(area.id, difference, wall)
    return difference


def _look(area: ServiceArea, known: Iterable[RiskItem], now: datetime, wall: datetime) -> Scene:
    rows = list(known)
    units = {row.unit_id for row in rows if row.unit_id is not None}
    requests = {row.request_id for row in rows if row.request_id is not None}
    return read_scene(area, list_suspects(area, units, requests, now, wall), now, wall)


def take_turn(area_id: UUID) -> bool:
    """Be the one who looks at an area's risks, until the transaction ends; another is looking already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"risks {area_id}"])
        row = cursor.fetchone()
    return bool(row and row[0])


def compare(area: ServiceArea, found: Sequence[Found], known: Mapping[Key, RiskItem]) -> Difference:
    """Compare what is found with what was told; a row that stays keeps since when."""
    difference = Difference()
    for one in found:
        row = known.get(one.key)
        if row is None:
            difference.began.append(_build(area, one))
        elif _differs(row, one):
            _take(row, one)
            difference.changed.append(row)
    still: Collection[Key] = {one.key for one in found}
    difference.over = [row for key, row in known.items() if key not in still]
    return difference


def _build(area: ServiceArea, one: Found) -> RiskItem:
    row = RiskItem(operator_id=area.operator_id, area=area, kind=one.kind, subject=one.subject)
    row.since = one.since
    _take(row, one)
    return row


def _take(row: RiskItem, one: Found) -> None:
    if row.stop != one.stop:
        # A way out was for another visit.
        row.fix, row.tried = None, ""
    row.cause, row.facts, row.at = one.cause, dict(one.facts), one.at
    row.unit_id, row.request_id, row.stop, row.plug = one.unit, one.request, one.stop, one.plug
    row.hurt = _hurt(one)


def _hurt(one: Found) -> list[dict[str, Any]]:
    return [
        {
            "request": str(hurt.request),
            "what": hurt.what,
            "promised": iso(hurt.promised),
            "late_s": hurt.late_s,
        }
        for hurt in one.hurt
    ]


def _differs(row: RiskItem, one: Found) -> bool:
    named = (row.cause, row.unit_id, row.request_id, row.stop, row.plug)
    if named != (one.cause, one.unit, one.request, one.stop, one.plug):
        return True
    if row.facts.keys() != one.facts.keys() or _at_differs(row.at, one.at):
        return True
    touched = [(hurt["request"], hurt["promised"]) for hurt in row.hurt]
    if touched != [(str(hurt.request), iso(hurt.promised)) for hurt in one.hurt]:
        return True
    return any(abs(value - row.facts[name]) >= STEPS.get(name, STEP) for name, value in one.facts.items())


def _at_differs(before: datetime | None, after: datetime | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(after - before) >= SHIFT


def _write(area: ServiceArea, difference: Difference, now: datetime) -> None:
    rows = RiskItem.objects.of(_HOUSE)
    rows.filter(id__in=[row.id for row in difference.over]).delete()
    RiskItem.objects.bulk_create(difference.began)
    rows.bulk_update(difference.changed, [*_FIELDS, "fix", "tried"])
    tell_risks(area, now, difference)


def tell_risks(area: ServiceArea, now: datetime, difference: Difference) -> None:
    """Tell the consoles; the event keeps kinds and ids of what began and what is over."""
    data: dict[str, Any] = {"risks": {"began": _names(difference.began), "over": _names(difference.over)}}
    record(area.operator_id, SYSTEM, now, [Fact(area_stream(area.id), CHANGED, data)])


def _names(rows: Sequence[RiskItem]) -> list[dict[str, str]]:
    return [{"kind": str(row.kind), "subject": str(row.subject)} for row in rows]


def _ask_for_plans(area_id: UUID, difference: Difference, wall: datetime) -> None:
    causes = {REPLAN.get(RiskKind(row.kind)) for row in difference.began}
    causes |= {RECOVERED.get(RiskKind(row.kind)) for row in difference.over}
    for cause in sorted(cause for cause in causes if cause is not None):
        want_replan(area_id, cause, wall)
