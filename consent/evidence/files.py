"""
Files that prove what somebody said: added, named by their SHA-256, and looked at, each look an entry.

A file is sealed under the person's key and found by a keyed hash of its SHA-256; with the key both are gone.  Its
SHA-256 is personal as well: whoever has the file could tell by it whose consent it proves.
"""

import base64
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID, uuid4

from audit.entry import Json
from audit.errors import KeyUnusable
from audit.instants import rfc3339
from audit.keys import seal, unseal
from audit.link import Connection
from audit.work import Book, Idempotency, Request, Work
from consent.contacts import Contact, ContactBook
from consent.errors import ContactUnknown
from consent.evidence import store
from consent.proof.errors import FileAbsent, FileDamaged, FileRefused, FileUnknown, TooManyFiles
from consent.proof.filetypes import MEDIA_TYPES, media_type
from consent.references import ContactReference

MOST_FILES = 200  # of one person


@dataclass(frozen=True, slots=True)
class File:
    """A file as its row tells of it; ``sealed`` only for a look."""

    id: UUID
    contact: UUID
    blind: bytes
    media_type: str
    size: int
    event: UUID
    sealed: bytes | None = None


class FileBook(Book):
    """The files of everyone in a batch that names one, adds one or looks at one."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._looks: list[tuple[UUID, UUID]] = []
        self._files: dict[tuple[UUID, UUID], File] = {}
        self._added: list[dict[str, object]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds whom the files that are looked at are about, so that those people are locked."""
        self._looks = [(each.tenant, each.file) for each in requests if isinstance(each, LookAtFile)]
        self.is_idle = not self._looks and not any(getattr(each, "files", ()) for each in requests)
        for row in await store.find_files(conn, self._looks):
            self.work[ContactBook].want(row.tenant_id, row.contact_id)

    async def load(self, conn: Connection) -> None:
        """Loads what there is of these people, and the content of what is looked at."""
        people = self.work[ContactBook].touched()
        for tenant, *columns in await store.load_files(conn, people):
            self._files[(tenant, columns[0])] = File(*columns)
        for tenant, *columns in await store.find_files(conn, self._looks):
            self._files[(tenant, columns[0])] = File(*columns)

    def of(self, contact: Contact) -> list[File]:
        """Every file of a person."""
        return [
            each for (tenant, _), each in self._files.items() if (tenant, each.contact) == (contact.tenant, contact.id)
        ]

    def named(self, contact: Contact | None, digest: str) -> File:
        """The person's file with this SHA-256, whichever part of them it was added for; FileUnknown."""
        for part in () if contact is None else contact.parts:
            wanted = blind_of(part, digest)
            found = next((each for each in self.of(part) if each.blind == wanted), None)
            if found is not None:
                return found
        raise FileUnknown

    def missing(self, contact: Contact | None, digests: Sequence[str]) -> list[str]:
        """Those of these SHA-256 that no file of the person has."""
        return [each for each in digests if not self._has(contact, each)]

    def _has(self, contact: Contact | None, digest: str) -> bool:
        try:
            self.named(contact, digest)
        except FileUnknown:
            return False
        return True

    def known(self, file: UUID) -> File:
        """The file of this id; FileAbsent."""
        try:
            return self._files[(self.work.tenant, file)]
        except KeyError:
            raise FileAbsent from None

    def add(self, contact: Contact, file: File, content: bytes) -> None:
        """Adds a file, recorded by its event."""
        self._files[(contact.tenant, file.id)] = file
        self._added.append(
            {
                "tenant_id": contact.tenant,
                "file_id": file.id,
                "contact_id": contact.id,
                "blind": file.blind,
                "media_type": file.media_type,
                "size": file.size,
                "sealed": seal(contact.key, content, _context(contact.tenant, file.id)),
                "added_at": self.work.now,
                "event_id": file.event,
            }
        )

    async def save(self, conn: Connection) -> None:
        """One statement."""
        await store.insert_files(conn, self._added)


@dataclass(frozen=True, slots=True)
class AddFile:
    """A file that proves something about a person; the same again is the same file."""

    tenant: UUID
    actor: str
    contact: ContactReference
    content: bytes = field(repr=False)
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (self.contact,)

    @property
    def files(self) -> Sequence[str]:
        """Its SHA-256."""
        return (sha256(self.content).hexdigest(),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``evidence.added``; nothing for a file that is there.  Raises FileRefused, TooManyFiles or ContactUnknown."""
        kind, (digest,) = media_type(self.content), self.files
        book = work[FileBook]
        known = work[ContactBook].known(self.contact)
        there = [] if known is None else book.of(known)
        if known is not None and (same := next((e for e in there if e.blind == blind_of(known, digest)), None)):
            work.refer(same.event)
            return _answer(same, digest)
        if len(there) >= MOST_FILES:
            raise TooManyFiles(MOST_FILES)
        contact = work[ContactBook].meet(self.contact)
        file, size = uuid4(), len(self.content)
        facts: Mapping[str, Json] = {"file": str(file), "media_type": kind, "size": size, "added_at": rfc3339(work.now)}
        event = work.record("evidence.added", facts, contact=contact.id, personal=contact.personal({"sha256": digest}))
        added = File(file, contact.id, blind_of(contact, digest), kind, size, event)
        book.add(contact, added, self.content)
        return _answer(added, digest)


@dataclass(frozen=True, slots=True)
class LookAtFile:
    """Somebody looks at a file."""

    tenant: UUID
    actor: str
    file: UUID
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``evidence.read``; the answer holds the content in base64.  Raises FileAbsent or FileDamaged."""
        file = work[FileBook].known(self.file)
        contact = work[ContactBook].of_id(file.contact)
        content = _opened(contact.key, file, _context(contact.tenant, file.id))
        digest = sha256(content).hexdigest()
        if file.blind != blind_of(contact, digest):
            raise FileDamaged
        work.record("evidence.read", {"file": str(file.id)}, contact=contact.id)
        return {**_answer(file, digest), "content": base64.b64encode(content).decode()}


@dataclass(frozen=True, slots=True)
class IsKnown:
    """Is there such a person?"""

    tenant: UUID
    person: UUID

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (ContactReference.id(self.person),)

    def look(self, work: Work) -> bool:
        """Yes, or ContactUnknown."""
        if work[ContactBook].known(self.contacts[0]) is None:
            raise ContactUnknown
        return True


def decoded(content: str) -> bytes:
    """The bytes of base64; FileRefused for what is none."""
    try:
        return base64.b64decode(content.encode("ascii"), validate=True)
    except ValueError:
        raise FileRefused("it is not written in base64") from None


def name_of(file: Mapping[str, Json]) -> str:
    """Under which name a file that was looked at is handed out."""
    return f"{file['sha256']}.{MEDIA_TYPES[str(file['media_type'])]}"


def blind_of(contact: Contact, digest: str) -> bytes:
    """By what a file of this SHA-256 is found; only with the person's key."""
    return hmac.digest(contact.key, b"venia/evidence-file/v1\n" + bytes.fromhex(digest), "sha256")


def _opened(key: bytes, file: File, context: bytes) -> bytes:
    try:
        return unseal(key, file.sealed or b"", context)
    except KeyUnusable:
        raise FileDamaged from None


def _context(tenant: UUID, file: UUID) -> bytes:
    """What a file's sealed content is bound to."""
    return b"venia/evidence-file/v1\n" + tenant.bytes + file.bytes


def _answer(file: File, digest: str) -> dict[str, Json]:
    return {
        "id": str(file.id),
        "contact": str(file.contact),
        "sha256": digest,
        "media_type": file.media_type,
        "size": file.size,
    }
