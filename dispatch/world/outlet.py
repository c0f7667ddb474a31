"""A charger that speaks OCPP: lets energy flow when told, reads its meter, and forgets nothing offline.

What belongs to a transaction waits in a queue until the server has answered it; the queue, the open
transaction and the register outlive a kill of this process. Lines drop and chargers boot anew by seed.
"""

import asyncio
import json
import logging
import math
from collections import deque
from contextlib import suppress
from typing import Any
from uuid import uuid4

from websockets.exceptions import WebSocketException

from dispatch.world.config import OutletConfig
from dispatch.world.dialect import DIALECTS, FAULTED, GROUND_FAULT, Reading, Told
from dispatch.world.memory import Memory
from dispatch.world.mishaps import FAULT, REFUSAL, Mishaps
from dispatch.world.supply import Supply
from dispatch.world.times import WorldClock
from dispatch.world.visit import Visit
from dispatch.world.wire import CallRefused, Payload, Wire, open_wire
from routing.simulation.chance import build_dice

log = logging.getLogger(__name__)

BROKEN_LINE = (OSError, WebSocketException, TimeoutError, EOFError)
# A value so often, by the world's clock and no more often than this by the wall's.
SAMPLE_S, SAMPLE_WALL_S = 10.0, 2.0
GLANCE_WALL_S = 0.1
HEARTBEAT_WALL_S = 30.0
RECONNECT_WALL_S = 1.0
# A line holds for hours of the world's time, and is away for some minutes.
HOLDS_S, AWAY_S = 5 * 3_600.0, 180.0
BOOTS = 0.25


class Outlet:
    def __init__(
        self,
        ws_url: str,
        config: OutletConfig,
        supply: Supply,
        clock: WorldClock,
        memory: Memory,
        mishaps: Mishaps,
    ) -> None:
        self._ws_url, self._config, self._supply = ws_url, config, supply
        self._clock, self._memory = clock, memory
        self._dialect = DIALECTS[config.protocol]
        self._mishaps = mishaps
        self._dice = build_dice(mishaps.seed, "outlet", config.identity)
        known = memory.find_outlet(config.identity) or {}
        self._open: dict[str, Any] | None = known.get("open")
        self._queue: deque[dict[str, Any]] = deque(known.get("queue", []))
        self._numbers: dict[str, int] = known.get("numbers", {})
        self._limits: dict[str, int] = {}
        self._operative = True
        self._repaired_at: float = known.get("repaired_at", 0.0)
        self._told_status = ""
        self._boot = "PowerUp"
        self._fresh = asyncio.Event()

    async def run(self) -> None:
        """Charge and speak until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._watch())
            tasks.create_task(self._keep_line())

    # -- what flows --------------------------------------------------------------------------------
    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(GLANCE_WALL_S)
            self.glance()

    def glance(self) -> None:
        """Read the meter while energy flows, and see when it ends; what is new is told."""
        if self._status != self._told_status:
            self._fresh.set()
        if self._open is None:
            return
        now = self._clock.now()
        visit = self._supply.find_visit(self._open["token"])
        if visit is not None and now >= self._open.get("breaks_at", math.inf):
            self._break(visit, now)
        if visit is None or visit.flow_ends_at <= now:
            self._end(visit, now)
        elif now >= self._open["next"]:
            self._open["next"] = now + max(SAMPLE_S, SAMPLE_WALL_S * self._clock.speed)
            self._say("sample", self._read(visit, now))

    def _begin(self, visit: Visit, token: str, now: float) -> None:
        before_wh = self._supply.register_wh(now)
        fortune = self._mishaps.find_fortune(token)
        if fortune.refuses and visit.kind == "serve":
            visit.trouble = REFUSAL
        visit.let_flow(now, 0 if visit.trouble else self._limits.pop(token, None), fortune.share)
        self._open = {"ref": str(uuid4()), "token": token, "seq": 0, "next": now + SAMPLE_S}
        if fortune.breaks_after_s is not None:
            self._open |= {"breaks_at": now + fortune.breaks_after_s, "repair_s": fortune.repair_s}
        self._say("begin", Reading(now, before_wh, 0, self._supply.soc(visit, now)))

    def _break(self, visit: Visit, now: float) -> None:
        """Break in the middle of it: nothing flows any more, and nobody is charged for a while."""
        assert self._open is not None
        visit.cut(now)
        if visit.kind == "serve":
            visit.trouble = FAULT
        self._open["reason"] = GROUND_FAULT
        self._repaired_at = now + self._open["repair_s"]

    def _end(self, visit: Visit | None, now: float) -> None:
        assert self._open is not None
        reason = self._open.get("reason", "EVDisconnected")
        ended_at = now if visit is None else min(visit.flow_ends_at, now)
        if visit is not None:
            visit.cut(ended_at)
        soc = None if visit is None else self._supply.soc(visit, ended_at)
        reading = Reading(ended_at, self._supply.register_wh(ended_at), 0, soc)
        self._say("end", reading, reason=reason)
        self._open = None
        self._remember()

    def _read(self, visit: Visit, now: float) -> Reading:
        supply = self._supply
        wh, power_w, soc = supply.register_wh(now), supply.power_w(visit, now), supply.soc(visit, now)
        return Reading(now, wh, power_w, soc, supply.offered_w(visit))

    def _say(self, what: str, reading: Reading, **more: Any) -> None:
        assert self._open is not None
        facts = [reading.at, reading.wh, reading.power_w, reading.soc, reading.offered_w]
        item = {
            "what": what,
            "ref": self._open["ref"],
            "token": self._open["token"],
            "reading": facts,
            **more,
        }
        self._queue.append({**item, "seq": self._open["seq"]})
        self._open["seq"] += 1
        self._remember()
        self._fresh.set()

    # -- the line ----------------------------------------------------------------------------------
    async def _keep_line(self) -> None:
        while True:
            holds_s = self._dice.expovariate(1 / HOLDS_S)
            with suppress(*BROKEN_LINE):
                await self._speak(self._clock.now() + holds_s)
                await self._clock.sleep_until(self._clock.now() + self._dice.uniform(0.3, 1.7) * AWAY_S)
                self._boot = "Watchdog" if self._dice.random() < BOOTS else ""
            await asyncio.sleep(RECONNECT_WALL_S)

    async def _speak(self, until: float) -> None:
        """Speak on one line until it breaks, or until the seed lets it drop."""
        async with open_wire(self._ws_url, self._config, self._answer) as wire, asyncio.TaskGroup() as tasks:
            parts = [tasks.create_task(wire.listen()), tasks.create_task(self._talk(wire))]
            drop = tasks.create_task(self._clock.sleep_until(until))
            await asyncio.wait([*parts, drop], return_when=asyncio.FIRST_COMPLETED)
            for part in (*parts, drop):
                part.cancel()

    async def _talk(self, wire: Wire) -> None:
        with suppress(*BROKEN_LINE):
            if self._boot:
                await wire.call(*self._dialect.boot(self._boot))
                self._boot = ""
            self._told_status = ""
            while True:
                await self._empty_queue(wire)
                await self._tell_status(wire)
                self._fresh.clear()
                try:
                    async with asyncio.timeout(HEARTBEAT_WALL_S):
                        await self._fresh.wait()
                except TimeoutError:
                    await wire.call("Heartbeat", {})

    async def _tell_status(self, wire: Wire) -> None:
        status = self._status
        if status != self._told_status:
            await wire.call(*self._dialect.status(status, self._clock.now()))
            self._told_status = status

    async def _empty_queue(self, wire: Wire) -> None:
        while self._queue:
            item = self._queue[0]
            try:
                answer = await wire.call(*self._words(item))
            except CallRefused as refused:
                log.warning("%s: %s refused: %s", self._config.identity, item["what"], refused)
                answer = {}
            self._heard(item, answer)
            self._queue.popleft()
            self._remember()

    def _words(self, item: dict[str, Any]) -> tuple[str, Payload]:
        ref, reading = item["ref"], Reading(*item["reading"])
        number = self._numbers.get(ref)
        if item["what"] == "begin":
            return self._dialect.begin(ref, item["token"], reading)
        if item["what"] == "sample":
            return self._dialect.sample(ref, number, item["seq"], reading)
        return self._dialect.end(ref, number, item["seq"], reading, item["reason"])

    def _heard(self, item: dict[str, Any], answer: Payload) -> None:
        if "transactionId" in answer:
            self._numbers[item["ref"]] = answer["transactionId"]
        refused = (answer.get("idTagInfo") or answer.get("idTokenInfo") or {}).get("status", "Accepted")
        if item["what"] == "begin" and refused != "Accepted" and self._open is not None:
            log.warning("%s: may not charge: %s", self._config.identity, refused)
            self._stop("DeAuthorized")
        if item["what"] == "end":
            self._numbers.pop(item["ref"], None)
            visit = self._supply.find_visit(item["token"])
            if visit is not None:
                visit.closed = True

    # -- what it is told ---------------------------------------------------------------------------
    def _answer(self, action: str, payload: Payload) -> Payload | None:
        if action == "DataTransfer":
            return self._take_limit(payload)
        told = self._dialect.read(action, payload)
        if told is None:
            return None
        done = {"start": self._start, "stop": self._told_stop, "availability": self._set_available}
        if told.verb == "unlock":
            return {"status": "Unlocked"}
        act = done.get(told.verb)
        return {"status": "Accepted" if act is None or act(told) else "Rejected"}

    def _start(self, told: Told) -> bool:
        visit = self._supply.find_visit(told.token)
        if self._open is not None:
            return bool(self._open["token"] == told.token)
        if visit is None or visit.flow_from is not None or self._is_broken:
            return False
        self._begin(visit, told.token, self._clock.now())
        return True

    def _told_stop(self, told: Told) -> bool:
        if self._open is None:
            return False
        if told.transaction not in (self._open["ref"], str(self._numbers.get(self._open["ref"]))):
            return False
        self._stop("Remote")
        return True

    def _stop(self, reason: str) -> None:
        assert self._open is not None
        self._open["reason"] = reason
        visit = self._supply.find_visit(self._open["token"])
        if visit is not None:
            visit.cut(self._clock.now())

    def _set_available(self, told: Told) -> bool:
        self._operative = told.operative
        return True

    def _take_limit(self, payload: Payload) -> Payload:
        if payload.get("messageId") != "EnergyLimit":
            return {"status": "UnknownMessageId"}
        limit = json.loads(payload["data"])
        self._limits = {limit["token"]: limit["energy_wh"]}
        return {"status": "Accepted"}

    @property
    def _is_broken(self) -> bool:
        return self._clock.now() < self._repaired_at

    @property
    def _status(self) -> str:
        if self._is_broken:
            return FAULTED
        if self._open is not None:
            return "Charging"
        return "Available" if self._operative else "Unavailable"

    def _remember(self) -> None:
        now = self._clock.now()
        record: dict[str, Any] = {"open": self._open, "queue": list(self._queue), "numbers": self._numbers}
        record["repaired_at"] = self._repaired_at
        self._memory.keep_outlet(
            self._config.identity, {**record, "register_wh": self._supply.register_wh(now)}
        )
