"""Alembic: its commands on one PostgreSQL URL, there and back; what autogenerate compares afterwards must be equal."""
import contextlib
import io
import os
import re
import shutil
import sys
import tempfile

import sqlalchemy as sa
from alembic.config import main

key = sys.argv[1]
engine = sa.create_engine("postgresql://", connect_args={"options": "-c binds.catalogs=tables -c binds.bind_key=" + key})
folder = tempfile.mkdtemp()
shutil.copytree(os.path.join(os.path.dirname(os.path.abspath(__file__)), "alembic"), folder, dirs_exist_ok=True)
os.mkdir(folder + "/versions")
with open(folder + "/alembic.ini") as file:
    ini = file.read()
with open(folder + "/alembic.ini", "w") as file:
    file.write(ini.replace("KEY", key))
sys.path.insert(0, folder)


def alembic(models, *arguments):
    """Run a command as the program does; what it is doing is not shown, what it answers is."""
    with contextlib.redirect_stdout(io.StringIO()):
        main(argv=["-c", folder + "/alembic.ini", "-x", "models=" + models, *arguments])


def revise(models, name):
    """Make a revision; print what it does to come and to go."""
    alembic(models, "revision", "--autogenerate", "-m", name, "--rev-id", name)
    with open(f"{folder}/versions/{name}_{name}.py") as file:
        print(name, [sorted(re.findall(r"op\.((?!f\()\w+)\(", part)) for part in file.read().split("def downgrade")])


def rows(statement, **parameters):
    with engine.connect() as connection:
        return connection.execute(sa.text(statement), parameters).all()


def tables():
    """What the engine has, and where the table of Alembic's own version is."""
    statement = ("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'" if key == "lite" else
                 "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()")
    alembic("first", "current")
    print(sorted(name for name, in rows("SELECT q->>'name' FROM binds.query(:b, :s) q", b=key, s=statement)), rows("SELECT version_num, binds.get_bind('alembic_version') FROM alembic_version"))


# each revision has a transaction of its own, so nothing needs to be committed before a change
if key == "my":
    with engine.begin() as c:
        c.execute(sa.text("SELECT binds.alter('my', options => '{\"implicit_commit\": null}')"))
revise("first", "one")
alembic("first", "upgrade", "head")
tables()
with engine.begin() as c:
    c.execute(sa.text("INSERT INTO a_user (email, age) VALUES ('a@x', 3)"))
    c.execute(sa.text("INSERT INTO a_post (user_id, body, old) VALUES (1, 'é😀', 7)"))
revise("second", "two")
alembic("second", "upgrade", "head")
tables()
print(rows("SELECT u.*, p.body FROM a_user u JOIN a_post p ON p.user_id = u.id"))
print(rows("SELECT relname, binds.get_bind(oid) FROM pg_class WHERE relname ~ '^a_' AND relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"))
i = sa.inspect(engine)
print(i.get_pk_constraint("a_user"), i.get_unique_constraints("a_user"), i.get_foreign_keys("a_post"), i.get_indexes("a_post"))
# nothing is left to do, forward and back
revise("second", "three")
alembic("second", "upgrade", "head")
alembic("second", "downgrade", "-1")
tables()
alembic("second", "downgrade", "-1")
tables()
print(rows("SELECT u.*, p.* FROM a_user u JOIN a_post p ON p.user_id = u.id"))
os.remove(folder + "/versions/two_two.py")
os.remove(folder + "/versions/three_three.py")
revise("first", "four")
alembic("first", "downgrade", "base")
tables()
with engine.begin() as c:
    c.execute(sa.text("DROP TABLE alembic_version"))
    if key == "my":
        c.execute(sa.text("SELECT binds.alter('my', options => '{\"implicit_commit\": true}')"))
print(sa.inspect(engine).get_table_names())
shutil.rmtree(folder)
