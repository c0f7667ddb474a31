"""Draws the metropolis: the town, the fleet and the requests each with dice of their own."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from routing.model.problem import Problem, Weights
from routing.model.travel import Profile, Travel
from routing.simulation.benchmarks.frozen import load_frozen
from routing.simulation.benchmarks.v1.asking import draw_request
from routing.simulation.benchmarks.v1.fleet import build_fleet
from routing.simulation.benchmarks.v1.ground import Spot, build_ground, drive_s


def build_metropolis(seed: int = 1, share: float = 1.0) -> Problem:
    """Draw the problem, or a smaller one of the same density: a share of its area, people and fleet."""
    frozen, chosen = load_frozen(), _scaled(share)
    ground = build_ground(frozen, chosen, _dice(seed, "ground"))
    units = tuple(build_fleet(frozen, chosen, ground, _dice(seed, "fleet")))
    dice = _dice(seed, "requests")
    asked = sorted(
        (draw_request(frozen, chosen, ground, n, dice) for n in range(1, chosen["requests"][1] + 1)),
        key=lambda one: (one.known_s, one.request.id),
    )
    bays = [bay for row in ground.bays.values() for bay in row]
    spots = list({spot.id: spot for spot in (*ground.depots, *bays, *(one.spot for one in asked))}.values())
    profiles = build_sparse(frozen["travel"], spots, len(ground.depots), chosen["neighbours"])
    return Problem(
        start_utc=frozen["start_utc"],
        horizon_s=frozen["day_s"],
        places=tuple(spot.to_place() for spot in spots),
        travel=Travel(profiles=profiles),
        units=units,
        plugs=tuple(ground.plugs),
        requests=tuple(one.request for one in asked),
        weights=Weights(**frozen["weights"]),
        seed=seed,
    )


def _scaled(share: float) -> dict[str, Any]:
    chosen: dict[str, Any] = json.loads((Path(__file__).parent / "metropolis.json").read_text())
    side, depots = share**0.5, max(1, round(chosen["depots"] * share))
    return {
        **chosen,
        "size_m": [round(metres * side) for metres in chosen["size_m"]],
        "requests": [round(count * share) for count in chosen["requests"]],
        "fleet": {kind: max(1, round(count * share)) for kind, count in chosen["fleet"].items()},
        "depots": [chosen["plugs_w"]] * depots,
        **{name: max(1, round(chosen[name] * share)) for name in ("centres", "sites")},
    }


def build_sparse(
    travel: Mapping[str, int], spots: Sequence[Spot], depots: int, nearest: int
) -> dict[str, Profile]:
    """Return the ways by car from each place to its nearest and to the depots (the first places), and back.

    On foot there are ways within a car park alone. The cells share their numbers: there are few.
    """
    x_m, y_m = (np.array([getattr(spot, axis) for spot in spots], dtype=np.int64) for axis in ("x_m", "y_m"))
    longest_m = int(np.ptp(x_m) + np.ptp(y_m))
    number = list(range(max(longest_m, len(spots)) + 1))
    clock = [drive_s(travel, metres) for metres in number]
    rows: list[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = []
    for here in range(len(spots)):
        away_m = np.abs(x_m - x_m[here]) + np.abs(y_m - y_m[here])
        if here < depots or len(spots) <= nearest:
            near = np.arange(len(spots))
        else:
            near = np.union1d(np.argpartition(away_m, nearest)[:nearest], np.arange(depots))
        metres = away_m[near].tolist()
        rows.append(
            (
                tuple([number[i] for i in near.tolist()]),
                tuple([clock[m] for m in metres]),
                tuple([number[m] for m in metres]),
            )
        )
    return {
        "car": Profile(
            neighbours=tuple(row[0] for row in rows),
            durations_s=tuple(row[1] for row in rows),
            distances_m=tuple(row[2] for row in rows),
        ),
        "foot": _on_foot(travel["foot_dm_per_s"], spots),
    }


def _on_foot(dm_per_s: int, spots: Sequence[Spot]) -> Profile:
    inside: dict[str, list[int]] = {}
    for index, spot in enumerate(spots):
        if spot.site is not None:
            inside.setdefault(spot.site, []).append(index)
    near = [tuple(inside[spot.site]) if spot.site else (index,) for index, spot in enumerate(spots)]
    metres = tuple(
        tuple(abs(here.x_m - spots[i].x_m) + abs(here.y_m - spots[i].y_m) for i in row)
        for here, row in zip(spots, near, strict=True)
    )
    seconds = tuple(tuple(-(-m * 10 // dm_per_s) for m in row) for row in metres)
    return Profile(neighbours=tuple(near), durations_s=seconds, distances_m=metres)


def _dice(seed: int, of: str) -> Random:
    return Random(f"metropolis/{seed}/{of}")  # noqa: S311 - simulated people, no secrets
