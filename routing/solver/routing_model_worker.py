"""The process in which the RoutingModel searches: an order on standard input, drafts on standard output."""

import pickle
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import IO, Any

from routing.model.problem import Problem
from routing.solver.routing_model_nodes import Encoding


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be solved; the deadline is of the machine's monotonic clock, the same in every process."""

    problem: Problem
    deadline: float
    seed: int
    encoding: Encoding


def write_value(stream: IO[bytes], value: Any) -> None:
    """Write one value."""
    pickle.dump(value, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def iterate_values(stream: IO[bytes]) -> Iterator[Any]:
    """Read values until the stream ends, or breaks off in the middle of one."""
    while True:
        try:
            yield pickle.load(stream)  # noqa: S301 - between two processes of ours
        except (EOFError, pickle.UnpicklingError):
            return


def main() -> None:
    """Search as ordered; whoever ordered ends this process when the time is over."""
    from routing.solver.routing_model_search import search  # noqa: PLC0415 - the parent does without it

    order: Order = next(iterate_values(sys.stdin.buffer))
    stream = sys.stdout.buffer
    search(
        order.problem,
        order.deadline - monotonic(),
        order.seed,
        order.encoding,
        lambda draft: write_value(stream, draft),
    )


if __name__ == "__main__":
    main()
