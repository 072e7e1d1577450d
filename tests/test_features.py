"""The rows of docs/features.md: run last, when it is known what all other tests proved."""

import pytest
from conftest import ARCH
from nopage import rows


def test_tests_name_real_rows(record):
    assert set(record.rows) <= rows.names()


def test_what_is_said_proven_is(record, is_complete):
    if not is_complete:
        pytest.skip("only a part of the tests was run")
    broken = {row: record.rows.get(row, "no test names it") for row in rows.said_proven(ARCH)
              if not all(record.rows.get(row, {"": False}).values())}
    assert not broken, "docs/features.md says that these rows are proven"
