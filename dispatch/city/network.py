"""The stretches of road in a prepared network: which node follows which, where, and how long a drive takes.

Read from the road engine's own files (it documents them in its source only, so the version is pinned and a
test drives a way by both). A stretch is what lies between two nodes of OpenStreetMap; closures and speeds are
told to the engine stretch by stretch.
"""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatch.city.errors import CityError
from dispatch.city.roads import roads_file

_NODE_BITS, _DURATION_BITS, _WORD = 40, 22, 64
_NO_WAY = 2**_DURATION_BITS - 1
_EARTH_M = 6_371_000.0

type Floats = NDArray[np.float64]
type Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Stretches of road, one row each.

    Attributes
    ----------
    nodes
        (n, 2), the OpenStreetMap nodes at both ends.
    ends
        (n, 2, 2), where they are: latitude and longitude in degrees.
    metres
        (n,), how long each is.
    seconds
        (n, 2), how long a drive takes there and back; also where a sign forbids one of the two.
    """

    nodes: Wholes
    ends: Floats
    metres: Floats
    seconds: Floats


@lru_cache(maxsize=8)
def read_network(city: Path, profile: str) -> Network:
    """Read the network of a built city's profile; give the folder itself, not a link that moves."""
    file = roads_file(city, profile)
    try:
        return _read(file)
    except (OSError, KeyError, tarfile.TarError, ValueError) as error:
        raise CityError(f"The road data at {file.parent} cannot be read: {error}.") from error


def _read(file: Path) -> Network:
    with _open(file, "nbg_nodes") as nodes:
        where = np.frombuffer(_take(nodes, "/common/nbn_data/coordinates"), dtype="<i4").reshape(-1, 2)
        names = _unpack(nodes, "/common/nbn_data/osm_node_ids", _NODE_BITS)
    room = "/common/segment_data/"
    with _open(file, "geometry") as ways:
        begins = np.frombuffer(_take(ways, f"{room}index"), dtype="<u4").astype(np.int64)
        along = np.frombuffer(_take(ways, f"{room}nodes"), dtype="<u4").astype(np.int64)
        there = _unpack(ways, f"{room}forward_durations", _DURATION_BITS)
        back = _unpack(ways, f"{room}reverse_durations", _DURATION_BITS)
    # Ways lie one behind the other; from the last node of one to the first of the next there is no stretch.
    first = np.ones(len(along), dtype=bool)
    first[-1] = False
    first[begins[1:] - 1] = False
    # Where a barrier or a light stands the engine may name a node twice.
    at = np.flatnonzero(first[:-1] & (along[:-1] != along[1:]))
    a, b = along[at], along[at + 1]
    ends = np.stack([where[a], where[b]], axis=1)[:, :, ::-1] / 1e6
    # What it takes to reach a node stands at that node; the way back at the node one comes from.
    seconds = np.stack([there[at + 1], back[at]], axis=1)
    return Network(
        nodes=np.stack([names[a], names[b]], axis=1),
        ends=ends,
        metres=measure(ends[:, 0], ends[:, 1]),
        seconds=np.where(seconds == _NO_WAY, np.inf, seconds / 10),
    )


def measure(a: Floats, b: Floats) -> Floats:
    """Return the metres between places (latitude, longitude); in a city the ground is flat."""
    north = np.radians(b[..., 0] - a[..., 0])
    east = np.radians(b[..., 1] - a[..., 1]) * np.cos(np.radians((a[..., 0] + b[..., 0]) / 2))
    return np.asarray(np.hypot(north, east) * _EARTH_M, dtype=np.float64)


def _open(file: Path, part: str) -> tarfile.TarFile:
    return tarfile.open(file.with_name(f"{file.name}.{part}"))


def _take(archive: tarfile.TarFile, name: str) -> bytes:
    found = archive.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found.read()


def _unpack(archive: tarfile.TarFile, name: str, bits: int) -> Wholes:
    """Read numbers of so many bits, written one behind the other into words of 64."""
    count = int(np.frombuffer(_take(archive, f"{name}/number_of_elements.meta"), dtype="<u8")[0])
    words: NDArray[Any] = np.frombuffer(_take(archive, f"{name}/packed"), dtype="<u8")
    at = np.arange(count, dtype=np.int64) * bits
    word, shift = at // _WORD, (at % _WORD).astype(np.uint64)
    low = words[word] >> shift
    over = shift > _WORD - bits
    # A shift by the whole width says nothing; where nothing runs over, nothing is taken.
    rest = np.where(over, np.uint64(_WORD) - shift, np.uint64(1))
    high = np.where(over, words[np.minimum(word + 1, len(words) - 1)] << rest, np.uint64(0))
    return ((low | high) & np.uint64(2**bits - 1)).astype(np.int64)
