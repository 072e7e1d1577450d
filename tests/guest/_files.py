#!/usr/bin/env python3
"""Make the files that guest tests read or try to execute: _files.py DIRECTORY PROGRAM

PROGRAM is a good ELF file; the damaged ones are it with one thing wrong each. Nothing may stay
from an earlier run, so DIRECTORY is made anew.
"""

import os
import shutil
import struct
import sys

# Offsets in a 32-bit ELF header and in a program header.
E_TYPE, E_MACHINE, E_PHOFF, E_PHENTSIZE, E_PHNUM = 16, 18, 28, 42, 44
P_TYPE, P_OFFSET, P_VADDR, P_MEMSZ = 0, 4, 8, 20
PT_LOAD, EM_X86_64 = 1, 62


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    directory, program = sys.argv[1:]
    with open(program, "rb") as file:
        good = file.read()
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(os.path.join(directory, "sub"))
    for name, (mode, data) in {**plain(), **scripts(), **damaged(good)}.items():
        path = os.path.join(directory, name)
        with open(path, "wb") as file:
            file.write(data)
        os.chmod(path, mode)


def plain():
    return {
        "digits": (0o644, b"0123456789"),
        "large": (0o644, bytes(i * 7 % 251 for i in range(20000))),
        "nothing": (0o644, b""),
        "sub/leaf": (0o644, b"a leaf\n"),
        "empty": (0o755, b""),
        "words": (0o755, b"These are words, no program.\n"),
        "one_byte": (0o755, b"\x7f"),
    }


# A guest test that says what words it was started with.
READER = b"/tests/exec_script"


def scripts():
    made = {
        "plain": b"#!" + READER + b"\nnothing that is read\n",
        "blanks": b"#! \t " + READER + b" \t one  two \t\nx",
        "no_newline": b"#!" + READER + b" word",
        "just_fits": b"#!" + READER + b" " * (252 - len(READER)) + b"xyz\n",
        "name_cut": b"#!/" + b"x" * 300 + b"\n",
        "names_nothing": b"#! \t\n" + READER + b"\n",
        "only_blanks": b"#!" + b" " * 300 + READER + b"\n",
        "reader_missing": b"#!/tests/absent\n",
        "reader_not_executable": b"#!/tests/files/digits\n",
        "reader_no_program": b"#!/tests/files/words\n",
        "itself": b"#!/tests/files/itself\n",
        "nested1": b"#!" + READER + b" 1\n",
    }
    for depth in range(2, 7):
        made[f"nested{depth}"] = b"#!/tests/files/nested%d %d\n" % (depth - 1, depth)
    return {name: (0o755, text) for name, text in made.items()}


def damaged(good):
    """The good program with one thing wrong in each copy."""
    first = loads(good)[0]
    wrong = {
        "not_executable": good,
        "cut_in_header": good[:40],
        "cut_in_program_headers": good[:60],
        "bad_magic": patch(good, 0, b"\x7fELG"),
        "other_machine": patch(good, E_MACHINE, struct.pack("<H", EM_X86_64)),
        "relocatable": patch(good, E_TYPE, struct.pack("<H", 1)),
        "core": patch(good, E_TYPE, struct.pack("<H", 4)),
        "odd_entry_size": patch(good, E_PHENTSIZE, struct.pack("<H", 31)),
        "no_program_headers": patch(good, E_PHNUM, struct.pack("<H", 0)),
        "too_many_program_headers": patch(good, E_PHNUM, struct.pack("<H", 65535)),
        "program_headers_past_end": patch(good, E_PHOFF, struct.pack("<I", 0x7fffff00)),
        # Linux finds these out too late to answer ENOEXEC.
        "cut_in_segment": good[:word(good, first + P_OFFSET) + 200],
        "segment_in_kernel": patch(good, first + P_VADDR, struct.pack("<I", 0xc0100000)),
        "segment_wraps": patch(good, first + P_MEMSZ, struct.pack("<I", 0xfffff000)),
        "file_part_larger": patch(good, first + P_MEMSZ, struct.pack("<I", 16)),
        "offset_past_end": patch(good, first + P_OFFSET, struct.pack("<I", 0x7ffff000)),
        "nothing_to_load": without_loads(good),
    }
    return {name: (0o644 if name == "not_executable" else 0o755, data)
            for name, data in wrong.items()}


def loads(elf):
    """The offsets of the program headers of segments to load."""
    table, = struct.unpack_from("<I", elf, E_PHOFF)
    size, count = struct.unpack_from("<HH", elf, E_PHENTSIZE)
    headers = [table + i * size for i in range(count)]
    return [at for at in headers if word(elf, at + P_TYPE) == PT_LOAD]


def without_loads(elf):
    for at in loads(elf):
        elf = patch(elf, at + P_TYPE, struct.pack("<I", 0))
    return elf


def word(elf, offset):
    return struct.unpack_from("<I", elf, offset)[0]


def patch(elf, offset, data):
    return elf[:offset] + data + elf[offset + len(data):]


if __name__ == "__main__":
    main()
