"""
A receipt after ISO/IEC TS 27560:2023 as the Data Privacy Vocabulary writes it (DPV-27560, JSON-LD).

Pure.  The profiles are ``dpv-27560:receipt`` around one or more ``dpv-27560:record`` (w3id.org/dpv/schema/dpv-27560).  What
neither standard has a term for stands under ``venia:``, and what nobody has stated says so.
"""

from collections.abc import Mapping

from audit.disclosure import name_of, value_of
from audit.entry import Json
from consent.receipts.record import SCHEMA, WITHDRAWAL, Notice, Proof, Record, consent_type

NOT_STATED = "not stated"
EVERYTHING = "*"
_PROFILE = "https://w3id.org/dpv/schema/dpv-27560#"
CONTEXT: Mapping[str, Json] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "venia": "urn:venia:receipt:",
    # What is proof is bytes and no statement about anything.
    "venia:proof": {"@id": "urn:venia:receipt:proof", "@type": "@json"},
    "venia:identities": {"@id": "urn:venia:receipt:identities", "@type": "@json"},
}
PURPOSES = {
    "marketing": "dpv:DirectMarketing",
    "service": "dpv:CommunicationForCustomerCare",
    "transactional": "dpv:CustomerOrderManagement",
    "collections": "dpv:PaymentManagement",
    "survey": "dpv:CustomerRelationshipManagement",
    "emergency": "dpv:PublicBenefit",
}
TYPES = {"expressed": "dpv:ExpressedConsent", "implied": "dpv:ImpliedConsent"}
GIVERS = {"self": "dpv:DataSubject", "delegate": "dpv:Representative", "guardian": "dpv:GuardianOfDataSubject"}
STATES = {
    "granted": "dpv:ConsentGiven",
    "pending": "dpv:ConsentRequested",
    "refused": "dpv:ConsentRefused",
    "withdrawn": "dpv:ConsentWithdrawn",
}


def to_27560(record: Record) -> dict[str, Json]:
    """The receipt as a JSON-LD document; each consent of its act is a record of its own."""
    identities = [proof_json(each) for each in record.identities]
    receipt = str(record.act.receipt_id)
    return {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{receipt}",
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": receipt,
        "dpv:hasIdentifier": receipt,
        "dct:conformsTo": f"{_PROFILE}receipt",
        "venia:schema": SCHEMA,
        "dct:created": record.made_at,
        "dct:publisher": record.controller_id,
        "schema:recipient": "dpv:DataSubject",
        "dpv:hasRecordOfActivity": [_record(record, *part) for part in record.act.parts],
        "venia:absent": record.absent,
        "venia:keys": record.keys_url,
        "venia:proof": proof_json(record.proof),
        **({"venia:identities": identities} if identities else {}),
    }


def proof_json(proof: Proof) -> dict[str, Json]:
    """The proof, under the same names in every shape of a receipt."""
    return {
        "log": proof.log,
        "index": proof.index,
        "entry": proof.body,
        "size": proof.size,
        "hashes": proof.hashes,
        "checkpoint": proof.checkpoint,
        "log_keys": proof.keys,
        "disclosures": proof.disclosures,
    }


def disclosed(record: Record) -> dict[str, Json]:
    """The personal fields that are shown, by name: each is in one of the proof's disclosures, to which its entry commits."""
    return {name_of(each): value_of(each) for proof in (record.proof, *record.identities) for each in proof.disclosures}


def _record(record: Record, identity: str, channel: str | None) -> dict[str, Json]:
    act = record.act
    personal = disclosed(record)
    shown: dict[str, Json] = {"venia:disclosed": personal} if personal else {}
    ended: dict[str, Json] = {"venia:ended": act.ended} if act.kind == WITHDRAWAL else {}
    return {
        "@id": f"urn:uuid:{identity}",
        "@type": "dpv:ConsentRecord",
        "dct:identifier": identity,
        "dpv:hasIdentifier": identity,
        "dct:conformsTo": f"{_PROFILE}record",
        "venia:act": act.kind,
        "dpv:hasDataSubject": {
            "@id": f"urn:uuid:{act.contact}",
            "@type": "dpv:DataSubject",
            "dct:identifier": act.contact,
        },
        "dpv:hasDataController": record.controller_id,
        "dpv:hasJurisdiction": f"loc:{record.jurisdiction}" if record.jurisdiction else NOT_STATED,
        "dpv:hasLegalBasis": TYPES[consent_type(act.basis)],
        "venia:basis": act.basis,
        "venia:trust": act.trust,
        "dpv:hasProcess": [_process(record, channel)],
        "dpv:hasNotice": _notice(act.notice),
        "dpv:hasConsentControl": {
            "@type": ["dpv:ConsentControl", "dpv:WithdrawConsent"],
            "dpv:isExercisedAt": record.ways or NOT_STATED,
        },
        "dpv:hasRight": {
            "@type": "dpv:DataSubjectRight",
            "dct:title": "Right to withdraw consent",
            "dpv:isExercisedAt": record.around.controller.rights_url or NOT_STATED,
        },
        "dpv:hasConsentStatus": [_status(record)],
        "dpv:hasEntity": [_controller(record)],
        "venia:life": dict(act.life),
        "venia:evidence": record.evidence,
        **ended,
        **shown,
    }


def _process(record: Record, channel: str | None) -> dict[str, Json]:
    act, controller = record.act, record.around.controller
    channels = act.channels if channel is None else (channel,)
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": [_purpose(record, each) for each in act.purposes or (EVERYTHING,)],
        "venia:categories": act.categories,
        "dpv:hasPersonalData": ["pd:EmailAddress" if channels == ("email",) else "pd:TelephoneNumber"],
        "dpv:hasDataController": record.controller_id,
        "dpv:hasRecipient": [record.controller_id, *controller.recipients],
        "dpv:hasStorageCondition": [
            {
                "@type": "dpv:StorageLocation",
                "dpv:hasLocation": [f"loc:{each}" for each in controller.storage] or NOT_STATED,
            },
            {"@type": "dpv:StorageDuration", "dpv:hasDuration": controller.retention or NOT_STATED},
        ],
        "dpv:hasDataSource": "dpv:DataSubjectDataSource",
        "dpv:hasService": controller.name or NOT_STATED,
        "venia:channels": channels or EVERYTHING,
        "venia:technology": act.technology or EVERYTHING,
        "venia:sender": act.sender or EVERYTHING,
        "venia:senderPhone": record.around.sender_phone,
    }


def _purpose(record: Record, purpose: str) -> dict[str, Json]:
    category = record.category(purpose)
    broader: dict[str, Json] = {"skos:broader": PURPOSES[category]} if category in PURPOSES else {}
    said = record.around.descriptions.get(purpose)
    about: dict[str, Json] = {} if said is None else {"dct:description": said}
    return {
        "@type": "dpv:Purpose",
        "dct:title": purpose,
        "schema:version": record.act.purpose_version,
        "venia:category": category,
        **broader,
        **about,
    }


def _notice(notice: Notice | None) -> dict[str, Json]:
    if notice is None:
        return {"@type": "dpv:ConsentNotice", "dct:title": NOT_STATED, "dct:language": "und"}
    words: dict[str, Json] = {"dct:description": notice.text} if notice.is_provable else {}
    return {
        "@type": "dpv:ConsentNotice",
        "dct:identifier": notice.id,
        "schema:version": notice.version,
        "dct:language": notice.locale,
        "venia:sha256": notice.sha256,
        **words,
    }


def _status(record: Record) -> dict[str, Json]:
    act = record.act
    duration = "dpv:EndlessDuration" if act.expires_at is None else "dpv:UntilTimeDuration"
    return {
        "@type": [STATES.get(act.state, "dpv:ConsentUnknown"), TYPES[consent_type(act.basis)]],
        "venia:state": act.state,
        "dpv:isIndicatedAtTime": act.at,
        "venia:recordedAt": act.recorded_at,
        "dpv:isIndicatedBy": GIVERS.get(act.giver or "self", "dpv:HumanSubject"),
        "venia:giver": act.giver,
        "dpv:hasIndicationMethod": act.method,
        "dpv:hasDuration": {"@type": duration, "rdf:value": act.expires_at, "venia:setBy": act.expires_by},
    }


def _controller(record: Record) -> dict[str, Json]:
    controller = record.around.controller
    lines = {"schema:email": controller.email, "schema:telephone": controller.phone, "schema:url": controller.url}
    address = {_ADDRESS[name]: part for name, part in controller.address().items()}
    return {
        "@id": record.controller_id,
        "@type": ["dpv:LegalEntity", "dpv:DataController"],
        "dpv:hasIdentifier": record.controller_id,
        "dpv:hasName": controller.name or NOT_STATED,
        "dpv:hasAddress": {"@type": "schema:PostalAddress", **address} if address else NOT_STATED,
        "dpv:hasContact": controller.contact or NOT_STATED,
        "schema:contactPoint": {
            "@type": "schema:ContactPoint",
            "schema:contactType": controller.contact or NOT_STATED,
            **{name: value for name, value in lines.items() if value},
        },
        "schema:publishingPrinciples": controller.policy_url or NOT_STATED,
    }


_ADDRESS = {
    "street": "schema:streetAddress",
    "locality": "schema:addressLocality",
    "postal_code": "schema:postalCode",
    "region": "schema:addressRegion",
    "country": "schema:addressCountry",
}
