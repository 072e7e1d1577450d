"""What is built and where: the tree's own parts by make, a user's program by the same flags."""

import fcntl
import glob
import os
import pathlib
import subprocess
import sys

from . import cpio

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PORTS = sorted(os.path.basename(os.path.dirname(path))
               for path in glob.glob(os.path.join(ROOT, "arch", "*", "port.mk")))
ARCH = os.environ.get("ARCH", "x86")
TOOLCHAIN = os.environ.get("TOOLCHAIN", "llvm")
SHMMNI = os.environ.get("SHMMNI", "4096")  # make reads it from the environment too


class BuildFailed(Exception):
    """The compiler or make said what is wrong, on stderr."""


def directory(arch=ARCH):
    variant = "" if SHMMNI == "4096" else f"-shmmni{SHMMNI}"
    return os.path.join(ROOT, "build", f"{arch}-{TOOLCHAIN}{variant}")


# What the port's emulator boots.
IMAGE = {"x86": "kernel.elf", "arm": "kernel.bin"}


def kernel_path(arch=ARCH):
    return os.path.join(directory(arch), IMAGE[arch])


def symbols_path(arch=ARCH):
    """The kernel as an ELF file, whatever is booted."""
    return os.path.join(directory(arch), "kernel.elf")


def archive_path(arch=ARCH):
    """What every boot needs: the programs of user/."""
    return os.path.join(directory(arch), "archive.cpio")


def tests_archive(arch=ARCH):
    """The archive with the guest tests in /tests, as bytes."""
    parts = [archive_path(arch), os.path.join(directory(arch), "tests.cpio")]
    return b"".join(pathlib.Path(part).read_bytes() for part in parts)


def make(*targets, arch=ARCH, quiet=False):
    """Bring targets up to date; what make says goes to stderr, or nowhere unless it fails.

    Whoever else does so in this tree at the same time is waited for.
    """
    command = ["make", "-C", ROOT, "--no-print-directory", f"-j{os.cpu_count() or 1}",
               f"ARCH={arch}", f"TOOLCHAIN={TOOLCHAIN}", f"PYTHON={sys.executable}", *targets]
    # Stand-alone, whoever calls us: another make's job server is not ours.
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    output = subprocess.PIPE if quiet else sys.stderr.fileno()
    os.makedirs(os.path.join(ROOT, "build"), exist_ok=True)
    with open(os.path.join(ROOT, "build", ".lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                              env=environment, check=False)
    if made.returncode != 0:
        if quiet:
            sys.stderr.buffer.write(made.stdout + (made.stderr or b""))
        raise BuildFailed(f"the build failed: make {' '.join(targets)}")


def program(sources, target, scratch, arch=ARCH):
    """Compile and link any mixture of C files into one static ELF at target."""
    compiler, linker = (_flags(name, arch) for name in ("cc.flags", "ld.flags"))
    objects = []
    for number, source in enumerate(sources):
        objects.append(os.path.join(scratch, f"{number}.o"))
        _tool(compiler + ["-c", "-o", objects[-1], source])
    libc = os.path.join(directory(arch), "libc.a")
    _tool(linker + ["-o", os.path.abspath(target), *objects, libc], cwd=ROOT)


def run_archive(argv, files=()):
    """The small archive that makes init run argv: /etc/run, and files {path: (mode, data)}."""
    contents = dict(files)
    if argv:
        contents["etc/run"] = (cpio.FILE, b"".join(word.encode() + b"\0" for word in argv))
    return cpio.files(contents)


def _flags(name, arch):
    """A command made by the Makefile, one word a line; its include paths count from ROOT."""
    with open(os.path.join(directory(arch), name), encoding="utf-8") as file:
        words = file.read().splitlines()
    return ["-I" + os.path.join(ROOT, word[2:]) if word.startswith("-I") else word
            for word in words]


def _tool(command, cwd=None):
    if subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise BuildFailed(f"the build failed: {command[0]}")
