"""
What a request tells of the words and the evidence, as its entry keeps it: what is not personal, and what is.

Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.entry import Json, canonical
from consent.proof.addresses import shortened, whole
from consent.proof.errors import NoticeMismatch, OffsetsReversed
from consent.proof.kinds import SELF
from consent.proof.wording import digest, rendered, variables_digest


@dataclass(frozen=True, slots=True)
class Notice:
    """The words that were shown: a published notice, the values of its placeholders, and the hash of what was shown."""

    id: str
    version: int
    locale: str
    variables: Mapping[str, str] = field(default_factory=dict)
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Giver:
    """Who agreed: the person, or for them a delegate or a guardian; ``relation`` and ``name`` are personal."""

    kind: str = SELF
    relation: str | None = None
    name: str | None = None

    def personal(self) -> dict[str, Json]:
        """Its personal fields."""
        return {"giver_relation": self.relation, "giver_name": self.name}


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as an entry pins it, and what of it is personal; ``shown`` if the caller's hash was the right one."""

    facts: Mapping[str, Json] | None = None
    personal: Mapping[str, Json] = field(default_factory=dict)
    shown: bool = False


def words(notice: Notice, published: bytes, template: str | None) -> Words:
    """
    The words of a published notice (SHA-256 of its text, and the text if it has placeholders) as they were shown.

    Values, and hashes of what holds them, are personal: a short value is found by trying.  Raises NoticeVariables
    or NoticeMismatch.
    """
    facts: dict[str, Json] = {
        "id": notice.id,
        "version": notice.version,
        "locale": notice.locale,
        "sha256": published.hex(),
    }
    shown = rendered(template or "", notice.variables)
    found = published.hex() if template is None else digest(shown)
    if notice.sha256 not in (None, found):
        raise NoticeMismatch(str(notice.sha256), found)
    personal: dict[str, Json] = {}
    if notice.variables:
        personal = {
            "notice_sha256": found,
            "notice_variables": canonical(dict(notice.variables)).decode(),
            "notice_variables_sha256": variables_digest(notice.variables),
        }
    return Words(facts, personal, notice.sha256 is not None)


def files_in(evidence: Mapping[str, Json]) -> Sequence[str]:
    """The SHA-256 of each file that evidence names."""
    files = evidence.get("files") or ()
    return [str(each) for each in files] if isinstance(files, list | tuple) else str(files).split()


def without_files(evidence: Mapping[str, Json], missing: Sequence[str]) -> Mapping[str, Json]:
    """The same evidence without these files."""
    if not missing:
        return evidence
    return {**evidence, "files": [each for each in files_in(evidence) if each not in missing]}


def kept(evidence: Mapping[str, Json], *, whole_addresses: bool) -> dict[str, Json]:
    """
    Evidence as it is stored: addresses cut unless they are kept whole, a piece of a recording with both its ends.

    Raises OffsetsReversed.
    """
    found: dict[str, Json] = {name: value for name, value in evidence.items() if value not in (None, (), [])}
    start, end = found.get("recording_start_ms"), found.get("recording_end_ms")
    if (start is None) != (end is None) or (start is not None and "recording_sha256" not in found):
        raise OffsetsReversed
    if start is not None and int(str(start)) >= int(str(end)):
        raise OffsetsReversed
    if "ip" in found:
        found["ip"] = (whole if whole_addresses else shortened)(str(found["ip"]))
    if isinstance(files := found.get("files"), list | tuple):
        found["files"] = " ".join(str(each) for each in files)
    return found
