"""What was asked about an account: by whom, about whom, when. Written and read, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.callers import Caller
from accounts.ids import new_id
from accounts.models.operator import Operator
from accounts.roles import Role
from accounts.scoping import ScopedQuerySet


class Act(models.TextChoices):
    """What was asked."""

    SIGNED_UP = "signed_up"
    EXPORTED = "exported"
    ERASED = "erased"
    ADDRESS_ASKED = "address_asked"
    ADDRESS_CHANGED = "address_changed"
    # Of all who work for an operator.
    FACTOR_ASKED = "factor_asked"
    FACTOR_RELEASED = "factor_released"


class AccountActQuerySet(ScopedQuerySet["AccountAct"]):
    """One's own; and an owner's, what was asked of all who work there."""

    def reach(self, caller: Caller) -> Q:
        owned = Q(operator_id__in=caller.operators(Role.OWNER))
        return owned | Q(person_id=caller.person_id) if caller.person_id else owned


class AccountAct(models.Model):
    """`actor` is nobody when the house itself acted, by a command; an erased person's stay, nobody's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    what = models.CharField(max_length=16, choices=Act.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    operator = models.ForeignKey(Operator, models.CASCADE, null=True, related_name="account_acts")
    at = models.DateTimeField(default=timezone.now)

    objects = AccountActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=Act.values), name="account_act_is_known"),
        ]

    def __str__(self) -> str:
        return self.what
