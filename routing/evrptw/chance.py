"""Random numbers inside compiled code, from a word of state that is passed in (xorshift64*, Vigna 2016)."""

import numpy as np

from routing.evrptw.compiled import inner
from routing.evrptw.ground import Array


def seeded(seed: int) -> Array:
    """Return a state for a seed; neighbouring seeds are far apart."""
    return np.random.default_rng(seed).integers(1, 2**63, 1, dtype=np.uint64)


@inner
def fraction(state: Array) -> float:
    """Draw a number from [0, 1)."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * 1.1102230246251565e-16


@inner
def below(state: Array, end: int) -> int:
    """Draw a whole number from 0 up to, not including, `end`."""
    return int(fraction(state) * end)
