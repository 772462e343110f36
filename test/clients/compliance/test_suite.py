"""SQLAlchemy's suite.  Of tables that it makes in two schemas a bind, which has a name once, gets the first."""
import os

from requirements import Requirements
from sqlalchemy.testing.suite import *  # noqa: F401,F403


def in_one_schema(test):
    define = test.define_tables.__func__

    def define_tables(cls, metadata):
        Requirements.one_schema = True
        try:
            define(cls, metadata)
        finally:
            Requirements.one_schema = False

    test.define_tables = classmethod(define_tables)


if os.environ["COMPLIANCE_BIND"] != "plain":
    for test in (ComponentReflectionTest, ComputedReflectionTest, HasIndexTest, IdentityReflectionTest):  # noqa: F405
        in_one_schema(test)
