"""The environment of Alembic's commands, as `alembic init` makes it; -x models=… says which models count."""
import sqlalchemy as sa
from alembic import context

from models import models

config = context.config
engine = sa.create_engine(config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=models[context.get_x_argument(as_dictionary=True)["models"]](), compare_type=True, transaction_per_migration=True,
                      include_object=lambda o, name, kind, reflected, other: kind != "table" or name.startswith("a_"))
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
