"""ipcs and ipcrm beside util-linux's: the same words, byte for byte.

Our own programs are static Linux programs. Where the host is Linux and runs i386 programs, both are
asked about the same objects, in an IPC namespace of their own.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from conftest import ARCH
from nopage import build

OBJECTS = os.path.join(os.path.dirname(__file__), "linux", "ipc_objects.py")
PRIVATE = ["unshare", "--user", "--map-root-user", "--ipc"]
VERSIONS = ("util-linux 2.38", "util-linux 2.39")

IPCS = [
    "", "-m", "-q", "-s", "-a", "-mq", "-t", "-p", "-c", "-l", "-u", "-b", "--human", "-m -b",
    "-m --human", "-q --human", "-l -b", "-l --human", "-u --human", "-u -b", "-t -m", "-p -s",
    "-c -q", "--human -b", "-b --human", "-m -t -c", "-m -i 0", "-m -i 1 --human", "-m -i 1 -b",
    "-m -i 5", "-q -i 0", "-q -i 1", "-q -i 1 --human", "-s -i 0", "-s -i 1", "-i 0", "-m -q -i 0",
    "-m -i 77", "-s -i 77", "-q -i 77", "-i", "-i x -m", "-m -i 99999999999", "-x", "--foo", "--s",
    "--sh", "--all=3", "--id", "--id=0 -m", "--limits --bytes", "--pid --queues", "word"]

IPCRM = [
    "", "-x", "foo", "-m", "-m x", "-m 77", "-M 0", "-M 0x77", "-M zz", "shm", "shm x", "shm 77 78",
    "shm 0", "-v -m 1", "-q 5", "-s 5 -q 0", "-v -S 0x99", "-a=foo", "--all=foo", "-vM 4662",
    "-vS 4667 -Q 4666", "-ashm", "--all=sem -v", "-av", "sem 5", "msg", "-m 99999999999",
    "-M 99999999999999999999", "-m 1 extra", "--shmem-id=4 --queue-key 5", "-v -a", "-a"]


def why_not():
    """Why there is nothing to compare with here; "" if there is."""
    def runs(*command):
        try:
            return subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError:
            return None

    if ARCH != "x86" or not sys.platform.startswith("linux"):
        return "needs Linux, and our programs for i386"
    theirs = runs("ipcs", "-V")
    if not theirs or not any(version in theirs.stdout for version in VERSIONS):
        return "needs the ipcs of " + " or ".join(VERSIONS)
    ours = runs(*PRIVATE, ours_of("true")) if shutil.which("unshare") else None
    return "" if ours and ours.returncode == 0 else "needs user namespaces, and i386 programs"


def ours_of(program):
    return os.path.join(build.directory("x86"), "user", program)


def ask(lines, *programs):
    """What each program says to each line of options, about objects made for this."""
    done = subprocess.run([*PRIVATE, sys.executable, OBJECTS, *programs], check=True, timeout=60,
                          input="\n".join(lines) + "\n", stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module", autouse=True)
def comparable():
    reason = why_not()
    if reason:
        pytest.skip(reason)


@pytest.mark.rows("E03")
def test_ipcs_says_the_same():
    answers = ask(IPCS, ours_of("ipcs"), shutil.which("ipcs"))
    assert {line: ours for line, (ours, _) in zip(IPCS, answers)} == {
        line: theirs for line, (_, theirs) in zip(IPCS, answers)}


@pytest.mark.rows("E03")
def test_ipcrm_says_the_same():
    """The order matters, as what is removed has gone: each program gets objects of its own."""
    ours, theirs = (ask(IPCRM, program) for program in (ours_of("ipcrm"), shutil.which("ipcrm")))
    assert dict(zip(IPCRM, ours)) == dict(zip(IPCRM, theirs))
