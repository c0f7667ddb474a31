"""How quotes and accepts end, and how long they take: counted at the door, where the driver waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from dispatch import tally
from dispatch.errors import DispatchError, Unavailable
from dispatch.models import Quote
from dispatch.services.offers import OfferLost


class Outcome:
    """What became of a quote."""

    def __init__(self) -> None:
        self.word = "invalid"
        self.reason = ""

    def take(self, quote: Quote) -> None:
        """Look at an answer."""
        self.word = "refused" if quote.refusal else "offered"
        self.reason = quote.refusal["code"] if quote.refusal else ""


@contextmanager
def counted_quote() -> Iterator[Outcome]:
    """Count one quote and take its time."""
    outcome = Outcome()
    try:
        with tally.timed("quote"):
            yield outcome
    except DispatchError as error:
        outcome.word = "unavailable" if isinstance(error, Unavailable) else "invalid"
        # What a driver typed wrong is no reason of ours; that nobody drives there is.
        if isinstance(error, Unavailable) or error.code == "outside_area":
            outcome.reason = error.code
        raise
    finally:
        tally.count("quotes", outcome.word)
        if outcome.reason:
            tally.count("refusals", outcome.reason)


@contextmanager
def counted_accept() -> Iterator[None]:
    """Count one pressed offer and take its time."""
    word = "refused"
    try:
        with tally.timed("accept"):
            yield
        word = "accepted"
    except OfferLost:
        word = "lost"
        raise
    finally:
        tally.count("accepts", word)
