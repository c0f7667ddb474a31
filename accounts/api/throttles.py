"""How often a caller may come, and that guessing passwords is slow."""

from hashlib import sha256
from typing import ClassVar

from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.authentication import caller_of
from accounts.quotas import Standing, count, name_address, note


class PolicyThrottle(BaseThrottle):
    """One policy: the setting of its name says how often."""

    policy: ClassVar[str]
    _standing: Standing | None = None

    def find_who(self, request: Request) -> str | None:
        """Name who is counted; None is somebody this policy is not about."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count this call."""
        who = self.find_who(request)
        if who is None:
            return True
        self._standing = count(self.policy, who)
        note(request._request, self._standing)  # noqa: SLF001  # Django's own request, for the headers
        return self._standing.within

    def wait(self) -> float | None:
        """Say after how many seconds it is worth another try."""
        return None if self._standing is None else self._standing.wait_s


class CallerThrottle(PolicyThrottle):
    """Every person and device at every door; guests are counted by their address, before any view."""

    policy = "caller"

    def find_who(self, request: Request) -> str | None:
        """Name the caller."""
        caller = caller_of(request)
        return caller.key if caller.is_known else None


class SignInThrottle(PolicyThrottle):
    """So many tries for one account from one address."""

    policy = "sign_in"

    def find_who(self, request: Request) -> str:
        """Name the pair."""
        data = request.data if isinstance(request.data, dict) else {}
        return f"{address_of(request)} {digest_of(str(data.get('email', '')))}"


class SignInAddressThrottle(PolicyThrottle):
    """So many tries from one address, whoever they are for."""

    policy = "sign_in_address"

    def find_who(self, request: Request) -> str:
        """Name the address."""
        return address_of(request)


class SignUpThrottle(PolicyThrottle):
    """So many letters to one address, whoever asks for them."""

    policy = "sign_up"

    def find_who(self, request: Request) -> str:
        """Name whom the letter is for."""
        data = request.data if isinstance(request.data, dict) else {}
        return digest_of(str(data.get("email", "")))


class SignUpAddressThrottle(SignInAddressThrottle):
    """So many letters asked for from one address, whoever they are for."""

    policy = "sign_up_address"


class LockOut:
    """Shuts an account for a while after many wrong tries, from wherever; whether it exists or not."""

    policy = "lock_out"

    def __init__(self, request: Request, email: str) -> None:
        self._request = request
        self._who = digest_of(email)

    def hold(self) -> None:
        """Hold that it is open."""
        standing = count(self.policy, self._who, only_look=True)
        if not standing.within:
            note(self._request._request, standing)  # noqa: SLF001  # Django's own request, for the headers
            raise Throttled(standing.wait_s)

    def note_wrong(self) -> None:
        """Count a wrong try."""
        count(self.policy, self._who)


def digest_of(email: str) -> str:
    """Name an account by what was typed: a digest is enough to count by."""
    typed = email.strip().lower()[:254]
    return sha256(typed.encode("utf-8", "replace")).hexdigest()


def address_of(request: Request) -> str:
    """Name where a call comes from."""
    return name_address(request.META.get("REMOTE_ADDR", ""))
