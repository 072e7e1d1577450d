"""What only the ARM port has: user memory shut to the kernel, a device tree that may be wrong."""

import re
import subprocess

import pytest
from conftest import ARCH
from nopage import build, cpio, guest, machine

NOTHING = cpio.files({"nothing": (cpio.FILE, b"")})
GUARDED = ["efault", "fork_cow", "shm_share", "shmctl_errors", "exec_args", "file_reads"]


def boot(args="", archive=NOTHING, **options):
    return machine.boot(build.kernel_path(ARCH), archive, args=args, arch=ARCH, timeout=20, **options)


def test_the_kernel_cannot_touch_user_memory_under_guard():
    result = boot("bug=user guard=1")
    assert result.kind == machine.PANIC and b"domain fault" in result.kernel, result
    assert b"arch_bug" in result.kernel


def test_without_guard_it_can():
    assert b"arch_bug" not in boot("bug=user").kernel


def test_the_kernels_text_cannot_be_written():
    result = boot("bug=text")
    assert result.kind == machine.PANIC and b"page fault in the kernel" in result.kernel, result


@pytest.mark.rows("V08")
@pytest.mark.parametrize("args", ["guard=1", "guard=1 check=1 sleepy=1"])
def test_guest_tests_pass_under_guard(args):
    for outcome in guest.run(GUARDED, args, ARCH).values():
        assert not outcome.problems(), outcome.report()


@pytest.mark.parametrize("cpu", ["cortex-a7", "cortex-a15"])
def test_processors(cpu):
    with open(build.archive_path(ARCH), "rb") as file:
        archive = file.read() + build.run_archive(["/bin/echo", "hello"])
    assert boot(archive=archive, options=["-cpu", cpu]).stdout == b"hello\n"


# ---- What the machine says at boot, and gets wrong -------------------------------------------


def test_little_memory_is_named():
    result = boot(memory=1)
    assert result.kind == machine.PANIC and b"too little memory" in result.kernel, result


def changed_at_boot(tmp_path, *commands):
    """What the console shows when gdb's commands are carried out before the kernel's first word."""
    log = tmp_path / "console"
    session = tmp_path / "session.gdb"
    session.write_text("\n".join([*commands, "tbreak arch_halt", "continue"]) + "\n")
    done = subprocess.run(["./np", "gdb", "--timeout", "30", "--batch", session, "--log", log],
                          cwd=build.ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                          check=False)
    assert re.search(r"breakpoint \d+, arch_halt", done.stdout.decode()), done
    return log.read_text()


FIRST = ["tbreak *0x40010000", "continue"]


def test_no_device_tree(tmp_path):
    assert "no usable device tree at 0x0" in changed_at_boot(tmp_path, *FIRST, "set var $r2 = 0")


@pytest.mark.parametrize("damage", [
    "set var *(unsigned *)$r2 = 0",                       # not a device tree
    "set var ((unsigned *)$r2)[1] = 0xffffffff",          # a size beyond everything
    "set var ((unsigned *)$r2)[2] = 0xfffffff0",          # the structure lies elsewhere
    "set var ((unsigned *)$r2)[3] = 0xfffffff0",          # the names lie elsewhere
], ids=["magic", "size", "structure", "names"])
def test_damaged_device_tree(tmp_path, damage):
    assert "device tree" in changed_at_boot(tmp_path, *FIRST, damage)


def test_an_archive_over_the_kernel(tmp_path):
    text = changed_at_boot(tmp_path, "tbreak frame_init", "continue",
                           "set var boot_info.archive_start = boot_info.kernel_start + 0x2000")
    assert re.search("the archive at 0x[0-9a-f]+ overlaps the kernel", text), text
