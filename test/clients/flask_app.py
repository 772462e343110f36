"""Flask-SQLAlchemy: db.create_all(), rows, relations, db.drop_all(), with one PostgreSQL URL for two binds."""
import os
import sys

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

key = sys.argv[1]
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://"
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"options": "-c binds.bind_key=" + key}}
db = SQLAlchemy(app)

class User(db.Model):
    __tablename__ = "user"
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(120), unique=True, nullable=False)
    active = db.Column(db.Boolean, default=True, nullable=False)
    joined = db.Column(db.DateTime, server_default=text("'2026-01-01'"))
    balance = db.Column(db.Numeric(10, 2))
    posts = db.relationship("Post", back_populates="author", cascade="all, delete-orphan")

tags = db.Table("tags", db.Column("post_id", db.ForeignKey("post.id"), primary_key=True),
                db.Column("tag_id", db.ForeignKey("tag.id"), primary_key=True))

class Post(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80), nullable=False, index=True)
    body = db.Column(db.Text)
    author_id = db.Column(db.ForeignKey("user.id", ondelete="CASCADE"), nullable=False)
    author = db.relationship(User, back_populates="posts")
    tags = db.relationship("Tag", secondary=tags)

class Tag(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.Unicode(40), unique=True)

# a bind that is known by the schema of its tables, on the other engine
class Setting(db.Model):
    __table_args__ = {"schema": "far"}
    user_id = db.Column(db.Integer, primary_key=True, autoincrement=False)
    name = db.Column(db.String(40), primary_key=True)
    value = db.Column(db.String(80))
    user = db.relationship(User, primaryjoin="foreign(Setting.user_id) == User.id", backref="settings")

def engine_tables():
    lite = "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND type = 'table' ORDER BY 1"
    my = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database() ORDER BY 1"
    for bind, statement in ((key, lite if key == "lite" else my), ("far", my if key == "lite" else lite)):
        print(bind.join("''"), db.session.execute(text("SELECT q->>'name' FROM binds.query(:b, :s) q"), {"b": bind, "s": statement}).scalars().all())
    db.session.commit()

with app.app_context():
    db.session.execute(text("SELECT binds.add('far', :url, '{\"schema\": \"far\"}')"), {"url": os.environ["FAR_URL"]})
    db.session.commit()
    db.create_all()
    db.create_all()
    engine_tables()
    print(db.session.execute(text("SELECT relname, nspname, binds.get_bind(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relname = 'setting' AND relkind = 'f'")).all())
    print(db.session.execute(text("SELECT relname, binds.get_bind(oid) FROM pg_class WHERE relname IN ('user', 'post', 'tag', 'tags') AND relkind = 'f' ORDER BY 1")).all())
    ann = User(email="ann@example.org", balance="12.50")
    ann.posts = [Post(title="one", body="x" * 100000, tags=[Tag(name="é😀")]), Post(title="two")]
    db.session.add(ann)
    db.session.commit()
    print(ann.id, ann.joined, ann.balance, [p.id for p in ann.posts])
    print(db.session.query(User.email, Post.title, Tag.name).join(Post).outerjoin(tags).outerjoin(Tag).order_by(Post.id).all())
    try:
        db.session.add(User(email="ann@example.org"))
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        print(error.orig.pgcode, error.orig.diag.constraint_name, error.orig.diag.table_name, error.orig.diag.message_detail)
    ann = db.session.query(User).filter_by(email="ann@example.org").one()

    # relations, joins and a transaction over both binds
    ann.settings = [Setting(name="theme", value="dark é😀"), Setting(name="lang", value="de")]
    db.session.commit()
    print(db.session.query(User.email, Setting.name, Setting.value).join(User.settings).order_by(Setting.name).all())
    print(db.session.query(User.email, db.func.count(Setting.name)).outerjoin(User.settings).group_by(User.email).all())
    print([(s.user.email, s.name) for s in Setting.query.options(db.joinedload(Setting.user)).filter(Setting.user.has(User.active)).order_by(Setting.name)])
    ann.active = False
    db.session.delete(ann.settings[0])
    db.session.flush()
    db.session.rollback()
    print(ann.active, len(ann.settings))
    Setting.query.delete()
    db.session.commit()

    # upsert
    for table, values, columns in ((User, {"email": "bob@example.org", "active": True, "balance": "1.00"}, ["email"]), (User, {"email": "bob@example.org", "active": True, "balance": "2.00"}, ["email"]),
                                   (Setting, {"user_id": 2, "name": "theme", "value": "light"}, ["user_id", "name"]), (Setting, {"user_id": 2, "name": "theme", "value": "dark"}, ["user_id", "name"])):
        upsert = insert(table).values(values)
        print(db.session.execute(upsert.on_conflict_do_update(index_elements=columns, set_={c: upsert.excluded[c] for c in values if c not in columns}).returning(*[getattr(table, c) for c in values])).all())
        print(db.session.execute(upsert.on_conflict_do_nothing(index_elements=columns)).rowcount)
    db.session.commit()

    # keys without binds.catalogs: those of the templates, which statements do not name
    plain = sa.create_engine("postgresql://", connect_args={"options": "-c binds.catalogs=plain"})
    templates, inspector, reflected = "binds_metadata_" + key, sa.inspect(plain), sa.MetaData()
    print([(inspector.get_pk_constraint("user", schema=s)["constrained_columns"], [c["column_names"] for c in inspector.get_unique_constraints("user", schema=s)],
            [(f["constrained_columns"], f["referred_table"], f["referred_columns"]) for f in inspector.get_foreign_keys("post", schema=s)], [i["column_names"] for i in inspector.get_indexes("post", schema=s)]) for s in (None, templates)])
    reflected.reflect(plain, schema=templates)
    users, posts = reflected.tables[templates + ".user"], reflected.tables[templates + ".post"]
    with plain.connect().execution_options(schema_translate_map={templates: None}) as connection:
        with connection.begin():
            bob = connection.execute(sa.insert(users).values(email="bobby@example.org", active=True)).inserted_primary_key
            connection.execute(sa.insert(posts).values(title="three", author_id=bob[0]))
        print(connection.execute(sa.select(users.c.email, posts.c.title).select_from(sa.join(users, posts)).order_by(posts.c.title)).all())
        with connection.begin():
            connection.execute(sa.delete(users).where(users.c.email.like("bob%")))
    plain.dispose()

    ann.posts[0].title = "1"
    db.session.delete(ann.posts[1])
    db.session.commit()
    print(Post.query.filter(Post.title.like("1%")).count())
    db.session.delete(ann)
    db.session.commit()
    print(User.query.count(), Post.query.count())
    db.session.remove()
    db.drop_all()
    engine_tables()
    print(db.session.execute(text("SELECT count(*) FROM pg_class WHERE relname IN ('user', 'post', 'tag', 'tags', 'setting')")).scalar())
    db.session.execute(text("SELECT binds.remove('far')"))
    db.session.execute(text("DROP SCHEMA far"))
    db.session.commit()
