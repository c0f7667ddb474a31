"""A virtual crew: reads its day, drives, charges, and tells the server what it did and when."""

import asyncio
import logging
from contextlib import suppress
from typing import Any
from uuid import uuid4

from dispatch.world.body import Body
from dispatch.world.client import Answer, Door
from dispatch.world.day import Day
from dispatch.world.decide import Act, Wait, decide
from dispatch.world.duty import Duty
from dispatch.world.feed import DayFeed
from dispatch.world.memory import Memory, build_record
from dispatch.world.reconcile import reconcile
from dispatch.world.setting_out import Surroundings
from dispatch.world.times import format_instant

log = logging.getLogger(__name__)

FIRST_PAUSE_WALL_S, LONGEST_PAUSE_WALL_S = 0.4, 2.0
# Crews change at the end of a shift; whoever speaks for the unit is asked for anew this often.
HANDOVER_WALL_S = 15.0
# So often it is looked whether the charger has told its last reading.
UNPLUG_S = 5.0
# What is read at a car whose plate its driver has not told.
STRANGERS_PLATE = "XX-000-XX"


class Crew:
    """One unit's crew, whoever is on shift. The body is shared with the unit's telematics."""

    def __init__(self, door: Door, body: Body, surroundings: Surroundings, memory: Memory) -> None:
        self._door, self._body, self._surroundings, self._memory = door, body, surroundings, memory
        self._duty = Duty(door, body.unit)
        self._pause_s = FIRST_PAUSE_WALL_S
        record = memory.find_record(body.unit.id) or {}
        self._pending: dict[str, Any] | None = record.get("pending")

    async def run(self) -> None:
        """Work one stretch after another, each with whoever is on duty."""
        while True:
            voice = await self._duty.find_voice()
            feed = DayFeed(self._door, voice)
            await feed.refresh()
            await self._finish_pending(feed)
            listening = asyncio.create_task(feed.run())
            try:
                while not listening.done() and await self._duty.find_voice() is voice:
                    await self._work(feed, listening)
            finally:
                listening.cancel()
                (ended,) = await asyncio.gather(listening, return_exceptions=True)
                log.debug("%s: %s no longer speaks: %r", self._body.unit.name, voice.name, ended)

    async def _work(self, feed: DayFeed, listening: asyncio.Task[None]) -> None:
        loop = asyncio.get_running_loop()
        handover_at = loop.time() + HANDOVER_WALL_S
        while loop.time() < handover_at and not listening.done():
            feed.changed.clear()
            step = self._think(feed.day)
            if isinstance(step, Wait):
                await self._door.clock.wait_for(feed.changed, step.until)
            elif self._waits_for_charger(step):
                await self._door.clock.wait_for(feed.changed, self._door.clock.now() + UNPLUG_S)
            else:
                await self._tell(feed, step)

    def _think(self, day: Day | None) -> Wait | Act:
        now = self._door.clock.now()
        if day is None:
            return Wait(now + 1.0)
        reconcile(day, self._body, self._surroundings, now)
        step = decide(day, self._body, now)
        if day.is_on_shift(now) or isinstance(step, Act):
            self._body.wake(now)
        else:
            self._body.rest(now)
        return step

    def _waits_for_charger(self, act: Act) -> bool:
        """Pull the plug before saying that it is done; the charger tells its last reading itself."""
        visit = self._body.visit
        if act.verb != "finish" or visit is None or not visit.metered or visit.closed:
            return False
        if visit.flow_from is None:
            return visit.kind == "serve"
        visit.cut(act.at)
        return True

    async def _tell(self, feed: DayFeed, act: Act) -> None:
        """Say it until it is heard; the words are written down first, so a restart says the same."""
        self._pending = {
            "path": f"/api/crew/stops/{act.stop.id}/{act.verb}",
            "body": self._words(act),
            "key": str(uuid4()),
        }
        self.remember()
        answer = await feed.voice.post(**self._pending)
        if answer.ok:
            self._apply(act)
        self._pending = None
        self.remember()
        await self._after(act, answer, feed)

    async def _finish_pending(self, feed: DayFeed) -> None:
        """Say again what an earlier process may or may not have got across."""
        if self._pending is None:
            return
        answer = await feed.voice.post(**self._pending)
        log.info("%s: said again %s: %s", self._body.unit.name, self._pending["path"], answer.status)
        self._pending = None
        self.remember()
        await feed.refresh()

    def _words(self, act: Act) -> dict[str, Any]:
        body, at = self._body, act.at
        words: dict[str, Any] = {"at": format_instant(at), "pack_soc": body.soc_at(at)}
        if act.verb in ("start", "finish") and act.stop.kind == "serve" and body.visit:
            if not body.visit.metered:
                words["meter_wh"] = body.meter_wh_at(at)
            words["car_soc"] = round(body.visit.soc_of_car(at), 4)
        if act.verb == "start" and act.stop.job:
            words["plate"] = act.stop.job.plate or STRANGERS_PLATE
        if act.verb == "fail":
            words |= _say_why(body.visit.trouble if body.visit else "")
        return words

    def _apply(self, act: Act) -> None:
        """What was told is now so: the unit goes on from the instant it named."""
        body, stop, at = self._body, act.stop, act.at
        if act.verb == "depart":
            body.drive(self._surroundings.begin_leg(body.unit, stop, body.place, at))
        elif act.verb == "arrive":
            body.settle(at)
            body.visit_stop(self._surroundings.begin_visit(body, stop, at), at)
        elif act.verb == "start" and body.visit:
            body.visit.started_at = at
        else:
            body.settle(at)

    async def _after(self, act: Act, answer: Answer, feed: DayFeed) -> None:
        if answer.ok:
            self._pause_s = FIRST_PAUSE_WALL_S
            feed.take(answer.data)
            log.info("%s: %s %s", self._body.unit.name, act.verb, act.stop.kind)
            return
        # Too early to set out is normal: the driver has not yet been told of this unit.
        level = logging.DEBUG if answer.status == 409 else logging.WARNING
        log.log(level, "%s: %s refused: %s %s", self._body.unit.name, act.verb, answer.code, answer.data)
        await feed.refresh()
        feed.changed.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(feed.changed.wait(), self._pause_s)
        self._pause_s = min(self._pause_s * 1.5, LONGEST_PAUSE_WALL_S)

    def remember(self) -> None:
        record = build_record(self._body)
        self._memory.keep(self._body.unit.id, {**record, "pending": self._pending})


def _say_why(trouble: str) -> dict[str, str]:
    if trouble:
        return {"reason": trouble}
    return {"reason": "no_show", "note": "Nobody and no car at the given place."}
