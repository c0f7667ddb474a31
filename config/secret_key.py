"""The keys of the house: given, or made once for a local demo."""

import base64
import os
import secrets
from pathlib import Path


def find_secret_key(given: str, demo: bool, var_dir: Path) -> str:
    """Return the given key; for a demo, one that is kept in `var/`; else "" (Django refuses to sign)."""
    if given or not demo:
        return given
    path = var_dir / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def find_field_keys_file(given: str, demo: bool, var_dir: Path) -> str:
    """Return where the ring of keys lies that fields are sealed with; a demo's is made once, in `var/`."""
    if given or not demo:
        return given
    path = var_dir / "field_keys"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_once(path, f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    return str(path)


def _write_once(path: Path, key: str) -> None:
    """Several processes start together: each offers a whole file, the first link wins."""
    if path.exists():
        return
    offer = path.with_name(f"{path.name}.{os.getpid()}")
    offer.touch(mode=0o600)
    offer.write_text(key)
    try:
        os.link(offer, path)
    except FileExistsError:
        pass
    finally:
        offer.unlink()
