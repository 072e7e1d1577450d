"""Booting: with much memory and with little, with a damaged archive."""

import re

import pytest
from conftest import ARCH
from nopage import build, machine


def archive(argv):
    with open(build.archive_path(ARCH), "rb") as file:
        return file.read() + build.run_archive(argv)


def boot(archive_bytes, **options):
    return machine.boot(build.kernel_path(ARCH), archive_bytes, arch=ARCH, timeout=30, **options)


def test_a_program_runs():
    result = boot(archive(["/bin/echo", "hello"]))
    assert (result.kind, result.status, result.stdout) == (machine.EXIT, 0, b"hello\n"), result


@pytest.mark.parametrize("memory", [16, 256, 768])
def test_memory_is_used(memory):
    """All but the archive and what the kernel needs for itself: at least 768 MiB can be used."""
    files = archive(["/bin/cat", "/proc/meminfo"])
    result = boot(files, memory=memory)
    free = int(re.search(rb"MemFree:\s*(\d+) kB", result.stdout)[1]) * 1024
    assert (memory - 4 << 20) - len(files) <= free <= memory << 20, result


def test_more_memory_than_can_be_used():
    result = boot(archive(["/bin/echo", "hello"]), memory=3072)
    assert (result.kind, result.stdout) == (machine.EXIT, b"hello\n"), result


@pytest.mark.parametrize("memory", [2, 3])
def test_too_little_memory(memory):
    """A message and a status; or the emulator itself finds that it cannot load so much."""
    result = boot(archive(["/bin/echo", "hello"]), memory=memory)
    assert result.status in (machine.CRASHED, machine.NOT_STARTED), result
    said = (result.kernel.decode() + result.complaint).lower()
    assert "memory" in said or "could not load initrd" in said, result


@pytest.mark.parametrize("damage, word", [
    (lambda good: b"", "archive"),
    (lambda good: b"this is not an archive at all, it is a line of text", "archive"),
    (lambda good: good[:4], "archive"),
    (lambda good: good[:len(good) // 2], "archive"),
    (lambda good: good[:6] + b"zzzzzzzz" * 13 + good[110:], "archive"),
    (lambda good: good.replace(b"bin/init\0", b"bin/tini\0"), "init"),
    (lambda good: good.replace(b"\x7fELF", b"\x7fFLE"), "init"),
], ids=["missing", "text", "header cut", "half", "no numbers", "no init", "init no ELF"])
def test_damaged_archive(damage, word):
    result = boot(damage(archive(["/bin/echo", "hello"])))
    assert (result.kind, result.status) == (machine.PANIC, machine.CRASHED), result
    assert word in result.kernel.decode().lower(), result


@pytest.mark.rows("S01", "S04")
def test_number_of_segments():
    result = boot(archive(["/bin/cat", "/proc/sys/kernel/shmmni"]))
    assert result.stdout.decode().strip() == build.SHMMNI
