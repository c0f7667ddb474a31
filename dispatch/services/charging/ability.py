"""What a charger can do now: a fault takes it out of the plan, less power slows it there."""

from collections.abc import Iterable

from accounts.callers import Caller
from dispatch.broadcast.outbox import Fact
from dispatch.models import ChargerCommand, ChargingSession, CommandStatus
from dispatch.selectors.streams import area_stream
from dispatch.services.charging.interlock import area_of
from dispatch.services.charging.links import Scene
from dispatch.services.charging.reports import Sample
from dispatch.services.replans import want_replan

# Offers this near to what it should give are what it should give; changes smaller than this are none.
NEAR = 0.05
# A charger that offers next to nothing for a moment still charges somebody: a unit of no power is none.
LEAST = 0.1
_HOUSE = Caller.system()


def heed_offer(scene: Scene, session: ChargingSession, samples: Iterable[Sample]) -> None:
    """Take the power a charger offers as what it can give, unless we told it to give no more."""
    if not changes_limit(scene, samples) or _is_capped(session):
        return
    before_w = _in_watts(scene, scene.state.limit_w)
    scene.state.limit_w = _find_limit(scene, samples)
    derated = _in_watts(scene, scene.state.limit_w) < before_w
    tell_ability(scene, "charger.derated" if derated else "charger.recovered")


def changes_limit(scene: Scene, samples: Iterable[Sample]) -> bool:
    """Say whether the power that is offered is noticeably another than before."""
    limit_w = _find_limit(scene, samples)
    if limit_w == scene.state.limit_w:
        return False
    step_w = _in_watts(scene, limit_w) - _in_watts(scene, scene.state.limit_w)
    return abs(step_w) >= scene.charger.power_w * NEAR


def _find_limit(scene: Scene, samples: Iterable[Sample]) -> int | None:
    """Return the most that is offered, None when that is what the charger should give."""
    offered = [(sample.at, sample.offered_w) for sample in samples if sample.offered_w is not None]
    if not offered:
        return scene.state.limit_w
    full_w, offered_w = scene.charger.power_w, max(offered)[1]
    return None if offered_w >= full_w * (1 - NEAR) else max(offered_w, round(full_w * LEAST))


def _in_watts(scene: Scene, limit_w: int | None) -> int:
    return scene.charger.power_w if limit_w is None else limit_w


def tell_ability(scene: Scene, cause: str) -> None:
    """Tell the console, and have a plan made that reckons with it."""
    charger, state = scene.charger, scene.state
    area_id = area_of(charger)
    units = [] if charger.unit_id is None else [str(charger.unit_id)]
    data = {"charger": str(charger.id), "status": state.status, "limit_w": state.limit_w, "units": units}
    scene.facts.append(Fact(area_stream(area_id), "charger.status", data, state.error_code))
    want_replan(area_id, cause, scene.wall)


def _is_capped(session: ChargingSession) -> bool:
    rows = ChargerCommand.objects.of(_HOUSE).filter(session=session, verb=ChargerCommand.Verb.CAP)
    return rows.filter(status=CommandStatus.ACCEPTED).exists()
