"""
Many questions in one request, a line of JSON each; pure.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from venia_client.answers import Checked, FailedClosed, Why
from venia_client.questions import Question
from venia_client.reading import Unsure, failed, insist_on, read_line
from venia_client.shapes import Malformed, read_object
from venia_client.wire import NDJSON, Failure, Heard, Request, check_request

GROUP = 512  # questions: as many as the server decides together
_LARGEST_LINE = 64 << 10  # bytes


def batch_request(questions: Sequence[Question]) -> Request:
    """Asks about a group of people, and holds nothing."""
    content = b"".join(check_request(each).content + b"\n" for each in questions)
    return Request(
        "/v1/calls/check-batch", content, media_type=NDJSON, largest=min(len(questions), GROUP) * _LARGEST_LINE
    )


def read_batch(heard: Heard, asked: int, fulfils: Collection[str], now: datetime) -> list[Checked]:
    """
    An answer for each question, in their order.

    A line that is missing, out of place or one too many spoils the whole group: nobody knows whose answer is whose.
    """
    try:
        return _lines(heard, asked, fulfils)
    except (Unsure, Malformed) as error:
        return [failed(heard, error, None, now)] * asked


def _lines(heard: Heard, asked: int, fulfils: Collection[str]) -> list[Checked]:
    if isinstance(heard, Failure):
        raise Unsure(heard.why, heard.detail)
    insist_on(heard, NDJSON)
    bodies = [read_object(each) for each in heard.content.split(b"\n") if each.strip()]
    numbers = [each.get("line") for each in bodies]
    # A true would pass for 1.
    if numbers != list(range(1, asked + 1)) or any(isinstance(each, bool) for each in numbers):
        raise Unsure(Why.INCONSISTENT, "The answers are not those of the lines that were sent.")
    return [read_line(each, fulfils) for each in bodies]


def is_outage(answers: Sequence[Checked]) -> bool:
    """Whether a whole group went without an answer, so that asking about the next would only take as long again."""
    return bool(answers) and all(isinstance(each, FailedClosed) and each.why in _OUTAGES for each in answers)


_OUTAGES = {Why.TIMEOUT, Why.UNREACHABLE, Why.CUT_OFF, Why.BUSY, Why.SERVER_ERROR, Why.REDIRECT, Why.STATUS}
