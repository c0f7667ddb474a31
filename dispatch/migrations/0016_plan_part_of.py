"""A plan may be a part of the one before: null, as it is for all so far, is a whole one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0015_closures'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='part_of',
            field=models.PositiveBigIntegerField(help_text='the version before; null: a whole plan', null=True),
        ),
    ]
