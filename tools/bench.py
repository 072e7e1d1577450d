#!/usr/bin/env python3
"""./np bench [--peer linux]: what each operation costs, in guest instructions."""

import argparse
import sys

from nopage import bench, build, linux


def main():
    parser = argparse.ArgumentParser(prog="./np bench", description=__doc__)
    parser.add_argument("--peer", choices=["linux"], help="run the same program there and compare")
    options = parser.parse_args()
    arch = build.ARCH
    try:
        build.make("kernel", "archive", "bench-programs", "linux-programs", arch=arch)
        ours = bench.here(arch)
        if options.peer:
            print_with_peer(ours, bench.on_linux(arch))
        else:
            for name, figure in ours.items():
                print(f"{name}\t{figure}")
    except (build.BuildFailed, bench.Failed, linux.Unavailable, linux.Died) as error:
        sys.exit(f"np: {error}")


def print_with_peer(ours, theirs):
    print("name\tnopage\tlinux\tratio")
    for name, figure in ours.items():
        peer = theirs.get(name)
        ratio = f"{peer / figure:.1f}" if peer and figure else "-"
        print(f"{name}\t{figure}\t{peer or '-'}\t{ratio}")


if __name__ == "__main__":
    main()
