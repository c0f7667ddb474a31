"""Quote: a wish becomes up to three proven offers, or a refusal with what would work instead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import hypot, isfinite
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.errors import Invalid, Unavailable
from dispatch.models import Offer, Quote, ServiceArea, Site, Tariff, Unit, Vehicle
from dispatch.routing_bridge.demand import Car, Spot, planned_limit
from dispatch.routing_bridge.quoting import Answer, Proposal, UnitRefusal, Wish, quote_wish
from dispatch.selectors.margins import p90_margin
from dispatch.selectors.place_names import name_place
from dispatch.services.actors import person_of
from dispatch.services.pricing import price_energy

OFFER_LIFE = timedelta(minutes=5)
# People read before they press, and the units drive on meanwhile. Human time.
READING = timedelta(seconds=20)
# A first plan is made within seconds of the start; until then there is nothing to quote from.
FIRST_PLAN_S = 2
# Some 150 m: no car park is larger.
SITE_REACH_DEG = 0.0015
LONGEST_AHEAD = timedelta(hours=12)
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Asked:
    """A driver's wish, read and checked for form; one of the three amounts is given."""

    vehicle_id: UUID
    lat: float
    lon: float
    soc: float
    energy_wh: int | None = None
    target_soc: float | None = None
    range_km: float | None = None
    site_id: UUID | None = None
    place_text: str = ""
    earliest: datetime | None = None
    latest: datetime | None = None
    urgency: str = "normal"


@dataclass(frozen=True, slots=True)
class _Moment:
    """When a wish was answered, by both clocks; `pace`: world time in a unit of human time."""

    now: datetime
    wall: datetime
    pace: float


def make_quote(caller: Caller, asked: Asked, now: datetime, wall: datetime, pace: float = 1.0) -> Quote:
    """Answer a wish; the quote and its offers are stored. `pace`: world time in a unit of human time."""
    _hold_numbers(asked)
    vehicle = _vehicle(caller, asked.vehicle_id)
    site = _site(asked.site_id)
    lat, lon = _spot(asked, site)
    area = _area(lat, lon)
    energy_wh = _energy(vehicle, asked)
    earliest, latest = _window(area, asked, now)
    quote = Quote(
        person_id=person_of(caller),
        vehicle=vehicle,
        area=area,
        site=site,
        lat=lat,
        lon=lon,
        place_text=asked.place_text or (site.name if site is not None else name_place(lat, lon)),
        soc=asked.soc,
        energy_wh=energy_wh,
        earliest=earliest,
        latest=latest,
        urgency=asked.urgency,
        created_at=now,
        plan_version=0,
    )
    tariff = _tariff(area, now)
    answer = quote_wish(area.id, _wish(quote), now)
    if answer is None:
        raise Unavailable("no_plan_yet", "The first plan is being made.", retry_after_s=FIRST_PLAN_S)
    return _store(quote, answer, tariff, _Moment(now, wall, pace))


def _hold_numbers(asked: Asked) -> None:
    """Refuse what is no number a car could have: also `nan`, which passes every comparison of a field."""
    for path, share in (("soc", asked.soc), ("target_soc", asked.target_soc)):
        if share is not None and not 0 <= share <= 1:
            raise Invalid("soc_out_of_range", "A state of charge lies between 0 and 1.", path=path)
    if not all(isfinite(number) for number in (asked.lat, asked.lon, asked.range_km or 0)):
        raise Invalid("not_a_number", "That is no finite number.")


def _vehicle(caller: Caller, vehicle_id: UUID) -> Vehicle:
    vehicle = Vehicle.objects.of(caller).kept().filter(id=vehicle_id).first()
    if vehicle is None:
        raise Invalid("unknown_vehicle", "There is no such car among yours.", path="vehicle")
    return vehicle


def _site(site_id: UUID | None) -> Site | None:
    if site_id is None:
        return None
    site = Site.objects.of(_HOUSE).filter(id=site_id).first()
    if site is None:
        raise Invalid("unknown_site", "There is no such parking place.", path="site")
    return site


def _spot(asked: Asked, site: Site | None) -> tuple[float, float]:
    """Return where the car stands; in a car park a pin away from it is a slip, and the entrance holds."""
    if site is None:
        return asked.lat, asked.lon
    is_inside = hypot(asked.lat - site.lat, asked.lon - site.lon) <= SITE_REACH_DEG
    return (asked.lat, asked.lon) if is_inside else (site.lat, site.lon)


def _area(lat: float, lon: float) -> ServiceArea:
    for area in ServiceArea.objects.of(_HOUSE).order_by("slug"):
        if area.holds(lat, lon):
            return area
    raise Invalid("outside_area", "No unit drives there: the place lies outside every area.", path="location")


def _energy(vehicle: Vehicle, asked: Asked) -> int:
    """Turn whichever amount was given into watt-hours at the outlet's meter."""
    room_wh = _at_outlet(vehicle, vehicle.usable_wh * (1 - asked.soc))
    if asked.energy_wh is not None:
        wanted, path = asked.energy_wh, "energy_kwh"
    elif asked.target_soc is not None:
        wanted = _at_outlet(vehicle, vehicle.usable_wh * (asked.target_soc - asked.soc))
        path = "target_soc"
    else:
        wanted, path = _at_outlet(vehicle, (asked.range_km or 0) * vehicle.wh_per_km), "range_km"
    if wanted <= 0:
        raise Invalid("target_below_current", "The car already holds that much.", path=path)
    # A page that counts itself may be a watt-hour off.
    if wanted > room_wh + 1 or room_wh <= 0:
        raise Invalid("more_than_the_battery_takes", f"The car takes {room_wh / 1000:.1f} kWh.", path=path)
    return min(wanted, room_wh)


def _at_outlet(vehicle: Vehicle, stored_wh: float) -> int:
    """What the meter counts for so much in the battery."""
    return round(stored_wh * 100 / vehicle.efficiency_pct)


def _window(area: ServiceArea, asked: Asked, now: datetime) -> tuple[datetime, datetime]:
    horizon = now + min(timedelta(seconds=area.horizon_s), LONGEST_AHEAD)
    earliest = max(asked.earliest or now, now)
    latest = asked.latest or horizon
    if latest < now:
        raise Invalid("window_in_the_past", "That time has gone.", path="latest")
    if asked.earliest is not None and asked.latest is not None and asked.latest < asked.earliest:
        raise Invalid("window_reversed", "The window ends before it starts.", path="latest")
    if earliest > horizon:
        raise Invalid("window_too_far", "That is further ahead than we plan.", path="earliest")
    return earliest, max(min(latest, horizon), earliest)


def _wish(quote: Quote) -> Wish:
    return Wish(
        id=quote.id,
        car=Car.of(quote.vehicle),
        soc=quote.soc,
        energy_wh=quote.energy_wh,
        spot=Spot.of(quote.lat, quote.lon, quote.site),
        earliest=quote.earliest,
        latest=quote.latest,
        urgency=quote.urgency,
    )


@transaction.atomic(savepoint=False)
def _store(quote: Quote, answer: Answer, tariff: Tariff, at: _Moment) -> Quote:
    quote.plan_version = answer.version
    if answer.code:
        quote.refusal = _refusal(answer)
    quote.save(force_insert=True)
    proposals = (*answer.proposals, *answer.alternatives)
    Offer.objects.of(_HOUSE).bulk_create(
        [_offer(quote, tariff, proposal, place, at) for place, proposal in enumerate(proposals)]
    )
    return quote


def _refusal(answer: Answer) -> dict[str, object]:
    names = {
        unit.id: unit for unit in Unit.objects.of(_HOUSE).filter(id__in=[p.unit_id for p in answer.per_unit])
    }
    closest = answer.closest
    return {
        "code": answer.code,
        "detail": answer.detail,
        "closest": None
        if closest is None or closest.unit_id not in names
        else _refusing(closest, names[closest.unit_id]),
        "per_unit": [
            _refusing(item, names[item.unit_id]) for item in answer.per_unit if item.unit_id in names
        ],
    }


def _refusing(item: UnitRefusal, unit: Unit) -> dict[str, object]:
    return {
        "unit": {"id": str(unit.id), "name": unit.name, "kind": unit.kind},
        "code": item.code,
        "detail": item.detail,
        "rule": item.rule,
        "amount": item.amount,
        "measure": item.measure,
    }


def _tariff(area: ServiceArea, now: datetime) -> Tariff:
    rows = Tariff.objects.of(_HOUSE).filter(area=area, valid_from__lte=now)
    tariff = rows.order_by("-version").first()
    if tariff is None:
        raise Unavailable("no_tariff", "No price is set for this area yet.")
    return tariff


def _offer(quote: Quote, tariff: Tariff, proposal: Proposal, position: int, at: _Moment) -> Offer:
    arrival, ready, is_inside = proposal.arrival, proposal.ready, proposal.arrival <= quote.latest
    told = arrival + READING * at.pace
    if is_inside:
        told = min(told, quote.latest)
    p90 = told + p90_margin(told - at.now)
    limit = planned_limit(told, p90)
    latest = quote.latest if is_inside else limit
    return Offer(
        quote=quote,
        operator_id=quote.area.operator_id,
        unit_id=proposal.unit_id,
        tariff=tariff,
        kind=proposal.kind,
        relaxes=proposal.relaxes,
        position=position,
        earliest=quote.earliest if proposal.kind == "asap" else arrival,
        latest=latest,
        arrival_p50=told,
        arrival_p90=p90,
        ready_p90=ready + (told - arrival) + p90_margin(ready - at.now),
        energy_wh=proposal.energy_wh,
        soc_after=round(Car.of(quote.vehicle).soc_after(quote.soc, proposal.energy_wh), 4),
        price=price_energy(quote.area, tariff, proposal.energy_wh, quote.urgency),
        expires_at=at.wall + _life(min(limit, latest) - arrival, at.pace),
    )


def _life(slack: timedelta, pace: float) -> timedelta:
    """Say how long an offer holds: a unit that would leave at once may be so much later.

    Nobody reads faster than `READING`: at the edge of the wished window it may be lost before its end.
    """
    return OFFER_LIFE if pace <= 0 else min(max(slack / pace, READING), OFFER_LIFE)
