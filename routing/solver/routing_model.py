"""OR-Tools' RoutingModel as an honest baseline: a mobile-charging problem solved end to end by an encoding.

What the encoding says, and what it cannot:

- One vehicle for every shift of every unit; of a later shift it is taken that the pack was left at its
  reserve.
- `used`: watt-hours missing in the pack, a dimension from 0 (full) to usable less reserve. Driving and
  delivering add to it (rounded up), a recharge takes off what flows in its slot; what would overflow is lost
  (slack).
- A plug is cut into slots of `Encoding.slot_s`, each one optional node that lasts `Encoding.fill_share` of it
  and begins so that it ends in time: two units never share a plug. With `slot_s == 0` a plug is
  `Encoding.copies` nodes without a calendar; who shares one is settled by the repair.
- Being later than promised is a soft bound on the start, else waiting is; the target of the pack is a soft
  bound on `used` at the end. Breaks are the library's break intervals (it is slow with them: they may be left
  to the repair).
- Not said: the way to a plug after a visit, grid power, times of day. The judge finds it, the repair mends
  it.

The search overruns its time limit at will, so it runs in a process of its own that tells every better
solution and is ended at the limit.
"""

import subprocess
import sys
from threading import Thread
from time import monotonic

from routing.model.errors import TravelUnavailable
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.solver.draft import Draft, plan_of
from routing.solver.routing_model_nodes import Encoding
from routing.solver.routing_model_worker import Order, iterate_values, write_value

__all__ = ["Encoding", "solve_by_routing_model"]

SPARE_S = 0.1
"""Of the limit, for reading what was told and judging it."""


def solve_by_routing_model(
    problem: Problem, seconds: float, seed: int = 0, encoding: Encoding | None = None
) -> Plan:
    """Return the plan the RoutingModel means; it may break rules, or serve nobody for lack of time.

    Parameters
    ----------
    problem
        With its travel times inline.
    seconds
        By the clock, the start of the process included; kept to within a second.
    """
    if not problem.travel.profiles and problem.units:
        raise TravelUnavailable("the problem has no travel times inline")
    deadline = monotonic() + max(0.0, seconds - SPARE_S)
    return plan_of(problem, _ask(Order(problem, deadline, seed, encoding or Encoding())))


def _ask(order: Order) -> Draft:
    """Return the last draft the process tells before the deadline or the end of its work."""
    command = [sys.executable, "-m", "routing.solver.routing_model_worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdin is not None
        assert process.stdout is not None
        drafts: list[Draft] = []
        stream = process.stdout
        listener = Thread(target=lambda: drafts.extend(iterate_values(stream)), daemon=True)
        listener.start()
        try:
            write_value(process.stdin, order)
            listener.join(max(0.0, order.deadline - monotonic()))
        finally:
            process.kill()
            listener.join()
    return drafts[-1] if drafts else {}
