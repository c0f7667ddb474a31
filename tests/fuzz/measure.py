"""How much is tried: a little and always the same in each run of the tests, as much as one likes when asked.

`FUZZ_TIMES` times as many examples, and with `--hypothesis-seed` other ones each time.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_TIMES = int(os.environ.get("FUZZ_TIMES", "0"))


def tries(few: int) -> settings:
    """Return how to try: so few examples, or many times that."""
    return settings(
        max_examples=few * max(_TIMES, 1),
        derandomize=not _TIMES,
        deadline=None,
        # What is found is told as it was found: making it smaller takes minutes.
        phases=(Phase.explicit, Phase.generate),
        database=None,
        # The scene is the same for all: whatever one does is undone, or does not matter to the next.
        suppress_health_check=list(HealthCheck),
    )
