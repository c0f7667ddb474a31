"""OR-Tools' RoutingModel: our own baseline (`routing.solver.routing_model`), in several encodings."""

from routing.solver.routing_model import Encoding
from routing.solver.routing_model import solve_by_routing_model as solve_raw
from tests.bench.peers.common import Terms

ENCODINGS = {
    "slots of an hour": Encoding(),
    "slots of half an hour": Encoding(slot_s=1800),
    "slots of an hour, breaks left to the repair": Encoding(breaks=False),
    "copies of plugs, breaks left to the repair": Encoding(slot_s=0, breaks=False),
}


def solve(problem, terms: Terms, encoding: Encoding):
    """Return the plan OR-Tools means, raw."""
    return solve_raw(problem, terms.seconds, terms.seed, encoding)
