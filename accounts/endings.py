"""A new password ends all that was opened with the old one: sessions by its hash, tokens here."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set

from accounts.models import Person
from accounts.services.sign_ins import end_tokens


def end_what_programs_hold(sender: type[Person], user: Person, **_: Any) -> None:
    """End them."""
    end_tokens(user)


for occasion in (password_changed, password_reset, password_set):
    occasion.connect(end_what_programs_hold, dispatch_uid="end_tokens")
