"""Random numbers that belong to one search, compiled: xorshift64* (Vigna 2016), the same on every machine."""

from routing.search.compiled.arrays import Ints
from routing.search.compiled.jit import inlined


@inlined
def roll(dice: Ints) -> float:
    """Return a number in [0, 1)."""
    x = dice[0]
    x ^= x >> 12
    x ^= (x << 25) & 0xFFFFFFFFFFFFFFF
    x ^= x >> 27
    dice[0] = x & 0xFFFFFFFFFFFFFFF
    return float((dice[0] * 0x2545F4914F6CDD1D & 0xFFFFFFFFFFFFFFF) >> 7) / 9007199254740992.0


@inlined
def roll_below(dice: Ints, n: int) -> int:
    """Return a whole number from 0 to n - 1."""
    return min(int(roll(dice) * n), n - 1)
