"""Desks that stand in this process: the running plan of an area, rolled forward, ready for wishes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import structlog

from dispatch.routing_bridge.demand import Demand
from dispatch.routing_bridge.documents import Document
from dispatch.routing_bridge.problem_from_db import build_request
from dispatch.routing_bridge.roads import get_roads, name_dataset
from dispatch.routing_bridge.standing import list_profiles
from dispatch.routing_bridge.timeline import Timeline
from dispatch.routing_bridge.travel_book import TravelMissing
from routing.desk import Desk
from routing.evaluation.spur import Hop, Spur
from routing.model.errors import InvalidProblem, NoPlan
from routing.model.place import Place
from routing.model.units import Seconds
from routing.part import put_in
from routing.roll import roll_forward

log = structlog.get_logger(__name__)
# What is quoted is proven again when it is accepted; so long the plan may seem to stand still.
FRESH_S: Seconds = 20
# One row and one column of so many places take a web process a few milliseconds.
MOST_ASKED = 60
# Who accepts has just asked: of so many places what the roads said is remembered.
MOST_SPURS = 200


@dataclass(frozen=True, slots=True)
class _Open:
    document: Document
    desk: Desk

    def lags(self, document: Document) -> bool:
        """Say whether only parts were put in since."""
        same = self.document.whole is document.whole
        return same and self.document.parts == document.parts[: len(self.document.parts)]


_OPEN: dict[UUID, _Open] = {}
_LOCKS: dict[UUID, threading.Lock] = {}
_ASKED: dict[tuple[str, str | None], Spur] = {}
_ASKED_LOCK = threading.Lock()


@contextmanager
def take_desk(area_id: UUID, document: Document, now_s: Seconds) -> Iterator[Desk]:
    """Take the desk of an area for one wish.

    What was accepted since is put in; it is opened anew for another plan, and when it is old.
    """
    with _LOCKS.setdefault(area_id, threading.Lock()):
        held = _OPEN.get(area_id)
        at_s = max(now_s, document.problem.now_s)
        desk = None if held is None or not _is_fresh(held.desk, at_s) else _put_in(held, document)
        if desk is None:
            desk = Desk(*roll_forward(document.problem, document.plan, at_s))
        _OPEN[area_id] = _Open(document, desk)
        yield desk


def _put_in(held: _Open, document: Document) -> Desk | None:
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
    return desk


def _is_fresh(desk: Desk, now_s: Seconds) -> bool:
    return 0 <= now_s - desk.problem.now_s <= FRESH_S


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
    place = demand.spot.place
    with take_desk(area_id, document, time.seconds(now)) as desk:
        if may_ask:
            spur = build_spur(document, desk, place)
        elif (spur := _find_asked(desk, place)) is None and not _knows(document, desk, place):
            raise TravelMissing(list_profiles(desk.problem)[0], (place,))
        found = desk.take(limited, spur).find_cheapest()
    return None if found is None else UUID(found.unit)


def build_spur(document: Document, desk: Desk, place: Place) -> Spur | None:
    """Ask the roads for the ways to and from a place; None when the plan knows them already.

    Of a place that came with a part the ways of one unit are known: not enough for who else asks there, nor
    for the way from there to any other place.
    """
    if _knows(document, desk, place):
        return None
    near = desk.list_near(place, MOST_ASKED)
    there: dict[str, dict[str, Hop]] = {}
    back: dict[str, dict[str, Hop]] = {}
    for profile in list_profiles(desk.problem):
        to, away = get_roads().table(profile, near, [place]), get_roads().table(profile, [place], near)
        columns = zip(near, to.durations_s, to.distances_m, strict=True)
        there[profile] = {p.id: (m[0] or 0, (s[0],)) for p, s, m in columns if s[0] is not None}
        rows = zip(near, away.durations_s[0], away.distances_m[0], strict=True)
        back[profile] = {p.id: (m or 0, (s,)) for p, s, m in rows if s is not None}
    return _note_asked(Spur(place, there, back))


def _knows(document: Document, desk: Desk, place: Place) -> bool:
    known = {place.id for place in document.whole.places}
    is_complete = all(new.id in known for part in document.parts for new in part.problem.places)
    return desk.knows(place.id) and is_complete


def _note_asked(spur: Spur) -> Spur:
    with _ASKED_LOCK:
        while len(_ASKED) >= MOST_SPURS:
            _ASKED.pop(next(iter(_ASKED)))
        _ASKED[spur.place.id, name_dataset()] = spur
    return spur


def _find_asked(desk: Desk, place: Place) -> Spur | None:
    """Find what the roads said of a place, as far as the desk still knows the other ends."""
    spur = _ASKED.get((place.id, name_dataset()))
    if spur is None:
        return None
    there, back = (
        {
            profile: {end: hop for end, hop in hops.items() if desk.knows(end)}
            for profile, hops in ways.items()
        }
        for ways in (spur.there, spur.back)
    )
    return Spur(place, there, back)
