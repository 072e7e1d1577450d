"""The portable kernel code on the host, under sanitizers: tests/host, for words of 64 and of 32 bits."""

import glob
import os
import shutil
import subprocess

import pytest
from conftest import ROOT
from nopage import build, tap

COMPILERS = {"64": "gcc", "32": "i686-linux-gnu-gcc"}
PROGRAMS = sorted(os.path.basename(path)[:-2]
                  for path in glob.glob(os.path.join(ROOT, "tests", "host", "*_test.c")))


@pytest.fixture(scope="session")
def built():
    """built(target, tool) makes a part of the host tests, once, or skips the test for want of a tool."""
    made = set()

    def make(target, tool):
        if not shutil.which(tool):
            pytest.skip(f"no {tool} here")
        if target not in made:
            build.make(target, quiet=True)
            made.add(target)
    return make


@pytest.mark.parametrize("mode", ["plain", "check"])
@pytest.mark.parametrize("bits", COMPILERS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_host(program, bits, mode, built, record):
    built(f"host-tests-{bits}", COMPILERS[bits])
    section = run(f"{bits}/{program}", mode)
    problems = section.problems()
    for check in section.checks:
        for row in check.rows:
            record.add(row, program, check.passed and not problems)
    assert not problems, "\n".join(problems + [str(section)])


def run(program, *arguments):
    """A test program's TAP, and what the sanitizers said."""
    section = tap.Section(program)
    done = subprocess.run(
        [os.path.join(ROOT, "build", "host", program), *arguments], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False, text=True,
        errors="replace", env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    for line in done.stdout.splitlines():
        section.take(line)
    section.take(f"# status {done.returncode}")
    return section
