"""Second factors: one-time codes, passkeys, and codes for the day both are lost."""

from typing import Any

from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.library.kept_factors import COLUMN
from accounts.models import Person
from accounts.sealing import open_text, seal_text


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """The library's factors, with what is secret in them sealed."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is kept."""
        return seal_text(text, COLUMN)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return open_text(encrypted_text, COLUMN)

    def _get_site_name(self) -> str:
        return "Voltrun"


class Shown(DefaultHeadlessAdapter):  # type: ignore[misc]  # the library has no types
    """What the library's answers say beside their own."""

    def populate_response_meta(self, request: HttpRequest, meta: dict[str, Any]) -> None:
        """Draw the secret of one-time codes, so that a phone reads it off the screen."""
        if "totp_url" in meta:
            meta["totp_svg"] = get_adapter().build_totp_svg(meta["totp_url"])


def has_factor(person: Person) -> bool:
    """Say whether a password alone does not open this account."""
    return bool(get_adapter().is_mfa_enabled(person))


def take_code(person: Person, code: str) -> bool:
    """Take a one-time or recovery code: once, and only if it is right."""
    form = AuthenticateForm(user=person, data={"code": code})
    if not form.is_valid():
        return False
    found: Authenticator = form.authenticator
    found.record_usage()
    return True
