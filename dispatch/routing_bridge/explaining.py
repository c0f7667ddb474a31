"""Why a request is served by whom it is: every unit asked, with the first rule in its way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.routing_bridge.documents import find_document
from dispatch.routing_bridge.sentences import build_sentence
from dispatch.routing_bridge.timeline import Timeline
from routing.model.request import Request
from routing.model.unit import Unit
from routing.roll import roll_forward
from routing.search.build import fleet_from
from routing.search.diagnosis import diagnose_unit
from routing.search.fleet import Fleet
from routing.search.insertion import Finder


@dataclass(frozen=True, slots=True)
class UnitReason:
    """What one unit could do for a request; no code means that it could serve it."""

    unit_id: UUID
    serves: bool
    arrival: datetime | None
    extra_milli: int | None
    code: str | None = None
    detail: str = ""


def explain_request(area_id: UUID, request_id: UUID, now: datetime) -> list[UnitReason] | None:
    """Ask every unit of the running plan about a request; None when the plan may not move it any more."""
    document = find_document(area_id)
    if document is None:
        return None
    time = Timeline.from_text(document.problem.start_utc)
    problem, plan = roll_forward(
        document.problem, document.plan, max(time.seconds(now), document.problem.now_s)
    )
    asked = next((item for item in problem.requests if item.id == str(request_id)), None)
    if asked is None:
        return None
    others = problem.with_requests(item for item in problem.requests if item.id != asked.id)
    alone = fleet_from(others, plan)
    fleet = alone.asked(alone.facts.asked(problem))
    found = plan.find_stop(asked.id)
    serving = None if found is None else found[0].unit
    return [_reason(fleet, unit, asked, time, unit.id == serving) for unit in problem.units]


def _reason(fleet: Fleet, unit: Unit, asked: Request, time: Timeline, serves: bool) -> UnitReason:
    spot = Finder(fleet, unit.id).find_spot(asked) if unit.id in fleet.grounds else None
    if spot is not None:
        return UnitReason(UUID(unit.id), serves, time.instant(spot.start_s), spot.added_milli)
    miss = diagnose_unit(fleet, unit, asked)
    return UnitReason(UUID(unit.id), serves, None, None, miss.code, build_sentence(miss))
