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


def test_page(monkeypatch):
    monkeypatch.setattr(rows, "lines", lambda: [
        "## T", "Some", "- T01 a|b", "- T02 two", "  Not yet: half of it.", "- T03 three",
        "- T04 four"])
    proofs = {"T01": {"x": True, "y": True}, "T02": {"x": True}, "T03": {"x": True, "y": False}}
    page = rows.page({"p": {"rows": proofs}}).splitlines()
    assert "| T01 | a\\|b | proven by `x`, `y` |" in page
    assert "| T02 | two | in part by `x`; not yet: half of it |" in page
    assert "| T03 | three | fails in `y` |" in page
    assert "| T04 | four | not yet |" in page
    assert page.count("| row | what | p |") == 1
