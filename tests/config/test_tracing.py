"""Traces: none without an address; with one, a real collector's door hears of doors and statuses only."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from config import tracing


@pytest.fixture
def heard() -> Iterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """Where a collector listens, and what it heard."""
    found: list[ExportTraceServiceRequest] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", found
        server.shutdown()
        thread.join()


def test_a_call_is_told_by_its_door_and_nothing_of_what_was_looked_for(heard, client):
    url, found = heard
    tracing.begin(url, 1.0)
    try:
        with tracing.span("caused elsewhere"):
            carried = tracing.carry()
        answer = client.get("/healthz?q=alice")
        with tracing.span("dispatch.replan", carried):
            pass
    finally:
        tracing.end()
    (spans,) = [
        [span for scope in resource.scope_spans for span in scope.spans]
        for each in found
        for resource in each.resource_spans
    ]
    by_name = {span.name: span for span in spans}
    assert set(by_name) == {"caused elsewhere", "GET healthz", "dispatch.replan"}
    assert by_name["dispatch.replan"].trace_id == by_name["caused elsewhere"].trace_id
    words = {pair.key: pair.value for pair in by_name["GET healthz"].attributes}
    assert words["voltrun.call"].string_value == answer["X-Request-Id"]
    assert words["http.response.status_code"].int_value == 200
    assert "alice" not in str(found)


def test_without_an_address_nothing_of_it_is_imported():
    look = "import sys; import config.settings; sys.exit('opentelemetry.exporter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
