"""A virtual driver: wants energy, asks, accepts mostly, waits, and sometimes thinks again."""

import asyncio
import logging
from random import Random
from typing import Any
from uuid import uuid4

from dispatch.world.choice import build_question, choose_offer
from dispatch.world.client import Answer, Door, Voice
from dispatch.world.config import Account
from dispatch.world.street import ParkedCar, Street
from routing.simulation.demand import Wish

log = logging.getLogger(__name__)

CANCELS, IS_AWAY = 0.04, 0.02
CANCELS_AFTER_S = (120, 900)
# World seconds: an offer for now does not wait while its clock runs a hundred times faster than ours.
THINKS_S = (15, 60)
FOLLOW_WALL_S = 5.0
# Somebody who gets no answer puts the phone away; the demand goes on with others.
PATIENCE_WALL_S = 60.0
OPEN = ("booked", "assigned", "en_route", "on_site", "charging")
CANCELLABLE = ("booked", "assigned")
TRIES = 3


class Driver:
    def __init__(self, door: Door, account: Account, street: Street) -> None:
        self._door, self._street = door, street
        self._voice = Voice(door, account)
        self._email = account.email

    async def live(self, wish: Wish, dice: Random) -> None:
        """Live through one wish, from asking to driving off."""
        if await self._follow_open_requests():
            return
        vehicle = await self._choose_vehicle(dice)
        request = await self._ask_and_accept(wish, vehicle, dice)
        if request is None:
            return
        car = ParkedCar(
            usable_wh=round(float(vehicle["usable_kwh"]) * 1_000),
            max_dc_w=round(float(vehicle["max_dc_kw"]) * 1_000),
            soc=min(max(wish.soc + dice.gauss(0.0, 0.01), 0.01), 0.95),
            is_there=dice.random() >= IS_AWAY,
        )
        self._street.park(vehicle["plate"], car)
        try:
            await self._follow(request["id"], self._draw_cancel_time(dice))
        finally:
            self._street.leave(vehicle["plate"])

    async def _follow_open_requests(self) -> bool:
        """Take up what an earlier process left open; one wish at a time."""
        answer = await self._voice.get("/api/driver/requests", PATIENCE_WALL_S)
        still_open = [request for request in answer["results"] if request["status"] in OPEN]
        for request in still_open:
            await self._follow(request["id"], None)
        return bool(still_open)

    async def _choose_vehicle(self, dice: Random) -> dict[str, Any]:
        answer = await self._voice.get("/api/driver/vehicles", PATIENCE_WALL_S)
        vehicle: dict[str, Any] = dice.choice(answer["results"])
        return vehicle

    async def _ask_and_accept(
        self, wish: Wish, vehicle: dict[str, Any], dice: Random
    ) -> dict[str, Any] | None:
        asked_at = self._door.clock.now()
        answer = await self._post("/api/driver/quotes", build_question(wish, vehicle, asked_at))
        for _ in range(TRIES):
            quote = read_quote(answer)
            if quote is None:
                log.info("%s: no quote: %s %s", self._email, answer.status, answer.code)
                return None
            offer = choose_offer(wish, quote, asked_at, dice)
            if offer is None:
                log.info(
                    "%s: gives up: %s", self._email, (quote.get("refusal") or {}).get("code", "too late")
                )
                return None
            await self._door.clock.sleep_until(self._door.clock.now() + dice.uniform(*THINKS_S))
            answer = await self._post("/api/driver/requests", {"offer": offer["id"]})
            if answer.ok:
                request: dict[str, Any] = answer.data
                return request
        return None

    async def _follow(self, request_id: str, cancel_at: float | None) -> None:
        """Look at the phone now and then until it is over."""
        while True:
            request = await self._voice.get(f"/api/driver/requests/{request_id}")
            if request["status"] not in OPEN:
                log.info("%s: %s", self._email, request["status"])
                return
            if cancel_at and self._door.clock.now() >= cancel_at and request["status"] in CANCELLABLE:
                await self._post(f"/api/driver/requests/{request_id}/cancel", {"reason": "changed_my_mind"})
            await asyncio.sleep(FOLLOW_WALL_S)

    def _draw_cancel_time(self, dice: Random) -> float | None:
        if dice.random() >= CANCELS:
            return None
        return self._door.clock.now() + dice.uniform(*CANCELS_AFTER_S)

    async def _post(self, path: str, body: dict[str, Any]) -> Answer:
        return await self._voice.post(path, body, str(uuid4()), PATIENCE_WALL_S)


def read_quote(answer: Answer) -> dict[str, Any] | None:
    """Find the quote in an answer; an offer that was lost comes back with a fresh one."""
    data = answer.data if isinstance(answer.data, dict) else {}
    quote = data.get("quote") if answer.code == "offer_lost" else data
    return quote if isinstance(quote, dict) and "offers" in quote else None
