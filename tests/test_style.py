"""What the source looks like, as far as a program can tell."""

import os
import subprocess

import pytest
from nopage import build

COLUMNS = 100
LINES = 60  # of a function, its braces included


def sources(*endings):
    """The files that git knows, or all, where there is no git: (path, lines)."""
    listed = subprocess.run(["git", "ls-files"], cwd=build.ROOT, capture_output=True, text=True)
    names = listed.stdout.split()
    if listed.returncode or not names:
        pytest.skip("not a checkout")
    for name in names:
        if name.endswith(endings) and os.path.isfile(os.path.join(build.ROOT, name)):
            with open(os.path.join(build.ROOT, name), encoding="utf-8") as file:
                yield name, file.read().split("\n")


def test_lines_are_short():
    """Characters, not bytes; a tab is eight."""
    assert [f"{name}:{number}: {len(line.expandtabs(8))} columns"
            for name, lines in sources(".c", ".h", ".py", "np")
            for number, line in enumerate(lines, 1)
            if len(line.expandtabs(8)) > COLUMNS] == []


def functions(lines):
    """(name's line, length) of the functions in a C file: a brace in the first column ends each."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            yield start - 1, number - start + 1
            start = None


def test_functions_are_short():
    assert [f"{name}:{number}: {length} lines"
            for name, lines in sources(".c") if name.startswith(("kernel/", "arch/"))
            for number, length in functions(lines) if length > LINES] == []
