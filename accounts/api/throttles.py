"""Guessing passwords is slow: per address and e-mail, and per address."""

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class SignInThrottle(SimpleRateThrottle):
    """So many tries for one account from one address."""

    scope = "sign_in"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Name the pair; the e-mail only as typed, in lower case."""
        data = request.data if isinstance(request.data, dict) else {}
        email = str(data.get("email", "")).strip().lower()[:254]
        return self.cache_format % {"scope": self.scope, "ident": f"{self.get_ident(request)}:{email}"}


class SignInAddressThrottle(SimpleRateThrottle):
    """So many tries from one address, whoever they are for."""

    scope = "sign_in_address"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Name the address."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
