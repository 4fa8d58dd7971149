"""
What an entry tells of a consent's proof, and the columns in which it is kept.

Pure.  One mapping for the write path and for the replay, so that neither can forget a column.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.checking.values import as_object
from audit.entry import Json


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything about a consent's proof that is not personal; all None where an entry of old, or a no, tells nothing."""

    kinds: tuple[str, ...] | None = None
    purpose_version: int | None = None
    notice: tuple[str, int, str] | None = None
    trust: str | None = None
    giver: str | None = None
    expires_by: str | None = None

    def columns(self) -> dict[str, object]:
        """As the row holds it."""
        name, version, locale = self.notice or (None, None, None)
        return {
            "purpose_version": self.purpose_version,
            "notice": name,
            "notice_version": version,
            "notice_locale": locale,
            "proof": self.kinds,
            "trust": self.trust,
            "giver": self.giver,
            "expires_by": self.expires_by,
        }

    def facts(self) -> dict[str, Json]:
        """As the entry says it; the notice stands there by itself, with its hash."""
        return {
            "purpose_version": self.purpose_version,
            "proof": self.kinds,
            "trust": self.trust,
            "giver": self.giver,
            "expires_by": self.expires_by,
        }


UNPROVEN = Proof()


def read_proof(facts: Mapping[str, Json]) -> Proof:
    """What an entry ``consent.recorded`` tells; one that was written before kinds were kept tells nothing of it."""
    kinds = facts.get("proof")
    if not isinstance(kinds, list | tuple):
        return UNPROVEN
    notice = None if facts["notice"] is None else as_object(facts["notice"])
    return Proof(
        tuple(str(each) for each in kinds),
        int(str(facts["purpose_version"])),
        None if notice is None else (str(notice["id"]), int(str(notice["version"])), str(notice["locale"])),
        str(facts["trust"]),
        str(facts["giver"]),
        None if facts["expires_by"] is None else str(facts["expires_by"]),
    )
