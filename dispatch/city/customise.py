"""Roads as they are at the moment: closed and slowed stretches, told to engines that are running.

The built city stays as it is. Beside it lies a copy that is customised anew for each state, and loaded under
the names the engines are attached to; each of their answers then names that state.
"""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import struct
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from dispatch.city.datastore import load_profile
from dispatch.city.network import Floats, Network, Wholes
from dispatch.city.roads import roads_file
from dispatch.city.tools import find_tool, run_tool

DRIVEN = ("car", "high_van")
"""Whoever walks passes a closed road."""

# What customising writes anew, in place; all else is the built city's own.
_WRITTEN = ("cell_metrics", "mldgr", "geometry", "datasource_names", "timestamp")
_MS_TO_KMH = 3.6


def put_in_force(
    city: Path, prefix: str, work: Path, state: str, changes: Mapping[str, Iterable[str]]
) -> None:
    """Load a built city as ``<prefix>-<profile>`` with other speeds, under the name of a state.

    Parameters
    ----------
    work
        A folder for the copies; whoever is second waits for whoever is first in it.
    changes
        For each profile the lines ``from,to,km/h`` of the stretches that are not as they were built.
    """
    with _alone(work):
        for profile in DRIVEN:
            file = _copy(city, work, profile)
            _stamp(file, state)
            speeds = file.with_name("speeds.csv")
            speeds.write_text("".join(f"{line}\n" for line in changes.get(profile, ())), encoding="utf-8")
            quiet = ("--verbosity", "ERROR")
            run_tool(find_tool("osrm", "osrm-customize"), file, "--segment-speed-file", speeds, *quiet)
            load_profile(file, f"{prefix}-{profile}")


def list_speeds(network: Network, rows: Wholes, shares: Floats) -> Iterator[str]:
    """Write what the engine reads: how fast each of these stretches is from now on, both ways."""
    for row, share in zip(rows, shares, strict=True):
        a, b = network.nodes[row]
        for start, end, seconds in ((a, b, network.seconds[row, 0]), (b, a, network.seconds[row, 1])):
            if np.isfinite(seconds):
                kmh = share * network.metres[row] / max(seconds, 0.1) * _MS_TO_KMH
                yield f"{start},{end},{max(kmh, 1.0) if share > 0 else 0:g}"


def _copy(city: Path, work: Path, profile: str) -> Path:
    target = work / profile
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    built = roads_file(city, profile)
    for file in built.parent.iterdir():
        if file.suffix.removeprefix(".") in _WRITTEN:
            shutil.copyfile(file, target / file.name)
        else:
            _link(file, target / file.name)
    return target / built.name


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # another file system
        shutil.copyfile(file, target)


def _stamp(file: Path, state: str) -> None:
    """Write the name of the state to where every answer of the engine quotes it from."""
    path = file.with_name(f"{file.name}.timestamp")
    with tarfile.open(path) as archive:
        mark = archive.extractfile("osrm_fingerprint.meta")
        assert mark is not None
        fingerprint = mark.read()
    text = state.encode()
    parts = {
        "osrm_fingerprint.meta": fingerprint,
        "/common/timestamp.meta": struct.pack("<Q", len(text)),
        "/common/timestamp": text,
    }
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, body in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
