"""The app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts: who you are."""

    name = "accounts"

    def ready(self) -> None:
        """Let the schema generator find our ways to sign in, and a new password end what programs hold."""
        from accounts import endings, openapi  # noqa: F401, PLC0415  # need the apps loaded; register themselves
