"""An operator: a company that runs units; the tenant."""

from django.db import models
from django.utils import timezone

from accounts.ids import new_id
from accounts.scoping import Public


class OperatorQuerySet(Public["Operator"]):
    """A company's name is no secret: drivers read it on their offers."""


class Operator(models.Model):
    """A company that runs units."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    # Whether who works here needs a second factor; the house may ask it of all.
    second_factor_required = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OperatorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
