"""Real Linux as the oracle: Debian's own kernel for the port, booted with the same static programs.

The kernel is kept in a cache directory. Where it is not to be had, Unavailable says why.
"""

import os
import pathlib
import re
import subprocess
import tempfile

from . import build, cpio, debian, machine
from .debian import Unavailable  # noqa: F401 (it is this module's too)

PACKAGE = {"x86": "linux-image-686", "arm": "linux-image-armmp"}
EMULATOR = {
    "x86": ["qemu-system-i386", "-M", "pc"],
    "arm": ["qemu-system-arm", "-M", "virt", "-cpu", "cortex-a15"],
}
CONSOLE = {"x86": "ttyS0", "arm": "ttyAMA0"}

# The fastest Linux that a command line can give.
FAST = """
    quiet mitigations=off nopti nokaslr norandmaps audit=0 selinux=0 apparmor=0 lsm=
    cgroup_disable=memory init_on_alloc=0 init_on_free=0 randomize_kstack_offset=off
    hardened_usercopy=off slub_debug=- psi=0 noautogroup transparent_hugepage=never preempt=none
    nowatchdog page_poison=0 kfence.sample_interval=0 skew_tick=0 tsc=reliable
    cryptomgr.notests=1 noisapnp""".split()

# Nothing of the kernel's own between a program's lines, and an end to the run if it dies.
QUIET = ["quiet", "loglevel=0", "panic=-1"]

NODES = [(name, cpio.DIRECTORY, b"") for name in ("dev", "proc", "tmp")]
NODES.append(("dev/console", 0o020600, (5, 1)))


class Died(Exception):
    """Linux did not come to the end of the run; the message holds its last lines."""


def kernel(arch):
    """The path of Debian's kernel for the port, fetched if it is not in the cache yet."""
    path = debian.cache() / f"vmlinuz-{PACKAGE[arch]}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as directory:
            root = pathlib.Path(directory)
            # The package without a version in its name depends on the newest one with.
            package = debian.Apt(arch, root / "apt").download(rf"{PACKAGE[arch]}>linux-image-\S+")
            debian.open_package(package, root, "./boot/vmlinuz-*")
            os.replace(next(root.glob("boot/vmlinuz-*")), path)
    return path


def run(arch, archive, argv, exact=False, timeout=300):
    """Boot Linux with an archive (bytes) and run one program of it, argv.

    exact  count instructions, with everything off that makes Linux slower
    Returns what the program printed, and its status as wait(2) gives it.
    """
    with open(os.path.join(build.directory(arch), "tests", "linux", "init"), "rb") as file:
        own = {"init": (cpio.PROGRAM, file.read())}
    words = [f"console={CONSOLE[arch]}"] + (FAST if exact else QUIET)
    with tempfile.NamedTemporaryFile() as initramfs:
        initramfs.write(archive + cpio.pack(NODES) + build.run_archive(argv, own))
        initramfs.flush()
        command = EMULATOR[arch] + (machine.ICOUNT[arch] if exact else [])
        command += "-m 256 -nographic -no-reboot -monitor none -serial stdio -nic none".split()
        command += ["-kernel", kernel(arch), "-initrd", initramfs.name, "-append", " ".join(words)]
        return _split(_output_of(command, timeout))


def _output_of(command, timeout):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=timeout, check=False)
    except subprocess.TimeoutExpired as late:
        said = _tail(late.stdout or b"")
        raise Died(f"Linux was still running after {timeout} s:\n{said}") from None
    if done.returncode:
        raise Died(f"{command[0]}: status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def _split(output):
    text = output.decode(errors="replace").replace("\r", "")
    ran = re.search(r"\noracle: start\n(.*)\noracle: wait status (-?\d+)\n", text, re.DOTALL)
    if not ran:
        raise Died(f"Linux ended before the run did:\n{_tail(output)}")
    return ran[1], int(ran[2])


def _tail(output):
    return "\n".join(output.decode(errors="replace").splitlines()[-15:])
