#!/usr/bin/env python3
"""make features: write docs/features.md from its rows and the results of the last ./np test."""

import sys

from nopage import rows


def main():
    results = rows.results()
    partial = [port for port, result in results.items() if not result["complete"]]
    if not results or partial:
        sys.exit("np: run all tests first: ./np test")
    with open(rows.PAGE, "w", encoding="utf-8") as file:
        file.write(rows.page(results))


if __name__ == "__main__":
    main()
