"""
The record behind a receipt: what one entry says of one act, and what the business has set up around it.

Pure.  Times, names and ids are the entry's own text, so that whoever verifies a receipt compares them as they stand.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from audit.entry import Entry, Json, timestamp
from consent.receipts.controllers import Controller

CONSENT, WITHDRAWAL = "consent", "withdrawal"
EVENTS = {"consent.recorded": CONSENT, "consent.confirmed": CONSENT, "consent.withdrawn": WITHDRAWAL}
LIFE = ("asked_at", "confirm_by", "renew_at"), ("confirms", "supersedes")  # of an entry, and of one of its consents
SCHEMA = "venia-receipt/1"
_MARKS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Notice:
    """
    The words that were shown: which, and their SHA-256 in hexadecimal; the words themselves where they were asked for.

    The entry of a confirmation names the words without their hash, which the entry of what is confirmed has.
    """

    id: str
    version: int
    locale: str
    sha256: str | None
    text: str | None = None

    @property
    def is_provable(self) -> bool:
        """Whether the words are here and the entry says which they are."""
        return self.text is not None and self.sha256 is not None


@dataclass(frozen=True, slots=True)
class Act:
    """
    What an entry says a person did.

    ``parts`` are the consents of the entry with their channels, or the one suppression of a withdrawal with none.  In a
    withdrawal, None in a dimension is all of it.
    """

    kind: str
    event_id: UUID
    recorded_at: str
    contact: str
    parts: tuple[tuple[str, str | None], ...]
    state: str
    at: str
    method: str
    purposes: tuple[str, ...] | None
    categories: tuple[str, ...] | None
    channels: tuple[str, ...] | None
    sender: str | None
    technology: tuple[str, ...] | None
    expires_at: str | None = None
    basis: str | None = None
    jurisdiction: str | None = None
    notice: Notice | None = None
    ended: tuple[str, ...] = ()  # the consents that a withdrawal ended, as far as its entry names them
    # What entries of old do not tell: the kinds of evidence, who wrote it, who gave it, the purpose's version, who set its end.
    evidence: tuple[str, ...] | None = None
    trust: str | None = None
    giver: str | None = None
    purpose_version: int | None = None
    expires_by: str | None = None
    life: Mapping[str, str] = field(default_factory=dict)  # its other dates, and what it confirms or supersedes

    @property
    def receipt_id(self) -> UUID:
        """The same act, and the same part of it, has the same receipt."""
        return uuid5(self.event_id, " ".join(part for part, _ in self.parts))


def act_of(entry: Entry, consent: UUID | None = None) -> Act | None:
    """What the entry says, or what it says of one of its consents; None where it tells of no consent and no withdrawal."""
    said = entry.payload
    kind = EVENTS.get(str(said.get("event")))
    if kind == CONSENT:
        return _consent(entry, said, None if consent is None else str(consent))
    return _withdrawal(entry, said) if kind == WITHDRAWAL else None


def _consent(entry: Entry, said: Mapping[str, Json], only: str | None) -> Act | None:
    asked = [each for each in map(_object, _list(said["consents"])) if only in (None, str(each["id"]))]
    parts = tuple((str(each["id"]), str(each["channel"])) for each in asked)
    if not parts:
        return None
    of_entry, of_part = LIFE
    life = {name: str(said[name]) for name in of_entry if name in said}
    life |= {name: str(each[name]) for each in asked if len(asked) == 1 for name in of_part if name in each}
    return Act(
        CONSENT,
        entry.event_id,
        timestamp(entry.recorded_at),
        str(said["contact"]),
        parts,
        str(said["state"]),
        str(said["given_at"]),
        str(said["method"]),
        (str(said["purpose"]),),
        None,
        tuple(channel for _, channel in parts),
        _text(said["sender"]),
        _texts(said["technology"]),
        _text(said["expires_at"]),
        _text(said["basis"]),
        _text(said["jurisdiction"]),
        _notice(said["notice"]),
        evidence=_texts(said.get("proof")),
        trust=_text(said.get("trust")),
        giver=_text(said.get("giver")),
        purpose_version=None if said.get("purpose_version") is None else int(str(said["purpose_version"])),
        expires_by=_text(said.get("expires_by")),
        life=life,
    )


def _withdrawal(entry: Entry, said: Mapping[str, Json]) -> Act:
    scope = _object(said["scope"])
    return Act(
        WITHDRAWAL,
        entry.event_id,
        timestamp(entry.recorded_at),
        str(said["contact"]),
        ((str(said["suppression"]), None),),
        "withdrawn",
        str(said["withdrawn_at"]),
        str(said["method"]),
        _texts(scope["purposes"]),
        _texts(scope["categories"]),
        _texts(scope["channels"]),
        _text(scope["sender"]),
        None,
        ended=_texts(said["withdrawn"]) or (),
    )


def consent_type(basis: str | None) -> str:
    """How consent was expressed, by the basis that was recorded for it: ``implied`` where that says so, else ``expressed``."""
    return "implied" if basis is not None and "implied" in basis else "expressed"


@dataclass(frozen=True, slots=True)
class Proof:
    """That the log has the entry.  Hashes and body are base64; ``checkpoint`` is a signed note."""

    log: str
    index: int
    body: str
    size: int
    hashes: tuple[str, ...]
    checkpoint: str
    keys: tuple[str, ...]  # verifier keys of the log that signed it
    disclosures: tuple[str, ...] = ()  # SD-JWT, of this entry


@dataclass(frozen=True, slots=True)
class Around:
    """What is not in the entry: what the business has set up, and how a person takes consent back."""

    controller: Controller = field(default_factory=Controller)
    categories: Mapping[str, str] = field(default_factory=dict)  # purpose → category
    sender_phone: str | None = None
    fields: tuple[str, ...] = ()  # names of the personal fields that the entry commits to
    descriptions: Mapping[str, str] = field(default_factory=dict)  # purpose → what it is for, in the version agreed to
    replies: bool = False  # whether a reply of STOP is heard
    contact_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything a receipt says, before it is put into a shape."""

    act: Act
    around: Around
    made_at: str
    proof: Proof
    keys_url: str  # where the keys are that receipts are signed with
    identities: tuple[Proof, ...] = ()  # of the entries that gave the contact a number, where that is disclosed

    def category(self, purpose: str) -> str | None:
        """What kind of purpose it is, as the business has defined it."""
        return self.around.categories.get(purpose)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The kinds of evidence that are kept: as the entry says, else by the fields that it commits to."""
        return self.around.fields if self.act.evidence is None else self.act.evidence

    @property
    def jurisdiction(self) -> str | None:
        """Whose law applies: as the consent says, else as the business says."""
        return self.act.jurisdiction or self.around.controller.jurisdiction

    @property
    def controller_id(self) -> str:
        """A name for the controller within a receipt: its address on the web, else one made of its name."""
        controller = self.around.controller
        name = _MARKS.sub("-", (controller.name or "not stated").lower()).strip("-")
        return controller.url or f"urn:venia:controller:{name or 'unnamed'}"

    @property
    def ways(self) -> dict[str, Json]:
        """How to take consent back, in the order in which people will try them."""
        controller, around = self.around.controller, self.around
        ways: dict[str, Json] = {}
        if around.replies:
            ways["reply"] = "STOP"
        if controller.withdrawal_url:
            ways["page"] = controller.withdrawal_url
        lines = [*around.contact_lines, *filter(None, (controller.phone, controller.email))]
        if lines:
            ways["contact"] = list(dict.fromkeys(lines))
        return ways

    @property
    def absent(self) -> list[str]:
        """Members that standards require and that neither the entry nor the business states."""
        controller, act = self.around.controller, self.act
        stated: dict[str, object] = {
            "controller.name": controller.name,
            "controller.contact": controller.contact,
            "controller.address": controller.address(),
            "controller.email": controller.email,
            "controller.phone": controller.phone,
            "controller.policy_url": controller.policy_url,
            "controller.rights_url": controller.rights_url,
            "controller.storage": controller.storage,
            "controller.retention": controller.retention,
            "jurisdiction": self.jurisdiction,
            "notice": act.notice or act.kind == WITHDRAWAL,
            "withdrawal": self.ways,
        }
        return [name for name, value in stated.items() if not value]


def _list(value: Json) -> Sequence[Json]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError("a list is expected")  # noqa: TRY004  What is stored has the wrong form, and no caller the wrong type.
    return value


def _object(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise ValueError("an object is expected")  # noqa: TRY004  As above.
    return value


def _text(value: Json) -> str | None:
    return None if value is None else str(value)


def _texts(value: Json) -> tuple[str, ...] | None:
    return None if value is None else tuple(str(each) for each in _list(value))


def _notice(value: Json) -> Notice | None:
    if value is None:
        return None
    shown = _object(value)
    return Notice(str(shown["id"]), int(str(shown["version"])), str(shown["locale"]), _text(shown.get("sha256")))
