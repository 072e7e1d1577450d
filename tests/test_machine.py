"""The runner's verdicts and streams, against emulators that are scripts and misbehave."""

import os
import sys
import time

import pytest

from nopage import machine

EVERY_BYTE = bytes(range(256))

# A guest is Python text; say() reports, out() is the serial line.
FAKE = """
import os, re, sys, time
nonce = re.search("nonce=([0-9a-f]+)", " ".join(sys.argv))[1].encode()
def out(data):
    os.write(1, data)
def mark(what):
    out(b"\\x1d" + nonce + what)
def say(words):
    mark(b"!" + words + b"\\n")
def kernel(text):
    mark(b"<"); out(text); mark(b">")
"""


@pytest.fixture
def fake(tmp_path):
    """fake(guest, ...) boots an emulator that is a script."""
    def boot(guest, **options):
        script = tmp_path / "emulator.py"
        script.write_text(FAKE + guest)
        options.setdefault("timeout", 10)
        return machine.boot(os.devnull, b"", emulator=[sys.executable, str(script)], **options)
    return boot


VERDICTS = {
    "pass": ("say(b'start'); out(b'hi'); say(b'exit 0'); sys.exit(1)", "exit", 0,
             "exited with status 0"),
    "fail": ("say(b'start'); say(b'exit 3'); sys.exit(1)", "exit", 3, "exited with status 3"),
    "signal": ("say(b'start'); say(b'exit 139'); sys.exit(1)", "exit", 139,
               "killed by signal 11 (SIGSEGV)"),
    "poweroff": ("say(b'start'); say(b'poweroff'); sys.exit(1)", "poweroff", 0,
                 "the machine was powered off"),
    "panic": ("say(b'start'); kernel(b'oh'); say(b'panic'); sys.exit(3)", "panic", 126,
              "the kernel panicked"),
    "double fault": ("say(b'start'); say(b'double fault'); sys.exit(3)", "double fault", 126,
                     "the kernel panicked: double fault"),
    "reset": ("say(b'start'); out(b'all is well')", "reset", 126, "the machine reset"),
    "early reset": ("sys.exit(0)", "reset", 126, "the machine reset"),
    "lost": ("say(b'start'); sys.exit(3)", "lost", 126, "the machine stopped without a word"),
    "refused": ("sys.stderr.write('no such machine\\n'); sys.exit(1)", "never started", 125,
                "the emulator did not start: no such machine"),
    "crashed": ("os.kill(os.getpid(), 9)", "never started", 125, "the emulator did not start"),
    "gave up early": ("out(b'noise\\r\\n\\r\\npanic: no device tree\\r\\n'); time.sleep(60)",
                      "panic", 126, "the kernel panicked"),
    "refused to boot": ("out(b'nopage: this CPU is too old\\r\\n'); time.sleep(60)", "panic", 126,
                        "the kernel panicked"),
    "a program that claims to panic": ("say(b'start'); out(b'panic: no\\n'); sys.exit(3)", "lost",
                                       126, "the machine stopped without a word"),
    "wrong nonce": ("nonce = b'0123456789abcdef'; say(b'start'); say(b'exit 0')", "reset", 126,
                    "the machine reset"),
    "a program that claims to be the kernel":
        ("say(b'start'); out(b'!exit 0\\nexit 0\\n'); sys.exit(1)", "lost", 126,
         "the machine stopped without a word"),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_verdict(fake, name):
    guest, kind, status, words = VERDICTS[name]
    result = fake(guest)
    assert (result.kind, result.status, result.words()) == (kind, status, words)


def test_hang_and_silence_are_two_things(fake):
    hang = fake("say(b'start'); time.sleep(30)", timeout=0.5)
    silence = fake("out(b'BIOS\\n'); time.sleep(30)", timeout=0.5)
    assert (hang.kind, hang.status) == ("timeout", 124)
    assert (silence.kind, silence.status) == ("silent", 124)
    assert hang.words() == "out of time after 0.5 s"
    assert silence.words() == "out of time after 0.5 s: the kernel never started"


def test_an_emulator_that_lingers_after_the_end_is_ended(fake):
    began = time.monotonic()
    result = fake("say(b'start'); say(b'exit 0'); time.sleep(60)", timeout=60)
    assert (result.kind, result.status) == ("exit", 0)
    assert time.monotonic() - began < 20


def test_streams_part_wherever_the_bytes_are_cut():
    line = b"".join([
        b"noise\x1d", b"\x1dab!start\n", b"\x1dab<boot\n\x1dab>", EVERY_BYTE, b"\x1da",
        b"\x1d\x1dab", b"<fault\n\x1dab>end\x1d", b"\x1dab!exit 7\n", b"\x1da"])
    for size in range(1, len(line)):
        streams = machine.Streams(b"ab")
        for at in range(0, len(line), size):
            streams.feed(line[at:at + size])
        streams.close()
        assert bytes(streams.program) == EVERY_BYTE + b"\x1da\x1dend\x1d\x1da"
        assert bytes(streams.kernel) == b"noise\x1dboot\nfault\n"
        assert streams.reports == ["start", "exit 7"]


def test_input_waits_for_the_kernel_and_ends(fake):
    echo = """
import select
time.sleep(0.2)
assert not select.select([0], [], [], 0)[0]
say(b'start')
seen = b""
while not seen.endswith(b"\\x10\\x04"):
    seen += os.read(0, 100)
out(seen)
say(b'exit 0')
"""
    result = fake(echo, stdin=EVERY_BYTE)
    assert result.kind == "exit"
    assert result.stdout == EVERY_BYTE.replace(b"\x10", b"\x10\x10") + b"\x10\x04"
