"""
Facts as a dict of plain values, and `Facts` made of it: what it costs to ask Venia as other engines are asked.
"""

from dataclasses import asdict
from typing import Any

from policies.facts import (
    AttemptFact,
    ConsentFact,
    Facts,
    PermissionFact,
    RegisterFact,
    SenderFact,
    SuppressionFact,
)

Document = dict[str, Any]  # Any, as members are of many types and `Facts` names each.


def document_of(facts: Facts) -> Document:
    """The facts as dicts within a dict; instants stay what they are."""
    return asdict(facts)


def facts_of(document: Document) -> Facts:
    """The facts again; every one must be there."""
    return Facts(
        **{
            **document,
            "consents": tuple(ConsentFact(**each) for each in document["consents"]),
            "permission": PermissionFact(**document["permission"]),
            "suppressions": tuple(SuppressionFact(**each) for each in document["suppressions"]),
            "attempts": tuple(AttemptFact(**each) for each in document["attempts"]),
            "sender": SenderFact(**document["sender"]),
            "registers": {name: RegisterFact(**each) for name, each in document["registers"].items()},
        }
    )
