from django.db import models
class Customer(models.Model):
    name = models.CharField(max_length=80, unique=True)
    nick = models.CharField(max_length=20)
    since = models.DateTimeField(auto_now_add=True)
    class Meta:
        indexes = [models.Index(fields=["nick", "since"], name="nick_since")]
class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE)
    referrer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    price = models.DecimalField(max_digits=12, decimal_places=2)
    data = models.JSONField(default=dict)
    class Meta:
        constraints = [models.CheckConstraint(check=models.Q(price__gte=0), name="price_positive")]
