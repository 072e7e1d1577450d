"""The benchmark keeps its bounds."""

import re

import pytest
from nopage import bench, build


@pytest.fixture(scope="session")
def figures():
    if build.TOOLCHAIN != "llvm":
        pytest.skip("the bounds are those of the default toolchain")
    return bench.here()


@pytest.mark.parametrize("name, bound, remark", bench.bounds(), ids=[b[0] for b in bench.bounds()])
def test_bound(name, bound, remark, figures, record):
    """A remark may name rows: the bound proves them."""
    most = bench.most(bound, figures)
    for row in re.findall(r"\b[A-Z]\d\d\b", remark):
        record.add(row, name, figures[name] <= most)
    assert figures[name] <= most, f"{name}: {figures[name]} > {bound} {remark}"


def test_figures_are_exact(figures):
    """Two runs give the same numbers to the digit."""
    assert bench.here() == figures
