"""Whose rows they are: every model, asked by everybody."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction

from accounts.callers import Caller
from accounts.models import Membership
from accounts.roles import Role
from dispatch import clock
from dispatch.models import (
    ChargerCommand,
    EtaModel,
    Receipt,
    RosterLine,
    SearchPlace,
    Shift,
    Site,
    Stop,
    VehicleModel,
)
from dispatch.services.charging.commands import queue_command
from dispatch.services.eta_samples import take_samples
from dispatch.services.freezing import assign_due
from dispatch.services.reports import keep_report
from tests.cast import make_person
from tests.dispatch.crew import Crew
from tests.dispatch.ocpp.desk import Desk
from tests.small_world import SmallWorld, build_world

EVERYBODY = "guest alice bob dana olga cora otto azur elsewhere"
FLEET = "dana olga"
ON_AZUR = f"{FLEET} cora azur"
# A driver sees what is theirs; staff of an operator its ground and means; nobody those of another.
SEEN_BY = {
    "ServiceArea": EVERYBODY,
    "Site": EVERYBODY,
    "SearchPlace": EVERYBODY,
    "VehicleModel": EVERYBODY,
    "Depot": ON_AZUR,
    "Plug": ON_AZUR,
    "Tariff": ON_AZUR,
    "Unit": ON_AZUR,
    "Pack": ON_AZUR,
    "Charger": ON_AZUR,
    "ChargerState": ON_AZUR,
    "ChargerCommand": ON_AZUR,
    "OcppMessage": FLEET,
    "Receipt": FLEET,
    "UnitState": ON_AZUR,
    "Position": ON_AZUR,
    "RosterLine": ON_AZUR,
    "Shift": ON_AZUR,
    "Route": ON_AZUR,
    "Stop": ON_AZUR,
    "Attachment": ON_AZUR,
    "Message": ON_AZUR,
    "Closure": FLEET,
    "EtaModel": FLEET,
    "EtaSample": FLEET,
    "EtaState": FLEET,
    "Lock": FLEET,
    "Plan": FLEET,
    "ReplanWanted": FLEET,
    "RiskItem": FLEET,
    "Event": FLEET,
    "StreamCounter": FLEET,
    "Vehicle": "alice",
    "Quote": "alice",
    "Offer": "alice",
    "ChargeRequest": f"alice {FLEET}",
    "Promise": f"alice {FLEET}",
    "ChargingSession": f"alice {FLEET}",
    "MeterReading": f"alice {FLEET}",
    "IdempotencyKey": "",
    "WorldClock": "",
}


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """Azur has served Alice; one row at least of everything is there, Riviera's or Alice's."""

    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world(vans=1, drivers=["Alice"])
        tell(world)
        yield dict(list_callers(world))
        transaction.set_rollback(True)


def tell(world: SmallWorld) -> None:
    azur = world.units["Azur"]
    Site.objects.create(slug="low", name="Low car park", lat=43.7, lon=7.4)
    SearchPlace.objects.create(
        city="Azurville", build="1", kind="street", name="Quay", folded="quay", lat=43.7, lon=7.4
    )
    VehicleModel.objects.create(
        slug="small-one",
        make="Small",
        model="One",
        usable_wh=40_000,
        max_dc_w=50_000,
        max_ac_w=11_000,
        connectors=["ccs2"],
        wh_per_km=150,
        source="invented",
    )
    RosterLine.objects.create(
        operator=world.operator, unit=azur, starts_local=world.now.time(), duration_s=3600
    )
    stop = world.stop_of(world.accept("Alice"))
    assign_due(world.area.id, world.now, 1)
    take_samples(world.area, world.now)
    EtaModel.objects.create(
        operator=world.operator,
        area=world.area,
        version=1,
        trained_at=world.now,
        window_from=world.now,
        window_to=world.now,
        samples=0,
        visits=0,
        quality={},
        document={},
    )
    world.area.closures.create(
        operator=world.operator,
        kind="closed",
        speed_pct=0,
        shape={"line": [[43.73, 7.42], [43.74, 7.42]]},
        from_at=world.now,
        made_at=world.now,
        made_by="person:1",
    )
    azur.risks.create(
        operator=world.operator,
        area=world.area,
        kind="stale",
        subject=azur.id,
        since=world.now,
        cause="silent",
    )
    Crew(world).serve(stop)
    device = world.device_of(azur.id)
    stop.attachments.create(
        operator=world.operator,
        kind="meter",
        media_type="image/png",
        content=b"a picture",
        at=world.now,
        by=device.key,
    )
    keep_report(device, azur.id, "blocked_entrance", world.now, "a bus stands there", stop.id)
    tell_of_charger(azur.charger)
    azur.positions.create(operator=world.operator, at=world.now, lat=43.7, lon=7.4)


def tell_of_charger(charger):
    """A charger that has said hello and was told something."""
    charger.identity = "MC-AZUR"
    charger.save()
    Desk(charger, "ocpp1.6").say("Heartbeat", {})
    Receipt.objects.create(operator=charger.operator, charger=charger, key="k", digest="")
    verb = ChargerCommand.Verb.RESET
    queue_command(charger, verb, {}, who="system", why="a test", wall=clock.wall())


def list_callers(world: SmallWorld):
    elsewhere = type(world.operator).objects.create(name="Elsewhere Power")
    otto = make_person("Otto", elsewhere, Role.DISPATCHER)
    yield "guest", Caller.anonymous()
    for name in ("Alice", "Dana", "Olga", "Cora"):
        yield name.lower(), world.caller(name)
    yield "bob", Caller.of_person(make_person("Bob"))
    yield "otto", Caller.of_person(otto)
    yield "azur", world.device_of(world.units["Azur"].id)
    yield "elsewhere", Caller.system(elsewhere.id)


def list_models():
    # Keys of repeated calls are tested where they are made.
    return list(apps.get_app_config("dispatch").get_models())


def test_every_model_is_asked_for():
    assert {model.__name__ for model in list_models()} == set(SEEN_BY)


@pytest.mark.parametrize("model", list_models(), ids=lambda model: model.__name__)
def test_only_those_see_a_row_whose_it_is(story, django_db_blocker, model):
    with django_db_blocker.unblock():
        if model.__name__ != "IdempotencyKey":
            assert model.objects.exists(), "nothing there to be seen"
        seen = {name for name, caller in story.items() if model.objects.of(caller).exists()}
    assert seen == set(SEEN_BY[model.__name__].split())


def test_a_crew_sees_its_own_unit_and_not_the_others(world):
    cora = world.caller("Cora")
    assert {stop.unit.name for stop in Stop.objects.of(cora)} == {"Azur"}
    assert {stop.unit.name for stop in Stop.objects.of(world.caller("Dana"))} == {"Azur", "Corail"}


def test_a_crew_of_last_week_has_no_say_today(world):
    cora = world.caller("Cora")
    Shift.objects.filter(crew=world.people["Cora"]).update(
        starts_at=world.now - timedelta(days=7), ends_at=world.now - timedelta(days=6, hours=12)
    )
    assert not Stop.objects.of(cora).exists()


def test_a_shift_without_the_role_shows_nothing(world):
    cora = world.people["Cora"]
    Membership.objects.filter(person=cora).delete()
    assert not Stop.objects.of(world.caller("Cora")).exists()
