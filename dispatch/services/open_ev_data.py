"""Open EV Data as it is published, in both of its shapes, read as catalogue entries.

chargeprice/open-ev-data: ``{"data": [...]}`` with ``type`` bev or phev; ``dc_charger`` is null where there is
none. KilowattApp/open-ev-data: the same with ``charging_voltage``. A bare list or one car alone is read, too.
What these files do not say, or say impossibly, is assumed, and the entry tells so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from dispatch.services.catalogue import CatalogueError, Entry, check_entries, read_json

CHARGEPRICE = "chargeprice/open-ev-data"
KILOWATT = "Open EV Data (https://github.com/KilowattApp/open-ev-data)"
PORTS = {
    "ccs": "ccs2", "tesla_ccs": "ccs2", "chademo": "chademo", "type1": "type1", "type2": "type2",
}  # fmt: skip
# No car charges alternating current faster; above, another field has slipped in.
MOST_AC_KW = 43.0
USUAL_AC_KW = 11.0
USUAL_KWH_PER_100KM = 18.0
# Above this it is watt-hours per kilometre, not kilowatt-hours per 100 km.
MOST_KWH_PER_100KM = 60.0
LEAST_SHARE = 0.02
EFFICIENCY_PCT = 95


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held: entries, and how many records are no battery car or are there again."""

    entries: list[Entry]
    skipped: int
    repeated: int


def read_open_ev_data(path: Path) -> Read:
    """Read a file in either shape; the first record that is broken is named."""
    document = read_json(path)
    rows = _list_records(path, document)
    source = KILOWATT if any("charging_voltage" in row for _, row in rows) else CHARGEPRICE
    cars = [(where, row) for where, row in rows if _is_battery_car(row)]
    if not cars:
        raise CatalogueError(f"{path.name} holds no electric cars.")
    best: dict[str, tuple[str, Entry]] = {}
    for where, row in cars:
        entry = _Record(path, where, row, source).build()
        kept = best.get(entry.slug)
        if kept is None or len(entry.assumed) < len(kept[1].assumed):
            best[entry.slug] = (where, entry)
    return Read(check_entries(path, best.values()), len(rows) - len(cars), len(cars) - len(best))


def _list_records(path: Path, document: Any) -> list[tuple[str, Mapping[str, Any]]]:
    if isinstance(document, Mapping) and "data" not in document:
        document = [document]
    rows = document["data"] if isinstance(document, Mapping) else document
    if not isinstance(rows, list):
        raise CatalogueError(f"{path.name} is not Open EV Data: it holds no list of vehicles.")
    for index, row in enumerate(rows):
        if not (isinstance(row, Mapping) and "brand" in row and "model" in row):
            raise CatalogueError(f"{path.name} is not Open EV Data: data[{index}] has no brand and no model.")
    return [(f"data[{index}]", row) for index, row in enumerate(rows)]


def _is_battery_car(row: Mapping[str, Any]) -> bool:
    return (row.get("vehicle_type", "car"), row.get("type", "bev")) == ("car", "bev")


@dataclass(frozen=True, slots=True)
class _Record:
    """One record, read field by field; collects what had to be assumed."""

    path: Path
    where: str
    row: Mapping[str, Any]
    source: str
    assumed: set[str] = field(default_factory=lambda: {"efficiency_pct", "inlet"})

    def build(self) -> Entry:
        max_dc_w = round(self._number("dc_charger", "max_power", fallback=0.0) * 1000)
        words = [self._word(name) for name in ("brand", "model", "variant")]
        year = self.row.get("release_year")
        # Read before `assumed` is taken: they add to it.
        values: dict[str, Any] = {
            "usable_wh": round(self._battery_kwh() * 1000),
            "max_ac_w": round(self._ac_kw() * 1000),
            "wh_per_km": round(self._consumption() * 10),
            "voltage_v": self._voltage(),
            "connectors": self._connectors(),
            "curve": list(self._curve(max_dc_w)),
        }
        return Entry(
            slug=slugify(" ".join([*words, str(year or "")]))[:80],
            make=words[0],
            model=words[1],
            variant=words[2],
            from_year=year if isinstance(year, int) else None,
            max_dc_w=max_dc_w,
            efficiency_pct=EFFICIENCY_PCT,
            inlet="",
            source=self.source,
            assumed=sorted(self.assumed),
            **values,
        )

    def _battery_kwh(self) -> float:
        return self._number("usable_battery_size", fallback=None)

    def _ac_kw(self) -> float:
        power = self._number("ac_charger", "max_power", fallback=0.0)
        return power if 0 < power <= MOST_AC_KW else self._assume("max_ac_w", USUAL_AC_KW)

    def _consumption(self) -> float:
        value = self._number("energy_consumption", "average_consumption", fallback=0.0)
        if value <= 0:
            return self._assume("wh_per_km", USUAL_KWH_PER_100KM)
        return self._assume("wh_per_km", value / 10) if value > MOST_KWH_PER_100KM else value

    def _voltage(self) -> int:
        volts = self.row.get("charging_voltage")
        return volts if isinstance(volts, int) and volts > 0 else int(self._assume("voltage_v", 400))

    def _connectors(self) -> list[str]:
        """Give what plugs in, direct current first; what is one maker's alone is left out."""
        named = [
            port for part in ("dc_charger", "ac_charger") for port in self._part(part).get("ports") or ()
        ]
        found = list(dict.fromkeys(PORTS[port] for port in named if port in PORTS))
        if not found:
            self.assumed.add("connectors")
        return found or ["type2"]

    def _curve(self, max_dc_w: int) -> Iterator[list[float]]:
        part = self._part("dc_charger")
        points = part.get("charging_curve") or []
        if part.get("is_default_charging_curve", True) or not points:
            self.assumed.add("curve")
            return
        least_w = round(max_dc_w * LEAST_SHARE)
        powers: dict[float, int] = {}
        for index, point in enumerate(points):
            soc, kw = self._point(index, point)
            powers[soc] = max(least_w, round(kw * 1000))
        socs = sorted(powers)
        powers.setdefault(0.0, powers[socs[0]])
        powers.setdefault(1.0, powers[socs[-1]])
        yield from ([soc, powers[soc]] for soc in sorted(powers))

    def _point(self, index: int, point: Any) -> tuple[float, float]:
        name = f"dc_charger.charging_curve[{index}]"
        if not isinstance(point, Mapping):
            raise self._bad(name, "is no point of a curve")
        soc = self._check(f"{name}.percentage", point.get("percentage")) / 100
        if not 0 <= soc <= 1:
            raise self._bad(f"{name}.percentage", "must lie between 0 and 100")
        return soc, self._check(f"{name}.power", point.get("power"))

    def _word(self, name: str) -> str:
        value = self.row.get(name) or ""
        if not isinstance(value, str):
            raise self._bad(name, "must be a text")
        return " ".join(value.split())

    def _part(self, name: str) -> Mapping[str, Any]:
        part = self.row.get(name) or {}
        if not isinstance(part, Mapping):
            raise self._bad(name, "must be an object")
        return part

    def _number(self, *names: str, fallback: float | None) -> float:
        holder = self.row if len(names) == 1 else self._part(names[0])
        value = holder.get(names[-1])
        if value is None and fallback is not None:
            return fallback
        return self._check(".".join(names), value)

    def _check(self, name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10_000:
            raise self._bad(name, f"must be a number, is {value!r}")
        return float(value)

    def _assume(self, name: str, value: float) -> float:
        self.assumed.add(name)
        return value

    def _bad(self, name: str, why: str) -> CatalogueError:
        return CatalogueError(f"{self.path.name}: {self.where}.{name} {why}.")
