"""How good plans are: ours, ours without OR-Tools, and three peers, at equal time, judged by our judge."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.solver.draft import plan_of
from tests.bench import best_known, ours, sets
from tests.bench.field import CASE, measure_field
from tests.bench.journal import About, Journal, Line, make_table, say
from tests.bench.peers import ortools_peer, pyvrp_peer, vroom_peer
from tests.bench.peers.common import Terms
from tests.bench.proof import CASE as SMALL
from tests.bench.proof import Scope as ProofScope
from tests.bench.proof import measure_proofs
from tests.bench.score import (
    Figures,
    Scored,
    cheaper_pct,
    count_served,
    figures,
    figures_of_stages,
    only_served,
    price_of,
    score,
)

METRICS = (
    "cost", "gap", "served", "vehicles", "distance", "feasible", "overrun_s", "cost_ratio", "both_cheaper",
    "alike_cheaper", "alike_left_out",
    "raw_cost", "raw_served", "raw_violations", "repaired_cost", "repaired_served",
    "proven", "optimal", "proof_s",
)  # fmt: skip

PEERS: dict[str, Any] = {"pyvrp": pyvrp_peer, "vroom": vroom_peer, "ortools": ortools_peer}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is measured: sets, seeds, times, systems.

    Attributes
    ----------
    alone
        Times at which our own engine is measured besides (the figures of anytime).
    encodings
        At most so many of each peer.
    """

    cases: tuple[str, ...] = ("small", "std", "big", CASE)
    seeds: tuple[int, ...] = (1, 2, 3)
    seconds: tuple[float, ...] = (10.0, 60.0)
    alone: tuple[float, ...] = (2.0,)
    systems: tuple[str, ...] = ("voltrun", "ablation", *PEERS)
    threads: int = 1
    encodings: int = 99


class Quality:
    """One run of the bench; `load` gives a problem of a set by its seed."""

    def __init__(
        self, scope: Scope, journal: Journal, load: Callable[[str, int], Problem], benchmark: str
    ) -> None:
        self.scope, self.journal, self.load, self.benchmark = scope, journal, load, benchmark
        self.best = best_known.load()

    def run(self) -> None:
        for case in self.scope.cases:
            for seed in self.scope.seeds:
                problem = self.load(case, seed)
                for seconds in self.scope.alone:
                    self._measure_ours(case, problem, Terms(seconds, seed, self.scope.threads), "voltrun")
                for seconds in self.scope.seconds:
                    self._compare(case, problem, Terms(seconds, seed, self.scope.threads))

    def _compare(self, case: str, problem: Problem, terms: Terms) -> None:
        """Measure every system on one problem."""
        plan: Plan | None = None
        if "voltrun" in self.scope.systems:
            plan = self._measure_ours(case, problem, terms, "voltrun")
        if "ablation" in self.scope.systems and ours.can_do_without_ortools():
            self._measure_ours(case, problem, terms, "ablation")
        for name in PEERS:
            if name in self.scope.systems:
                self._measure_peer(case, problem, terms, name, plan)

    def _measure_ours(self, case: str, problem: Problem, terms: Terms, system: str) -> Plan:
        begun = monotonic()
        plan = ours.solve(problem, terms, ortools=system != "ablation")
        took = monotonic() - begun
        found = self._with_gap(case, terms.seed, figures(problem, plan), plan)
        found["overrun_s"] = (max(0.0, took - terms.seconds), "s")
        self._note(case, system, terms, found, took)
        return plan

    def _measure_peer(self, case: str, problem: Problem, terms: Terms, name: str, plan: Plan | None) -> None:
        """Try a peer's encodings and keep the best plan after the second pass; all get the full time."""
        begun = monotonic()
        tried = list(self._try_encodings(problem, terms, name))
        if not tried:
            return
        encoding, scored, took = min(tried, key=lambda one: one[1].second.cost.total_milli)
        say(
            f"  {name}: best of {len(tried)} encodings: {encoding} (all together {monotonic() - begun:.0f} s)"
        )
        found = self._with_gap(case, terms.seed, figures(problem, scored.second), scored.second)
        found |= figures_of_stages(scored)
        if plan is not None:
            found |= _compared(problem, plan, scored.second)
            found |= _asked_alike(problem, terms, scored.second)
        self._note(case, name, terms, found, took)

    def _try_encodings(
        self, problem: Problem, terms: Terms, name: str
    ) -> Iterator[tuple[str, Scored, float]]:
        peer = PEERS[name]
        for encoding in list(peer.ENCODINGS)[: self.scope.encodings]:
            begun = monotonic()
            try:
                answer = peer.solve(problem, terms, peer.ENCODINGS[encoding])
            except Exception as error:  # noqa: BLE001 - a peer's failure is a result, not the end of the bench
                say(f"  {name}, {encoding}: {type(error).__name__}: {error}")
                continue
            took = monotonic() - begun
            raw = answer if isinstance(answer, Plan) else plan_of(problem, answer)
            scored = score(problem, raw)
            say(f"  {name}, {encoding}: {_tell(scored)} in {took:.1f} s")
            yield encoding, scored, took

    def _with_gap(self, case: str, seed: int, found: Figures, plan: Plan) -> Figures:
        known = best_known.find_cost(self.best, self.benchmark, case, seed)
        gap = best_known.gap_pct(plan.cost.total_milli / 1000, known)
        return found if gap is None else {**found, "gap": (gap, "%")}

    def _note(self, case: str, system: str, terms: Terms, found: Figures, took: float) -> None:
        about = About(seconds=took, seed=terms.seed, benchmark=self.benchmark)
        self.journal.note(f"{case}/{terms.seconds:g}s", system, found, about)
        cost, served = found["cost"][0], found["served"][0]
        say(f"{case}/{terms.seed} {terms.seconds:g}s {system}: cost {cost:.2f}, served {served:.0f}")


def _compared(problem: Problem, plan: Plan, other: Plan) -> Figures:
    """Return how another plan stands to ours: our cost as a share of it, and what both serve compared."""
    found: Figures = {"cost_ratio": (plan.cost.total_milli / max(1, other.cost.total_milli), "")}
    cheaper = cheaper_pct(problem, plan, other)
    return found if cheaper is None else {**found, "both_cheaper": (cheaper, "%")}


def _asked_alike(problem: Problem, terms: Terms, other: Plan) -> Figures:
    """Return by how much we serve cheaper just those whom another plan serves, when we are asked for them.

    The cost of whoever we leave out is in it.
    """
    less = only_served(problem, other)
    mine = ours.solve(less, terms)
    return {
        "alike_cheaper": (100 * (1 - mine.cost.total_milli / price_of(less, other)), "%"),
        "alike_left_out": (len(mine.unserved), ""),
    }


def _tell(scored: Scored) -> str:
    stages = (("raw", scored.raw), ("repaired", scored.repaired), ("second", scored.second))
    told = (f"{name} {plan.cost.total_milli / 1000:.2f} ({count_served(plan)})" for name, plan in stages)
    return f"{', '.join(told)}, {scored.broken} violations"


def measure(scope: Scope) -> list[Line]:
    """Run the bench on the frozen sets."""
    journal = Journal("quality")
    mobile = replace(scope, cases=tuple(case for case in scope.cases if case != CASE))
    Quality(mobile, journal, sets.load_problem, sets.find_hash()).run()
    if SMALL in scope.cases:
        measure_proofs(journal, ProofScope(threads=scope.threads))
    if CASE in scope.cases:
        measure_field(journal, scope.seeds, max(2, scope.threads), max(scope.seconds))
    return journal.lines


def tell(lines: list[Line]) -> str:
    """Return the table."""
    return make_table(lines, METRICS)


def quick(scope: Scope) -> Scope:
    """Return less time for the same sizes."""
    return replace(scope, seeds=scope.seeds[:1], seconds=(2.0,), alone=(), encodings=1)
