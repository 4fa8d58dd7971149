"""
What can go wrong with the proof of a consent.

ConsentError
├── NoticeVariables     values that the notice does not ask for, or lacks
├── NoticeAbsent        no such notice where one was asked for
├── NoticeMismatch      what was shown is not what was published
├── LocaleUnusual       a locale not in its usual form
├── NoticeTooLong       a text that no entry has room for
├── ProofMissing        a consent without what its purpose must have
├── PurposeCategory     a purpose whose category would change
├── ElementUnknown      a purpose that asks for what nobody can give
├── OffsetsReversed     a piece of a recording that ends before it begins
├── FileRefused         a file that is none of those that are kept
├── FileUnknown         no such file of this person
├── FileAbsent          no such file where one was asked for
├── TooManyFiles        as many files of one person as are kept
└── FileDamaged         a file that is not what was uploaded any more
"""

from collections.abc import Mapping, Sequence

from audit.entry import Json
from consent.errors import ConsentError


class NoticeVariables(ConsentError):
    """Values for a notice that are not exactly those its placeholders name."""

    pointer = "/notice/variables"

    def __init__(self, missing: Sequence[str], unknown: Sequence[str]) -> None:
        self.missing, self.unknown = list(missing), list(unknown)
        lacks = f"It lacks a value for {', '.join(missing)}. " if missing else ""
        knows = "It has no placeholder of a name that was given. " if unknown else ""
        super().__init__(
            f"The notice's variables do not fit. {lacks}{knows}Give exactly one value for each placeholder."
        )


class NoticeAbsent(ConsentError):
    """A notice that was asked for and is not there."""

    def __init__(self) -> None:
        super().__init__("There is no such notice in this version and locale: GET /v1/notices lists those there are.")


class NoticeMismatch(ConsentError):
    """The hash of what was shown is not that of the notice with its variables."""

    pointer = "/notice/sha256"

    def __init__(self, stated: str, found: str) -> None:
        self.stated, self.published = stated, found
        super().__init__(
            f"What was shown is sha256:{stated}; the notice with these variables is sha256:{found}. "
            "Publish the text that was shown as a version of its own, and name that version."
        )


class LocaleUnusual(ConsentError):
    """A locale that is no BCP 47 tag, or one in an unusual case."""

    pointer = "/locale"

    def __init__(self) -> None:
        super().__init__("Write a locale in its usual form, such as es, es-ES or zh-Hant-TW.")


class NoticeTooLong(ConsentError):
    """A notice beyond what an entry holds."""

    pointer = "/text"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"A notice has at most {most} bytes of UTF-8: publish what the person reads, not the whole contract."
        )


class ProofMissing(ConsentError):
    """A consent whose purpose must have proof that it has not."""

    pointer = "/evidence"

    def __init__(self, missing: Sequence[Mapping[str, Json]]) -> None:
        self.missing = list(missing)
        said = "; ".join(f"{each['element']} ({each['jurisdiction']}): {each['why']}" for each in missing)
        super().__init__(
            f"This consent would not stand: it lacks {said}. Nothing was recorded: send it with the proof."
        )


class PurposeCategory(ConsentError):
    """A purpose that would mean something else than what people agreed to."""

    pointer = "/category"

    def __init__(self, purpose: str, category: str) -> None:
        self.category = category
        super().__init__(
            f"Purpose {purpose!r} exists already with the category {category}, which never changes: people agreed to "
            "that. Define a purpose of another name."
        )


class ElementUnknown(ConsentError):
    """A purpose that asks for proof of a kind that there is not, or in a place that there is not."""

    pointer = "/proof"

    def __init__(self, why: str) -> None:
        super().__init__(why)


class OffsetsReversed(ConsentError):
    """A piece of a recording that is not one."""

    pointer = "/evidence/recording_end_ms"

    def __init__(self) -> None:
        super().__init__(
            "A piece of a recording needs its recording_sha256, a start and an end, and ends after it starts."
        )


class FileRefused(ConsentError):
    """A file that is too large, empty, or of no kind that is kept."""

    pointer = "/content"

    def __init__(self, why: str) -> None:
        super().__init__(f"This file is not kept: {why}.")


class FileUnknown(ConsentError):
    """The person has no file with this id or hash."""

    pointer = "/evidence/files"

    def __init__(self) -> None:
        super().__init__("There is no such file of this person. Upload it first, for the same contact.")


class FileAbsent(ConsentError):
    """A file that was asked for and is not there."""

    def __init__(self) -> None:
        super().__init__("There is no such file; the person may have been erased.")


class TooManyFiles(ConsentError):
    """One file more than a person may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"At most {most} files of one person are kept: put what belongs together into one PDF.")


class FileDamaged(ConsentError):
    """A stored file whose bytes are not those that were uploaded."""

    def __init__(self) -> None:
        super().__init__("The stored file is not what was uploaded: its hash is another. Restore it from a backup.")
