"""The demo's chargers: every unit and every plug has one that speaks; both versions are there."""

from itertools import cycle

from accounts.callers import Caller
from dispatch.models import Charger, Plug, Protocol, ServiceArea

_HOUSE = Caller.system()


def commission_chargers(area: ServiceArea) -> None:
    """Give identities to chargers that have none, and chargers to plugs that have none."""
    versions = cycle(Protocol)
    rows = Charger.objects.of(_HOUSE).filter(unit__area=area, identity="").select_related("unit")
    for charger in rows.order_by("unit__name"):
        assert charger.unit is not None, "asked for with its unit"
        charger.identity, charger.protocol = f"{area.slug}-{charger.unit.name}", next(versions)
        charger.save(update_fields=["identity", "protocol"])
    plugs = Plug.objects.of(_HOUSE).filter(depot__area=area, charger__isnull=True)
    for plug in plugs.select_related("depot").order_by("depot__slug", "name"):
        Charger.objects.create(
            operator_id=plug.operator_id,
            plug=plug,
            connectors=[plug.connector],
            power_w=plug.power_w,
            efficiency_pct=plug.efficiency_pct,
            identity=f"{area.slug}-{plug.depot.slug}-{plug.name}",
            protocol=next(versions),
        )
