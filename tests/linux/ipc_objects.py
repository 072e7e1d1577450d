#!/usr/bin/env python3
"""Make some IPC objects and ask programs about them: ipc_objects.py PROGRAM… < LINES

Each line of options is given to each program in turn. Prints JSON: for each line, what each program
said and its status. To be run in an IPC namespace of its own, which takes the objects along.
"""

import ctypes
import json
import subprocess
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p
CREATE = 0o1000


def make_objects():
    """Of each kind some, with different rights, sizes and marks; messages sent, operations done."""
    for key, size, mode in ((4660, 5000, 0o640), (4661, 3 << 20, 0), (4662, 1536, 0o777),
                            (0, 1, 0o600), (4663, 1048575, 0o600)):
        LIBC.shmget(key, ctypes.c_size_t(size), CREATE | mode)
    marked = LIBC.shmget(4664, ctypes.c_size_t(4096), CREATE | 0o600)
    LIBC.shmat(marked, None, 0)
    LIBC.shmctl(marked, 0, None)
    LIBC.msgget(4665, CREATE | 0o644)
    message = (1).to_bytes(ctypes.sizeof(ctypes.c_long), sys.byteorder) + bytes(1500)
    LIBC.msgsnd(LIBC.msgget(4666, CREATE | 0o600), message, ctypes.c_size_t(1500), 0)
    LIBC.semget(4667, 3, CREATE | 0o600)
    LIBC.semop(LIBC.semget(4668, 1, CREATE | 0o666), bytes((0, 0, 5, 0, 0, 0)), ctypes.c_size_t(1))


def answer(program, line):
    done = subprocess.run([program, *line.split()], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode().replace(program, program.rsplit("/", 1)[-1])
    return said, done.returncode


def main():
    make_objects()
    lines = sys.stdin.read().splitlines()
    print(json.dumps([[answer(program, line) for program in sys.argv[1:]] for line in lines]))


if __name__ == "__main__":
    main()
