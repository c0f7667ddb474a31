"""Figures for whoever watches the house, in Prometheus' text form.

Rows and sums of all processes are read when asked: any process may answer, and the answer is the house's.
"""

from collections.abc import Iterator

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from accounts.callers import Caller
from dispatch import clock, tally
from dispatch.api.problems import not_found
from dispatch.api.watchers import may_watch
from dispatch.selectors.house_figures import HouseFigures, get_house_figures

_HOUSE = Caller.system()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the present figures; to others than whoever watches there is nothing here."""
    if not may_watch(request):
        return not_found(request, Exception())
    try:
        figures = get_house_figures(_HOUSE, clock.now(), clock.wall())
    except Error as error:
        return HttpResponse(type(error).__name__, status=503, content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(_Found([*_list_gauges(figures), *_list_sums()]))
    return HttpResponse(generate_latest(registry), content_type="text/plain; version=0.0.4")


class _Found(Collector):
    """What was read, as the library wants it handed over."""

    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        yield from self._found


def _list_gauges(figures: HouseFigures) -> list[Metric]:
    rows: list[tuple[str, str, float]] = [
        ("open_requests", "requests that are owed energy", figures.open_requests),
        ("units", "units in service", figures.units),
        ("stale_units", "units not heard of lately", figures.stale_units),
        ("replans_waiting", "areas that want a plan", figures.replans_waiting),
        ("replan_wait_seconds", "how long the longest of them has waited", figures.longest_wait_s),
        ("plan_age_seconds", "world seconds since the oldest running plan", figures.plan_age_s),
        *_list_replan_rows(figures),
        *_list_eta_rows(figures),
    ]
    return [GaugeMetricFamily(f"voltrun_{name}", text, value=value) for name, text, value in rows]


def _list_replan_rows(figures: HouseFigures) -> list[tuple[str, str, float]]:
    """How long events of the last hour waited for their plan; nothing where none came."""
    times = figures.replans
    if times is None:
        return []
    return [
        ("replans", "plans published in the last hour that answered an event", times.count),
        ("replan_p50_seconds", "from an event to the plan that answers it, the middle", times.p50_s),
        ("replan_p95_seconds", "from an event to the plan that answers it, 95 of 100", times.p95_s),
    ]


def _list_eta_rows(figures: HouseFigures) -> list[tuple[str, str, float]]:
    """How good arrivals a quarter of an hour ahead were in the last day; nothing where none has come."""
    good = figures.arrivals
    if good is None:
        return []
    return [
        ("eta_samples", "predictions a quarter of an hour ahead, of the last world day", good["count"]),
        ("eta_bias_seconds", "how late the truth was against the P50, on average", good["bias_s"]),
        ("eta_mae_seconds", "how far it was off", good["mae_s"]),
        ("eta_covers_p90", "which share came by the P90", good["covers_p90"]),
        ("eta_covers_p10_p90", "which share came between P10 and P90", good["covers_p10_p90"] or 0.0),
    ]


def _list_sums() -> list[Metric]:
    """Read what all processes counted; while Valkey is away only that it is."""
    tally.flush()
    try:
        sums, waiting = tally.read_sums(), tally.count_waiting_tasks()
    except RedisError:
        return [GaugeMetricFamily("voltrun_valkey_up", "whether Valkey answers", value=0)]
    return [
        GaugeMetricFamily("voltrun_valkey_up", "whether Valkey answers", value=1),
        GaugeMetricFamily("voltrun_tasks_waiting", "tasks nobody has taken yet", value=waiting),
        *(_counter(sums, name) for name in tally.COUNTED),
        *(_histogram(sums, name) for name in tally.TIMED),
    ]


def _counter(sums: tally.Sums, name: str) -> Metric:
    measure = tally.COUNTED[name]
    # A gauge of the same name is of the last hour.
    family = f"voltrun_{name}_counted" if name == "replans" else f"voltrun_{name}"
    if not measure.label:
        return CounterMetricFamily(family, measure.text, value=sums.counts(name)[""])
    found = CounterMetricFamily(family, measure.text, labels=[measure.label])
    for value, count in sums.counts(name).items():
        found.add_metric([value], count)
    return found


def _histogram(sums: tally.Sums, name: str) -> Metric:
    histogram, seen, buckets = sums.histogram(name), 0, []
    edges = [*(f"{bound / 1000:g}" for bound in histogram.bounds_ms), "+Inf"]
    for edge, count in zip(edges, histogram.counts, strict=True):
        seen += count
        buckets.append((edge, seen))
    return HistogramMetricFamily(
        f"voltrun_{name}_seconds", tally.TIMED[name].text, buckets=buckets, sum_value=histogram.sum_s
    )
