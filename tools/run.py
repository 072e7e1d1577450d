#!/usr/bin/env python3
"""./np run: build what is out of date, boot, and end with the program's own status."""

import argparse
import os
import signal
import sys
import tempfile

from nopage import build, cpio, disc, machine, terminal

EPILOG = """\
Without a program the shell starts on this terminal; `poweroff`, or leaving it, ends the run.
Words after -- are the program's arguments; without a program they name one that is there (-- ls).

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
        prog="./np run", usage="./np run [options] [FILE.c ... | ELF] [-- ARGUMENTS]",
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
    add("files", nargs="*", metavar="FILE", help="C files that make one program, or a static ELF")
    add("--arch", default=build.ARCH, choices=sorted(machine.EMULATOR))
    add("--mem", type=positive(int), default=256, metavar="MiB", help="memory (256)")
    add("--timeout", type=positive(float), metavar="S", help="seconds until the run is ended")
    add("--trace", metavar="LIST", help="what the kernel tells about: fault, enosys (calls that it has not)")
    add("--boot-args", default="", metavar="WORDS", help="boot arguments, as in 'check=1 sleepy=1'")
    add("--extra", action="append", default=[], metavar="FILE", help="a file for the guest's /")
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
    for path in options.files + options.extra:
        if not os.path.exists(path):
            parser.error(f"{path}: no such file")
        if os.path.isdir(path):
            parser.error(f"{path}: is a directory")
    if getattr(options, "boot", "") == "iso" and options.arch not in disc.PORTS:
        parser.error(f"--boot iso: {disc.NO_DISC}")
    elfs = [path for path in options.files if build.is_elf(path)]
    if elfs and len(options.files) > 1:
        parser.error("one ready ELF, or any number of C files")
    for path in options.files:
        if path not in elfs and not path.endswith(".c"):
            parser.error(f"{path}: neither a C file nor an ELF")


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
    for path in options.extra:
        mode = cpio.PROGRAM if os.access(path, os.X_OK) else cpio.FILE
        files[os.path.basename(path)] = (mode, contents(path))
    argv = arguments
    if options.files:
        name = os.path.splitext(os.path.basename(options.files[0]))[0]
        files["bin/" + name] = (cpio.PROGRAM, program(options, scratch))
        argv = ["/bin/" + name] + arguments
    elif arguments and "/" not in arguments[0]:
        argv = ["/bin/" + arguments[0]] + arguments[1:]
    return build.run_archive(argv, files)


def program(options, scratch):
    if build.is_elf(options.files[0]):
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
