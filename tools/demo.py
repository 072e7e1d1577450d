#!/usr/bin/env python3
"""./np demo: two processes talk through a shared page while the kernel tells every page fault.

The lines of user/demo/talk are typed one by one, each when the guest asks for it, so that the run
looks as it does when a person sits there.
"""

import os
import re
import sys

from nopage import build, machine, terminal

LINES = os.path.join(build.ROOT, "user", "demo", "talk")
ASKS = re.compile(rb"(\$ |text: )$")
SECONDS = 60


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
        self.seen = (self.seen + text)[-80:]
        if ASKS.search(self.seen):
            os.write(self.hand, next(self.lines, b"exit").strip() + b"\r")
            self.seen = b""


def main():
    arch = os.environ.get("ARCH", "x86")
    try:
        build.make("kernel", "archive", arch=arch)
    except build.BuildFailed as error:
        print(f"np: {error}", file=sys.stderr)
        sys.exit(machine.NOT_STARTED)
    with open(LINES, "rb") as file:
        typist = Typist(file.readlines())
    screen = terminal.Screen()

    def on_program(text):
        screen.program(text)
        typist.look(text)

    result = machine.boot(
        build.kernel_path(arch), build.archive_path(arch), "trace=fault", typist, SECONDS,
        arch=arch, console="tty", on_program=on_program, on_kernel=screen.kernel)
    screen.end_line()
    print(f"np: {result.words()}", file=sys.stderr)
    sys.exit(result.status)


if __name__ == "__main__":
    main()
