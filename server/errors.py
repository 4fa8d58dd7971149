"""
What the edge of the process refuses, and why it sometimes must not start.

    ServerError
    ├── SettingsInvalid      a VENIA_ variable is wrong: the process must not start
    ├── ScopeUndeclared      a route says neither which scope it needs nor that it is public: must not start
    ├── MetricsNotShared     several processes would each count alone: must not start
    ├── Unauthenticated      no credential, or one that proves nothing
    ├── ScopeMissing         a known caller who may not do this
    ├── BodyTooLarge         more bytes than the route takes
    ├── ContentTypeRefused   bytes of a kind the route does not read
    ├── TooManyRequests      a credential above its rate
    ├── DeliveryUnsigned     a webhook delivery whose signature is missing or wrong
    ├── SubscriptionRefused  a webhook handshake with another verify token
    ├── KeyUnknown           no API key of the tenant has this id
    ├── KeyTooPublic         a key for a web page that could do more than agree and refuse
    ├── PublicKeyHere        a public key where none belongs
    ├── KeysUnavailable      an issuer's public keys were never obtained, so its tokens prove nothing yet
    ├── PermissionUnread     WhatsApp's API did not tell of a permission
    ├── TypeUnknown          no event has this name
    ├── TooManyStreams       the tenant reads as many streams as one process gives it
    ├── AddressRefused       an address that events must not be sent to
    ├── SubscriptionUnknown  the tenant has no such subscription
    ├── LetterUnknown        the subscription has no such dead letter
    ├── TooManySubscriptions the tenant has as many as it may
    └── NotReady             something the process depends on does not answer

``server/problems.py`` says how each is answered over HTTP.
"""

from collections.abc import Sequence

from audit.errors import Refused


class ServerError(Exception):
    """The root of the edge's errors; ``str(error)`` is a sentence for the caller and holds no personal data."""


class SettingsInvalid(ServerError):
    """The environment is wrong; ``problems`` holds one sentence per mistake, all of them at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class KeyUnknown(ServerError, Refused):
    """The tenant has no such API key."""

    def __init__(self) -> None:
        super().__init__("There is no such API key.")


class KeyTooPublic(ServerError, Refused):
    """A key that anybody can read in a page, with scopes that not everybody may have."""

    def __init__(self, scopes: Sequence[str]) -> None:
        super().__init__(f"A public key is everybody's: give it no other scopes than {', '.join(scopes)}.")


class PublicKeyHere(ServerError):
    """A public key at a route that is not for the people themselves."""

    def __init__(self) -> None:
        super().__init__("A public key records what people say in a form and does nothing else: use another key here.")


class DeliveryUnsigned(ServerError):
    """Nothing was done: whoever sent it does not hold the channel's secret, or sends what is no longer to be believed."""

    def __init__(self, why: str = "X-Hub-Signature-256 is missing or does not match the body") -> None:
        super().__init__(f"{why}. Nothing was done.")


class SubscriptionRefused(ServerError):
    """The handshake's verify token is not the channel's."""

    def __init__(self) -> None:
        super().__init__("hub.verify_token is not this channel's.")


class ScopeUndeclared(ServerError):
    """Routes that declare no known scope and are not public; ``routes`` names them."""

    def __init__(self, routes: Sequence[str]) -> None:
        self.routes = tuple(routes)
        super().__init__(f"These routes must declare one known scope, or be public: {', '.join(self.routes)}.")


class MetricsNotShared(ServerError):
    """The metrics library was loaded before the processes agreed on a directory."""

    def __init__(self) -> None:
        super().__init__("Call share_metrics() in the parent before a worker process starts.")


class Unauthenticated(ServerError):
    """The message never says whether the key exists: that is nobody's business who cannot prove to hold it."""

    def __init__(self, message: str = "Send Authorization: Bearer <API key or JWT>; this one is not valid.") -> None:
        super().__init__(message)


class ScopeMissing(ServerError):
    """The credential is good; ``scope`` is what it lacks."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(f"This credential lacks the scope {scope}.")


class BodyTooLarge(ServerError):
    """``limit`` is what the route takes, in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"The body is larger than {limit} bytes.")


class ContentTypeRefused(ServerError):
    """``accepted`` are the media types the route reads."""

    def __init__(self, accepted: Sequence[str]) -> None:
        self.accepted = tuple(accepted)
        super().__init__(f"Send the body as {' or '.join(self.accepted)}.")


class TooManyRequests(ServerError):
    """``retry_after`` is the number of whole seconds after which one request will pass."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"This credential is above its rate; try again in {retry_after} s.")


class KeysUnavailable(ServerError):
    """``retry_after`` is the number of whole seconds after which the keys are asked for again."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__("The issuer's keys could not be obtained, so its tokens cannot be checked now.")


class NotReady(ServerError):
    """``missing`` names what does not answer."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(f"Not ready: {', '.join(self.missing)}.")


class PermissionUnread(ServerError):
    """WhatsApp's API did not tell; nothing was recorded, and what was known before stays."""

    def __init__(self, why: str, retry_after: int = 5) -> None:
        self.retry_after = retry_after
        super().__init__(
            f"WhatsApp did not tell of the permission ({why}). Nothing was recorded; ask again in {retry_after} s."
        )


class TypeUnknown(ServerError):
    """A filter that would never let anything through; it is not quoted, since it may be anything."""

    def __init__(self, near: str | None) -> None:
        hint = f"did you mean {near}? " if near else ""
        super().__init__(
            f"There is no such type of event: {hint}Write consent.withdrawn, a noun such as consent for all of its events, "
            "or * for everything; docs/log.md lists them."
        )


class TooManyStreams(ServerError):
    """One more stream than the tenant may read."""

    retry_after = 5

    def __init__(self, most: int) -> None:
        super().__init__(
            f"This tenant reads {most} streams here already: close one, or share one among your processes."
        )


class AddressRefused(ServerError):
    """An address that events must not go to; ``why`` completes the sentence and quotes nothing of it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Events cannot be sent to this address: {why}.")


class SubscriptionUnknown(ServerError, Refused):
    """The tenant has no such subscription."""

    def __init__(self) -> None:
        super().__init__("There is no such subscription.")


class LetterUnknown(ServerError, Refused):
    """The subscription has no such dead letter, or it was delivered since."""

    def __init__(self) -> None:
        super().__init__("The subscription has no dead letter of this event: it was delivered, or never died.")


class TooManySubscriptions(ServerError, Refused):
    """One more than a tenant may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"The tenant has {most} subscriptions already: delete one first.")
