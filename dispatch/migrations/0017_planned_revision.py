"""An area knows at which revision its plan was all that its rows say; none, as for all so far, is known."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0016_plan_part_of'),
    ]

    operations = [
        migrations.AddField(
            model_name='servicearea',
            name='planned_revision',
            field=models.PositiveBigIntegerField(db_default=0, default=0, help_text='the last at which the plan was all that the rows say'),
        ),
    ]
