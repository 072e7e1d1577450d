"""Real Linux as the oracle: Debian's own kernel for the port, booted with the same static programs.

The kernel package is fetched through a private apt root, for a foreign architecture, from the
sources that the machine itself is configured with; the machine's own apt state is not touched. The
kernel is kept in a cache directory. Where there is no such package, Unavailable says why.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from . import build, cpio, machine

ARCHITECTURE = {"x86": "i386", "arm": "armhf"}
PACKAGE = {"x86": "linux-image-686", "arm": "linux-image-armmp"}
EMULATOR = {
    "x86": ["qemu-system-i386", "-M", "pc"],
    "arm": ["qemu-system-arm", "-M", "virt", "-cpu", "cortex-a15"],
}
CONSOLE = {"x86": "ttyS0", "arm": "ttyAMA0"}

# The fastest Linux that a command line can give.
FAST = """
    quiet mitigations=off nopti nokaslr norandmaps audit=0 selinux=0 apparmor=0 lsm=
    cgroup_disable=memory init_on_alloc=0 init_on_free=0 randomize_kstack_offset=off
    hardened_usercopy=off slub_debug=- psi=0 noautogroup transparent_hugepage=never preempt=none
    nowatchdog page_poison=0 kfence.sample_interval=0 skew_tick=0 tsc=reliable
    cryptomgr.notests=1 noisapnp""".split()

# Nothing of the kernel's own between a program's lines, and an end to the run if it dies.
QUIET = ["quiet", "loglevel=0", "panic=-1"]

NODES = [(name, cpio.DIRECTORY, b"") for name in ("dev", "proc", "tmp")]
NODES.append(("dev/console", 0o020600, (5, 1)))


class Unavailable(Exception):
    """There is no Linux kernel to be had here; the message says why."""


class Died(Exception):
    """Linux did not come to the end of the run; the message holds its last lines."""


def kernel(arch):
    """The path of Debian's kernel for the port, fetched if it is not in the cache yet."""
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    path = pathlib.Path(cache) / "nopage" / f"vmlinuz-{PACKAGE[arch]}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as directory:
            os.replace(_fetch(arch, pathlib.Path(directory)), path)
    return path


def run(arch, archive, argv, exact=False, timeout=300):
    """Boot Linux with an archive (bytes) and run one program of it, argv.

    exact  count instructions, with everything off that makes Linux slower
    Returns what the program printed, and its status as wait(2) gives it.
    """
    with open(os.path.join(build.directory(arch), "tests", "linux", "init"), "rb") as file:
        own = {"init": (cpio.PROGRAM, file.read())}
    words = [f"console={CONSOLE[arch]}"] + (FAST if exact else QUIET)
    with tempfile.NamedTemporaryFile() as initramfs:
        initramfs.write(archive + cpio.pack(NODES) + build.run_archive(argv, own))
        initramfs.flush()
        command = EMULATOR[arch] + (machine.ICOUNT[arch] if exact else [])
        command += "-m 256 -nographic -no-reboot -monitor none -serial stdio -nic none".split()
        command += ["-kernel", kernel(arch), "-initrd", initramfs.name, "-append", " ".join(words)]
        return _split(_output_of(command, timeout))


def _output_of(command, timeout):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=timeout, check=False)
    except subprocess.TimeoutExpired as late:
        said = _tail(late.stdout or b"")
        raise Died(f"Linux was still running after {timeout} s:\n{said}") from None
    if done.returncode:
        raise Died(f"{command[0]}: status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def _split(output):
    text = output.decode(errors="replace").replace("\r", "")
    ran = re.search(r"\noracle: start\n(.*)\noracle: wait status (-?\d+)\n", text, re.DOTALL)
    if not ran:
        raise Died(f"Linux ended before the run did:\n{_tail(output)}")
    return ran[1], int(ran[2])


def _tail(output):
    return "\n".join(output.decode(errors="replace").splitlines()[-15:])


def _fetch(arch, root):
    """Fetch and open the newest kernel package; root is the private apt root, thrown away later."""
    for tool in ("apt-get", "apt-cache", "dpkg-deb", "tar"):
        if not shutil.which(tool):
            raise Unavailable(f"no {tool} to fetch Debian's kernel with")
    environment = {**os.environ, "APT_CONFIG": _apt_root(arch, root), "LC_ALL": "C"}

    def apt(*words):
        done = subprocess.run(words, cwd=root, env=environment, check=False,
                              capture_output=True, text=True)
        return done.stdout, done.stderr[-500:]

    _, complaint = apt("apt-get", "-q", "update")
    # The package without a version in its name depends on the newest one with.
    found, _ = apt("apt-cache", "depends", PACKAGE[arch])
    named = re.search(r"Depends: (linux-image-\S+)", found)
    if not named:
        raise Unavailable(f"no package source here has {PACKAGE[arch]}. {complaint}")
    _, complaint = apt("apt-get", "-q", "download", named[1])
    packages = list(root.glob("linux-image-*.deb"))
    if not packages:
        raise Unavailable(f"{named[1]} could not be fetched: {complaint}")
    files = subprocess.run(["dpkg-deb", "--fsys-tarfile", packages[0]], check=True,
                           stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "-xf", "-", "--wildcards", "./boot/vmlinuz-*"], check=True,
                   input=files, cwd=root)
    return next(root.glob("boot/vmlinuz-*"))


def _apt_root(arch, root):
    """Write the configuration that keeps apt's state, for another architecture, under root."""
    for directory in ("state/lists/partial", "cache/archives/partial"):
        (root / directory).mkdir(parents=True)
    (root / "status").touch()
    configuration = root / "apt.conf"
    configuration.write_text(f"""
        APT::Architecture "{ARCHITECTURE[arch]}";
        APT::Architectures {{ "{ARCHITECTURE[arch]}"; }};
        APT::Sandbox::User "";
        Dir::State "{root}/state";
        Dir::State::status "{root}/status";
        Dir::Cache "{root}/cache";
        Acquire::Retries "2";
        """)
    return str(configuration)
