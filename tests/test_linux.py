"""Every guest test of a Linux call, the same ELF file on Linux: line by line the same TAP.

Where nopage answers differently on purpose, tests/linux/differences.txt lists the line and why.
"""

import fnmatch
import os

import pytest
from conftest import ARCH
from nopage import guest, linux, tap

LIST = os.path.join(os.path.dirname(__file__), "linux", "differences.txt")


def differences():
    """The lines of the list: (program, pattern, reason)."""
    with open(LIST, encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    return [tuple(field.strip() for field in line.split("|", 2))
            for line in lines if line and not line.startswith("#")]


LISTED = differences()
ONLY_HERE = {program for program, pattern, _ in LISTED if pattern == "*"}


def programs():
    return [name for name in guest.programs(ARCH) if name not in ONLY_HERE]


@pytest.mark.parametrize("program", programs())
def test_linux(program, boots):
    try:
        theirs = boots.on_linux(program)
    except linux.Unavailable as reason:
        pytest.skip(f"Linux is not to be had here: {reason}")
    ours = boots.outcome(program, "plain").section
    patterns = {pattern for name, pattern, _ in LISTED if name == program}
    used = set()
    problems = compare(ours, theirs, patterns, used)
    problems += [f"listed as a difference, but there is none: {p}" for p in patterns - used]
    # A listed difference makes the program's own status 1 there.
    problems += [f"on Linux {fault}" for fault in theirs.faults()
                 if not (used and fault == "it ended with status 1")]
    assert not problems, "\n".join([f"{program}:"] + problems + ["--- on Linux ---", str(theirs)])


def compare(ours, theirs, patterns, used):
    """The differences that nobody listed; patterns that did match go into used."""
    problems = []
    answers = {check.number: check for check in theirs.checks}
    for check in ours.checks:
        answer = answers.pop(check.number, None)
        if answer and (answer.skipped or check.skipped) and answer.description == check.description:
            continue
        if str(answer) == str(check):
            continue
        listed = {p for p in patterns if fnmatch.fnmatchcase(check.description, p)}
        used |= listed
        if not listed:
            problems.append(f"here:     {check}\non Linux: {answer or 'nothing'}")
    return problems + [f"only on Linux: {answer}" for answer in answers.values()]


def test_every_difference_names_a_test():
    assert {program for program, _, _ in LISTED} <= set(guest.all_programs())
    assert all(reason for _, _, reason in LISTED)


# ---- The judge itself --------------------------------------------------------------------------


def section(*lines):
    made = tap.Section("a")
    for line in lines:
        made.take(line)
    return made


def test_a_difference_is_seen():
    ours = section("ok 1 - S05 one", "ok 2 - S06 two", "1..2")
    assert not compare(ours, ours, set(), set())
    assert compare(ours, section("ok 1 - S05 one", "not ok 2 - S06 two"), set(), set())
    assert compare(ours, section("ok 1 - S05 one", "ok 2 - S06 other"), set(), set())
    assert compare(ours, section("ok 1 - S05 one"), set(), set())
    assert compare(section("ok 1 - S05 one"), ours, set(), set())


def test_a_listed_difference_is_let_through():
    ours, theirs = section("ok 1 - S05 one"), section("not ok 1 - S05 one")
    used = set()
    assert not compare(ours, theirs, {"S05 *", "S06 *"}, used)
    assert used == {"S05 *"}


def test_what_one_kernel_skips_is_no_difference():
    skipped = section("ok 1 - S17 one # SKIP not on this kernel")
    assert not compare(section("ok 1 - S17 one"), skipped, set(), set())
    assert compare(section("ok 1 - S17 other"), skipped, set(), set())


def test_no_package_source(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(linux.Unavailable, match="apt-get"):
        linux.kernel(ARCH)
