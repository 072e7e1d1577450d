"""Every guest test, on nopage: plain, with the laws checked, and with every nopage sleeping."""

import pytest
from conftest import ARCH, MODES
from nopage import guest


def runs():
    """Shared memory is also tested with every nopage sleeping between its look-up and its entry."""
    for program in guest.programs(ARCH):
        for mode in MODES:
            if mode != "sleepy" or "shm" in program:
                yield program, mode


@pytest.mark.parametrize("program, mode", runs())
def test_guest(program, mode, boots, record):
    outcome = boots.outcome(program, mode)
    problems = outcome.problems()
    for check in outcome.section.checks:
        for row in check.rows:
            if not check.skipped:
                record.add(row, program, check.passed and not problems)
    assert not problems, outcome.report()
