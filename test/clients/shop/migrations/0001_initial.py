from django.db import migrations, models
class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Customer", [("id", models.BigAutoField(primary_key=True, serialize=False)), ("name", models.CharField(max_length=40)), ("old", models.IntegerField(null=True)), ("alias", models.CharField(max_length=20, default=""))]),
        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True, serialize=False)), ("customer", models.ForeignKey("shop.Customer", models.CASCADE)), ("price", models.IntegerField())]),
    ]
