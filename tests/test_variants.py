"""Other builds: with few and with many segments."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.mark.rows("S01")
@pytest.mark.parametrize("shmmni", ["128", "32768"])
def test_shmmni(shmmni):
    """The tests of shared memory pass whatever the number of segments."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/test_guest.py", "-k", "plain and shm"], cwd=ROOT,
        env={**os.environ, "SHMMNI": shmmni}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0, done.stdout.decode()
