"""The rows of docs/features.txt, what the tests proved of them, and the page made of both."""

import json
import os
import re

from . import build, machine

SOURCE = os.path.join(build.ROOT, "docs", "features.txt")
PAGE = os.path.join(build.ROOT, "docs", "features.md")

ROW = re.compile(r"- ([A-Z]\d\d) (.*)")
TO_COME = re.compile(r"  Not yet: (.*)\.")
PROVEN, PARTLY = "proven by", "in part by"

HEAD = """\
# What nopage does

One behaviour a row, and for each port the tests that prove it. Made by `make features` from the
text in docs/features.txt and the results of the last `./np test`.
"""


def lines():
    """The lines of the source, comments left out."""
    with open(SOURCE, encoding="utf-8") as file:
        return [line.rstrip() for line in file if not line.startswith("# ")]


def names():
    """The names of all rows: {"S01", …}."""
    return {match[1] for match in map(ROW.match, lines()) if match}


def results():
    """What was stored: {port: {"complete": did all tests run, "rows": {row: {test: passed}}}}"""
    found = {}
    for port in machine.EMULATOR:
        if os.path.exists(_results_path(port)):
            with open(_results_path(port), encoding="utf-8") as file:
                found[port] = json.load(file)
    return found


def store(port, complete, rows):
    """Keep one port's results in its build directory."""
    with open(_results_path(port), "w", encoding="utf-8") as file:
        json.dump({"complete": complete, "rows": rows}, file, indent=1, sort_keys=True)
        file.write("\n")


def _results_path(port):
    return os.path.join(build.directory(port), "results.json")


def page(everything):
    """The text of docs/features.md."""
    ports = sorted(everything, reverse=True)  # x86 came first
    out = [HEAD]
    in_table = False
    source = lines()
    for line, after in zip(source, source[1:] + [""]):
        match = ROW.match(line)
        if match and not in_table:
            out.append(_cells(["row", "what", *ports]) + "\n" + _cells(["---"] * (2 + len(ports))))
        if match:
            to_come = TO_COME.match(after)
            states = [_state(everything[port]["rows"].get(match[1], {}), to_come) for port in ports]
            out.append(_cells([match[1], match[2].replace("|", "\\|"), *states]))
        elif line and not line.startswith((" ", "#")):
            out.append(f"\n### {line}\n" if len(line) < 40 else line)
        elif not line.startswith(" "):
            out.append(line)
        in_table = bool(match) or line.startswith(" ")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"


def _cells(cells):
    return "| " + " | ".join(cells) + " |"


def _state(tests, to_come):
    if not tests:
        return "not yet"
    failed = sorted(test for test, passed in tests.items() if not passed)
    if failed:
        return "fails in " + ", ".join(f"`{test}`" for test in failed)
    named = ", ".join(f"`{test}`" for test in sorted(tests))
    return f"{PARTLY} {named}; not yet: {to_come[1]}" if to_come else f"{PROVEN} {named}"


def said_proven(port):
    """The rows that the committed page says are proven on a port, in whole or in part."""
    with open(PAGE, encoding="utf-8") as file:
        tables = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                  for line in file if line.startswith("|")]
    column = next((cells.index(port) for cells in tables if port in cells), None)
    if column is None:
        return set()
    return {cells[0] for cells in tables if cells[column].startswith((PROVEN, PARTLY))}
