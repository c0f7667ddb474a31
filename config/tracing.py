"""Traces, where somebody wants them: a span for each call and each task, sent by OTLP over HTTP.

Without TRACES_URL the library is not imported and nothing is made. A span holds the name of the door and the
status, never the address, which may say what somebody looked for; and the call's name, to find its log by.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_kept: dict[str, Any] = {}


def begin(url: str, share: float) -> None:
    """Send spans of this process to a collector from here on; nothing happens without an address."""
    if not url:
        return
    if find_spec("opentelemetry.exporter") is None:
        raise ImproperlyConfigured("TRACES_URL is set, and what makes traces is missing: deploy/tracing.txt")
    # They cost memory and half a second at start: only for whoever asked.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased  # noqa: PLC0415
    from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415
        TraceContextTextMapPropagator,
    )

    provider = TracerProvider(
        resource=Resource({"service.name": "voltrun"}), sampler=ParentBased(TraceIdRatioBased(share))
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    _kept.update(
        provider=provider, tracer=provider.get_tracer("voltrun"), words=TraceContextTextMapPropagator()
    )


@contextmanager
def span(name: str, carried: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Span what is done inside; None where nobody wants traces. `carried`: what began it elsewhere."""
    if not _kept:
        yield None
        return
    context = _kept["words"].extract(carried) if carried else None
    with _kept["tracer"].start_as_current_span(name, context=context) as begun:
        yield begun


def carry() -> dict[str, str]:
    """Return what goes with work that is done elsewhere because of this."""
    words: dict[str, str] = {}
    if _kept:
        _kept["words"].inject(words)
    return words


def end() -> None:
    """Send what waits, and make no more."""
    if _kept:
        _kept["provider"].shutdown()
        _kept.clear()
