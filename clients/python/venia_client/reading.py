"""
What an answer means.  Pure, and closed: an allow MUST be sure in every respect; whatever is not sure is a denial.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from venia_client.answers import Authorized, Checked, Denied, FailedClosed, Held, MayCall, Obligation, Receipt, Why
from venia_client.patience import may_pass, read_retry_after
from venia_client.reports import Reported, Unreported, Word
from venia_client.shapes import (
    Malformed,
    as_list,
    as_object,
    as_text,
    as_uuid,
    optional_moment,
    optional_uuid,
    read_hold,
    read_object,
    read_obligations,
    read_reasons,
    read_receipt,
)
from venia_client.wire import JSON, Failure, Heard, Reply

# A hold that seems to outlast what was asked for by more than this comes of clocks that differ, and so its end is unsure.
_SKEW = timedelta(seconds=60)
_PROBLEM = re.compile(r"urn:venia:problem:[a-z-]{1,64}")
_STATUSES = ((300, 399, Why.REDIRECT), (400, 499, Why.REFUSED), (500, 599, Why.SERVER_ERROR))

Body: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the caller is told, and the hold that came along and is of no use to it."""

    answer: Authorized
    unused: UUID | None = None


class Unsure(Exception):
    """An answer on which nobody should be called."""

    def __init__(self, why: Why, detail: str) -> None:
        super().__init__(detail)
        self.why = why


def read_authorize(heard: Heard, *, fulfils: Collection[str], ttl: int, key: str, now: datetime) -> Verdict:
    """The answer to an authorize of ``ttl`` seconds, heard ``now``."""
    body: Body = {}
    try:
        body = _whole(heard)
        return Verdict(_authorized(body, fulfils, ttl, now))
    except (Unsure, Malformed) as error:
        return Verdict(failed(heard, error, key, now), _hold_of(body))


def _authorized(body: Body, fulfils: Collection[str], ttl: int, now: datetime) -> Held | Denied:
    receipt = read_receipt(body.get("receipt"))
    if not _is_allow(body):
        if body.get("hold") is not None:
            raise Unsure(Why.INCONSISTENT, "A deny came with a hold.")
        return _denied(body, receipt)
    obligations = _obligations(body, fulfils)
    if body.get("hold") is None:
        raise Unsure(Why.INCONSISTENT, "An allow came without a hold.")
    hold = read_hold(body["hold"])
    if hold.expires_at <= now:
        raise Unsure(Why.HOLD_EXPIRED, "The hold is over by this machine's clock.")
    if hold.expires_at > now + timedelta(seconds=ttl) + _SKEW:
        raise Unsure(Why.INCONSISTENT, "The hold ends later than was asked for: a clock is wrong, here or there.")
    return Held(hold, obligations, optional_uuid(body.get("contact"), "contact"), _rule_set(body), receipt)


def read_check(heard: Heard, *, fulfils: Collection[str], now: datetime) -> Checked:
    """The answer to a check."""
    try:
        return checked(_whole(heard), fulfils)
    except (Unsure, Malformed) as error:
        return failed(heard, error, None, now)


def checked(body: Body, fulfils: Collection[str]) -> MayCall | Denied:
    """What a check's body says.  Raises Malformed or Unsure."""
    if not _is_allow(body):
        return _denied(body, None)
    obligations = _obligations(body, fulfils)
    return MayCall(obligations, optional_uuid(body.get("contact"), "contact"), _rule_set(body))


def read_line(body: Body, fulfils: Collection[str]) -> Checked:
    """One line of many: a decision, or the problem that the question would have got alone."""
    try:
        return checked(body, fulfils) if "error" not in body else _line_failed(body)
    except (Unsure, Malformed) as unsure:
        return FailedClosed(_why(unsure), str(unsure))


def _line_failed(body: Body) -> FailedClosed:
    error = as_object(body["error"], "error")
    status = error.get("status")
    if not isinstance(status, int) or isinstance(status, bool) or "decision" in body:
        raise Malformed("A line has an error without a status, or a decision beside it.")
    return FailedClosed(why_of(status), f"The line was answered with {status}.", status, _problem_type(error))


def _is_allow(body: Body) -> bool:
    """Whether it is an allow; nothing but the one word is, and nothing but the other is a deny."""
    if body.get("decision") not in ("allow", "deny"):
        raise Malformed("decision is neither allow nor deny.")
    return body["decision"] == "allow"


def _obligations(body: Body, fulfils: Collection[str]) -> tuple[Obligation, ...]:
    if as_list(body.get("reasons"), "reasons"):
        raise Unsure(Why.INCONSISTENT, "An allow came with reasons against it.")
    obligations = read_obligations(body.get("obligations"))
    unknown = sorted({each.type for each in obligations} - {*fulfils})
    if unknown:
        raise Unsure(Why.OBLIGATION, f"The allow is on terms that nobody here fulfils: {', '.join(unknown)}.")
    return obligations


def _denied(body: Body, receipt: Receipt | None) -> Denied:
    return Denied(
        read_reasons(body.get("reasons")),
        optional_moment(body.get("retry_at"), "retry_at"),
        optional_uuid(body.get("contact"), "contact"),
        _rule_set(body),
        receipt,
    )


def _rule_set(body: Body) -> str:
    return as_text(as_object(body.get("policy"), "policy").get("rule_set"), "policy/rule_set")


def read_settled(heard: Heard, word: Word, now: datetime) -> Reported | Unreported:
    """Whether the server has what was said."""
    try:
        return _settled(_whole(heard), word)
    except (Unsure, Malformed) as error:
        closed = failed(heard, error, word.key, now)
    # What was understood and refused will be refused again; a credential can be mended.
    final = closed.why is Why.REFUSED and closed.status not in (401, 403) and not may_pass(closed.status or 0)
    return Unreported(word, closed.why, closed.detail, final, closed.status, closed.problem)


def _settled(body: Body, word: Word) -> Reported:
    read_receipt(body.get("receipt"))
    hold = as_object(body.get("hold"), "hold")
    if as_uuid(hold.get("id"), "hold/id") != word.hold:
        raise Unsure(Why.INCONSISTENT, "The answer is about another hold.")
    return Reported(word.hold, as_text(hold.get("state"), "hold/state"))


def _whole(heard: Heard) -> Body:
    """The body of a 200 that is JSON."""
    if isinstance(heard, Failure):
        raise Unsure(heard.why, heard.detail)
    insist_on(heard, JSON)
    return read_object(heard.content)


def insist_on(reply: Reply, media_type: str) -> None:
    """Raises Unsure unless it is a 200 of this type."""
    if reply.status != 200:
        raise Unsure(why_of(reply.status), f"The server answered with {reply.status}.")
    told = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if told != media_type or reply.headers.get("content-encoding", "identity").lower() != "identity":
        raise Unsure(Why.CONTENT_TYPE, f"The answer is not {media_type} as it is.")


def why_of(status: int) -> Why:
    """What a status other than 200 means."""
    if status in (429, 503):
        return Why.BUSY
    return next((why for least, most, why in _STATUSES if least <= status <= most), Why.STATUS)


def failed(heard: Heard, error: Exception, key: str | None, now: datetime) -> FailedClosed:
    """The denial that comes of an answer in which something was unsure or malformed."""
    why = _why(error)
    if isinstance(heard, Failure):
        return FailedClosed(why, heard.detail, key=key)
    problem = _problem(heard) if heard.status != 200 else None
    wait = retry_after(heard, now)
    return FailedClosed(why, str(error), heard.status, problem, wait, key)


def _why(error: Exception) -> Why:
    return error.why if isinstance(error, Unsure) else Why.MALFORMED


def retry_after(reply: Reply, now: datetime) -> float | None:
    """The seconds that a busy server asks for."""
    busy = reply.status in (429, 503)
    return read_retry_after(reply.headers.get("retry-after"), now) if busy else None


def _problem(reply: Reply) -> str | None:
    """The kind of problem, and nothing else of what is in it: a detail may quote what was sent."""
    try:
        return _problem_type(read_object(reply.content))
    except Malformed:
        return None


def _problem_type(problem: Body) -> str | None:
    kind = problem.get("type")
    return kind if isinstance(kind, str) and _PROBLEM.fullmatch(kind) else None


def _hold_of(body: Body) -> UUID | None:
    """The hold in an answer that is of no use otherwise."""
    try:
        return as_uuid(as_object(body.get("hold"), "hold").get("id"), "hold/id")
    except Malformed:
        return None
