"""The signing key: given, or made once for a local demo."""

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
