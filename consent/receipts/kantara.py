"""
A receipt after Kantara's Consent Receipt Specification 1.1.

Pure.  Every member that its schema requires is there, with the type that it asks for; the specification has no word for
channels, withdrawals or proofs, which stand beside them under ``venia``.
"""

from datetime import datetime

from audit.entry import Json
from consent.receipts.dpv import EVERYTHING, NOT_STATED, disclosed, proof_json
from consent.receipts.record import SCHEMA, WITHDRAWAL, Record, consent_type

VERSION = "KI-CR-v1.1.0"
# Of the categories of purposes that the specification lists in its appendix.
PURPOSES = {
    "marketing": "6 - Marketing",
    "service": "2 - Contracted Service",
    "transactional": "2 - Contracted Service",
    "collections": "2 - Contracted Service",
    "survey": "4 - Contact Requested",
    "emergency": "4 - Contact Requested",
}
TYPES = {"expressed": "EXPLICIT", "implied": "IMPLICIT"}
CONTACT = "2 - Contact"  # of its categories of personal data


def to_kantara(record: Record) -> dict[str, Json]:
    """The receipt as a JSON document."""
    act, controller = record.act, record.around.controller
    return {
        "version": VERSION,
        "jurisdiction": record.jurisdiction or NOT_STATED,
        "consentTimestamp": int(datetime.fromisoformat(act.at).timestamp()),
        "collectionMethod": act.method,
        "consentReceiptID": str(act.receipt_id),
        "language": act.notice.locale if act.notice else "und",
        "piiPrincipalId": act.contact,
        "piiControllers": [_controller(record)],
        "policyUrl": controller.policy_url or NOT_STATED,
        "services": [
            {
                "service": controller.name or NOT_STATED,
                "purposes": [_purpose(record, each) for each in act.purposes or (EVERYTHING,)],
            }
        ],
        "sensitive": False,
        "spiCat": [],
        "venia": _ours(record),
        "proof": proof_json(record.proof),
        **({"identities": [proof_json(each) for each in record.identities]} if record.identities else {}),
    }


def _controller(record: Record) -> dict[str, Json]:
    controller = record.around.controller
    url: dict[str, Json] = {"piiControllerUrl": controller.url} if controller.url else {}
    return {
        "piiController": controller.name or NOT_STATED,
        "onBehalf": False,
        "contact": controller.contact or NOT_STATED,
        "address": controller.address(),
        "email": controller.email or NOT_STATED,
        "phone": controller.phone or NOT_STATED,
        **url,
    }


def _purpose(record: Record, purpose: str) -> dict[str, Json]:
    act, others = record.act, record.around.controller.recipients
    category = PURPOSES.get(record.category(purpose) or "")
    ended = act.at if act.kind == WITHDRAWAL else None
    third: dict[str, Json] = {"thirdPartyName": ", ".join(others)} if others else {}
    return {
        "purpose": purpose,
        "purposeCategory": [category] if category else [],
        "consentType": "N/A" if act.state in ("withdrawn", "refused") else TYPES[consent_type(act.basis)],
        "piiCategory": [CONTACT],
        "primaryPurpose": True,
        "termination": ended or act.expires_at or "until withdrawn",
        "thirdPartyDisclosure": bool(others),
        **third,
    }


def _ours(record: Record) -> dict[str, Json]:
    act, notice = record.act, record.act.notice
    shown: dict[str, Json] = {"text": notice.text} if notice is not None and notice.is_provable else {}
    digest: dict[str, Json] = {"sha256": notice.sha256} if notice is not None and notice.sha256 else {}
    told: Json = (
        None
        if notice is None
        else {"id": notice.id, "version": notice.version, "locale": notice.locale, **digest, **shown}
    )
    personal = disclosed(record)
    return {
        "schema": SCHEMA,
        "act": act.kind,
        "state": act.state,
        "consents": [{"id": part, "channel": channel} for part, channel in act.parts],
        "purposes": act.purposes,
        "categories": act.categories,
        "channels": act.channels,
        "technology": act.technology,
        "sender": act.sender,
        "sender_phone": record.around.sender_phone,
        "at": act.at,
        "recorded_at": act.recorded_at,
        "expires_at": act.expires_at,
        "expires_by": act.expires_by,
        "basis": act.basis,
        "trust": act.trust,
        "giver": act.giver,
        "purpose_version": act.purpose_version,
        "notice": told,
        "life": dict(act.life),
        "evidence": record.evidence,
        "ended": act.ended,
        "withdrawal": record.ways,
        "made_at": record.made_at,
        "keys": record.keys_url,
        "absent": record.absent,
        **({"disclosed": personal} if personal else {}),
    }
