#!/usr/bin/env python3
"""Pack a directory into a newc cpio archive: initrd.py ARCHIVE DIRECTORY"""

import sys

from nopage import cpio


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    archive, directory = sys.argv[1:]
    with open(archive, "wb") as file:
        file.write(cpio.tree(directory))


if __name__ == "__main__":
    main()
