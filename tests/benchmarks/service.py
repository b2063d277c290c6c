"""Measure the service with documents of about 170 KB, and watch what it writes and whom it talks to (Linux).

    python tests/benchmarks/service.py [--requests N] [--clients N] [--workers N]

It runs `qrda2qpp serve`, and several clients post documents to the official route. It prints

- requests a second, and the time of a request at the median and the 99th percentile, as the clients see them;
- the time that its processes spend on a processor for a request, which other work of the machine hardly changes;
- the memory of all its processes after a tenth of the requests and after all of them;
- the bytes that its processes gave to a disk, and what is in its folder for temporary files;
- the addresses, other than those of this machine, that its sockets have or are connected with, looked at all the time.

The clients run on the same processors. Always exits with 0: this is a measurement, not a test.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.service.command import Command

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    from tests.documents import document
    from tests.service.command import running

    data = document(2025, measures=["001", "007"], supplemental=True).bytes()
    print(f"{len(data) / 1000:.0f} KB, {options.clients} clients, {options.workers} processes that convert")
    with tempfile.TemporaryDirectory() as folder:
        with running("--workers", str(options.workers), TMPDIR=folder, HOME=folder) as service:
            Load(service, data, options.clients).run(options.requests)
        print(f"temporary files: {len(list(Path(folder).iterdir()))}")


class Load:
    """Clients that post a document again and again."""

    def __init__(self, service: "Command", data: bytes, clients: int) -> None:
        self._service, self._data, self._clients = service, data, clients
        self._times: list[float] = []
        self._outside: set[str] = set()

    def run(self, number: int) -> None:
        service, first = self._service, number // 10
        self._posted(100)
        self._times.clear()
        written, spent, begin = service.written(), service.processor_seconds(), time.perf_counter()
        self._posted(first)
        early = service.memory()
        self._posted(number - first)
        seconds, spent = time.perf_counter() - begin, service.processor_seconds() - spent
        late = quantiles(self._times, n=100)[-1]
        print(f"requests a second: {number / seconds:.0f}")
        print(f"time of a request: median {median(self._times) * 1000:.1f} ms, p99 {late * 1000:.1f} ms")
        print(f"processor time of the service: {spent / number * 1000:.1f} ms a request")
        print(f"memory: {early / 1e6:.1f} MB after {first}, {service.memory() / 1e6:.1f} MB after {number}")
        print(f"bytes given to a disk: {service.written() - written}")
        print(f"addresses outside of this machine: {sorted(self._outside) or 'none'}")

    def _posted(self, number: int) -> None:
        with ThreadPoolExecutor(self._clients) as threads:
            for count, status in enumerate(threads.map(self._post, range(number))):
                assert status == 201, status
                if count % 50 == 0:
                    self._outside |= self._service.outside()

    def _post(self, _number: int) -> int:
        begin = time.perf_counter()
        status = self._service.client.post("/", files={"file": ("export.xml", self._data)}).status_code
        self._times.append(time.perf_counter() - begin)
        return status


if __name__ == "__main__":
    main()
