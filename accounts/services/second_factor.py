"""Whether all who work for an operator need a second factor; every change leaves a record."""

from django.db import transaction

from accounts.callers import Caller
from accounts.models import Act, Operator
from accounts.services.acts import note_act


@transaction.atomic
def ask_second_factor(caller: Caller, operator: Operator, *, asked: bool) -> Operator:
    """Ask for one of all, or of nobody; what is so already is no change."""
    changed = Operator.objects.of(caller).filter(id=operator.id).exclude(second_factor_required=asked)
    if changed.update(second_factor_required=asked):
        act = Act.FACTOR_ASKED if asked else Act.FACTOR_RELEASED
        note_act(act, actor=caller.person_id, operator=operator.id)
    operator.second_factor_required = asked
    return operator
