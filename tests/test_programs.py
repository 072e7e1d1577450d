"""The user's programs in a booted nopage: shell, tools, and those that talk to each other.

Most cases of the shell share one boot: a script runs them all, and each test looks at its part.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ARCH
from nopage import build, cpio, machine

DEMO = os.path.join(build.ROOT, "user", "demo")

EMPTY_TABLE = (
    "\n------ Shared Memory Segments --------\n"
    "key        shmid      owner      perms      bytes      nattch     status      \n\n")


def boot(argv=None, stdin=b"", timeout=60, files=(), **options):
    """Boot; init runs argv, or the shell if there is none."""
    archive = build.tests_archive(ARCH) + build.run_archive(argv, files)
    return machine.boot(build.kernel_path(ARCH), archive, stdin=stdin, timeout=timeout, arch=ARCH,
                        **options)


def script(text, stdin=b"", **options):
    """Boot, run a shell script; what it printed. A script has to end with status 0."""
    result = boot(["/bin/sh", "/script"], stdin, files={"script": (cpio.FILE, text.encode())},
                  **options)
    assert (result.kind, result.status) == (machine.EXIT, 0), result
    return result.stdout.decode()


# ---- The shell: name, script, what it prints -----------------------------------------------

SHELL = {
    "words": ("echo a  b\tc", "a b c\n"),
    "single_quotes": ("echo 'a  b' '$X \\ \"'", 'a  b $X \\ "\n'),
    "double_quotes": ("X='1  2'; echo \"a  $X\" \"\\$X \\\\ \\a\"", "a  1  2 $X \\ \\a\n"),
    "quotes_join": ("echo a'b'\"c\"\\ d", "abc d\n"),
    "empty_word": ("echo a '' \"\" b", "a   b\n"),
    "quoted_newline": ("echo 'a\nb'", "a\nb\n"),
    "backslash_newline": ("echo a\\\nb", "ab\n"),
    "comment": ("echo a#b # c", "a#b\n"),
    "unquoted_value_is_split": ("X='1  2'; echo $X.", "1 2.\n"),
    "empty_value_is_no_word": ("X=; echo a $X b", "a b\n"),
    "braces": ("X=1; echo ${X}2", "12\n"),
    "lone_dollar": ("echo $ a$", "$ a$\n"),
    "status": ("false; echo $?; true; echo $?; sh -c 'exit 300'; echo $?", "1\n0\n44\n"),
    "and_or": ("true && echo 1 || echo 2; false && echo 3 || echo 4; false && echo 5", "1\n4\n"),
    "line_goes_on_after_and": ("true &&\necho 1", "1\n"),
    "arguments": ("sh -c 'echo $0 $1 $9.' a b", "a b .\n"),
    "own_pid": ("echo $$; sh -c 'kill $$'; echo $?", r"re:\d+\nTerminated\n143\n"),
    "plain_variable_stays_here": ("X=1; sh -c 'echo .$X'", ".\n"),
    "exported_variable": ("export X=1; sh -c 'echo .$X'; X=2; sh -c 'echo .$X'", ".1\n.2\n"),
    "variable_for_one_command": ("Y=1 sh -c 'echo .$Y'; echo .$Y", ".1\n.\n"),
    "killed": ("sh -c 'kill -9 $$'; echo $?", "Killed\n137\n"),
    "input_from_file": ("cat < /greeting; echo $?", "hello\n0\n"),
    "input_of_builtin": ("help < /none; echo $?", "sh: /none: No such file or directory\n1\n"),
    "pipe": ("echo a b | cat | cat; echo $?", "a b\n0\n"),
    "pipe_status": ("false | true; echo $?; true | false; echo $?; true | sh -c 'exit 3'; echo $?",
                    "0\n1\n3\n"),
    "pipe_of_much": ("cat /bin/* | cat | sh -c 'cat > /dev/null'; echo $?", "0\n"),
    "pipe_ends": ("cat /bin/* | true; echo $?", "0\n"),
    "pipe_of_builtin": ("help | cat | sh -c 'cat > /dev/null'; jobs | cat", ""),
    "pipe_goes_on": ("echo a |\ncat", "a\n"),
    "pipe_behind": ("sleep 100 | sleep 100 & kill %1; wait %1; echo $?", "143\n"),
    "pipe_too_long": ("echo a" + " | cat" * 16 + "; echo $?",
                      "sh: more than 16 commands in one pipeline\n126\n"),
    "output_to_file": ("echo a > /dev/null; echo $?; echo b>/dev/null", "0\n"),
    "output_nowhere": ("echo a > /none/x; echo $?",
                       "sh: /none/x: No such file or directory\n1\n"),
    "error_to_file": ("ls /none 2> /dev/null; echo $?", "1\n"),
    "error_to_pipe": ("nosuch 2>&1 > /dev/null | cat; echo $?", r"re:sh: nosuch: not found.*\n0\n"),
    "digit_is_no_redirection": ("echo a2>/dev/null b; echo c2 >&2", "c2\n"),
    "builtin_redirected": ("export A=b > /dev/null; echo $A; cd /bin > /dev/null; ls true; cd",
                           "b\ntrue\n"),
    "exec": ("sh -c 'exec echo a > /dev/null; echo b'; "
             "sh -c 'exec sh -c \"exit 3\"; echo c'; echo $?", "3\n"),
    "umask": ("umask 027; umask; umask 8; umask; umask 22", "0027\n"
              "sh: umask: 8 is no octal number\n0027\n"),
    "file": ("echo a b > /tmp/f; echo c >> /tmp/f; cat /tmp/f | cat; cat < /tmp/f > /tmp/g; "
             "ls /tmp; cat /tmp/g; rm /tmp/f /tmp/g", "a b\nc\nf\ng\na b\nc\n"),
    "error_and_output_to_file": ("ls /none /tree > /tmp/f 2>&1; cat /tmp/f; rm /tmp/f",
                                 "ls: /none: No such file or directory\n/tree:\na\nb\n"),
    "copy_of_nothing": ("echo a >&7; echo $?", "sh: 7: Bad file descriptor\n1\n"),
    "pattern": ("echo /tree/*; echo /tree/?; echo /t*e/a; echo /tree/.h*",
                "/tree/a /tree/b\n/tree/a /tree/b\n/tree/a\n/tree/.hidden\n"),
    "pattern_fits_nothing": ("echo /tree/*x '/tree/*' \"/tree/?\" \\*",
                             "/tree/*x /tree/* /tree/? *\n"),
    "pattern_of_value": ("X='/tree/*'; echo \"$X\" $X; cat < '/gre*'",
                         "/tree/* /tree/*\nsh: /gre*: No such file or directory\n"),
    "background": ("sh -c 'exit 5' & wait $!; echo $?", "5\n"),
    "wait_for_all": ("true & false & wait; echo $?", "0\n"),
    "kill_background": ("sleep 100 & kill $!; wait $!; echo $?", "143\n"),
    "wait_for_stranger": ("wait 1; echo $?", "sh: wait: 1 is no job of this shell\n127\n"),
    "jobs": ("sleep 100 & jobs; kill -INT $!; wait", r"re:\[1\] \d+ +Running +sleep 100\n"),
    "not_found": ("nosuch; echo $?", r"re:sh: nosuch: not found.*\n127\n"),
    "not_found_by_path": ("/bin/nosuch; echo $?", r"re:sh: /bin/nosuch: not found.*\n127\n"),
    "no_program": ("/greeting; echo $?", r"re:sh: /greeting: .*\n126\n"),
    "directory": ("/bin; echo $?", r"re:sh: /bin: .*\n126\n"),
    "damaged_program": ("/damaged; echo $?", r"re:sh: /damaged: not a program.*\n126\n"),
    "cd": ("cd /bin; ./true; echo $?; cd /none; echo $?; cd",
           "0\nsh: cd: /none: No such file or directory\n1\n"),
    "wrong_operator": ("; echo a\necho $?", "sh: a word is missing before `;`\n2\n"),
    "missing_file_name": ("cat <\necho $?", "sh: a word is missing at the end\n2\n"),
    "long_line": ("echo " + "x" * 5000 + "\necho $?", "sh: more than 4096 characters at once\n2\n"),
    "many_words": ("X='" + "a " * 300 + "'; echo $X; echo $?",
                   "sh: this command is too long\n2\n"),
    "echo_n": ("echo -n a; echo b", "ab\n"),
    "cat_twice": ("cat /greeting /none /greeting; echo $?",
                  "hello\ncat: /none: No such file or directory\nhello\n1\n"),
    "ls": ("ls /tree", "a\nb\n"),
    "ls_all": ("ls -a /tree", ".\n..\n.hidden\na\nb\n"),
    "ls_file": ("ls /greeting /none; echo $?",
                "/greeting\nls: /none: No such file or directory\n1\n"),
    "ls_long": ("ls -l /greeting /bin/true",
                r"re:-rw-r--r-- +1 root +root +6 \d{4}-\d\d-\d\d \d\d:\d\d /greeting\n"
                r"-rwxr-xr-x +1 root +root +\d+ .* /bin/true\n"),
    "ls_numbers": ("ls -n /greeting", r"re:-rw-r--r-- +1 0 +0 +6 .* /greeting\n"),
    "ls_directory": ("ls -l / ", r"re:(?s)(.*\n)?drwxr-xr-x [^\n]* bin\n.*"),
    "ps": ("ps", r"re: +PID +PPID +PGID USER +S +RSS NAME\n +1 +0 +\d+ root +[SR] +\d+ init\n"
                 r"(?s:.*) root +R +\d+ ps\n"),
    "ps_of_users": ("su alice -c ps", r"re:(?s:.*) alice +R +\d+ ps\n"),
    "id": ("id; id -u; id -un; id -G", "uid=0(root) gid=0(root) groups=0(root)\n0\nroot\n0\n"),
    "id_of": ("id student; id -Gn alice; id nobody; echo $?",
              "uid=1000(student) gid=1000(student) groups=1000(student),2000(lab)\nalice lab\n"
              "id: nobody: no such user\n1\n"),
    "whoami": ("whoami; su student -c whoami", "root\nstudent\n"),
    "su": ("su student -c 'id; echo $HOME $USER; exit 3'; echo $?; id -un",
           "uid=1000(student) gid=1000(student) groups=1000(student),2000(lab)\n"
           "/ student\n3\nroot\n"),
    "su_is_root_s": ("su -c 'su student -c su' ; echo $?",
                     "su: only root may become root: there are no passwords here\n1\n"),
    "su_errors": ("su nobody; echo $?; su a b 2; echo $?",
                  "su: nobody: no such user (/etc/passwd has them all)\n1\n"
                  "usage: su [USER] [-c COMMAND]\n2\n"),
    "user_cannot_kill": ("su student -c 'kill 1'; echo $?",
                         "kill: 1: Operation not permitted\n1\n"),
    "free": ("free", r"re:KiB +total +used +free .*\nMem:( +\d+){6}\n"),
    "uptime": ("uptime", r"re:\d\d:\d\d:\d\d up 0 min \d+ s\n"),
    "sleep": ("sleep 0.01; echo $?; sleep x; echo $?",
              "0\nusage: sleep SECONDS (such as 2 or 0.25)\n2\n"),
    "kill_list": ("kill -l", r"re:(?s) 1 HUP .* 9 KILL .*15 TERM .*31 SYS +\n"),
    "kill_names": ("sleep 9 & kill -s SIGKILL $!; wait $!; echo $?\n"
                   "sleep 9 & kill -hup $!; wait $!; echo $?", "137\n129\n"),
    "kill_errors": ("kill 9999; kill -NONE 1; kill x; kill -0 1; echo $?",
                    "kill: 9999: No such process\nkill: NONE: no such signal (kill -l lists them)\n"
                    "kill: x: not a process number\n0\n"),
}

FILES = {
    "greeting": (cpio.FILE, b"hello\n"),
    "damaged": (cpio.PROGRAM, b"\x7fELF and nothing behind it"),
    "tree/a": (cpio.FILE, b""), "tree/b": (cpio.FILE, b""), "tree/.hidden": (cpio.FILE, b""),
}


@pytest.fixture(scope="module")
def parts():
    """What each case of SHELL printed; a case that left the shell takes those after it along."""
    text = "".join(f"echo @@{name}\n{lines}\n" for name, (lines, _) in SHELL.items())
    result = boot(["/bin/sh", "/script"],
                  files={**FILES, "script": (cpio.FILE, text.encode())}, timeout=120,
                  args="check=1")
    found = re.split(r"@@(\w+)\n", result.stdout.decode())
    return dict(zip(found[1::2], found[2::2])), result


@pytest.mark.rows("V05")
@pytest.mark.parametrize("name", SHELL)
def test_shell(parts, name):
    printed, result = parts
    assert name in printed, result
    expected = SHELL[name][1]
    if expected.startswith("re:"):
        assert re.fullmatch(expected[3:], printed[name]), printed[name]
    else:
        assert printed[name] == expected


# ---- How a run ends ------------------------------------------------------------------------

@pytest.mark.parametrize("argv, status", [
    (["/bin/true"], 0), (["/bin/false"], 1), (["/bin/sh", "-c", "exit 42"], 42),
    (["/bin/sh", "-c", "kill -SEGV $$"], 128 + 11), (["/bin/none"], 127),
    (["/bin/echo", "one argument", "", "*"], 0)])
def test_init_ends_with_the_program_s_status(argv, status):
    result = boot(argv)
    assert (result.kind, result.status) == (machine.EXIT, status), result
    if argv[0] == "/bin/echo":
        assert result.stdout == b"one argument  *\n"


def test_shell_on_a_pipe_is_silent():
    """No banner, no prompt, nothing echoed; the lines after a program's are its own to read."""
    result = boot(stdin=b"echo a\ncat\nread by cat\n")
    assert result.stdout == b"a\nread by cat\n", result
    assert (result.kind, result.status) == (machine.EXIT, 0), result


def test_leftovers_are_killed():
    """A run ends with its program, whatever it left behind; orphans are init's to bury."""
    result = boot(["/bin/sh", "-c", "sleep 1000 & sh -c 'sleep 1000 & true'; exit 3"], timeout=20)
    assert (result.kind, result.status) == (machine.EXIT, 3), result


def test_poweroff():
    assert boot(["/bin/poweroff"]).kind == machine.POWEROFF


# ---- The terminal --------------------------------------------------------------------------

class Typist:
    """Types when it has read what it waits for: steps of (text to wait for, keys to type)."""

    def __init__(self, steps):
        self.steps = list(steps)
        self.seen = ""
        self.unread = ""
        self.out, self.keys = os.pipe()

    def __call__(self, data):
        text = data.decode(errors="replace").replace("\r", "")
        self.seen += text
        self.unread += text
        while self.steps and self.steps[0][0] in self.unread:
            awaited, keys = self.steps.pop(0)
            self.unread = self.unread.split(awaited, 1)[1]
            os.write(self.keys, keys.encode())

    def fileno(self):
        return self.out

    def read(self):
        return os.read(self.out, 4096)

    def close(self):
        os.close(self.out)
        os.close(self.keys)


def session(*steps):
    """A person at the console; what was on the screen, and how it ended."""
    typist = Typist(steps)
    try:
        result = boot(stdin=typist, console="tty", on_program=typist)
    finally:
        typist.close()
    assert not typist.steps, (typist.steps, typist.seen, result)
    return typist.seen, result


def test_session_ends_with_exit():
    screen, result = session(("# ", "echo hi\n"), ("\nhi\n# ", "exit 3\n"))
    assert (result.kind, result.status) == (machine.EXIT, 3), result
    # The banner says how to leave.
    assert re.search("poweroff.*exit|exit.*poweroff", screen), screen


def test_session_ends_with_end_of_file():
    _, result = session(("# ", "false\n"), ("# ", "\x04"))
    assert (result.kind, result.status) == (machine.EXIT, 1), result


def test_session_ends_with_poweroff():
    assert session(("# ", "poweroff\n"))[1].kind == machine.POWEROFF


@pytest.mark.rows("V05", "S23")
def test_interrupt_calls_a_handler():
    """^C for a server that removes its segment: its handler runs, and ipcs shows none."""
    screen, result = session(
        ("# ", "/tests/signal_cleanup wait\n"), ("\nwaiting\n", "\x03"),
        ("# ", "echo status $?; ipcs -m; echo end\n"), ("status 2\n", ""), ("end\n", "exit\n"))
    assert result.kind == machine.EXIT, result
    table = screen.split("status 2\n")[1].split("end\n")[0]
    assert not re.search("^0x", table, re.MULTILINE), table


@pytest.mark.rows("V13")
def test_interrupt_kills_the_job_in_front_only():
    """^C at the prompt does nothing; later it ends cat, not the shell, nor the job behind."""
    _, result = session(
        ("# ", "ech\x03\n"), ("# ", "sleep 1000 &\n"), ("[1] ", ""), ("# ", "cat\n"),
        ("cat\n", "ping\n"), ("ping\nping\n", "\x03"), ("# ", "echo status $?\n"),
        ("\nstatus 130\n", "jobs\n"), ("Running", "kill $!; wait $!; exit\n"))
    assert (result.kind, result.status) == (machine.EXIT, 128 + 15), result


@pytest.mark.rows("V07")
def test_su_gives_the_terminal_back():
    """A user's shell has its own sign and jobs; when it ends root's goes on, and hears ^C again."""
    _, result = session(
        ("# ", "su student\n"), ("$ ", "cat\n"), ("cat\n", "ping\n"), ("ping\nping\n", "\x03"),
        ("$ ", "echo $?; id -un\n"), ("130\nstudent\n$ ", "poweroff\n"),
        ("not permitted", ""), ("$ ", "exit 5\n"), ("# ", "echo was $?; cat\n"),
        ("was 5\n", "ping\n"), ("ping\nping\n", "\x03"), ("# ", "exit $?\n"))
    assert (result.kind, result.status) == (machine.EXIT, 130), result


def test_a_stopped_job_goes_on():
    """^Z stops what is in front; fg and bg let it go on, and kill and wait know it as %1."""
    _, result = session(
        ("# ", "cat | cat\n"), ("cat\n", "ping\n"), ("ping\nping\n", "\x1a"),
        ("Stopped", ""), ("# ", "jobs\n"), ("Stopped", ""), ("# ", "fg\n"),
        ("fg\ncat | cat\n", "pong\n"), ("pong\npong\n", "\x1a"), ("Stopped", ""),
        ("# ", "kill %1; bg; wait %1; echo $?\n"),
        ("143\n", "sleep 50 &\n"), ("# ", "kill -INT %1; wait %1; exit\n"))
    assert (result.kind, result.status) == (machine.EXIT, 130), result


def test_job_messages():
    session(("# ", "false &\n"), ("[1] ", "sleep 0.2\n"), ("Exit 1", "exit\n"))


def test_line_goes_on():
    session(("# ", "echo 'a\n"), ("> ", "b'\n"), ("\na\nb\n", "exit\n"))


# ---- Shared memory -------------------------------------------------------------------------

@pytest.mark.rows("C01")
def test_demo_in_one_shell():
    screen, result = session(
        ("# ", "shm_server & shm_client\n"),
        ("Enter some text: ", "hello\n"), ("You wrote: hello\n", ""),
        ("Enter some text: ", "two  words\n"), ("You wrote: two  words\n", ""),
        ("Enter some text: ", "end\n"), ("You wrote: end\n", "wait; ipcs -m; exit 7\n"))
    assert (result.kind, result.status) == (machine.EXIT, 7), result
    assert EMPTY_TABLE in screen, screen


@pytest.mark.rows("C01")
@pytest.mark.parametrize("args", ["", "check=1 sleepy=1"])
def test_demo_scripted(args):
    result = boot(["/bin/sh", "-c", "shm_server & shm_client; wait"],
                  b"hello\nthere\nend\n", args=args, timeout=30)
    assert result.stdout.decode() == "".join(
        f"Enter some text: You wrote: {line}\n" for line in ("hello", "there", "end")), result
    assert result.status == 0


def objects_in(summary):
    """How many queues, segments and sets there are, as `ipcs -u` says."""
    found = re.findall(r"(?:queues =|segments allocated|arrays =) (\d+)", summary)
    return [int(number) for number in found]


# Two clients at once: both are there before the first one writes, and the server comes last.
# Peterson's algorithm wants to know which of the two it is.
TWO_CLIENTS = """\
sh -c 'sleep 0.3; echo one; sleep 2' | {0}_client 0 > /dev/null &
sh -c 'sleep 0.6; echo two; sleep 3' | {0}_client 1 > /dev/null &
sleep 1.2
{0}_server; wait
"""
BOTH = "You wrote: one\nYou wrote: two\nYou wrote: end\n"
LOST = "You wrote: two\nYou wrote: end\n"
GONE = {"sem": "sem_client: the server has gone\n", "msg": "msg_client: the server has gone\n"}
PAIRS = ["shm", "sem", "peterson", "msg"]


@pytest.mark.rows("C02")
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("args", ["", "check=1 sleepy=1"])
def test_the_racy_pair_loses_a_line_and_no_other(pair, args):
    printed = script(TWO_CLIENTS.format(pair) + "ipcs -u", args=args)
    said, left = printed.split("\n------ Messages Status", 1)
    assert said == (LOST if pair == "shm" else BOTH) + GONE.get(pair, "")
    assert objects_in(left) == [0, 0, 0]


@pytest.mark.rows("C02")
@pytest.mark.parametrize("pair", PAIRS[1:])
def test_each_pair_holds_the_conversation(pair):
    result = boot(["/bin/sh", "-c", f"{pair}_server & {pair}_client; wait"],
                  b"hello\nthere\nend\n", timeout=30)
    lines = result.stdout.decode().replace("Enter some text: ", "")
    assert lines == "You wrote: hello\nYou wrote: there\nYou wrote: end\n", result
    assert result.status == 0


@pytest.mark.rows("C01", "C02")
@pytest.mark.parametrize("pair", PAIRS)
def test_demo_compiles_as_it_is_for_linux(tmp_path, pair):
    """With the host's compiler and libc; run in an IPC namespace, where the keys are nobody's."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    private = ["unshare", "--user", "--map-root-user", "--ipc"]
    if not sys.platform.startswith("linux") or not compiler:
        pytest.skip("needs Linux and a C compiler of its own")
    if not shutil.which("unshare") or subprocess.run(private + ["true"], check=False).returncode:
        pytest.skip("needs user namespaces")
    for name in (f"{pair}_server", f"{pair}_client"):
        subprocess.run([compiler, "-Wall", "-Wextra", "-Werror", "-o", tmp_path / name,
                        os.path.join(DEMO, name + ".c")], check=True)
    talk = subprocess.run(private + ["sh", "-c", f"./{pair}_server & ./{pair}_client; wait"],
                          cwd=tmp_path, input=b"hello\nend\n", capture_output=True, timeout=20,
                          check=True)
    lines = talk.stdout.decode().replace("Enter some text: ", "")
    assert lines == "You wrote: hello\nYou wrote: end\n"


def table_row(id_, attaches, key=1234, state="", owner="root", mode=666, size=2052):
    return (f"0x{key:08x} {id_:<10} {owner:<10} {mode:<10} {size:<10} {attaches:<10} "
            f"{state or ' ':<6} {' ':<6}\n")


FILE_TOOLS = """
cd /tmp; mkdir -p a/b/c; echo one > a/one; cp a/one a/b; echo two >> a/b/one; cat a/b/one
ln a/one a/hard; ln -s one a/soft; cat a/soft; chmod go= a/one; chmod 741 a/b/one; chmod u-w a/b/one
ls -l a; ls -l a/b; mv a/one a/b/c/; mv a/hard a/moved; cat a/soft; cat a/moved; touch a/new
mkdir a/b; rmdir a/b; rm a; rm -f nothing; cp a/moved a/new a/b/c; ls a/b/c; rm -r a; ls
cp nothing x; chmod x x; ls -l /
"""


@pytest.mark.rows("V05")
def test_tools_for_files():
    printed = script(FILE_TOOLS)
    row = r"root +root +"
    when = r" \d{4}-\d\d-\d\d \d\d:\d\d "
    expected = [
        "one", "two", "one",
        f"drwxr-xr-x  3 {row}0{when}b", f"-rw-------  2 {row}4{when}hard",
        f"-rw-------  2 {row}4{when}one", f"lrwxrwxrwx  1 {row}3{when}soft -> one",
        f"drwxr-xr-x  2 {row}0{when}c", f"-r-xr----x  1 {row}8{when}one",
        "cat: a/soft: No such file or directory", "one",
        "mkdir: a/b: File exists", "rmdir: a/b: Directory not empty", "rm: a: Is a directory",
        "moved", "new", "one",
        "cp: nothing: No such file or directory", "chmod: x: no mode"]
    lines = printed.splitlines()
    assert len(lines) > len(expected), printed
    for line, wanted in zip(lines, expected):
        assert re.fullmatch(wanted, line), printed
    assert re.search(rf"\ndrwxrwxrwt  2 {row}0{when}tmp\n", printed)


@pytest.mark.rows("V05")
def test_mkfifo():
    printed = script("cd /tmp; mkfifo line; mkfifo -m 622 other\n"
                     "cat line & echo hello > line; wait\n"
                     "ls -l | cat; mkfifo line; echo $?; mkfifo /bin/x; true")
    hello, line, other, again, status, elsewhere = printed.splitlines()
    assert hello == "hello" and status == "1", printed
    assert line.startswith("prw-r--r--  1 ") and other.startswith("prw--w--w-  1 "), printed
    assert again == "mkfifo: line: File exists", printed
    assert elsewhere == "mkfifo: /bin/x: Read-only file system", printed


@pytest.mark.rows("S23", "S24", "S29", "G07")
def test_ipcs_shows_segments_and_attaches():
    printed = script(
        "shm_server & sleep 0.2\n"
        "echo server $!\n"
        "ipcs -m --attaches\n"
        "ipcrm -M 1234; ipcs -m\n"
        "kill $!; wait $!\n"
        "ipcs -m\n")
    server = re.match(r"server (\d+)\n", printed)[1]
    attached, marked, gone = printed.split("\n------ Shared Memory Segments --------\n")[1:]
    id_ = int(attached.split("\n")[1].split()[1])
    assert table_row(id_, 1) in attached
    assert re.search(rf"\n{id_:<10} {server:<10} 0x[0-9a-f]+ 4096 +rw- +shm_server\n\n$", attached)
    assert table_row(id_, 1, key=0, state="dest") in marked
    assert gone == EMPTY_TABLE.split("\n", 2)[2] or gone.count("\n") == 2, gone


@pytest.mark.rows("E03", "S23", "S24")
def test_ipcs_and_ipcrm_know_all_kinds():
    """Servers that are killed leave their objects; each goes by its key, its id, or with all."""
    printed = script(
        "sem_server & msg_server & shm_server & sleep 0.2; kill -KILL %1 %2 %3; wait\n"
        "echo @; ipcs\n"
        "echo @; ipcrm -v -S 1235 -Q 0x4d5; echo $?\n"
        "echo @; ipcrm -M 77; ipcrm -m 12345; ipcrm -s 1; ipcrm -M 0; echo $?\n"
        "echo @; ipcrm --all=shm; ipcs -u\n"
        "echo @; ipcs | cat > /dev/null; ipcs -x; echo $?\n", args="check=1")
    listed, removed, errors, left, wrong = printed.split("@\n")[1:]
    assert listed.startswith(
        "\n------ Message Queues --------\n"
        "key        msqid      owner      perms      used-bytes   messages    \n"
        "0x000004d5 0          root       666        0            0           \n"), listed
    assert table_row(r"\d+", 0).strip().split()[2:] == ["root", "666", "2052", "0"]
    assert listed.endswith(
        "\n------ Semaphore Arrays --------\n"
        "key        semid      owner      perms      nsems     \n"
        "0x000004d3 0          root       666        2         \n\n"), listed
    assert removed == ("removing semaphore id `0'\nremoving message queue id `0'\n0\n")
    assert errors == ("ipcrm: invalid key (77)\nipcrm: invalid id (12345)\nipcrm: invalid id (1)\n"
                      "ipcrm: illegal key (0)\n1\n")
    assert objects_in(left) == [0, 0, 0]
    assert wrong == "ipcs: invalid option -- 'x'\nTry 'ipcs --help' for more information.\n1\n"


@pytest.mark.rows("S24", "S30", "V07")
def test_ipcrm_of_another_user():
    printed = script(
        "shm_server & sleep 0.2; kill -KILL $!; wait $!\n"
        "su student -c 'ipcs -m; ipcrm -M 1234; ipcrm shm 0; ipcrm -a'; echo $?\n"
        "ipcrm shm 0; echo $?; ipcs -m\n")
    denied = "ipcrm: permission denied for"
    assert table_row(0, 0) in printed
    assert printed.endswith(f"{denied} key (0)\n{denied} id (0)\n{denied} id (0)\n1\n"
                            "resource(s) deleted\n0\n" + EMPTY_TABLE)


@pytest.mark.rows("G06")
def test_shm_explain():
    """Of the program that it runs, whatever ends it; and nothing if it was refused nothing."""
    printed = script(
        "shm_explain ipcrm -m 77; echo $?\n"
        "shm_explain ls /none; echo $?\n"
        "shm_server & sleep 0.2; shm_explain su student -c 'exec ipcrm shm 0'; kill %1; wait %1\n"
        "shm_explain sh -c 'kill -9 $$'; echo $?\n"
        "shm_explain nosuch; echo $?; ipcrm -a; shm_explain; echo $?\n")
    nothing = "shm_explain: no call was refused\n"
    assert printed == (
        "ipcrm: invalid id (77)\n"
        "shm_explain: EINVAL: there is no segment with the id 77\n1\n"
        f"ls: /none: No such file or directory\n{nothing}1\n"
        "ipcrm: permission denied for id (0)\n"
        "shm_explain: EPERM: user 1000 is neither the owner, 0, nor the creator, 0\n"
        f"{nothing}137\n"
        f"shm_explain: nosuch: No such file or directory\n{nothing}127\n"
        "usage: shm_explain PROGRAM [WORD]…\n2\n")


@pytest.mark.rows("G06")
def test_refusals_are_traced():
    result = boot(["/bin/sh", "-c", "ipcrm -q 7; ipcrm -S 3; ipcs > /dev/null"], args="trace=ipc")
    told = [line for line in result.kernel.decode().splitlines() if line.startswith("ipc ")]
    assert [re.sub(r"\d+", "N", line, count=1) for line in told] == [
        "ipc pid N ipcrm: EINVAL: there is no message queue with the id 7",
        "ipc pid N ipcrm: ENOENT: no semaphore set has the key 0x3, and IPC_CREAT is not given"]


@pytest.mark.rows("S29", "V07")
def test_ipcs_of_a_user():
    printed = script("su alice -c 'shm_server & sleep 0.2; ipcs -m; ipcs -m -c'; ipcrm -M 1234\n")
    assert table_row(0, 1, owner="alice") in printed
    assert "0          666        alice      alice      alice      alice     \n" in printed
