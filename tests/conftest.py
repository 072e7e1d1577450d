"""What the tests share: the build under test, boots of many guest tests, the record of rows.

A test proves rows of docs/features.md: a guest test by naming them in its TAP, a Python test by
@pytest.mark.rows("V09"). What was proven is kept in results.json in the build directory.
"""

import concurrent.futures
import os
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tools"))

from nopage import build, guest, machine, rows  # noqa: E402 (after the path is set)

ARCH = build.ARCH

# How each guest test is run: the name of the mode and its boot arguments.
MODES = {"plain": "", "check": "check=1", "sleepy": "check=1 sleepy=1"}
BATCH = 12


def pytest_configure(config):
    config.addinivalue_line("markers", "rows(*names): rows of docs/features.md this test proves")
    config.record = Record()


# What has nothing to do with a port is tested along with x86; test_PORT.py is for that port alone.
WITHOUT_PORT = {"test_docs.py", "test_elf.py", "test_host.py", "test_machine.py", "test_tap.py"}


def pytest_collection_modifyitems(items):
    """What the rows' state is can be told last only."""
    others = {f"test_{port}.py" for port in build.PORTS if port != ARCH}
    if ARCH != "x86":
        others |= WITHOUT_PORT
    items[:] = [item for item in items if item.path.name not in others]
    items.sort(key=lambda item: item.path.name == "test_features.py")


def pytest_collection_finish(session):
    """Everything is built, and boots of the guest tests that were chosen begin, two at a time."""
    if session.config.option.collectonly or not session.items:
        return
    try:
        build.make("all", "bench-programs", "linux-programs", arch=ARCH, quiet=True)
    except build.BuildFailed as error:
        pytest.exit(f"nothing was tested: {error}", machine.NOT_STARTED)
    session.config.boots = Boots(wanted_runs(session.items), wanted_on_linux(session.items))


def pytest_unconfigure(config):
    if hasattr(config, "boots"):
        config.boots.close()


def wanted_runs(items):
    """The set of (program, mode) that the chosen tests will ask for."""
    calls = [(item.function.__name__, item.callspec.params) for item in items
             if hasattr(item, "callspec")]
    wanted = {(params["program"], params["mode"]) for name, params in calls if name == "test_guest"}
    return wanted | {(program, "plain") for program in _on_linux(calls)}


def wanted_on_linux(items):
    return _on_linux([(item.function.__name__, item.callspec.params) for item in items
                      if hasattr(item, "callspec")])


def _on_linux(calls):
    return sorted({params["program"] for name, params in calls if name == "test_linux"})


class Boots:
    """Runs batches in the background; outcomes are waited for when a test asks."""

    def __init__(self, runs, on_linux):
        self.pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1)
        self.linux = self.pool.submit(guest.run_on_linux, on_linux, ARCH) if on_linux else None
        self.batches = {}
        for arguments, group in sorted(_by_arguments(runs).items()):
            for at in range(0, len(group), BATCH):
                part = group[at:at + BATCH]
                future = self.pool.submit(guest.run, [name for name, _ in part], arguments, ARCH)
                self.batches.update((run, future) for run in part)

    def outcome(self, program, mode):
        return self.batches[program, mode].result()[program]

    def on_linux(self, program):
        return self.linux.result()[program]

    def close(self):
        self.pool.shutdown(cancel_futures=True)


def _by_arguments(runs):
    groups = {}
    for program, mode in sorted(runs):
        arguments = f"{MODES[mode]} {guest.wants(program)}".strip()
        groups.setdefault(arguments, []).append((program, mode))
    return groups


class Record:
    """Which rows were proven by which tests, and which of those failed."""

    def __init__(self):
        self.rows = {}

    def add(self, row, test, passed):
        tests = self.rows.setdefault(row, {})
        tests[test] = tests.get(test, True) and passed


def complete(config):
    """Whether this session runs every test there is."""
    option = config.option
    chosen = option.keyword or option.markexpr or option.deselect or option.lf
    return not chosen and [os.path.abspath(word) for word in config.args] == [
        os.path.join(ROOT, "tests")]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call" and not report.skipped:
        for mark in item.iter_markers("rows"):
            for row in mark.args:
                item.config.record.add(row, item.originalname, report.passed)


def pytest_sessionfinish(session):
    if hasattr(session.config, "boots"):
        rows.store(ARCH, complete(session.config), session.config.record.rows)


@pytest.fixture
def boots(request):
    return request.config.boots


@pytest.fixture
def record(request):
    return request.config.record


@pytest.fixture
def is_complete(request):
    return complete(request.config)
