"""
The routes of AuthZEN.  What changes from one moment to the next travels in headers: equal questions get equal bodies.
"""

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

import orjson
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import JSONBody
from litestar.response.base import ASGIResponse

from audit.api import Asked, body_of, json_response
from audit.instants import rfc3339
from policies.api import CallDesk, desk_of
from policies.authzen.bodies import (
    ActionSearchBody,
    EvaluationBody,
    EvaluationsBody,
    ResourceSearchBody,
    SubjectSearchBody,
    parsed,
    read,
)
from policies.authzen.evaluating import Evaluated, Evaluation
from policies.authzen.mapping import Asker, evaluation_of, slug_of
from policies.authzen.refusals import RequestUnreadable
from policies.authzen.searching import Found, find_actions, find_resources, find_subjects, refuse_other_pages
from policies.pack_obligations import TYPES

B = TypeVar("B", SubjectSearchBody, ResourceSearchBody, ActionSearchBody)

_OPT = {"scope": "decisions:read", "content_types": None}  # Another content type is refused here, as AuthZEN has it.
_JSON = "application/json"
_ENDPOINTS = {
    "access_evaluation_endpoint": "/access/v1/evaluation",
    "access_evaluations_endpoint": "/access/v1/evaluations",
    "search_subject_endpoint": "/access/v1/search/subject",
    "search_resource_endpoint": "/access/v1/search/resource",
    "search_action_endpoint": "/access/v1/search/action",
}

# As with our own question: answered before the framework takes the request apart; what the routes below declare is
# their description.


async def answer_evaluation(request: Asked) -> ASGIResponse:
    """One decision, holding and writing nothing; a deny is a decision, and 200."""
    return await _evaluated(request, await _json_of(request))


async def answer_evaluations(request: Asked) -> ASGIResponse:
    """Many decisions on one snapshot, in order, up to the one at which the caller wants to stop."""
    data = await _json_of(request)
    body = read(EvaluationsBody, data)
    if not body.evaluations:
        return await _evaluated(request, data)
    desk, asker = desk_of(request), await _asker(request)
    asked = [_item(body.item(each), asker) for each in body.evaluations]
    answers = [_surely(each) for each in await desk.reader.read_together(asked)]
    kept = answers[: _end(answers, body.options.evaluations_semantic if body.options else None)]
    _count(desk, kept)
    return json_response(orjson.dumps({"evaluations": [_told(desk, each) for each in kept]}), 200, _moment(kept[0]))


async def answer_subject_search(request: Asked) -> ASGIResponse:
    """Who may."""
    return await _searched(
        request, SubjectSearchBody, lambda body, asker, desk: find_subjects(body, asker, desk.reader)
    )


async def answer_resource_search(request: Asked) -> ASGIResponse:
    """With whom, or with what."""
    return await _searched(
        request,
        ResourceSearchBody,
        lambda body, asker, desk: find_resources(body, asker, desk.reader, desk.snapshots),
    )


async def answer_action_search(request: Asked) -> ASGIResponse:
    """What."""
    return await _searched(request, ActionSearchBody, lambda body, asker, desk: find_actions(body, asker, desk.reader))


@post(_ENDPOINTS["access_evaluation_endpoint"], opt=_OPT, status_code=200, before_request=answer_evaluation)
async def evaluation(data: JSONBody[EvaluationBody]) -> ASGIResponse:
    """AuthZEN: may this subject do this with this resource?  Holds and writes nothing."""
    raise NotImplementedError  # answer_evaluation has answered.


@post(_ENDPOINTS["access_evaluations_endpoint"], opt=_OPT, status_code=200, before_request=answer_evaluations)
async def evaluations(data: JSONBody[EvaluationsBody]) -> ASGIResponse:
    """AuthZEN: many evaluations, on one snapshot."""
    raise NotImplementedError  # answer_evaluations has answered.


@post(_ENDPOINTS["search_subject_endpoint"], opt=_OPT, status_code=200, before_request=answer_subject_search)
async def search_subjects(data: JSONBody[SubjectSearchBody]) -> ASGIResponse:
    """AuthZEN: which senders may call this contact?"""
    raise NotImplementedError  # answer_subject_search has answered.


@post(_ENDPOINTS["search_resource_endpoint"], opt=_OPT, status_code=200, before_request=answer_resource_search)
async def search_resources(data: JSONBody[ResourceSearchBody]) -> ASGIResponse:
    """AuthZEN: which contacts may be called now?"""
    raise NotImplementedError  # answer_resource_search has answered.


@post(_ENDPOINTS["search_action_endpoint"], opt=_OPT, status_code=200, before_request=answer_action_search)
async def search_actions(data: JSONBody[ActionSearchBody]) -> ASGIResponse:
    """AuthZEN: what may be done with this contact now?"""
    raise NotImplementedError  # answer_action_search has answered.


@get("/.well-known/authzen-configuration", opt={"public": True}, sync_to_thread=False)
def describe_decision_point(request: Request[object, object, State]) -> Mapping[str, object]:
    """AuthZEN: where to ask, as the operator has set it, and which obligations there may be."""
    address = str(request.app.state.address)
    places = {name: address + path for name, path in _ENDPOINTS.items()}
    return {"policy_decision_point": address, **places, "supported_obligations": sorted(TYPES)}


async def _json_of(request: Asked) -> object:
    """The body's JSON; RequestUnreadable for another content type or another text."""
    given = request.headers.get("content-type")
    if given is not None and given.partition(";")[0].strip().lower() != _JSON:
        raise RequestUnreadable([("", f"Send the body as {_JSON}.")])
    return parsed(await body_of(request))


async def _asker(request: Asked) -> Asker:
    caller, desk = request.auth, desk_of(request)
    slug = slug_of(await desk.names.of(caller.tenant) or "") or None
    return Asker(caller.tenant, slug, caller.require, str(request.app.state.address))


async def _evaluated(request: Asked, data: object) -> ASGIResponse:
    desk, asker = desk_of(request), await _asker(request)
    answer = await desk.reader.read(evaluation_of(read(EvaluationBody, data), asker))
    _count(desk, (answer,))
    headers = _moment(answer)
    if answer.rules_microseconds is not None:
        headers["X-Rules-Microseconds"] = str(answer.rules_microseconds)
    if answer.retry_at is not None and answer.at is not None:
        headers["Retry-After"] = str(max(1, math.ceil((answer.retry_at - answer.at).total_seconds())))
    return json_response(orjson.dumps(_told(desk, answer)), 200, headers)


async def _searched(
    request: Asked, model: type[B], find: Callable[[B, Asker, CallDesk], Awaitable[Found]]
) -> ASGIResponse:
    desk, asker = desk_of(request), await _asker(request)
    body = read(model, await _json_of(request))
    refuse_other_pages(body, asker)
    found = await find(body, asker, desk)
    answer: dict[str, Any] = {}  # Any, as JSON has it.
    if found.page.next_token or body.page is not None:
        answer["page"] = {"next_token": found.page.next_token, "count": len(found.page.results)}
    answer["results"] = found.page.results
    if found.error is not None:
        answer["context"] = {"error": _error(desk, found.error)}
    return json_response(orjson.dumps(answer), 200, {})


def _item(data: object, asker: Asker) -> Evaluation:
    try:
        return evaluation_of(read(EvaluationBody, data), asker)
    except Exception as error:  # noqa: BLE001  Whatever is wrong with one of many is told in its answer.
        return Evaluation(asker.tenant, error)


def _surely(answer: object) -> Evaluated:
    """The answer; one of many that could not be made is a no, whatever went wrong, and hurts none of the others."""
    if isinstance(answer, Evaluated):
        return answer
    return Evaluated(False, {}, None, error=answer if isinstance(answer, Exception) else None)


def _end(answers: Sequence[Evaluated], semantic: str | None) -> int:
    """How many answers are given: all, or as many as it takes to the first deny, or to the first permit."""
    last = {"deny_on_first_deny": False, "permit_on_first_permit": True}.get(semantic or "")
    ends = (place for place, each in enumerate(answers, start=1) if last is not None and each.permit is last)
    return next(ends, len(answers))


def _told(desk: CallDesk, answer: Evaluated) -> dict[str, object]:
    if answer.error is not None:
        return {"decision": False, "context": {"error": _error(desk, answer.error)}}
    return {"decision": answer.permit, "context": answer.context} if answer.context else {"decision": answer.permit}


def _error(desk: CallDesk, error: Exception) -> dict[str, object]:
    """What was wrong with a question, as AuthZEN's examples have it."""
    problem = desk.problem_of(error)
    told: dict[str, object] = {"status": problem["status"], "message": problem["detail"]}
    return told | ({"errors": error.errors} if isinstance(error, RequestUnreadable) else {})


def _moment(answer: Evaluated) -> dict[str, str]:
    return {} if answer.at is None else {"X-Decision-At": rfc3339(answer.at)}


def _count(desk: CallDesk, answers: Sequence[Evaluated]) -> None:
    for each in answers:
        if each.codes is not None:
            desk.tally.count_decision("allow" if each.permit else "deny", each.codes)


ROUTES = (
    evaluation,
    evaluations,
    search_subjects,
    search_resources,
    search_actions,
    describe_decision_point,
)
