"""compare.py BIND PLAIN OUTCOMES: what passes in PLAIN passes in OUTCOMES, but for the exceptions of BIND."""
import os
import re
import sys


def passed(path):
    with open(path) as lines:
        outcomes = [line.rstrip("\n").split(" ", 1) for line in lines]
    return {name for outcome, name in outcomes if outcome == "passed"}


def exceptions(bind):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "exceptions")) as lines:
        for line in lines:
            where, name, _ = (line.split(" ", 2) + ["", ""])[:3]
            if where in (bind, "both"):
                yield name, re.compile(re.escape(name).replace(r"\*", ".*").replace(r"\?", ".") + "$")


bind = sys.argv[1]
plain, here = passed(sys.argv[2]), passed(sys.argv[3])
missing, listed = plain - here, set()
for name, pattern in exceptions(bind):
    found = {test for test in plain if pattern.match(test)}
    listed |= found
    if not found:
        print(f"not ok compliance on {bind}: {name} of the exceptions is no test that passes on PostgreSQL")
for test in sorted(missing - listed)[:30]:
    print(f"not ok compliance on {bind}: {test}")
for test in sorted(listed - missing):
    print(f"not ok compliance on {bind}: {test} passes, but is one of the exceptions")
# nothing compares well with nothing
word = "ok" if len(plain) > 500 and len(missing - listed) <= 30 else "not ok"
print(f"{word} compliance on {bind}: {len(plain & here)} tests of {len(plain)} that pass on PostgreSQL")
