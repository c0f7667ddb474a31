"""The gateway's rows, as a program beside the bench: `seed N` plants chargers, `tally` tells the sessions,
`tell IDENTITY` queues every command there is, `commands` tells what became of them, `skip SECONDS` lets time
pass that nobody has.

Each charger stands at a depot's plug where a unit recharges all day, so that any number of sessions is
allowed there. What is said goes to standard output as JSON.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from accounts.models import Membership, Operator, Person  # noqa: E402
from accounts.roles import Role  # noqa: E402
from dispatch import clock  # noqa: E402
from dispatch.models import (  # noqa: E402
    Charger,
    ChargerCommand,
    ChargingSession,
    Depot,
    MeterReading,
    Plug,
    Route,
    ServiceArea,
    Shift,
    Stop,
    Unit,
    UnitState,
)
from dispatch.models.unit import Pack  # noqa: E402
from dispatch.services.charging.commands import queue_command  # noqa: E402
from dispatch.services.charging.interlock import token_of  # noqa: E402

VERB = ChargerCommand.Verb
EVERY_COMMAND: tuple[tuple[ChargerCommand.Verb, dict[str, Any]], ...] = (
    (VERB.LIMIT, {"token": "T", "energy_wh": 5}),
    (VERB.START, {"token": "0123456789ABCDEF0123"}),
    (VERB.CAP, {"power_w": 11_000, "number": 1, "ref": "T-1"}),
    (VERB.STOP, {"number": 1, "ref": "T-1"}),
    (VERB.UNLOCK, {}),
    (VERB.READ, {"keys": ["A.B"]}),
    (VERB.CONFIGURE, {"key": "A.B", "value": "1"}),
    (VERB.TRIGGER, {"message": "Heartbeat"}),
    (VERB.AVAILABILITY, {"available": True}),
    (VERB.RESET, {"hard": False}),
)

EMAIL, PASSWORD = "dana@example.test", "correct horse battery"


def seed(count: int) -> dict[str, Any]:
    """Plant an operator with as many units, plugs and chargers."""
    operator = Operator.objects.create(name="Bench Charge")
    dana = Person.objects.create_user(EMAIL, name="Dana", password=PASSWORD)
    Membership.objects.create(person=dana, operator=operator, role=Role.DISPATCHER)
    area = ServiceArea.objects.create(
        operator=operator, slug="bench", name="Bench", time_zone="Europe/Monaco", currency="EUR",
        locale="fr", vat_bp=2000, roads="bench", west=7.4, south=43.7, east=7.5, north=43.8,
        centre_lat=43.75, centre_lon=7.45,
    )  # fmt: skip
    depot = Depot.objects.create(operator=operator, area=area, slug="d", name="Depot", lat=43.75, lon=7.45)
    return {
        "email": EMAIL,
        "password": PASSWORD,
        "chargers": [_plant(area, depot, number) for number in range(count)],
    }


def _plant(area: ServiceArea, depot: Depot, number: int) -> dict[str, Any]:
    operator, now = area.operator, datetime.now(UTC)
    own = {"operator": operator}
    unit = Unit.objects.create(
        **own, area=area, home=depot, name=f"U-{number}", kind="van", mobility="road", profile="car",
        height_mm=1950, weight_kg=2500, shares_pack=False, drive_wh_per_km=250, aux_w=500,
        cost_per_km_milli=1, cost_per_h_milli=1,
    )  # fmt: skip
    Pack.objects.create(
        **own, unit=unit, usable_wh=100_000, reserve_wh=5_000, target_wh=60_000, max_charge_w=40_000,
        rest_w=0, curve=[],
    )  # fmt: skip
    Charger.objects.create(**own, unit=unit, connectors=["ccs2"], power_w=40_000, efficiency_pct=92)
    UnitState.objects.create(
        **own, unit=unit, activity="recharging", lat=depot.lat, lon=depot.lon, pack_wh=10_000, pack_at=now
    )
    plug = Plug.objects.create(**own, depot=depot, name=f"P-{number}", connector="ccs2", power_w=50_000)
    begin, end = now - timedelta(days=2), now + timedelta(days=1)
    shift = Shift.objects.create(**own, unit=unit, starts_at=begin, ends_at=end)
    route = Route.objects.create(**own, area=area, unit=unit, shift=shift)
    stop = Stop.objects.create(
        **own, route=route, unit=unit, plug=plug, depot=depot, kind="recharge", state="working", position=0,
        lat=depot.lat, lon=depot.lon, depart_at=begin, arrive_at=begin, start_at=begin, end_at=end,
        worked_from=begin,
    )  # fmt: skip
    protocol = ("ocpp1.6", "ocpp2.0.1")[number % 2]
    charger = Charger(
        **own, plug=plug, connectors=["ccs2"], power_w=50_000, efficiency_pct=95,
        identity=f"BENCH-{number}", protocol=protocol,
    )  # fmt: skip
    key = charger.issue_key()
    charger.save(force_insert=True)
    return {
        "identity": charger.identity,
        "key": key,
        "protocol": protocol,
        "token": token_of(stop),
        "unit": str(unit.id),
    }


def tally() -> dict[str, Any]:
    """Tell every session: whose, from which register, how much, and what is marked."""
    rows = ChargingSession.objects.values_list(
        "charger__identity", "meter_start_wh", "energy_wh", "ended_at", "flags"
    )
    found = [[who, start, energy, ended is not None, flags] for who, start, energy, ended, flags in rows]
    return {"sessions": found, "readings": MeterReading.objects.count()}


def tell(identity: str) -> list[str]:
    """Queue one command of each kind, as the house itself words them."""
    charger = Charger.objects.get(identity=identity)
    wall = datetime.now(UTC)
    return [
        str(queue_command(charger, verb, said, who="system", why="a test", wall=wall).id)
        for verb, said in EVERY_COMMAND
    ]


def commands() -> dict[str, str]:
    """Tell what became of every command."""
    return {str(key): status for key, status in ChargerCommand.objects.values_list("id", "status")}


def skip(seconds: str) -> None:
    """Let the world's clock jump ahead, and run on from there."""
    wall = clock.wall()
    ahead = wall + timedelta(seconds=float(seconds))
    clock._store(clock.Face(1.0, ahead, wall, wall + timedelta(days=1), running=True))


def main(verb: str, *words: str) -> Any:
    if verb == "seed":
        return seed(int(words[0]))
    return {"tally": tally, "tell": tell, "commands": commands, "skip": skip}[verb](*words)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
