"""Writes down what was asked about an account, in the transaction that does it."""

from uuid import UUID

from accounts.models import AccountAct, Act


def note_act(
    what: Act, *, actor: UUID | None, person: UUID | None = None, operator: UUID | None = None
) -> None:
    """Note that somebody asked this, about a person or about all who work for an operator."""
    AccountAct.objects.create(what=what, actor_id=actor, person_id=person, operator_id=operator)
