"""Roads that are closed or slow for a while."""

import accounts.ids
import django.db.models.deletion
from django.db import migrations, models

# A link inside a tenant carries the operator; the table is new and empty, so nobody waits for the check.
ADD = (
    "ALTER TABLE dispatch_closure ADD CONSTRAINT dispatch_closure_area_id_tenant"
    " FOREIGN KEY (operator_id, area_id) REFERENCES dispatch_servicearea (operator_id, id)"
    " DEFERRABLE INITIALLY DEFERRED"
)
DROP = "ALTER TABLE dispatch_closure DROP CONSTRAINT dispatch_closure_area_id_tenant"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('dispatch', '0014_what_is_forgotten'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=accounts.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('closed', 'Closed'), ('slow', 'Slow')])),
                ('shape', models.JSONField()),
                ('speed_pct', models.PositiveSmallIntegerField(help_text='of what is driven there otherwise; 0: closed')),
                ('why', models.TextField(blank=True)),
                ('from_at', models.DateTimeField(help_text='world clock')),
                ('until_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.TextField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('known_at', models.DateTimeField(help_text='since when the road engine knows it', null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='dispatch.servicearea')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'closed'), ('speed_pct', 0)), models.Q(('kind', 'slow'), ('speed_pct__gte', 5), ('speed_pct__lte', 95)), _connector='OR'), name='closure_has_a_speed'), models.CheckConstraint(condition=models.Q(('until_at__isnull', True), ('until_at__gt', models.F('from_at')), _connector='OR'), name='closure_has_a_length')],
            },
        ),
        migrations.RunSQL(ADD, DROP),
    ]
