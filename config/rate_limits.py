"""Every address has its measure, and every answer says how much of each measure is left.

The headers are those of the IETF's draft "RateLimit header fields for HTTP"; who comes too often is told
by a problem document, and when to come again.
"""

from collections.abc import Callable, Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.quotas import Standing, count, list_noted, name_address, note
from dispatch.api.problems import too_often


class RateLimits:
    """Count before anything else is asked: who knocks without a key is counted like anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        standing = count("address", name_address(request.META.get("REMOTE_ADDR", "")))
        note(request, standing)
        answer = self.get_response(request) if standing.within else too_often(request)
        noted = list_noted(request)
        answer["RateLimit-Policy"] = write_policies(noted)
        answer["RateLimit"] = write_standings(noted)
        return answer


def write_policies(noted: Iterable[Standing]) -> str:
    """Write what is allowed."""
    return ", ".join(f'"{each.policy}";q={each.most};w={each.window_s}' for each in noted)


def write_standings(noted: Iterable[Standing]) -> str:
    """Write what is left."""
    return ", ".join(f'"{each.policy}";r={each.left};t={each.wait_s}' for each in noted)
