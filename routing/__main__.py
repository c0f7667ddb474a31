"""The engine from the command line: `python -m routing solve|check|quote|explain|serve|schema`.

Standard output carries the answer alone (with `--json` one JSON object); progress goes to standard error.
Exit codes: 0 done, 1 the answer is no (not feasible, refused), 2 the input cannot be used.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from routing import serve
from routing.desk import Desk
from routing.evaluation import violations
from routing.evaluation.ways import with_travel
from routing.evrptw.command import add_command as add_evrptw
from routing.model.errors import InvalidProblem, RoutingError
from routing.model.plan import Plan
from routing.model.problem import Problem, Request
from routing.model.reading import read, write
from routing.quote import Placement, QuoteResult, Relaxation, quote, quote_at
from routing.reoptimise import Budget, reoptimise
from routing.schema import load_schema
from routing.search.diagnosis import UnitMiss
from routing.search.slot import Found
from routing.simulation.commands import add_generate, add_simulate, generate, simulate
from routing.solver.repair import repair
from routing.solver.routing_model import solve_by_routing_model

DONE, NO, UNUSABLE = 0, 1, 2

type Arguments = argparse.Namespace


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    parsed = _parser().parse_args(arguments)
    command: Callable[[Arguments], int] = parsed.run
    try:
        return command(parsed)
    except RoutingError as error:
        print(f"routing: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        return DONE
    except OSError as error:
        print(f"routing: {error.filename}: {error.strerror}", file=sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m routing", description="Mobile charging, planned and judged."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    solve = _add(commands, "solve", _solve, "find a plan", ["problem"])
    solve.add_argument("--seconds", type=float, help="improve for so long (default 10)")
    solve.add_argument("--iterations", type=int, help="improve so many times; the clock has no say")
    solve.add_argument("--seed", type=int, help="default: the problem's")
    solve.add_argument("--threads", type=int, default=1, help="searches side by side")
    solve.add_argument("--no-ortools", action="store_true", help="without the choice across units")
    solve.add_argument(
        "--engine", choices=["voltrun", "ortools"], default="voltrun", help="ortools: the baseline, repaired"
    )
    solve.add_argument("--start", type=Path, help="a plan to start from")
    solve.add_argument("-o", "--output", type=Path, help="where the plan goes (default: standard output)")
    _add(commands, "check", _check, "judge a plan", ["problem", "plan"])
    _add(commands, "quote", _quote, "find places for one more request", ["problem", "plan", "request"])
    _add(
        commands,
        "explain",
        _explain,
        "say unit by unit what stands in the way",
        ["problem", "plan", "request"],
    )
    add_generate(_add(commands, "generate", generate, "print a problem of the frozen benchmark", []))
    add_simulate(_add(commands, "simulate", simulate, "live through days without a server", []))
    _add(commands, "serve", _serve, "answer frames over standard input and output", [])
    add_evrptw(commands)
    schema = _add(commands, "schema", _schema, "print a JSON Schema", [])
    schema.add_argument("document", choices=["problem", "plan"])
    return parser


def _add(
    commands: Any, name: str, run: Callable[[Arguments], int], text: str, documents: list[str]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    for document in documents:
        parser.add_argument(
            document, help=f"{document.upper()}.json" + (" or an id" if document == "request" else "")
        )
    parser.set_defaults(run=run)
    return parser


def _load[T](path: str | Path, reader: Callable[[Any], T]) -> T:
    """Read a file; every complaint names it."""
    try:
        return reader(json.loads(Path(path).read_text(encoding="utf-8")))
    except InvalidProblem as error:
        raise InvalidProblem("", f"{path}: {error}") from None
    except OSError as error:
        raise InvalidProblem(str(path), error.strerror or "cannot be read") from None
    except (ValueError, RecursionError) as error:
        raise InvalidProblem(str(path), f"is not JSON: {error}") from None


def _load_problem(path: str) -> Problem:
    return with_travel(_load(path, Problem.from_json))


def _load_plan(path: str | Path) -> Plan:
    return _load(path, Plan.from_json)


def _load_request(problem: Problem, text: str) -> Request:
    """Return a request by its id in the problem, or read it from a file."""
    known = next((request for request in problem.requests if request.id == text), None)
    return known or _load(text, lambda data: read(Request, data))


def _solve(given: Arguments) -> int:
    problem = _load_problem(given.problem)
    start = _load_plan(given.start) if given.start else None
    seed = problem.seed if given.seed is None else given.seed
    seconds = None if given.iterations is not None else (10.0 if given.seconds is None else given.seconds)
    threads, ortools = given.threads, not given.no_ortools
    budget = Budget(seconds, given.iterations, seed, threads, ortools=ortools)
    if given.engine == "ortools":
        plan = _solve_by_routing_model(problem, 10.0 if seconds is None else seconds, seed)
    else:
        plan = reoptimise(problem, start, budget, _report)
    text = json.dumps(plan.to_json(), indent=None if given.json else 1)
    if given.output:
        given.output.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return DONE


def _solve_by_routing_model(problem: Problem, seconds: float, seed: int) -> Plan:
    """Solve with the baseline; what the judge refuses of its plan is repaired, and told."""
    raw = solve_by_routing_model(problem, seconds, seed)
    found = violations(problem, raw)
    print(f"the plan as it came breaks {len(found)} rules; left out is what does not hold", file=sys.stderr)
    plan = repair(problem, raw)
    _report(plan)
    return plan


def _report(plan: Plan) -> None:
    served = sum(stop.kind == "serve" for _, stop in plan.iterate_stops())
    units = sum(any(stop.kind == "serve" for stop in route.stops) for route in plan.routes)
    line = (
        f"cost {plan.cost.total_milli / 1000:.2f}, {served} served by {units} units, {len(plan.unserved)} not"
    )
    print(line, file=sys.stderr)


def _check(given: Arguments) -> int:
    problem, plan = _load_problem(given.problem), _load_plan(given.plan)
    found = violations(problem, plan)
    if given.json:
        print(json.dumps({"feasible": not found, "violations": [asdict(violation) for violation in found]}))
    else:
        print("\n".join(map(str, found)) if found else "feasible")
    return NO if found else DONE


def _quote(given: Arguments) -> int:
    problem, plan = _load_problem(given.problem), _load_plan(given.plan)
    result = quote(problem, plan, _load_request(problem, given.request))
    print(json.dumps(_quote_to_json(result)) if given.json else _tell_quote(result))
    return DONE if result.offers else NO


def _quote_to_json(result: QuoteResult) -> dict[str, Any]:
    relaxed = [
        {**_relaxation_to_json(r), "offer": _placement_to_json(r.placement)} for r in result.relaxations
    ]
    refusal = asdict(result.refusal) if result.refusal else None
    return {
        "offers": [_placement_to_json(o) for o in result.offers],
        "refusal": refusal,
        "relaxations": relaxed,
    }


def _relaxation_to_json(relaxation: Relaxation) -> dict[str, Any]:
    return {"kind": relaxation.kind, "amount": relaxation.amount}


def _placement_to_json(offer: Placement) -> dict[str, Any]:
    times = {"arrive_s": offer.arrive_s, "ready_s": offer.ready_s, "marginal_milli": offer.marginal_milli}
    return {
        "kind": offer.kind,
        "unit": offer.unit,
        **times,
        "stop": write(offer.stop),
        "plan": offer.plan.to_json(),
    }


def _tell_quote(result: QuoteResult) -> str:
    lines = [_tell_offer(offer) for offer in result.offers]
    if result.refusal:
        lines.append(f"refused: {result.refusal.code}")
        lines += [f"  {miss.code}: {miss}" for miss in result.refusal.per_unit]
    lines += [f"{r.kind} by {r.amount}: {_tell_offer(r.placement)}" for r in result.relaxations]
    return "\n".join(lines)


def _tell_offer(offer: Placement) -> str:
    times = f"arrives {offer.arrive_s} s, ready {offer.ready_s} s"
    return f"{offer.kind} {offer.unit}: {times}, adds {offer.marginal_milli / 1000:.2f}"


def _explain(given: Arguments) -> int:
    problem, plan = _load_problem(given.problem), _load_plan(given.plan)
    request = _load_request(problem, given.request)
    placed = plan.find_stop(request.id)
    unit = placed[0].unit if placed else None
    desk = Desk(problem, plan, without=request.id, settle=True)
    asked = desk.take(request)
    answers = [asked.ask(other) for other in problem.units if other.id != unit]
    misses = [answer for answer in answers if isinstance(answer, UnitMiss)]
    able = sorted((a for a in answers if isinstance(a, Found)), key=lambda found: found.added_milli)
    helps = () if placed else quote_at(desk, request, count=1).relaxations
    if given.json:
        told = {"request": request.id, "unit": unit, "per_unit": [asdict(miss) for miss in misses]}
        told["able"] = [_found_to_json(found) for found in able]
        print(json.dumps({**told, "relaxations": [_relaxation_to_json(r) for r in helps]}))
        return DONE
    print(f"{request.id}: served by {unit}" if unit else f"{request.id}: not served")
    lines = [f"  able: {f.unit} at {f.start_s} s, adds {f.added_milli / 1000:.2f}" for f in able]
    lines += [f"  {miss.code}: {miss}" for miss in misses]
    print("\n".join([*lines, *(_tell_relaxation(r) for r in helps)]))
    return DONE


def _found_to_json(found: Found) -> dict[str, Any]:
    return {"unit": found.unit, "arrive_s": found.start_s, "marginal_milli": found.added_milli}


def _tell_relaxation(relaxation: Relaxation) -> str:
    """Name the least change of the wish that would help, and who would come."""
    kind, measure = {"later": ("later", "s"), "less_energy": ("less energy", "Wh")}[relaxation.kind]
    placed = relaxation.placement
    return f"  {kind} by {relaxation.amount} {measure}: {placed.unit} at {placed.arrive_s} s"


def _serve(_: Arguments) -> int:
    serve.main()
    return DONE


def _schema(given: Arguments) -> int:
    print(json.dumps(load_schema(given.document), indent=1))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
