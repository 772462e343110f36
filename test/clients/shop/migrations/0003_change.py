import django.utils.timezone
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [("shop", "0002_change")]
    operations = [
        migrations.RenameField("Customer", "alias", "nick"),
        migrations.RemoveField("Customer", "old"),
        migrations.AddField("Customer", "since", models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now), preserve_default=False),
        migrations.AlterField("Customer", "name", models.CharField(max_length=80, unique=True)),
        migrations.AlterField("Customer", "nick", models.CharField(max_length=20)),
        migrations.AddIndex("Customer", models.Index(fields=["nick", "since"], name="nick_since")),
        migrations.AlterField("Order", "price", models.DecimalField(max_digits=12, decimal_places=2)),
        migrations.AddField("Order", "data", models.JSONField(default=dict)),
        migrations.AddField("Order", "referrer", models.ForeignKey("shop.Customer", models.SET_NULL, null=True, related_name="+")),
        migrations.AddConstraint("Order", models.CheckConstraint(check=models.Q(price__gte=0), name="price_positive")),
    ]
