"""How good are predicted arrivals? Learns on ordinary days; judges on others, and on days that are not.

python -m routing.simulation.eta_study --train 24 --test 6
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from routing.prediction.calibration import STEADY, Drift, follow
from routing.prediction.calibration import Seen as Told
from routing.prediction.fitting import fit
from routing.prediction.pace import Usual, learn_usual
from routing.prediction.quality import BANDS_S, QUARTER_OF_AN_HOUR, Judged, Quality, judge
from routing.prediction.quantiles import Model, Range
from routing.prediction.samples import Sample
from routing.simulation.eta_days import EtaDay, Medians, Seen, Size, learn_medians, watch_day
from routing.simulation.regimes import ORDINARY, load_regimes

FIRST_HELD_OUT = 501
"""Seeds of the days that judge begin here, far from those that teach."""

DAY_APART_S = 100_000


@dataclass(frozen=True, slots=True)
class Scored:
    """One prediction with what came.

    Attributes
    ----------
    arrival, ready
        None where that lay behind, or never came.
    simple_s
        The arrival by road time and median service times.
    """

    arrival: Judged | None
    ready: Judged | None
    simple_s: float


def learn(days: int, size: Size) -> tuple[Model, Usual, Medians]:
    """Learn from ordinary days: first the usual pace, then, with it, the quantiles."""
    first = [_watch(seed, ORDINARY, size, Usual(), Medians()) for seed in range(1, 1 + max(2, days // 6))]
    usual = Usual(learn_usual(done for day in first for done in day.done))
    taught = [_watch(seed, ORDINARY, size, usual, Medians()) for seed in range(1, 1 + days)]
    samples = [sample for day in taught for sample in _on_one_scale(day)]
    return fit(samples, usual.pace), usual, learn_medians(taught)


def _watch(seed: int, regime: str, size: Size, usual: Usual, medians: Medians) -> EtaDay:
    sys.stderr.write(f"\r{regime}, day {seed}    ")
    return watch_day(seed, load_regimes()[regime], size, usual, medians)


def _on_one_scale(day: EtaDay) -> Iterator[Sample]:
    """Name visits apart from those of other days, and put days one after the other."""
    for seen in day.seen:
        one = seen.sample
        key, at_s = f"{day.seed}/{one.key}", day.seed * DAY_APART_S + one.at_s
        yield Sample(key, at_s, one.row, one.arrival_s, one.ready_s, one.real_arrival_s, one.real_ready_s)


def score_day(model: Model, day: EtaDay) -> Iterator[Scored]:
    """Predict a day as it is lived: the bounds follow what has come out until then."""
    arriving, readying = _Following(), _Following()
    for at_s, group in groupby(sorted(day.seen, key=lambda seen: seen.sample.at_s), lambda s: s.sample.at_s):
        now = list(group)
        samples = [seen.sample for seen in now]
        drifts = arriving.drift_at(at_s), readying.drift_at(at_s)
        ranges = model.predict(
            [one.row for one in samples],
            [one.arrival_s for one in samples],
            [one.ready_s for one in samples],
            drifts,
        )
        for seen, found in zip(now, ranges, strict=True):
            scored = _score(seen, found)
            arriving.expect(seen.sample, seen.sample.arrival_s, scored.arrival)
            readying.expect(seen.sample, seen.sample.ready_s, scored.ready)
            yield scored


def _score(seen: Seen, found: Range) -> Scored:
    one = seen.sample
    arrival = ready = None
    if one.real_arrival_s is not None:
        arrival = Judged(found.arrival_p10_s, found.arrival_p50_s, found.arrival_p90_s, one.real_arrival_s)
    if one.real_ready_s is not None:
        ready = Judged(found.ready_p10_s, found.ready_p50_s, found.ready_p90_s, one.real_ready_s)
    return Scored(arrival, ready, seen.simple_s)


class _Following:
    """Tells the bounds what became of each visit once it is over, never before."""

    def __init__(self) -> None:
        self._drift: Drift = STEADY
        self._open: dict[str, tuple[float, list[Told]]] = {}

    def expect(self, sample: Sample, expected_s: float, judged: Judged | None) -> None:
        if judged is not None:
            told = Told(expected_s, (judged.p10_s, judged.p50_s, judged.p90_s), judged.real_s)
            self._open.setdefault(sample.key, (sample.at_s + judged.real_s, []))[1].append(told)

    def drift_at(self, now_s: float) -> Drift:
        over = sorted((at_s, key) for key, (at_s, _) in self._open.items() if at_s <= now_s)
        self._drift = follow(self._drift, [self._open.pop(key)[1] for _, key in over])
        return self._drift


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a regime, what is predicted, a band of lead times."""

    regime: str
    what: str
    lead_s: tuple[int, int]
    quality: Quality
    simple_mae_s: float | None = None


def list_lines(regime: str, scored: Sequence[Scored]) -> Iterator[Line]:
    """Judge a regime's predictions, by lead time and all together."""
    everything = (0, BANDS_S[-1][1])
    for band in (*BANDS_S, everything):
        mine = [one for one in scored if one.arrival is not None and _is_in(one.arrival, band)]
        quality = judge([one.arrival for one in mine if one.arrival is not None])
        if quality is not None:
            off_s = [abs(one.simple_s - one.arrival.real_s) for one in mine if one.arrival is not None]
            yield Line(regime, "arrival", band, quality, round(float(np.mean(off_s)), 1))
    for band in (*BANDS_S, everything):
        quality = judge([one.ready for one in scored if one.ready is not None and _is_in(one.ready, band)])
        if quality is not None:
            yield Line(regime, "ready", band, quality)


def _is_in(judged: Judged, band: tuple[int, int]) -> bool:
    return band[0] <= judged.p50_s < band[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, judge and print the table."""
    options = _read(arguments)
    size = Size(options.units, options.requests)
    model, usual, medians = learn(options.train, size)
    lines: list[Line] = []
    for regime in load_regimes():
        seeds = range(FIRST_HELD_OUT, FIRST_HELD_OUT + options.test)
        days = (_watch(seed, regime, size, usual, medians) for seed in seeds)
        lines += list_lines(regime, [one for day in days for one in score_day(model, day)])
    sys.stderr.write("\n")
    if options.output is not None:
        options.output.write_text(json.dumps(model.to_json(), separators=(",", ":")), encoding="utf-8")
    if options.json:
        sys.stdout.writelines(json.dumps(asdict(line)) + "\n" for line in lines)
    else:
        _print_table(lines)
    return 0


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m routing.simulation.eta_study", description=__doc__)
    parser.add_argument("--train", type=int, default=24, help="ordinary days to learn from (default 24)")
    parser.add_argument("--test", type=int, default=6, help="days of each regime to judge on (default 6)")
    parser.add_argument("--units", type=int, default=Size().units)
    parser.add_argument("--requests", type=int, default=Size().requests)
    parser.add_argument("--json", action="store_true", help="one JSON object per line of the table")
    parser.add_argument("-o", "--output", type=Path, help="write the model there, too")
    return parser.parse_args(arguments)


def _print_table(lines: Iterable[Line]) -> None:
    head = "regime      what     lead min   n      bias  MAE   simple  P10-P90  P90    width  pinball"
    sys.stdout.write(head + "\n")
    for line in lines:
        low, high = line.lead_s
        until = "all" if (low, high) == (0, BANDS_S[-1][1]) else f"{low / 60:g}-{_upper(high)}"
        good = line.quality
        simple = "" if line.simple_mae_s is None else f"{line.simple_mae_s / 60:.1f}"
        mark = " <" if line.lead_s == QUARTER_OF_AN_HOUR else ""
        numbers = f"{good.bias_s / 60:5.1f} {good.mae_s / 60:5.1f} {simple:>6}"
        covers = f"{good.covers_p10_p90 or 0:8.3f} {good.covers_p90:6.3f}"
        sizes = f"{(good.width_s or 0) / 60:6.1f} {good.pinball_s / 60:7.2f}"
        name = f"{line.regime:11} {line.what:8} {until:9} {good.count:6}"
        sys.stdout.write(f"{name} {numbers} {covers} {sizes}{mark}\n")


def _upper(seconds: int) -> str:
    return "" if seconds == BANDS_S[-1][1] else f"{seconds / 60:g}"


if __name__ == "__main__":
    sys.exit(main())
