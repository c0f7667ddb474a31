"""A day that was lived in every way the register knows: each personal field with a time has a value in it."""

from datetime import timedelta
from uuid import uuid4

from accounts.models import AccountAct, Act
from dispatch.models import (
    Attachment,
    ChargerCommand,
    ChargeRequest,
    ChargingSession,
    EtaSample,
    IdempotencyKey,
    Lock,
    Message,
    MeterReading,
    OcppMessage,
    Plan,
    Position,
    Receipt,
    Site,
    Stop,
    UnitState,
    Vehicle,
)
from tests.dispatch.crew import Crew
from tests.pictures import draw
from tests.small_world import CASINO, PORT, SmallWorld


def live(world: SmallWorld) -> ChargeRequest:
    """Alice was served, with all that may come with it; Bob's quote led nowhere; all cars were removed."""
    operator, azur = world.operator, world.units["Azur"]
    site = Site.objects.create(slug="casino", name="Casino", lat=CASINO[0], lon=CASINO[1])
    world.quote("Bob", place_text="Bob's corner")
    request = world.accept("Alice", place_text="level -2, bay 14")
    ChargeRequest.objects.filter(id=request.id).update(site=site)
    request.offer.quote.__class__.objects.filter(id=request.offer.quote_id).update(site=site)
    stop = world.stop_of(request)
    Lock.objects.get_or_create(stop=stop, operator=operator, what="unit", who="planner", created_at=world.now)
    Crew(world).serve(stop)
    world.plan()
    session = ChargingSession.objects.get(request=request)
    charger = session.charger
    photo = Attachment.objects.create(
        operator=operator, stop=stop, kind="meter", media_type="image/jpeg", content=draw("JPEG"),
        at=world.now, by=f"person:{world.people['Cora'].id}",
    )  # fmt: skip
    MeterReading.objects.filter(session=session).update(photo=photo)
    Message.objects.create(
        operator=operator, unit=azur, stop=stop, kind="blocked_entrance", text="the blue car", at=world.now,
        by=f"person:{world.people['Cora'].id}",
    )  # fmt: skip
    Position.objects.create(operator=operator, unit=azur, at=world.now, lat=PORT[0], lon=PORT[1])
    UnitState.objects.filter(unit=azur).update(fix_at=world.now, seen_at=world.now, heading=90, lat=CASINO[0])
    OcppMessage.objects.create(
        operator=operator, charger=charger, session=session, link=uuid4(), protocol="ocpp1.6", ours=False,
        action="Heartbeat", message_id="1", frame='[2,"1","Heartbeat",{}]', answer='[3,"1",{}]', at=world.now,
    )  # fmt: skip
    Receipt.objects.create(operator=operator, charger=charger, key="1", digest="1", session=session)
    ChargerCommand.objects.create(
        operator=operator, charger=charger, stop=stop, session=session, verb="unlock", who="system",
        status="accepted", queued_at=world.now, expires_at=world.now + timedelta(minutes=1),
    )  # fmt: skip
    EtaSample.objects.create(
        operator=operator, area=world.area, request=request, at=world.now, row=[], arrival_s=1, ready_s=1,
        arrival_p10=world.now, arrival_p50=world.now, arrival_p90=world.now, ready_p50=world.now,
        ready_p90=world.now, was_there=False,
    )  # fmt: skip
    IdempotencyKey.objects.create(
        caller="person:1", key="1", fingerprint="1", status=201, body="told", created_at=world.now
    )
    AccountAct.objects.create(what=Act.EXPORTED, person=world.people["Alice"], at=world.now)
    Vehicle.objects.update(removed_at=world.now)
    assert Plan.objects.count() > 2
    assert Stop.objects.filter(request=request, state="done").exists()
    return request
