"""Sealing of single values before they are stored: AES-256-GCM under a ring of keys.

A sealed value names its key (`sealed:<key>:...`), so that keys can be changed while the house runs. It is
bound to the column it was sealed for: pasted into another it does not open. What was stored before
sealing began is plain, opens as it is, and is sealed by the next `manage.py rotate_keys`.
"""

import base64
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MARK = "sealed:"
KEY_BYTES = 32
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """A sealed value whose key is gone, or that was tampered with. Says nothing of the value itself."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id; the first seals, every one opens."""

    keys: dict[str, bytes]

    @property
    def first(self) -> str:
        """Name the key that seals."""
        return next(iter(self.keys))

    def seal(self, value: bytes, column: str) -> tuple[str, bytes]:
        """Return the key's id and the sealed value."""
        nonce = os.urandom(_NONCE_BYTES)
        return self.first, nonce + _cipher(self.keys[self.first]).encrypt(nonce, value, column.encode())

    def open(self, key: str, sealed: bytes, column: str) -> bytes:
        """Return what was sealed."""
        if key not in self.keys:
            raise CannotOpen(f"the key {key}, which sealed a {column}, is not on the ring")
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return _cipher(self.keys[key]).decrypt(nonce, rest, column.encode())
        except (InvalidTag, ValueError):
            raise CannotOpen(f"a {column} sealed by {key} was changed, or is another column's") from None


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def read_ring(text: str) -> KeyRing:
    """Read `id:base64` entries, divided by commas or lines; the first one seals."""
    entries = [entry.strip() for entry in text.replace(",", "\n").splitlines() if entry.strip()]
    keys: dict[str, bytes] = {}
    for entry in entries:
        name, _, written = entry.partition(":")
        key = _decode(written)
        if not name.isalnum() or len(key) != KEY_BYTES or name in keys:
            raise ImproperlyConfigured(
                "FIELD_KEYS has entries `id:key`: ids once each, of letters and figures; 32 bytes, base64."
            )
        keys[name] = key
    if not keys:
        raise ImproperlyConfigured(
            "FIELD_KEYS, or a file FIELD_KEYS_FILE, must name the keys fields are sealed with."
        )
    return KeyRing(keys)


def write_ring(ring: KeyRing) -> str:
    """Write a ring as `read_ring` reads it."""
    return "".join(f"{name}:{base64.b64encode(key).decode()}\n" for name, key in ring.keys.items())


def current_ring() -> KeyRing:
    """Return the ring of the settings; a ring in a file is read anew when the file has changed."""
    if settings.FIELD_KEYS:
        return _remembered(settings.FIELD_KEYS)
    path = Path(settings.FIELD_KEYS_FILE)
    # No file is named, or the one that is named is not there.
    if not path.is_file():
        return read_ring("")
    stamp = path.stat()
    return _read_file(path, stamp.st_mtime_ns, stamp.st_ino)


@cache
def _remembered(text: str) -> KeyRing:
    return read_ring(text)


@cache
def _read_file(path: Path, _changed: int, _inode: int) -> KeyRing:
    return read_ring(path.read_text())


def seal_text(value: str, column: str) -> str:
    """Seal words; nothing stays nothing."""
    if not value:
        return value
    key, sealed = current_ring().seal(value.encode(), column)
    return f"{MARK}{key}:{base64.b64encode(sealed).decode()}"


def open_text(stored: str, column: str) -> str:
    """Open words that were sealed; plain ones are from before."""
    if not stored.startswith(MARK):
        return stored
    key, _, written = stored.removeprefix(MARK).partition(":")
    return current_ring().open(key, _decode(written), column).decode()


def seal_bytes(value: bytes, column: str) -> bytes:
    """Seal a picture; nothing stays nothing."""
    if not value:
        return value
    key, sealed = current_ring().seal(value, column)
    return f"{MARK}{key}:".encode() + sealed


def open_bytes(stored: bytes, column: str) -> bytes:
    """Open a picture that was sealed; a plain one is from before."""
    mark = MARK.encode()
    if not stored.startswith(mark):
        return stored
    key, _, sealed = stored.removeprefix(mark).partition(b":")
    return current_ring().open(key.decode(), sealed, column)


def _decode(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except ValueError:
        return b""
