"""Links inside a tenant carry the operator: a link across tenants cannot be stored."""

from django.db import migrations

# (table, column, table it refers to); each referred table is unique in (operator_id, id).
LINKS = [
    ("dispatch_depot", "area_id", "dispatch_servicearea"),
    ("dispatch_plug", "depot_id", "dispatch_depot"),
    ("dispatch_plug", "unit_id", "dispatch_unit"),
    ("dispatch_plan", "area_id", "dispatch_servicearea"),
    ("dispatch_replanwanted", "area_id", "dispatch_servicearea"),
    ("dispatch_tariff", "area_id", "dispatch_servicearea"),
    ("dispatch_unit", "area_id", "dispatch_servicearea"),
    ("dispatch_unit", "home_id", "dispatch_depot"),
    ("dispatch_pack", "unit_id", "dispatch_unit"),
    ("dispatch_charger", "unit_id", "dispatch_unit"),
    ("dispatch_offer", "unit_id", "dispatch_unit"),
    ("dispatch_offer", "tariff_id", "dispatch_tariff"),
    ("dispatch_chargerequest", "area_id", "dispatch_servicearea"),
    ("dispatch_chargerequest", "offer_id", "dispatch_offer"),
    ("dispatch_chargerequest", "tariff_id", "dispatch_tariff"),
    ("dispatch_promise", "request_id", "dispatch_chargerequest"),
    ("dispatch_rosterline", "unit_id", "dispatch_unit"),
    ("dispatch_shift", "unit_id", "dispatch_unit"),
    ("dispatch_route", "area_id", "dispatch_servicearea"),
    ("dispatch_route", "unit_id", "dispatch_unit"),
    ("dispatch_route", "shift_id", "dispatch_shift"),
    ("dispatch_stop", "route_id", "dispatch_route"),
    ("dispatch_stop", "unit_id", "dispatch_unit"),
    ("dispatch_stop", "request_id", "dispatch_chargerequest"),
    ("dispatch_stop", "plug_id", "dispatch_plug"),
    ("dispatch_stop", "depot_id", "dispatch_depot"),
    ("dispatch_lock", "stop_id", "dispatch_stop"),
    ("dispatch_message", "unit_id", "dispatch_unit"),
    ("dispatch_message", "stop_id", "dispatch_stop"),
    ("dispatch_chargingsession", "request_id", "dispatch_chargerequest"),
    ("dispatch_chargingsession", "charger_id", "dispatch_charger"),
    ("dispatch_chargingsession", "stop_id", "dispatch_stop"),
    ("dispatch_meterreading", "session_id", "dispatch_chargingsession"),
    ("dispatch_unitstate", "unit_id", "dispatch_unit"),
    ("dispatch_position", "unit_id", "dispatch_unit"),
]

ADD = (
    "ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_tenant FOREIGN KEY (operator_id, {column})"
    " REFERENCES {target} (operator_id, id) DEFERRABLE INITIALLY DEFERRED"
)
DROP = "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_tenant"


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0001_initial")]

    operations = [
        migrations.RunSQL(
            ADD.format(table=table, column=column, target=target), DROP.format(table=table, column=column)
        )
        for table, column, target in LINKS
    ]
