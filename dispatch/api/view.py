"""The base of every endpoint of dispatch."""

from typing import Any

from django.http import HttpRequest

from accounts.api.view import CountedView
from accounts.authentication import caller_of
from accounts.callers import Caller
from dispatch.api.idempotency import UNSAFE, once


class ApiView(CountedView):
    """Parse, call one service, render.

    An unsafe method runs in one transaction with its idempotency key. Raise a `DispatchError` and
    nothing has happened; *return* `problems.build_answer(error)` and what was written stays.
    """

    @property
    def caller(self) -> Caller:
        """Who sends this request."""
        return caller_of(self.request)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Wrap the unsafe methods of this one view object."""
        super().setup(request, *args, **kwargs)
        for name in UNSAFE:
            if hasattr(self, name):
                setattr(self, name, once(getattr(self, name)))
