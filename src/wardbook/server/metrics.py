"""Prometheus metrics. Labels are names of our own, never words of a request or of a user."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """Metrics of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.answers = Counter(
            "wardbook_questions_total", "Questions by kind and status.", ["kind", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "wardbook_answer_seconds", "Time of an answer.", ["kind"], buckets=_BUCKETS, registry=self._registry
        )
        self.requests = Counter(
            "wardbook_http_requests_total", "Requests.", ["route", "method", "status"], registry=self._registry
        )
        self.latency = Histogram(
            "wardbook_http_seconds", "Time of a request.", ["route"], buckets=_BUCKETS, registry=self._registry
        )
        self.feedback = Counter("wardbook_feedback_total", "Verdicts on answers.", ["verdict"], registry=self._registry)
        self.swaps = Counter("wardbook_index_swaps_total", "Index generations taken up.", registry=self._registry)
        self.faults = Counter("wardbook_index_faults_total", "Failures to take up an index.", registry=self._registry)
        self.audit_faults = Counter(
            "wardbook_audit_faults_total", "Events that could not be recorded.", registry=self._registry
        )

    def watch(self, name: str, words: str, read: Callable[[], float]) -> None:
        """Add a gauge that is read when it is asked for."""
        Gauge(name, words, registry=self._registry).set_function(read)

    def count(self, name: str, words: str, read: Callable[[], float]) -> None:
        """Add a counter that somebody else counts."""
        self._registry.register(_Counted(name, words, read))

    def text(self) -> bytes:
        """Give all metrics in Prometheus' text format."""
        return generate_latest(self._registry)


class _Counted(Collector):
    """A counter that is read when it is asked for."""

    def __init__(self, name: str, words: str, read: Callable[[], float]) -> None:
        self._name, self._words, self._read = name, words, read

    def collect(self) -> Iterator[CounterMetricFamily]:
        yield CounterMetricFamily(self._name, self._words, self._read())


def index_age_s(info: Mapping[str, Any]) -> float:
    """Give seconds since the index was built; NaN where it does not tell."""
    built = info.get("built_at")
    try:
        return time.time() - (
            built if isinstance(built, (int, float)) else datetime.fromisoformat(str(built)).timestamp()
        )
    except ValueError:
        return float("nan")
