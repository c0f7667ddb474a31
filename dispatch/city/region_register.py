"""Remove one data set from the road engine's shared memory.

The engine's own tool can only remove everybody's. Removing the segments alone would leave their names
in the engine's register, where they break every later load. So both go, under the register's lock.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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

_LOCK_WAIT_S = 10
_IPC_RMID = 0


def forget_dataset(name: str) -> None:
    """Remove a data set's segments and its names; one that is not there is no error."""
    if not _REGISTER.exists():
        return
    if _REGISTER.stat().st_size != _REGISTER_BYTES:
        raise CityError("The road engine's shared memory has a layout this version does not know.")
    with _REGISTER.open("r+b") as file, mmap.mmap(file.fileno(), 0) as register, _locked(register):
        for at in _regions_of(register, name):
            key = int.from_bytes(register[at + _KEY_AT : at + _KEY_AT + 2], "little")
            _remove_segment(key)
            register[at : at + _REGION_BYTES] = bytes(_REGION_BYTES)
            register[_FLAGS_AT + key] = 0


def list_datasets() -> list[str]:
    """List the data sets in shared memory, whoever loaded them."""
    if not _REGISTER.exists() or _REGISTER.stat().st_size != _REGISTER_BYTES:
        return []
    register = _REGISTER.read_bytes()
    names = (_name_at(register, _HEAD_BYTES + i * _REGION_BYTES) for i in range(_REGIONS))
    return sorted({name.rpartition("/")[0] for name in names if name})


def _regions_of(register: mmap.mmap, dataset: str) -> Iterator[int]:
    for i in range(_REGIONS):
        at = _HEAD_BYTES + i * _REGION_BYTES
        if _name_at(register, at).rpartition("/")[0] == dataset:
            yield at


def _name_at(register: mmap.mmap | bytes, at: int) -> str:
    return register[at : at + _NAME_BYTES].partition(b"\0")[0].decode(errors="replace")


def _remove_segment(key: int) -> None:
    lock_file = _lock_folder() / f"osrm-{key}.lock"
    if not lock_file.exists():
        return
    libc = _libc()
    segment = libc.shmget(_system_key(lock_file, key), 0, 0)
    if segment >= 0:
        libc.shmctl(segment, _IPC_RMID, None)


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
