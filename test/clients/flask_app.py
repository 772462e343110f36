"""Flask-SQLAlchemy: db.create_all(), rows, relations, db.drop_all(), with one PostgreSQL URL for all binds."""
import sys

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
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

with app.app_context():
    db.create_all()
    db.create_all()
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
    ann.posts[0].title = "1"
    db.session.delete(ann.posts[1])
    db.session.commit()
    print(Post.query.filter(Post.title.like("1%")).count())
    db.session.delete(ann)
    db.session.commit()
    print(User.query.count(), Post.query.count())
    db.session.remove()
    db.drop_all()
    print(db.session.execute(text("SELECT count(*) FROM pg_class WHERE relname IN ('user', 'post', 'tag', 'tags')")).scalar())
