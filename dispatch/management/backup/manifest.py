"""What a backup says of itself: enough to know before anything is touched whether it is whole and ours."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from accounts.sealing import KeyRing
from dispatch.management.backup.errors import NotTaken

NAME = "manifest.json"
DUMP = "database.dump"
WHAT = "voltrun backup"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """`keys` are the ids of what sealed its fields, each with a print of the key; the keys are not in it."""

    made_at: str
    city: str
    migrations: list[str]
    rows: dict[str, int]
    keys: dict[str, str]
    bytes: int
    sha256: str
    what: str = WHAT
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it beside the dump."""
        (folder / NAME).write_text(json.dumps(asdict(self), indent=2, sort_keys=True) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """Read what a folder claims to be."""
    try:
        said: Any = json.loads((folder / NAME).read_text())
    except OSError:
        raise NotTaken(f"{folder} holds no backup: there is no {NAME}.") from None
    except ValueError:
        raise NotTaken(f"{folder} is broken: its {NAME} cannot be read.") from None
    if not isinstance(said, dict) or said.get("what") != WHAT:
        raise NotTaken(f"{folder} is no backup of this house.")
    if said.get("format") != FORMAT:
        raise NotTaken(f"{folder} has the format {said.get('format')}; this version reads {FORMAT}.")
    try:
        return Manifest(**said)
    except TypeError:
        raise NotTaken(f"{folder} is broken: its {NAME} is not whole.") from None


def require_whole(folder: Path, manifest: Manifest) -> None:
    """Compare the dump with what was written of it."""
    dump = folder / DUMP
    if not dump.is_file() or dump.stat().st_size != manifest.bytes or digest(dump) != manifest.sha256:
        raise NotTaken(f"{folder} is broken: {DUMP} is not the file that was written.")


def require_keys(manifest: Manifest, ring: KeyRing) -> None:
    """Without its keys a backup would come back unreadable."""
    wrong = [name for name, seen in manifest.keys.items() if prints(ring).get(name) != seen]
    if wrong:
        raise NotTaken(
            f"The backup is sealed with {', '.join(sorted(wrong))}, not on this house's ring of keys:"
            " put the keys back first (FIELD_KEYS, or the file FIELD_KEYS_FILE; a demo's is var/field_keys)."
        )


def prints(ring: KeyRing) -> dict[str, str]:
    """Return what tells a key from another of its name, and nothing of the key."""
    return {name: hashlib.sha256(b"voltrun ring" + key).hexdigest()[:16] for name, key in ring.keys.items()}


def digest(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
