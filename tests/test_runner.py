"""Broken guests, kernels and emulators: each ends in its own way, and is taken for no other."""

import os
import subprocess
import sys

import pytest
from conftest import ARCH, ROOT
from nopage import build, machine

# A deliberate bug, how the run ends, and a word that the kernel says.
BUGS = [
    ("panic", machine.PANIC, "panic"),
    ("assert", machine.PANIC, "assert"),
    ("null", machine.PANIC, "0x0000000"),
    ("double", machine.DOUBLE_FAULT, "double fault"),
    ("hang", machine.TIMEOUT, ""),
    ("reset", machine.RESET, ""),
]


def boot(args="", archive=None, timeout=10, **options):
    return machine.boot(build.kernel_path(ARCH), archive or build.archive_path(ARCH), args=args,
                        arch=ARCH, timeout=timeout, **options)


@pytest.mark.rows("V10")
@pytest.mark.parametrize("bug, kind, word", BUGS, ids=[bug[0] for bug in BUGS])
def test_broken_kernel(bug, kind, word):
    result = boot(f"bug={bug}", timeout=3 if kind == machine.TIMEOUT else 10)
    assert result.kind == kind, result
    assert result.status == machine.STATUS[kind]
    assert word in result.kernel.decode().lower()


@pytest.mark.rows("V10")
@pytest.mark.parametrize("bug", ["panic", "assert", "null", "double"])
def test_backtrace_names_functions(bug):
    assert "kmain" in boot(f"bug={bug}").kernel.decode()


def test_emulator_refuses():
    result = boot(options=["-no-such-option"])
    assert (result.kind, result.status) == (machine.NEVER_STARTED, machine.NOT_STARTED)


# ---- ./np run, as a person calls it -----------------------------------------------------------


def np_run(*words, stdin=b""):
    """Run ./np run with words; the finished process."""
    return subprocess.run([sys.executable, os.path.join(ROOT, "tools", "run.py"), *words],
                          input=stdin, capture_output=True, timeout=60, check=False, cwd=ROOT)


@pytest.fixture
def source(tmp_path):
    def write(text, name="program.c"):
        path = tmp_path / name
        path.write_text(text)
        return str(path)
    return write


HEADERS = "".join(f"#include <{name}.h>\n" for name in (
    "stdio", "stdlib", "string", "unistd", "signal", "sys/wait", "assert"))


@pytest.fixture
def program(source):
    """Compile and run a C program with the usual headers before it."""
    def run(text, *options, stdin=b"", arguments=()):
        path = source(HEADERS + text)
        return np_run("--timeout", "20", *options, path, "--", *arguments, stdin=stdin)
    return run


ENDINGS = [
    ("return 0;", 0, "status 0"),
    ("return 3;", 3, "status 3"),
    ("exit(255);", 255, "status 255"),
    ("abort();", 134, "SIGABRT"),
    ("*(volatile int *)8 = 1;", 139, "SIGSEGV"),
    ("kill(getpid(), SIGKILL);", 137, "SIGKILL"),
    ("assert(1 + 1 == 3);", 134, "SIGABRT"),
    ("((void (*)(void))0x40000000)();", 139, "SIGSEGV"),
    *{
        "x86": [
            ('__asm__("int3");', 133, "SIGTRAP"),
            ('__asm__("ud2");', 132, "SIGILL"),
            ('__asm__("cli");', 139, "SIGSEGV"),
            ("volatile int zero = 0; return 7 / zero;", 136, "SIGFPE"),
        ],
        "arm": [
            ('__asm__("bkpt");', 133, "SIGTRAP"),
            ('__asm__("udf #0");', 132, "SIGILL"),
            ('__asm__("mcr p15, 0, r0, c1, c0, 0");', 132, "SIGILL"),
            ('__asm__("add r0, sp, #1; ldrex r1, [r0]" ::: "r0", "r1");', 135, "SIGBUS"),
        ],
    }[ARCH],
]


@pytest.mark.parametrize("body, status, words", ENDINGS, ids=[ending[0] for ending in ENDINGS])
def test_status(body, status, words, program):
    run = program(f"int main(void) {{ {body} return 99; }}")
    assert run.returncode == status, run.stderr.decode()
    assert words in run.stderr.decode().splitlines()[-1]


@pytest.mark.rows("V06")
def test_out_of_time(program):
    run = program("int main(void) { for (;;) ; }", "--timeout", "2")
    assert run.returncode == 124
    assert "out of time" in run.stderr.decode().splitlines()[-1]


def test_does_not_compile(program):
    run = program("int main(void) { return no_such_name; }")
    assert run.returncode == 125
    assert "no_such_name" in run.stderr.decode()


def test_bytes_are_exact(program):
    text = """int main(void) {
        for (int i = 0; i < 256; i++) putchar(i);
        return 0; }"""
    assert program(text, "--quiet").stdout == bytes(range(256))


def test_guest_cannot_fake_a_report(program):
    """A program that prints what looks like the kernel's reports is still only a program."""
    forged = r"\0350123456789abcdef!panic\n\035!exit 0\n\035"
    run = program(f'int main(void) {{ printf("{forged}"); fflush(stdout); return 5; }}', "--quiet")
    assert run.returncode == 5
    assert run.stdout == forged.encode().decode("unicode_escape").encode()


@pytest.mark.rows("V09")
def test_a_fatal_fault_explains_itself(program):
    run = program("int main(void) { *(volatile char *)0xdeadb000 = 1; return 0; }")
    said = run.stderr.decode()
    assert "program" in said and "0xdeadb000" in said
    assert "write" in said


@pytest.mark.rows("V11")
def test_unknown_calls_are_told_once(program):
    """Once for each number and program; calls that are there are passed over in silence."""
    text = """#include <sys/syscall.h>
    int main(void) {
        for (int i = 0; i < 3; i++)
            if (syscall(511) != -1 || syscall(100000) != -1) return 1;
        if (fork() == 0) { syscall(511); syscall(510); return 0; }
        wait(0);
        return syscall(SYS_getpid) != getpid(); }"""
    run = program(text, "--trace", "enosys")
    told = [line for line in run.stderr.decode().splitlines() if line.startswith("enosys")]
    assert run.returncode == 0 and told == [
        "enosys pid 2 program: no system call 511",
        "enosys pid 2 program: no system call 100000",
        "enosys pid 3 program: no system call 510"]
    assert b"enosys" not in program(text).stderr
