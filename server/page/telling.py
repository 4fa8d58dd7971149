"""
What the page says to one person, in their words: plain values for the template, which escapes every one of them.

Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import phonenumbers

from consent.lifecycle import EVERYTHING, MARKETING, PermissionEvent, Standing, SuppressionEvent
from policies.called import Call, ended_as
from policies.called import Told as Decided
from policies.localtime import zone as zone_named
from policies.reasons import Code
from server.page.reading import Shown, Told
from server.page.wishes import offered, told
from server.page.words import Words

_MOST_CONSENTS = 60
_IN_FORCE = ("granted", "pending")
_OPEN = ("temporary", "permanent")
_DENIALS: Mapping[str, Sequence[Code]] = {
    "refused": (Code.CONSENT_WITHDRAWN, Code.CONSENT_REFUSED, Code.SUPPRESSED, Code.PAUSED),
    "register": (Code.REGISTER_LISTED, Code.REGISTER_ABSENT),
    "permission": tuple(each for each in Code if each.startswith("PERMISSION_")),
    "consent": tuple(each for each in Code if each.startswith("CONSENT_")),
    "hours": (Code.QUIET_HOURS, Code.DAY_CLOSED, Code.HOLIDAY),
    "often": (Code.CAP_REACHED, Code.COOL_OFF, Code.UNANSWERED_STREAK),
}


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells one page: in one language, and at the clocks of one place."""

    told: Told
    words: Words

    @property
    def clock(self) -> ZoneInfo:
        """The person's zone, as far as it is known: of several, the business's if it is among them."""
        zones, own = self.told.holder.zones, self.told.holder.settings.zone
        if own is not None and (own in zones or not zones):
            return zone_named(own)
        return zone_named(next(iter(zones), "UTC"))

    def tell(self) -> dict[str, object]:
        """Everything that the template asks for."""
        holder, words = self.told.holder, self.words
        refused = [self._refusal(each) for each in reversed(holder.suppressions)]
        until = self._day(holder.link.expires_at)
        whole = holder.link.scope == "page"
        return {
            "intro": words.say("intro" if whole else "intro_refusal"),
            "whole": whole,
            "consents": [self._consent(*each) for each in self._acts()[:_MOST_CONSENTS]],
            "permissions": [self._permission(each) for each in holder.permissions],
            "refused": refused,
            "ends": self._ends(),
            "wishes": told(holder.wishes, words),
            "wishes_offered": offered(holder.wishes if whole else (), words),
            "calls": [self._call(each) for each in self.told.called.calls if each.attempt.state != "released"],
            "more_calls": self.told.called.more,
            "denied": [self._denied(each) for each in self.told.called.denied],
            "pause_from": (self._local(holder.now).date() + timedelta(days=1)).isoformat(),
            "pause_to": (self._local(holder.now).date() + timedelta(days=365)).isoformat(),
            "pause_day": (self._local(holder.now).date() + timedelta(days=30)).isoformat(),
            "feet": [
                words.say("foot_until", date=until),
                words.say("foot_times", zone=self.clock.key.replace("_", " ")),
                words.say("foot_private"),
            ],
        }

    # What they agreed to.

    def _acts(self) -> list[tuple[Standing, list[str]]]:
        """What stands, what is open first; what differs in nothing but its channel is told once, with its channels."""
        acts: dict[tuple[object, ...], tuple[Standing, list[str]]] = {}
        for each in sorted(self.told.holder.standings, key=_newest_first):
            consent = each.consent
            scope, shown = consent.scope, self.told.shown.get(consent.id)
            same = (scope.purpose, scope.sender, consent.technology, consent.given_at, consent.expires_at)
            _, channels = acts.setdefault((*same, consent.method, each.state, each.since, shown), (each, []))
            channels += [scope.channel] if scope.channel is not None else []
        return list(acts.values())

    def _consent(self, standing: Standing, channels: Sequence[str]) -> dict[str, object]:
        consent, words, now = standing.consent, self.words, self.told.holder.now
        state = standing.state_at(now)
        scope = consent.scope
        asked = "asked_on" if consent.state in ("pending", "refused", "withdrawn") else "agreed_on"
        by = ", ".join(word for channel, word in words.channels.items() if channel in channels)
        rows = [(words.say("by"), by)] if by else []
        rows.append((words.say("who_may"), self._sender(scope.sender)))
        if consent.technology and {"voice", "whatsapp_call"} & set(channels):
            rows.append(
                (words.say("how"), ", ".join(words.technologies.get(each, each) for each in consent.technology))
            )
        if state in _IN_FORCE:
            end = words.say("until_ended") if consent.expires_at is None else self._moment(consent.expires_at)
            rows.append((words.say("until"), end))
        since = consent.expires_at if state == "expired" and consent.expires_at else standing.since
        return {
            "title": readable(scope.purpose or "") or words.say("refused_all"),
            "category": self._category(scope.purpose),
            "state": words.states.get(state, state),
            "open": state in _IN_FORCE,
            "said": words.say(asked, date=self._moment(consent.given_at), method=self._method(consent.method)),
            "ended": None if state in _IN_FORCE else words.say("ended_on", date=self._moment(since)),
            "rows": rows,
            "shown": self._shown(self.told.shown.get(consent.id)),
            "purpose": scope.purpose,
            "receipt": None if consent.state in ("withdrawn", "refused") else str(consent.id),
        }

    def _shown(self, shown: Shown | None) -> dict[str, str | None]:
        if shown is None:
            return {"note": self.words.say("words_none"), "text": None, "lang": None}
        about = {"notice": shown.notice, "version": shown.version}
        if shown.text is None:
            return {"note": self.words.say("words_gone", **about), "text": None, "lang": None}
        note = None if shown.same else self.words.say("words_other", **about)
        return {"note": note, "text": shown.text if shown.same else None, "lang": shown.locale}

    def _permission(self, event: PermissionEvent) -> dict[str, object]:
        state = "granted" if event.state in _OPEN else "ended"
        is_over = event.expires_at is not None and event.expires_at <= self.told.holder.now
        said = "permission_automatic" if state == "granted" and event.automatic else f"permission_{state}"
        end = None if event.expires_at is None or state == "ended" else self._moment(event.expires_at)
        return {
            "title": self.words.say("permission", sender=self._sender(event.sender)),
            "said": self.words.say(said, date=self._moment(event.at)),
            "until": end,
            "state": self.words.states["withdrawn" if state == "ended" else "expired" if is_over else "granted"],
            "open": state == "granted" and not is_over,
        }

    # What they refused, and can.

    def _refusal(self, refusal: SuppressionEvent) -> dict[str, str]:
        extent, words = refusal.extent, self.words
        named = [
            *(f"“{readable(each)}”" for each in extent.purposes or ()),
            *(words.categories.get(each, each) for each in extent.categories or ()),
            *(words.channels.get(each, each) for each in extent.channels or ()),
        ]
        if extent.sender is not None:
            named.append(words.say("from_sender", sender=self._sender(extent.sender)))
        when = words.say("refused_since", date=self._moment(refusal.at))
        if refusal.until is not None:
            when += " " + words.say("refused_until", date=self._moment(refusal.until))
        return {
            "what": words.say("refused_only", what=", ".join(named)) if named else words.say("refused_all"),
            "when": f"{when}, {self._method(refusal.method)}.",
        }

    def _ends(self) -> dict[str, object] | None:
        """What can be ended; None where everything is, and nothing was agreed to since."""
        holder = self.told.holder
        open_now = [each for each in holder.standings if each.state_at(holder.now) in _IN_FORCE]
        refused = {each.extent for each in holder.suppressions if each.until is None}
        if EVERYTHING in refused and not open_now:
            return None
        channels = [each.consent.scope.channel for each in open_now]
        senders = [
            *(each.consent.scope.sender for each in open_now),
            *(each.attempt.sender for each in self.told.called.calls),
            *(each.sender for each in holder.permissions),
        ]
        return {
            "marketing": not any(each.reaches(MARKETING) for each in refused),
            "channels": [(each, self.words.channels.get(each, each)) for each in _each_once(channels)],
            "senders": [(each, self._sender(each)) for each in _each_once(senders)],
        }

    # Who called them.

    def _call(self, call: Call) -> dict[str, object]:
        attempt, words = call.attempt, self.words
        channel = words.channels.get(attempt.channel, attempt.channel)
        about = (
            words.say("call_unknown_purpose", channel=channel)
            if attempt.purpose is None
            else words.say("call_about", purpose=readable(attempt.purpose), channel=channel)
        )
        sender = (
            words.say("call_unknown_sender")
            if attempt.sender is None
            else words.say("call_from", sender=self._sender(attempt.sender))
        )
        ended = ended_as(attempt, self.told.holder.now)
        return {
            "at": self._moment(attempt.at),
            "machine": attempt.at.isoformat(),
            "sender": sender,
            "about": about,
            "asked": words.say("asked_permission") if attempt.action == "call.request_permission" else None,
            "outcome": words.outcomes.get(ended, ended),
            "why": list(self._why(call)),
            "owed": []
            if call.told is None
            else [self._owed(each.type, each.properties) for each in call.told.obligations],
            "by": None if call.told is None else self._asked_by(call.told.actor),
        }

    def _why(self, call: Call) -> Iterator[str]:
        words = self.words
        if call.told is None:
            yield words.say("why_gone" if call.attempt.announced else "why_unasked")
            return
        facts = call.told.decision.facts
        granted = [each for each in facts.consents or () if each.state == "granted" and each.channel == facts.channel]
        granted = [each for each in granted if facts.technology in each.technology]
        if granted:
            yield words.say("why_consent", date=self._moment(max(each.since for each in granted)))
        elif facts.action == "call.place":
            yield words.say("why_essential", category=words.categories.get(facts.category, facts.category))
        permission = facts.permission
        if permission and permission.state in _OPEN and permission.since and facts.channel == "whatsapp_call":
            yield words.say("why_permission", date=self._moment(permission.since))
        yield words.say("why_rules")

    def _denied(self, told: Decided) -> dict[str, str]:
        facts, words = told.decision.facts, self.words
        codes = {each.code for each in told.decision.reasons}
        kinds = [kind for kind, among in _DENIALS.items() if codes & set(among)]
        why = words.denials[kinds[0] if kinds else "other"]
        return {
            "at": self._moment(told.decision.now),
            "machine": told.decision.now.isoformat(),
            "line": words.say("stopped_line", purpose=readable(facts.purpose), why=why),
            "by": self._asked_by(told.actor),
        }

    def _owed(self, kind: str, properties: Mapping[str, object]) -> str:
        return self.words.obligations.get(kind, kind).format(seconds=properties.get("seconds"))

    def _asked_by(self, actor: str) -> str:
        kind, _, name = actor.partition(":")
        business = self.told.business
        if kind == "key":
            return self.words.say("asked_by_key", business=business, key=name)
        # Whoever signed in is a person too, and not named to another.
        return self.words.say("asked_by_person" if kind == "oauth" else "asked_by_other", business=business)

    # Words of which more than one place has need.

    def what(self, kind: str, what: str) -> str:
        """What an act was about, as its confirmation names it."""
        match kind:
            case "purpose":
                return readable(what)
            case "channel":
                return self.words.channels.get(what, what)
            case "sender":
                return self._sender(what)
            case "wish":
                return self.words.say(f"wish_{what}")
            case "pause":
                return self.words.day(date.fromisoformat(what))
            case _:
                return ""

    def _sender(self, sender: str | None) -> str:
        if sender is None:
            return self.words.say("any_sender", business=self.told.business)
        known = self.told.holder.settings.senders.get(sender)
        return sender if known is None else _spaced(known.phone)

    def _category(self, purpose: str | None) -> str | None:
        category = self.told.holder.settings.purposes.get(purpose or "")
        return None if category is None else self.words.categories.get(category, category)

    def _method(self, method: str) -> str:
        return self.words.methods.get(method, method)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.clock)

    def _moment(self, moment: datetime) -> str:
        return self.words.moment(self._local(moment))

    def _day(self, moment: datetime) -> str:
        return self.words.day(self._local(moment).date())


def readable(name: str) -> str:
    """A purpose as people read it."""
    return name.replace("_", " ").replace(".", " ").strip()


def begin_of(day: date, zones: Sequence[str]) -> datetime:
    """The moment at which a day has begun in every one of these zones; an unknown place is where it begins last."""
    starts = (datetime(day.year, day.month, day.day, tzinfo=zone_named(each)) for each in zones or ("Etc/GMT+12",))
    return max(starts)


def _newest_first(standing: Standing) -> tuple[bool, float]:
    return standing.state not in _IN_FORCE, -standing.since.timestamp()


def _each_once(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(each for each in values if each is not None))


def _spaced(phone: str) -> str:
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
