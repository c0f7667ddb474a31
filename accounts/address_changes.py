"""Another address leaves a record: when it was asked for, and when it took the place of the one before."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_added, email_changed

from accounts.callers import Caller
from accounts.models import Act, Person
from accounts.services.acts import note_act


def note_asked(sender: type[EmailAddress], user: Person, **_: Any) -> None:
    """Note that another was asked for; the address itself is not written down.

    One that was never confirmed is forgotten by the library at once, and its person would be left without:
    they sign in with it until the link to the other is followed.
    """
    Person.objects.of(Caller.system()).filter(pk=user.pk, email="").update(email=user.email)
    note_act(Act.ADDRESS_ASKED, actor=user.pk, person=user.pk)


def note_changed(sender: type[EmailAddress], user: Person, **_: Any) -> None:
    """Note that the link to it was followed."""
    note_act(Act.ADDRESS_CHANGED, actor=user.pk, person=user.pk)


email_added.connect(note_asked, dispatch_uid="note_address_asked")
email_changed.connect(note_changed, dispatch_uid="note_address_changed")
