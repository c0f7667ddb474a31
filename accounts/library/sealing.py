"""Secrets that must be read again (those of one-time codes) are kept sealed by the house's key."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    """Seal with the key in force."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Open what was sealed with the key in force or one before it."""
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    known = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(("voltrun.seal:" + key).encode()).digest() for key in known)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
