"""How often a second is enough: our plan of a `small` problem beside the proven optimum."""

from dataclasses import dataclass
from time import monotonic

from routing.solver.exact import Effort, solve_exactly
from tests.bench import ours, sets
from tests.bench.journal import About, Journal, say
from tests.bench.peers.common import Terms

CASE = "small"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which problems, for how long they are planned, and how long a proof is looked for."""

    seeds: tuple[int, ...] = tuple(range(1, 21))
    plan_s: float = 1.0
    proof_s: float = 60.0
    threads: int = 1


def measure_proofs(journal: Journal, scope: Scope) -> None:
    """Plan every problem, then let CP-SAT look for a cheaper plan or prove that there is none."""
    for seed in scope.seeds:
        problem = sets.load_problem(CASE, seed)
        begun = monotonic()
        plan = ours.solve(problem, Terms(scope.plan_s, seed, scope.threads))
        took = monotonic() - begun
        proven = solve_exactly(problem, Effort(scope.proof_s, scope.threads, seed), plan)
        gap = 100.0 * (plan.cost.total_milli / max(1, proven.plan.cost.total_milli) - 1.0)
        figures = {"gap": (gap, "%"), "proven": (float(proven.optimal), ""), "proof_s": (proven.seconds, "s")}
        if proven.optimal:
            figures["optimal"] = (float(plan.cost.total_milli == proven.plan.cost.total_milli), "")
        journal.note(
            f"{CASE}/{scope.plan_s:g}s proof", "voltrun", figures, About(took, seed, sets.find_hash())
        )
        word = "proven" if proven.optimal else f"not proven, bound {proven.bound_milli}"
        say(f"{CASE}/{seed}: gap {gap:.3f} % ({word} in {proven.seconds:.1f} s)")
