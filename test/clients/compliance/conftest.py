"""The plugin of SQLAlchemy's suite, and a file with the outcome of each test: COMPLIANCE_OUT."""
import os
import re

from sqlalchemy.testing.plugin.pytestplugin import *  # noqa: F401,F403

outcomes = {}


def pytest_runtest_logreport(report):
    # the class bears the name of dialect and server, and a test passes if nothing around it fails
    name = re.sub(r"_postgresql\+\w+?_[0-9_]+(?=::)", "", report.nodeid.split("::", 1)[1])
    if report.when == "setup" or not report.passed:
        outcomes.setdefault(name, "passed")
    if not report.passed and outcomes[name] != "failed":
        outcomes[name] = report.outcome


def pytest_sessionfinish(session):
    with open(os.environ["COMPLIANCE_OUT"], "w") as out:
        for name, outcome in sorted(outcomes.items()):
            print(outcome, name, file=out)
