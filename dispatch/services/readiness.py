"""Whether the parts behind the web stand; each check says what is wrong, or None."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection

from accounts.callers import Caller
from dispatch.models import Plan, ReplanWanted, ServiceArea, UnitState, Vehicle
from dispatch.routing_bridge.demand import Car, Spot
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.quoting import Wish, quote_wish
from dispatch.routing_bridge.roads import find_travel_s, roads_are_real

# A wish for a plan older than this means that nobody makes plans.
PATIENCE = timedelta(seconds=20)
SILENCE = timedelta(seconds=45)
_HOUSE = Caller.system()


def check_writes() -> str | None:
    """See whether the database takes changes: a standby does not, nor one that was set so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only')")
        (read_only,) = cursor.fetchone()
    return "the database is read-only" if read_only == "on" else None


def check_roads() -> str | None:
    """Ask one way across the area."""
    area = _area()
    if area is None:
        return "no area"
    centre = build_place(area.centre_lat, area.centre_lon)
    home = area.depots.order_by("slug").first()
    if home is None:
        return "no depot"
    way = find_travel_s("car", build_place(home.lat, home.lon), centre)
    if settings.ROADS_DATASET and not roads_are_real():
        return "the road engine is away: times are guessed"
    return None if way is not None else "no way from the first depot to the centre"


def check_planner(wall: datetime) -> str | None:
    """See that a plan was made, and that no wish for one has waited long."""
    if not Plan.objects.of(_HOUSE).exists():
        return "no plan yet"
    waiting = ReplanWanted.objects.of(_HOUSE).filter(urgent_at__lt=wall - PATIENCE)
    return "a plan is overdue" if any(row.wanted > row.done for row in waiting) else None


def check_world(wall: datetime) -> str | None:
    """In the demo, see that some unit was heard of lately."""
    if not settings.WORLD:
        return None
    heard = UnitState.objects.of(_HOUSE).filter(seen_at__gt=wall - SILENCE).exists()
    return None if heard else "no unit was heard of lately"


def check_quote(now: datetime) -> str | None:
    """Quote against the running plan; a refusal is an answer too."""
    area, vehicle = _area(), Vehicle.objects.of(_HOUSE).order_by("id").first()
    if area is None or vehicle is None:
        return "nothing to quote"
    wish = Wish(
        id=uuid4(),
        car=Car.of(vehicle),
        soc=0.3,
        energy_wh=10_000,
        spot=Spot(area.centre_lat, area.centre_lon),
        earliest=now,
        latest=now + timedelta(hours=6),
        urgency="normal",
    )
    return None if quote_wish(area.id, wish, now) is not None else "no plan to quote from"


def _area() -> ServiceArea | None:
    return ServiceArea.objects.of(_HOUSE).order_by("slug").first()
