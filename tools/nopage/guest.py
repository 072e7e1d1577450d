"""Runs guest tests in batches, many programs a boot, and tells whom to blame when a boot dies."""

import glob
import os
import re

from . import build, linux, machine, tap

SOURCES = os.path.join(build.ROOT, "tests", "guest")
DRIVER = "run_tests"
# A test that needs more boot arguments, or another memory size, says so in a comment.
WANTS = re.compile(r"^ \* Boot with: (.*)$", re.MULTILINE)

# The driver ends a test after a minute; a machine that hangs is ended soon after that.
SECONDS_A_BOOT, SECONDS_A_TEST = 75, 5


def all_programs():
    """The names of all guest tests of all ports."""
    names = (os.path.basename(path)[:-2] for path in glob.glob(os.path.join(SOURCES, "*.c")))
    return sorted(name for name in names if not name.startswith("_") and name != DRIVER)


def programs(arch=build.ARCH):
    """The names of a port's guest tests: all but those that begin with another port's name."""
    others = tuple(port + "_" for port in build.PORTS if port != arch)
    return [name for name in all_programs() if not name.startswith(others)]


def wants(program):
    """The boot arguments that a test asks for in its source."""
    with open(os.path.join(SOURCES, program + ".c"), encoding="utf-8") as file:
        found = WANTS.search(file.read())
    return found[1].strip() if found else ""


class Outcome:
    """One program's section of a batch, and what became of the boot while it ran."""

    def __init__(self, section, verdict="", kernel=""):
        self.section = section
        self.verdict = verdict  # how the machine ended during this program; "" if it did not
        self.kernel = kernel    # then: what the kernel said

    def problems(self):
        if self.verdict:
            return [self.verdict] + [p for p in self.section.problems() if p.startswith("failed")]
        return self.section.problems()

    def report(self):
        said = f"\n--- the kernel said ---\n{self.kernel}" if self.kernel else ""
        listed = "\n".join(f"  {problem}" for problem in self.problems())
        return f"{self.section.program}:\n{listed}\n--- its output ---\n{self.section}{said}"


def run(names, arguments="", arch=build.ARCH, kernel=None):
    """Run tests with boot arguments, on another build's kernel if one is given; {name: Outcome}.

    A test during which the machine ended is blamed, and those after it get a boot of their own.
    """
    outcomes = {}
    left = list(names)
    while left:
        result = _boot(left, arguments, arch, kernel)
        found = tap.sections(result.stdout.decode(errors="replace"))
        last = list(found)[-1] if found else left[0]
        finished = result.kind == machine.EXIT and result.status == 0
        for name in left[:]:
            section = found.get(name, tap.Section(name))
            died = name == last and not finished
            if name in found or died:
                outcomes[name] = Outcome(section, *_end(result) if died else ())
                left.remove(name)
        if finished:  # whoever is left was skipped by the driver: an empty section tells
            outcomes.update((name, Outcome(tap.Section(name))) for name in left)
            left = []
    return outcomes


def _end(result):
    verdict = result.words()
    if not result.stdout and not result.kernel:
        verdict += "; it printed nothing"
    return verdict, result.kernel.decode(errors="replace")[-4000:]


def _boot(names, arguments, arch, kernel):
    memory = re.search(r"\bmem=(\d+)", arguments)
    archive = build.tests_archive(arch) + build.run_archive(_argv(names))
    return machine.boot(kernel or build.kernel_path(arch), archive, args=arguments, arch=arch,
                        memory=int(memory[1]) if memory else 256,
                        timeout=SECONDS_A_BOOT + SECONDS_A_TEST * len(names))


def _argv(names):
    return ["/tests/" + name for name in [DRIVER, *names]]


def run_on_linux(names, arch=build.ARCH):
    """Run the same ELF files on Linux, all in one boot of the same archive; {name: Section}.

    Raises linux.Unavailable or linux.Died.
    """
    output, status = linux.run(arch, build.tests_archive(arch), _argv(names), timeout=600)
    if status != 0:
        raise linux.Died(f"{DRIVER} ended with wait status {status}:\n{output[-2000:]}")
    return tap.sections(output)
