"""
Telemetry: one redacted line per event whoever logs it, and metrics that several processes share.
"""

import json
import logging
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import structlog

from server.errors import MetricsNotShared
from server.telemetry import create_metrics, exposition
from tests.server.small_app import EMAIL, PHONE, events, logged

ROOT = Path(__file__).parents[2]

CHILD = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from server.telemetry import create_metrics, exposition
metrics = create_metrics(Path(sys.argv[1]))
metrics.count_decision("deny", ["QUIET_HOURS", "CONSENT_MISSING"])
metrics.queue_depth.set(5)
metrics.batch_size.observe(3)
print(exposition(metrics).decode() + "done", flush=True)
sys.stdin.readline()
"""

PARENT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from server.telemetry import share_metrics
print(share_metrics(Path(sys.argv[1])))
import os
print(os.environ["PROMETHEUS_MULTIPROC_DIR"])
"""


def fail(message):
    raise ValueError(message)


def test_our_lines_are_json_with_context():
    """
    A line has its event, level, time and what was bound.
    """
    with logged() as lines, structlog.contextvars.bound_contextvars(request_id="r-1"):
        structlog.stdlib.get_logger("venia").info("hello", count=3, day=None)
        (line,) = events(lines())

    assert (line["event"], line["level"], line["count"], line["day"]) == ("hello", "info", 3, None)
    assert line["request_id"] == "r-1"
    assert line["timestamp"].endswith("Z")


def test_the_standard_librarys_lines_take_the_same_way():
    """
    The server's own loggers write the same JSON, redacted, arguments and tracebacks included.
    """
    with logged() as lines:
        logging.getLogger("uvicorn.error").warning("from %s", PHONE)
        try:
            fail(EMAIL)
        except ValueError:
            logging.getLogger("asyncio").exception("task failed")
        first, second = events(lines())

    assert (first["event"], first["level"]) == ("from [phone]", "warning")
    assert "ValueError: [email]" in str(second["exception"])
    assert EMAIL not in str(second)


def test_lines_that_would_repeat_requests_are_not_written():
    """
    The server's access log and clients' request lines hold addresses; only the edge writes requests.
    """
    with logged() as lines:
        logging.getLogger("uvicorn.access").info('"GET /x?phone=1"')
        logging.getLogger("httpx").info("HTTP Request: GET http://x/?phone=1")
        text = lines()

    assert text == ""


def test_personal_data_is_refused_in_any_value():
    """
    Values, nested values, objects, keys and messages are redacted.
    """
    with logged() as lines:
        log = structlog.stdlib.get_logger("venia")
        message = f"call {PHONE}"
        log.info(message, to={"phone": "anything", "also": [PHONE, int(PHONE)]}, error=ValueError(EMAIL))
        log.info("call %s", PHONE)
        text = lines()

    assert "600111222" not in text
    assert EMAIL not in text
    assert "anything" not in text


def test_the_level_is_obeyed():
    """
    Less severe lines are not written.
    """
    with logged(level="warning") as lines:
        structlog.stdlib.get_logger("venia").info("quiet")
        logging.getLogger("any").info("quiet")
        structlog.stdlib.get_logger("venia").warning("loud")
        text = lines()

    assert [each["event"] for each in events(text)] == ["loud"]


def test_lines_for_people_are_redacted_too():
    """
    The console format takes the same way, tracebacks included, without a warning.
    """
    with logged(format="console") as lines, warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            fail(PHONE)
        except ValueError:
            structlog.stdlib.get_logger("venia").exception("broken", who=EMAIL)
        text = lines()

    assert "broken" in text
    assert "ValueError: [phone]" in text
    assert EMAIL not in text


def test_registries_do_not_share():
    """
    Two applications in one process count apart.
    """
    one, other = create_metrics(), create_metrics()
    one.count_decision("allow", [])
    one.unreadable_items.labels("whatsapp").inc()

    assert b'venia_decisions_total{outcome="allow"} 1.0' in exposition(one)
    assert b'venia_unreadable_items_total{channel="whatsapp"} 1.0' in exposition(one)
    assert b"allow" not in exposition(other)


def test_every_metric_is_exposed():
    """
    All of the process's metrics have a line of help.
    """
    text = exposition(create_metrics()).decode()

    for name in (
        "venia_http_requests_total",
        "venia_http_request_seconds",
        "venia_decisions_total",
        "venia_decision_reasons_total",
        "venia_journal_batch_size",
        "venia_journal_queue_depth",
        "venia_journal_commit_seconds",
        "venia_webhook_items_total",
        "venia_unreadable_items_total",
    ):
        assert f"# HELP {name} " in text


def test_sharing_too_late_is_refused():
    """
    A process that has loaded the library without the directory would count alone, so it does not start.
    """
    with pytest.raises(MetricsNotShared):
        create_metrics(Path("anywhere"))


def run(script, *arguments, environ=None):
    command = [sys.executable, "-c", script, *map(str, arguments), str(ROOT)]
    env = {**os.environ, **(environ or {})}
    return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_several_processes_answer_for_all(tmp_path):
    """
    Counts of all workers add up; a killed worker's counts stay while its queue's depth goes.
    """
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "counter_1.db").write_bytes(b"left over")
    with run(PARENT, tmp_path) as parent:
        directory, variable = parent.communicate()[0].split()
    assert list(Path(directory).iterdir()) == []

    def start():
        return run(CHILD, directory, environ={"PROMETHEUS_MULTIPROC_DIR": directory})

    def said(process):
        return "".join(iter(process.stdout.readline, "done\n"))

    with start() as first:
        alone = said(first)
        with start() as second:
            both = said(second)
            second.kill()
        with start() as third:
            after = said(third)
            third.communicate("\n")
        first.communicate("\n")

    def value(text, name):
        return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))

    reason = 'venia_decision_reasons_total{code="QUIET_HOURS",outcome="deny"}'
    assert directory == variable == str(tmp_path / "metrics")
    assert [value(text, reason) for text in (alone, both, after)] == [1, 2, 3]
    assert [value(text, "venia_journal_queue_depth ") for text in (alone, both, after)] == [5, 10, 10]
    assert json.dumps(value(after, "venia_journal_batch_size_sum")) == "9.0"
