"""The audit finds what does not hold, in every ledger, and names it."""

import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from dispatch.models import (
    ChargeRequest,
    ChargingSession,
    Event,
    Lock,
    MeterReading,
    Offer,
    Plan,
    Promise,
    ServiceArea,
    Stop,
    StreamCounter,
)
from dispatch.services.audit import audit, one_moment
from dispatch.services.freezing import assign_due
from tests.dispatch.crew import Crew


@pytest.fixture
def day(world):
    """Alice was served, Bob is told, and all of it is in the books."""
    crew = Crew(world)
    alice = world.accept("Alice")
    crew.serve(world.stop_of(alice))
    world.plan()
    world.accept("Bob")
    assign_due(world.area.id, world.now, 30)
    return world


def test_an_honest_day_has_no_findings(day):
    checked = audit()
    assert checked.findings == []
    assert (checked.requests, checked.sessions) == (2, 1)
    assert checked.plans == Plan.objects.count() > 2


def lose_a_plan():
    Plan.objects.order_by("version")[1].delete()


def change_a_plan():
    plan = Plan.objects.filter(writer="accept").latest("version")
    document = json.loads(zlib.decompress(plan.plan))
    stop = next(stop for route in document["routes"] for stop in route["stops"] if stop["kind"] == "serve")
    stop["start_s"] -= 600
    plan.plan = zlib.compress(json.dumps(document).encode())
    plan.save()


def forge(rows, **values):
    return lambda: rows().update(**values)


PLANTED = {
    "versions of its plans have gaps": lose_a_plan,
    "its last plan": forge(ServiceArea.objects.all, plan_version=99),
    "plan ": change_a_plan,
    "events, the last is": lambda: Event.objects.order_by("id")[1].delete(),
    "and has none": lambda: StreamCounter.objects.create(
        stream="unit:x", seq=3, operator=ServiceArea.objects.get().operator
    ),
    "served 2 times": lambda: copy_done_stop(),
    "done without a session": lambda: (MeterReading.objects.all().delete(), drop_sessions()),
    "completed without a stop": forge(
        lambda: Stop.objects.filter(kind="serve", state="done"), state="skipped"
    ),
    "its stop is done, it is booked": forge(
        lambda: ChargeRequest.objects.filter(status="completed"), status="booked"
    ),
    "a stop for it is not": forge(lambda: ChargeRequest.objects.filter(status="assigned"), status="failed"),
    "nothing was promised": lambda: Promise.objects.first().delete(),
    "it is assigned, its stop is planned": lambda: Lock.objects.all().delete(),
    "its stop is over, it never ended": forge(ChargingSession.objects.all, ended_at=None),
    "its readings say otherwise": lambda: MeterReading.objects.latest("at").delete(),
    "offer ": lambda: raise_price(Offer.objects.first()),
    "request ": lambda: raise_price(ChargeRequest.objects.first()),
}


def copy_done_stop():
    stop = Stop.objects.get(state="done", kind="serve")
    hold = Stop.objects.filter(kind="hold").first()
    Stop.objects.filter(id=hold.id).update(kind="serve", state="done", request=stop.request_id)


def drop_sessions():
    ChargingSession.objects.all().delete()


def raise_price(row):
    row.price = {**row.price, "total_minor": row.price["total_minor"] + 1}
    row.save()


@pytest.mark.parametrize("finding", PLANTED, ids=lambda text: text.strip().replace(" ", "-"))
def test_a_planted_error_is_found(day, finding):
    PLANTED[finding]()
    assert any(finding in found for found in audit().findings)


@pytest.mark.django_db(transaction=True)
def test_the_command_says_so_and_exits_with_one(day):
    said = StringIO()
    call_command("audit", stdout=said)
    assert said.getvalue().endswith("0 findings\n")
    Promise.objects.first().delete()
    with pytest.raises(SystemExit) as left:
        call_command("audit", stdout=said)
    assert left.value.code == 1
    assert "nothing was promised" in said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_what_happens_while_it_looks_is_not_seen(day):
    with one_moment():
        before = audit()
        with ThreadPoolExecutor(1) as lane:
            lane.submit(_plan, day).result()
        assert audit() == before
    assert audit().plans == before.plans + 1


def _plan(day):
    try:
        day.accept("Alice")
    finally:
        connection.close()
