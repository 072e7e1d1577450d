#!/usr/bin/env python3
"""Print a compilation database for editors: compile_commands.py COMMAND FILE... [-- ...]"""

import itertools
import json
import os
import sys


def main():
    entries = []
    for separator, group in itertools.groupby(sys.argv[1:], key="--".__eq__):
        if separator:
            continue
        command, *files = group
        for file in files:
            entry = {"directory": os.getcwd(), "file": file, "command": f"{command} -c {file}"}
            entries.append(entry)
    json.dump(entries, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
