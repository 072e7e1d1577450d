"""What only the ARM port has: user memory shut to the kernel, a device tree that may be wrong."""

import pathlib
import re
import struct
import subprocess

import pytest
from conftest import ARCH
from nopage import build, cpio, guest, machine

NOTHING = cpio.files({"nothing": (cpio.FILE, b"")})
GUARDED = ["efault", "fork_cow", "shm_share", "shmctl_errors", "exec_args", "file_reads"]


def boot(args="", archive=NOTHING, **options):
    return machine.boot(build.kernel_path(ARCH), archive, args=args, arch=ARCH, timeout=20,
                        **options)


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


def damaged(tmp_path, *instructions):
    """The kernel, with these instructions carried out before its first."""
    image = bytearray(pathlib.Path(build.kernel_path(ARCH)).read_bytes())
    image += bytes(-len(image) % 4)
    words = [*instructions, struct.unpack_from("<I", image)[0]]
    struct.pack_into("<I", image, 0, branch(0, len(image)))
    image += struct.pack(f"<{len(words)}I", *words)
    image += struct.pack("<I", branch(len(image), 4))
    path = tmp_path / "kernel.bin"
    path.write_bytes(image)
    return path


def branch(at, to):
    return 0xea000000 | (to - at - 8) // 4 & 0xffffff


NO_TREE = [0xe3a02000]  # mov r2, #0
ZERO, ONES, FAR = 0xe3a00000, 0xe3e00000, 0xe3e0000f  # mov r0, #0; mvn r0, #0; mvn r0, #15


def store(word):
    return 0xe5820000 | word * 4  # str r0, [r2, #…]


@pytest.mark.parametrize("instructions, words", [
    (NO_TREE, "no usable device tree at 0x0"),
    ([ZERO, store(0)], "does not begin with a device tree's magic number"),
    ([ONES, store(1)], "its size or version"),
    ([FAR, store(2)], "a part of it lies outside of it"),
    ([FAR, store(3)], "a part of it lies outside of it"),
], ids=["missing", "magic", "size", "structure", "names"])
def test_damaged_device_tree(tmp_path, instructions, words):
    """No boot arguments then either, and no nonce: the runner knows the kernel's words."""
    result = machine.boot(damaged(tmp_path, *instructions), NOTHING, arch=ARCH, timeout=20)
    assert (result.kind, result.status) == (machine.PANIC, machine.CRASHED), result
    assert "no usable device tree" in result.kernel.decode(), result
    assert words in result.kernel.decode(), result


def test_an_archive_over_the_kernel(tmp_path):
    log, session = tmp_path / "console", tmp_path / "session.gdb"
    session.write_text("""tbreak frame_init
continue
set var boot_info.archive_start = boot_info.kernel_start + 0x2000
tbreak arch_halt
continue
""")
    done = subprocess.run(["./np", "gdb", "--timeout", "30", "--batch", session, "--log", log],
                          cwd=build.ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                          check=False)
    assert re.search(r"breakpoint \d+, arch_halt", done.stdout.decode()), done
    text = log.read_text()
    assert re.search("the archive at 0x[0-9a-f]+ overlaps the kernel", text), text
