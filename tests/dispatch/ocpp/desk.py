"""The gateway without a socket: calls go straight to where they have their effect."""

import json
from typing import Any

from ocpp.messages import Call

from dispatch import clock
from dispatch.models import Charger, Protocol
from dispatch.ocpp.calls import answer_call
from dispatch.services.charging.links import open_link


class Desk:
    """Says calls as a charger; raises when one is answered with an error."""

    def __init__(self, charger: Charger, protocol: str) -> None:
        self.protocol = protocol
        self.link = open_link(charger, Protocol(protocol), clock.wall())

    def say(self, action: str, payload: dict[str, Any]) -> dict[str, Any]:
        frame = self.say_raw(action, payload)
        assert frame[0] == 3, frame
        return dict(frame[2])

    def say_raw(self, action: str, payload: Any) -> list[Any]:
        call = Call("m", action, payload)
        answer: list[Any] = json.loads(answer_call(self.link, call, call.to_json()).text)
        return answer
