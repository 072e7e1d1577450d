"""newc cpio archives, the format of Linux's initramfs, made the same way every time.

Everything belongs to root, times are 0 and inode numbers count from 1, so equal input gives an
equal archive. Archives may be concatenated: a reader goes on after TRAILER!!! and its padding.
"""

import os
import stat

DIRECTORY = stat.S_IFDIR | 0o755
PROGRAM = stat.S_IFREG | 0o755
FILE = stat.S_IFREG | 0o644


def pack(entries):
    """Return an archive of (path, mode, data) entries; a directory stands before what is in it.

    A device node has the pair (major, minor) in the place of its data.
    """
    out = bytearray()
    for number, (path, mode, data) in enumerate(entries, start=1):
        _append(out, number, path, mode, data)
    _append(out, 0, "TRAILER!!!", 0, b"")
    return bytes(out) + bytes(-len(out) % 512)


def files(contents):
    """Pack {path: (mode, data)}, adding the directories that lead to each path."""
    entries = {}
    for path, (mode, data) in sorted(contents.items()):
        parts = path.strip("/").split("/")
        for depth in range(1, len(parts)):
            entries.setdefault("/".join(parts[:depth]), (DIRECTORY, b""))
        entries["/".join(parts)] = (mode, data)
    return pack((path, mode, data) for path, (mode, data) in entries.items())


def tree(root):
    """Pack the directory tree under root; every executable file becomes 0755, others 0644."""
    entries = []
    for directory, names, leaves in os.walk(root):
        names.sort()
        at = os.path.relpath(directory, root)
        if at != ".":
            entries.append((at, DIRECTORY, b""))
        for leaf in sorted(leaves):
            path = os.path.join(directory, leaf)
            mode = PROGRAM if os.access(path, os.X_OK) else FILE
            with open(path, "rb") as file:
                entries.append((os.path.normpath(os.path.join(at, leaf)), mode, file.read()))
    return pack(sorted(entries))


def _append(out, number, path, mode, data):
    name = path.encode() + b"\0"
    links = 2 if stat.S_ISDIR(mode) else 1
    major = minor = 0
    if isinstance(data, tuple):
        (major, minor), data = data, b""
    fields = (number, mode, 0, 0, links, 0, len(data), 0, 0, major, minor, len(name), 0)
    out += b"070701" + b"".join(b"%08x" % field for field in fields) + name
    out += bytes(-len(out) % 4)
    out += data
    out += bytes(-len(out) % 4)
