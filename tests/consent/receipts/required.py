"""
What the published standards require of a receipt, written down from them.

Kantara: the required members and types of the specification's schema, 1.1.0.  DPV-27560: the fields that the guide says
MUST be present, each with its property, for records and for receipts; where ISO/IEC TS 27560 makes a field mandatory, so does
the guide.
"""

from collections.abc import Mapping
from typing import Any

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}

KANTARA: dict[str, Any] = {  # Any: a JSON Schema.
    "type": "object",
    "required": [
        "version",
        "jurisdiction",
        "consentTimestamp",
        "collectionMethod",
        "consentReceiptID",
        "piiPrincipalId",
        "piiControllers",
        "services",
        "policyUrl",
        "sensitive",
        "spiCat",
    ],
    "properties": {
        "version": {"const": "KI-CR-v1.1.0"},
        "jurisdiction": _TEXT,
        "consentTimestamp": {"type": "integer", "minimum": 0},
        "collectionMethod": _TEXT,
        "consentReceiptID": _TEXT,
        "publicKey": _TEXT,
        "language": _TEXT,
        "piiPrincipalId": _TEXT,
        "policyUrl": _TEXT,
        "sensitive": {"type": "boolean"},
        "spiCat": _TEXTS,
        "piiControllers": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["piiController", "contact", "address", "email", "phone"],
                "properties": {
                    "piiController": _TEXT,
                    "onBehalf": {"type": "boolean"},
                    "contact": _TEXT,
                    "address": {"type": "object"},
                    "email": _TEXT,
                    "phone": _TEXT,
                    "piiControllerUrl": _TEXT,
                },
            },
        },
        "services": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["service", "purposes"],
                "properties": {
                    "service": _TEXT,
                    "purposes": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "required": [
                                "consentType",
                                "purposeCategory",
                                "piiCategory",
                                "termination",
                                "thirdPartyDisclosure",
                            ],
                            "properties": {
                                "purpose": _TEXT,
                                "consentType": _TEXT,
                                "purposeCategory": _TEXTS,
                                "piiCategory": _TEXTS,
                                "primaryPurpose": {"type": "boolean"},
                                "termination": _TEXT,
                                "thirdPartyDisclosure": {"type": "boolean"},
                            },
                            "if": {"properties": {"thirdPartyDisclosure": {"const": True}}},
                            "then": {"required": ["thirdPartyName"], "properties": {"thirdPartyName": _TEXT}},
                        },
                    },
                },
            },
        },
    },
}

# Each field of DPV-27560 that MUST be present, and the property or properties one of which has it.
RECEIPT = {
    "schema version": ("dct:conformsTo",),
    "receipt identifier": ("dpv:hasIdentifier", "dct:identifier"),
    "consent record": ("dpv:hasRecordOfActivity",),
    "creation timestamp": ("dct:created",),
}
RECORD = {
    "schema version": ("dct:conformsTo",),
    "record identifier": ("dpv:hasIdentifier", "dct:identifier"),
    "data subject": ("dpv:hasDataSubject",),
    "notice": ("dpv:hasNotice",),
    "process": ("dpv:hasProcess",),
    "consent change and withdrawal": ("dpv:hasConsentControl",),
    "jurisdiction": ("dpv:hasJurisdiction",),
    "rights": ("dpv:hasRight",),
    "consent type": ("dpv:hasLegalBasis",),
    "consent state": ("dpv:hasConsentStatus",),
    "data controller": ("dpv:hasDataController",),
    "parties": ("dpv:hasEntity",),
}
NOTICE = {"notice language": ("dct:language",)}
PROCESS = {
    "purpose": ("dpv:hasPurpose",),
    "personal data and its type": ("dpv:hasPersonalData",),
    "storage condition": ("dpv:hasStorageCondition",),
    "data controller": ("dpv:hasDataController",),
    "recipients": ("dpv:hasRecipient",),
}
STATUS = {
    "event time": ("dpv:isIndicatedAtTime",),
    "event duration": ("dpv:hasDuration",),
    "expression by entity": ("dpv:isIndicatedBy",),
    "consent state": ("@type",),
}
ENTITY = {
    "name": ("dpv:hasName",),
    "identifier": ("dpv:hasIdentifier",),
    "role": ("@type",),
    "contact": ("schema:contactPoint",),
    "postal address": ("dpv:hasAddress",),
}
EXERCISED = {"where": ("dpv:isExercisedAt",)}


def lacking(document: dict[str, Any], fields: Mapping[str, tuple[str, ...]]) -> list[str]:  # Any: JSON.
    """
    The fields that are missing from it, or empty.
    """
    return [name for name, members in fields.items() if not any(document.get(each) for each in members)]
