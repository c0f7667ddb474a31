"""The record of roles: who made whom what, and when. It is written and read, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.callers import Caller
from accounts.ids import new_id
from accounts.models.operator import Operator
from accounts.roles import Role
from accounts.scoping import ScopedQuerySet


class RoleChangeQuerySet(ScopedQuerySet["RoleChange"]):
    """An owner's business."""

    def reach(self, caller: Caller) -> Q:
        return Q(operator_id__in=caller.operators(Role.OWNER))


class RoleChange(models.Model):
    """`before` is empty when a role was given, `after` when it was taken."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="role_changes")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    before = models.CharField(max_length=12, choices=Role.choices, blank=True)
    after = models.CharField(max_length=12, choices=Role.choices, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = RoleChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.before or '-'} > {self.after or '-'}"
