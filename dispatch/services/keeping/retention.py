"""Carries the register out: for each of its rules with a time, what forgets it.

Every step works in short transactions and finds its work by asking what is left: killed at any moment, it
goes on at the next turn; run twice, the second finds nothing.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError

from accounts.privacy import ASKED_OF_US, Rule
from dispatch.models import IdempotencyKey, privacy
from dispatch.services.eta_samples import forget_samples
from dispatch.services.keeping import aged, ended
from dispatch.services.keeping.places import round_requests
from dispatch.services.trace import keep_trace

BATCH = 500
# Longer than this a turn keeps nobody from other work; the next one goes on.
TURN_S = 60.0

type Act = Callable[[datetime, int], int]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """How rules of equal length are carried out; `act` takes `before` and a size, and says how many."""

    name: str
    rules: tuple[Rule, ...]
    act: Act
    on_wall: bool = False

    @property
    def kept(self) -> timedelta:
        """Return how long the register allows."""
        return timedelta(days=min(rule.kept_days or 0 for rule in self.rules))

    def before(self, now: datetime, wall: datetime) -> datetime:
        """Return the instant before which nothing is kept."""
        return (wall if self.on_wall else now) - self.kept


def _calls(before: datetime, _count: int) -> int:
    return IdempotencyKey.purge_before(before)


def _trace(before: datetime, _count: int) -> int:
    with suppress(OperationalError):
        return keep_trace(before + timedelta(days=_days(privacy.TRACK)))
    return 0


def _samples(before: datetime, _count: int) -> int:
    return forget_samples(before + timedelta(days=_days(privacy.FORECAST)))


def _days(rule: Rule) -> int:
    assert rule.kept_days is not None
    return rule.kept_days


_TEN_YEARS = (privacy.ASKED, privacy.TOLD, privacy.METERED, privacy.HISTORY)
STEPS = (
    Step("calls", (privacy.CALLS, privacy.ANSWER), _calls, on_wall=True),
    Step("trace", (privacy.TRACK, privacy.SPOT), _trace),
    Step("unit_spots", (privacy.TRACK, privacy.SPOT), aged.forget_spots),
    Step("arrival_samples", (privacy.FORECAST,), _samples),
    Step("quotes", (privacy.WHERE,), aged.drop_quotes),
    Step("request_places", (privacy.WHERE,), round_requests),
    Step("plan_documents", (privacy.DOCUMENTS,), aged.forget_documents),
    Step("crew_words", (privacy.SAID, privacy.WORDS), aged.forget_words),
    Step("pictures", (privacy.PROOF, privacy.PICTURE), aged.drop_pictures),
    Step("shift_crews", (privacy.WORKED,), aged.forget_crews),
    Step("requests", _TEN_YEARS, ended.drop_requests),
    Step("sessions", _TEN_YEARS, ended.drop_sessions),
    Step("stops", _TEN_YEARS, ended.drop_stops),
    Step("charger_messages", _TEN_YEARS, ended.drop_messages),
    Step("plans", _TEN_YEARS, ended.drop_plans),
    Step("events", _TEN_YEARS, ended.drop_events),
    Step("account_acts", (ASKED_OF_US,), aged.drop_acts, on_wall=True),
    # Last, so that a car goes with the last request it was needed for.
    Step("plates", (privacy.PLATE,), aged.forget_plates, on_wall=True),
)
# These look at everything at once; asked again, they would find the same.
_WHOLE = {"calls", "trace", "arrival_samples"}


def carry_out(now: datetime, wall: datetime) -> Counter[str]:
    """Forget what is due, for as long as a turn lasts; returns (and logs) how many rows of each kind."""
    begun, done = time.monotonic(), Counter[str]()
    for step in STEPS:
        for count in _drain(step, step.before(now, wall)):
            done[step.name] += count
            if time.monotonic() - begun > TURN_S:
                break
    if done:
        log.info("forgotten", **done)
    return +done


def _drain(step: Step, before: datetime) -> Iterator[int]:
    while count := step.act(before, BATCH):
        yield count
        if step.name in _WHOLE:
            return
