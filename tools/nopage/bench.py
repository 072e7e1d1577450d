"""Takes the figures of tests/bench: guest instructions an operation, exact and repeatable."""

import os
import re
import struct

from . import build, cpio, linux, machine

PROGRAM = "bench"
MEMORY_KIB = 256 * 1024
PT_LOAD = 1


class Failed(Exception):
    """The benchmark did not come to its end; the message says how it did end."""


def here(arch=build.ARCH):
    """{name: figure} on nopage."""
    with open(build.archive_path(arch), "rb") as file:
        archive = file.read()
    archive += _own_archive(arch) + build.run_archive([f"/{PROGRAM}"])
    result = machine.boot(build.kernel_path(arch), archive, arch=arch, icount=True, timeout=300)
    if result.kind != machine.EXIT or result.status != 0:
        raise Failed(f"the benchmark on nopage: {result.words()}\n"
                     f"{(result.stdout + result.kernel).decode(errors='replace')[-2000:]}")
    figures = _figures(result.stdout.decode(), len(archive))
    figures["kmain_to_init"] = _kmain_to_init(result.kernel.decode(errors="replace"))
    figures["image_bytes"] = image_bytes(build.symbols_path(arch))
    return figures


def on_linux(arch=build.ARCH):
    """{name: figure} of the same program on Debian's kernel. Raises linux.Unavailable."""
    output, status = linux.run(arch, _own_archive(arch), [f"/{PROGRAM}"], exact=True)
    if status != 0:
        raise Failed(f"the benchmark on Linux ended with wait status {status}:\n{output[-2000:]}")
    return _figures(output, 0)


def _own_archive(arch):
    with open(os.path.join(build.directory(arch), "tests", "bench", PROGRAM), "rb") as file:
        return cpio.files({PROGRAM: (cpio.PROGRAM, file.read())})


def _figures(output, archive_bytes):
    figures = {name: int(value) for name, value in re.findall(r"^(\w+)\t(\d+)\r?$", output, re.M)}
    # The archive is the machine's disk, not memory that the kernel uses.
    used = MEMORY_KIB - figures.pop("free_kib") - archive_bytes // 1024
    return {**figures, "ram_used_kib": used}


def _kmain_to_init(said):
    """The kernel tells in its boot lines how long it took; a cycle is an instruction here."""
    found = re.search(r"up after (\d+) cycles", said)
    if not found:
        raise Failed(f"no boot line tells how long the kernel took:\n{said[-2000:]}")
    return int(found[1])


def image_bytes(kernel):
    """What of the kernel's file is loaded: headers, symbols and debug information are not."""
    with open(kernel, "rb") as file:
        image = file.read()
    offset, size, count = struct.unpack_from("<28xI10xHH", image)
    headers = (struct.unpack_from("<8I", image, offset + i * size) for i in range(count))
    return sum(header[4] for header in headers if header[0] == PT_LOAD)


def bounds(arch=build.ARCH):
    """The port's bounds: (name, bound, why)."""
    path = os.path.join(build.ROOT, "tests", "bench", arch, "bounds.txt")
    with open(path, encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    fields = (line.split(None, 2) for line in lines if line and not line.startswith("#"))
    return [(name, bound, " ".join(remark)) for name, bound, *remark in fields]


def most(bound, figures):
    """A bound as a number: itself, or FACTOR*NAME of another figure."""
    factor, _, name = bound.partition("*")
    return float(factor) * (figures[name] if name else 1)
