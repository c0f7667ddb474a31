"""What crews report in words is kept, and only for those who may read it."""

import pytest

from dispatch.errors import Invalid, NotFound
from dispatch.models import Event, Message
from dispatch.services.reports import keep_report


def test_a_report_is_a_row_and_an_event_without_its_words(world):
    azur = world.units["Azur"]
    stop = azur.stops.first()
    keep_report(world.caller("Cora"), azur.id, "flat_tyre", world.now, "front left", stop.id)
    message = Message.objects.get()
    assert (message.kind, message.text, message.stop, message.at) == (
        "flat_tyre",
        "front left",
        stop,
        world.now,
    )
    assert message.by == f"person:{world.people['Cora'].id}"
    event = Event.objects.get(stream=f"unit:{azur.id}", type="crew.report")
    assert (event.cause, event.data) == ("flat_tyre", {"unit": str(azur.id)})


def test_a_report_outlives_its_stop(world):
    azur = world.units["Azur"]
    stop = azur.stops.first()
    keep_report(world.caller("Cora"), azur.id, "flat_tyre", world.now, "front left", stop.id)
    stop.delete()
    assert Message.objects.get().stop is None


def test_it_is_about_a_stop_of_the_own_unit(world):
    azur, corail = world.units["Azur"], world.units["Corail"]
    with pytest.raises(Invalid, match="unknown_stop"):
        keep_report(world.caller("Cora"), azur.id, "flat_tyre", world.now, "", corail.stops.first().id)
    with pytest.raises(NotFound):
        keep_report(world.caller("Cora"), corail.id, "flat_tyre", world.now)
