"""Links of chargers carry the operator, every charger has a state, and what was exchanged stays as it was."""

from django.db import migrations

LINKS = [
    ("dispatch_charger", "plug_id", "dispatch_plug"),
    ("dispatch_chargerstate", "charger_id", "dispatch_charger"),
    ("dispatch_chargercommand", "charger_id", "dispatch_charger"),
    ("dispatch_chargercommand", "stop_id", "dispatch_stop"),
    ("dispatch_chargercommand", "session_id", "dispatch_chargingsession"),
    ("dispatch_chargingsession", "pack_id", "dispatch_pack"),
    ("dispatch_ocppmessage", "charger_id", "dispatch_charger"),
    ("dispatch_ocppmessage", "session_id", "dispatch_chargingsession"),
    ("dispatch_receipt", "charger_id", "dispatch_charger"),
    ("dispatch_receipt", "session_id", "dispatch_chargingsession"),
]

ADD = (
    "ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_tenant FOREIGN KEY (operator_id, {column})"
    " REFERENCES {target} (operator_id, id) DEFERRABLE INITIALLY DEFERRED"
)
DROP = "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_tenant"

STATES = """
    INSERT INTO dispatch_chargerstate
        (id, operator_id, charger_id, protocol, vendor, model, firmware, status, error_code)
    SELECT gen_random_uuid(), operator_id, id, '', '', '', '', 'Unavailable', '' FROM dispatch_charger
"""

# Deleting stays possible: what its purpose no longer needs is purged.
KEEP = """
    CREATE FUNCTION dispatch_keep_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what was exchanged is not changed afterwards' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER dispatch_ocppmessage_kept BEFORE UPDATE ON dispatch_ocppmessage
        FOR EACH ROW EXECUTE FUNCTION dispatch_keep_as_it_was();
"""
FORGET = """
    DROP TRIGGER dispatch_ocppmessage_kept ON dispatch_ocppmessage;
    DROP FUNCTION dispatch_keep_as_it_was();
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0005_chargers")]

    operations = [
        *(
            migrations.RunSQL(
                ADD.format(table=table, column=column, target=target), DROP.format(table=table, column=column)
            )
            for table, column, target in LINKS
        ),
        migrations.RunSQL(STATES, "DELETE FROM dispatch_chargerstate"),
        migrations.RunSQL(KEEP, FORGET),
    ]
