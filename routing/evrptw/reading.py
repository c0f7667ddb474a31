"""Files of the field: Schneider, Stenger and Goeke (2014) for E-VRPTW, Solomon (1987) for VRPTW."""

import re
from collections import Counter
from collections.abc import Iterable
from math import isfinite
from pathlib import Path

from routing.evrptw.instance import CUSTOMER, DEPOT, STATION, Instance, Node
from routing.model.errors import InvalidProblem

KINDS = {"d": DEPOT, "f": STATION, "c": CUSTOMER}
VALUE = re.compile(r"^\s*(\w)\s.*/\s*([^/\s]+)\s*/\s*$")
SETTINGS = {
    "Q": "battery",
    "C": "capacity",
    "r": "consumption",
    "g": "inverse refueling rate",
    "v": "velocity",
}
LARGEST = 1000
FARTHEST = 1e9


def read_file(path: str | Path) -> Instance:
    """Read an instance; every complaint names the file.

    Parameters
    ----------
    path : str or Path
        A file in Schneider's or Solomon's format; which of them is seen from its content.

    Returns
    -------
    Instance
        Checked: every value finite, windows the right way round, one depot, ids unique.

    Raises
    ------
    InvalidProblem
        When the file is missing or is no instance.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidProblem(str(path), error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise InvalidProblem(str(path), "is not text") from None
    try:
        return read_instance(text, Path(path).stem)
    except InvalidProblem as error:
        raise InvalidProblem("", f"{path}: {error}") from None


def read_instance(text: str, name: str) -> Instance:
    """Read an instance from the text of a file (see `read_file`)."""
    lines = text.splitlines()
    if lines and lines[0].split()[:1] == ["StringID"]:
        return _check(_read_schneider(lines, name))
    if any(line.split()[:1] == ["CUSTOMER"] for line in lines):
        return _check(_read_solomon(lines))
    raise InvalidProblem(
        "line 1", "neither Schneider's `StringID ...` nor Solomon's name and VEHICLE section"
    )


def _read_schneider(lines: list[str], name: str) -> Instance:
    found: dict[str, list[Node]] = {DEPOT: [], CUSTOMER: [], STATION: []}
    values: dict[str, float] = {}
    for number, line in enumerate(lines[1:], 2):
        setting = VALUE.match(line)
        if setting:
            values[setting[1]] = _number(setting[2], f"line {number}")
        elif line.strip():
            node = _schneider_node(line.split(), f"line {number}")
            found[node.kind].append(node)
    for letter, meaning in SETTINGS.items():
        if not values.get(letter, 0) > 0:
            raise InvalidProblem(letter, f"{meaning} must be given, above zero")
    return Instance(
        name=name,
        depot=_only_depot(found[DEPOT]),
        customers=tuple(found[CUSTOMER]),
        stations=tuple(found[STATION]),
        capacity=values["C"],
        battery=values["Q"],
        consumption=values["r"],
        recharge_time=values["g"],
        speed=values["v"],
    )


def _schneider_node(fields: list[str], where: str) -> Node:
    if len(fields) != 8 or fields[1] not in KINDS:
        raise InvalidProblem(where, "needs id, type (d, f or c), x, y, demand, ready, due and service time")
    x, y, demand, ready, due, service = (_number(field, where) for field in fields[2:])
    return Node(fields[0], KINDS[fields[1]], x, y, demand, ready, due, service)


def _read_solomon(lines: list[str]) -> Instance:
    titles = [line.split()[:1] for line in lines]
    vehicles, customers = (
        titles.index(["VEHICLE"]) if ["VEHICLE"] in titles else -1,
        titles.index(["CUSTOMER"]),
    )
    rows = [(n, line.split()) for n, line in enumerate(lines, 1) if line.strip()]
    fleet = next((fields for n, fields in rows if vehicles + 2 < n <= customers and len(fields) == 2), None)
    if vehicles < 0 or fleet is None:
        raise InvalidProblem("VEHICLE", "needs the number of vehicles and their capacity")
    nodes = [_solomon_node(fields, f"line {n}") for n, fields in rows if n > customers + 2]
    count = _number(fleet[0], "VEHICLE")
    if count < 1 or count != int(count):
        raise InvalidProblem("VEHICLE", "the number of vehicles must be whole and above zero")
    return Instance(
        name=lines[0].strip().lower(),
        depot=_only_depot([node for node in nodes if node.kind == DEPOT]),
        customers=tuple(node for node in nodes if node.kind == CUSTOMER),
        stations=(),
        capacity=_number(fleet[1], "VEHICLE"),
        fleet=int(count),
        truncated=True,
    )


def _solomon_node(fields: list[str], where: str) -> Node:
    if len(fields) != 7:
        raise InvalidProblem(where, "needs number, x, y, demand, ready time, due date and service time")
    x, y, demand, ready, due, service = (_number(field, where) for field in fields[1:])
    return Node(fields[0], DEPOT if fields[0] == "0" else CUSTOMER, x, y, demand, ready, due, service)


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InvalidProblem(where, f"`{text}` is no number") from None
    if not isfinite(value):
        raise InvalidProblem(where, f"`{text}` is not finite")
    return value


def _only_depot(depots: list[Node]) -> Node:
    if len(depots) != 1:
        raise InvalidProblem("depot", f"there must be one, there are {len(depots)}")
    return depots[0]


def _check(instance: Instance) -> Instance:
    twice = [name for name, times in Counter(_ids(instance.nodes)).items() if times > 1]
    if twice:
        raise InvalidProblem(twice[0], "is there twice")
    if not 0 < len(instance.customers) <= LARGEST:
        raise InvalidProblem(
            "customers", f"there must be 1 to {LARGEST}, there are {len(instance.customers)}"
        )
    if instance.capacity < 0:
        raise InvalidProblem("capacity", "must not be negative")
    for node in instance.nodes:
        _check_node(instance, node)
    return instance


def _check_node(instance: Instance, node: Node) -> None:
    if min(node.demand, node.service) < 0:
        raise InvalidProblem(node.id, "demand and service time must not be negative")
    if node.ready > node.due:
        raise InvalidProblem(node.id, f"its window ends ({node.due:g}) before it begins ({node.ready:g})")
    if node.demand > instance.capacity:
        raise InvalidProblem(node.id, f"demand {node.demand:g} exceeds the capacity {instance.capacity:g}")
    if max(abs(node.x), abs(node.y), abs(node.due), abs(node.ready)) > FARTHEST:
        raise InvalidProblem(node.id, "is out of every measure")


def _ids(nodes: Iterable[Node]) -> list[str]:
    return [node.id for node in nodes]
