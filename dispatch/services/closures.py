"""Roads closed and slowed by hand: written down here, told to the road engine by `roads_now`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import Fact, record
from dispatch.city.errors import CityError
from dispatch.city.network import read_network
from dispatch.city.stretches import Spot, follow_road, list_along, list_within
from dispatch.errors import Invalid, NotFound, Refused
from dispatch.models import Closure, ServiceArea
from dispatch.selectors.streams import area_stream
from dispatch.services.actors import actor_of

MOST_IN_FORCE = 200
LONGEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is closed or slow: `line` or `area`, as clicked; until when (None: until it is lifted)."""

    kind: str
    line: tuple[Spot, ...] = ()
    area: tuple[Spot, ...] = ()
    speed_pct: int = 0
    why: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None


def make_closure(caller: Caller, area: ServiceArea, wish: Wish, now: datetime) -> Closure:
    """Close a road or slow an area down; the road engine knows it a few seconds later."""
    from_at = max(wish.from_at or now, now)
    _check(area, wish, from_at)
    shape = _draw(wish)
    with transaction.atomic():
        if Closure.objects.of(caller).not_over(now).filter(area=area).count() >= MOST_IN_FORCE:
            raise Refused("too_many_closures", f"There are {MOST_IN_FORCE} already; lift some first.")
        row = Closure(
            operator_id=area.operator_id,
            area=area,
            kind=wish.kind,
            shape=shape,
            speed_pct=wish.speed_pct if wish.kind == Closure.Kind.SLOW else 0,
            why=wish.why,
            from_at=from_at,
            until_at=wish.until_at,
            made_at=now,
            made_by=actor_of(caller),
        )
        row.save(force_insert=True)
        _tell(caller, area, "closure.made", row.kind, now)
    return row


@transaction.atomic
def lift_closure(caller: Caller, closure_id: UUID, now: datetime) -> None:
    """Open a road again; one that is open is no error."""
    row = Closure.objects.of(caller).select_for_update(of=("self",)).filter(id=closure_id).first()
    if row is None:
        raise NotFound
    if row.lifted_at is None:
        row.lifted_at = now
        row.save(update_fields=["lifted_at"])
        _tell(caller, row.area, "closure.lifted", row.kind, now)


def _check(area: ServiceArea, wish: Wish, from_at: datetime) -> None:
    if bool(wish.line) == bool(wish.area):
        raise Invalid("invalid", "Either a line or an area is wanted.", path="shape")
    if wish.kind == Closure.Kind.SLOW and not wish.speed_pct:
        raise Invalid("invalid", "How slow is it there?", path="speed_pct")
    if wish.until_at is not None and not from_at < wish.until_at <= from_at + LONGEST:
        raise Invalid("until_in_the_past", "It would be over before it begins.", path="until")
    name, spots = ("shape.line", wish.line) if wish.line else ("shape.area", wish.area)
    for index, spot in enumerate(spots):
        if not area.holds(*spot):
            raise Invalid("outside_area", "That is outside of the service area.", path=f"{name}.{index}")


def _draw(wish: Wish) -> dict[str, Any]:
    """Lay what was clicked on the roads, so that what is shown is what is closed."""
    try:
        network = read_network(find_city(), "car")
        if wish.line:
            line = follow_road(network, wish.line)
            return {"line": line, "stretches": len(list_along(network, line))}
        count = len(list_within(network, wish.area))
    except CityError as error:
        raise Refused("no_such_road", str(error)) from error
    if not count:
        raise Refused("no_such_road", "There is no road in that area.")
    return {"area": [list(spot) for spot in wish.area], "stretches": count}


def _tell(caller: Caller, area: ServiceArea, type_: str, kind: str, now: datetime) -> None:
    fact = Fact(area_stream(area.id), type_, {"closures": True}, kind)
    record(area.operator_id, actor_of(caller), now, [fact])


def find_city() -> Path:
    """Find the folder of the built city itself: the link to it moves with the next build."""
    return (settings.VAR_DIR / "city" / settings.CITY).resolve()
