"""The vehicle catalogue: read from a file, checked, and brought into the database whole or not at all."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.callers import Caller
from dispatch.models import Inlet, Vehicle, VehicleModel

BUILT_IN = Path(__file__).parents[1] / "city" / "data" / "vehicles.json"
CONNECTORS = frozenset({"ccs1", "ccs2", "chademo", "nacs", "gbt_dc", "gbt_ac", "type1", "type2"})
COPIED = (
    "usable_wh", "max_dc_w", "max_ac_w", "connectors", "voltage_v", "efficiency_pct", "wh_per_km", "curve",
    "inlet",
)  # fmt: skip
_HOUSE = Caller.system()


class CatalogueError(Exception):
    """A catalogue file is not usable; the message is one sentence that says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One model of the catalogue."""

    slug: str
    make: str
    model: str
    variant: str
    from_year: int | None
    usable_wh: int
    max_dc_w: int
    max_ac_w: int
    connectors: list[str]
    voltage_v: int
    efficiency_pct: int
    wh_per_km: int
    curve: list[list[float]]
    inlet: str
    source: str
    assumed: list[str]

    def find_fault(self) -> str:
        """Say what cannot be, or nothing."""
        unknown = sorted(set(self.connectors) - CONNECTORS)
        socs = [soc for soc, _ in self.curve]
        faults = (
            (not (self.slug and self.make and self.model), "needs slug, make and model"),
            (not 5_000 <= self.usable_wh <= 300_000, f"usable_wh {self.usable_wh} is no car's battery"),
            (not 30 <= self.wh_per_km <= 600, f"wh_per_km {self.wh_per_km} is no car's consumption"),
            (not (self.connectors and not unknown), f"connectors {unknown or 'missing'} are not known"),
            (self.max_dc_w <= 0 and self.max_ac_w <= 0, "it can be charged neither way"),
            (socs != sorted(set(socs)), "the curve's states of charge do not rise"),
            (bool(socs) and (socs[0], socs[-1]) != (0, 1), "the curve does not run from 0 to 1"),
            (any(power <= 0 for _, power in self.curve), "the curve stops"),
            (self.inlet not in ("", *Inlet.values), f"inlet {self.inlet!r} is not known"),
        )
        return next((fault for found, fault in faults if found), "")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did."""

    added: int
    changed: int
    same: int


def read_catalogue(path: Path) -> list[Entry]:
    """Read our own catalogue file."""
    document = read_json(path)
    rows = document.get("models") if isinstance(document, Mapping) else None
    if not isinstance(rows, list):
        raise CatalogueError(f"{path.name} holds no list called models.")
    return check_entries(
        path, ((f"models[{index}]", _entry(path, index, row)) for index, row in enumerate(rows))
    )


def read_json(path: Path) -> Any:
    """Read a file as JSON; every reason why it is none is one sentence."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise CatalogueError(f"{path.name} is no text in UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise CatalogueError(f"{path.name} is not JSON: {error}.") from None


def check_entries(path: Path, found: Iterable[tuple[str, Entry]]) -> list[Entry]:
    """Hold every entry against what a car can be; the first that is none is named."""
    entries: dict[str, Entry] = {}
    for where, entry in found:
        fault = _find_fault(entry) or ("its slug is there twice" if entry.slug in entries else "")
        if fault:
            raise CatalogueError(f"{path.name}: {where}: {fault}.")
        entries[entry.slug] = entry
    return list(entries.values())


@transaction.atomic
def load_catalogue(entries: Iterable[Entry]) -> Loaded:
    """Add what is new and change what is known; cars that drivers have keep what they were added with."""
    known = {row.slug: row for row in VehicleModel.objects.of(_HOUSE)}
    added: list[VehicleModel] = []
    changed: list[VehicleModel] = []
    same = 0
    for entry in entries:
        row, values = known.get(entry.slug), asdict(entry)
        if row is None:
            added.append(VehicleModel(**values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
        else:
            same += 1
    VehicleModel.objects.bulk_create(added)
    if changed:
        names = [field.name for field in fields(Entry) if field.name != "slug"]
        VehicleModel.objects.of(_HOUSE).bulk_update(changed, names)
    return Loaded(len(added), len(changed), same)


def take_model(car: Vehicle, model: VehicleModel) -> None:
    """Let a car be of a model: what counts for charging it is copied, and stays with the car."""
    car.catalogue, car.model = model, model.name
    for name in COPIED:
        setattr(car, name, getattr(model, name))


def _find_fault(entry: Entry) -> str:
    try:
        return entry.find_fault()
    except (TypeError, ValueError):
        return "a value is of the wrong kind"


def _entry(path: Path, index: int, row: Any) -> Entry:
    wanted = {field.name for field in fields(Entry)}
    if not isinstance(row, Mapping) or set(row) != wanted:
        odd = sorted(wanted ^ set(row)) if isinstance(row, Mapping) else ["everything"]
        raise CatalogueError(f"{path.name}: models[{index}]: missing or unknown: {', '.join(odd)}.")
    return Entry(**row)
