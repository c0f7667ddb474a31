from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index made beside the work that goes on: nobody waits for it.
    atomic = False

    dependencies = [
        ("dispatch", "0013_sealed_fields"),
    ]

    operations = [
        migrations.AddField(
            model_name="chargerequest",
            name="rounded",
            field=models.BooleanField(
                db_default=False, default=False, help_text="of its place only the H3 cell is left"
            ),
        ),
        migrations.AddField(
            model_name="streamcounter",
            name="forgotten",
            field=models.PositiveBigIntegerField(
                db_default=0, default=0, help_text="events up to this number are too old to be kept"
            ),
        ),
        AddIndexConcurrently(
            model_name="chargerequest",
            index=models.Index(
                fields=["latest"], name="requests_placed", condition=models.Q(("rounded", False))
            ),
        ),
    ]
