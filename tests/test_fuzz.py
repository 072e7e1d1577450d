"""Random programs of IPC calls: nopage's log and Linux's are the same. See tests/fuzz/fuzz.h."""

import pytest
from conftest import ARCH
from nopage import build, fuzz, linux

FRESH = fuzz.words(seed=1, calls=1500, steps=250)


@pytest.fixture(scope="module")
def logs():
    build.make("fuzz-programs", arch=ARCH, quiet=True)
    try:
        return fuzz.logs(FRESH + fuzz.kept(), ARCH, "check=1")
    except linux.Unavailable as reason:
        pytest.skip(f"Linux is not to be had here: {reason}")


@pytest.mark.rows("S03", "S07", "S24", "E01", "E02", "E03")
@pytest.mark.parametrize("program", FRESH + fuzz.kept())
def test_fuzz(program, logs):
    ours, theirs = logs[program]
    found = fuzz.difference(ours, theirs)
    assert not found, f"./np fuzz --arch {ARCH} {program} differs:\n{found}"


# ---- The fuzzer itself --------------------------------------------------------------------------


def test_a_program_is_a_word():
    assert fuzz.words(7, 600, 250) == ["7:250", "8:250", "9:100"]
    assert fuzz.without("7:250", [3, 4, 5, 9]) == "7:250-3..5-9"
    assert fuzz.without("7:250-3..5-9", [4, 6]) == "7:250-3..6-9"
    assert fuzz.left_out("7:250-3..6-9") == {3, 4, 5, 6, 9}
    assert fuzz.steps_of("7:250-3..6-9") == 250


def test_a_difference_is_seen():
    assert fuzz.difference("1 a\n2 b\n", "1 a\n2 b\n") is None
    assert "here 2 b" in fuzz.difference("1 a\n2 b\n", "1 a\n2 c\n")
    assert "Linux nothing" in fuzz.difference("1 a\n2 b\n", "1 a\n")
