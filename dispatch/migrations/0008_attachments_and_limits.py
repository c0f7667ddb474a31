import accounts.ids
import django.db.models.deletion
from django.db import migrations, models


LINKS = [
    ("dispatch_attachment", "stop_id", "dispatch_stop"),
    ("dispatch_meterreading", "photo_id", "dispatch_attachment"),
]
ADD = (
    "ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_tenant FOREIGN KEY (operator_id, {column})"
    " REFERENCES {target} (operator_id, id) DEFERRABLE INITIALLY DEFERRED"
)
DROP = "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_tenant"
# What proves something is not changed afterwards; deleting stays possible.
KEEP = """
    CREATE TRIGGER dispatch_attachment_kept BEFORE UPDATE ON dispatch_attachment
        FOR EACH ROW EXECUTE FUNCTION dispatch_keep_as_it_was();
"""
FORGET = "DROP TRIGGER dispatch_attachment_kept ON dispatch_attachment"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('dispatch', '0007_sites_and_slope'),
    ]

    operations = [
        migrations.AddField(
            model_name='chargerstate',
            name='limit_w',
            field=models.PositiveIntegerField(help_text='the most it gives, while less than it should', null=True),
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=accounts.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('meter', 'Meter')])),
                ('media_type', models.TextField()),
                ('content', models.BinaryField()),
                ('at', models.DateTimeField(help_text='world clock')),
                ('by', models.TextField(help_text='person:<id> or device:<id>')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
                ('stop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='dispatch.stop')),
            ],
        ),
        migrations.AddField(
            model_name='meterreading',
            name='photo',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dispatch.attachment'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('operator', 'id'), name='attachment_of_operator'),
        ),
        *(
            migrations.RunSQL(
                ADD.format(table=table, column=column, target=target), DROP.format(table=table, column=column)
            )
            for table, column, target in LINKS
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
