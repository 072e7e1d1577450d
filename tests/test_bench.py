"""The benchmark keeps its bounds."""

import pytest
from nopage import bench


@pytest.fixture(scope="session")
def figures():
    return bench.here()


@pytest.mark.parametrize("name, bound, remark", bench.bounds(), ids=[b[0] for b in bench.bounds()])
def test_bound(name, bound, remark, figures):
    most = bench.most(bound, figures)
    assert figures[name] <= most, f"{name}: {figures[name]} > {bound} {remark}"


def test_figures_are_exact(figures):
    """Two runs give the same numbers to the digit."""
    assert bench.here() == figures
