"""The scratch of one search, made once: paths, candidates, what was touched."""

from dataclasses import dataclass
from typing import Final

from routing.search.compiled.arrays import OUT_COUNT, Ints, Path, Records
from routing.search.compiled.bundle import Bundle
from routing.search.compiled.jit import inlined

BEST_ADDED: Final = 0
BEST_UNIT: Final = 1
BEST_POSITION: Final = 2
BEST_SPARE: Final = 3
BEST_SEED: Final = 4
BEST_SIZE: Final = 5
"""What `Scratch.best` holds. Spare: how much a recharge may cost before it is not worth a walk. Seed: the
request around which the last ruin was."""

OPTIONS: Final = 5
"""How many recharges are walked where energy lacks."""


@dataclass(frozen=True, eq=False)
class Scratch(Bundle):
    """What a search writes on while it thinks."""

    path: Path
    trial: Path
    candidate: Records
    spot: Records  # positions on one route
    known: Records  # [request, unit]
    option: Records
    best: Ints
    touched: Ints  # [unit] in this step
    dirty: Ints  # [unit] since the best
    closed: Ints  # [unit] whose visits stay as they are
    removed: Ints  # requests to be put back, and how many (last entry)
    key: Ints  # what `removed` is sorted by
    mark: Ints  # [request]
    dice: Ints
    blinking: Ints  # [1]: whether units are overlooked now and then


@inlined
def copy_path(source: Path, target: Path) -> None:
    """Copy the nodes of a path."""
    count = source.out[OUT_COUNT]
    for i in range(count):
        target.stop[i].node = source.stop[i].node
        target.stop[i].not_before = source.stop[i].not_before
    target.out[OUT_COUNT] = count


@inlined
def put_in(w: Path, at: int, node: int) -> None:
    """Put a node into a path at a position."""
    count = w.out[OUT_COUNT]
    for i in range(count, at, -1):
        w.stop[i].node = w.stop[i - 1].node
        w.stop[i].not_before = w.stop[i - 1].not_before
    w.stop[at].node, w.stop[at].not_before = node, 0
    w.out[OUT_COUNT] = count + 1


@inlined
def is_full(w: Path) -> bool:
    """Say whether a path can take no recharge and request more."""
    return bool(w.out[OUT_COUNT] + 3 >= w.stop.size)
