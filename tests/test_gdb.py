"""The debugger: one command, no question, and a page fault followed back to its store."""

import os
import re
import subprocess

import pytest
from nopage import build

# As the book's reader types it, in the tree; the book shows x86.
SESSION = {"x86": "tests/gdb/fault.gdb", "arm": "tests/gdb/arm.gdb"}[build.ARCH]
# The port's own rooms, from the outer to the inner, and its register of the missed address.
ENTRY = {"x86": ["trap_14", "trap_page_fault"], "arm": ["trap_data_abort"]}[build.ARCH]
CALLER = {"x86": "trap_page_fault", "arm": "page_fault"}[build.ARCH]
in_the_book = pytest.mark.skipif(build.ARCH != "x86", reason="docs/fault.md shows x86")
PROGRAM = "tests/gdb/touch.c"
BOOK = os.path.join(build.ROOT, "docs", "fault.md")
BOOK_COMPILER = "clang version 14."  # whose code the book shows: others place things differently


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


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def words_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def book():
    """What docs/fault.md shows: the commands after (gdb), and gdb's answers."""
    blocks = re.findall(r"^```gdb\n(.*?)^```", text_of(BOOK), re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).splitlines()
    commands = [line[6:] for line in lines if line.startswith("(gdb) ")]
    return commands, comparable(line for line in lines if not line.startswith("(gdb) "))


def comparable(lines):
    """Without what differs from build to build: addresses, frame and line numbers, empty lines."""
    unstable = [(r"0x[0-9a-f]{3,}", "ADDRESS"), (r"\+\d+>", "+N>"),
                (r"\.(c|asm)(:|, line )\d+", r".\1:N"), (r"^\d+\t", "N\t"),
                (r"frame( ?= ?)\d+", r"frame\1N")]
    for pattern, name in unstable:
        lines = [re.sub(pattern, name, line) for line in lines]
    return [line for line in lines if line.strip()]


@in_the_book
def test_the_book_shows_these_commands():
    lines = text_of(os.path.join(build.ROOT, SESSION)).splitlines()
    assert book()[0] == [line for line in lines if line and not line.startswith("#")]


@in_the_book
def test_the_book_shows_these_answers(tour):
    assert f"./np gdb --batch {SESSION} {PROGRAM}" in text_of(BOOK)
    if build.TOOLCHAIN != "llvm" or BOOK_COMPILER not in words_of("clang", "--version"):
        pytest.skip(f"the answers in docs/fault.md are those of {BOOK_COMPILER}")
    answers = tour[tour.index("Breakpoint 1 at"):].splitlines()
    ending = ("Remote communication error", "[Inferior 1")  # the machine is still running
    answers = [line for line in answers if not line.startswith(ending)]
    assert comparable(answers) == book()[1]


def test_the_rooms_come_in_order(tour):
    rooms = ["main (", *ENTRY, "vm_fault (", "shm_nopage (", "mmu_map (", "main ("]
    stops = re.findall(
        r"^(?:Temporary breakpoint \d+, |Breakpoint \d+, )?(?:0x\w+ in )?(\w+ \(.*\) at .*)$", tour,
        re.MULTILINE)
    seen = iter(stops)
    assert all(any(stop.startswith(room) for stop in seen) for room in rooms), stops


def test_one_backtrace_shows_the_whole_way(tour):
    frames = re.findall(r"^#\d+ +(?:0x\w+ in )?(\w+) \(", tour, re.MULTILINE)
    way = ["shm_nopage", "vm_fault", CALLER]
    seen = iter(frames)
    assert all(name in seen for name in way), tour


def test_the_store_is_retried_and_goes_through(tour):
    page = re.search(r"\$1 = \(volatile int \*\) (0x\w+)", tour)[1]
    assert f"$2 = {page}\n" in tour  # the register holds the address that the store missed
    assert len(re.findall(r"reakpoint \d+, (?:0x\w+ in )?main \(\)", tour)) == 2
    assert re.search(r"\$\d+ = 42\n", tour)


def test_a_breakpoint_in_any_program_of_the_archive(tmp_path):
    session = tmp_path / "session.gdb"
    session.write_text("program echo\nbreak main if argc == 2\ncontinue\nprint argv[1]\n")
    text, status = gdb(str(session), "--log", str(tmp_path / "log"), "--", "echo", "hello")
    assert status == 0 and '"hello"' in text, text
