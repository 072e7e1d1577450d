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


@pytest.mark.parametrize("page, source", [
    ("shmget", "shm.c"), ("shmget", "ipc.c"), ("shmat", "shm_attach.c"), ("shmctl", "shm_ctl.c"),
    ("shmctl", "ipc_ctl.c"), ("semget", "sem.c"),
    ("semop", "sem_op.c"), ("semctl", "sem_ctl.c"), ("msgget", "msg.c"), ("msgop", "msg_transfer.c"),
    ("msgctl", "msg_ctl.c"), ("msgctl", "ipc_ctl.c")])
def test_man_pages_tell_every_error(page, source):
    text = text_of(f"kernel/ipc/{source}")
    errors = set(re.findall(r"-(E[A-Z0-9]+)\b|\bipc_refuse\((E[A-Z0-9]+)", text))
    errors = {name or refused for name, refused in errors}
    errors -= {"ERESTARTNOHAND", "ETIMEDOUT"}  # the kernel's own names for EINTR and EAGAIN
    told = set(re.findall(r"^\.B (E[A-Z0-9]+)$", text_of(f"docs/man/{page}.2"), re.MULTILINE))
    assert errors and errors - told == set()
