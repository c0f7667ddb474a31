"""Where mail goes: to a server of mail, or (in a demo) into a folder."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 587, "smtps": 465}
# Of a server on this machine nothing is asked.
LOCAL = {"localhost", "127.0.0.1", "::1"}


def read_mail(url: str, folder: Path | None) -> dict[str, Any]:
    """Turn `smtp://user:password@host:port` into Django's settings; no address is the folder, or nowhere."""
    if not url and folder is None:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder),
        }
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("MAIL_URL is written as smtp://user:password@host:587 or smtps://…:465.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in LOCAL,
        "EMAIL_TIMEOUT": 10,
    }
