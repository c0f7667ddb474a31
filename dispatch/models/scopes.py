"""Whose rows they are: the scopes this app adds to those of `accounts.scoping`."""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.callers import Caller, Kind
from accounts.roles import Role
from accounts.scoping import NOTHING, ScopedQuerySet
from dispatch import clock

# A crew may be overdue, and looks at its next day before it begins.
AFTER, BEFORE = timedelta(hours=6), timedelta(hours=24)


class DispatcherScoped[M: models.Model](ScopedQuerySet[M]):
    """What only those see who answer for the whole fleet."""

    def reach(self, caller: Caller) -> Q:
        return Q(operator_id__in=_whole_fleet(caller))


class UnitScoped[M: models.Model](ScopedQuerySet[M]):
    """A unit's things: of the fleet for dispatchers, of their own unit for a crew or a device.

    A crew's own unit is that of a shift around now: who worked on it last week has no say today.
    """

    unit_path = "unit_id"

    def reach(self, caller: Caller) -> Q:
        mine = Q(operator_id__in=_whole_fleet(caller))
        if caller.kind is Kind.DEVICE:
            return Q(operator_id=caller.operator_id, **{self.unit_path: caller.unit_id})
        crewed = caller.operators(Role.CREW)
        if not crewed or caller.person_id is None:
            return mine
        now = clock.now()
        shifts = apps.get_model("dispatch", "Shift").objects.filter(
            crew_id=caller.person_id, ends_at__gt=now - AFTER, starts_at__lt=now + BEFORE
        )
        return mine | Q(operator_id__in=crewed, **{f"{self.unit_path}__in": shifts.values("unit_id")})


class OwnerPathScoped[M: models.Model](ScopedQuerySet[M]):
    """What belongs to a person through another row: the offers of their quotes."""

    person_path = "person_id"

    def reach(self, caller: Caller) -> Q:
        return Q(**{self.person_path: caller.person_id}) if caller.person_id else NOTHING


class AskedScoped[M: models.Model](OwnerPathScoped[M]):
    """What a driver asked of an operator: both of them see it."""

    def reach(self, caller: Caller) -> Q:
        return super().reach(caller) | Q(operator_id__in=_whole_fleet(caller))


def _whole_fleet(caller: Caller) -> frozenset[object]:
    own = {caller.operator_id} if caller.kind is Kind.SYSTEM and caller.operator_id else set()
    return frozenset(caller.dispatched | own)
