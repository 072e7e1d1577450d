#!/usr/bin/env python3
"""./np demo [NAME]: some processes talk; without a name every page fault of theirs is told.

The lines of user/demo/talk.NAME are typed one by one, each when the guest asks for it, so that the
run looks as it does when a person sits there. Its first lines, with a #, introduce it.
"""

import os
import re
import sys

from nopage import build, machine

TALK = os.path.join(build.ROOT, "user", "demo", "talk.{}")
FAULTS_OF = "shm"  # the talk of which the page faults are told
ASKS = re.compile(rb"\n# |text: ")
SECONDS = 60

OF_THE_TWO = re.compile(rb"fault pid \d+ +shm_")
ON_THE_SHARED_PAGE = re.compile(rb"SYSV.*(new frame|existing frame)")
MEANING = {
    b"new frame": b"first touch: a frame of zeros",
    b"existing frame": b"the same frame: nothing is copied",
}


class Typist:
    """Looks at what programs print, and types the next line at each prompt."""

    def __init__(self, lines):
        self.lines = iter(lines)
        self.seen = b""
        self.keys, self.hand = os.pipe()

    def fileno(self):
        return self.keys

    def read(self):
        return os.read(self.keys, 4096)

    def look(self, text):
        self.seen += text
        if ASKS.search(self.seen):
            os.write(self.hand, next(self.lines, b"exit").strip() + b"\r")
            self.seen = b""


class Story:
    """What programs print and the faults that belong to it, in order, on stdout."""

    def __init__(self):
        self.begun = b""     # a line of the kernel's that has not arrived whole
        self.in_line = False

    def program(self, text):
        text = text.replace(b"\r", b"")
        self.in_line = not text.endswith(b"\n") if text else self.in_line
        self._print(text)

    def kernel(self, text):
        *lines, self.begun = (self.begun + text.replace(b"\r", b"")).split(b"\n")
        for line in lines:
            if not line.startswith(b"fault pid") or OF_THE_TWO.match(line):
                self._tell(line)

    def _tell(self, line):
        shared = ON_THE_SHARED_PAGE.search(line)
        if self.in_line:
            self._print(b"\n")
        self.in_line = False
        self._print(line + (b"  <-- " + MEANING[shared[1]] if shared else b"") + b"\n")

    @staticmethod
    def _print(text):
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()


def main():
    arch = build.ARCH
    try:
        build.make("kernel", "archive", arch=arch)
    except build.BuildFailed as error:
        print(f"np: {error}", file=sys.stderr)
        sys.exit(machine.NOT_STARTED)
    name = sys.argv[1] if len(sys.argv) > 1 else FAULTS_OF
    with open(TALK.format(name), "rb") as file:
        lines = file.readlines()
    introduction = [line[2:] for line in lines if line.startswith(b"# ")]
    typist = Typist(lines[len(introduction):])
    story = Story()

    def on_program(text):
        story.program(text)
        typist.look(text)

    sys.stdout.buffer.writelines(introduction)
    result = machine.boot(
        build.kernel_path(arch), build.archive_path(arch),
        "trace=fault" if name == FAULTS_OF else "", typist, SECONDS,
        arch=arch, console="tty", on_program=on_program, on_kernel=story.kernel)
    print(f"np: {result.words()}", file=sys.stderr)
    sys.exit(result.status)


if __name__ == "__main__":
    main()
