"""A model is learnt from what came, written down and read again; what it says is in order."""

import io
import json
import sys

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingRegressor

from routing.prediction import __main__ as command
from routing.prediction.calibration import Drift
from routing.prediction.features import READY_NAMES
from routing.prediction.fitting import Effort, TooFew, _export, fit
from routing.prediction.forest import Forest
from routing.prediction.quantiles import Model
from routing.prediction.samples import Sample

QUICK = Effort(trees=15, least_leaf=20)


def learn_samples(visits=200):
    """Visits whose ways take a tenth longer than planned, give or take; slow crews twice as much."""
    dice = np.random.default_rng(7)
    for number in range(visits):
        travel_s, handling_s = dice.uniform(60, 1_800), dice.uniform(300, 900)
        row = [0.0] * len(READY_NAMES)
        row[0], row[1], row[2] = travel_s, travel_s, handling_s
        real_s = travel_s * 1.1 + handling_s * 0.5 * dice.exponential()
        expected = float(travel_s)
        yield Sample(
            f"visit {number}", number * 600.0, tuple(row), expected, expected + 1_200, real_s, real_s + 1_500,
            shown=(expected - 100, expected, expected + 200),
        )  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return fit(list(learn_samples(400)), effort=QUICK)


def test_a_model_covers_what_comes(model):
    fresh = list(learn_samples(800))[400:]
    found = model.predict([s.row for s in fresh], [s.arrival_s for s in fresh], [s.ready_s for s in fresh])
    real = np.array([s.real_arrival_s for s in fresh])
    below = np.array([one.arrival_p90_s for one in found]) >= real
    above = np.array([one.arrival_p10_s for one in found]) <= real
    assert 0.84 <= below.mean() <= 0.96
    assert 0.72 <= (below & above).mean() <= 0.9


def test_what_it_says_is_in_order_and_not_in_the_past(model):
    rows = [tuple(np.random.default_rng(n).uniform(0, 3_000, len(READY_NAMES))) for n in range(50)]
    wild = Drift((2.0, 0.0, -2.0))
    for one in model.predict(rows, [0.0] * 50, [30.0] * 50, (wild, wild)):
        arrival = (one.arrival_p10_s, one.arrival_p50_s, one.arrival_p90_s)
        ready = (one.ready_p10_s, one.ready_p50_s, one.ready_p90_s)
        assert 0 <= arrival[0] <= arrival[1] <= arrival[2]
        assert list(ready) == sorted(ready)
        assert all(r >= a for r, a in zip(ready, arrival, strict=True))


def test_a_model_that_was_written_down_says_the_same(model):
    again = Model.from_json(json.loads(json.dumps(model.to_json())))
    some = list(learn_samples(20))
    asked = [s.row for s in some], [s.arrival_s for s in some], [s.ready_s for s in some]
    for one, other in zip(model.predict(*asked), again.predict(*asked), strict=True):
        assert one.arrival_p90_s == pytest.approx(other.arrival_p90_s, abs=5)


def test_a_model_of_another_format_is_refused(model):
    document = model.to_json()
    with pytest.raises(ValueError, match="another format"):
        Model.from_json({**document, "format": 0})
    with pytest.raises(ValueError, match="another format"):
        Model.from_json({**document, "arrival": {**document["arrival"], "names": ["lead_s"]}})


def test_exported_trees_say_what_the_library_says():
    dice = np.random.default_rng(3)
    rows, wanted = dice.normal(size=(500, 4)).astype(np.float32), dice.normal(size=500)
    grown = GradientBoostingRegressor(loss="quantile", alpha=0.9, n_estimators=12, max_depth=3).fit(
        rows, wanted
    )
    forest = _export(grown, 0.1)
    np.testing.assert_allclose(forest.predict(rows), grown.predict(rows), atol=1e-9)
    again = Forest.from_json(forest.to_json())
    np.testing.assert_allclose(again.predict(rows), grown.predict(rows), atol=0.1)


def test_too_few_visits_make_no_model():
    with pytest.raises(TooFew):
        fit(list(learn_samples(30)), effort=QUICK)


def test_predictions_of_one_visit_are_never_split(model):
    assert model.about["visits"] == 400
    assert set(model.about["quality"]) == {"arrival", "ready", "shown"}


def test_nobody_asked_is_nobody_answered(model):
    assert model.predict([], [], []) == []


def run(monkeypatch, text, *arguments):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return command.main(list(arguments or ["fit"]))


def test_the_command_says_what_it_cannot_do(monkeypatch, capsys):
    head = json.dumps({"usual": {"travel": 1.1, "handling": 1.0, "flow": 1.0}})
    assert run(monkeypatch, head + "\n") == command.TOO_FEW
    assert run(monkeypatch, "no json\n") == command.UNUSABLE
    assert run(monkeypatch, "") == command.UNUSABLE
    assert run(monkeypatch, head + '\n{"key": "a"}\n') == command.UNUSABLE
    assert run(monkeypatch, head, "guess") == command.UNUSABLE
    assert capsys.readouterr().out == ""


def test_the_command_writes_a_model(monkeypatch, capsys):
    head = json.dumps({"usual": {"travel": 1.1, "handling": 1.0, "flow": 1.0}})
    lines = "\n".join(json.dumps(sample.to_json()) for sample in learn_samples(80))
    assert run(monkeypatch, f"{head}\n{lines}\n") == command.DONE
    model = Model.from_json(json.loads(capsys.readouterr().out))
    assert model.usual.travel == 1.1
