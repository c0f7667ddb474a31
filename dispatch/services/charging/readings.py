"""What the meter said during a session: kept once, added up, and what does not add up is marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from django.db.models import QuerySet

from accounts.callers import Caller
from accounts.ids import new_id
from dispatch.models import ChargingSession, Flag, MeterReading
from dispatch.services.charging import many
from dispatch.services.charging.instants import find_instant
from dispatch.services.charging.links import Scene
from dispatch.services.charging.news import Gain
from dispatch.services.charging.register import Point, count
from dispatch.services.charging.reports import Sample

_HOUSE = Caller.system()
# These say how the register behaved; they are found anew whenever it is counted again.
_COUNTED = (Flag.BACKWARDS, Flag.REPLACED, Flag.ROLLOVER)
_UNSURE = {str(flag) for flag in (*_COUNTED, Flag.WRONG_CLOCK, Flag.END_MISSING, Flag.NO_START)}
TICK = timedelta(milliseconds=1)
_COLUMNS = {
    "id": "uuid", "operator_id": "uuid", "session_id": "uuid", "at": "timestamptz", "said_at": "timestamptz",
    "register_wh": "bigint", "power_w": "integer", "offered_w": "integer", "soc": "float8", "signed": "text",
    "source": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading that may be new: a row of `MeterReading`, cheaper to make by the thousand."""

    id: UUID
    operator_id: UUID
    session_id: UUID
    at: datetime
    said_at: datetime
    register_wh: int | None
    power_w: int | None
    offered_w: int | None
    soc: float | None
    signed: str
    source: str = "charger"


def take_samples(scene: Scene, session: ChargingSession, samples: Iterable[Sample]) -> Gain | None:
    """Keep what is new of these samples and count it; returns what it added, None when nothing is new."""
    fresh = keep(build_rows(scene, session, samples))
    if not fresh:
        return None
    return add_up(session, fresh, scene.charger.power_w)


def add_up(session: ChargingSession, fresh: list[Reading], power_w: int) -> Gain:
    """Count what new readings add to a session."""
    before_wh, since = session.energy_wh, session.read_at or session.started_at
    goes_on = continues(session, fresh)
    for row in fresh:
        _follow(session, row)
    if goes_on:
        _add(session, fresh)
    else:
        recount(session, power_w)
    return Gain(max(session.energy_wh - before_wh, 0), since, session.read_at or since)


def recount(session: ChargingSession, power_w: int) -> None:
    """Count a session's energy from all its readings, and find again what is wrong with its register."""
    # With a clock that is wrong, and news in any order, nothing but the register tells the order.
    order = ("register_wh", "at") if _has_no_order(session) else ("at", "register_wh")
    rows = _believed(session).filter(register_wh__isnull=False).order_by(*order)
    points = [Point(at, wh) for at, wh in rows.values_list("at", "register_wh") if wh is not None]
    if session.ended_at is not None and Flag.END_MISSING not in session.flags and order[0] == "at":
        points = [point for point in points if point.at <= session.ended_at]
    counted = count(points, power_w)
    session.energy_wh = counted.energy_wh
    if points:
        session.meter_start_wh, session.meter_end_wh = points[0].wh, points[-1].wh
    for flag in _COUNTED:
        (session.mark if flag in counted.flags else session.unmark)(flag)


def _has_no_order(session: ChargingSession) -> bool:
    """Say whether neither clock nor arrival orders the readings: events of 2.0.1 may come in any order."""
    return Flag.WRONG_CLOCK in session.flags and bool(session.ref) and session.number is None


def _believed(session: ChargingSession) -> QuerySet[MeterReading]:
    """A charger's own readings count before typed ones, which stand in only for an end it has not told."""
    rows = MeterReading.objects.of(_HOUSE).filter(session=session)
    by_hand = session.number is None and not session.ref
    return rows if by_hand or Flag.END_MISSING in session.flags else rows.filter(source="charger")


def build_rows(scene: Scene, session: ChargingSession, samples: Iterable[Sample]) -> list[Reading]:
    """Build the readings of samples; a clock that cannot be right is marked on the session."""
    return [_row(scene, session, sample) for sample in samples]


def _row(scene: Scene, session: ChargingSession, sample: Sample) -> Reading:
    at, wrong = find_instant(sample.at, scene.now, session.started_at)
    if wrong:
        session.mark(Flag.WRONG_CLOCK)
        at = _after_last(session, at)
    return Reading(
        id=new_id(),
        operator_id=session.operator_id,
        session_id=session.id,
        at=at,
        said_at=sample.at,
        register_wh=sample.register_wh,
        power_w=sample.power_w,
        offered_w=sample.offered_w,
        soc=sample.soc,
        signed=sample.signed,
    )


def _after_last(session: ChargingSession, at: datetime) -> datetime:
    """Order what has no time of its own by when it came."""
    return at if session.read_at is None else max(at, session.read_at + TICK)


def keep(rows: list[Reading]) -> list[Reading]:
    """Insert, of any number of sessions; a constraint decides which are new."""
    kept = many.insert("dispatch_meterreading", _COLUMNS, map(attrgetter(*_COLUMNS), rows), returning=["id"])
    return [row for row in rows if (row.id,) in kept]


def _follow(session: ChargingSession, row: Reading) -> None:
    """Take what is newest: power, the car's level; a value from after the end changes nothing."""
    ended = session.ended_at is not None and Flag.END_MISSING not in session.flags
    if ended and session.ended_at is not None and row.at > session.ended_at:
        session.mark(Flag.AFTER_END)
        return
    if session.soc_start is None:
        session.soc_start = row.soc
    if session.read_at is not None and row.at < session.read_at:
        return
    session.read_at = row.at
    session.soc_end = session.soc_end if row.soc is None else row.soc
    session.power_w = session.power_w if row.power_w is None else row.power_w


def continues(session: ChargingSession, fresh: Sequence[Reading]) -> bool:
    """Say whether these simply go on from what was read last: then adding is enough."""
    if session.meter_end_wh is None or session.read_at is None or session.ended_at is not None:
        return False
    if not _UNSURE.isdisjoint(session.flags):
        return False
    at, wh = session.read_at, session.meter_end_wh
    for row in fresh:
        if row.register_wh is None:
            continue
        if row.at < at or row.register_wh < wh:
            return False
        at, wh = row.at, row.register_wh
    return True


def _add(session: ChargingSession, fresh: list[Reading]) -> None:
    for row in fresh:
        if row.register_wh is not None and session.meter_end_wh is not None:
            session.energy_wh += row.register_wh - session.meter_end_wh
            session.meter_end_wh = row.register_wh
