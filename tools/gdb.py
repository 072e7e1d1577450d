#!/usr/bin/env python3
"""./np gdb: the emulator, stopped at power-on, and gdb on it with all symbols."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from nopage import build, elf, machine
import run

EPILOG = """\
Try: break shm_nopage, continue, backtrace, finish. `program NAME` loads the symbols of another
program of the archive. What the guest prints comes on this terminal, or with --batch into the log.
"""


def main():
    options, arguments = parse(sys.argv[1:])
    try:
        with tempfile.TemporaryDirectory(prefix="nopage-") as scratch:
            sys.exit(debug(options, arguments, scratch))
    except build.BuildFailed as error:
        print(f"np: {error}", file=sys.stderr)
        sys.exit(machine.NOT_STARTED)
    except subprocess.TimeoutExpired:
        print(f"np: out of time after {options.timeout:g} s", file=sys.stderr)
        sys.exit(machine.OUT_OF_TIME)


def parse(words):
    words, arguments = run.split(words)
    parser = argparse.ArgumentParser(
        prog="./np gdb", usage="./np gdb [options] [FILE.c ... | ELF] [-- ARGUMENTS]",
        formatter_class=argparse.RawDescriptionHelpFormatter, epilog=EPILOG)
    run.add_machine_options(parser)
    add = parser.add_argument
    add("--batch", metavar="FILE", help="run gdb's commands from FILE and end")
    add("--log", metavar="FILE", help="where the guest's console goes (with --batch: gdb.log)")
    options = parser.parse_intermixed_args(words)
    run.check(parser, options)
    if options.batch and not options.log:
        options.log = os.path.join(build.directory(options.arch), "gdb.log")
    return options, arguments


def debug(options, arguments, scratch):
    """Start both, wait for gdb to end, and return its status."""
    build.make("kernel", "user", "archive", arch=options.arch, quiet=bool(options.batch))
    archive = os.path.join(scratch, "archive")
    with open(archive, "wb") as file:
        file.write(run.contents(build.archive_path(options.arch)))
        file.write(run.own_archive(options, arguments, scratch))
    emulator = start_emulator(options, scratch)
    # ^C at gdb's prompt is for gdb, which stops the guest with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run(gdb_command(options, scratch), timeout=options.timeout,
                              preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                              check=False).returncode
    finally:
        emulator.kill()
        emulator.wait()


def start_emulator(options, scratch):
    """The machine stands still before its first instruction, and listens on a socket of ours."""
    os.symlink(build.kernel_path(options.arch), os.path.join(scratch, "kernel"))
    words = "exit=1 " + run.boot_arguments(options)
    command = machine.command(options.arch, options.mem, options.icount)
    command += ["-kernel", "kernel", "-initrd", "archive", "-append", words.strip()]
    command += ["-S", "-gdb", "unix:gdb.socket,server=on,wait=off"]
    output = open(options.log, "wb") if options.log else None
    emulator = subprocess.Popen(command, cwd=scratch, start_new_session=True,
                                stdin=subprocess.DEVNULL, stdout=output)
    while not os.path.exists(os.path.join(scratch, "gdb.socket")):
        if emulator.poll() is not None:
            raise build.BuildFailed("the emulator did not start")
        time.sleep(0.01)
    return emulator


def gdb_command(options, scratch):
    gdb = shutil.which("gdb-multiarch") or "gdb"
    script = os.path.join(scratch, "session.gdb")
    with open(script, "w", encoding="utf-8") as file:
        file.write(session(options, scratch))
    # -nx and no auto-load: nothing of the user's or the tree's own start-up files can interfere.
    command = [gdb, "-nx", "-q", "-iex", "set auto-load off", build.symbols_path(options.arch)]
    command += ["-batch"] if options.batch else []
    command += ["-x", script]
    return command + (["-x", options.batch] if options.batch else [])


def session(options, scratch):
    """The commands that bring gdb to the stopped machine."""
    user = os.path.join(build.directory(options.arch), "user")
    elf = program_with_symbols(options, scratch) or os.path.join(user, "sh")
    return f"""\
source {os.path.join(build.ROOT, "tools/gdb/nopage.gdb")}
directory {build.ROOT}
define program
	add-symbol-file "{user}/$arg0"
end
document program
Load the symbols of a program of the archive: program NAME
end
add-symbol-file "{elf}"
target remote {scratch}/gdb.socket
"""


def program_with_symbols(options, scratch):
    if not options.files:
        return None
    if elf.is_elf(options.files[0]):
        return os.path.abspath(options.files[0])
    return os.path.join(scratch, "program")


if __name__ == "__main__":
    main()
