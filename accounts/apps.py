"""The app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts: who you are."""

    name = "accounts"

    def ready(self) -> None:
        """Let the schema generator find our ways to sign in, and changes of an account have their effects."""
        from accounts import address_changes, endings, openapi  # noqa: F401, PLC0415  # need the apps loaded; register themselves
