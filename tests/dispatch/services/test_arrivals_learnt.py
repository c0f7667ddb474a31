"""What is expected is written down, what came beside it; a model is made of it and shown, not a margin."""

from datetime import timedelta

import numpy as np
import pytest

from dispatch.models import EtaModel, EtaSample, EtaState, ServiceArea
from dispatch.routing_bridge import forecasting
from dispatch.selectors.etas import eta_document, expect_requests, state_spread
from dispatch.services import eta_learning
from dispatch.services.eta_learning import FIRST_VISITS, learn_arrivals
from dispatch.services.eta_present import measure_present
from dispatch.services.eta_samples import EVERY, KEPT, forget_samples, resolve_samples, take_samples
from routing.prediction.features import ARRIVAL_NAMES, READY_NAMES
from routing.prediction.forest import Forest
from routing.prediction.quantiles import Model, Quantiles
from tests.dispatch.crew import Crew


def constant(value: float) -> Forest:
    none = np.zeros((0, 1))
    return Forest(value, none.astype(int), none, none.astype(int), none.astype(int), none, 0)


def learn(world, p10=-0.5, p50=0.0, p90=1.0, version=1) -> EtaModel:
    """A model that says the same of everything."""
    forests = (constant(p10), constant(p50), constant(p90))
    model = Model(Quantiles(ARRIVAL_NAMES, forests), Quantiles(READY_NAMES, forests))
    row = EtaModel.objects.create(
        operator=world.operator, area=world.area, version=version, trained_at=world.now,
        window_from=world.now - timedelta(days=7), window_to=world.now, samples=900, visits=200,
        quality={}, document=model.to_json(),
    )  # fmt: skip
    EtaState.objects.update_or_create(area=world.area, defaults={"operator": world.operator, "model": row})
    return row


def expected(world, request):
    return expect_requests([world.stop_of(request).unit_id], world.now)[request.id]


def test_without_a_model_the_stated_margin_is_shown(world):
    request = world.accept("Alice")
    found = expected(world, request)
    assert found.spread is None
    assert eta_document(found, world.now)["arrival_p50"] == clock_text(found.arrival)


def clock_text(at):
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_model_says_how_far_off_an_arrival_may_be(world):
    request = world.accept("Alice", earliest=world.now + timedelta(hours=1))
    learn(world)
    found = expected(world, request)
    lead = (found.arrival - world.now).total_seconds()
    scale = timedelta(seconds=60 + 0.15 * lead)
    assert found.spread is not None
    assert abs(found.spread.arrival_p90 - (found.arrival + scale)) < timedelta(seconds=1)
    assert abs(found.spread.arrival_p10 - (found.arrival - scale / 2)) < timedelta(seconds=1)
    assert found.spread.ready_p90 > found.spread.ready_p50 >= found.spread.arrival_p50


def test_bounds_that_have_drifted_and_a_slow_pace_are_shown(world):
    request = world.accept("Alice")
    learn(world)
    before = expected(world, request)
    EtaState.objects.update(
        arrival_drift={"everywhere": [0, 0, 0.5], "by_lead": [[0, 0, 0]] * 6}, pace={"travel": 2.0}
    )
    after = expected(world, request)
    assert after.arrival > before.arrival
    assert after.spread.arrival_p90 - after.arrival > before.spread.arrival_p90 - before.arrival


def test_an_arrival_is_a_fact_whatever_a_model_says(world):
    request = world.accept("Alice")
    learn(world)
    Crew(world).go_to(world.stop_of(request))
    world.wait(minutes=2)
    found = expected(world, request)
    assert found.spread.arrival_p10 == found.spread.arrival_p90 == world.stop_of(request).arrived_at
    assert found.spread.ready_p50 > world.now


def test_a_model_of_another_version_of_the_house_is_as_good_as_none(world):
    request = world.accept("Alice")
    row = learn(world)
    broken = EtaModel.objects.create(
        operator=world.operator, area=world.area, version=2, trained_at=world.now, window_from=world.now,
        window_to=world.now, samples=1, visits=1, quality={}, document={**row.document, "format": 0},
    )  # fmt: skip
    EtaState.objects.update(model=broken)
    assert expected(world, request).spread is None


def test_every_few_minutes_what_is_expected_is_written_down(world):
    request = world.accept("Alice")
    assert take_samples(world.area, world.now) == 1
    assert take_samples(world.area, world.now + timedelta(minutes=1)) == 0
    world.wait(seconds=EVERY.total_seconds())
    assert take_samples(world.area, world.now) == 1
    sample = EtaSample.objects.earliest("at")
    shown = state_spread(expect_requests([world.stop_of(request).unit_id], sample.at)[request.id], sample.at)
    assert (sample.arrival_p90, sample.model_version, sample.was_there) == (shown.arrival_p90, None, False)
    assert len(sample.row) == len(READY_NAMES)


def test_what_came_is_added_and_ends_it(world):
    request = world.accept("Alice")
    take_samples(world.area, world.now)
    stop = world.stop_of(request)
    crew = Crew(world)
    crew.begin(stop)
    take_samples(world.area, world.now)
    resolve_samples(world.area)
    first, second = EtaSample.objects.order_by("at")
    assert first.arrived_at is not None
    assert (second.was_there, second.arrived_at, second.over) == (True, None, False)
    world.wait(minutes=20)
    done = crew.do("finish", stop, meter_wh=crew.meter_wh + stop.energy_wh, car_soc=0.6)
    resolve_samples(world.area)
    assert {(one.ready_at, one.over) for one in EtaSample.objects.all()} == {(done.done_at, True)}


def test_what_was_called_off_ends_without_a_result(world):
    request = world.accept("Alice")
    take_samples(world.area, world.now)
    request.status = "cancelled"
    request.save()
    resolve_samples(world.area)
    sample = EtaSample.objects.get()
    assert (sample.over, sample.arrived_at, sample.ready_at) == (True, None, None)


def test_slow_hands_make_the_pace_slow(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    crew = Crew(world)
    crew.go_to(stop)
    world.wait(seconds=3 * stop.setup_s)
    crew.do("start", stop, meter_wh=crew.meter_wh, car_soc=0.3)
    world.wait(minutes=20)
    crew.do("finish", stop, meter_wh=crew.meter_wh + stop.energy_wh, car_soc=0.6)
    measure_present(world.area, world.now)
    pace = EtaState.objects.get().pace
    assert pace["handling"] > 1.0
    assert pace["travel"] == pytest.approx(1.0, abs=0.05)


def test_the_bounds_hear_once_of_what_came_out(world):
    request = world.accept("Alice")
    learn(world, p10=-2.0, p50=-2.0, p90=-2.0)
    take_samples(world.area, world.now)
    Crew(world).serve(world.stop_of(request))
    resolve_samples(world.area)
    measure_present(world.area, world.now)
    first = EtaState.objects.get()
    assert first.arrival_drift["everywhere"][2] > 0
    assert first.ready_drift["everywhere"][2] > 0
    measure_present(world.area, world.now)
    assert EtaState.objects.get().arrival_drift == first.arrival_drift


def add_history(world, request):
    """One visit that was predicted once, and came."""
    take_samples(world.area, world.now)
    EtaSample.objects.update(over=True, arrived_at=world.now + timedelta(minutes=9))
    return EtaSample.objects.get()


def test_a_model_is_made_only_of_enough(world, monkeypatch):
    add_history(world, world.accept("Alice"))
    monkeypatch.setattr(eta_learning, "fit_model", lambda *_: pytest.fail("nothing to learn from"))
    assert FIRST_VISITS > 1
    assert learn_arrivals(world.area, world.now) is None


@pytest.mark.parametrize(("pinball", "used"), [(20.0, True), (80.0, False)])
def test_a_model_takes_over_where_it_beats_what_was_shown(world, monkeypatch, pinball, used):
    add_history(world, world.accept("Alice"))
    quality = {"arrival": {"pinball_s": pinball}, "shown": {"pinball_s": 50.0}}
    about = {"samples": 9, "visits": 3, "quality": quality}
    monkeypatch.setattr(eta_learning, "FIRST_VISITS", 1)
    monkeypatch.setattr(eta_learning, "fit_model", lambda *_: {"about": about})
    model = learn_arrivals(world.area, world.now)
    assert model is not None
    assert (model.version, model.visits) == (1, 3)
    assert (EtaState.objects.get().model_id == model.id) is used
    assert learn_arrivals(ServiceArea.objects.get(), world.now) is None, "the next one is not due yet"


def test_a_model_nobody_could_judge_does_not_take_over(world, monkeypatch):
    add_history(world, world.accept("Alice"))
    monkeypatch.setattr(eta_learning, "FIRST_VISITS", 1)
    about = {"samples": 9, "visits": 3, "quality": {}}
    monkeypatch.setattr(eta_learning, "fit_model", lambda *_: {"about": about})
    assert learn_arrivals(world.area, world.now) is not None
    assert EtaState.objects.get().model is None


def test_too_little_in_the_fitting_process_is_no_error(world):
    add_history(world, world.accept("Alice"))
    assert forecasting.fit_model(EtaSample.objects.all(), [], world.now) is None


def test_what_nobody_learns_from_any_more_is_forgotten(world):
    add_history(world, world.accept("Alice"))
    assert forget_samples(world.now) == 0
    assert forget_samples(world.now + KEPT + timedelta(minutes=1)) == 1
