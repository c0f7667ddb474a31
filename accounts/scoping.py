"""Queries that start from a caller. Outside `models/` a query begins with `.objects.of(caller)`."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.callers import Caller

NOTHING = Q(pk__in=[])


class ScopedQuerySet[M: models.Model](models.QuerySet[M]):
    """The base of every model's query set: `reach` says which rows are the caller's."""

    def of(self, caller: Caller) -> Self:
        """Narrow to what the caller may see: another's row is as if it did not exist."""
        return self.all() if caller.sees_all else self.filter(self.reach(caller))

    def reach(self, caller: Caller) -> Q:
        """Build the condition. Across a many-valued relation use a subquery: joins repeat rows."""
        raise NotImplementedError(f"{type(self).__name__} does not say whose its rows are")


class OperatorScoped[M: models.Model](ScopedQuerySet[M]):
    """Rows that carry `operator`: for its staff and its devices."""

    def reach(self, caller: Caller) -> Q:
        return Q(operator_id__in=caller.staffed)


class PersonScoped[M: models.Model](ScopedQuerySet[M]):
    """Rows that carry `person`: for that person alone."""

    def reach(self, caller: Caller) -> Q:
        return Q(person_id=caller.person_id) if caller.person_id else NOTHING


class Public[M: models.Model](ScopedQuerySet[M]):
    """Rows anybody may read: cities, places, the vehicle catalogue."""

    def reach(self, caller: Caller) -> Q:
        return Q()


class Internal[M: models.Model](ScopedQuerySet[M]):
    """Rows only the house itself reads."""

    def reach(self, caller: Caller) -> Q:
        return NOTHING
