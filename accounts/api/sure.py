"""What cannot be undone asks once more who calls: a session or a token left lying about ends nobody."""

from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.api.throttles import LockOut
from accounts.library.sureness import is_sure
from accounts.models import Person

PASSWORD_NEEDED = "password_needed"  # noqa: S105  # a code, no secret


def hold_sure(request: Request, person: Person, password: str | None) -> None:
    """Hold that it is they: by the password beside the call, or a browser that was asked just now.

    A program has its token for a day and was asked nothing since: it sends the password.
    """
    if password is not None:
        _check(request, person, password)
    elif request.auth is not None or not is_sure(request._request):  # noqa: SLF001  # the session is Django's
        raise AuthenticationFailed("Say once more who you are.", code=PASSWORD_NEEDED)


def _check(request: Request, person: Person, password: str) -> None:
    lock_out = LockOut(request, person.email)
    lock_out.hold()
    if not person.check_password(password):
        lock_out.note_wrong()
        raise AuthenticationFailed("That is not the password of this account.", code="wrong_credentials")
