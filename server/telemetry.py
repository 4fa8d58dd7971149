"""
What the process says about itself: log lines and metrics, both without personal data.

Logs are one JSON object per line on standard error.  Our own loggers and the standard library's (the ASGI server's
included) run through the same redaction, tracebacks too.  Metrics follow Prometheus; with several worker processes
they meet in a directory, so that any process can answer for all.
"""

import errno
import logging
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, TextIO

import orjson
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess, values
from structlog.typing import EventDict, Processor, WrappedLogger

from audit.published import Report
from policies.api import Tally
from server.errors import MetricsNotShared
from server.redaction import redact_named

_SHARED_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"

# Authorize answers within milliseconds, an export takes a minute; buckets in seconds.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0)
_REQUESTS_IN_A_BATCH = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


def configure_logging(
    *, level: str = "info", format: Literal["json", "console"] = "json", stream: TextIO | None = None
) -> None:
    """
    Sends every log line of the process, redacted, to ``stream`` (standard error if None).

    Calling it again replaces what the last call set up.
    """
    target = stream or sys.stderr
    severity = logging.getLevelNamesMapping()[level.upper()]
    render = _json_line if format == "json" else _for_people()
    # The timestamp comes after the redaction, which would have to recognise and keep it on every line.
    finish: list[Processor] = [structlog.processors.format_exc_info, redact_event, _stamp(), render]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, *finish],
        wrapper_class=structlog.make_filtering_bound_logger(severity),
        logger_factory=structlog.WriteLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    _adopt_standard_logging(target, severity, finish)


def redact_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A structlog processor: every value of the event, however deep, without personal data or secrets."""
    return {name: redact_named(name, value) for name, value in event.items()}


@dataclass(frozen=True, slots=True)
class Metrics(Tally):
    """Every metric of the process; ``shared`` is the directory in which several processes' metrics meet."""

    registry: CollectorRegistry
    shared: Path | None
    requests: Counter
    request_seconds: Histogram
    decisions: Counter
    reasons: Counter
    batch_size: Histogram
    queue_depth: Gauge
    commit_seconds: Histogram
    webhook_items: Counter
    unreadable_items: Counter
    checkpoint_age: Gauge
    checkpoints_refused: Gauge
    attestation_missing: Gauge
    register_age: Gauge

    def observe_registers(self, ages: Mapping[str, float]) -> None:
        """Notes how many seconds ago each register was drawn."""
        for register, age in ages.items():
            self.register_age.labels(register).set(age)

    def observe_checkpoints(self, report: Report | None, now: datetime) -> None:
        """Notes how long ago the checkpointer reported, in seconds, and whether it refuses to sign something."""
        if report is not None:
            self.checkpoint_age.set(max(0.0, (now - report.reported_at).total_seconds()))
            self.checkpoints_refused.set(not report.is_well)
            self.attestation_missing.set(report.warning is not None)

    def count_decision(self, outcome: str, codes: Iterable[str], times: int = 1) -> None:
        """Counts so many decisions (allow or deny) for the same reasons, and each of the reasons' codes."""
        _labelled(self.decisions, outcome).inc(times)
        for code in codes:
            _labelled(self.reasons, outcome, code).inc(times)


@lru_cache(1024)
def _labelled(counter: Counter, *labels: str) -> Counter:
    """The library looks a counter's labels up under a lock each time; outcomes and codes are few."""
    return counter.labels(*labels)


def create_metrics(shared: Path | None = None) -> Metrics:
    """
    Fresh metrics in a registry of their own.

    ``shared`` is what ``share_metrics`` answered in the parent process, or None for a single process.  Raises
    :class:`MetricsNotShared` if the processes would each count alone.
    """
    # The library chooses where numbers live when it is imported, so a late call would be silently without effect.
    if shared is not None and values.ValueClass is values.MutexValue:
        raise MetricsNotShared
    registry = CollectorRegistry()
    return Metrics(
        registry=registry,
        shared=shared,
        requests=Counter("venia_http_requests", "Requests answered", ("method", "route", "status"), registry=registry),
        request_seconds=Histogram(
            "venia_http_request_seconds",
            "Time from a request's head to its last byte",
            ("method", "route"),
            registry=registry,
            buckets=_SECONDS,
        ),
        decisions=Counter("venia_decisions", "Decisions made", ("outcome",), registry=registry),
        reasons=Counter("venia_decision_reasons", "Reasons given", ("outcome", "code"), registry=registry),
        batch_size=Histogram(
            "venia_journal_batch_size", "Writes in one transaction", registry=registry, buckets=_REQUESTS_IN_A_BATCH
        ),
        queue_depth=Gauge(
            "venia_journal_queue_depth", "Writes waiting", registry=registry, multiprocess_mode="livesum"
        ),
        commit_seconds=Histogram(
            "venia_journal_commit_seconds", "Time of one transaction", registry=registry, buckets=_SECONDS
        ),
        webhook_items=Counter("venia_webhook_items", "Items processed", ("channel", "kind"), registry=registry),
        unreadable_items=Counter(
            "venia_unreadable_items", "Items kept but not understood", ("channel",), registry=registry
        ),
        checkpoint_age=Gauge(
            "venia_checkpointer_silent_seconds",
            "Time since the checkpointer reported",
            registry=registry,
            multiprocess_mode="mostrecent",
        ),
        checkpoints_refused=Gauge(
            "venia_checkpoint_refused",
            "1 if a log is not signed any more",
            registry=registry,
            multiprocess_mode="mostrecent",
        ),
        attestation_missing=Gauge(
            "venia_attestation_missing",
            "1 if a witness or a time-stamping authority does not answer",
            registry=registry,
            multiprocess_mode="mostrecent",
        ),
        register_age=Gauge(
            "venia_register_age_seconds",
            "Time since a register was drawn, by the oldest load of any tenant",
            ("register",),
            registry=registry,
            multiprocess_mode="mostrecent",
        ),
    )


def share_metrics(home: Path) -> Path:
    """
    Prepares an empty directory under ``home`` for several processes' metrics.

    MUST be called in the parent before the workers start (by spawning: a forked child has already chosen), because
    the metrics library learns of the directory from a variable of the environment while it is imported.
    """
    directory = home / "metrics"
    directory.mkdir(parents=True, exist_ok=True)
    for left_over in directory.glob("*.db"):
        left_over.unlink()
    os.environ[_SHARED_VARIABLE] = str(directory)
    return directory


def exposition(metrics: Metrics) -> bytes:
    """All metrics in Prometheus' text format, of every process that shares them."""
    if metrics.shared is None:
        return generate_latest(metrics.registry)
    _forget_dead_processes(metrics.shared)
    everyone = CollectorRegistry()
    multiprocess.MultiProcessCollector(everyone, str(metrics.shared))  # type: ignore[no-untyped-call]  # No types.
    return generate_latest(everyone)


def _forget_dead_processes(directory: Path) -> None:
    """A worker that was killed must not leave its queue's depth behind; its counts stay."""
    for file in directory.glob("gauge_live*.db"):
        pid = int(file.stem.rpartition("_")[2])
        if not _alive(pid):
            multiprocess.mark_process_dead(pid, str(directory))  # type: ignore[no-untyped-call]  # As above.


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno == errno.EPERM
    return True


def _json_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return orjson.dumps(event).decode()


def _for_people() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


def _stamp() -> Processor:
    return structlog.processors.TimeStamper(fmt="iso", utc=True)


def _adopt_standard_logging(target: TextIO, severity: int, finish: list[Processor]) -> None:
    """The root logger alone writes, through the same processors; chatty or talkative libraries are quietened."""
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *finish],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(severity)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"  # The edge writes one line per request.
    for name in ("httpx", "httpcore", "sqlalchemy", "alembic"):
        # They log addresses and statements with their values, or nothing that anybody asked for.
        logging.getLogger(name).setLevel(max(severity, logging.WARNING))
