"""Numbers for Prometheus. Their labels are methods, templates of paths, statuses and outcomes; never a value sent."""

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from converter.service.pool import Pool

TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The numbers of one service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("qrda2qpp_requests", "Requests.", labels, registry=self._registry)
        self._time = Histogram(
            "qrda2qpp_request_seconds", "Time of requests.", ("route",), buckets=_SECONDS, registry=self._registry
        )
        self._bytes = Counter("qrda2qpp_received_bytes", "Bytes of the bodies of requests.", registry=self._registry)
        self._active = Gauge("qrda2qpp_active_requests", "Requests that are dealt with.", registry=self._registry)
        self._held = Gauge("qrda2qpp_held_bytes", "Bytes of requests that are in memory.", registry=self._registry)
        self._documents = Counter("qrda2qpp_documents", "Documents by outcome.", ("outcome",), registry=self._registry)

    def began(self) -> None:
        """Count a request that has begun."""
        self._active.inc()

    def ended(self, method: str, route: str, status: int, seconds: float, size: int) -> None:
        """Count a request that was answered, or whose client has gone."""
        self._active.dec()
        self._requests.labels(method, route, str(status)).inc()
        self._time.labels(route).observe(seconds)
        self._bytes.inc(size)

    def hold(self, size: int) -> None:
        """Count bytes that are in memory; less than 0 for those that are let go."""
        self._held.inc(size)

    def documents(self, passed: int, blocked: int) -> None:
        """Count documents: those in which nothing blocked, and the others."""
        self._documents.labels("passed").inc(passed)
        self._documents.labels("blocked").inc(blocked)

    def watch(self, name: str, pool: "Pool") -> None:
        """Show the numbers of a pool, under a name."""
        shown = {
            "under_way": ("Work that is done or waits.", lambda: pool.under_way),
            "waiting": ("Work that waits for a process.", lambda: pool.waiting),
            "restarts": ("Processes that had to be replaced.", lambda: pool.restarts),
        }
        for what, (words, value) in shown.items():
            Gauge(f"qrda2qpp_{name}_{what}", words, registry=self._registry).set_function(value)

    def text(self) -> bytes:
        """Return the numbers in the text format."""
        return generate_latest(self._registry)
