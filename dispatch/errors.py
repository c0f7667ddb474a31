"""What can go wrong, as values with facts. They are rendered at the edges (api, sockets), not here.

DispatchError
|- Invalid        400  a value is wrong; `path` names the field
|- NotSignedIn    401  nobody said who they are
|- Forbidden      403  known, and may not (never used to hide that something exists)
|- NotFound       404  not there, or not the caller's: both look the same
|- Conflict       409  the world moved on: offer_lost, offer_taken, offer_expired, not_next, in_progress ...
|- Refused        422  well said, and still not done
`- Unavailable    503  not now; `retry_after_s` says when
"""

from typing import Any, ClassVar


class DispatchError(Exception):
    """An error with a stable code. `facts` travel in the answer beside code and detail."""

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "error"

    def __init__(
        self, code: str | None = None, detail: str = "", *, path: str | None = None, **facts: Any
    ) -> None:
        super().__init__(code or self.default_code, detail)
        self.code = code or self.default_code
        self.detail = detail
        self.path = path
        self.facts = facts


class Invalid(DispatchError):
    """A value is wrong; `path` says which (`location.lat`)."""

    status = 400
    default_code = "invalid"


class NotSignedIn(DispatchError):
    """The caller must say who they are first."""

    status = 401
    default_code = "not_signed_in"


class Forbidden(DispatchError):
    """The caller is known and may not do this at all, whichever object is meant."""

    status = 403
    default_code = "forbidden"


class NotFound(DispatchError):
    """There is no such thing, or it is another's."""

    status = 404
    default_code = "not_found"


class Conflict(DispatchError):
    """What the caller saw no longer holds."""

    status = 409
    default_code = "conflict"


class Refused(DispatchError):
    """Understood, and it cannot be done as asked."""

    status = 422
    default_code = "refused"


class Unavailable(DispatchError):
    """Not at this moment."""

    status = 503
    default_code = "unavailable"

    def __init__(self, code: str | None = None, detail: str = "", *, retry_after_s: int = 2) -> None:
        super().__init__(code, detail)
        self.retry_after_s = retry_after_s
