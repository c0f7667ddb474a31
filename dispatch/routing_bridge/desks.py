"""Desks that stand in this process: the running plan of an area, rolled forward, ready for wishes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import structlog

from dispatch.routing_bridge.demand import Demand
from dispatch.routing_bridge.documents import Document
from dispatch.routing_bridge.problem_from_db import build_request
from dispatch.routing_bridge.spurs import build_spur, recall_spur
from dispatch.routing_bridge.timeline import Timeline
from routing.desk import Desk
from routing.model.errors import InvalidProblem, NoPlan
from routing.model.units import Seconds
from routing.part import put_in
from routing.roll import roll_forward

log = structlog.get_logger(__name__)
# What is quoted is proven again when it is accepted; so long the plan may seem to stand still.
FRESH_S: Seconds = 20
# From this age on a desk is opened anew in time, so that nobody waits for it.
AGEING_S: Seconds = 10


class Open(NamedTuple):
    """A desk, and the document it was opened for: times at the desk are those of the document."""

    document: Document
    desk: Desk

    @property
    def time(self) -> Timeline:
        """When the document's seconds are."""
        return Timeline.from_text(self.document.problem.start_utc)

    def age_s(self, now: datetime) -> Seconds:
        """Say how long ago it was rolled forward."""
        return max(self.time.seconds(now), self.document.problem.now_s) - self.desk.problem.now_s

    def is_fresh(self, now: datetime) -> bool:
        """Say whether it may be asked."""
        return 0 <= self.age_s(now) <= FRESH_S

    def lags(self, document: Document) -> bool:
        """Say whether only parts were put in since."""
        same = self.document.whole is document.whole
        return same and self.document.parts == document.parts[: len(self.document.parts)]


_OPEN: dict[UUID, Open] = {}
_LOCKS: dict[UUID, threading.Lock] = {}
_OPENING: dict[UUID, threading.Lock] = {}


@contextmanager
def take_desk(area_id: UUID, document: Document, now: datetime, *, newest: bool) -> Iterator[Open]:
    """Take the desk of an area for one wish.

    What was accepted since is put in; it is opened anew for another plan, and when it is old. In a process
    with a keeper who is content with a desk that is not the `newest` gets the one that stands meanwhile.
    """
    if newest and KEEPER.is_there:
        # Not under the lock: quotes take the one that stands meanwhile.
        with _OPENING.setdefault(area_id, threading.Lock()):
            _renew(area_id, _Wanted(document, now), may_grow=True)
    with _LOCKS.setdefault(area_id, threading.Lock()):
        held = _OPEN.get(area_id)
        if held is not None and not held.is_fresh(now):
            held = None
        found = None if held is None else _put_in(held, document)
        if found is None and (newest or held is None or not KEEPER.is_there):
            found = open_desk(document, now)
        if found is None or found.age_s(now) > AGEING_S:
            KEEPER.want(area_id, document, now)
        if found is not None:
            _OPEN[area_id] = found
        taken = found or held
        assert taken is not None, "without a desk that stands one is opened"
        yield taken


def open_desk(document: Document, now: datetime) -> Open:
    """Open a desk for a document, rolled forward to this moment."""
    problem, plan = document.problem, document.plan
    at_s = max(Timeline.from_text(problem.start_utc).seconds(now), problem.now_s)
    return Open(document, Desk(*roll_forward(problem, plan, at_s)))


def _put_in(held: Open, document: Document) -> Open | None:
    """Return a desk with the parts of a document that it lacks; None when it is to be opened anew."""
    if not held.lags(document):
        return None
    desk = held.desk
    try:
        for part in document.parts[len(held.document.parts) :]:
            desk = put_in(desk, *roll_forward(*part, desk.problem.now_s))
    except (NoPlan, InvalidProblem) as error:
        log.warning("part_does_not_fit", detail=str(error))
        return None
    return Open(document, desk)


def find_unit(
    area_id: UUID, document: Document, demand: Demand, latest: datetime, now: datetime, *, may_ask: bool
) -> UUID | None:
    """Find the unit that would serve a demand at the least cost by `latest`; None: nobody would.

    Where the roads may not be asked, what they said of its place a moment ago holds; raises `TravelMissing`
    when they said nothing.
    """
    time = Timeline.from_text(document.problem.start_utc)
    request = build_request(time, now, demand)
    limited = replace(request, latest_s=min(request.latest_s, time.seconds(latest)))
    if limited.latest_s < limited.earliest_s:
        return None
    with take_desk(area_id, document, now, newest=True) as (held, desk):
        spur = (build_spur if may_ask else recall_spur)(held, desk, demand.spot.place)
        found = desk.take(limited, spur).find_cheapest()
    return None if found is None else UUID(found.unit)


@dataclass(frozen=True, slots=True)
class _Wanted:
    document: Document
    now: datetime


class Keeper:
    """Opens desks anew in a thread of its own, so that no wish waits for it."""

    def __init__(self) -> None:
        self._wanted: dict[UUID, _Wanted] = {}
        self._told = threading.Condition()
        self._thread: threading.Thread | None = None

    @property
    def is_there(self) -> bool:
        """Say whether somebody opens desks in this process."""
        return self._thread is not None

    def begin(self) -> None:
        """Open desks from now on."""
        self._thread = threading.Thread(target=self._run, name="desks", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Open no more."""
        with self._told:
            self._thread = None
            self._told.notify()

    def want(self, area_id: UUID, document: Document, now: datetime) -> None:
        """Ask for a desk; of several wishes for one area the last counts, and without a keeper none."""
        with self._told:
            if not self.is_there:
                return
            self._wanted[area_id] = _Wanted(document, now)
            self._told.notify()

    def _run(self) -> None:
        while (next_one := self._wait()) is not None:
            area_id, wanted = next_one
            try:
                _renew(area_id, wanted)
            except Exception as error:  # noqa: BLE001  # whoever asks next opens it, and is told
                log.warning("desk_not_opened", error=type(error).__name__, detail=str(error))

    def _wait(self) -> tuple[UUID, _Wanted] | None:
        with self._told:
            self._told.wait_for(lambda: self._wanted or not self.is_there)
            return self._wanted.popitem() if self.is_there else None


def _renew(area_id: UUID, wanted: _Wanted, *, may_grow: bool = False) -> None:
    """Open a desk and put it in the place of one for an older plan, or of the same that has aged.

    One that `may_grow` is left where only parts are to be put in.
    """
    if _stands(area_id, wanted) or (may_grow and _grows(area_id, wanted)):
        return
    found = open_desk(wanted.document, wanted.now)
    with _LOCKS.setdefault(area_id, threading.Lock()):
        if not _stands(area_id, wanted):
            _OPEN[area_id] = found


def _grows(area_id: UUID, wanted: _Wanted) -> bool:
    held = _OPEN.get(area_id)
    return held is not None and held.is_fresh(wanted.now) and held.lags(wanted.document)


def _stands(area_id: UUID, wanted: _Wanted) -> bool:
    held, version = _OPEN.get(area_id), wanted.document.version
    if held is None or held.document.version < version:
        return False
    return held.document.version > version or held.age_s(wanted.now) <= AGEING_S


KEEPER = Keeper()
