"""The documents: what they name is there, what they show is true, and the man pages render."""

import glob
import os
import re
import shutil
import subprocess

import pytest
from nopage import bench, build

SOURCES = ["kernel", "arch", "libc", "user", "tools", "tests", "linker", "np", "Makefile"]
MAN = sorted(glob.glob(os.path.join(build.ROOT, "docs", "man", "*.[1-8]")))
# Made from a list of what is still to be built, so it names what is not there yet.
GENERATED = "docs/features.md"


def path_of(name):
    return os.path.join(build.ROOT, name)


def text_of(name):
    with open(path_of(name), encoding="utf-8") as file:
        return file.read()


def pages():
    found = [path_of("README.md")] + glob.glob(path_of("docs/*.md"))
    names = (os.path.relpath(path, build.ROOT) for path in found)
    return sorted(name for name in names if name != GENERATED)


def said(*command):
    return subprocess.run(command, cwd=build.ROOT, stdin=subprocess.DEVNULL, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode()


def quoted(page):
    """What stands in `backquotes` outside the indented and fenced blocks."""
    prose = re.sub(r"^```.*?^```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", prose)


@pytest.fixture(scope="module")
def words():
    """Every identifier and number of the sources."""
    found = set()
    for top in SOURCES:
        files = [path_of(top)] if os.path.isfile(path_of(top)) else [
            os.path.join(directory, name) for directory, _, names in os.walk(path_of(top))
            for name in names if not name.endswith(".pyc")]
        for path in files:
            with open(path, encoding="utf-8", errors="replace") as file:
                found.update(re.findall(r"\w+", file.read()))
    return found


@pytest.mark.parametrize("page", pages())
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)\)", text_of(page))
    here = os.path.dirname(path_of(page))
    assert [link for link in links if not os.path.exists(os.path.join(here, link))] == []


@pytest.mark.parametrize("page", pages())
def test_files_are_there(page):
    tops = "|".join(SOURCES[:7] + ["docs"])
    names = [word for word in quoted(page) if re.fullmatch(rf"(?:{tops})/[\w./*]+", word)]
    names = [name.replace("PORT", port) for name in names for port in build.PORTS]
    assert [name for name in names if not glob.glob(path_of(name))] == []


@pytest.mark.parametrize("page", pages())
def test_functions_are_there(page, words):
    names = [word for word in quoted(page) if re.fullmatch(r"[A-Za-z]+_\w+", word)]
    # attach_detach… and …_with_N: families of benchmarks
    assert [name for name in names if name not in words and not name.endswith("_")] == []


@pytest.mark.parametrize("page", pages())
def test_commands_are_there(page):
    known = re.findall(r"^  ([a-z-]+)", said("./np", "help"), re.MULTILINE) + ["help"]
    used = re.findall(r"\./np ([a-z-]+)", text_of(page))
    assert [word for word in used if word not in known] == []


@pytest.mark.parametrize("page", pages())
def test_options_are_there(page):
    known = "".join(said("./np", word, "--help") for word in ("run", "gdb", "bench"))
    used = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", text_of(page)))
    assert [option for option in used if option not in known] == []


def test_the_readme_knows_how_long_the_kernel_is():
    lines = int(re.search(r"kernel and port +(\d+)", said("./np", "lines"))[1])
    claimed = re.search(r"about ([\d,]+) lines of code", text_of("README.md"))[1]
    claimed = int(claimed.replace(",", ""))
    assert abs(claimed - lines) < lines * 0.03, f"it is {lines} lines"


def test_the_readmes_program_prints_what_it_shows(tmp_path):
    page = text_of("README.md")
    source = re.search(r"^```c\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[1]
    (tmp_path / "mine.c").write_text(source)
    output = said("./np", "run", "--quiet", "--timeout", "50", str(tmp_path / "mine.c"))
    assert output.replace("np: exited with status 0\n", "") in page and "0x40000000" in output


def test_the_figures_are_about_right():
    """Compilers differ by a little; a figure that is far off is from another time."""
    if build.TOOLCHAIN != "llvm":
        pytest.skip("docs/speed.md shows the figures of the default toolchain")
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\| ([\d,]+) \|", text_of("docs/speed.md"), re.MULTILINE)
    shown = {name: int(figure.replace(",", "")) for name, figure in rows}
    measured = bench.here()
    assert shown.keys() == measured.keys()
    assert {name: measured[name] for name, figure in shown.items()
            if abs(figure - measured[name]) > 0.15 * measured[name]} == {}


def test_every_call_is_listed():
    tables = "".join(text_of(f"arch/{port}/syscalls") for port in build.PORTS)
    calls = set(re.findall(r"^\d+\s+(\S+)", tables, re.MULTILINE))
    page = text_of("docs/linux.md")
    section = page[page.index("## Which calls exist"):page.index("## Not there yet")]
    assert calls - set(re.findall(r"\w+", section)) == set()


def test_every_listed_difference_is_explained():
    lines = text_of("tests/linux/differences.txt").splitlines()
    programs = {line.split("|")[0].strip() for line in lines if line and line[0] != "#"}
    assert {name for name in programs if f"`{name}`" not in text_of("docs/linux.md")} == set()


def test_every_boot_argument_is_told():
    known = set()
    for path in glob.glob(path_of("kernel/*/*.c")) + glob.glob(path_of("kernel/*.c")):
        with open(path, encoding="utf-8") as file:
            known |= set(re.findall(r'bootarg_\w+\("(\w+)"', file.read()))
    page = text_of("docs/design.md")
    assert known and {name for name in known if f"{name}=" not in page} == set()


@pytest.mark.parametrize("path", MAN, ids=os.path.basename)
def test_man_pages_render(path):
    """Without a warning, by whichever renderer is there."""
    renderers = {
        "mandoc": ["mandoc", "-T", "lint", "-W", "error", path],
        "groff": ["groff", "-t", "-man", "-ww", "-z", "-Tutf8", path],
    }
    commands = [command for tool, command in renderers.items() if shutil.which(tool)]
    if not commands:
        pytest.skip("neither mandoc nor groff is here")
    for command in commands:
        assert said(*command) == ""


def names_of(path):
    """What man(1) finds a page by, with its section: {("shmat", "2")}."""
    name, section = os.path.basename(path).split(".")
    with open(path, encoding="utf-8") as file:
        line = re.search(r"^\.SH NAME\n(.*) \\- ", file.read(), re.MULTILINE)[1]
    return {(name, section) for name in line.split(", ") + [name]}


def manual():
    return set().union(*map(names_of, MAN))


@pytest.mark.parametrize("path", MAN, ids=os.path.basename)
def test_man_pages_lead_somewhere(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    others = re.findall(r"^\.R?BR? (?:\S+ )?(\w+) \((\d)\)|\\fB(\w+)\\fP\((\d)\)", text,
                        re.MULTILINE)
    others = {(name or cell, section or number) for name, section, cell, number in others}
    assert others - manual() == set()
    tops = "|".join(SOURCES[:5] + ["docs"])
    files = re.findall(rf"^\.IR? ((?:{tops})/[\w./]+)", text, re.MULTILINE)
    assert [name for name in files if not os.path.exists(path_of(name))] == []


@pytest.mark.parametrize("path", MAN, ids=os.path.basename)
def test_man_pages_name_functions_that_are_there(path, words):
    with open(path, encoding="utf-8") as file:
        files = re.search(r"^\.SH FILES\n(.*?)(?:^\.SH|\Z)", file.read(), re.MULTILINE | re.DOTALL)
    named = files[1] if files else ""
    names = re.findall(r"^\.(?:RB \(|BR?) (\w+)\b(?! \(\d)", named, re.MULTILINE)
    assert [name for name in names if name not in words] == []


@pytest.mark.parametrize("path", [path for path in MAN if path[-1] in "23"],
                         ids=os.path.basename)
def test_man_pages_show_functions_that_are_declared(path):
    """In a header of those that the page says; <sys/syscall.h>: a call without a function."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    synopsis = re.search(r"^\.SH SYNOPSIS\n(.*?)^\.SH", text, re.MULTILINE | re.DOTALL)[1]
    headers = re.findall(r"#include <(\S+)>", synopsis)
    declared = "".join(text_of(f"libc/include/{name}") for name in headers
                       if not name.startswith("abi"))
    shown = re.findall(r'^\.BI? "?[^#\n(]*?(\w+)\(', synopsis, re.MULTILINE)
    assert shown
    assert "sys/syscall.h" in headers or [
        name for name in shown if not re.search(rf"\b{name}\(", declared)] == []


def test_every_call_has_a_man_page():
    """By its own name, or by the one that programs know: rt_ and the sizes are the kernel's."""
    renamed = {"_newselect": "select", "pselect6": "pselect", "_llseek": "llseek"}
    tables = "".join(text_of(f"arch/{port}/syscalls") for port in build.PORTS)
    told = {name for name, section in manual() if section == "2"}
    calls = set()
    for call in re.findall(r"^\d+\s+(\S+)", tables, re.MULTILINE):
        known = re.sub(r"(_time64|64|32)$", "", call)
        calls.add(call if call in told else renamed.get(known, known))
    assert calls and calls - told == set()


def test_every_program_has_a_man_page():
    files = glob.glob(path_of("user/*.c")) + glob.glob(path_of("user/demo/*.c"))
    programs = {os.path.basename(path)[:-2] for path in files}
    programs |= {os.path.basename(os.path.dirname(path))
                 for path in glob.glob(path_of("user/*/main.c"))}
    told = {name for name, section in manual() if section in "18"}
    assert programs and programs - told == set()


@pytest.mark.parametrize("pages, source", [
    ("shmget", "ipc/shm.c"), ("shmget", "ipc/ipc.c"), ("shmat", "ipc/shm_attach.c"),
    ("shmctl", "ipc/shm_ctl.c"), ("shmctl", "ipc/ipc_ctl.c"), ("semget", "ipc/sem.c"),
    ("semop", "ipc/sem_op.c"), ("semctl", "ipc/sem_ctl.c"), ("msgget", "ipc/msg.c"),
    ("msgop", "ipc/msg_transfer.c"), ("msgctl", "ipc/msg_ctl.c"), ("msgctl", "ipc/ipc_ctl.c"),
    ("sigaction sigprocmask sigqueue sigaltstack", "sys/handlers.c"),
    ("kill sigqueue", "sys/signals.c"), ("alarm", "sys/itimer.c"), ("setuid", "sys/identity.c"),
    ("pipe open mknod", "file/pipe_open.c"), ("read fcntl ioctl", "file/pipe.c"),
    ("poll", "file/poll.c"),
    ("open truncate", "file/open.c"), ("read ioctl", "file/calls.c"), ("dup fcntl", "file/file.c"),
    ("mkdir mknod unlink rename", "file/names.c"), ("link", "file/links.c"),
    ("chdir getdents", "file/directory.c"), ("access chmod chown", "file/permission.c"),
    ("stat statfs utimensat", "file/stat.c"), ("read ioctl", "file/terminal.c"),
    ("read", "sys/sendfile.c"), ("wait getrusage", "sys/wait.c"), ("nice", "sys/scheduling.c"),
    ("mmap mremap", "sys/memory.c"), ("mremap", "mm/remap.c"),
    ("madvise", "sys/advice.c"), ("mlock mmap", "sys/lock.c"),
    ("clock_gettime nanosleep", "sys/time.c"), ("uname reboot getrlimit", "sys/system.c"),
    ("ipc", "sys/ipc.c"), ("execve", "task/exec.c"), ("fork", "task/fork.c"),
    ("clone futex", "sys/futex.c"), ("futex", "task/futex.c"),
    ("clone setpgid execve", "sys/process.c")])
def test_man_pages_tell_every_error(pages, source):
    text = text_of(f"kernel/{source}")
    errors = set(re.findall(r"-(E[A-Z0-9]+)\b|\bipc_refuse\((E[A-Z0-9]+)", text))
    errors = {name or refused for name, refused in errors}
    # the kernel's own names for EINTR, and for the end of a time
    errors -= {"ERESTARTSYS", "ERESTARTNOHAND", "ERESTART_RESTARTBLOCK", "ETIMEDOUT"}
    told = set()
    for page in pages.split():
        told |= set(re.findall(r"^\.B (E[A-Z0-9]+)$", text_of(f"docs/man/{page}.2"), re.MULTILINE))
    assert errors and errors - told == set()
