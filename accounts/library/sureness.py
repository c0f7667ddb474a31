"""Whether somebody said once more who they are, in this browser and just now."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest


def is_sure(request: HttpRequest) -> bool:
    """Say whether the password, a code or a passkey was asked again within the last five minutes."""
    return bool(did_recently_reauthenticate(request))
