"""The app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts: who you are."""

    name = "accounts"

    def ready(self) -> None:
        """Let the schema generator find our ways to sign in."""
        from accounts import openapi  # noqa: F401, PLC0415  # needs the apps loaded; registers itself
