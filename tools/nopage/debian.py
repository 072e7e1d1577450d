"""Debian's packages for a port's own architecture: what nobody here has compiled.

They are fetched through a private apt root, for a foreign architecture, from the sources that the
machine itself is configured with; the machine's own apt state is not touched. What was opened once
is kept in a cache directory. Where a package is not to be had, Unavailable says why.
"""

import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

ARCHITECTURE = {"x86": "i386", "arm": "armhf"}


class Unavailable(Exception):
    """Something of Debian's is not to be had here; the message says why."""


def cache():
    """Where fetched things are kept."""
    home = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(home) / "nopage"


def tree(arch, packages):
    """The directory in which the packages (as Apt.download names them) are opened, over each other.

    It is made once; a list with other names makes another.
    """
    path = cache() / f"debian-{ARCHITECTURE[arch]}"
    known = path / ".packages"
    wanted = " ".join(packages)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_suffix(".lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists() or known.read_text() != wanted:
            with tempfile.TemporaryDirectory(dir=path.parent) as directory:
                made = pathlib.Path(directory) / "tree"
                made.mkdir()
                apt = Apt(arch, pathlib.Path(directory) / "apt")
                for package in packages:
                    open_package(apt.download(package), made)
                (made / ".packages").write_text(wanted)
                shutil.rmtree(path, ignore_errors=True)
                os.replace(made, path)
    return path


def open_package(package, directory, *members):
    """Unpack the members of a .deb file that match, or all of it."""
    files = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], check=True,
                           stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "-xf", "-", "--wildcards", *members], check=True, input=files,
                   cwd=directory)


class Apt:
    """apt-get for a foreign architecture, with all of its state under one directory."""

    def __init__(self, arch, root):
        for tool in ("apt-get", "apt-cache", "dpkg-deb", "tar"):
            if not shutil.which(tool):
                raise Unavailable(f"no {tool} to fetch Debian's packages with")
        self.root = root
        self.environment = {**os.environ, "APT_CONFIG": self._configure(ARCHITECTURE[arch]),
                            "LC_ALL": "C"}
        _, self.complaint = self._run("apt-get", "-q", "update")

    def depends(self, package, pattern):
        """The name, matching pattern, of what the newest version of the package depends on."""
        said, _ = self._run("apt-cache", "depends", package)
        named = re.search(rf"Depends: ({pattern})$", said, re.MULTILINE)
        if not named:
            raise Unavailable(f"no package source here has {package}. {self.complaint}")
        return named[1]

    def download(self, package):
        """The path of the package's file; A>P>Q is what the P that A depends on depends on, a Q."""
        package, *patterns = package.split(">")
        for pattern in patterns:
            package = self.depends(package, pattern)
        _, complaint = self._run("apt-get", "-q", "download", package)
        files = list(self.root.glob(f"{package}_*.deb"))
        if not files:
            raise Unavailable(f"{package} could not be fetched: {complaint}")
        return files[0]

    def _run(self, *words):
        done = subprocess.run(words, cwd=self.root, env=self.environment, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.stdout, done.stderr[-500:]

    def _configure(self, architecture):
        root = self.root
        for directory in ("state/lists/partial", "cache/archives/partial"):
            (root / directory).mkdir(parents=True)
        (root / "status").touch()
        configuration = root / "apt.conf"
        configuration.write_text(f"""
            APT::Architecture "{architecture}";
            APT::Architectures {{ "{architecture}"; }};
            APT::Sandbox::User "";
            Dir::State "{root}/state";
            Dir::State::status "{root}/status";
            Dir::Cache "{root}/cache";
            Acquire::Retries "2";
            """)
        return str(configuration)
