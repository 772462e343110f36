"""compare.py BIND PLAIN OUTCOMES README: what passes in PLAIN passes in OUTCOMES, but for the exceptions of BIND, of which README tells."""
import collections
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
            where, name, reason = (line.strip().split(" ", 2) + ["", ""])[:3]
            if where in (bind, "both"):
                yield where, name, reason, re.compile(re.escape(name).replace(r"\*", ".*").replace(r"\?", ".") + "$")


def told(path, bind):
    """What README says: tests that pass on PostgreSQL and on the bind, and how many fail for which reason."""
    with open(path) as readme:
        text = readme.read()
    total, lite, my = map(int, re.search(r"of (\d+) tests that pass on PostgreSQL (\d+) do so on SQLite and (\d+) on MariaDB", text).groups())
    table = re.findall(r"^\| (\d+) \| (both|MySQL) \| (.*?)(?:: .*)? \|$", text[text.index("| tests | where | why |"):], re.M)
    return total, {"lite": lite, "my": my}[bind], {(where.replace("MySQL", "my"), why.replace("`", "")): int(n) for n, where, why in table if bind == "my" or where == "both"}


bind = sys.argv[1]
plain, here = passed(sys.argv[2]), passed(sys.argv[3])
missing, listed, reasons = plain - here, set(), collections.Counter()
for where, name, reason, pattern in exceptions(bind):
    found = {test for test in plain if pattern.match(test)}
    listed |= found
    reasons[where, reason] += len(found)
    if not found:
        print(f"not ok compliance on {bind}: {name} of the exceptions is no test that passes on PostgreSQL")
for test in sorted(missing - listed)[:30]:
    print(f"not ok compliance on {bind}: {test}")
for test in sorted(listed - missing):
    print(f"not ok compliance on {bind}: {test} passes, but is one of the exceptions")
result = (len(plain), len(plain & here), dict(reasons))
if result != told(sys.argv[4], bind):
    print(f"not ok compliance on {bind}: README says {told(sys.argv[4], bind)}, it is {result}")
# nothing compares well with nothing
word = "ok" if len(plain) > 500 and len(missing - listed) <= 30 else "not ok"
print(f"{word} compliance on {bind}: {len(plain & here)} tests of {len(plain)} that pass on PostgreSQL")
