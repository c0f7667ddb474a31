"""The library's doors that are open here; what else it offers (signing up its way, phones) has none.

They speak the library's own language (`docs.allauth.org`, headless): browsers only, by session and CSRF.
"""

from allauth.headless.account import views as account
from allauth.headless.base.views import APIView
from allauth.headless.constants import Client
from allauth.headless.mfa import views as factor
from django.db import transaction
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator


@method_decorator(transaction.atomic, name="post")
class EmailView(account.ManageEmailView):  # type: ignore[misc]  # the library has no types
    """One's addresses.

    Who never confirmed theirs is without one for a moment (`address_changes.py`): nobody else sees it, or two
    at once would have the same.
    """


DOORS: dict[str, type[APIView]] = {
    "password/request": account.RequestPasswordResetView,
    "password/reset": account.ResetPasswordView,
    "password/change": account.ChangePasswordView,
    "email": EmailView,
    "email/verify": account.VerifyEmailView,
    "reauthenticate": account.ReauthenticateView,
    "2fa/authenticate": factor.AuthenticateView,
    "2fa/reauthenticate": factor.ReauthenticateView,
    "webauthn/authenticate": factor.AuthenticateWebAuthnView,
    "webauthn/reauthenticate": factor.ReauthenticateWebAuthnView,
    "webauthn/login": factor.LoginWebAuthnView,
    "authenticators": factor.AuthenticatorsView,
    "authenticators/totp": factor.ManageTOTPView,
    "authenticators/recovery-codes": factor.ManageRecoveryCodesView,
    "authenticators/webauthn": factor.ManageWebAuthnView,
}


def list_patterns() -> list[URLPattern]:
    """List them under `/auth/`."""
    return [
        path(f"auth/{address}", view.as_api_view(client=Client.BROWSER), name=name_door(address))
        for address, view in DOORS.items()
    ]


def name_door(address: str) -> str:
    """Name a door by its address."""
    return f"auth-{address.replace('/', '-')}"
