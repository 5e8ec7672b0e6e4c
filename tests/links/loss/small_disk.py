"""A real small file system, seen by nobody else: a tmpfs in a mount namespace of its own, root or not.

python -m tests.links.loss.small_disk FOLDER BYTES makes it and holds it until its input ends.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Self


class NoSmallDisk(Exception):
    """This machine does not let us make one; says why."""


class SmallDisk:
    """`within` goes in front of commands that are to see it. Folder and files belong to whoever makes them there."""

    def __init__(self, folder: Path, size: int, *, owner: tuple[int, int] | None = None) -> None:
        self.folder, self._size, self._owner = folder, size, owner
        folder.mkdir(exist_ok=True)

    def __enter__(self) -> Self:
        for program in ("unshare", "nsenter"):
            if shutil.which(program) is None:
                raise NoSmallDisk(f"{program} (util-linux) is not installed")
        # An ordinary user may mount in a user namespace of their own, where the kernel allows those.
        mine = (
            ["--mount"] if os.geteuid() == 0 else ["--user", "--map-current-user", "--keep-caps", "--mount"]
        )
        self._holder = subprocess.Popen(
            ["unshare", *mine, sys.executable, "-m", __name__, str(self.folder), str(self._size)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self._holder.stdout
        assert self._holder.stderr
        if self._holder.stdout.readline() != b"mounted\n":
            said = self._holder.stderr.read().decode().strip()
            self.__exit__()
            raise NoSmallDisk(f"no file system of our own could be mounted: {said.splitlines()[-1:]}")
        as_user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        self.within = ("nsenter", f"--target={self._holder.pid}", "--mount", *as_user, "--")
        if self._owner:
            self.run("chown", f"{self._owner[0]}:{self._owner[1]}", str(self.folder))
        return self

    def __exit__(self, *_exc: object) -> None:
        assert self._holder.stdin
        self._holder.stdin.close()
        self._holder.wait(10)

    def run(self, *command: str) -> None:
        subprocess.run([*self.within, *command], check=True, cwd="/", stderr=subprocess.DEVNULL)

    def holds(self, pattern: str) -> bool:
        """Whether there is such a file. Only from within can one look."""
        look = [*self.within, "sh", "-c", f"ls {self.folder}/{pattern}"]
        return subprocess.run(look, check=False, capture_output=True, cwd="/").returncode == 0

    def fill(self) -> None:
        """Until nothing more fits."""
        ballast = self.folder / "ballast"
        self.run("sh", "-c", f"cat /dev/zero > '{ballast}' || test -s '{ballast}'")

    def make_room(self) -> None:
        self.run("rm", "-f", str(self.folder / "ballast"))


def main() -> None:
    folder, size = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    # Not `mount`: the program wants to be root, the kernel only wants a namespace that is ours.
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={size},mode=755".encode()):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), folder)
    print("mounted", flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    main()
