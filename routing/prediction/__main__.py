"""`python -m routing.prediction fit`: from what came of predictions to a model.

On standard input one JSON object per line: first `{"usual": {travel, handling, flow}}`, then samples
(`samples.Sample`). On standard output the model. Exit codes: 0 done, 2 the input cannot be used, 3 too little
has happened to learn from.
"""

import json
import os
import sys

from routing.prediction.fitting import TooFew, fit
from routing.prediction.pace import Pace
from routing.prediction.samples import Sample

DONE, UNUSABLE, TOO_FEW = 0, 2, 3


def main(arguments: list[str] | None = None) -> int:
    """Read, fit, write."""
    if (sys.argv[1:] if arguments is None else arguments) != ["fit"]:
        sys.stderr.write("usage: python -m routing.prediction fit < SAMPLES.jsonl > MODEL.json\n")
        return UNUSABLE
    try:
        head, *lines = (json.loads(line) for line in sys.stdin if line.strip())
        usual = Pace(**head["usual"])
        samples = [Sample.from_json(line) for line in lines]
    except (ValueError, TypeError, KeyError) as error:
        sys.stderr.write(f"routing.prediction: {error}\n")
        return UNUSABLE
    try:
        model = fit(samples, usual)
    except TooFew as error:
        sys.stderr.write(f"routing.prediction: {error}\n")
        return TOO_FEW
    sys.stdout.write(json.dumps(model.to_json(), separators=(",", ":")) + "\n")
    return DONE


if __name__ == "__main__":
    # Nobody waits for a model: whoever answers people goes first.
    os.nice(10)
    sys.exit(main())
