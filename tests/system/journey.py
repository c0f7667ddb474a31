"""A driver's journey through the public doors: sign in, quote, accept, follow until the car is charged.

Uses HTTP and WebSocket and nothing of the house; a server that dies on the way is waited for.

    python tests/system/journey.py --base-url http://127.0.0.1:8000
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple, Self
from uuid import uuid4

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

STAGES = ("booked", "assigned", "en_route", "on_site", "charging", "completed")
ENDS = ("completed", "cancelled", "no_show", "unserviceable", "failed")
LINE_BROKEN = (OSError, WebSocketException, TimeoutError, httpx.TransportError)
# These change without an event; everything else of a request must follow from the stream.
LIVE = {"unit": ("position", "soc"), "session": ("power_w", "expected_end", "energy_wh", "soc", "soc_start")}


class JourneyFailed(AssertionError):
    """The house did not do what it promised."""


class Change(NamedTuple):
    """One durable message: its number, its type, and the status in its data (which may be newer)."""

    seq: int
    kind: str
    status: str

    @property
    def stage(self) -> str | None:
        """The stage this message tells of."""
        if self.kind == "snapshot":
            return self.status
        return self.kind if self.kind in STAGES else None


class NoOffer(JourneyFailed):
    """No unit can serve this car there."""


@dataclass
class Story:
    """What a follower has seen of one request."""

    request: str
    state: dict[str, Any] = field(default_factory=dict)
    seq: int = 0
    changes: list[Change] = field(default_factory=list)
    etas: int = 0
    lives: int = 0

    @property
    def status(self) -> str:
        return str(self.state.get("status", ""))

    def take(self, message: dict[str, Any]) -> None:
        """Apply one message of the stream; what was seen already is passed over."""
        kind, seq = message["type"], message.get("seq")
        if kind == "live":
            self.lives += 1
            self.etas += bool(message["data"].get("eta"))
        elif kind == "beat" or seq is None or seq < self.seq or (seq == self.seq and kind != "snapshot"):
            return
        else:
            self.seq, self.state = seq, message["data"]
            self.etas += bool(self.state.get("eta"))
            self.changes.append(Change(seq, kind, self.status))


class Traveller:
    """One driver with a token and a great deal of patience."""

    def __init__(self, base_url: str, email: str, password: str, patience_s: float = 90.0) -> None:
        self._base_url, self._email, self._password = base_url.rstrip("/"), email, password
        self._patience_s = patience_s
        self._http = httpx.AsyncClient(base_url=self._base_url, timeout=15.0)
        self._token = ""

    async def __aenter__(self) -> Self:
        answer = await self.call(
            "POST", "/api/auth/token", {"email": self._email, "password": self._password}
        )
        self._token = must(answer, 200)["token"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Call until there is a definite answer, always with the same key."""
        headers = {"Idempotency-Key": str(uuid4())}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                answer = await self._http.request(method, path, json=body, headers=headers)
                busy = answer.status_code == 409 and answer.json().get("code") == "in_progress"
                if answer.status_code < 500 and not busy:
                    return answer
                said = f"{answer.status_code} {answer.text[:300]}"
            except LINE_BROKEN as error:
                said = repr(error)
            if time.monotonic() > deadline:
                raise JourneyFailed(
                    f"{method} {path}: no definite answer in {self._patience_s:.0f} s: {said}"
                )
            await asyncio.sleep(0.3)

    async def ask(self, vehicle: str, lat: float, lon: float, energy_kwh: float) -> dict[str, Any]:
        body = {
            "vehicle": vehicle,
            "location": {"lat": lat, "lon": lon},
            "soc": 0.4,
            "energy_kwh": energy_kwh,
        }
        quote: dict[str, Any] = must(await self.call("POST", "/api/driver/quotes", body), 200, 201)
        return quote

    async def book(self, vehicle: str, lat: float, lon: float, energy_kwh: float = 8.0) -> str:
        """Quote and accept; an offer that is lost meanwhile is asked for anew."""
        for _ in range(5):
            quote = await self.ask(vehicle, lat, lon, energy_kwh)
            offers = quote["offers"] or quote.get("alternatives") or []
            if not offers:
                raise NoOffer(f"no offer: {quote.get('refusal')}")
            answer = await self.call("POST", "/api/driver/requests", {"offer": offers[0]["id"]})
            if answer.status_code < 400:
                return str(answer.json()["id"])
            if answer.json().get("code") not in ("offer_lost", "offer_expired"):
                break
        raise JourneyFailed(f"not accepted: {answer.status_code} {answer.text[:500]}")

    async def book_any(self, lat: float, lon: float, energy_kwh: float) -> str:
        """Book for the first free car that some unit can charge."""
        failure = JourneyFailed("every car of this driver is waiting for energy already")
        for vehicle in await self.list_free_vehicles():
            try:
                return await self.book(vehicle, lat, lon, energy_kwh)
            except NoOffer as no_offer:
                failure = no_offer
        raise failure

    async def list_free_vehicles(self) -> list[str]:
        vehicles = must(await self.call("GET", "/api/driver/vehicles"), 200)["results"]
        requests = must(await self.call("GET", "/api/driver/requests"), 200)["results"]
        busy = {request["vehicle"]["id"] for request in requests if request["status"] not in ENDS}
        return [vehicle["id"] for vehicle in vehicles if vehicle["id"] not in busy]

    async def get_request(self, request: str) -> dict[str, Any]:
        document: dict[str, Any] = must(await self.call("GET", f"/api/driver/requests/{request}"), 200)
        return document

    async def follow(self, story: Story, within_s: float, until: tuple[str, ...] = ENDS) -> None:
        """Follow the stream until such a status; a broken stream goes on after the last number seen."""
        try:
            async with asyncio.timeout(within_s):
                while story.status not in until:
                    try:
                        await self._listen(story, until)
                    except LINE_BROKEN:
                        await asyncio.sleep(0.3)
        except TimeoutError:
            told = [tuple(change) for change in story.changes]
            raise JourneyFailed(
                f"{story.request} is {story.status!r} after {within_s:.0f} s: {told}"
            ) from None

    async def _listen(self, story: Story, until: tuple[str, ...]) -> None:
        after = f"?after={story.seq}" if story.seq else ""
        async with self._connect(story.request, after) as socket:
            async for frame in socket:
                message = json.loads(frame)
                if message["type"] == "beat" and message["seq"] > story.seq:
                    await socket.send(json.dumps({"type": "replay", "after": story.seq}))
                story.take(message)
                if story.status in until:
                    return

    async def get_snapshot(self, request: str) -> dict[str, Any]:
        async with self._connect(request, "") as socket:
            message = json.loads(await socket.recv())
        if message["type"] != "snapshot":
            raise JourneyFailed(f"the stream opened with {message['type']!r}")
        snapshot: dict[str, Any] = message
        return snapshot

    def _connect(self, request: str, query: str) -> connect:
        url = f"ws{self._base_url.removeprefix('http')}/ws/driver/requests/{request}{query}"
        return connect(url, additional_headers={"Authorization": f"Bearer {self._token}"})


def must(answer: httpx.Response, *statuses: int) -> Any:
    if answer.status_code not in statuses:
        raise JourneyFailed(f"{answer.request.url.path}: {answer.status_code} {answer.text[:500]}")
    return answer.json()


def durable(request: dict[str, Any]) -> dict[str, Any]:
    """Return the request without its live values."""
    kept = {key: value for key, value in request.items() if key != "eta"}
    for key, live in LIVE.items():
        if kept.get(key):
            kept[key] = {name: value for name, value in kept[key].items() if name not in live}
    return kept


def check_stream(story: Story) -> None:
    """Nothing is missing between the first and the last message, unless a snapshot made up for it."""
    for before, after in pairwise(story.changes):
        if after.seq != before.seq + 1 and after.kind != "snapshot":
            raise JourneyFailed(f"the stream has a gap between {before} and {after}")


def check_stages(story: Story) -> None:
    """Every stage was told, in order, and the car has its energy."""
    if story.status != "completed":
        raise JourneyFailed(f"ended {story.status}: {story.state.get('cause')}")
    for before, after in pairwise(change for change in story.changes if change.stage in STAGES):
        step = STAGES.index(str(after.stage)) - STAGES.index(str(before.stage))
        if step > 1 and after.kind != "snapshot":
            raise JourneyFailed(f"a stage is missing between {before} and {after}")
    told = [change.kind for change in story.changes]
    if told.count("charging") > 1 or told.count("completed") > 1:
        raise JourneyFailed(f"something was done twice: {told}")
    if missing := [stage for stage in STAGES if stage not in story.state["stage_at"]]:
        raise JourneyFailed(f"stages never reached: {missing}")
    delivered_wh = story.state["session"]["energy_wh"]
    if delivered_wh < 950 * story.state["energy_kwh"]:
        raise JourneyFailed(f"too little energy: {delivered_wh} Wh of {story.state['energy_kwh']} kWh")
    if not story.etas:
        raise JourneyFailed("no ETA was ever told")


async def travel(traveller: Traveller, lat: float, lon: float, energy_kwh: float, within_s: float) -> Story:
    """Live through one request and prove that the stream told the truth."""
    story = Story(await traveller.book_any(lat, lon, energy_kwh))
    await traveller.follow(story, within_s)
    check_stream(story)
    check_stages(story)
    fresh = (await traveller.get_snapshot(story.request))["data"]
    for name, other in (("snapshot", fresh), ("answer", await traveller.get_request(story.request))):
        if durable(other) != durable(story.state):
            raise JourneyFailed(f"the fresh {name} says {durable(other)}, the stream {durable(story.state)}")
    return story


async def main() -> int:
    options = read_options()
    async with Traveller(options.base_url, options.email, options.password) as traveller:
        centre = must(await traveller.call("GET", "/api/config"), 200)["area"]["center"]
        lat, lon = options.lat or centre["lat"], options.lon or centre["lon"]
        try:
            story = await travel(traveller, lat, lon, options.energy_kwh, options.within_s)
        except JourneyFailed as failure:
            sys.stderr.write(f"The journey failed: {failure}\n")
            return 1
    for change in story.changes:
        sys.stdout.write(f"{change.seq:4} {change.kind:14} {change.status}\n")
    sys.stdout.write(f"completed: {story.state['session']['energy_wh']} Wh, {story.lives} live messages\n")
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument("--email", default="driver@demo.test")
    parser.add_argument("--password", default="voltrun-demo")
    parser.add_argument("--lat", type=float, help="default: the centre of the area")
    parser.add_argument("--lon", type=float)
    parser.add_argument("--energy-kwh", type=float, default=8.0)
    parser.add_argument("--within-s", type=float, default=600.0, help="give up after so many wall seconds")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
