"""
How tests ask in AuthZEN's words, and a tenant of their own whose rules include one pack about access.
"""

import asyncio
from uuid import UUID, uuid4

import httpx

from audit.origins import new_origin
from audit.tenants import OpenTenant
from audit.work import Request
from consent.setup import AddSender, DefinePurpose, StateZone
from policies.catalogue import builtin
from policies.pack import Pack
from policies.rulebook import ActivateRules
from server.credentials import mint, read
from server.keys import CreateKey
from server.service import running
from tests.server.api import Api, Json, consent, new_phone

BUSINESS: Json = {"type": "business", "id": "acme-es"}
PACKS = ("core", "whatsapp", "es", "acme")
EVALUATION, EVALUATIONS = "/access/v1/evaluation", "/access/v1/evaluations"
SUBJECTS, RESOURCES, ACTIONS = (f"/access/v1/search/{each}" for each in ("subject", "resource", "action"))


def action(name: str = "call.place", **properties: object) -> Json:
    """
    An action: by default a call by voice about orders, which may be placed at any hour.
    """
    return {"name": name, "properties": {"purpose": "order_updates", "channel": "voice", **properties}}


def contact(named: str, **properties: object) -> Json:
    """
    A person as a resource.
    """
    return {"type": "contact", "id": named} | ({"properties": properties} if properties else {})


def question(resource: Json, **changes: object) -> Json:
    """
    May the demo's sender call this person?
    """
    return {"subject": BUSINESS, "action": action(), "resource": resource, **changes}


def ask(
    api: Api, body: object, path: str = EVALUATION, *, key: str | None = "caller", **headers: str
) -> httpx.Response:
    """
    Posts a question, with a key that may only ask.
    """
    return api.post(path, body, key=key, once=None, **headers)


def said(api: Api, body: object, path: str = EVALUATION, *, key: str = "caller") -> Json:
    """
    The answer to a question that is answered.
    """
    answer = ask(api, body, path, key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def reasons(answer: Json) -> list[str]:
    """
    The codes of the reasons in an answer.
    """
    return [str(each["code"]) for each in answer["context"]["reasons"]]


def callable_person(api: Api, **changes: object) -> str:
    """
    Somebody who has agreed to be called about orders by voice; their id.
    """
    return str(api.agree(new_phone(), **changes)["consents"][0]["contact"])


def whatsapp_person(api: Api) -> str:
    """
    Somebody who has agreed to be called on WhatsApp, whose permission nobody has asked for.
    """
    return callable_person(api, channels=["whatsapp_call"])


def open_tenant(
    api: Api, name: str, packs: tuple[str | Pack, ...], senders: tuple[str, ...] = ("+34910000100",)
) -> str:
    """
    A tenant with these rules and numbers; its key for everything.
    """
    return asyncio.run(_open_tenant(api, name, packs, senders))


async def _open_tenant(api: Api, name: str, packs: tuple[str | Pack, ...], senders: tuple[str, ...]) -> str:
    tenant = uuid4()
    text, key = mint(tenant)
    async with running(api.settings, api.url) as service:
        requests: list[Request] = [
            OpenTenant(tenant, name, new_origin(api.settings.deployment), "test"),
            StateZone(tenant, "test", "Europe/Madrid"),
            DefinePurpose(tenant, "test", "order_updates", "transactional"),
            *(AddSender(tenant, "test", f"own-{at}", phone, f"70060050{at:04d}") for at, phone in enumerate(senders)),
            ActivateRules(tenant, "test", tuple(builtin(each) if isinstance(each, str) else each for each in packs)),
            CreateKey(tenant, "test", key, "everything", ("*",)),
        ]
        for request in requests:
            await service.journal.write(request)
    return text


def tenant_of(key: str) -> UUID:
    """
    The tenant of a key that open_tenant made.
    """
    found = read(key)
    assert found is not None
    return found.tenant


def agree_for(api: Api, key: str, phone: str, **changes: object) -> str:
    """
    Records a consent with another tenant's key; the person's id.
    """
    answer = api.post("/v1/consents", consent(phone, **changes), key=key)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["consents"][0]["contact"])
