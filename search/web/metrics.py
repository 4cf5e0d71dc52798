"""What can be counted of a server, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from search.web.pool import Pool

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """The counts of one application, in a registry of its own."""

    def __init__(self, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("seisaku_requests", "Requests answered", ("route", "status"), registry=self._registry)
        self._seconds = Histogram(
            "seisaku_request_seconds", "How long they took", ("route",), buckets=_SECONDS, registry=self._registry
        )
        self._bytes = Counter("seisaku_response_bytes", "Bytes sent in bodies", registry=self._registry)
        for name, help, value in (
            ("seisaku_waiting", "Questions that wait for a process", lambda: pool.waiting),
            ("seisaku_workers", "Processes that answer", lambda: pool.alive),
            ("seisaku_stopped", "Answers that took too long and were stopped", lambda: pool.stopped),
        ):
            Gauge(name, help, registry=self._registry).set_function(value)

    def count(self, route: str, status: int, seconds: float, size: int) -> None:
        """Count one request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._bytes.inc(size)

    def text(self) -> bytes:
        """Return all counts as Prometheus reads them."""
        return generate_latest(self._registry)
