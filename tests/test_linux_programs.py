"""Static programs of Linux, unmodified: compiled against musl and glibc, and Debian's own.

Each runs here and on real Linux, from one archive, in one boot a kernel, and must print the same.
C files of tests/linux/programs/ are compiled with both C libraries; X.sh is a script for one of
Debian's static shells. Where Debian's packages are not to be had, the tests are skipped.
"""

import concurrent.futures
import glob
import os
import stat

import pytest
from conftest import ARCH
from nopage import build, cpio, debian, foreign, guest, linux, machine, tap
from test_front_door import np, person  # noqa: F401 (a fixture)

SOURCES = os.path.join(build.ROOT, "tests", "linux", "programs")
NAMES = sorted(os.path.basename(path)[:-2] for path in glob.glob(os.path.join(SOURCES, "*.c")))
# Which program runs on which C library; musl's also as programs that may lie anywhere.
COMPILED = [(name, libc) for name in NAMES for libc in (*foreign.LIBCS, "musl-pie")]
# What the linker is told besides.
LINKED = {"stack_code": ["-z", "execstack"]}
# A script, and the shell that reads it, as its first line names it.
SCRIPTS = [("posix", shell) for shell in ("busybox", "bash", "lksh", "mksh")]
SCRIPTS += [("applets", "busybox"), ("bash", "bash")]
SHELL = {"busybox": "#!/linux/busybox sh\n"}
PLACE = "linux/"
# What the scripts may call: names for busybox.
APPLETS = """
    awk base64 basename bc bunzip2 bzip2 cal cat chmod cmp cp cpio crc32 cut date dc dd df diff
    dirname du ed env expand expr factor find flock fold free grep gunzip gzip head hexdump hostname
    id killall ln ls md5sum mkdir mktemp mount mv nice nl nohup nproc od paste pidof printf
    ps readlink realpath rev rm run-parts sed seq setsid sh sha256sum sleep sort stat strings sysctl
    tac tail tar tee time timeout touch tr true truncate tty uname uniq uptime usleep wc which
    whoami xargs xxd yes""".split()
SECONDS = 300


def called(name, how):
    return f"{name}.{how}"


EVERYTHING = [called(*pair) for pair in COMPILED + SCRIPTS]


def archive(arch, directory):
    """All of it as an archive: {path: (mode, data)}, packed."""
    files = {PLACE + name: (cpio.PROGRAM, read(path))
             for name, path in foreign.ready(arch).items()}
    for name in APPLETS:
        files[f"{PLACE}bin/{name}"] = (stat.S_IFLNK | 0o777, b"/linux/busybox")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        made = pool.map(lambda pair: compiled(arch, directory, *pair), COMPILED)
    files.update((PLACE + called(*pair), (cpio.PROGRAM, data))
                 for pair, data in zip(COMPILED, made))
    for name, shell in SCRIPTS:
        line = SHELL.get(shell, f"#!/linux/{shell}\n").encode()
        files[PLACE + called(name, shell)] = (
            cpio.PROGRAM, line + read(os.path.join(SOURCES, name + ".sh")))
    return cpio.files(files)


def compiled(arch, directory, name, how):
    libc, _, pie = how.partition("-")
    target = os.path.join(directory, called(name, how))
    foreign.program(arch, libc, os.path.join(SOURCES, name + ".c"), target,
                    pie=bool(pie), options=LINKED.get(name, ()))
    return read(target)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Ran:
    """What became of everything, here and on Linux."""

    def __init__(self, directory):
        own = build.tests_archive(ARCH) + archive(ARCH, directory)
        argv = ["/tests/" + guest.DRIVER] + ["/" + PLACE + name for name in EVERYTHING]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            theirs = pool.submit(linux.run, ARCH, own, argv, timeout=SECONDS)
            self.boot = machine.boot(build.kernel_path(ARCH), own + build.run_archive(argv),
                                     args="check=1", arch=ARCH, timeout=SECONDS)
            self.theirs = tap.sections(theirs.result()[0])
        self.ours = tap.sections(self.boot.stdout.decode(errors="replace"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    try:
        return Ran(str(tmp_path_factory.mktemp("linux")))
    except debian.Unavailable as reason:
        pytest.skip(f"Debian's packages are not to be had here: {reason}")


@pytest.mark.rows("V11")
@pytest.mark.parametrize("name", EVERYTHING)
def test_prints_what_it_prints_on_linux(name, ran):
    ours, theirs = (found.get(name, tap.Section(name)) for found in (ran.ours, ran.theirs))
    assert theirs.ending and theirs.ending.startswith("status"), f"on Linux:\n{theirs}"
    assert ours.lines == theirs.lines, ran.boot.words() + "\n" + ran.boot.kernel.decode(
        errors="replace")[-2000:]


@pytest.fixture
def busybox():
    try:
        return foreign.ready(ARCH)["busybox"]
    except debian.Unavailable as reason:
        pytest.skip(f"Debian's packages are not to be had here: {reason}")


@pytest.mark.rows("V11")
def test_a_person_works_in_the_shell_of_busybox(person, busybox):
    """Run alone, on a terminal: its own line editing, a pipe, a job that is stopped.

    While it edits a line the terminal is raw: keys for a job are typed when the job has said that
    it runs.
    """
    someone = person("run", "--arch", ARCH, busybox, "--", "sh")
    someone.expect(b"# ")
    someone.type(b"echo wronh\x7fg | cat\r")
    someone.expect(b"\nwrong\r\n")
    someone.type(b"sh -c 'echo ready; exec cat'\r")
    someone.expect(b"\nready\r\n")
    someone.type(b"line\r")
    someone.expect(b"line\r\nline\r\n")
    someone.type(b"\x1a")
    someone.expect(b"Stopped")
    someone.type(b"kill -9 %1; fg; echo gone\r")
    someone.expect(b"\ngone\r\n")
    someone.type(b"exit 7\r")
    someone.expect(b"np: exited with status 7\r\n")
    assert someone.end() == 7


@pytest.mark.rows("V11")
def test_an_elf_alone(busybox):
    done = np("run", "--quiet", busybox, "--", "printf", "%s|", "a b", "c", env={"ARCH": ""})
    assert (done.stdout, done.returncode) == (b"a b|c|", 0), done


@pytest.mark.rows("V11")
def test_ps_of_busybox(busybox):
    done = np("run", "--quiet", "--extra", busybox, "--", "busybox", "ps", env={"ARCH": ARCH})
    lines = [line.split() for line in done.stdout.decode().splitlines()]
    assert lines[0] == ["PID", "USER", "COMMAND"]
    assert ["1", "root", "/bin/init"] in lines and ["2", "root", "/bin/busybox", "ps"] in lines
