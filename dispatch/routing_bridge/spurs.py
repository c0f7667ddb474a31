"""Ways to and from a place that the running plan does not know: asked of the roads, and remembered."""

import threading

from dispatch.routing_bridge.documents import Document
from dispatch.routing_bridge.roads import get_roads, name_dataset
from dispatch.routing_bridge.standing import list_profiles
from dispatch.routing_bridge.travel_book import TravelMissing
from routing.desk import Desk
from routing.evaluation.spur import Hop, Spur
from routing.model.place import Place

# One row and one column of so many places take a web process a few milliseconds.
MOST_ASKED = 60
# Who accepts has just asked: of so many places what the roads said is remembered.
MOST_SPURS = 200

_ASKED: dict[tuple[str, str | None], Spur] = {}
_ASKED_LOCK = threading.Lock()


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


def recall_spur(document: Document, desk: Desk, place: Place) -> Spur | None:
    """Return what the roads said of a place a moment ago; None when the plan knows them already.

    Raises `TravelMissing` when they said nothing.
    """
    if _knows(document, desk, place):
        return None
    spur = _ASKED.get((place.id, name_dataset()))
    if spur is None:
        raise TravelMissing(list_profiles(desk.problem)[0], (place,))
    there, back = (
        {
            profile: {end: hop for end, hop in hops.items() if desk.knows(end)}
            for profile, hops in ways.items()
        }
        for ways in (spur.there, spur.back)
    )
    return Spur(place, there, back)


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
