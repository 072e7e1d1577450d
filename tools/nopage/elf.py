"""What an ELF file says of itself: for which port it is, and why it may not run here."""

import struct

MAGIC = b"\x7fELF"
CLASS_32, LITTLE_ENDIAN = 1, 1
EXECUTABLE, MOVABLE = 2, 3  # e_type: ET_EXEC, ET_DYN
INTERPRETER = 3             # p_type: PT_INTERP
PORT = {3: "x86", 40: "arm"}
MACHINE = {3: "the 32-bit PC", 40: "32-bit ARM", 62: "x86-64", 183: "64-bit ARM", 8: "MIPS",
           20: "PowerPC", 21: "64-bit PowerPC", 22: "S/390", 243: "RISC-V", 258: "LoongArch"}
EABI_VERSION = 24           # e_flags >> this: of ARM's ABI; Linux's calls are the EABI's since 4


class WrongElf(Exception):
    """This file cannot run on the port; the message says why, and what can be done."""


def is_elf(path):
    with open(path, "rb") as file:
        return file.read(4) == MAGIC


def check(path, arch):
    """Raise WrongElf unless the ELF file is a static program for the port."""
    with open(path, "rb") as file:
        data = file.read()
    if len(data) < 52:
        raise WrongElf(f"{path}: is cut off: an ELF file of {len(data)} bytes")
    kind, machine = struct.unpack_from(("<" if data[5] == LITTLE_ENDIAN else ">") + "HH", data, 16)
    what = MACHINE.get(machine, f"machine number {machine}")
    if data[5] != LITTLE_ENDIAN:
        raise WrongElf(f"{path}: is for {what}, big-endian; nopage runs little-endian programs")
    if machine not in PORT or data[4] != CLASS_32:
        raise WrongElf(f"{path}: is for {what}; nopage runs 32-bit programs for the PC (i386) and "
                       "for ARM")
    if PORT[machine] != arch:
        raise WrongElf(f"{path}: is for {what}, but the port is {arch} (--arch {PORT[machine]})")
    if kind not in (EXECUTABLE, MOVABLE):
        raise WrongElf(f"{path}: is no program, but an object file or a memory dump")
    if arch == "arm" and struct.unpack_from("<I", data, 36)[0] >> EABI_VERSION < 4:
        raise WrongElf(f"{path}: is for ARM's old ABI; nopage has the system calls of the EABI")
    interpreter = _interpreter(data)
    if interpreter:
        raise WrongElf(f"{path}: is dynamically linked, it wants {interpreter}; nopage runs static "
                       "programs (compile it with -static)")


def _interpreter(data):
    """The dynamic linker that the program names, or None."""
    table, = struct.unpack_from("<I", data, 28)
    size, count = struct.unpack_from("<HH", data, 42)
    for at in range(table, table + size * count, size or 1):
        if at + 32 > len(data):
            return None
        kind, offset, _, _, length = struct.unpack_from("<5I", data, at)
        if kind == INTERPRETER:
            return data[offset:offset + length].rstrip(b"\0").decode(errors="replace")
    return None
