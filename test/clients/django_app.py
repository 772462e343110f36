"""A Django project on one PostgreSQL URL: migrate, change a model, migrate, rows, back."""
import os
import sys

import django
from django.conf import settings

key = sys.argv[1]
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"], "USER": os.environ["PGUSER"], "HOST": os.environ["PGHOST"], "PORT": os.environ["PGPORT"],
                           "OPTIONS": {"options": "-c binds.catalogs=tables -c binds.bind_key=" + key}}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.admin", "django.contrib.messages", "shop"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True, SECRET_KEY="x", MIDDLEWARE=[],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"context_processors": []}}], SILENCED_SYSTEM_CHECKS=["admin.E403", "admin.E404", "admin.E408", "admin.E409", "admin.E410"])
django.setup()
from django.core.management import call_command
from django.db import connection, IntegrityError, transaction
call_command("migrate", verbosity=0)
from django.contrib.auth.models import User, Group, Permission
from shop.models import Customer, Order
with connection.cursor() as c:
    c.execute("SELECT coalesce(binds.get_bind(c.oid), 'here'), count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND relkind IN ('r', 'f') AND relname ~ '^(auth|django|shop)_' GROUP BY 1 ORDER BY 1")
    print(c.fetchall())
u = User.objects.create_user("ann", "ann@example.org", "secret")
u.groups.add(Group.objects.create(name="staff é😀"))
u.user_permissions.set(Permission.objects.filter(codename__startswith="add_")[:3])
print(u.groups.count(), u.user_permissions.count(), User.objects.filter(groups__name__contains="😀").count())
c1 = Customer.objects.create(name="A", nick="a"); Order.objects.create(customer=c1, price="12.50", data={"k": [1, None]})
print(list(Order.objects.filter(price__gt=5, customer__name="A").values_list("price", "data", "customer__nick")))
try:
    with transaction.atomic():
        Customer.objects.create(name="A", nick="b")
except IntegrityError as e:
    print(e.__cause__.pgcode, e.__cause__.diag.constraint_name)
print(Customer.objects.get_or_create(name="B", defaults={"nick": "b"})[1], Customer.objects.update_or_create(name="B", defaults={"nick": "bb"})[1])
print(Customer.objects.bulk_create([Customer(name="C", nick="c"), Customer(name="A", nick="dup")], ignore_conflicts=True) and Customer.objects.count())
call_command("inspectdb", "shop_customer", "shop_order", "auth_user_groups")
User.objects.all().delete(); Customer.objects.all().delete()
print(Order.objects.count())
call_command("migrate", "shop", "zero", verbosity=0)
call_command("migrate", "admin", "zero", verbosity=0); call_command("migrate", "sessions", "zero", verbosity=0); call_command("migrate", "auth", "zero", verbosity=0); call_command("migrate", "contenttypes", "zero", verbosity=0)
with connection.cursor() as c:
    c.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'f') AND relname ~ '^(auth|django|shop)_' ORDER BY 1")
    print(c.fetchall())
    c.execute("DROP TABLE django_migrations")
