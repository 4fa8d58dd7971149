"""
What can go wrong with people, consents and settings.

ConsentError
├── NotAPhoneNumber     not E.164, with the reason
├── NobodyNamed         a delivered item about a person that names none
├── NotAUserId          not a WhatsApp business-scoped user id
├── RegionUnknown       no country, nor known part of one, has this code
├── ZoneUnknown         no time zone has this name
├── TextPersonal        free words for the log that seem to name a person
├── LegalHoldInForce    what was to be erased is held
├── LegalHoldUnknown    no such legal hold
├── LegalHoldLifted     it is over
├── RetentionOutOfBounds    kept for less, or for longer, than something else needs
├── ReviewNotAhead      a hold that nobody would look at again
├── ContactUnknown      no such person
├── IdentifierNeeded    a contact's id where a number is meant
├── SameNumber          a change of number to itself
├── MergedAlready       the two are one person already
├── MergeTooLarge       a person of more parts than one decision can look at
├── MergeUnknown        no such merge
├── MergeUndone         it was undone before
├── PurposeUnknown      the tenant has no such purpose
├── NoticeUnknown       the tenant has published no such notice
├── SenderUnknown       the tenant has no such business number
├── GivenInTheFuture    an act that has not happened yet
├── ExpiresBeforeGiven  a consent that would be over before it began
├── AlreadyDefined      a purpose, notice, sender or channel that exists with other content
├── ChannelUnknown      no such webhook channel
├── MeaningUnknown      a button that is to mean what nothing means
├── TooManyChoices      more buttons than an entry has room for
├── TooManyPurposes     more than a withdrawal's entry has room for
├── OverlapTooLong      two secrets or keys at once for longer than is wise
├── LifeOutOfOrder      a date of a consent's life that lies before what it follows
├── ConfirmationUnknown no such consent waits to be confirmed
├── ConfirmationLapsed  its time is over
├── ConfirmationClosed  the person has said no since
├── WishSaysNothing     a wish that asks nothing, or nothing that can be
├── WishesTooMany       more than the entries of decisions have room for
├── WishUnknown         no such wish
├── EndsBeforeWished    a wish that would be over before it was said
├── NotThePersonsAct    what only the person may take back
├── ReviewUnknown       no such review
├── ReviewSettled       settled before, otherwise
├── LinkUnusable        a person's link that opens nothing, whatever the reason
└── PauseOutOfReach     a pause that would be over before it began, or last too long
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from audit.errors import Refused


class ConsentError(Refused):
    """Root of the errors of this package; nothing was recorded."""


class NotAPhoneNumber(ConsentError):
    """A phone number that is not E.164."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is not a phone number in E.164 form (like +34600111222): {why}.")


class NotAUserId(ConsentError):
    """A WhatsApp user id that has not the form COUNTRY.ALPHANUMERICS."""

    def __init__(self) -> None:
        super().__init__("A WhatsApp user id has the form ES.1234567890, at most 128 letters or digits after the dot.")


class RegionUnknown(ConsentError):
    """A code that no country has, and no part of one on which hours or holidays depend."""

    pointer = "/region"

    def __init__(self, region: str, country: str | None = None) -> None:
        todo = (
            f"write {country}" if country else "write an ISO 3166 code such as ES, ES-MD or US-TX, or the country alone"
        )
        super().__init__(f"{region!r} is no region that is known here: {todo}.")


class ZoneUnknown(ConsentError):
    """A name that no time zone has."""

    pointer = "/zone"

    def __init__(self, zone: str) -> None:
        super().__init__(f"{zone!r} is no time zone: write an IANA name such as Europe/Madrid.")


class NobodyNamed(ConsentError):
    """An item about a person that names none."""

    def __init__(self) -> None:
        super().__init__("The item names nobody.")


class TextPersonal(ConsentError):
    """Words for the log that seem to name a person."""

    def __init__(self, pointer: str) -> None:
        self.pointer = pointer
        super().__init__(
            "This goes into the log, where nothing can be erased: leave out numbers and addresses of people. "
            "Name a ticket or a file instead."
        )


class LegalHoldInForce(ConsentError):
    """What was to be erased, or pruned, must be kept."""

    def __init__(self, hold: UUID, matter: str, review_on: date) -> None:
        self.hold, self.matter, self.review_on = str(hold), matter, review_on.isoformat()
        super().__init__(
            f"The legal hold {hold} keeps this for the matter {matter!r}; it is to be reviewed on {review_on}. "
            "Nothing was erased: lift the hold first, if it may be lifted."
        )


class LegalHoldUnknown(ConsentError):
    """The tenant has no such legal hold."""

    def __init__(self) -> None:
        super().__init__("There is no such legal hold.")


class LegalHoldLifted(ConsentError):
    """The hold ended before."""

    def __init__(self) -> None:
        super().__init__("This legal hold was lifted before. Place a new one if the matter goes on.")


class ReviewNotAhead(ConsentError):
    """A review date that is not in the future."""

    pointer = "/review_on"

    def __init__(self, day: date) -> None:
        super().__init__(
            f"review_on is {day}, which is not after today: say when somebody will look at this hold again."
        )


class RetentionOutOfBounds(ConsentError):
    """A rule that would drop what something else still needs, or keep what has nothing to stand on."""

    pointer = "/days"

    def __init__(self, kind: str, days: int, bound: str) -> None:
        self.kind, self.days = kind, days
        super().__init__(f"{kind} cannot be kept for {days} days: {bound}.")


class ContactUnknown(ConsentError):
    """The tenant knows no such person."""

    def __init__(self) -> None:
        super().__init__("There is no such contact.")


class IdentifierNeeded(ConsentError):
    """A contact's id where a number or user id is meant."""

    def __init__(self) -> None:
        super().__init__(
            "It is about a number or a user id, not about a contact: name one by phone or whatsapp_user_id."
        )


class SameNumber(ConsentError):
    """A change of number to itself."""

    def __init__(self) -> None:
        super().__init__("The old and the new number are the same: nothing has changed.")


class MergedAlready(ConsentError):
    """Two contacts that are one person by an earlier merge."""

    def __init__(self) -> None:
        super().__init__("These two are one person already: there is nothing to merge.")


class MergeTooLarge(ConsentError):
    """More parts than one decision can look at."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"A person has at most {most} parts: undo a merge first, or look whether these are really one."
        )


class MergeUnknown(ConsentError):
    """A merge that is not there, or whose people are not."""

    def __init__(self) -> None:
        super().__init__(
            "No merge has this id. If it was made, the people that it joined were erased since, and there is nobody left to part."
        )


class MergeUndone(ConsentError):
    """A merge that was undone before."""

    def __init__(self) -> None:
        super().__init__("This merge was undone before: its people are two again.")


class PurposeUnknown(ConsentError):
    """The tenant has not defined this purpose."""

    def __init__(self, purpose: str, known: tuple[str, ...]) -> None:
        self.purpose = purpose
        super().__init__(f"There is no purpose {purpose!r}. Define it first, or use one of: {', '.join(known)}.")


class NoticeUnknown(ConsentError):
    """The tenant has not published this version of this notice in this locale."""

    def __init__(self, notice: str, version: int, locale: str) -> None:
        super().__init__(f"There is no notice {notice!r} version {version} in {locale!r}. Publish it first.")


class SenderUnknown(ConsentError):
    """The tenant has no such business number."""

    def __init__(self) -> None:
        super().__init__("There is no such sender. Add the business number first, or correct the reference.")


class GivenInTheFuture(ConsentError):
    """An act dated beyond the allowed skew of clocks."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        super().__init__(f"{moment.isoformat()} lies in the future. An act is recorded after it happened.")


class ExpiresBeforeGiven(ConsentError):
    """A consent whose expiry is not after its beginning."""

    def __init__(self) -> None:
        super().__init__("expires_at must be later than given_at.")


class AlreadyDefined(ConsentError):
    """The name is taken, with other content; what was used is never changed."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} exists already with other content, and what was used is never changed.")


class ChannelUnknown(ConsentError):
    """No webhook channel has this id."""

    def __init__(self) -> None:
        super().__init__("There is no such channel.")


class MeaningUnknown(ConsentError):
    """A meaning that no button can have."""

    def __init__(self, meaning: str, known: tuple[str, ...]) -> None:
        super().__init__(f"A button cannot mean {meaning!r}; say one of {', '.join(known)}.")


class TooManyChoices(ConsentError):
    """More buttons and list rows than one channel may name."""

    def __init__(self, most: int) -> None:
        super().__init__(f"A channel names at most {most} buttons and list rows; leave out those that mean nothing.")


class TooManyPurposes(ConsentError):
    """One purpose more than a tenant may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"A tenant has at most {most} purposes: a withdrawal names all that it ends, in one entry.")


class OverlapTooLong(ConsentError):
    """An old secret that would be believed for too long beside the new one."""

    def __init__(self, longest: timedelta) -> None:
        super().__init__(f"Old and new may both be used for at most {longest.days} days, and not for a negative time.")


class LifeOutOfOrder(ConsentError):
    """A date of a consent's life that lies before what it must follow, or after what it must precede."""

    def __init__(self, pointer: str, why: str) -> None:
        self.pointer = pointer
        super().__init__(f"{why[0].upper()}{why[1:]}.")


class ConfirmationUnknown(ConsentError):
    """Nothing waits to be confirmed under this id or token."""

    def __init__(self) -> None:
        super().__init__(
            "No consent of this person waits to be confirmed under that: it was never asked for, or is not theirs."
        )


class ConfirmationLapsed(ConsentError):
    """Confirmed too late."""

    def __init__(self, confirm_by: datetime) -> None:
        at = confirm_by.strftime("%Y-%m-%dT%H:%M:%SZ")
        super().__init__(f"This had to be confirmed by {at}: ask the person anew.")


class ConfirmationClosed(ConsentError):
    """The person has refused or taken back what was to be confirmed."""

    def __init__(self) -> None:
        super().__init__("The person has said no since they were asked, and that no stands: ask anew if they wish it.")


class WishSaysNothing(ConsentError):
    """A wish that leaves every call as it was, or that nobody could keep to."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is no wish: {why}.")


class WishesTooMany(ConsentError):
    """What a person wishes no longer fits into the entry of a decision."""

    def __init__(self, held: int) -> None:
        super().__init__(
            f"The person has {held} wishes in force, and there is no room for this one: end those that it replaces first."
        )


class WishUnknown(ConsentError):
    """No wish of this id."""

    def __init__(self) -> None:
        super().__init__("There is no such wish.")


class EndsBeforeWished(ConsentError):
    """A wish taken back before it was said."""

    def __init__(self) -> None:
        super().__init__("The wish was said later than that: say when the person took it back.")


class NotThePersonsAct(ConsentError):
    """An act of the business that would undo the person's own."""

    pointer = "/method"

    def __init__(self, method: str) -> None:
        super().__init__(
            f"Only the person does this, and {method!r} is an act of the business: "
            "say by which message, call, form or paper they did."
        )


class ReviewUnknown(ConsentError):
    """No reply of this id waits for a person's reading."""

    def __init__(self) -> None:
        super().__init__("There is no such review.")


class ReviewSettled(ConsentError):
    """The reply was read before, with another verdict."""

    def __init__(self, verdict: str) -> None:
        super().__init__(f"This review was settled before as {verdict}.")


class LinkUnusable(ConsentError):
    """A link that was never made, is over, was replaced, or whose person was erased: it MUST NOT be told which."""

    def __init__(self) -> None:
        super().__init__("This link does not work any more.")


class PauseOutOfReach(ConsentError):
    """A pause must end after now and within a year."""

    def __init__(self) -> None:
        super().__init__("A pause must end on a day to come, within a year.")
