"""A run seen by a person or a pipe: the host's terminal in front of the guest's console."""

import atexit
import contextlib
import os
import termios
import time

from . import machine

INTERRUPT = 0x03     # ^C
TWICE_WITHIN = 1.0   # seconds: a second ^C after the first ends the run

# What the kernel says of its own end is shown even when it was asked to be quiet.
LOUD = (machine.PANIC, machine.DOUBLE_FAULT, machine.RESET, machine.LOST)


def run(kernel, archive, args, source, timeout, *, quiet=False, **options):
    """Boot with stdin, stdout and stderr of this process in the place of the guest's console.

    Where stdin and stdout are both a terminal the guest's console is one too, and every key goes
    to the guest, ^C as well. Otherwise bytes go through as they are, and ^C ends the run.
    """
    interactive = source == 0 and os.isatty(0) and os.isatty(1)
    screen = Screen()
    try:
        with _RawTerminal() if interactive else contextlib.nullcontext():
            result = machine.boot(
                kernel, archive, args, _input(source, interactive), timeout,
                console="tty" if interactive else "raw",
                on_program=screen.program, on_kernel=None if quiet else screen.kernel, **options)
    finally:
        screen.end_line()
    if quiet and result.kind in LOUD:
        screen.kernel(result.kernel)
    return result


def break_off(_number, _frame):
    """A signal handler that ends the run as ^C does, with everything put back."""
    raise machine.Interrupted


class Screen:
    """stdout for programs and stderr for the kernel. Where both are the same terminal, the kernel
    does not speak in the middle of a program's line."""

    def __init__(self):
        self.shared = os.isatty(1) and os.isatty(2)
        self.in_line = False

    def program(self, text):
        self.in_line = self.shared and not text.endswith(b"\n")
        _write(1, text)

    def kernel(self, text):
        self.end_line()
        _write(2, text)

    def end_line(self):
        if self.in_line:
            _write(1, b"\r\n")
        self.in_line = False


def _write(descriptor, text):
    view = memoryview(bytes(text))
    try:
        while view:
            view = view[os.write(descriptor, view):]
    except BrokenPipeError:  # whoever read has had enough
        raise machine.Interrupted from None


def _input(source, interactive):
    try:
        os.fstat(source)
    except OSError:  # closed by whoever started us
        return b""
    return _Keyboard(source) if interactive else _Pipe(source)


class _Pipe:
    def __init__(self, descriptor):
        self.descriptor = descriptor

    def fileno(self):
        return self.descriptor

    def read(self):
        return os.read(self.descriptor, 4096)


class _Keyboard(_Pipe):
    """The terminal's keys. Whoever presses ^C twice in a second means the emulator itself."""

    last_interrupt = float("-inf")

    def read(self):
        keys = super().read()
        for key in keys:
            if key == INTERRUPT:
                now = time.monotonic()
                if now - self.last_interrupt < TWICE_WITHIN:
                    raise machine.Interrupted
                self.last_interrupt = now
        return keys


class _RawTerminal:
    """Keys go to the guest one by one and unseen, and what it prints is its own business too.
    The old settings come back on every way out."""

    def __enter__(self):
        self.saved = termios.tcgetattr(0)
        atexit.register(self.restore)
        settings = termios.tcgetattr(0)
        settings[0] &= ~(termios.IXON | termios.ICRNL | termios.INLCR | termios.ISTRIP)
        settings[1] &= ~termios.OPOST
        settings[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        settings[6][termios.VMIN], settings[6][termios.VTIME] = 1, 0
        termios.tcsetattr(0, termios.TCSADRAIN, settings)

    def __exit__(self, *_):
        self.restore()
        atexit.unregister(self.restore)

    def restore(self):
        termios.tcsetattr(0, termios.TCSADRAIN, self.saved)
