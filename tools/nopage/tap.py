"""What guest tests print: TAP, and around it what tests/guest/run_tests says of each program."""

import re

RESULT = re.compile(r"(not )?ok (\d+)(?: - (.*?))?\s*$")
PLAN = re.compile(r"1\.\.(\d+)$")
TEST = re.compile(r"# test (\S+)$")
ENDING = re.compile(r"# (status (\d+)|signal \d+|timeout)$")
LEAK = re.compile(r"# leak (.*)$")
ROWS = re.compile(r"(?:[A-Z]\d\d[, ]+)+")


class Check:
    """One `ok` or `not ok` line."""

    def __init__(self, match):
        self.passed = not match[1]
        self.number = int(match[2])
        text, _, directive = (match[3] or "").partition(" # ")
        self.skipped = directive.upper().startswith("SKIP")
        self.description = text.strip()

    @property
    def rows(self):
        """The rows of docs/features.md that the description names, at its start."""
        named = ROWS.match(self.description + " ")
        return re.findall(r"[A-Z]\d\d", named[0]) if named else []

    def __str__(self):
        return f"{'ok' if self.passed else 'not ok'} {self.number} - {self.description}"


class Section:
    """What one test program printed, from `# test PROGRAM` on."""

    def __init__(self, program):
        self.program = program
        self.lines = []
        self.checks = []
        self.plans = []
        self.ending = None  # "status 0", "signal 11", "timeout"; None: it did not come to its end
        self.leaks = []

    def take(self, line):
        self.lines.append(line)
        if match := RESULT.match(line):
            self.checks.append(Check(match))
        elif match := PLAN.match(line):
            self.plans.append(int(match[1]))
        elif match := ENDING.match(line):
            self.ending = match[1]
        elif match := LEAK.match(line):
            self.leaks.append(match[1])

    def problems(self):
        """Every reason why this is no success, as sentences; none: it passed."""
        return [f"failed: {check}" for check in self.checks if not check.passed] + self.faults()

    def faults(self):
        """The problems that are not a matter of single checks."""
        found = []
        if not self.lines:
            found.append("it printed nothing")
        if self.ending is None:
            found.append("it did not come to its end")
        elif self.ending != "status 0":
            found.append(f"it ended with {self.ending}")
        if not self.plans:
            found.append("no plan: it ended before done()")
        elif len(self.plans) > 1:
            found.append("more than one plan: two processes ran to the end")
        elif self.plans[0] == 0:
            found.append("it checks nothing")
        elif [check.number for check in self.checks] != list(range(1, self.plans[0] + 1)):
            found.append(f"planned 1..{self.plans[0]}, got "
                         + (" ".join(str(check.number) for check in self.checks) or "none"))
        found += [f"it left something behind: {leak}" for leak in self.leaks]
        return found

    def __str__(self):
        return "\n".join(self.lines)


def sections(text):
    """The sections of a run's output, by program name without its directory."""
    found = {}
    current = None
    for line in text.replace("\r", "").split("\n"):
        if match := TEST.match(line):
            name = match[1].rpartition("/")[2]
            current = found[name] = Section(name)
        elif line == "# end":
            current = None
        elif current and line:
            current.take(line)
    return found
