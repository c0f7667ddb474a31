"""Living rows of the running plan: a route per shift, its stops, and the locks on them."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.depot import Depot, Plug
from dispatch.models.request import ChargeRequest
from dispatch.models.scopes import DispatcherScoped, UnitScoped
from dispatch.models.shift import Shift
from dispatch.models.unit import Unit


class Route(Tenanted):
    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="routes")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="routes")
    shift = models.OneToOneField(Shift, on_delete=models.CASCADE, related_name="route")

    objects = UnitScoped["Route"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operator", "id"], name="route_of_operator")]

    def __str__(self) -> str:
        return f"route of {self.unit_id}"


class StopState(models.TextChoices):
    PLANNED = "planned"
    DISPATCHED = "dispatched"
    ARRIVED = "arrived"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


UNDER_WAY = (StopState.DISPATCHED, StopState.ARRIVED, StopState.WORKING)
LIVE = (StopState.PLANNED, *UNDER_WAY)


class Stop(Tenanted):
    """One visit; its id survives every re-plan. `revision` rises with each change a person saw."""

    class Kind(models.TextChoices):
        SERVE = "serve"
        RECHARGE = "recharge"
        DROP = "drop"
        COLLECT = "collect"
        BREAK = "break"
        HOLD = "hold"

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="stops")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="stops")
    request = models.ForeignKey(ChargeRequest, on_delete=models.PROTECT, null=True, related_name="stops")
    plug = models.ForeignKey(Plug, on_delete=models.PROTECT, null=True, related_name="stops")
    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, null=True, related_name="stops")
    break_id = models.TextField(blank=True)
    kind = models.TextField(choices=Kind)
    state = models.TextField(choices=StopState, default=StopState.PLANNED)
    position = models.PositiveIntegerField(help_text="order on the route")
    revision = models.PositiveIntegerField(default=1)
    lat = models.FloatField()
    lon = models.FloatField()
    depart_at = models.DateTimeField(help_text="planned: leaving for it")
    arrive_at = models.DateTimeField()
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    energy_wh = models.PositiveIntegerField(default=0)
    pack_before_wh = models.PositiveIntegerField(default=0)
    pack_after_wh = models.PositiveIntegerField(default=0)
    setup_s = models.PositiveIntegerField(default=0, help_text="before energy flows")
    wrapup_s = models.PositiveIntegerField(default=0, help_text="after")
    departed_at = models.DateTimeField(null=True, help_text="what happened")
    arrived_at = models.DateTimeField(null=True)
    worked_from = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True, help_text="the unit went away, and it was not finished")
    flow_ends_at = models.DateTimeField(null=True, help_text="of the energy, by what the charger measures")
    slipped = models.SmallIntegerField(
        default=0, help_text="how many noticeable delays (or gains) the planner was told of"
    )
    reason = models.TextField(blank=True)

    objects = UnitScoped["Stop"].as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["route", "position"], name="stops_of_route"),
            # Asked every second, of a table that keeps all history.
            models.Index(fields=["unit"], name="live_stops", condition=Q(state__in=LIVE)),
            models.Index(
                fields=["unit", "-done_at"],
                name="stops_a_unit_left",
                condition=Q(done_at__isnull=False, departed_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="stop_of_operator"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state__in=UNDER_WAY), name="one_stop_under_way_per_unit"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=LIVE),
                name="one_live_stop_per_request",
            ),
            models.CheckConstraint(
                condition=Q(kind="serve", request__isnull=False) | ~Q(kind="serve"),
                name="serve_stop_has_request",
            ),
            models.CheckConstraint(
                condition=Q(kind="recharge", plug__isnull=False) | ~Q(kind="recharge"),
                name="recharge_stop_has_plug",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Say whether the solver must leave it alone: somebody is on the way to it or at it."""
        return self.state in UNDER_WAY

    def expected_arrival(self, now: datetime, next_arrival_at: datetime | None) -> datetime:
        """Say when work on it begins (or began): the fact, else the latest fix, else the plan."""
        if self.arrived_at is not None:
            return self.arrived_at
        travelled = self.departed_at or self.depart_at
        arrival = next_arrival_at or travelled + (self.arrive_at - self.depart_at)
        return max(arrival, now)

    def expected_end(self, now: datetime, next_arrival_at: datetime | None) -> datetime:
        """Say when its unit is free again, from what has happened so far."""
        planned = self.end_at - self.start_at
        if self.worked_from is None:
            # Whatever was done of the setup, energy does not flow before now.
            setup = timedelta(seconds=self.setup_s)
            flows = max(self.expected_arrival(now, next_arrival_at) + setup, now)
            return flows + planned - setup
        if self.flow_ends_at is not None:
            # Measured: what was planned counts no more.
            return max(self.flow_ends_at, now) + timedelta(seconds=self.wrapup_s)
        # Energy flows already: what remains of the charge, then unplugging.
        charged = self.worked_from + planned - timedelta(seconds=self.setup_s)
        return max(charged, now + timedelta(seconds=self.wrapup_s))


class Lock(Tenanted):
    """A stop the solver may not move: unit, time, or both."""

    stop = models.ForeignKey(Stop, on_delete=models.CASCADE, related_name="locks")
    what = models.TextField(choices=[("unit", "unit"), ("time", "time"), ("both", "both")])
    who = models.TextField()
    why = models.TextField(blank=True)
    created_at = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="given back by itself then")

    objects = DispatcherScoped["Lock"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stop"], name="one_lock_per_stop")]

    def __str__(self) -> str:
        return f"{self.what} lock"

    @property
    def is_by_hand(self) -> bool:
        """Say whether somebody set it; the planner holds what its driver has been told."""
        return self.who != "planner"
