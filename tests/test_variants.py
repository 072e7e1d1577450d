"""Other builds: with few and with many segments."""

import os

import pytest
from conftest import ARCH
from nopage import build, guest


@pytest.mark.rows("S01")
@pytest.mark.parametrize("shmmni", ["128", "32768"])
def test_shmmni(shmmni):
    """The tests of shared memory pass whatever the number of segments."""
    build.make("kernel", f"SHMMNI={shmmni}", arch=ARCH, quiet=True)
    kernel = os.path.join(f"{build.directory(ARCH)}-shmmni{shmmni}", build.IMAGE[ARCH])
    programs = [name for name in guest.programs(ARCH) if "shm" in name and not guest.wants(name)]
    for outcome in guest.run(programs, arch=ARCH, kernel=kernel).values():
        assert not outcome.problems(), outcome.report()
