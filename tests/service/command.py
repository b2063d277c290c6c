"""The service as the command runs it, in a process of its own that is watched from outside (Linux)."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import httpx

ROOT = Path(__file__).resolve().parents[2]
_LOCAL = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}


@dataclass
class Command:
    """The command `serve`, while it runs.

    Attributes:
        process: its process.
        client: a client for the service.
    """

    process: "subprocess.Popen[str]"
    client: httpx.Client

    def pids(self) -> list[int]:
        """Return the process of the command and all below it."""
        found, todo = [], [self.process.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                todo += [int(word) for word in task.read_text().split()]
        return found

    def memory(self) -> int:
        """Return the memory that its processes take together, what they share counted once, in bytes."""
        total = 0
        for pid in self.pids():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
        return total

    def written(self) -> int:
        """Return how many bytes its processes have given to a disk."""
        total = 0
        for pid in self.pids():
            lines = Path(f"/proc/{pid}/io").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("write_bytes:"))
        return total

    def processor_seconds(self) -> float:
        """Return the time that its processes have spent on a processor."""
        total = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def peers(self) -> set[str]:
        """Return the addresses, in hexadecimal digits, of its sockets and of what these are connected with."""
        own = {
            os.readlink(link)
            for pid in self.pids()
            for link in Path(f"/proc/{pid}/fd").iterdir()
            if os.path.islink(link) and os.readlink(link).startswith("socket:")
        }
        found = set()
        for kind in ("tcp", "tcp6", "udp", "udp6", "raw"):
            for line in Path(f"/proc/{self.process.pid}/net/{kind}").read_text().splitlines()[1:]:
                _, local, remote, *rest = line.split()
                if f"socket:[{rest[6]}]" in own:
                    found |= {one.split(":")[0] for one in (local, remote) if one.strip("0:")}
        return found

    def outside(self) -> set[str]:
        """Return the addresses of `peers` that are not this machine's own."""
        return self.peers() - _LOCAL


@contextmanager
def running(*options: str, before: Sequence[str] = (), **environment: str) -> Iterator[Command]:
    """Run the command, with the log of its requests read and let go.

    Args:
        options: options of `serve`.
        before: words before the command, of a program that runs it.
        environment: further variables.
    """
    words = [*before, sys.executable, "-m", "converter", "serve", "--port", "0", *options]
    env = {name: value for name, value in os.environ.items() if not name.startswith("QRDA2QPP_")}
    env |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)} | environment
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=env, cwd=environment.get("HOME"))
    assert process.stderr is not None
    try:
        address = process.stderr.readline().split()[2]
        reading = Thread(target=process.stderr.read, daemon=True)
        reading.start()
        with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
            yield Command(process, client)
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reading.join(10)
        process.stderr.close()
