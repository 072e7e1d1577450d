"""One run of the emulator, from power-on to a verdict.

    result = boot(kernel, archive, args="check=1", stdin=b"hello\n", timeout=10)
    result.kind    one of the kinds below
    result.status  the exit status that ./np run would end with
    result.stdout  what programs wrote, byte exact
    result.kernel  what the kernel itself said (boot lines, traces, fatal faults, panics)
    result.words() the verdict as a sentence

The emulator's own exit code cannot carry a verdict (7 bits on x86, 0 after a triple fault), so
the kernel reports in lines that bear this run's nonce, between which the two streams are mixed:

    0x1d NONCE <         the kernel speaks
    0x1d NONCE >         programs speak again
    0x1d NONCE ! words   `start`, `exit STATUS`, `poweroff`, `panic`, `double fault`

Before `start` no program runs, so what comes then is the machine's and the kernel's own. A kernel
that cannot even find its boot arguments knows no nonce: it gives up in plain words (GAVE_UP).
"""

import os
import re
import secrets
import select
import shutil
import signal
import subprocess
import tempfile
import time

from . import build

# How a run can end. Each is told by another sign, and none is taken for another.
EXIT = "exit"                    # pid 1 exited: `exit STATUS`
POWEROFF = "poweroff"
PANIC = "panic"
DOUBLE_FAULT = "double fault"
RESET = "reset"                  # the emulator ended with status 0 and the guest said nothing
LOST = "lost"                    # it ended with another status and the guest said nothing
TIMEOUT = "timeout"              # the kernel had started
SILENT = "silent"                # out of time, and the kernel never said `start`
NEVER_STARTED = "never started"  # the emulator could not be run, or refused its arguments
INTERRUPTED = "interrupted"

OUT_OF_TIME, NOT_STARTED, CRASHED, BROKEN_OFF = 124, 125, 126, 130

STATUS = {
    POWEROFF: 0,
    PANIC: CRASHED,
    DOUBLE_FAULT: CRASHED,
    RESET: CRASHED,
    LOST: CRASHED,
    TIMEOUT: OUT_OF_TIME,
    SILENT: OUT_OF_TIME,
    NEVER_STARTED: NOT_STARTED,
    INTERRUPTED: BROKEN_OFF,
}

EMULATOR = {
    "x86": "qemu-system-i386 -M pc -vga std -device isa-debug-exit,iobase=0xf4,iosize=4".split(),
    "arm": "qemu-system-arm -M virt -cpu cortex-a15 -semihosting".split(),
}
# The exact line under which instructions are counted: two runs are equal to the byte. On ARM the
# processor is one for which Linux has nothing to mitigate, so that both kernels can be compared.
EXACT = "-icount shift=0,sleep=off -seed 1 -rtc base=2024-01-01T00:00:00,clock=vm".split()
ICOUNT = {
    "x86": ["-cpu", "qemu32,+rdrand", *EXACT],
    "arm": ["-cpu", "cortex-a7", *EXACT],
}

GRACE = 2  # seconds the emulator has to end after the kernel reported the end

# A whole line that begins so, before `start`: a panic, or what the boot code refuses.
GAVE_UP = re.compile(rb"^(panic|nopage): .*\r?\n", re.MULTILINE)
EARLY = 65536  # so many bytes are looked through for it

DLE = 0x10
END_OF_FILE = bytes([DLE, 0x04])


class Interrupted(Exception):
    """Raised by a callback or a signal handler to break off the run."""


class Result:
    """What became of a run."""

    def __init__(self, kind, status, stdout, kernel, started, seconds, complaint):
        self.kind = kind
        self.status = status
        self.stdout = stdout
        self.kernel = kernel
        self.started = started      # the kernel said `start`
        self.seconds = seconds
        self.complaint = complaint  # the emulator's own last words on stderr

    def words(self):
        if self.kind == EXIT:
            return exit_words(self.status)
        return {
            POWEROFF: "the machine was powered off",
            PANIC: "the kernel panicked",
            DOUBLE_FAULT: "the kernel panicked: double fault",
            RESET: "the machine reset",
            LOST: "the machine stopped without a word" + self._because(),
            TIMEOUT: f"out of time after {self.seconds:g} s",
            SILENT: f"out of time after {self.seconds:g} s: the kernel never started",
            NEVER_STARTED: "the emulator did not start" + self._because(),
            INTERRUPTED: "interrupted",
        }[self.kind]

    def _because(self):
        return f": {self.complaint}" if self.complaint else ""

    def __repr__(self):
        return f"<{self.words()}; stdout {self.stdout!r}; kernel {self.kernel!r}>"


def exit_words(status):
    """An exit status in words; 128+n is how init reports a child killed by signal n."""
    try:
        return f"killed by signal {status - 128} ({signal.Signals(status - 128).name})"
    except ValueError:
        return f"exited with status {status}"


def boot(kernel, archive, args="", stdin=b"", timeout=10, *, memory=256, arch=build.ARCH,
         icount=False, console="raw", iso=None, emulator=None, options=(), on_program=None,
         on_kernel=None):
    """Boot a kernel with an archive (a path, or bytes) and return the Result.

    args       more boot arguments, as one string
    stdin      bytes, or something with fileno() and read() that is read until its end
    timeout    seconds, or None
    console    "raw" for byte-exact pipes, "tty" for keys as a person types them (no end of file)
    iso        function (args, archive bytes) -> path of a disc image; then the disc is booted
    emulator   the command in the place of the port's own emulator (for tests of this module)
    options    more arguments for the emulator
    on_program, on_kernel  are called with each piece of text as it arrives; without them the
               text is collected in the Result
    """
    if not isinstance(archive, bytes):
        with open(archive, "rb") as file:
            archive = file.read()
    nonce = secrets.token_hex(8)
    arguments = f"nonce={nonce} exit=1 " + ("console=raw " if console == "raw" else "") + args
    streams = Streams(nonce.encode(), on_program, on_kernel)
    with tempfile.TemporaryDirectory(prefix="nopage-") as directory:
        # The emulator runs there, so that no space or comma in a path can reach its parsers.
        machine = command(arch, memory, icount, emulator)
        if iso:
            machine += ["-boot", "d", "-cdrom", iso(arguments.strip(), archive)]
        else:
            os.symlink(os.path.abspath(kernel), os.path.join(directory, "kernel"))
            with open(os.path.join(directory, "archive"), "wb") as file:
                file.write(archive)
            machine += ["-kernel", "kernel", "-initrd", "archive", "-append", arguments.strip()]
        return _Run(machine + list(options), directory, streams, stdin, timeout, console).result()


def command(arch, memory, icount=False, emulator=None):
    """The emulator's command line for a machine whose console is this process's pipes."""
    words = list(emulator or EMULATOR[arch])
    words += ["-m", str(memory), "-nodefaults", "-display", "none", "-no-reboot"]
    words += ["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"]
    return _tied_to_us() + words + (ICOUNT[arch] if icount else [])


class Streams:
    """Parts the serial line's bytes into the programs' text, the kernel's text and its reports."""

    def __init__(self, nonce, on_program=None, on_kernel=None):
        self.mark = b"\x1d" + nonce
        self.program = bytearray()
        self.kernel = bytearray()
        self.reports = []
        self._to_program = on_program or self.program.extend
        self._to_kernel = on_kernel or self.kernel.extend
        self._sink = self._to_kernel
        self._early = bytearray()  # what came before the first report
        self._held = b""  # a mark that has not arrived whole

    def feed(self, data):
        data = self._held + data
        while True:
            at = data.find(self.mark)
            if at < 0:
                break
            self._give(data[:at])
            rest = data[at + len(self.mark):]
            consumed = self._obey(rest)
            if consumed == 0:
                self._held = data[at:]
                return
            data = rest[consumed:]
        keep = self._possible_mark(data)
        self._give(data[:len(data) - keep])
        self._held = data[len(data) - keep:]

    def close(self):
        """No more bytes will come: what was held back was no mark."""
        self._give(self._held)
        self._held = b""

    def gave_up(self):
        """The kernel could not boot far enough to report anything, and said so."""
        return not self.reports and GAVE_UP.search(self._early)

    def _give(self, text):
        if text:
            self._sink(text)
            if not self.reports and len(self._early) < EARLY:
                self._early += text

    def _obey(self, rest):
        """Act on what follows a mark; the number of bytes it took, 0 if more must come first."""
        if rest[:1] == b"<":
            self._sink = self._to_kernel
        elif rest[:1] == b">":
            self._sink = self._to_program
        elif rest[:1] == b"!":
            end = rest.find(b"\n")
            if end >= 0:
                self.reports.append(rest[1:end].decode("ascii", "replace").strip())
                self._sink = self._to_program
            return end + 1
        return min(len(rest), 1)

    def _possible_mark(self, data):
        at = data.rfind(b"\x1d", max(0, len(data) - len(self.mark)))
        return len(data) - at if at >= 0 and self.mark.startswith(data[at:]) else 0


class _Run:
    """The emulator as a child process, its pipes, and the clock."""

    def __init__(self, command, directory, streams, stdin, timeout, console):
        self.command = command
        self.directory = directory
        self.streams = streams
        self.raw = console == "raw"
        self.timeout = timeout
        self.source = None if isinstance(stdin, bytes) else stdin
        self.pending = bytearray()
        if self.source is None:
            self.pending += escape(stdin) + END_OF_FILE if self.raw else stdin
        self.over = None  # the verdict that we, not the guest, came to
        self.process = None

    def result(self):
        began = time.monotonic()
        with open(os.path.join(self.directory, "complaints"), "w+b") as complaints:
            try:
                self.process = subprocess.Popen(
                    self.command, cwd=self.directory, start_new_session=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints)
                self._pump(began)
            except FileNotFoundError as error:
                self.over = NEVER_STARTED
                complaints.write(str(error).encode())
            except (Interrupted, KeyboardInterrupt):
                self.over = INTERRUPTED
            finally:
                self._end()
            complaints.seek(0)
            lines = complaints.read().decode(errors="replace").strip().splitlines()
        self.streams.close()
        kind, status = self._verdict()
        seconds = self.timeout if kind in (TIMEOUT, SILENT) else time.monotonic() - began
        return Result(kind, status, bytes(self.streams.program), bytes(self.streams.kernel),
                      self._started(), seconds, lines[-1] if lines else "")

    def _started(self):
        return "start" in self.streams.reports

    def _pump(self, began):
        """Carry bytes both ways until the emulator closes its output or time is up."""
        output, to_guest = self.process.stdout.fileno(), self.process.stdin.fileno()
        os.set_blocking(to_guest, False)
        deadline = began + self.timeout if self.timeout is not None else float("inf")
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                if not self._final():
                    self.over = TIMEOUT if self._started() else SILENT
                return
            # What is typed before the kernel listens would be lost, so input waits for `start`;
            # and it is read no faster than the guest takes it.
            readers = [output] + ([self.source] if self._wants_input() else [])
            writers = [to_guest] if self.pending and self._started() else []
            readable, writable, _ = select.select(readers, writers, [], min(left, 3600))
            if output in readable:
                data = os.read(output, 65536)
                if not data:
                    return
                self.streams.feed(data)
                if self._final():
                    deadline = min(deadline, time.monotonic() + GRACE)
            if self.source in readable:
                self._take_input()
            if writable:
                self._give_input(to_guest)

    def _wants_input(self):
        return self.source is not None and not self.pending

    def _take_input(self):
        try:
            data = self.source.read()
        except OSError:  # a terminal that went away
            data = b""
        if not data:
            self.source = None
        if self.raw:
            data = escape(data) if data else END_OF_FILE
        self.pending += data

    def _give_input(self, to_guest):
        try:
            del self.pending[:os.write(to_guest, self.pending[:4096])]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self.pending.clear()
            self.source = None

    def _end(self):
        if self.process is None:
            return
        try:
            # An emulator that closed its output is ending by itself, and its code is a sign.
            self.process.wait(0 if self.over else GRACE)
        except subprocess.TimeoutExpired:
            pass
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def _final(self):
        """The guest's own last report, if it made one."""
        for report in self.streams.reports:
            if report in (POWEROFF, PANIC, DOUBLE_FAULT) or report.startswith("exit "):
                return report
        return PANIC if self.streams.gave_up() else None

    def _verdict(self):
        report = self._final()
        if report and report.startswith("exit ") and report[5:].isdigit():
            return EXIT, int(report[5:])
        kind = report or self.over or self._unreported()
        return kind, STATUS[kind]

    def _unreported(self):
        code = self.process.returncode
        if code == 0:
            return RESET  # -no-reboot makes an exit with status 0 of a triple fault
        return LOST if self._started() else NEVER_STARTED


def escape(data):
    """Input for console=raw, where DLE begins an escape."""
    return data.replace(b"\x10", b"\x10\x10")


def _tied_to_us():
    """A prefix that makes the emulator die with us, where the host has a tool for it."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
