"""
The very code of docs/receipts.md, and receipts that somebody alters.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from server.receipts.keys import ReceiptKey, receipt_keys
from server.receipts.signing import sign
from server.service import clock
from tests.checkout import ROOT
from tests.server.api import Api, Json

PAGE = ROOT / "docs/receipts.md"


def page_check() -> Callable[[str, Json, list[str]], Json]:
    """
    The function that the page's code defines.
    """
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}  # Any: whatever the code defines.
    exec(compile(code, "docs/receipts.md", "exec"), names)
    check: Callable[[str, Json, list[str]], Json] = names["check"]
    return check


def signer(api: Api) -> ReceiptKey:
    """
    The key of the service, as a business has it that would sign anything.
    """
    return receipt_keys(api.settings).signer(clock())


def key_set(api: Api) -> Json:
    """
    The published keys.
    """
    return dict(api.get("/.well-known/receipt-jwks.json", key=None).json())


def decoded(jws: str) -> Json:
    """
    What a JWS says, unchecked.
    """
    part = jws.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """
    Where every single value of a document stands, and every empty list or object.
    """
    members: Iterator[tuple[object, object]] = iter(())
    if isinstance(value, dict) and value:
        members = iter(value.items())
    elif isinstance(value, list) and value:
        members = iter(enumerate(value))
    else:
        yield path
    for name, member in members:
        yield from places(member, (*path, name))


def altered(document: Json, path: tuple[object, ...]) -> Json:
    """
    The document with another value there.
    """
    other: Any = deepcopy(document)  # Any: JSON, at whatever depth.
    place = other
    for step in path[:-1]:
        place = place[step]
    value = place[path[-1]]
    if isinstance(value, bool):
        place[path[-1]] = not value
    elif isinstance(value, int):
        place[path[-1]] = value + 1
    elif isinstance(value, str) and value:
        place[path[-1]] = value[:-1] + ("x" if value[-1] != "x" else "y")
    else:
        place[path[-1]] = "something"
    return dict(other)


def broken(jws: str, document: Json) -> str:
    """
    The JWS with another document under the old signature.
    """
    head, _, signature = jws.split(".")
    body = base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


def signed_anew(api: Api, document: Json, content: str) -> str:
    """
    The document under a good signature of the business's own.
    """
    return sign(document, content, signer(api))
