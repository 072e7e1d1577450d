#!/usr/bin/env python3
"""./np run: build what is out of date, boot, and end with the program's own status."""

import argparse
import os
import signal
import stat
import sys
import tempfile

from nopage import build, cpio, disc, elf, machine, terminal

EPILOG = """\
Without a program the shell starts on this terminal; `poweroff`, or leaving it, ends the run.
Words after -- are the program's arguments; without a program they name one that is there (-- ls).

A ready program is a static ELF file for Linux, whoever compiled it, or a script that names its
interpreter (#!). Without --arch an ELF chooses the port itself.

--extra FILE puts a program into /bin, to be called by its name, and any other file into /, both
with their mode bits; a program is checked as a ready one is. --extra FILE=/PATH puts anything
anywhere, unchecked, also in the place of what is there (--extra busybox=/bin/sh).

exit status: the program's own; 128+n killed by signal n; 124 out of time; 125 the emulator or the
build did not start; 126 panic, double fault or reset. The last line on stderr says which in words.
"""


def main():
    words = sys.argv[1:]
    options, arguments = parse(words)
    try:
        with tempfile.TemporaryDirectory(prefix="nopage-") as scratch:
            status, verdict = run(options, arguments, scratch)
    except build.BuildFailed as error:
        status, verdict = machine.NOT_STARTED, str(error)
    except (KeyboardInterrupt, machine.Interrupted):
        status, verdict = machine.BROKEN_OFF, "interrupted"
    print(f"np: {verdict}", file=sys.stderr)
    sys.exit(status)


def parse(words):
    words, arguments = split(words)
    parser = argparse.ArgumentParser(
        prog="./np run", usage="./np run [options] [FILE.c ... | PROGRAM] [-- ARGUMENTS]",
        formatter_class=argparse.RawDescriptionHelpFormatter, epilog=EPILOG)
    add_machine_options(parser)
    add = parser.add_argument
    add("--quiet", action="store_true", help="only the program's own bytes on stdout")
    add("--script", metavar="FILE", type=argparse.FileType("rb"),
        help="lines to feed to the shell or the program")
    add("--boot", choices=["kernel", "iso"], default="kernel", help="how the machine starts")
    options = parser.parse_intermixed_args(words)
    check(parser, options)
    return options, arguments


def split(words):
    """What stands before -- and what after it."""
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1:]


def add_machine_options(parser):
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="C files that make one program, or a ready one")
    add("--arch", default=build.ARCH, choices=sorted(machine.EMULATOR))
    add("--mem", type=positive(int), default=256, metavar="MiB", help="memory (256)")
    add("--timeout", type=positive(float), metavar="S", help="seconds until the run is ended")
    add("--trace", metavar="LIST",
        help="what the kernel tells about: fault; ipc (why a call of shm, sem or msg was refused); "
             "enosys (calls that there are not)")
    add("--boot-args", default="", metavar="WORDS", help="boot arguments, as in 'check=1 sleepy=1'")
    add("--extra", action="append", default=[], metavar="FILE",
        help="a program for the guest's /bin, or a file for its / (see below)")
    add("--icount", action="store_true", help="count instructions: every run is the same")


def positive(kind):
    def convert(text):
        value = kind(text)
        if value <= 0:
            raise ValueError
        return value
    convert.__name__ = f"positive {kind.__name__}"
    return convert


def check(parser, options):
    """End with a message unless the files are there and of use; options.extra gets parsed."""
    options.extra = [extra(parser, word, options.arch) for word in options.extra]
    twice = [place for place in {place for _, place in options.extra}
             if [other for _, other in options.extra].count(place) > 1]
    if twice:
        parser.error(f"--extra: two files for /{twice[0]}")
    for path in options.files:
        must_exist(parser, path)
    if getattr(options, "boot", "") == "iso" and options.arch not in disc.PORTS:
        parser.error(f"--boot iso: {disc.NO_DISC}")
    ready = [path for path in options.files if is_program(path)]
    if ready and len(options.files) > 1:
        parser.error("one ready program, or any number of C files")
    for path in ready:
        check_program(parser, path, options.arch)
    for path in options.files:
        if path not in ready and not path.endswith(".c"):
            parser.error(f"{path}: neither a C file nor a program (an ELF file, or a script that "
                         "begins with #!)")


def extra(parser, word, arch):
    """The file on the host and its place in the guest, without the first slash."""
    path, equals, place = word.rpartition("=")
    if equals and place.startswith("/") and place.strip("/"):
        must_exist(parser, path)
        return path, place.strip("/")
    must_exist(parser, word)
    if not is_program(word):
        return word, os.path.basename(word)
    check_program(parser, word, arch)
    return word, "bin/" + os.path.basename(word)


def must_exist(parser, path):
    if not os.path.exists(path):
        parser.error(f"{path}: no such file")
    if os.path.isdir(path):
        parser.error(f"{path}: is a directory")


def is_program(path):
    """Whether it is there to be called: an ELF file, or a script."""
    return elf.is_elf(path) or contents(path)[:2] == b"#!"


def check_program(parser, path, arch):
    try:
        if elf.is_elf(path):
            elf.check(path, arch)
    except elf.WrongElf as error:
        parser.error(str(error))


def run(options, arguments, scratch):
    """Build, boot and watch; the exit status and the verdict in words."""
    build.make("kernel", "user", "archive", arch=options.arch, quiet=options.quiet)
    with open(build.archive_path(options.arch), "rb") as file:
        archive = file.read() + own_archive(options, arguments, scratch)
    source = options.script.fileno() if options.script else 0
    words = ("quiet=1 " if options.quiet else "") + boot_arguments(options)
    result = terminal.run(
        build.kernel_path(options.arch), archive, words, source, options.timeout,
        quiet=options.quiet, memory=options.mem, arch=options.arch, icount=options.icount,
        iso=disc.maker(build.kernel_path(options.arch), scratch) if options.boot == "iso" else None)
    return result.status, result.words()


def own_archive(options, arguments, scratch):
    """What only this run has: its program, its arguments, its extra files."""
    files = {}
    for path, place in options.extra:
        files[place] = (mode(path), contents(path))
    argv = arguments
    if options.files:
        name = os.path.splitext(os.path.basename(options.files[0]))[0]
        files["bin/" + name] = (cpio.PROGRAM, program(options, scratch))
        argv = ["/bin/" + name] + arguments
    elif arguments and "/" not in arguments[0]:
        argv = ["/bin/" + arguments[0]] + arguments[1:]
    return build.run_archive(argv, files)


def mode(path):
    """As on the host; but whoever may read a program may execute it."""
    bits = os.stat(path).st_mode & 0o7777
    return stat.S_IFREG | bits | ((bits & 0o444) >> 2 if is_program(path) else 0)


def program(options, scratch):
    if is_program(options.files[0]):
        return contents(options.files[0])
    target = os.path.join(scratch, "program")
    build.program(options.files, target, scratch, arch=options.arch)
    return contents(target)


def contents(path):
    with open(path, "rb") as file:
        return file.read()


def boot_arguments(options):
    words = [f"trace={options.trace}"] if options.trace else []
    return " ".join(words + options.boot_args.split())


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, terminal.break_off)
    main()
