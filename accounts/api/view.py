"""The base of every view of the API."""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.api.throttles import CallerThrottle


class CountedView(APIView):
    """Counts a call before it asks whether the caller may: who may not knocks no oftener than who may."""

    throttle_classes: list[type[BaseThrottle]] = [CallerThrottle]

    def check_permissions(self, request: Request) -> None:
        """Count first."""
        super().check_throttles(request)
        super().check_permissions(request)

    def check_throttles(self, request: Request) -> None:
        """Nothing more: counted already, and twice would be wrong."""
