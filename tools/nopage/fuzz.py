"""Runs the programs of tests/fuzz on nopage and on Linux and finds where their logs differ.

A program is a word `SEED:STEPS-N-M..K`: a seed, a number of steps, and the steps left out.
"""

import concurrent.futures
import os
import re

from . import build, cpio, linux, machine

PROGRAM = "ipc"
STEPS = 250        # of one program, if nobody says otherwise
PROGRAMS_A_BOOT = 40
SECONDS_A_STEP = 0.2
KEPT = os.path.join(build.ROOT, "tests", "fuzz", "kept.txt")


def kept():
    """The programs that once showed a difference."""
    with open(KEPT, encoding="utf-8") as file:
        lines = [line.split("#")[0].strip() for line in file]
    return [line for line in lines if line]


def words(seed, calls, steps=STEPS):
    """As many programs as it takes to make so many calls, with seeds from `seed` on."""
    count = (calls + steps - 1) // steps
    return [f"{seed + i}:{min(steps, calls - i * steps)}" for i in range(count)]


def steps_of(word):
    return int(re.match(r"\d+:(\d+)", word)[1])


def left_out(word):
    """The steps that a program leaves out, as a set."""
    found = re.findall(r"-(\d+)(?:\.\.(\d+))?", word)
    return {n for first, last in found for n in range(int(first), int(last or first) + 1)}


def without(word, steps):
    """The same program with these steps left out too."""
    out = sorted(left_out(word) | set(steps))
    text = word.split("-")[0]
    while out:
        end = 1
        while end < len(out) and out[end] == out[0] + end:
            end += 1
        text += f"-{out[0]}" if end == 1 else f"-{out[0]}..{out[end - 1]}"
        out = out[end:]
    return text


def logs(programs, arch, arguments=""):
    """{program: (log here, log on Linux)}, one boot of each kernel."""
    seconds = 60 + SECONDS_A_STEP * sum(map(steps_of, programs))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        ours = pool.submit(_here, programs, arch, arguments, seconds)
        theirs = pool.submit(_on_linux, programs, arch, seconds)
        here, there = _split(ours.result()), _split(theirs.result())
    return {word: (here.get(word, "it did not run\n"), there.get(word, "it did not run\n"))
            for word in programs}


def difference(ours, theirs, context=12):
    """None, or the first lines that differ with what went before."""
    if ours == theirs:
        return None
    here, there = ours.splitlines(), theirs.splitlines()
    at = 0
    while at < min(len(here), len(there)) and here[at] == there[at]:
        at += 1
    lines = here[max(0, at - context):at]
    return "\n".join([f"    {line}" for line in lines] + [
        f"here {line}" for line in here[at:at + 3] or ["nothing"]] + [
        f"Linux {line}" for line in there[at:at + 3] or ["nothing"]])


def shrink(word, arch, tell=lambda text: None):
    """The shortest program that can be had by leaving out steps and still differs."""
    kept_steps = _cut_tail(word, arch)
    chunk = max(1, len(kept_steps) // 2)
    while True:
        word = without(word, set(range(steps_of(word))) - set(kept_steps))
        tell(f"{len(kept_steps)} steps: {word}")
        tries = [kept_steps[i:i + chunk] for i in range(0, len(kept_steps), chunk)]
        candidates = {without(word, part): part for part in tries[:60] if len(tries) > 1}
        results = logs(list(candidates), arch) if candidates else {}
        dropped = [part for name, part in candidates.items() if difference(*results[name])]
        if dropped:
            # Those that can go one by one can mostly go together; if not, the first alone.
            together = without(word, sum(dropped, []))
            if len(dropped) == 1 or not difference(*logs([together], arch)[together]):
                dropped = dropped[:1]
            gone = set(sum(dropped, []))
            kept_steps = [step for step in kept_steps if step not in gone]
        elif chunk == 1:
            return word
        else:
            chunk = max(1, chunk // 2)


def _cut_tail(word, arch):
    """The steps up to the first difference: what comes later cannot have made it."""
    ours, theirs = logs([word], arch)[word]
    same = os.path.commonprefix([ours.splitlines(), theirs.splitlines()])
    numbers = [int(line.split()[0]) for line in same if re.match(r"\d+ ", line)]
    last = numbers[-1] + 1 if numbers else steps_of(word)
    return [n for n in range(min(last + 1, steps_of(word))) if n not in left_out(word)]


def _archive(arch):
    with open(os.path.join(build.directory(arch), "tests", "fuzz", PROGRAM), "rb") as file:
        return cpio.files({PROGRAM: (cpio.PROGRAM, file.read())})


def _here(programs, arch, arguments, seconds):
    with open(build.archive_path(arch), "rb") as file:
        archive = file.read()
    archive += _archive(arch) + build.run_archive([f"/{PROGRAM}", *programs])
    result = machine.boot(build.kernel_path(arch), archive, args=arguments, arch=arch,
                          timeout=seconds)
    text = result.stdout.decode(errors="replace")
    if result.kind != machine.EXIT or result.status != 0:
        text += f"{result.words()}\n{result.kernel.decode(errors='replace')[-3000:]}"
    return text


def _on_linux(programs, arch, seconds):
    output, status = linux.run(arch, _archive(arch), [f"/{PROGRAM}", *programs], timeout=seconds)
    return output if status == 0 else f"{output}ended with wait status {status}\n"


def _split(output):
    """{program: its log}"""
    parts = re.split(r"^program (\S+)\n", output, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))
