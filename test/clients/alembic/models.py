"""The models of two versions of an application."""
import sqlalchemy as sa


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


models = {"first": first, "second": second}
