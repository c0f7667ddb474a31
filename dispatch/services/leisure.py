"""A worker's threads share one interpreter: what has time waits while a plan is being published.

A plan that takes long to publish is overtaken by accepts, has to be drafted again, and lets drivers wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

# Nobody waits for ever: a risk is to be seen within seconds.
MOST_S = 2.0


class Leisure:
    """Counts who is in a hurry; who is not waits for them."""

    def __init__(self) -> None:
        self._hurried = 0
        self._calm = Condition()

    @contextmanager
    def hurry(self) -> Iterator[None]:
        """Be in a hurry for a while."""
        with self._calm:
            self._hurried += 1
        try:
            yield
        finally:
            with self._calm:
                self._hurried -= 1
                self._calm.notify_all()

    def give_way(self, most_s: float = MOST_S) -> bool:
        """Wait until nobody is in a hurry; False when it took too long."""
        with self._calm:
            return self._calm.wait_for(lambda: not self._hurried, most_s)


LEISURE = Leisure()
