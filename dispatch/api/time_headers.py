"""Every answer of the API says what time it is in the world, and how fast it runs."""

from collections.abc import Callable
from datetime import datetime

from django.db import Error
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from dispatch import clock


class TimeHeaders:
    """Screens count down with these two headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if request.path_info.startswith("/api/"):
            try:
                answer["Voltrun-Server-Time"] = build_instant(clock.now())
                answer["Voltrun-Speed"] = f"{clock.speed():g}"
            except Error:
                # Without a database there is no world time; the answer says what is wrong.
                pass
        return answer


def build_instant(at: datetime) -> str:
    """Write an instant the way all our answers do."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
