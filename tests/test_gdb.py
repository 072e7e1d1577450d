"""The debugger: one command, no question, and a page fault followed back to its store."""

import os
import re
import subprocess

import pytest

from nopage import build

HERE = os.path.join(build.ROOT, "tests", "gdb")
SESSION = os.path.join(HERE, "fault.gdb")
PROGRAM = os.path.join(HERE, "touch.c")


def gdb(session, *words):
    """A batch session: what gdb printed, and its status."""
    done = subprocess.run(["./np", "gdb", "--timeout", "50", "--batch", session, *words],
                          cwd=build.ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=100, check=False)
    return done.stdout.decode(), done.returncode


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    log = tmp_path_factory.mktemp("gdb") / "console"
    text, status = gdb(SESSION, "--log", str(log), PROGRAM)
    assert status == 0, text
    return text


def test_the_rooms_come_in_order(tour):
    rooms = ["main ()", "trap_14 ()", "trap_page_fault (", "vm_fault (", "shm_nopage (",
             "mmu_map (", "main ()"]
    stops = re.findall(
        r"^(?:Temporary breakpoint \d+, |Breakpoint \d+, )?(\w+ \(.*\) at .*)$", tour,
        re.MULTILINE)
    seen = iter(stops)
    assert all(any(stop.startswith(room) for stop in seen) for room in rooms), stops


def test_one_backtrace_shows_the_whole_way(tour):
    frames = re.findall(r"^#\d+ +(?:0x\w+ in )?(\w+) \(", tour, re.MULTILINE)
    way = ["shm_nopage", "vm_fault", "trap_page_fault"]
    seen = iter(frames)
    assert all(name in seen for name in way), tour


def test_the_store_is_retried_and_goes_through(tour):
    page = re.search(r"\$1 = \(volatile int \*\) (0x\w+)", tour)[1]
    assert f"$2 = {page}\n" in tour  # CR2 holds the address that the store missed
    assert len(re.findall(r"^Breakpoint 1, main \(\)", tour, re.MULTILINE)) == 2
    assert re.search(r"\$\d+ = 42\n", tour)


def test_a_breakpoint_in_any_program_of_the_archive(tmp_path):
    session = tmp_path / "session.gdb"
    session.write_text("program echo\nbreak main if argc == 2\ncontinue\nprint argv[1]\n")
    text, status = gdb(str(session), "--log", str(tmp_path / "log"), "--", "echo", "hello")
    assert status == 0 and '"hello"' in text, text
