"""A membership makes a person dispatcher, crew or owner of one operator."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.callers import Caller
from accounts.ids import new_id
from accounts.models.operator import Operator
from accounts.roles import Role
from accounts.scoping import NOTHING, ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    """One's own, and those of the operators one runs."""

    def reach(self, caller: Caller) -> Q:
        own = Q(person_id=caller.person_id) if caller.person_id else NOTHING
        return own | Q(operator_id__in=caller.dispatched)


class MembershipManager(models.Manager.from_queryset(MembershipQuerySet)):  # type: ignore[misc]  # made at run time
    """A role comes with its operator, who may ask for more than the role."""

    def get_queryset(self) -> MembershipQuerySet:
        """Begin with both."""
        rows: MembershipQuerySet = super().get_queryset().select_related("operator")
        return rows


class Membership(models.Model):
    """What a person is to an operator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MembershipManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "operator", "role"], name="membership_is_held_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.operator_id}"
