#!/usr/bin/env python3
"""./np fuzz: random programs of IPC calls, whose log must be the same on nopage and on Linux."""

import argparse
import secrets
import sys

from nopage import build, fuzz, linux


def main():
    parser = argparse.ArgumentParser(prog="./np fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, help="of the first program; chosen if not given")
    parser.add_argument("--calls", type=int, default=5000, metavar="N",
                        help="steps in all (default %(default)s)")
    parser.add_argument("--steps", type=int, default=fuzz.STEPS, metavar="N",
                        help="of one program (default %(default)s)")
    parser.add_argument("--boot-args", default="", metavar="ARGS", help="for nopage, as in run")
    parser.add_argument("--no-shrink", action="store_true", help="only tell what differs")
    parser.add_argument("programs", nargs="*", metavar="SEED:STEPS[-STEP]",
                        help="these programs instead, as the fuzzer named them")
    options = parser.parse_args()
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    programs = options.programs or fuzz.words(seed, options.calls, options.steps)
    try:
        build.make("kernel", "archive", "fuzz-programs", "linux-programs", arch=build.ARCH)
        sys.exit(run(programs, options))
    except (build.BuildFailed, linux.Unavailable, linux.Died) as error:
        sys.exit(f"np: {error}")


def run(programs, options):
    """The status: 0 if every program's logs are equal."""
    for at in range(0, len(programs), fuzz.PROGRAMS_A_BOOT):
        part = programs[at:at + fuzz.PROGRAMS_A_BOOT]
        for word, (ours, theirs) in fuzz.logs(part, build.ARCH, options.boot_args).items():
            found = fuzz.difference(ours, theirs)
            if found:
                print(f"{word} differs:\n{found}")
                if not options.no_shrink:
                    tell_shrunk(word)
                return 1
        calls = sum(map(fuzz.steps_of, programs[:at + len(part)]))
        print(f"np: {calls} steps, no difference; the last program was {part[-1]}", flush=True)
    return 0


def tell_shrunk(word):
    short = fuzz.shrink(word, build.ARCH, lambda text: print(f"np: {text}", file=sys.stderr))
    ours, theirs = fuzz.logs([short], build.ARCH)[short]
    print(f"\nshortest: ./np fuzz {short}\n{fuzz.difference(ours, theirs, 60)}")


if __name__ == "__main__":
    main()
