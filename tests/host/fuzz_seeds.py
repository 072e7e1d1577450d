#!/usr/bin/env python3
"""Seeds for the fuzzers: fuzz_seeds.py DIRECTORY

Makes DIRECTORY/archive and DIRECTORY/image with one good input in each.
"""

import os
import struct
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tools"))

from nopage import cpio  # noqa: E402 (after the path is set)


def archive():
    old = cpio.files({"bin/sh": (cpio.PROGRAM, b"old"), "etc/run": (cpio.FILE, b"x\0y\0")})
    return old + cpio.files({"bin/sh": (cpio.PROGRAM, b"the newer")})


def image():
    """The headers, a page of text, data with a bss."""
    text, data = 0x08048000, 0x0804a800
    header = struct.pack("<4s5B7x2H5I6H", b"\x7fELF", 1, 1, 1, 0, 0, 2, 3, 1, text + 116, 52, 0, 0,
                         52, 32, 2, 0, 0, 0)
    program = struct.pack("<8I", 1, 0, text, text, 200, 200, 5, 4096)
    program += struct.pack("<8I", 1, 200, data, data, 100, 9000, 6, 4096)
    return (header + program).ljust(300, b"\x90")


if __name__ == "__main__":
    for make in (archive, image):
        directory = os.path.join(sys.argv[1], make.__name__)
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, "good"), "wb") as file:
            file.write(make())
