"""One call, one thread: Django's handler for ASGI with all its middleware on the synchronous side."""

from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneThread(ASGIHandler):
    """Changes to the call's thread once, and back once.

    All our views are synchronous. Django would take every middleware that can be asynchronous for such, and
    change between the loop and the thread two times for each of them.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain for the thread, whatever the handler asks for."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the call's thread."""
        answer: Any = await sync_to_async(self.get_response, thread_sensitive=True)(request)
        return answer  # type: ignore[no-any-return]  # a response; asgiref keeps the type to itself
