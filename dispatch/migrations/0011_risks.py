"""What will go wrong, as rows; and how much of a delay the planner has heard of."""

import accounts.ids
import django.db.models.deletion
from django.db import migrations, models


LINKS = [
    ("dispatch_riskitem", "area_id", "dispatch_servicearea"),
    ("dispatch_riskitem", "unit_id", "dispatch_unit"),
    ("dispatch_riskitem", "request_id", "dispatch_chargerequest"),
]
ADD = (
    "ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_tenant FOREIGN KEY (operator_id, {column})"
    " REFERENCES {target} (operator_id, id) DEFERRABLE INITIALLY DEFERRED"
)
DROP = "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_tenant"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('dispatch', '0010_tracking'),
    ]

    operations = [
        migrations.AddField(
            model_name='stop',
            name='slipped',
            field=models.SmallIntegerField(default=0, help_text='how many noticeable delays (or gains) the planner was told of'),
        ),
        migrations.CreateModel(
            name='RiskItem',
            fields=[
                ('id', models.UUIDField(default=accounts.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('stranded', 'Stranded'), ('not_served', 'Not Served'), ('charger_fault', 'Charger Fault'), ('access_closed', 'Access Closed'), ('predicted_late', 'Predicted Late'), ('low_soc', 'Low Soc'), ('not_charging', 'Not Charging'), ('suspended', 'Suspended'), ('plug_conflict', 'Plug Conflict'), ('stale', 'Stale'), ('plug_down', 'Plug Down'), ('promise_at_risk', 'Promise At Risk')])),
                ('subject', models.UUIDField(help_text='the request, unit, stop or plug it is about')),
                ('since', models.DateTimeField(help_text='world clock')),
                ('cause', models.TextField()),
                ('facts', models.JSONField(default=dict)),
                ('at', models.DateTimeField(help_text='when it bites', null=True)),
                ('hurt', models.JSONField(default=list, help_text='[{request, what, promised, late_s}]')),
                ('stop', models.UUIDField(null=True)),
                ('plug', models.UUIDField(null=True)),
                ('fix', models.JSONField(null=True)),
                ('tried', models.TextField(blank=True, help_text='for what a fix was sought last: plan and stop')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='dispatch.servicearea')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='dispatch.chargerequest')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='dispatch.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'kind', 'subject'), name='one_risk_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['stranded', 'not_served', 'charger_fault', 'access_closed', 'predicted_late', 'low_soc', 'not_charging', 'suspended', 'plug_conflict', 'stale', 'plug_down', 'promise_at_risk'])), name='risk_kind_known')],
            },
        ),
        *[
            migrations.RunSQL(
                ADD.format(table=table, column=column, target=target),
                DROP.format(table=table, column=column),
            )
            for table, column, target in LINKS
        ],
    ]
