"""What was heard: a message of the standard, or something that is answered and kept but has no effect."""

from dataclasses import dataclass

from ocpp.exceptions import OCPPError

from dispatch import clock
from dispatch.models import Protocol
from dispatch.ocpp.frames import Call, CallError, CallResult, find_id, read, write_error
from dispatch.services.charging.exchange import Heard, keep_refused
from dispatch.services.charging.links import Link


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A frame that is no OCPP, and what it is answered."""

    heard: Heard
    answer: str

    def keep(self, link: Link) -> None:
        """Keep it: it may be all that is left of something that mattered."""
        keep_refused(link, self.heard, self.answer, clock.now(), clock.wall())


def hear(text: str, protocol: Protocol) -> Call | CallResult | CallError | Unreadable:
    """Read a frame."""
    try:
        return read(text)
    except OCPPError as error:
        message_id = find_id(text)
        kept = Heard(text.replace("\0", "\N{REPLACEMENT CHARACTER}"), "", "")
        return Unreadable(kept, write_error(message_id, error, protocol))
