"""Programs that are not nopage's: C compiled against Debian's musl and glibc, and Debian's own.

They are made with clang and lld from the headers and libraries of Debian's packages, for the port's
architecture. Raises debian.Unavailable where the packages, or the compiler, are not to be had.
"""

import pathlib
import shutil
import subprocess

from . import debian

# Static programs as Debian ships them: the package and the file in it.
READY = {
    "busybox": ("busybox-static", "bin/busybox"),           # glibc
    "bash": ("bash-static", "bin/bash-static"),             # glibc
    "sash": ("sash", "bin/sash"),                           # glibc
    "lksh": ("mksh", "bin/lksh"),                           # dietlibc or klibc
    "mksh": ("mksh", "usr/lib/klibc/bin/mksh"),             # klibc
}
LIBRARIES = ["musl-dev", "libc6-dev", "linux-libc-dev", "gcc>gcc-[0-9]+>libgcc-[0-9]+-dev"]
PACKAGES = sorted({package for package, _ in READY.values()}) + LIBRARIES


class Port:
    """What the compiler must know of a port, in the names that Debian uses."""

    def __init__(self, target, flags, emulation, glibc, musl, gcc):
        self.target = target        # the compiler's name of the machine
        self.flags = flags
        self.emulation = emulation  # the linker's
        self.directory = {"glibc": glibc, "musl": musl}
        self.gcc = gcc              # where libgcc lies


PORTS = {
    "x86": Port("i686-linux-gnu", ["-march=i686"], "elf_i386",
                "i386-linux-gnu", "i386-linux-musl", "i686-linux-gnu"),
    "arm": Port("arm-linux-gnueabihf", ["-march=armv7-a", "-mfpu=vfpv3-d16"], "armelf_linux_eabi",
                "arm-linux-gnueabihf", "arm-linux-musleabihf", "arm-linux-gnueabihf"),
}
LIBCS = ("glibc", "musl")


def ready(arch):
    """{name: path} of Debian's own static programs."""
    tree = debian.tree(arch, PACKAGES)
    return {name: str(tree / path) for name, (_, path) in READY.items()}


def program(arch, libc, source, target, *, pie=False, options=()):
    """Compile one C file into a static program with the C library of that name."""
    for tool in ("clang", "ld.lld"):
        if not shutil.which(tool):
            raise debian.Unavailable(f"no {tool} to compile with")
    tree = debian.tree(arch, PACKAGES)
    port = PORTS[arch]
    thing = f"{target}.o"
    _run("clang", f"--target={port.target}", *port.flags, *_headers(tree, port, libc),
         "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIE" if pie else "-fno-pie",
         "-c", "-o", thing, source)
    library = tree / "usr/lib" / port.directory[libc]
    runtime = next(pathlib.Path(tree).glob(f"usr/lib/gcc/{port.gcc}/*"))
    movable = ["-pie", "--no-dynamic-linker", "-z", "text"] if pie else []
    _run("ld.lld", "-m", port.emulation, "-static", *movable, *options, "-o", target,
         library / ("rcrt1.o" if pie else "crt1.o"), library / "crti.o", thing,
         f"-L{library}", f"-L{runtime}", "--start-group", "-lc", "-lm", "-lgcc", "-lgcc_eh",
         "--end-group", library / "crtn.o")


def _headers(tree, port, libc):
    """The C library's headers, then the compiler's own, and no others."""
    include = tree / "usr/include"
    name = port.directory[libc]
    own = [include, include / name] if libc == "glibc" else [include / name]
    compiler = subprocess.run(["clang", "-print-file-name=include"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout.strip()
    return ["-nostdinc"] + [word for path in [*own, compiler] for word in ("-isystem", str(path))]


def _run(*command):
    done = subprocess.run([str(word) for word in command], check=False, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}")
