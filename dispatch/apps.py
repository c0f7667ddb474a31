"""The app."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """Dispatch: what is asked, planned and happening."""

    name = "dispatch"
