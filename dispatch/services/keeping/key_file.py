"""The file with the ring of keys: every process reads it anew once it has changed."""

import os
import secrets
from pathlib import Path

from accounts.sealing import KEY_BYTES, KeyRing, read_ring, write_ring


def add_key(path: Path) -> str:
    """Put a new key before the others; the file is never half-written. Returns the key's id."""
    ring = read_ring(path.read_text())
    figures = [int(name[1:]) for name in ring.keys if name[:1] == "k" and name[1:].isdigit()]
    name = f"k{max(figures, default=0) + 1}"
    half = path.with_name(f"{path.name}.{os.getpid()}")
    half.touch(mode=0o600)
    half.write_text(write_ring(KeyRing({name: secrets.token_bytes(KEY_BYTES), **ring.keys})))
    half.replace(path)
    return name
