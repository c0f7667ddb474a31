"""What every row has: a key of its own and, inside a tenant, the operator."""

from django.db import models

from accounts.ids import new_id
from accounts.models import Operator


class Row(models.Model):
    """A row with a key nobody can count or guess."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Tenanted(Row):
    """A row of one operator; links inside a tenant are checked by composite foreign keys."""

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
