"""
One table from error to answer: everything that goes wrong leaves as ``application/problem+json`` (RFC 9457).

Domain errors know no HTTP; each gets a row here.  The detail is the error's own sentence, redacted; an error without
a row is our mistake, so the caller learns a request id and nothing else, and the log gets the traceback.
"""

from collections.abc import Mapping
from http import HTTPStatus
from json import JSONDecodeError

import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, SerializationException, ValidationException
from litestar.serialization import encode_json
from litestar.types import ExceptionHandlersMap
from pydantic import ValidationError

from audit import errors as log_errors
from audit.checking.repairing import RepairOutdated
from audit.checking.rows import Unreplayable
from audit.checking.walking import LogDamaged
from audit.exporting import errors as exports
from consent import errors as people
from consent.proof import errors as proof
from consent.receipts import errors as receipts
from policies import errors as rules
from policies import refusals
from policies.authzen import refusals as authzen
from policies.changes import errors as changes
from policies.simulating import errors as simulations
from server import errors
from server.import_problems import IMPORTS
from server.pointers import Pointer, is_malformed_json, of_litestar, of_pydantic
from server.problem import Problem
from server.redaction import redact
from server.register_problems import REGISTERS
from server.wish_problems import WISHES

MEDIA_TYPE = "application/problem+json"

log = structlog.stdlib.get_logger("server.problems")


SERVER: dict[type[Exception], Problem] = {
    errors.Unauthenticated: Problem(
        401, "unauthenticated", "A valid credential is needed", headers={"WWW-Authenticate": "Bearer"}
    ),
    errors.ScopeMissing: Problem(403, "scope-missing", "The credential lacks a scope", members=("scope",)),
    # What is left of the body is not worth reading, so the connection ends here.
    errors.BodyTooLarge: Problem(
        413, "body-too-large", "The body is too large", members=("limit",), headers={"Connection": "close"}
    ),
    errors.ContentTypeRefused: Problem(
        415, "content-type", "The body has the wrong content type", members=("accepted",)
    ),
    errors.TooManyRequests: Problem(429, "too-many-requests", "Too many requests"),
    errors.DeliveryUnsigned: Problem(401, "delivery-unsigned", "The delivery is not signed"),
    errors.SubscriptionRefused: Problem(403, "subscription-refused", "The handshake is refused"),
    errors.KeyUnknown: Problem(404, "key-unknown", "There is no such API key"),
    errors.KeyTooPublic: Problem(422, "key-too-public", "A public key may do little"),
    errors.PublicKeyHere: Problem(403, "public-key", "A public key does not belong here"),
    errors.KeysUnavailable: Problem(503, "keys-unavailable", "Tokens cannot be checked now"),
    errors.PermissionUnread: Problem(503, "permission-unread", "WhatsApp did not tell", retry_after=5),
    errors.NotReady: Problem(503, "not-ready", "Not ready", members=("missing",), retry_after=1),
}

AUDIT: dict[type[Exception], Problem] = {
    log_errors.IdempotencyReused: Problem(422, "idempotency-key-reused", "The key was used for something else"),
    log_errors.EntryTooLarge: Problem(413, "entry-too-large", "The request says too much at once"),
    log_errors.RotationUnfinished: Problem(409, "rotation-unfinished", "The key is being rotated already"),
    log_errors.KeyStillUsed: Problem(409, "key-still-used", "The key is still needed", members=("left",)),
    LogDamaged: Problem(500, "log-damaged", "A stored entry is not what was recorded"),
    Unreplayable: Problem(500, "unreplayable", "A stored entry does not say what it must"),
    RepairOutdated: Problem(409, "repair-outdated", "The log has changed since it was checked"),
    exports.ReportTooLong: Problem(422, "report-too-long", "Nobody reads that many entries"),
    exports.LanguageUnknown: Problem(422, "language-unknown", "There is no report in this language"),
    exports.ExportFormatUnknown: Problem(422, "export-format-unknown", "There is no such format"),
    exports.ExportRangeUnknown: Problem(422, "export-range-unknown", "There are no such entries", members=("size",)),
    exports.DossierIsWhole: Problem(422, "dossier-is-whole", "A bundle about a person has no range"),
    exports.FieldUnknown: Problem(422, "field-unknown", "There is no such personal field"),
    exports.PersonNeeded: Problem(422, "person-needed", "A copy is of all that is held about one person"),
    exports.PersonUnknown: Problem(422, "person-unknown", "The log knows no such contact"),
    log_errors.QueueFull: Problem(503, "journal-full", "Too many requests are waiting"),
    log_errors.KeyProviderAway: Problem(503, "key-provider-away", "The key provider cannot be reached"),
    log_errors.DatabaseAway: Problem(503, "database-away", "The database cannot be reached"),
    log_errors.JournalClosed: Problem(503, "stopping", "The service is stopping"),
    log_errors.OutcomeUnknown: Problem(503, "outcome-unknown", "It is not known whether this was recorded"),
    log_errors.KeyMissing: Problem(400, "idempotency-key-missing", "An Idempotency-Key is needed"),
    log_errors.EntriesPruned: Problem(410, "entries-pruned", "These bodies were pruned", members=("up_to",)),
    log_errors.CursorUnknown: Problem(422, "cursor-unknown", "The cursor is none of this log", pointer="/cursor"),
    log_errors.CursorPruned: Problem(410, "cursor-pruned", "What comes next was pruned", members=("oldest",)),
    log_errors.RangeUnknown: Problem(422, "range-unknown", "There are no such entries", members=("size",)),
    log_errors.NotCanonical: Problem(422, "not-canonical", "The log cannot hold this value", members=("path",)),
    log_errors.UnknownTenant: Problem(403, "tenant-unknown", "The credential is for no tenant of this service"),
    log_errors.KeyUnusable: Problem(503, "keys-unusable", "Stored values cannot be opened", retry_after=60),
    log_errors.CheckpointRefused: Problem(503, "checkpoint-refused", "The log is not signed any more", retry_after=60),
    log_errors.GuardConflict: Problem(503, "guard-conflict", "Two checkpointers are at work", retry_after=60),
    log_errors.GuardUnusable: Problem(503, "guard-unusable", "The guard cannot be used", retry_after=60),
    exports.TooManyExports: Problem(429, "too-many-exports", "Too many exports are waiting"),
    log_errors.NoCheckpoint: Problem(404, "no-checkpoint", "No checkpoint yet"),
    log_errors.SizeUnpublished: Problem(422, "size-unpublished", "No checkpoint has that size", members=("size",)),
    log_errors.TileUnknown: Problem(404, "tile-unknown", "There is no such tile"),
    log_errors.NothingToReopen: Problem(409, "nothing-to-reopen", "The log needs no new incarnation"),
    log_errors.BundleUnreadable: Problem(422, "bundle-unreadable", "This is no readable evidence bundle"),
    log_errors.NotCovered: Problem(503, "not-covered", "No checkpoint covers this", retry_after=5),
    log_errors.EvidenceBroken: Problem(500, "evidence-broken", "Stored evidence contradicts itself"),
    exports.ExportUnknown: Problem(404, "export-unknown", "There is no such export"),
    exports.ExportNotReady: Problem(409, "export-not-ready", "The export is not ready", members=("state",)),
    exports.ExportGone: Problem(410, "export-gone", "The export is gone", members=("state",)),
    log_errors.NoteMalformed: Problem(422, "note-malformed", "Not a signed note"),
    log_errors.KeyMalformed: Problem(422, "key-malformed", "Not a verifier key"),
    log_errors.SignatureWrong: Problem(422, "signature-wrong", "A signature is wrong", members=("name",)),
    log_errors.SignatureMissing: Problem(422, "signature-missing", "No known signature", members=("names",)),
    log_errors.CheckpointForeign: Problem(422, "checkpoint-foreign", "Another log's checkpoint", members=("origin",)),
    log_errors.PolicyMalformed: Problem(422, "policy-malformed", "Not a policy of witnesses", members=("line",)),
    log_errors.TimestampRefused: Problem(502, "timestamp-refused", "The time-stamp proves nothing"),
    log_errors.TimestampUnreachable: Problem(503, "timestamp-unreachable", "No time-stamping authority answers"),
    log_errors.BrokenChain: Problem(500, "broken-chain", "A stored entry contradicts the log", members=("index",)),
}

CONSENT: dict[type[Exception], Problem] = {
    receipts.ReceiptUnknown: Problem(404, "receipt-unknown", "There is no such consent or withdrawal"),
    receipts.ReceiptErased: Problem(410, "receipt-erased", "The person was erased"),
    receipts.ReceiptUncovered: Problem(409, "receipt-uncovered", "The log was not signed since"),
    people.NotAPhoneNumber: Problem(422, "not-a-phone-number", "Not a phone number", pointer="/contact/phone"),
    people.NotAUserId: Problem(422, "not-a-user-id", "Not a WhatsApp user id", pointer="/contact/whatsapp_user_id"),
    people.NobodyNamed: Problem(422, "nobody-named", "Nobody is named"),
    people.TextPersonal: Problem(422, "text-personal", "Personal data in words for the log"),
    people.RetentionOutOfBounds: Problem(422, "retention-out-of-bounds", "Kept too short or too long"),
    people.LegalHoldInForce: Problem(
        409, "legal-hold-in-force", "A legal hold keeps this", members=("hold", "matter", "review_on")
    ),
    people.LegalHoldUnknown: Problem(404, "legal-hold-unknown", "There is no such legal hold"),
    people.LegalHoldLifted: Problem(409, "legal-hold-lifted", "The legal hold is over"),
    people.ReviewNotAhead: Problem(422, "review-not-ahead", "A review date that has passed"),
    people.IdentifierNeeded: Problem(422, "identifier-needed", "A number or user id is needed"),
    people.SameNumber: Problem(422, "same-number", "The numbers are the same"),
    people.MergedAlready: Problem(409, "merged-already", "They are one person already"),
    people.MergeTooLarge: Problem(422, "merge-too-large", "The person would have too many parts"),
    people.MergeUnknown: Problem(404, "merge-unknown", "There is no such merge"),
    people.MergeUndone: Problem(409, "merge-undone", "The merge was undone before"),
    people.ContactUnknown: Problem(404, "contact-unknown", "There is no such contact"),
    people.RegionUnknown: Problem(422, "region-unknown", "There is no such region", pointer="/region"),
    people.ZoneUnknown: Problem(422, "zone-unknown", "There is no such time zone", pointer="/zone"),
    people.PurposeUnknown: Problem(422, "purpose-unknown", "There is no such purpose", pointer="/purpose"),
    people.NoticeUnknown: Problem(422, "notice-unknown", "There is no such notice", pointer="/notice"),
    people.SenderUnknown: Problem(422, "sender-unknown", "There is no such sender", pointer="/sender"),
    people.GivenInTheFuture: Problem(422, "in-the-future", "An act that has not happened yet"),
    people.ExpiresBeforeGiven: Problem(422, "expires-before-given", "Over before it began", pointer="/expires_at"),
    people.AlreadyDefined: Problem(409, "already-defined", "The name is taken"),
    people.TooManyPurposes: Problem(409, "too-many-purposes", "There is no room for another purpose"),
    people.MeaningUnknown: Problem(422, "meaning-unknown", "A button cannot mean that"),
    people.TooManyChoices: Problem(422, "too-many-choices", "Too many buttons for one channel"),
    people.OverlapTooLong: Problem(422, "overlap-too-long", "Old and new would overlap for too long"),
    people.ChannelUnknown: Problem(404, "channel-unknown", "There is no such channel"),
    people.ReviewUnknown: Problem(404, "review-unknown", "There is no such review"),
    people.ReviewSettled: Problem(409, "review-settled", "The review was settled otherwise"),
    people.LinkUnusable: Problem(404, "link-unusable", "The link does not work"),
    people.PauseOutOfReach: Problem(422, "pause-out-of-reach", "Not a day on which a pause can end"),
}

PROOF: dict[type[Exception], Problem] = {
    proof.NoticeVariables: Problem(
        422, "notice-variables", "The notice's variables do not fit", members=("missing", "unknown")
    ),
    proof.NoticeAbsent: Problem(404, "notice-absent", "There is no such notice"),
    proof.NoticeMismatch: Problem(422, "notice-mismatch", "Other words were shown", members=("stated", "published")),
    proof.LocaleUnusual: Problem(422, "locale-unusual", "A locale not in its usual form"),
    proof.NoticeTooLong: Problem(422, "notice-too-long", "The notice is too long"),
    proof.ProofMissing: Problem(422, "proof-missing", "Proof is missing", members=("missing",)),
    proof.PurposeCategory: Problem(409, "purpose-category", "A purpose keeps its category"),
    proof.ElementUnknown: Problem(422, "element-unknown", "A purpose cannot ask for that"),
    proof.OffsetsReversed: Problem(422, "offsets-reversed", "Not a piece of a recording"),
    proof.FileRefused: Problem(422, "file-refused", "The file is not kept"),
    proof.FileUnknown: Problem(422, "file-unknown", "There is no such file"),
    proof.FileAbsent: Problem(404, "file-absent", "There is no such file"),
    proof.TooManyFiles: Problem(409, "too-many-files", "There is no room for another file"),
    proof.FileDamaged: Problem(500, "file-damaged", "A stored file is damaged"),
}

POLICIES: dict[type[Exception], Problem] = {
    # Rules are checked before they are published and facts before they are gathered: these are our own mistakes.
    rules.DocumentInvalid: Problem(500, "rules-invalid", "A stored rule pack cannot be read"),
    rules.RuleSetInvalid: Problem(500, "rule-set-invalid", "A stored rule set cannot be read"),
    rules.RuleSetUnknown: Problem(500, "rule-set-missing", "A recorded rule set is not kept"),
    rules.EntryUnreadable: Problem(500, "entry-unreadable", "A stored entry cannot be read", members=("index",)),
    rules.FactsInvalid: Problem(500, "facts-invalid", "Recorded facts cannot be read"),
    rules.NotAnInstant: Problem(422, "not-an-instant", "Not a moment with its offset"),
    rules.UnknownZone: Problem(422, "zone-not-in-tzdata", "The time zone database has no such zone"),
    refusals.HoldUnknown: Problem(404, "hold-unknown", "There is no such hold"),
    refusals.HoldReleased: Problem(409, "hold-released", "The hold was released"),
    refusals.HoldSpent: Problem(409, "hold-spent", "The call was placed"),
    refusals.NobodyAnswers: Problem(409, "nobody-answers", "Nothing can be sent from this number", pointer="/from"),
    refusals.OutcomeContrary: Problem(409, "outcome-contrary", "The call ended otherwise"),
    refusals.TokenRefused: Problem(422, "token-refused", "The token is not this hold's", pointer="/token"),
    refusals.ReferencePersonal: Problem(
        422, "reference-personal", "Personal data in a reference", pointer="/reference"
    ),
    refusals.PlanTooLong: Problem(422, "plan-too-long", "The plan is too long, or ends before it begins"),
    refusals.LineTooLong: Problem(413, "line-too-long", "A line is too long"),
    refusals.InstantTooFar: Problem(422, "instant-too-far", "Too far from now", pointer="/at"),
    authzen.RequestUnreadable: Problem(400, "authzen-unreadable", "No request of AuthZEN", members=("errors",)),
    authzen.PageUnknown: Problem(400, "page-unknown", "Not a page of this search"),
}

CHANGES: dict[type[Exception], Problem] = {
    refusals.RulesInForce: Problem(409, "rules-in-force", "The tenant has rules"),
    changes.ChangeUnknown: Problem(404, "change-unknown", "There is no such change of rules"),
    changes.ChangeEnded: Problem(409, "change-ended", "The change is over", members=("state",)),
    changes.ChangeScheduled: Problem(409, "change-scheduled", "The change is scheduled"),
    changes.NotOnTrial: Problem(409, "not-on-trial", "The change is not on trial"),
    changes.ReportEmpty: Problem(422, "report-empty", "The report is about nothing"),
    changes.NothingChanges: Problem(422, "nothing-changes", "Nothing would change"),
    changes.NoRules: Problem(409, "no-rules", "The tenant has no rules"),
    changes.ChecksFailed: Problem(422, "checks-failed", "The packs are not in order"),
    changes.OwnChange: Problem(403, "own-change", "A second person is needed"),
    changes.ReportNeeded: Problem(409, "report-needed", "The change was not simulated"),
    changes.ReportUnknown: Problem(422, "report-unknown", "There is no such report about this change"),
    changes.ChangeStale: Problem(409, "change-stale", "Other rules came into force since"),
    changes.NotApproved: Problem(409, "change-not-approved", "The change is not approved"),
    changes.AlreadyApproved: Problem(409, "change-approved", "The change is approved already"),
    changes.NotAhead: Problem(422, "activation-not-ahead", "Not an instant to come"),
    changes.NothingBefore: Problem(409, "nothing-before", "There is no step back"),
    simulations.CandidateInvalid: Problem(422, "candidate-invalid", "These rules cannot be tried"),
    simulations.CandidateUnknown: Problem(422, "candidate-unknown", "There is no such rule set"),
    simulations.UploadEmpty: Problem(422, "upload-empty", "There is nothing to try"),
    simulations.QuestionsInLoop: Problem(422, "questions-in-loop", "Questions are tried one by one"),
    simulations.TooManySimulations: Problem(429, "too-many-simulations", "Too many simulations are waiting"),
    simulations.SimulationUnknown: Problem(404, "simulation-unknown", "There is no such simulation"),
    simulations.SimulationOver: Problem(409, "simulation-over", "The simulation is over", members=("state",)),
    simulations.SimulationNotReady: Problem(
        409, "simulation-not-ready", "The simulation is not ready", members=("state",)
    ),
    simulations.DecisionUnknown: Problem(404, "decision-unknown", "There is no such decision", members=("index",)),
}

EVENTS: dict[type[Exception], Problem] = {
    errors.TypeUnknown: Problem(422, "type-unknown", "There is no such type of event", pointer="/type"),
    errors.TooManyStreams: Problem(429, "too-many-streams", "Too many streams are read"),
    errors.AddressRefused: Problem(422, "address-refused", "Events cannot be sent there", pointer="/url"),
    errors.SubscriptionUnknown: Problem(404, "subscription-unknown", "There is no such subscription"),
    errors.LetterUnknown: Problem(404, "dead-letter-unknown", "There is no such dead letter"),
    errors.TooManySubscriptions: Problem(409, "too-many-subscriptions", "There is no room for another subscription"),
}

# One dictionary per package.
PROBLEMS: dict[type[Exception], Problem] = {
    **EVENTS,
    **SERVER,
    **AUDIT,
    **CONSENT,
    **WISHES,
    **PROOF,
    **IMPORTS,
    **POLICIES,
    **CHANGES,
    **POLICIES,
    **CHANGES,
    **REGISTERS,
}

INVALID = Problem(422, "invalid-input", "The request was understood but its content is not acceptable")
MALFORMED = Problem(400, "malformed-json", "The body is not valid JSON")
UNEXPECTED = Problem(500, "internal-error", "Something went wrong on our side")

_HTTP = {
    400: Problem(400, "bad-request", "The request could not be read"),
    401: SERVER[errors.Unauthenticated],
    404: Problem(404, "not-found", "Nothing is found at this address"),
    405: Problem(405, "method-not-allowed", "This address does not take that method"),
    413: SERVER[errors.BodyTooLarge],
    429: Problem(429, "too-many-requests", "Too many requests", retry_after=1),
    503: Problem(503, "unavailable", "Not available now", retry_after=1),
}

AnyRequest = Request[object, object, State]


def problem_handlers(table: Mapping[type[Exception], Problem]) -> ExceptionHandlersMap:
    """Litestar's ``exception_handlers`` for the table's errors, the framework's own and everything unforeseen."""

    def known(_request: AnyRequest, error: Exception) -> Response[bytes]:
        row = next(table[kind] for kind in type(error).__mro__ if kind in table)
        return _answer(row, str(error), _members(row, error), retry_after=_retry_after(row, error))

    return {
        **dict.fromkeys(table, known),
        ValidationException: _invalid,
        ValidationError: _invalid,
        JSONDecodeError: _invalid,
        UnicodeDecodeError: _not_utf8,
        RecursionError: _too_deep,
        HTTPException: _http,
        Exception: _unexpected,
    }


def problem_of(error: Exception) -> dict[str, object]:
    """
    One of many questions that failed, as an answer of its own would have said it.

    What nobody foresaw is logged and told as such.
    """
    if isinstance(error, ValidationError) and not is_malformed_json(error):
        places = of_pydantic(error.errors(include_input=False, include_url=False))
        return _body(INVALID, "See errors for what to change.", {"errors": places})
    if isinstance(error, ValidationError):
        return _body(MALFORMED, MALFORMED.title + ".")
    row = next((PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS), None)
    if row is None:
        log.error("question failed", exc_info=error)
        return _body(UNEXPECTED, "Quote the request id when you report this.")
    return _body(row, str(error), _members(row, error))


def _http(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """The framework's own refusals; its details quote paths and values, so only our sentences are sent."""
    if isinstance(error.__cause__, SerializationException):
        return _answer(MALFORMED, MALFORMED.title + ".")
    if error.status_code == 500:
        return _unexpected(request, error)
    row = _HTTP.get(error.status_code) or _of_status(error.status_code)
    return _answer(row, row.title + ".", retry_after=row.retry_after, headers=error.headers)


def _invalid(_request: AnyRequest, error: Exception) -> Response[bytes]:
    if isinstance(error, ValidationException):
        return _invalid_input(of_litestar(error))
    if isinstance(error, ValidationError) and not is_malformed_json(error):
        return _invalid_input(of_pydantic(error.errors(include_input=False, include_url=False)))
    return _answer(MALFORMED, MALFORMED.title + ".")


def _not_utf8(_request: AnyRequest, _error: UnicodeDecodeError) -> Response[bytes]:
    return _answer(MALFORMED, "The body is not valid UTF-8.")


def _too_deep(request: AnyRequest, error: RecursionError) -> Response[bytes]:
    # The decoder gives up on absurd nesting with this error; a recursion of our own has another message.
    if "deserializing" in str(error):
        return _answer(MALFORMED, "The body is nested too deeply.")
    return _unexpected(request, error)


def _unexpected(request: AnyRequest, error: Exception) -> Response[bytes]:
    log.error("request failed", exc_info=error)
    request_id = request.scope["state"].get("request_id")
    return _answer(UNEXPECTED, "Quote the request id when you report this.", {"request_id": request_id})


def _invalid_input(places: list[Pointer]) -> Response[bytes]:
    return _answer(INVALID, "See errors for what to change.", {"errors": places})


def _of_status(status: int) -> Problem:
    return Problem(status, f"http-{status}", HTTPStatus(status).phrase)


def _members(row: Problem, error: Exception) -> dict[str, object]:
    told = ((name, getattr(error, name)) for name in row.members)
    members = {name: redact(value) if isinstance(value, str) else value for name, value in told}
    pointer = getattr(error, "pointer", row.pointer)
    if pointer is not None:
        members["errors"] = [{"pointer": pointer, "detail": redact(str(error))}]
    if isinstance(error, changes.ChecksFailed):
        members["errors"] = [{"pointer": each.pointer, "detail": redact(each.detail)} for each in error.faults]
    return members


def _retry_after(row: Problem, error: Exception) -> int | None:
    own = getattr(error, "retry_after", row.retry_after)
    return own if isinstance(own, int) else row.retry_after


def _body(row: Problem, detail: str, members: Mapping[str, object] | None = None) -> dict[str, object]:
    return {
        "type": f"urn:venia:problem:{row.slug}",
        "title": row.title,
        "status": row.status,
        "detail": redact(detail),
        **(members or {}),
    }


def _answer(
    row: Problem,
    detail: str,
    members: Mapping[str, object] | None = None,
    *,
    retry_after: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    body = _body(row, detail, members)
    sent = {**row.headers, **(headers or {})}
    if retry_after is not None:
        sent["Retry-After"] = str(retry_after)
    return Response(encode_json(body), status_code=row.status, media_type=MEDIA_TYPE, headers=sent)
