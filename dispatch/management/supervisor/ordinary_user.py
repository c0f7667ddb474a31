"""PostgreSQL wants to be an ordinary user with a name: make it one, as well as this machine allows.

Root it refuses; a number without a name (a container's random user) its set-up refuses.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dispatch.management.supervisor.errors import CannotStart

_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=KILL")


@dataclass(frozen=True, slots=True)
class Disguise:
    """What stands before the command, and where a stranger may keep data (None: where we may)."""

    prefix: tuple[str, ...] = ()
    home: Path | None = None

    def lend(self, folder: Path) -> None:
        """Hand a folder of ours to the stranger."""
        if self.home is not None:
            shutil.chown(folder, "nobody", "nogroup")


def choose_disguise(house: str, uid: int, unshare: str = "unshare") -> Disguise:
    """Choose how to run a server that does not want to be who we are."""
    if uid != 0 and _has_name(uid):
        return Disguise()
    namespace = _namespace_of_somebody(unshare)
    if _works(*namespace, "true"):
        return Disguise(namespace)
    if uid != 0:
        raise CannotStart(
            f"PostgreSQL does not run as user {uid}, who has no name on this machine; "
            "add one to /etc/passwd or set DATABASE_URL."
        )
    if not _works(*_NOBODY, "true"):
        raise CannotStart(
            "PostgreSQL does not run as root and this machine lets no other user run it; "
            "start as an ordinary user or set DATABASE_URL."
        )
    return Disguise(_NOBODY, _home_for_nobody(house))


def _namespace_of_somebody(unshare: str) -> tuple[str, ...]:
    """Look, from inside, like any user that has a name; files stay ours."""
    somebody = next((user for user in pwd.getpwall() if user.pw_uid != 0), None)
    if somebody is None:
        return ("false",)
    return (unshare, "--user", f"--map-user={somebody.pw_uid}", f"--map-group={somebody.pw_gid}")


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def reachable(disguise: Disguise, folder: Path) -> Path:
    """Give the programs' folder, or a copy of it where the stranger can get at it."""
    if disguise.home is None or _works(*disguise.prefix, "test", "-x", str(folder / "bin" / "postgres")):
        return folder
    copy = disguise.home / folder.name
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(folder, half, symlinks=True)
        half.replace(copy)
    return copy


def _home_for_nobody(house: str) -> Path:
    """Nobody can enter the folders of root: the data lies where everybody may."""
    home = Path("/var/tmp") / house  # noqa: S108  (its owner is checked)
    home.mkdir(mode=0o711, exist_ok=True)
    if home.is_symlink() or home.stat().st_uid not in (os.getuid(), pwd.getpwnam("nobody").pw_uid):
        raise CannotStart(f"The folder {home} belongs to somebody else; remove it or move this clone.")
    return home


def _works(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
