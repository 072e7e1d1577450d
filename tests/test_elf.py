"""tools/nopage/elf.py: which files are for a port, and what is said of the others."""

import struct

import pytest
from nopage import elf

I386, ARM, X86_64, AARCH64, MIPS = 3, 40, 62, 183, 8


def header(machine=I386, kind=2, bits=1, order="<", flags=0, segments=()):
    """An ELF file of a header and program headers, each (type, contents)."""
    ident = b"\x7fELF" + bytes([bits, 1 if order == "<" else 2, 1]) + bytes(9)
    data = ident + struct.pack(order + "HHIIIIIHHHHHH", kind, machine, 1, 0, 52, 0, flags, 52, 32,
                               len(segments), 0, 0, 0)
    at = len(data) + 32 * len(segments)
    for number, contents in segments:
        data += struct.pack(order + "8I", number, at, 0, 0, len(contents), len(contents), 4, 1)
        at += len(contents)
    return data + b"".join(contents for _, contents in segments)


EABI5 = 0x05000400
GOOD = [
    ("x86", header()),
    ("x86", header(kind=3)),
    ("x86", header(segments=[(1, b"text"), (7, b"tls")])),
    ("arm", header(ARM, flags=EABI5)),
]
WRONG = [
    ("x86", header(ARM, flags=EABI5), "is for 32-bit ARM, but the port is x86 (--arch arm)"),
    ("arm", header(I386), "is for the 32-bit PC, but the port is arm (--arch x86)"),
    ("x86", header(X86_64, bits=2), "is for x86-64; nopage runs 32-bit programs"),
    ("x86", header(X86_64), "is for x86-64; nopage runs 32-bit programs"),
    ("arm", header(AARCH64, bits=2), "is for 64-bit ARM; nopage runs 32-bit programs"),
    ("x86", header(9999), "is for machine number 9999"),
    ("x86", header(MIPS, order=">"), "is for MIPS, big-endian"),
    ("arm", header(ARM, order=">"), "is for 32-bit ARM, big-endian"),
    ("arm", header(ARM, flags=0x02000000), "is for ARM's old ABI"),
    ("x86", header(kind=1), "is no program, but an object file"),
    ("x86", header(kind=4), "is no program, but an object file"),
    ("x86", header(segments=[(1, b"x"), (3, b"/lib/ld-linux.so.2\0")]),
     "is dynamically linked, it wants /lib/ld-linux.so.2"),
    ("x86", header()[:51], "is cut off: an ELF file of 51 bytes"),
]


@pytest.fixture
def made(tmp_path):
    def write(data):
        path = tmp_path / "file"
        path.write_bytes(data)
        return str(path)
    return write


@pytest.mark.parametrize("port, data", GOOD)
def test_a_static_program_is_taken(port, data, made):
    path = made(data)
    assert elf.is_elf(path)
    elf.check(path, port)


@pytest.mark.parametrize("port, data, words", WRONG, ids=[words for _, _, words in WRONG])
def test_anything_else_is_told(port, data, words, made):
    path = made(data)
    with pytest.raises(elf.WrongElf) as told:
        elf.check(path, port)
    assert str(told.value).startswith(f"{path}: {words}")


def test_program_headers_that_are_cut_off_do_no_harm(made):
    data = header(segments=[(1, b"x"), (3, b"/lib/ld-linux.so.2\0")])
    for size in range(52, len(data)):
        try:
            elf.check(made(data[:size]), "x86")
        except elf.WrongElf as told:
            assert "dynamically linked" in str(told)


@pytest.mark.parametrize("data", [b"", b"\x7fEL", b"#!/bin/sh\n", b"\x7fELG" + bytes(60)])
def test_what_is_no_elf(data, made):
    assert not elf.is_elf(made(data))
