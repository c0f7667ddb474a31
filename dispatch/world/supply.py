"""What stands behind an outlet: a unit's pack and the car at it, or a plug and the pack at that."""

from collections.abc import Callable, Iterable
from typing import Protocol
from uuid import UUID

from dispatch.world.body import Body
from dispatch.world.config import PlugConfig
from dispatch.world.visit import Visit

# Power is the mean over so long.
_OVER_S = 5.0
# A stop's token is the end of its id.
_TOKEN_LENGTH = 20


class Supply(Protocol):
    """What an outlet feeds."""

    def find_visit(self, token: str) -> Visit | None: ...
    def register_wh(self, now: float) -> int: ...
    def power_w(self, visit: Visit, now: float) -> int: ...
    def soc(self, visit: Visit, now: float) -> float | None: ...
    def offered_w(self, visit: Visit) -> int: ...


def is_of(visit: Visit | None, token: str) -> bool:
    return visit is not None and UUID(visit.stop).hex[-_TOKEN_LENGTH:].upper() == token.upper()


class UnitSupply:
    """A unit feeds cars; its meter is the unit's own."""

    def __init__(self, body: Body) -> None:
        self._body = body

    def find_visit(self, token: str) -> Visit | None:
        visit = self._body.visit
        return visit if is_of(visit, token) and visit is not None and visit.kind == "serve" else None

    def register_wh(self, now: float) -> int:
        return self._body.meter_wh_at(now)

    def power_w(self, visit: Visit, now: float) -> int:
        before, after = visit.delivered_wh(now - _OVER_S), visit.delivered_wh(now + _OVER_S)
        # Of whole watt-hours, so it could be more than is offered.
        return min(round((after - before) * 3_600 / (2 * _OVER_S)), self.offered_w(visit))

    def soc(self, visit: Visit, now: float) -> float | None:
        return round(visit.soc_of_car(now), 4)

    def offered_w(self, visit: Visit) -> int:
        return visit.power_w


class PlugSupply:
    """A plug feeds whichever unit's pack stands at it; its meter counts what leaves the grid."""

    def __init__(
        self, plug: PlugConfig, list_bodies: Callable[[], Iterable[Body]], register_wh: float
    ) -> None:
        self._plug, self._list_bodies = plug, list_bodies
        self._before_wh, self._visit = register_wh, None

    _visit: Visit | None

    def find_visit(self, token: str) -> Visit | None:
        bodies = self._list_bodies()
        found = next((body.visit for body in bodies if is_of(body.visit, token)), None)
        if found is not None and found is not self._visit:
            self._before_wh = self.register_wh(found.ready_at)
            self._visit = found
            # What had flowed before this process took it up is in the register already.
            self._before_wh -= self._drawn_wh(found, found.flow_from or 0.0)
        return found

    def register_wh(self, now: float) -> int:
        return int(self._before_wh + (0 if self._visit is None else self._drawn_wh(self._visit, now)))

    def power_w(self, visit: Visit, now: float) -> int:
        drawn_wh = self._drawn_wh(visit, now + _OVER_S) - self._drawn_wh(visit, now - _OVER_S)
        return round(max(drawn_wh, 0.0) * 3_600 / (2 * _OVER_S))

    def soc(self, visit: Visit, now: float) -> float | None:
        return None

    def offered_w(self, visit: Visit) -> int:
        return self._plug.power_w

    def _drawn_wh(self, visit: Visit, now: float) -> float:
        return visit.refilled_wh(now) * 100 / self._plug.efficiency_pct
