"""What risks are found from, and what is found: frozen values, so that the rules are plain functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from dispatch.models import RiskKind


@dataclass(frozen=True, slots=True)
class Visit:
    """An open request nobody has reached yet: what was promised, and what is expected.

    `slip_s`: how far what its unit does now lies behind the plan; `doing` is that: a stop's kind, or
    `travel`. `open_until` is when its place closes, where it is open as its unit comes.
    """

    request: UUID
    urgency: str
    not_served: str | None
    promised_p50: datetime
    promised_p90: datetime
    unit: UUID | None = None
    stop: UUID | None = None
    p50: datetime | None = None
    p90: datetime | None = None
    ready: datetime | None = None
    doing: str = ""
    slip_s: int = 0
    has_hours: bool = False
    open_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A unit at a car: since when, how long the set-up may take, and what its charger says."""

    stop: UUID
    request: UUID
    unit: UUID
    arrived_at: datetime
    setup_s: int
    promised_ready: datetime
    has_flowed: bool = False
    state: str = ""
    drawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A stop ahead as planned, by what it leaves in the pack."""

    stop: UUID
    kind: str
    state: str
    request: UUID | None
    plug: UUID | None
    start: datetime
    end: datetime
    before_wh: int
    after_wh: int


@dataclass(frozen=True, slots=True)
class Means:
    """A unit on duty: its pack against the plan, its silence, its charger."""

    unit: UUID
    pack_wh: int
    reserve_wh: int
    ahead: tuple[Ahead, ...] = ()
    silent_since: datetime | None = None
    fault_since: datetime | None = None
    owed_wh: int = 0


@dataclass(frozen=True, slots=True)
class Outlet:
    """A depot's plug: whether it works, and who wants it when, in that order."""

    plug: UUID
    works: bool
    uses: tuple[tuple[UUID, UUID, datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """An area at an instant."""

    now: datetime
    visits: tuple[Visit, ...] = ()
    works: tuple[Work, ...] = ()
    means: tuple[Means, ...] = ()
    outlets: tuple[Outlet, ...] = ()


type Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Hurt:
    """A driver whose promise it touches: of being reached, or of being `ready` where a unit is there.

    `late_s`: how much later than promised, 0 while it may hold.
    """

    request: UUID
    promised: datetime
    late_s: int = 0
    what: str = "arrival"


@dataclass(frozen=True, slots=True)
class Found:
    """One risk: a kind, whom it is about, since when, why, by how much, and who is hurt."""

    kind: RiskKind
    subject: UUID
    since: datetime
    cause: str
    facts: Mapping[str, int] = field(default_factory=dict)
    at: datetime | None = None
    hurt: tuple[Hurt, ...] = ()
    unit: UUID | None = None
    request: UUID | None = None
    stop: UUID | None = None
    plug: UUID | None = None

    @property
    def key(self) -> Key:
        """What makes it the same risk as a moment ago."""
        return (str(self.kind), self.subject)
