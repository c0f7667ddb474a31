from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_counted'),
    ]

    operations = [
        migrations.AddField(
            model_name='operator',
            name='second_factor_required',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
