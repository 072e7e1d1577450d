#!/usr/bin/env python3
"""./np iso: write a disc image that boots to the shell on a PC: iso.py [IMAGE]"""

import os
import sys
import tempfile

from nopage import build, disc


def main():
    arch = build.ARCH
    if arch not in disc.PORTS:
        sys.exit(f"np: {disc.NO_DISC}")
    image = sys.argv[1] if len(sys.argv) > 1 else os.path.join(build.directory(arch), "nopage.iso")
    try:
        build.make("kernel", "archive", arch=arch)
        with open(build.archive_path(arch), "rb") as file:
            archive = file.read()
        with tempfile.TemporaryDirectory(prefix="nopage-") as scratch:
            disc.write(os.path.abspath(image), build.kernel_path(arch), archive, "", scratch)
    except build.BuildFailed as error:
        sys.exit(f"np: {error}")
    print(f"{os.path.relpath(image)}: boot it with qemu-system-i386 -cdrom, or ./np run --boot iso")


if __name__ == "__main__":
    main()
