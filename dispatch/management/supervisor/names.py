"""Names that are machine-wide carry a hash of where the data lies: two clones get along."""

import hashlib
import os
from pathlib import Path

from dispatch.management.supervisor.errors import CannotStart

HOME_CITY = "monaco"
# Short on purpose: a socket's path may have 107 bytes, and a checkout may lie deep.
_SOCKETS = Path("/tmp")  # noqa: S108  (the folder is made for us alone, and checked)


def house_name(var: Path) -> str:
    """Name a house by its data folder."""
    return f"voltrun-{hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:8]}"


def city_database(city: str) -> str:
    """Name the database of a city: another city, another one."""
    return "voltrun" if city == HOME_CITY else f"voltrun_{city.replace('-', '_')}"


def socket_folder(name: str) -> Path:
    """Make the folder for sockets; refuse one that somebody else has put there."""
    folder = _SOCKETS / name
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.stat(follow_symlinks=False)
    if found.st_uid != os.getuid() or folder.is_symlink():
        raise CannotStart(f"The folder {folder} belongs to somebody else; remove it or move this clone.")
    folder.chmod(0o700)
    return folder
