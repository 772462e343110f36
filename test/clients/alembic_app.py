"""Alembic: migrations with autogenerate on one PostgreSQL URL; what it compares afterwards must be equal."""
import sys
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata, produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import Operations

key = sys.argv[1]
engine = sa.create_engine("postgresql://", connect_args={"options": "-c binds.catalogs=tables -c binds.bind_key=" + key})


def first():
    m = sa.MetaData()
    sa.Table("a_user", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(80), nullable=False, unique=True), sa.Column("age", sa.Integer))
    sa.Table("a_post", m, sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("user_id", sa.ForeignKey("a_user.id", ondelete="CASCADE")), sa.Column("body", sa.Text, index=True), sa.Column("old", sa.Integer))
    return m


def second():
    m = sa.MetaData()
    sa.Table("a_user", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(120), nullable=False, unique=True), sa.Column("age", sa.BigInteger), sa.Column("nick", sa.String(20), server_default="none", nullable=False))
    sa.Table("a_post", m, sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("user_id", sa.ForeignKey("a_user.id", ondelete="CASCADE"), nullable=True), sa.Column("body", sa.Text), sa.Column("n", sa.Numeric(10, 2)), sa.UniqueConstraint("user_id", "n", name="a_post_n"))
    sa.Table("a_tag", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("post_id", sa.ForeignKey("a_post.id")))
    return m


def migrate(metadata):
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": lambda o, name, kind, reflected, other: kind != "table" or name.startswith("a_")})
        script = produce_migrations(context, metadata)
        operations = Operations(context)

        def run(ops):
            for op in ops:
                if hasattr(op, "ops"):
                    run(op.ops)
                else:
                    operations.invoke(op)
        print(sum(len(getattr(o, "ops", [o])) for o in script.upgrade_ops.ops))
        run(script.upgrade_ops.ops)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": lambda o, name, kind, reflected, other: kind != "table" or name.startswith("a_")})
        print(compare_metadata(context, metadata))


migrate(first())
with engine.begin() as c:
    c.execute(sa.text("INSERT INTO a_user (email, age) VALUES ('a@x', 3)"))
    c.execute(sa.text("INSERT INTO a_post (user_id, body) VALUES (1, 'é😀')"))
migrate(second())
with engine.begin() as c:
    print(c.execute(sa.text("SELECT u.*, p.body FROM a_user u JOIN a_post p ON p.user_id = u.id")).all())
    print(c.execute(sa.text("SELECT DISTINCT binds.get_bind(oid) FROM pg_class WHERE relname ~ '^a_' AND relkind = 'f'")).all())
i = sa.inspect(engine)
print(i.get_pk_constraint("a_user"), i.get_unique_constraints("a_user"), i.get_foreign_keys("a_post"), i.get_indexes("a_post"))
second().drop_all(engine)
print(i.get_table_names())
