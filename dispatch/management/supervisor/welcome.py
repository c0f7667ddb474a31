"""What is printed when the house stands: where to go and who to be."""

from collections.abc import Sequence

from dispatch.management.supervisor.say import seconds
from dispatch.management.supervisor.surroundings import Surroundings

_PASSWORD = "voltrun-demo"  # noqa: S105  (the demo's public password)
_PAGES = (
    ("driver", "driver@demo.test"),
    ("ops", "dispatcher@demo.test"),
    ("crew", "crew@demo.test"),
    ("admin", "owner@demo.test"),
)


def build_welcome(surroundings: Surroundings, split: Sequence[tuple[str, float]]) -> list[str]:
    """Build the lines."""
    total = seconds(sum(took for _, took in split))
    parts = ", ".join(f"{what} {seconds(took)}" for what, took in split)
    pages = [f"  {f'{surroundings.url}/{page}/':<34}{email}" for page, email in _PAGES]
    world = f"world at speed {surroundings.speed:g}" if surroundings.world else "no simulated traffic"
    return [
        f"Started in {total} ({parts}).",
        f"Voltrun is at {surroundings.url}/  ({surroundings.city}, {world})",
        *pages,
        f"  password for all: {_PASSWORD}",
        "Ctrl-C stops everything.",
    ]
