"""Remove one data set from the road engine's shared memory.

The engine's own tool can only remove everybody's. Removing the segments alone would leave their names
in the engine's register, where they break every later load. So both go, under the register's lock.
Nothing is removed beneath an engine that is running: it watches its entry and would fall over it.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from dispatch.city.errors import CityError

_REGISTER = Path("/dev/shm/osrm-region")  # noqa: S108  (the engine's own fixed name)
# The register: a lock with its waiting queue, the regions, one in-use flag per key.
_HEAD_BYTES = 524_344
_REGIONS = 512
_REGION_BYTES = 272
_NAME_BYTES = 255
_KEY_AT = 264
_KEYS = 1024
_FLAGS_AT = _HEAD_BYTES + _REGIONS * _REGION_BYTES
_REGISTER_BYTES = _FLAGS_AT + _KEYS

# One line per segment: key, id, permissions, size, creator, last user, number of users.
_SEGMENTS = Path("/proc/sysvipc/shm")

_LOCK_WAIT_S = 10
_IPC_RMID = 0


def forget_dataset(name: str) -> bool:
    """Remove a data set's segments and its names; False when some engine still uses them.

    One that is not there is no error.
    """
    if not _REGISTER.exists():
        return True
    if not _is_known():
        raise CityError("The road engine's shared memory has a layout this version does not know.")
    with _REGISTER.open("r+b") as file, mmap.mmap(file.fileno(), 0) as register, _locked(register):
        regions = {at: _key_at(register, at) for at in _regions_of(register, name)}
        segments = _segments_of(regions.values())
        if any(segment.users for segment in segments):
            return False
        for segment in segments:
            _libc().shmctl(segment.id, _IPC_RMID, None)
        for at, key in regions.items():
            register[at : at + _REGION_BYTES] = bytes(_REGION_BYTES)
            register[_FLAGS_AT + key] = 0
    return True


def is_broken(name: str) -> bool:
    """Say whether a data set has names in the register whose segments somebody removed."""
    if not _is_known():
        return False
    register = _REGISTER.read_bytes()
    keys = [_key_at(register, at) for at in _regions_of(register, name)]
    return len(_segments_of(keys)) < len(keys)


def list_datasets() -> list[str]:
    """List the data sets in shared memory, whoever loaded them."""
    if not _is_known():
        return []
    register = _REGISTER.read_bytes()
    names = (_name_at(register, _HEAD_BYTES + i * _REGION_BYTES) for i in range(_REGIONS))
    return sorted({name.rpartition("/")[0] for name in names if name})


def _is_known() -> bool:
    return _REGISTER.exists() and _REGISTER.stat().st_size == _REGISTER_BYTES and _SEGMENTS.exists()


def _regions_of(register: mmap.mmap | bytes, dataset: str) -> Iterator[int]:
    for i in range(_REGIONS):
        at = _HEAD_BYTES + i * _REGION_BYTES
        if _name_at(register, at).rpartition("/")[0] == dataset:
            yield at


def _name_at(register: mmap.mmap | bytes, at: int) -> str:
    return register[at : at + _NAME_BYTES].partition(b"\0")[0].decode(errors="replace")


def _key_at(register: mmap.mmap | bytes, at: int) -> int:
    return int.from_bytes(register[at + _KEY_AT : at + _KEY_AT + 2], "little")


class _Segment(NamedTuple):
    id: int
    users: int


def _segments_of(keys: Iterable[int]) -> list[_Segment]:
    """Find the segments behind the register's keys; one that is gone already is left out."""
    files = ((key, _lock_folder() / f"osrm-{key}.lock") for key in keys)
    wanted = {_system_key(file, key) for key, file in files if file.exists()}
    rows = (line.split() for line in _SEGMENTS.read_text().splitlines()[1:])
    return [_Segment(int(row[1]), int(row[6])) for row in rows if int(row[0]) in wanted]


def _lock_folder() -> Path:
    chosen = os.environ.get("SHM_LOCK_DIR")
    return Path(chosen) if chosen else Path(f"/dev/shm/osrm-{os.getuid()}")  # noqa: S108  (the engine's choice)


def _system_key(file: Path, key: int) -> int:
    """Compute what `ftok` does: the key of System V shared memory from a file and a number."""
    stat = file.stat()
    return ctypes.c_int(((key & 0xFF) << 24) | ((stat.st_dev & 0xFF) << 16) | (stat.st_ino & 0xFFFF)).value


class _Timespec(ctypes.Structure):
    _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]


@contextmanager
def _locked(register: mmap.mmap) -> Iterator[None]:
    """Hold the register's own lock, which lives at its beginning."""
    anchor = ctypes.c_char.from_buffer(register)
    mutex = ctypes.c_void_p(ctypes.addressof(anchor))
    libc = _libc()
    deadline = _Timespec(int(time.time()) + _LOCK_WAIT_S, 0)
    code = libc.pthread_mutex_timedlock(mutex, ctypes.byref(deadline))
    if code == errno.EOWNERDEAD:
        libc.pthread_mutex_consistent(mutex)
    elif code:
        del anchor
        raise CityError(f"The road engine's shared memory is locked ({os.strerror(code)}).")
    try:
        yield
    finally:
        libc.pthread_mutex_unlock(mutex)
        # The map cannot be closed while something points into it.
        del anchor


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
