"""Randomness with a name: the same words give the same dice, on every machine."""

from random import Random


def build_dice(*names: object) -> Random:
    """Return a generator seeded by `names`; one for each thing that must not disturb the others."""
    return Random(":".join(str(name) for name in names))  # noqa: S311 - simulated people, no secrets
