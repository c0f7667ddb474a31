"""Sessions from what chargers report: begun, continued, ended, in whatever order the news comes."""

from datetime import datetime

from django.db.models import F, Max, Q

from accounts.callers import Caller
from dispatch.models import ChargingSession, Flag, MeterReading, Stop
from dispatch.services.charging import ability, interlock, news
from dispatch.services.charging.instants import find_instant
from dispatch.services.charging.links import Scene
from dispatch.services.charging.readings import TICK, recount, take_samples
from dispatch.services.charging.reports import Begin, End, Progress, Sample, Which

_HOUSE = Caller.system()
# The rest is read when it is asked for: a join of eight tables takes longer to plan than to run.
_JOINED = ("stop__unit",)
STATE = ChargingSession.State
_OF_CONNECTOR = {STATE.CHARGING, STATE.SUSPENDED_EV, STATE.SUSPENDED_EVSE, STATE.FAULTED}


def begin(scene: Scene, report: Begin) -> bool:
    """Take a beginning; returns whether energy may flow."""
    at, wrong = find_instant(report.at, scene.now)
    stop = interlock.find_stop(scene.charger, report.token, at)
    session = find_session(scene, report.which)
    if session is not None:
        _complete(scene, session, stop, at)
    else:
        session = _adopt(scene, stop, report.which) or _open(scene, report, stop, at)
    if wrong:
        session.mark(Flag.WRONG_CLOCK)
    _count_event(session, report.seq)
    take_samples(scene, session, report.samples)
    _store(scene, session)
    if stop is None:
        interlock.raise_alarm(scene, session)
    news.tell_begun(scene, session)
    return stop is not None


def go_on(scene: Scene, report: Progress) -> None:
    """Take what a running transaction says; one whose beginning we never heard of begins here."""
    session = find_session(scene, report.which) or _open_unheard(scene, report.which, report)
    _count_event(session, report.seq)
    was = session.state
    if report.state and session.ended_at is None:
        session.state = STATE(report.state)
    gain = take_samples(scene, session, report.samples)
    _store(scene, session)
    if gain is not None:
        ability.heed_offer(scene, session, report.samples)
        news.learn(scene, session, gain)
        interlock.hold_limit(scene, session)
    if session.state != was:
        news.tell_changed(scene, session)


def end(scene: Scene, report: End) -> None:
    """Take an end; what was read last is what the outlet's meter counted."""
    session = find_session(scene, report.which) or _open_unheard(scene, report.which, report)
    _count_event(session, report.seq)
    ended_at, wrong = find_instant(report.at, scene.now, session.started_at)
    if wrong:
        session.mark(Flag.WRONG_CLOCK)
    session.ended_at = None
    session.unmark(Flag.END_MISSING)
    gain = take_samples(scene, session, report.samples)
    last = session.read_at or session.started_at
    # An end that says an earlier time than the last reading of the same clock is not believed.
    session.ended_at = max(ended_at, last) if wrong else ended_at
    session.state, session.end_reason, session.power_w = STATE.FINISHING, report.reason, None
    session.seq_end = report.seq
    _settle_end(session, report.samples)
    recount(session, scene.charger.power_w)
    _mark_gap(session)
    _store(scene, session)
    news.learn(scene, session, gain)
    news.tell_ended(scene, session)


def follow_connector(scene: Scene, status: str) -> None:
    """Let the session at a connector do what the connector does: 1.6 says it nowhere else."""
    if status not in _OF_CONNECTOR:
        return
    rows = ChargingSession.objects.of(_HOUSE).filter(charger=scene.charger, ended_at__isnull=True)
    session = rows.select_related(*_JOINED).order_by("-started_at").first()
    if session is not None and session.state != status:
        session.state = STATE(status)
        session.save(update_fields=["state"])
        news.tell_changed(scene, session)


def find_session(scene: Scene, which: Which) -> ChargingSession | None:
    """Find the session that is meant; the caller holds the charger's row."""
    rows = ChargingSession.objects.of(_HOUSE).filter(charger=scene.charger).select_related(*_JOINED)
    if which.number is None:
        session = rows.filter(ref=which.ref).first() if which.ref else None
    else:
        known = Q(number=which.number) | Q(ref=foreign(which.number))
        session = rows.filter(known).order_by(F("number").asc(nulls_last=True)).first()
    if session is not None:
        session.charger = scene.charger
    return session


def foreign(number: int) -> str:
    """Name a transaction whose number we did not give."""
    return f"1.6:{number}"


def next_number(scene: Scene) -> int:
    """Return a transaction id this charger was never given."""
    rows = ChargingSession.objects.of(_HOUSE).filter(charger=scene.charger)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _open(scene: Scene, report: Begin, stop: Stop | None, at: datetime) -> ChargingSession:
    session = _new(scene, report.which, at, report.samples)
    interlock.bind(session, stop)
    _close_left_open(scene, session)
    session.save(force_insert=True)
    return session


def _open_unheard(scene: Scene, which: Which, report: Progress | End) -> ChargingSession:
    at, _ = find_instant(report.at, scene.now)
    first = min((sample.at for sample in report.samples), default=at)
    if which.number is not None:
        which = Which(which.connector, None, foreign(which.number))
    session = _new(scene, which, min(find_instant(first, scene.now)[0], at), report.samples)
    session.mark(Flag.NO_START)
    interlock.bind(session, interlock.find_working(scene.charger, session.started_at))
    _close_left_open(scene, session)
    session.save(force_insert=True)
    if session.stop is None:
        interlock.raise_alarm(scene, session)
    return session


def _new(scene: Scene, which: Which, at: datetime, samples: tuple[Sample, ...]) -> ChargingSession:
    registers = [sample.register_wh for sample in samples if sample.register_wh is not None]
    return ChargingSession(
        operator_id=scene.charger.operator_id,
        charger=scene.charger,
        connector=which.connector,
        number=which.number,
        ref=which.ref,
        state=STATE.CHARGING if which.number is not None else STATE.PREPARING,
        started_at=at,
        meter_start_wh=registers[0] if registers else 0,
    )


def _adopt(scene: Scene, stop: Stop | None, which: Which) -> ChargingSession | None:
    """Go on with a session a crew opened by hand while the charger's line was down."""
    if stop is None:
        return None
    rows = ChargingSession.objects.of(_HOUSE).filter(stop=stop, number__isnull=True, ref="")
    session = rows.filter(charger=scene.charger).first()
    if session is not None:
        session.number, session.ref, session.connector = which.number, which.ref, which.connector
        # The charger's own readings count from here on, the typed ones stay as they were typed.
        session.meter_end_wh = None
        session.mark(Flag.CREW_READING)
    return session


def _complete(scene: Scene, session: ChargingSession, stop: Stop | None, at: datetime) -> None:
    """Add the beginning to a session that was heard of by a later event."""
    session.unmark(Flag.NO_START)
    session.started_at = min(at, session.started_at)
    if session.stop is None:
        interlock.bind(session, stop)
    session.meter_end_wh = None


def _close_left_open(scene: Scene, session: ChargingSession) -> None:
    """One connector, one session: what was left open ends where it was read last."""
    rows = ChargingSession.objects.of(_HOUSE).filter(charger=scene.charger, ended_at__isnull=True)
    for other in rows.filter(connector=session.connector):
        if other.started_at > session.started_at:
            session.ended_at = other.started_at
            session.mark(Flag.END_MISSING)
            continue
        close_unheard(other, session.started_at)


def close_unheard(session: ChargingSession, at: datetime) -> None:
    """End a session whose end was not heard, as it was read last; its true end corrects it."""
    session.ended_at = max(session.read_at or session.started_at, session.started_at)
    session.ended_at = max(min(at, session.ended_at + TICK), session.started_at)
    session.state, session.power_w = STATE.FAULTED, None
    session.mark(Flag.END_MISSING)
    session.save(update_fields=["ended_at", "state", "power_w", "flags"])


def _settle_end(session: ChargingSession, samples: tuple[Sample, ...]) -> None:
    """Let the register at the end be the last one read up to the end, whatever its own clock says."""
    registers = [sample.register_wh for sample in samples if sample.register_wh is not None]
    if not registers or session.ended_at is None:
        return
    rows = session.readings.filter(register_wh=registers[-1], source="charger").order_by("-at")
    last = rows.first()
    if last is not None and last.at != session.ended_at:
        MeterReading.objects.of(_HOUSE).filter(id=last.id).update(at=session.ended_at)


def _count_event(session: ChargingSession, seq: int | None) -> None:
    if seq is None:
        return
    session.seqs_taken += 1
    _mark_gap(session)


def _mark_gap(session: ChargingSession) -> None:
    """Events of 2.0.1 are numbered from nought: with the last one known, it is known what is missing."""
    if session.seq_end is None:
        return
    (session.unmark if session.seqs_taken > session.seq_end else session.mark)(Flag.GAP)


def _store(scene: Scene, session: ChargingSession) -> None:
    session.save(update_fields=_FIELDS)
    scene.session = session


_FIELDS = [
    "request", "pack", "stop", "connector", "number", "ref", "state", "started_at", "ended_at", "end_reason",
    "meter_start_wh", "meter_end_wh", "energy_wh", "soc_start", "soc_end", "power_w", "read_at", "seq_end",
    "seqs_taken", "flags",
]  # fmt: skip
