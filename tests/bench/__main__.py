"""The benches from a shell: `python -m tests.bench quality quotes replan [--quick]`.

Tables go to standard output, progress to standard error. Two more words keep the table of the best costs
known: `best` enters what the last run found that is better, `long` looks for something better in a long time.
"""

import argparse
import json
import os
import sys
from dataclasses import replace
from types import ModuleType

from routing.warm import warm_up
from tests.bench import (
    api,
    best_known,
    dynamic,
    fuzz,
    live,
    ocpp,
    quality,
    quotes,
    replan,
    restore,
    scale,
    shards,
)
from tests.bench.journal import FOLDER, Line, say

BENCHES: dict[str, ModuleType] = {
    "quality": quality,
    "quotes": quotes,
    "replan": replan,
    "dynamic": dynamic,
    "scale": scale,
    "ocpp": ocpp,
    "live": live,
    "api": api,
    "shards": shards,
    "fuzz": fuzz,
    "restore": restore,
}


def main(arguments: list[str] | None = None) -> int:
    """Run benches one after the other; an exit code above 0 names what is not a bench."""
    given = _parser().parse_args(arguments)
    unknown = [name for name in given.benches if name not in (*BENCHES, "best", "long")]
    if unknown:
        say(f"there is no bench called {unknown[0]}; there are: {', '.join(BENCHES)} (and best, long)")
        return 2
    warm_up()
    for name in given.benches:
        if name == "best":
            enter_better(read_lines("quality"))
        elif name == "long":
            enter_better(quality.measure(replace(_scope(quality, given), seconds=(), alone=(given.long,))))
        else:
            bench = BENCHES[name]
            lines = bench.measure(_scope(bench, given))
            sys.stdout.write(f"\n{name}\n\n{bench.tell(lines)}\n")
            sys.stdout.flush()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="How good, how fast, beside the peers."
    )
    parser.add_argument(
        "benches", nargs="+", help=f"{', '.join(BENCHES)}; best: keep what is better; long: look for it"
    )
    parser.add_argument("--quick", action="store_true", default=os.environ.get("QUICK", "") not in ("", "0"))
    parser.add_argument("--case", action="append", help="only this set (quality, long)")
    parser.add_argument("--seed", action="append", type=int, help="only this seed")
    parser.add_argument("--seconds", action="append", type=float, help="only this time (quality, fuzz)")
    parser.add_argument("--system", action="append", help="only this system (quality)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--long", type=float, default=600.0, help="seconds of a long solve (replan, long)")
    return parser


def _scope(bench: ModuleType, given: argparse.Namespace):
    """Return what is measured: all there is, or what was asked for."""
    scope = bench.quick(bench.Scope()) if given.quick else bench.Scope()
    fields = {name: getattr(scope, name) for name in scope.__slots__}
    wanted = {"cases": given.case, "seeds": given.seed, "seconds": given.seconds, "systems": given.system}
    for name, value in wanted.items():
        if value and name in fields:
            fields[name] = tuple(value)
    fields |= {"threads": given.threads} if "threads" in fields else {}
    if "long_s" in fields and not given.quick:
        fields["long_s"] = given.long
    return bench.Scope(**fields)


def read_lines(bench: str) -> list[Line]:
    """Read the lines of the last run of a bench."""
    path = FOLDER / f"{bench}.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Line(**json.loads(row)) for row in rows]


def enter_better(lines: list[Line]) -> None:
    """Enter what is better than what is known."""
    table = best_known.load()
    entered = best_known.improve(table, lines)
    best_known.save(table)
    say(f"{entered} entries are new or better in {best_known.PATH.name}")


if __name__ == "__main__":
    sys.exit(main())
