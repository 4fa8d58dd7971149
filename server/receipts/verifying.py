"""
Checking a receipt without the service: its signature, its entry's place in a signed tree, and that it says what the entry says.

Pure.  Numbered like docs/receipts.md, and it shares no step with the code that makes receipts.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias
from uuid import uuid5

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit.checkpoint import open_checkpoint
from audit.entry import Entry, parse_entry
from audit.errors import AuditError
from audit.merkle import leaf_hash, verify_inclusion
from audit.note import VerifierKey

Document: TypeAlias = Mapping[str, Any]  # JSON of a known shape; what has another one is refused as a whole.

TYPE = "venia-consent-receipt+jws"
_IN_PAGE = re.compile(r'<pre id="receipt">([A-Za-z0-9_.-]+)</pre>')
_OF_LATE = ("trust", "giver", "purpose_version", "expires_by")
_DATES = ("asked_at", "confirm_by", "renew_at")
_GIVERS = {"self": "dpv:DataSubject", "delegate": "dpv:Representative", "guardian": "dpv:GuardianOfDataSubject"}
_KINDS = {"granted": "Given", "pending": "Requested", "withdrawn": "Withdrawn"}


class ReceiptWrong(Exception):
    """A receipt that is not what it seems; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt that holds: the document, its entry, and the personal fields that are proven."""

    document: Document
    entry: Entry
    shown: Mapping[str, object]


def jws_in(content: bytes) -> str:
    """
    The signed receipt in a file: the JWS itself, the ``jws`` of a document, or that of a page; ReceiptWrong without one.

    A document MUST say what its own ``jws`` signs.  Around the signed part of a page stand words that nothing compares.
    """
    text = content.decode(errors="replace").strip()
    if text.startswith("{"):
        try:
            document = json.loads(text)
            jws = str(document.pop("jws"))
        except (ValueError, KeyError, RecursionError):
            raise ReceiptWrong("The document has no signature: its member jws is missing.") from None
        if document != _signed(jws):
            raise ReceiptWrong("The document was altered: it is not what its signature is about.")
        return jws
    found = _IN_PAGE.search(text)
    return found[1] if found else text


def _signed(jws: str) -> object:
    try:
        signed: object = json.loads(_raw(jws.split(".")[1]))
    except (ValueError, IndexError, RecursionError):
        raise ReceiptWrong("The document's signature cannot be read.") from None
    return signed


def check(jws: str, keys: Document, vkeys: Sequence[str]) -> Checked:
    """What a receipt says, if one of its keys signed it and a log with one of these keys has what it says; else ReceiptWrong."""
    try:
        return _check(jws, keys, [VerifierKey.parse(each) for each in vkeys])
    except InvalidSignature:
        raise ReceiptWrong("The signature is wrong: the receipt was altered, or signed by another key.") from None
    except AuditError as error:
        raise ReceiptWrong(f"The proof does not hold: {error}") from None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ReceiptWrong(f"This is no receipt that can be read ({type(error).__name__}).") from None


def _check(jws: str, keys: Document, vkeys: Sequence[VerifierKey]) -> Checked:
    # (1) One of the receipts' keys signed the document.
    signed, _, signature = jws.rpartition(".")
    header, document = (json.loads(_raw(part)) for part in signed.split("."))
    if (header["alg"], header["typ"]) != ("EdDSA", TYPE):
        raise ReceiptWrong("This is no consent receipt.")
    key = next((each for each in keys["keys"] if each["kid"] == header["kid"]), None)
    if key is None:
        raise ReceiptWrong("No key of this set signed the receipt.")
    Ed25519PublicKey.from_public_bytes(_raw(key["x"])).verify(_raw(signature), signed.encode())
    is_27560 = document.get("@type") == "dpv:ConsentReceipt"
    proof, others = ("venia:proof", "venia:identities") if is_27560 else ("proof", "identities")
    entry, shown = _proven(document[proof], vkeys)
    for each in document.get(others, ()):
        given, more = _proven(each, vkeys)
        if given.payload["contact"] != entry.payload["contact"] or given.payload["event"] != "contact.identified":
            raise ReceiptWrong("What is shown of the person was given by an entry about somebody else.")
        shown = {**shown, **more}
    # (5) It says what the entry says.
    wrong = (_of_27560 if is_27560 else _of_kantara)(document, entry, shown)
    if wrong:
        raise ReceiptWrong(f"The receipt does not say what its entry says: {', '.join(wrong)}.")
    return Checked(document, entry, shown)


def _proven(proof: Document, vkeys: Sequence[VerifierKey]) -> tuple[Entry, dict[str, object]]:
    # (2) The log signed a tree of this size.
    own = [each for each in vkeys if each.name == proof["log"]]
    if not own:
        raise ReceiptWrong("None of the keys is of the log that the receipt names.")
    checkpoint, _ = open_checkpoint(str(proof["checkpoint"]).encode(), *own)
    if checkpoint.size != proof["size"]:
        raise ReceiptWrong("The checkpoint is of another size than the receipt says.")
    # (3) The tree has this entry at this place.
    body, index = base64.b64decode(proof["entry"], validate=True), int(proof["index"])
    hashes = [base64.b64decode(each, validate=True) for each in proof["hashes"]]
    leaf = leaf_hash(body)
    if not verify_inclusion(leaf=leaf, index=index, size=checkpoint.size, hashes=hashes, root=checkpoint.root):
        raise ReceiptWrong("The signed tree does not have the entry at this place.")
    entry = parse_entry(body, index)
    if entry.origin != proof["log"]:
        raise ReceiptWrong("The entry is of another log.")
    # (4) The entry commits to what is shown.
    committed = entry.payload.get("sd", ())
    shown: dict[str, object] = {}
    for each in proof["disclosures"]:
        digest = base64.urlsafe_b64encode(sha256(each.encode()).digest()).rstrip(b"=").decode()
        if not isinstance(committed, list) or digest not in committed:
            raise ReceiptWrong("The entry does not commit to a field that is shown.")
        _, name, value = json.loads(_raw(each))
        shown[name] = value
    return entry, shown


def _of_27560(document: Document, entry: Entry, shown: Mapping[str, object]) -> list[str]:
    records, ids = document["dpv:hasRecordOfActivity"], []
    wrong: list[str] = []
    for record in records:
        said = _said(entry, record["dct:identifier"])
        said["life"] |= said["place"] if len(records) == 1 else {}
        ids.append(said["id"])
        wrong += _unequal(_told_by(record), {**_in_terms(said), "disclosed": dict(shown)})
    name = str(uuid5(entry.event_id, " ".join(ids)))
    names = {"@id": f"urn:uuid:{name}", "dct:identifier": name, "dpv:hasIdentifier": name}
    return wrong + _unequal({each: document[each] for each in names}, names)


def _said(entry: Entry, name: str) -> dict[str, Any]:  # Any: as in Document.
    """What an entry says of one act, under names of its own."""
    facts: Document = entry.payload
    recorded_at = entry.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    about = {"contact": facts["contact"], "method": facts["method"], "recorded_at": recorded_at}
    if facts["event"] in ("consent.recorded", "consent.confirmed"):
        part = next(each for each in facts["consents"] if each["id"] == name)
        alike = ("technology", "sender", "state", "expires_at", "basis", "jurisdiction", "notice")
        return {
            **about,
            **{each: facts[each] for each in alike},
            **{each: facts.get(each) for each in _OF_LATE},  # Entries of old do not have them.
            "evidence": facts.get("proof"),
            "act": "consent",
            "id": name,
            "at": facts["given_at"],
            "purposes": [facts["purpose"]],
            "categories": None,
            "channels": [part["channel"]],
            "life": {each: facts[each] for each in _DATES if each in facts},
            "place": {each: part[each] for each in ("confirms", "supersedes") if each in part},
            "ended": None,
        }
    if facts["event"] != "consent.withdrawn":
        raise ReceiptWrong("The entry tells of no consent and of no withdrawal.")
    return {
        **about,
        **facts["scope"],
        "act": "withdrawal",
        "id": facts["suppression"],
        "at": facts["withdrawn_at"],
        "state": "withdrawn",
        "ended": facts["withdrawn"],
        "life": {},
        "place": {},
        **dict.fromkeys(("technology", "expires_at", "basis", "jurisdiction", "notice", "evidence", *_OF_LATE)),
    }


def _in_terms(said: Document) -> dict[str, object]:
    """The same in the vocabulary's terms."""
    notice, until = said["notice"] or {}, said["expires_at"]
    kind = f"dpv:{'Implied' if 'implied' in (said['basis'] or '') else 'Expressed'}Consent"
    person = said["contact"]
    return {
        "names": [said["act"], f"urn:uuid:{said['id']}", said["id"], said["id"]],
        "person": {"@id": f"urn:uuid:{person}", "@type": "dpv:DataSubject", "dct:identifier": person},
        "purposes": [[each, said["purpose_version"]] for each in said["purposes"] or ["*"]],
        "evidence": said["evidence"],
        "trust": said["trust"],
        "giver": [_GIVERS[said["giver"] or "self"], said["giver"]],
        "categories": said["categories"],
        "channels": said["channels"] or "*",
        "technology": said["technology"] or "*",
        "sender": said["sender"] or "*",
        "state": [["dpv:Consent" + _KINDS[said["state"]], kind], said["state"]],
        "basis": [kind, said["basis"]],
        "times": [said["at"], said["recorded_at"]],
        "method": said["method"],
        "expiry": {
            "@type": "dpv:UntilTimeDuration" if until else "dpv:EndlessDuration",
            "rdf:value": until,
            "venia:setBy": said["expires_by"],
        },
        "notice": [notice.get(each) for each in ("id", "version", "sha256")] + [notice.get("locale", "und")],
        "words": notice.get("sha256"),
        "life": said["life"],
        "jurisdiction": said["jurisdiction"] and f"loc:{said['jurisdiction']}",
        "ended": said["ended"],
    }


def _told_by(record: Document) -> dict[str, object]:
    """What a record of a receipt says, to be compared with what its entry says."""
    [process], [status], notice = record["dpv:hasProcess"], record["dpv:hasConsentStatus"], record["dpv:hasNotice"]
    named = ("dct:identifier", "schema:version", "venia:sha256")
    told: dict[str, object] = {
        "names": [record[each] for each in ("venia:act", "@id", "dct:identifier", "dpv:hasIdentifier")],
        "person": record["dpv:hasDataSubject"],
        "purposes": [[each["dct:title"], each["schema:version"]] for each in process["dpv:hasPurpose"]],
        "evidence": record["venia:evidence"],
        "life": record["venia:life"],
        "trust": record["venia:trust"],
        "giver": [status["dpv:isIndicatedBy"], status["venia:giver"]],
        "categories": process["venia:categories"],
        "channels": process["venia:channels"],
        "technology": process["venia:technology"],
        "sender": process["venia:sender"],
        "state": [status["@type"], status["venia:state"]],
        "basis": [record["dpv:hasLegalBasis"], record["venia:basis"]],
        "times": [status["dpv:isIndicatedAtTime"], status["venia:recordedAt"]],
        "method": status["dpv:hasIndicationMethod"],
        "expiry": status["dpv:hasDuration"],
        "notice": [notice.get(each) for each in named] + [notice["dct:language"]],
        "ended": record.get("venia:ended"),
        "disclosed": record.get("venia:disclosed", {}),
    }
    return told | _if_said(notice.get("dct:description"), record["dpv:hasJurisdiction"])


def _if_said(words: str | None, jurisdiction: str) -> dict[str, object]:
    shown: dict[str, object] = {} if words is None else {"words": sha256(words.encode()).hexdigest()}
    return {**shown, "jurisdiction": jurisdiction}


def _of_kantara(document: Document, entry: Entry, shown: Mapping[str, object]) -> list[str]:
    ours, [service], notice = document["venia"], document["services"], document["venia"]["notice"]
    parts = [_said(entry, each["id"]) for each in ours["consents"]]
    said = parts[0]
    said["life"] |= said["place"] if len(parts) == 1 else {}
    ended = said["act"] == "withdrawal"
    kind = "N/A" if ended else "IMPLICIT" if "implied" in (said["basis"] or "") else "EXPLICIT"
    alike = (
        "act",
        "state",
        "purposes",
        "categories",
        "technology",
        "sender",
        "at",
        "recorded_at",
        "expires_at",
        "basis",
        *_OF_LATE,
    )
    expected: dict[str, object] = {
        **{each: said[each] for each in alike},
        "consents": [{"id": each["id"], "channel": None if ended else each["channels"][0]} for each in parts],
        "channels": said["channels"] if ended else [each["channels"][0] for each in parts],
        "notice": said["notice"],
        "evidence": said["evidence"],
        "life": said["life"],
        "ended": said["ended"] or [],
        "consentReceiptID": str(uuid5(entry.event_id, " ".join(each["id"] for each in parts))),
        "piiPrincipalId": said["contact"],
        "collectionMethod": said["method"],
        "consentTimestamp": int(datetime.fromisoformat(said["at"]).timestamp()),
        "language": (said["notice"] or {}).get("locale", "und"),
        "purpose": [
            [each, kind, said["at"] if ended else said["expires_at"] or "until withdrawn"]
            for each in said["purposes"] or ["*"]
        ],
        "words": (said["notice"] or {}).get("sha256"),
        "jurisdiction": said["jurisdiction"],
        "disclosed": dict(shown),
    }
    standard = ("consentReceiptID", "piiPrincipalId", "collectionMethod", "consentTimestamp", "language")
    told: dict[str, object] = {
        **{each: ours[each] for each in (*alike, "consents", "channels", "evidence", "life", "ended")},
        **{each: document[each] for each in standard},
        "notice": notice and {name: value for name, value in notice.items() if name != "text"},
        "purpose": [[each["purpose"], each["consentType"], each["termination"]] for each in service["purposes"]],
        "disclosed": ours.get("disclosed", {}),
        **_if_said((notice or {}).get("text"), document["jurisdiction"]),
    }
    return _unequal(told, expected)


def _unequal(told: Mapping[str, object], expected: Mapping[str, object]) -> list[str]:
    """What differs; jurisdiction and evidence are the business's to state where the entry names none."""
    free = {each for each in ("jurisdiction", "evidence") if expected.get(each) is None}
    return [name for name, value in told.items() if name not in free and value != expected[name]]


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
