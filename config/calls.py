"""Every call has a name, which the log, the answer and what is done later because of it all carry."""

import re
from collections.abc import Callable
from time import monotonic
from uuid import uuid4

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.contextvars import bind_contextvars, clear_contextvars

from config import tracing
from dispatch import tally

SLOW_S = 1.0
HEADER = "X-Request-Id"
# A name is somebody else's text: only what can be nothing but a name is taken over.
_NAME = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
log = structlog.get_logger(__name__)


class Calls:
    """Name a call, say what became of it, and count it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        call = given if _NAME.fullmatch(given) else str(uuid4())
        clear_contextvars()
        bind_contextvars(call=call)
        begun = monotonic()
        with tracing.span(str(request.method)) as span:
            answer = self.get_response(request)
            answer[HEADER] = call
            if span is not None:
                span.update_name(f"{request.method} {name_door(request)}")
                span.set_attribute("voltrun.call", call)
                span.set_attribute("http.response.status_code", answer.status_code)
        if request.path_info.startswith("/api/"):
            self._tell(request, answer.status_code, monotonic() - begun)
        return answer

    @staticmethod
    def _tell(request: HttpRequest, status: int, took_s: float) -> None:
        tally.count("answers", name_kind(status))
        tally.observe("answer", took_s)
        if status >= 500 or took_s >= SLOW_S:
            log.warning(
                "answered",
                method=request.method,
                door=name_door(request),
                status=status,
                took_ms=round(took_s * 1000),
            )


def name_door(request: HttpRequest) -> str:
    """Name the door, not its address: an address may say what somebody looked for."""
    return request.resolver_match.view_name if request.resolver_match else "nowhere"


def name_kind(status: int) -> str:
    """Name what an answer says, as it is counted."""
    if status == 429:
        return "too_often"
    if status == 503:
        return "unavailable"
    return {2: "done", 3: "moved", 4: "refused"}.get(status // 100, "fault")
