"""The judges are judged: each way in which a guest test can go wrong is seen, and named."""

import pytest
from nopage import guest, machine, tap

GOOD = "# test /tests/a\nok 1 - S05 S06 two\nok 2 - V01, V02 three\n1..2\n# status 0\n# end\n"


def problems(text):
    return tap.sections(text)["a"].problems()


def test_success():
    assert not problems(GOOD)
    assert not problems(GOOD.replace("\n", "\r\n"))


def test_rows():
    first, second = tap.sections(GOOD)["a"].checks
    assert (first.rows, first.description) == (["S05", "S06"], "S05 S06 two")
    assert second.rows == ["V01", "V02"]
    assert not tap.Check(tap.RESULT.match("ok 1 - the row S05 is not at the start")).rows


@pytest.mark.parametrize("before, after, problem", [
    ("ok 2", "not ok 2", "failed: not ok 2 - V01, V02 three"),
    ("ok 2", "ok 3", "planned 1..2, got 1 3"),
    ("ok 2 - V01, V02 three\n", "", "planned 1..2, got 1"),
    ("1..2\n", "", "no plan: it ended before done()"),
    ("1..2\n", "1..2\n1..2\n", "more than one plan: two processes ran to the end"),
    ("ok 1 - S05 S06 two\nok 2 - V01, V02 three\n1..2", "1..0", "it checks nothing"),
    ("status 0", "status 1", "it ended with status 1"),
    ("status 0", "signal 11", "it ended with signal 11"),
    ("status 0", "timeout", "it ended with timeout"),
    ("# status 0\n", "", "it did not come to its end"),
    ("# end", "# leak frames_free 3\n# end", "it left something behind: frames_free 3"),
])
def test_problem(before, after, problem):
    assert problem in problems(GOOD.replace(before, after))


def test_nothing_printed():
    assert "it printed nothing" in problems("# test /tests/a\n")


def output_of(*names):
    return "".join(GOOD.replace("/a\n", f"/{name}\n").replace("# end\n", "") for name in names)


def ended(kind, stdout, kernel=""):
    return machine.Result(kind, machine.STATUS.get(kind, 0), stdout.encode(), kernel.encode(),
                          True, 1, "")


def run(monkeypatch, names, *results):
    """Run tests over boots that end as told; the outcomes and what each boot was asked for."""
    asked = []
    results = list(results)

    def boot(left, *_):
        asked.append(list(left))
        return results.pop(0)

    monkeypatch.setattr(guest, "_boot", boot)
    return guest.run(names), asked


def test_a_whole_batch(monkeypatch):
    outcomes, asked = run(monkeypatch, "abc", ended(machine.EXIT, output_of(*"abc") + "# end\n"))
    assert asked == [["a", "b", "c"]]
    assert not any(outcome.problems() for outcome in outcomes.values())


def test_the_guilty_one_is_blamed_and_the_rest_run(monkeypatch):
    cut = output_of("a") + "# test /tests/b\nok 1 - S05 one\n"
    outcomes, asked = run(monkeypatch, "abc", ended(machine.PANIC, cut, "panic: because"),
                          ended(machine.EXIT, output_of("c") + "# end\n"))
    assert asked == [["a", "b", "c"], ["c"]]
    assert not outcomes["a"].problems() and not outcomes["c"].problems()
    assert outcomes["b"].problems() == ["the kernel panicked"]
    assert "panic: because" in outcomes["b"].report()


@pytest.mark.parametrize("kind, words", [
    (machine.RESET, "the machine reset; it printed nothing"),
    (machine.LOST, "the machine stopped without a word; it printed nothing"),
    (machine.SILENT, "out of time after 1 s: the kernel never started; it printed nothing"),
    (machine.TIMEOUT, "out of time after 1 s; it printed nothing"),
    (machine.NEVER_STARTED, "the emulator did not start; it printed nothing"),
    (machine.POWEROFF, "the machine was powered off; it printed nothing"),
])
def test_a_boot_without_output(monkeypatch, kind, words):
    outcomes, _ = run(monkeypatch, "a", ended(kind, ""))
    assert outcomes["a"].problems() == [words]


def test_a_driver_that_skips_a_test(monkeypatch):
    outcomes, _ = run(monkeypatch, "ab", ended(machine.EXIT, output_of("a") + "# end\n"))
    assert "it printed nothing" in outcomes["b"].problems()
