"""What a driver says at the car when its plate says nothing: four figures, for one request."""

from uuid import UUID

from django.utils.crypto import salted_hmac

_SALT, _FIGURES = "dispatch.pin", 4


def pin_of(request_id: UUID) -> str:
    """Return a request's PIN; nothing is stored, so nothing of it can be read from a copy of the data."""
    digest = salted_hmac(_SALT, str(request_id), algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**_FIGURES:0{_FIGURES}}"
