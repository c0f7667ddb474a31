"""The ground: depots, car parks with their bays, streets on a grid, and the ways between all of them.

Everything is whole metres on a plane, so that the same seed gives the same numbers on every machine;
latitude and longitude are for maps alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from routing.model.place import Place, Plug, Profile

LAT, LON, METRES_PER_DEGREE_LAT, METRES_PER_DEGREE_LON = 43.0, 7.0, 111_320, 81_400
BAY_M = 40
"""How far the bays of a car park lie apart."""


class Spot(NamedTuple):
    """A place in metres east and north, and the car park it lies in."""

    id: str
    x_m: int
    y_m: int
    site: str | None = None

    def to_place(self) -> Place:
        """Return the place the problem knows."""
        lat = round(LAT + self.y_m / METRES_PER_DEGREE_LAT, 6)
        lon = round(LON + self.x_m / METRES_PER_DEGREE_LON, 6)
        return Place(id=self.id, lat=lat, lon=lon, site=self.site)


@dataclass(slots=True)
class Ground:
    """What a set's town consists of.

    Attributes
    ----------
    centres
        Where people park, with the share of each.
    bays
        The bays of every car park, its dock first.
    heights_mm
        The height of the way into every car park.
    """

    size_m: tuple[int, int]
    spread_m: int
    centres: list[tuple[int, int]]
    depots: list[Spot]
    bays: dict[str, list[Spot]]
    heights_mm: dict[str, int]
    plugs: list[Plug] = field(default_factory=list)

    def draw_street(self, dice: Random, name: str) -> Spot:
        """Draw a place in the streets: a sixth anywhere, the others about a centre, the first the busiest."""
        width_m, height_m = self.size_m
        if dice.random() < 1 / 6:
            return Spot(name, dice.randrange(width_m), dice.randrange(height_m))
        centre = self.centres[min(dice.randrange(len(self.centres)), dice.randrange(len(self.centres)))]
        x_m = centre[0] + _spread(dice, self.spread_m)
        y_m = centre[1] + _spread(dice, self.spread_m)
        return Spot(name, min(max(x_m, 0), width_m), min(max(y_m, 0), height_m))


def _spread(dice: Random, spread_m: int) -> int:
    """Draw a bell: the sum of twelve even ones, exact on every machine."""
    return sum(dice.randrange(-spread_m, spread_m + 1) for _ in range(12)) // 2


def build_ground(frozen: Mapping[str, Any], chosen: Mapping[str, Any], dice: Random) -> Ground:
    """Draw a town."""
    width_m, height_m = chosen["size_m"]
    centres = [
        (dice.randrange(width_m // 5, 4 * width_m // 5), dice.randrange(height_m // 5, 4 * height_m // 5))
        for _ in range(chosen["centres"])
    ]
    ground = Ground((width_m, height_m), chosen["spread_m"], centres, [], {}, {})
    for number, powers_w in enumerate(chosen["depots"], start=1):
        depot = Spot(f"depot{number}", dice.randrange(width_m), dice.randrange(height_m))
        ground.depots.append(depot)
        ground.plugs += [_plug(frozen, depot, index, power_w) for index, power_w in enumerate(powers_w, 1)]
    for number in range(1, chosen["sites"] + 1):
        name = f"park{number}"
        entrance = ground.draw_street(dice, name)
        ground.bays[name] = [
            Spot(f"{name}/{bay}", entrance.x_m + BAY_M * bay, entrance.y_m, name)
            for bay in range(chosen["bays"] + 1)
        ]
        ground.heights_mm[name] = dice.choice(frozen["requests"]["site_max_height_mm"])
        ground.plugs.append(_plug(frozen, ground.bays[name][0], 1, frozen["dock"]["power_w"], dock=True))
    return ground


def _plug(frozen: Mapping[str, Any], spot: Spot, number: int, power_w: int, *, dock: bool = False) -> Plug:
    return Plug(
        id=f"{spot.id}:plug{number}",
        place=spot.id,
        power_w=power_w,
        efficiency_pct=frozen["pack"]["plug_efficiency_pct"],
        connector=frozen["dock"]["connector"] if dock else "ccs2",
    )


def build_profiles(travel: Mapping[str, int], spots: Sequence[Spot]) -> dict[str, Profile]:
    """Return the ways by car everywhere, and on foot within each car park alone."""
    rows_m = [[abs(a.x_m - b.x_m) + abs(a.y_m - b.y_m) for b in spots] for a in spots]
    longest_m = max(map(max, rows_m))
    clock = [drive_s(travel, metres) for metres in range(longest_m + 1)]
    foot = travel["foot_dm_per_s"]
    on_foot: list[list[int | None]] = [[None] * len(spots) for _ in spots]
    for row, here in enumerate(spots):
        for column, there in enumerate(spots):
            if row == column or (here.site is not None and here.site == there.site):
                on_foot[row][column] = -(-rows_m[row][column] * 10 // foot)
    metres = tuple(map(tuple, rows_m))
    return {
        "car": Profile(durations_s=tuple(tuple(clock[m] for m in row) for row in rows_m), distances_m=metres),
        "foot": Profile(durations_s=tuple(map(tuple, on_foot)), distances_m=metres),
    }


def drive_s(travel: Mapping[str, int], metres: int) -> int:
    """Return the seconds of a way by car: slow at first, faster on a longer one."""
    if metres == 0:
        return 0
    in_town_m = min(metres, travel["town_m"])
    tenths = -(-in_town_m * 100 // travel["town_dm_per_s"])
    tenths += -(-(metres - in_town_m) * 100 // travel["beyond_dm_per_s"])
    return travel["start_s"] + -(-tenths // 10)
