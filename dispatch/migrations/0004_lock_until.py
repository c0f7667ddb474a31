from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0003_catalogue_and_search")]

    operations = [
        migrations.AddField(
            model_name="lock",
            name="until",
            field=models.DateTimeField(help_text="given back by itself then", null=True),
        ),
    ]
