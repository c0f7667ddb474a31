"""Drivers make their own account: a letter proves the address first, and its link makes the account.

Until then nothing is kept: the link carries what was asked, signed. So nobody waits under another's address,
and who asks is told the same whether there is an account or not.
"""

from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from accounts.callers import Caller
from accounts.library.mail import write_mail
from accounts.models import Act, Person
from accounts.services.acts import note_act
from accounts.services.newcomers import Newcomer, make_person

SALT = "voltrun.sign-up"
HOLDS = timedelta(hours=24)


class LinkVoid(Exception):
    """The link is too old, was followed already, or never was one."""


def write_to_newcomer(email: str, pages: str) -> None:
    """Send one letter: a link, or word that there is an account. `pages` is where the account's are."""
    address = email.strip().lower()
    if _has_account(address):
        letter = write_mail("account_exists", address, {"sign_in": pages, "forgotten": f"{pages}forgot"})
    else:
        secret = signing.dumps(address, salt=SALT)
        letter = write_mail("sign_up", address, {"url": f"{pages}sign-up#{secret}"})
    letter.send()


@transaction.atomic
def make_account(secret: str, newcomer: Newcomer) -> Person:
    """Make the account the link is for; a driver is a person without any membership."""
    try:
        address: str = signing.loads(secret, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        raise LinkVoid from None
    try:
        with transaction.atomic():
            person = make_person(address, newcomer)
    except IntegrityError:
        raise LinkVoid from None
    note_act(Act.SIGNED_UP, actor=person.pk, person=person.pk)
    return person


def _has_account(address: str) -> bool:
    return bool(Person.objects.of(Caller.system()).filter(email=address).exists())
