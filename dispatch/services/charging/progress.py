"""Meter values of many chargers at once, where each only goes on from what was read last.

Most of what chargers say is that. Whatever is more than adding up (a session nobody knows, a register that
went backwards, a repetition, a limit that is news) is left to be taken alone, by the same words as ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ChargingSession
from dispatch.services.charging import many, news
from dispatch.services.charging.ability import changes_limit
from dispatch.services.charging.interlock import hold_limit
from dispatch.services.charging.links import Scene
from dispatch.services.charging.news import Gain
from dispatch.services.charging.readings import Reading, add_up, build_rows, continues, keep
from dispatch.services.charging.receipts import claim
from dispatch.services.charging.reports import Progress, Told, Which
from dispatch.services.charging.transactions import foreign

_HOUSE = Caller.system()
_COLUMNS = {
    "id": "uuid", "energy_wh": "bigint", "meter_end_wh": "bigint", "soc_start": "float8", "soc_end": "float8",
    "power_w": "integer", "read_at": "timestamptz", "seqs_taken": "integer", "state": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Step:
    """A session, and what it would go on by."""

    scene: Scene
    session: ChargingSession
    told: Told
    rows: list[Reading]


def go_on_together(told: Sequence[tuple[Scene, Told]]) -> set[UUID]:
    """Let sessions go on; returns the links whose word had its effect, the others' had none."""
    steps = _leave_repeated(_list_plain(told))
    fresh = {row.id for row in keep([row for step in steps for row in step.rows])}
    gained = [(step, _count(step, [row for row in step.rows if row.id in fresh])) for step in steps]
    many.update("dispatch_chargingsession", _COLUMNS, (_write(step.session) for step in steps))
    news.correct_packs([(step.session, gain) for step, gain in gained if gain is not None])
    for step in steps:
        hold_limit(step.scene, step.session)
    return {step.scene.link.id for step in steps}


def _list_plain(told: Sequence[tuple[Scene, Told]]) -> list[_Step]:
    running = _list_running(scene for scene, _ in told)
    return [
        _Step(scene, session, word, rows)
        for scene, word in told
        if (session := _find(running.get(scene.charger.id, []), word.progress.which)) is not None
        and (rows := build_rows(scene, session, word.progress.samples))
        and _is_plain(scene, session, word.progress, rows)
    ]


def _is_plain(scene: Scene, session: ChargingSession, progress: Progress, rows: Sequence[Reading]) -> bool:
    return continues(session, rows) and not changes_limit(scene, progress.samples)


def _list_running(scenes: Iterable[Scene]) -> dict[UUID, list[ChargingSession]]:
    """List what runs at these chargers: one session at each connector.

    Locked, and in the order in which `follow` locks: a crew may end one by hand meanwhile, and of two who
    write several rows each in an order of their own, one is thrown out.
    """
    chargers = {scene.charger.id: scene.charger for scene in scenes}
    rows = ChargingSession.objects.of(_HOUSE).select_for_update(of=("self",)).order_by("id")
    running = rows.filter(charger__in=chargers, ended_at__isnull=True)
    found: dict[UUID, list[ChargingSession]] = {}
    for session in running.select_related("stop__unit__pack"):
        session.charger = chargers[session.charger_id]
        found.setdefault(session.charger_id, []).append(session)
    return found


def _find(running: Iterable[ChargingSession], which: Which) -> ChargingSession | None:
    for session in running:
        if which.number is None and which.ref and session.ref == which.ref:
            return session
        if which.number is not None and (
            session.number == which.number or session.ref == foreign(which.number)
        ):
            return session
    return None


def _leave_repeated(steps: Sequence[_Step]) -> list[_Step]:
    """Leave out what has a name that was heard before."""
    named = [(step.scene, step.session, step.told) for step in steps if step.told.key]
    claimed = claim(named)
    return [step for step in steps if not step.told.key or (step.scene.charger.id, step.told.key) in claimed]


def _count(step: _Step, fresh: list[Reading]) -> Gain | None:
    session, scene = step.session, step.scene
    scene.session = session
    session.seqs_taken += step.told.progress.seq is not None
    if (state := step.told.progress.state) and state != session.state:
        session.state = state
        news.tell_changed(scene, session)
    if not fresh:
        return None
    gain = add_up(session, fresh, scene.charger.power_w)
    news.note_power(scene, session)
    return gain


def _write(session: ChargingSession) -> tuple[object, ...]:
    return tuple(getattr(session, column) for column in _COLUMNS)
