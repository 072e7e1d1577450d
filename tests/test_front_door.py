"""The front door as a person meets it: ./np's words, a terminal, a script, a bare machine."""

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import termios
import time

import pytest

from nopage import build, disc

ROOT = build.ROOT
EVERY_BYTE = bytes(range(256))


def np(*words, stdin=b"", env=None):
    """./np with words; CompletedProcess with bytes."""
    return subprocess.run(["./np", *words], cwd=ROOT, input=stdin, capture_output=True,
                          env={**os.environ, **(env or {})}, timeout=60, check=False)


def last_line(done):
    return done.stderr.decode(errors="replace").splitlines()[-1]


# ---- A run between pipes -------------------------------------------------------------------

def test_stdin_and_stdout_are_byte_exact():
    data = EVERY_BYTE * 40 + b"no newline at the end"
    done = np("run", "--quiet", "--", "cat", stdin=data)
    assert done.stdout == data
    assert done.stderr == b"np: exited with status 0\n"


def test_empty_input_is_end_of_file():
    done = np("run", "--quiet", "--timeout", "20", "--", "cat", stdin=b"")
    assert (done.stdout, done.returncode) == (b"", 0)


def test_several_files_a_header_and_arguments(tmp_path):
    (tmp_path / "word.h").write_text("const char *word(void);\n")
    (tmp_path / "one.c").write_text(
        '#include <stdio.h>\n#include "word.h"\nint main(int argc, char **argv) {'
        'printf("%s %d %s %s\\n", word(), argc, argv[0], argv[1]); return 0; }\n')
    (tmp_path / "two.c").write_text(
        '#include "word.h"\nconst char *word(void) { return "two"; }\n')
    sources = [str(tmp_path / name) for name in ("one.c", "two.c")]
    done = np("run", *sources, "--quiet", "--", "a b")
    assert done.stdout == b"two 2 /bin/one a b\n"


def test_a_ready_elf_and_an_extra_file(tmp_path):
    extra = tmp_path / "poem.txt"
    extra.write_bytes(EVERY_BYTE)
    elf = os.path.join(build.directory(), "user", "cat")
    done = np("run", "--quiet", "--extra", str(extra), elf, "--", "/poem.txt")
    assert done.stdout == EVERY_BYTE


def test_extra_programs_are_called_by_name(tmp_path):
    """Programs go to /bin, with their mode bits; other files to /, or where they are told."""
    program, words, data = (tmp_path / name for name in ("mycat", "say", "poem.txt"))
    shutil.copyfile(os.path.join(build.directory(), "user", "cat"), program)
    words.write_text("#!/bin/mycat /poem.txt\nof no use\n")
    data.write_text("read by name\n")
    program.chmod(0o750)
    data.chmod(0o600)
    script = tmp_path / "script"
    script.write_text("say\nmycat /deep/down/copy\nls -l /bin/mycat /poem.txt\n")
    options = [word for path in (program, words, data, f"{data}=/deep/down/copy")
               for word in ("--extra", str(path))]
    done = np("run", "--quiet", *options, "--script", str(script))
    lines = done.stdout.decode().splitlines()
    said = ["read by name", "#!/bin/mycat /poem.txt", "of no use", "read by name"]
    assert lines[:4] == said, done
    assert re.match(r"-rwxr-x--- .* /bin/mycat$", lines[4]), done
    assert re.match(r"-rw------- .* /poem.txt$", lines[5]), done


def test_a_file_in_the_place_of_a_program(tmp_path):
    other = os.path.join(build.directory(), "user", "true")
    done = np("run", "--quiet", "--extra", f"{other}=/bin/false", "--", "false")
    assert done.returncode == 0


@pytest.mark.parametrize("words, told", [
    (["absent"], "absent: no such file"),
    (["--extra", "absent"], "absent: no such file"),
    (["--extra", "tests"], "tests: is a directory"),
    (["np", "np"], "one ready program, or any number of C files"),
    (["README.md"], "README.md: neither a C file nor a program"),
    (["--extra", "np", "--extra", "np"], "--extra: two files for /bin/np"),
    (["/bin/true"], "dynamically linked"),
    (["--extra", "/bin/true"], "dynamically linked"),
], ids=str)
def test_what_cannot_run_is_told(words, told):
    """/bin/true may be for this port or another: then it is that which is told."""
    done = np("run", *words)
    others = ["is for "] if "/bin/true" in words else []
    assert done.returncode == 2 and not done.stdout
    assert any(word in done.stderr.decode() for word in [told, *others]), done


def test_an_elf_chooses_its_port(tmp_path):
    """Without --arch; with it, the other port's program is refused before anything is built."""
    other = {"x86": "arm", "arm": "x86"}[build.ARCH]
    head = {"x86": b"\x7fELF\1\1\1" + bytes(9) + b"\2\0\3\0" + bytes(40),
            "arm": b"\x7fELF\1\1\1" + bytes(9) + b"\2\0\x28\0" + bytes(19) + b"\5" + bytes(20)}
    for port in build.PORTS:
        path = tmp_path / port
        path.write_bytes(head[port])
        told = last_line(np("run", "--arch", build.ARCH, "--extra", str(path), "README.md"))
        assert (f"the port is {build.ARCH} (--arch {other})" in told) == (port == other), told
        for words in ([str(path)], ["--extra", str(path)], [f"--extra={path}"]):
            told = last_line(np("run", *words, "README.md", env={"ARCH": ""}))
            assert "the port is" not in told and "README.md" in told or "one ready" in told, told


def test_a_script_drives_the_shell(tmp_path):
    script = tmp_path / "script"
    script.write_text("echo one; echo two\nfalse\nexit 5\n")
    done = np("run", "--quiet", "--script", str(script))
    assert (done.stdout, done.returncode) == (b"one\ntwo\n", 5)


def test_poweroff_ends_the_run():
    done = np("run", "--timeout", "20", stdin=b"poweroff\n")
    assert (done.returncode, last_line(done)) == (0, "np: the machine was powered off")


def test_quiet_is_loud_about_a_panic():
    done = np("run", "--quiet", "--boot-args", "bug=panic")
    assert (done.returncode, last_line(done)) == (126, "np: the kernel panicked")
    assert b"kmain" in done.stderr and done.stdout == b""


@pytest.mark.skipif(build.ARCH not in disc.PORTS, reason=disc.NO_DISC)
def test_a_run_from_a_disc():
    done = np("run", "--boot", "iso", "--quiet", "--timeout", "60", "--", "echo", "from a disc")
    assert done.stdout == b"from a disc\n"


def test_interrupt_ends_a_run_without_a_terminal():
    # A shell that put us in the background made us, and so np, deaf to it.
    with subprocess.Popen(["./np", "run", "--", "cat"], cwd=ROOT, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as run:
        run.stdin.write(b"ready\n")
        run.stdin.flush()
        assert run.stdout.readline() == b"ready\n"
        run.send_signal(signal.SIGINT)
        _, stderr = run.communicate(timeout=10)
    assert (run.returncode, stderr.splitlines()[-1]) == (130, b"np: interrupted")


# ---- A person at a terminal ----------------------------------------------------------------

class Person:
    """./np run on a terminal of its own."""

    def __init__(self, *words):
        self.ours, self.theirs = pty.openpty()
        self.before = termios.tcgetattr(self.theirs)
        self.run = subprocess.Popen(["./np", *words], cwd=ROOT, stdin=self.theirs,
                                    stdout=self.theirs, stderr=self.theirs, start_new_session=True)
        self.seen = b""

    def type(self, keys):
        os.write(self.ours, keys)

    def expect(self, text, seconds=20):
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            left = deadline - time.monotonic()
            assert left > 0 and select.select([self.ours], [], [], left)[0], (text, self.seen)
            self.seen += os.read(self.ours, 4096)
        self.seen = self.seen[self.seen.index(text) + len(text):]

    def end(self):
        """The status, once the terminal is seen to be as it was."""
        status = self.run.wait(20)
        assert termios.tcgetattr(self.theirs) == self.before
        return status

    def close(self):
        self.run.terminate()
        self.run.wait()
        os.close(self.ours)
        os.close(self.theirs)


@pytest.fixture
def person():
    people = []

    def sit_down(*words):
        people.append(Person(*words))
        return people[-1]
    yield sit_down
    for someone in people:
        someone.close()


def test_shell_on_a_terminal(person):
    someone = person("run")
    someone.expect(b"poweroff")  # the banner says how to leave
    someone.expect(b"# ")
    someone.type(b"echo wronh\x7fg\r")
    someone.expect(b"\nwrong\r\n")
    someone.expect(b"# ")
    someone.type(b"cat\r")
    someone.expect(b"cat\r\n")
    someone.type(b"line\r")
    someone.expect(b"\nline\r\n")
    someone.type(b"\x03")  # ^C is for the guest's foreground
    someone.expect(b"# ")
    someone.type(b"echo still $?\r")
    someone.expect(b"\nstill 130\r\n")
    someone.expect(b"# ")
    someone.type(b"exit 4\r")
    someone.expect(b"np: exited with status 4\r\n")
    assert someone.end() == 4


def test_interrupt_twice_ends_the_emulator(person):
    someone = person("run")
    someone.expect(b"# ")
    someone.type(b"\x03\x03")
    someone.expect(b"np: interrupted\r\n")
    assert someone.end() == 130


def test_terminal_comes_back_after_a_kill(person):
    someone = person("run")
    someone.expect(b"# ")
    someone.run.terminate()
    someone.expect(b"np: interrupted\r\n")
    assert someone.end() == 130


@pytest.mark.rows("C01")
def test_demo_is_a_story():
    done = np("demo")
    assert done.returncode == 0, done
    story = done.stdout.decode()
    typed = "Good morning from the other process."
    assert f"Enter some text: {typed}\n" in story
    assert f"You wrote: {typed}\n" in story and "You wrote: end\n" in story
    # Both touch the page: the first brings a frame, the second finds it there.
    first = re.search(r"shm_(server|client) .* new frame (\d+)  <--", story)
    assert first, story
    other = {"server": "client", "client": "server"}[first[1]]
    assert re.search(rf"shm_{other} .* existing frame {first[2]}  <--", story), story


# ---- The words of np -----------------------------------------------------------------------

@pytest.mark.parametrize("words, hint", [
    (["walk"], "unknown word 'walk'"),
    (["run", "--loud"], "--loud"),
    (["run", "--mem", "lots"], "--mem"),
    (["run", "missing.c"], "missing.c: no such file"),
    (["run", "LICENSE"], "neither a C file nor a program"),
    (["check"], "check what?"),
])
def test_wrong_words_end_with_2_and_a_hint(words, hint):
    done = np(*words)
    assert done.returncode == 2 and hint in done.stderr.decode(), done


def test_wrong_toolchain():
    done = np("run", env={"TOOLCHAIN": "cfront"})
    assert done.returncode == 2 and b"cfront" in done.stderr


class BareMachine:
    """A copy of np where only chosen tools exist; apt-get writes down what it is told."""

    BASIC = "sh awk sed head ls cat mkdir id uname tr sort find dirname grep env".split()

    def __init__(self, path):
        self.path = path
        self.bin = path / "bin"
        self.bin.mkdir()
        (path / "tools").mkdir()
        (path / "arch" / "x86").mkdir(parents=True)
        (path / "arch" / "x86" / "port.mk").touch()
        for name in ("np", "tools/packages.txt"):
            with open(os.path.join(ROOT, name), "rb") as file:
                (path / name).write_bytes(file.read())
        for tool in self.BASIC:
            self.tool(tool, f'exec /usr/bin/env -i PATH=/usr/bin:/bin {tool} "$@"')

    def tool(self, name, text):
        """A new file each time: nothing in bin/ may lead to the host's own tools."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text("#!/bin/sh\n" + text + "\n")
        path.chmod(0o755)

    def np(self, *words):
        return subprocess.run(["/bin/sh", str(self.path / "np"), *words], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env={"PATH": str(self.bin)},
                              timeout=30, check=False)


@pytest.fixture
def bare(tmp_path):
    return BareMachine(tmp_path)


def test_root_installs_what_is_missing(bare):
    bare.tool("id", "echo 0")
    bare.tool("apt-get", f'echo apt-get "$@" >>{bare.path}/log')
    done = bare.np("run")
    log = (bare.path / "log").read_text().split()
    assert "update" in log
    for package in ("clang", "lld", "llvm", "nasm", "qemu-system-x86", "make"):
        assert package in log
    assert "gcc-i686-linux-gnu" not in log
    assert done.returncode == 125 and "still missing" in done.stderr


def test_without_root_the_line_to_type_is_shown(bare):
    bare.tool("id", "echo 1000")
    bare.tool("apt-get", "exit 1")
    done = bare.np("run")
    assert done.returncode == 125
    assert re.search(r"type: sudo apt-get install .*\bclang\b", done.stderr), done


def test_homebrews_line_is_shown_on_macos(bare):
    bare.tool("uname", "echo Darwin")
    done = bare.np("run")
    assert done.returncode == 125
    assert re.search(r"type: brew install .*\bllvm\b.*\bqemu\b", done.stderr), done


@pytest.mark.parametrize("version, fits", [
    ("3.99", False), ("4.0", True), ("4.3", True), ("10.1", True),
])
def test_versions_are_compared_as_numbers(bare, version, fits):
    bare.tool("make", f"echo GNU Make {version}")
    lines = bare.np("doctor").stdout.splitlines()
    line = next(line for line in lines if line.startswith("make"))
    assert ("or later" in line) != fits, line
