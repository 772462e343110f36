from django.db import migrations, models
def fill(apps, schema_editor):
    Customer = apps.get_model("shop", "Customer")
    Customer.objects.create(name="first", alias="f")
class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        ]
