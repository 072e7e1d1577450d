"""Kernel code on the host, under sanitizers, with words of 64 and of 32 bits; two fuzzers."""

import glob
import os
import subprocess

import pytest
from conftest import ROOT
from nopage import build, tap

DIRECTORY = os.path.join(ROOT, "build", "host")
PROGRAMS = sorted(os.path.basename(path)[:-2]
                  for path in glob.glob(os.path.join(ROOT, "tests", "host", "*_test.c")))
# The ports' page tables on models of their CPUs: tests/host/port/mmu_test.c.
PROGRAMS += ["port_x86_test", "port_arm_test", "port_arm_one_asid_test"]
# What each part is made with; it must be able to make a program of this.
PARTS = {
    "host-tests-64": ["gcc", "-fsanitize=address,undefined", "-Wl,--wrap=x"],
    "host-tests-32": ["i686-linux-gnu-gcc", "-fsanitize=address,undefined", "-Wl,--wrap=x"],
    "host-fuzz": ["clang", "-fsanitize=fuzzer,address,undefined", "-Wl,--wrap=x"],
}
PROBE = {
    "host-fuzz": "int LLVMFuzzerTestOneInput(const char *b, unsigned long n) { return !b && n; }",
}
RUNS = 20000  # of each fuzzer: a few seconds


@pytest.fixture(scope="session")
def built():
    """built(part) makes a part of the host tests, once, or skips the test where the host cannot."""
    able = {}

    def make(part):
        if part not in able:
            able[part] = can_make(part)
            if able[part]:
                build.make(part, quiet=True)
        if not able[part]:
            pytest.skip(f"{PARTS[part][0]} with its sanitizers is not here")
    return make


def can_make(part):
    try:
        return subprocess.run(
            [*PARTS[part], "-x", "c", "-", "-o", os.devnull], text=True, stdout=subprocess.DEVNULL,
            input=PROBE.get(part, "int main(void) { return 0; }"), stderr=subprocess.DEVNULL,
            check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("mode", ["plain", "check"])
@pytest.mark.parametrize("bits", ["64", "32"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_host(program, bits, mode, built, record):
    built(f"host-tests-{bits}")
    section = tap.Section(program)
    done = run(os.path.join(bits, program), mode)
    for line in done.stdout.splitlines():
        section.take(line)
    section.take(f"# status {done.returncode}")
    problems = section.problems()
    for check in section.checks:
        for row in check.rows:
            record.add(row, program, check.passed and not problems)
    assert not problems, "\n".join(problems + [str(section)])


@pytest.mark.parametrize("what", ["archive", "image"])
def test_fuzz(what, built, tmp_path):
    """Any bytes as the archive, or as a program: from a good one on, the same way each time."""
    built("host-fuzz")
    done = run(os.path.join("fuzz", f"fuzz_{what}"), f"-runs={RUNS}", "-seed=1", "-timeout=10",
               f"-artifact_prefix={tmp_path}/", str(tmp_path),
               os.path.join(DIRECTORY, "fuzz", "seeds", what))
    assert done.returncode == 0, done.stdout


def run(program, *arguments):
    """Runs it to its end; what it and the sanitizers say is in stdout."""
    try:
        return subprocess.run(
            [os.path.join(DIRECTORY, program), *arguments], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False, text=True,
            errors="replace", env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    except OSError as error:
        pytest.skip(f"programs of this kind do not run here: {error.strerror}")
