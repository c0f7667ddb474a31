"""What a browser may do on our pages beside what their policy of content says."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# No page asks where one is or looks through a camera: a meter's picture is taken by the phone's own means.
UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
POLICY = ", ".join(f"{name}=()" for name in UNUSED)


class PermissionsPolicy:
    """Say on every answer that none of these is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header."""
        answer = self.get_response(request)
        answer["Permissions-Policy"] = POLICY
        return answer
