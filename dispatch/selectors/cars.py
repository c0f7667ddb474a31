"""A driver's cars, and the catalogue from which they are added."""

from uuid import UUID

from django.db.models import Q

from accounts.callers import Caller
from dispatch.models import Vehicle, VehicleModel
from dispatch.selectors.documents.car import CatalogueModel, VehicleDocument
from dispatch.selectors.render import kilo


def list_vehicles(caller: Caller) -> list[VehicleDocument]:
    """List a person's cars."""
    return [vehicle_document(row) for row in Vehicle.objects.of(caller).kept().order_by("name", "id")]


def vehicle_document(row: Vehicle) -> VehicleDocument:
    """Show a car to its driver."""
    return {
        "id": str(row.id),
        "name": row.name,
        "plate": row.plate,
        "model": row.model,
        "catalogue": None if row.catalogue_id is None else str(row.catalogue_id),
        "usable_kwh": kilo(row.usable_wh),
        "max_dc_kw": kilo(row.max_dc_w),
        "max_ac_kw": kilo(row.max_ac_w),
        "voltage_v": row.voltage_v,
        "connectors": list(row.connectors),
        "inlet": row.inlet,
        "km_per_kwh": round(1000 / row.wh_per_km, 2),
        "soc_hint": row.soc_hint,
    }


def list_models(caller: Caller, words: str, make: str, after: UUID | None, count: int) -> list[VehicleModel]:
    """List models in order; each of the words stands somewhere in make, model or variant."""
    rows = VehicleModel.objects.of(caller)
    if make:
        rows = rows.filter(make__iexact=make)
    for word in words.split():
        rows = rows.filter(Q(make__icontains=word) | Q(model__icontains=word) | Q(variant__icontains=word))
    last = None if after is None else VehicleModel.objects.of(caller).filter(id=after).first()
    if last is not None:
        rows = rows.filter(slug__gt=last.slug)
    return list(rows.order_by("slug")[:count])


def list_makes(caller: Caller) -> list[str]:
    """List who makes the cars of the catalogue."""
    return list(VehicleModel.objects.of(caller).order_by("make").values_list("make", flat=True).distinct())


def model_document(row: VehicleModel) -> CatalogueModel:
    """Show a model of the catalogue."""
    return {
        "id": str(row.id),
        "slug": row.slug,
        "name": row.name,
        "make": row.make,
        "model": row.model,
        "variant": row.variant,
        "from_year": row.from_year,
        "usable_kwh": kilo(row.usable_wh),
        "max_dc_kw": kilo(row.max_dc_w),
        "max_ac_kw": kilo(row.max_ac_w),
        "voltage_v": row.voltage_v,
        "connectors": list(row.connectors),
        "inlet": row.inlet,
        "km_per_kwh": round(1000 / row.wh_per_km, 2),
        "has_curve": bool(row.curve),
        "source": row.source,
        "assumed": list(row.assumed),
    }
