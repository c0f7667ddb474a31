"""Cars: a driver's own, and the catalogue from which they are added."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id


class VehicleDocument(TypedDict):
    id: Id
    name: str
    plate: str
    model: str
    catalogue: Id | None
    usable_kwh: float
    max_dc_kw: float
    max_ac_kw: float
    voltage_v: int
    connectors: list[str]
    inlet: str
    km_per_kwh: float
    soc_hint: float


class VehiclePage(TypedDict):
    results: list[VehicleDocument]
    next: str | None


class CatalogueModel(TypedDict):
    id: Id
    slug: str
    name: str
    make: str
    model: str
    variant: str
    from_year: int | None
    usable_kwh: float
    max_dc_kw: float
    max_ac_kw: float
    voltage_v: int
    connectors: list[str]
    inlet: str
    km_per_kwh: float
    has_curve: bool
    source: str
    assumed: list[str]


class CataloguePage(TypedDict):
    results: list[CatalogueModel]
    makes: list[str]
    next: str | None
