"""When a visit may take place: its window, its opening hours, its lock."""

from routing.model.problem import Request
from routing.model.units import Seconds


def start_bounds(request: Request) -> tuple[Seconds, Seconds]:
    """Return the earliest and latest start; a locked start leaves no choice."""
    if request.start_s is not None:
        return request.start_s, request.start_s
    return request.earliest_s, request.latest_s


def earliest_start_s(request: Request, ready_s: Seconds, service_s: Seconds) -> Seconds:
    """Return the first start from `ready_s` on that lies in the opening hours.

    The latest start is not looked at; when no opening is long enough, the opening hours are not either.
    """
    start_s = max(ready_s, start_bounds(request)[0])
    if request.access is None:
        return start_s
    for open_s, close_s in request.access:
        begin_s = max(start_s, open_s)
        if begin_s + service_s <= close_s:
            return begin_s
    return start_s


def access_excess_s(request: Request, start_s: Seconds, end_s: Seconds) -> Seconds:
    """Return by how much a visit lies outside the opening hours; 0 when it lies inside."""
    if request.access is None:
        return 0
    excesses = [max(0, a - start_s) + max(0, end_s - b) for a, b in request.access]
    return min(excesses, default=end_s - start_s)
