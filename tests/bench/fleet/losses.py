"""What screens heard, held against the database's own list of what has happened."""

import json
from pathlib import Path
from typing import Any


def count_losses(events: dict[str, list[list[Any]]], log: Path, area_stream: str) -> dict[str, float]:
    """Count the durable events that a screen should have heard and did not, and those out of order.

    A screen is owed every event of its stream after its first snapshot. A later snapshot stands for all
    events up to its number.
    """
    lost = disordered = heard = 0
    spans: list[float] = []
    for line in log.read_text(encoding="utf-8").splitlines():
        screen = json.loads(line)
        stream = area_stream if screen["who"] == "console" else f"request:{screen['path'].rpartition('/')[2]}"
        missing, wrong = hold(screen["heard"], [row[0] for row in events.get(stream, [])])
        lost += missing
        disordered += wrong
        heard += sum(kind != "snapshot" for _, kind, _ in screen["heard"])
        spans += [at for at, _, _ in screen["heard"]]
    begun, ended = (min(spans), max(spans)) if spans else (0.0, 1.0)
    committed = sum(begun <= row[2] <= ended for rows in events.values() for row in rows)
    return {
        "durable_lost": lost,
        "durable_disordered": disordered,
        "durable_heard": heard,
        "durable_per_s": committed / max(ended - begun, 1.0),
    }


def hold(heard: list[list[Any]], committed: list[int]) -> tuple[int, int]:
    """Return how many events are missing from what a screen heard, and how many came in a wrong order."""
    if not heard:
        return len(committed), 0
    first, known, last, wrong = heard[0][2], set[int](), heard[0][2], 0
    for _, kind, seq in heard:
        if kind == "snapshot":
            known.update(range(first, seq + 1))
        else:
            wrong += seq != last + 1
            known.add(seq)
        last = seq
    return sum(seq > first and seq not in known for seq in committed), wrong
