"""
What was true then, and what was known then, through the reader and PostgreSQL: against lists of what was said and learnt.

The model knows three plain lists, a clock and the rule on docs/contacts.md, and nothing of how it is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.instants import rfc3339, rfc3339_or_none
from consent.hearing import HearPermission
from consent.looking import InForce
from consent.merging.requests import MergeContacts
from tests.consent.desk import Office
from tests.factories import NOW, SECOND, SENDER, consent, phone, ref, reply, withdrawal

TICK = timedelta(microseconds=1)
PURPOSES, CHANNELS = ("offers", "order_updates"), ("voice", "whatsapp_call")
CONSENT_ORDER = ("granted", "pending", "refused", "withdrawn")
PERMISSION_ORDER = ("permanent", "temporary", "declined", "revoked")


@dataclass
class Said:
    """
    One word: under which number, when it was said, when it was learnt, and what it was.
    """

    who: int
    at: datetime
    learnt: datetime
    state: str
    purpose: str | None = None
    channel: str | None = None
    ends: datetime | None = None


@dataclass
class Model:
    """
    All that anybody said, and when the two numbers came to be one person's.
    """

    consents: list[Said] = field(default_factory=list)
    permissions: list[Said] = field(default_factory=list)
    refusals: list[Said] = field(default_factory=list)
    merged: datetime | None = None

    def moments(self) -> list[datetime]:
        """
        Every moment at which something begins or ends to be true, and those just before and after it.
        """
        words = [*self.consents, *self.permissions, *self.refusals]
        return _around({moment for each in words for moment in (each.at, each.ends)})

    def knowing(self) -> list[datetime]:
        """
        Every moment at which something became known, and those just before and after it.
        """
        words = [*self.consents, *self.permissions, *self.refusals]
        return _around({self.merged, *(each.learnt for each in words)})

    def answer(self, who: int, t: datetime, k: datetime) -> dict[str, list[tuple[Any, ...]]]:
        """
        What was in force at ``t`` for whoever has this number, by what was known at ``k``.
        """
        one = self.merged is not None and self.merged <= k
        consents, permissions, refusals = (
            [each for each in words if each.at <= t and each.learnt <= k and (one or each.who == who)]
            for words in (self.consents, self.permissions, self.refusals)
        )
        permissions = [each for each in permissions if each.who == who or each.state in ("declined", "revoked")]
        return {
            "consents": sorted(self._consents(consents, t)),
            "permissions": self._permission(permissions, t),
            "suppressions": sorted(self._refusals(refusals, t), key=repr),
        }

    def _consents(self, words: list[Said], t: datetime) -> list[tuple[Any, ...]]:
        found = []
        for purpose, channel in {
            (each.purpose, each.channel) for each in words if each.state in ("granted", "pending")
        }:
            last: Said | None = None
            state, since = "", NOW
            for each in sorted(words, key=lambda e: (e.at, CONSENT_ORDER.index(e.state), _longest_first(e), e.learnt)):
                if each.state == "withdrawn":
                    reaches = each.purpose in (None, purpose) and each.channel in (None, channel)
                    if last is not None and state != "withdrawn" and reaches:
                        state, since = "withdrawn", each.at
                elif (each.purpose, each.channel) == (purpose, channel):
                    stands = (
                        state == "granted" and since < each.at and last and not (last.ends and last.ends <= each.at)
                    )
                    if each.state == "granted" or not stands:
                        last, state, since = each, each.state, each.at
            if last is not None:
                over = state == "granted" and last.ends is not None and last.ends <= t
                shown = "expired" if over else state
                found.append(
                    (purpose, channel, shown, rfc3339(last.at), rfc3339(since), rfc3339_or_none(last.ends) or "")
                )
        return found

    def _permission(self, words: list[Said], t: datetime) -> list[tuple[Any, ...]]:
        if not words:
            return []
        last = max(words, key=lambda e: (e.at, PERMISSION_ORDER.index(e.state), _longest_first(e)))
        over = last.ends is not None and last.ends <= t
        return [("expired" if over else last.state, rfc3339(last.at), rfc3339_or_none(last.ends))]

    def _refusals(self, words: list[Said], t: datetime) -> list[tuple[Any, ...]]:
        return [
            (each.purpose, each.channel, rfc3339(each.at), rfc3339_or_none(each.ends))
            for each in words
            if each.state == "set"
            and (each.ends is None or t < each.ends)
            and not any(
                lift.state == "lifted" and lift.at > each.at and each.channel == "whatsapp_message" for lift in words
            )
        ]


def _around(moments: set[datetime | None]) -> list[datetime]:
    return sorted({moment + by for moment in moments if moment for by in (-TICK, timedelta(), TICK)})


def _longest_first(word: Said) -> timedelta:
    return -(word.ends - NOW) if word.ends is not None else -timedelta(days=9999)


def shown(answer: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """
    The service's answer in the model's words.
    """

    def one(values: list[str] | None) -> str | None:
        return None if values is None else values[0]

    return {
        "consents": sorted(
            (e["purpose"], e["channel"], e["state"], e["given_at"], e["since"], e["expires_at"] or "")
            for e in answer["consents"]
        ),
        "permissions": [(e["state"], e["at"], e["expires_at"]) for e in answer["permissions"]],
        "suppressions": sorted(
            ((one(e["purposes"]), one(e["channels"]), e["since"], e["until"]) for e in answer["suppressions"]), key=repr
        ),
    }


# --- What happens

_TICKS = st.integers(0, 3)
_ACTS = st.one_of(
    st.tuples(st.just("agree"), st.sampled_from(PURPOSES), st.sampled_from(CHANNELS), _TICKS, st.none() | st.integers(1, 5), st.booleans()),
    st.tuples(st.just("withdraw"), st.sampled_from((None, *PURPOSES)), st.sampled_from((None, *CHANNELS, "whatsapp_message")), _TICKS),
    st.tuples(st.just("permit"), st.sampled_from(PERMISSION_ORDER), _TICKS),
    st.tuples(st.just("pause")),
    st.tuples(st.just("reopen")),
)  # fmt: skip
_STORIES = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), _ACTS), min_size=1, max_size=7)


class Play:
    """
    A story that is told to the service and to the model.
    """

    def __init__(self, office: Office) -> None:
        self.office, self.model, self.numbers = office, Model(), (phone(), phone())
        self.ids: dict[int, UUID] = {}  # under which each number was met, whoever it belongs to by now

    def act(self, who: int, later: int, act: tuple[Any, ...]) -> None:
        """
        One thing that is said, so many seconds after the last.
        """
        self.office.clock.advance(later * SECOND)
        getattr(self, act[0])(who, self.office.clock.now, *act[1:])
        self.note(who)

    def note(self, who: int) -> None:
        """
        Remembers under which id a number was met.
        """
        self.ids.setdefault(who, self.office.contact(self.numbers[who]))

    def agree(self, who: int, now: datetime, *act: Any) -> None:
        """
        A grant, or a double opt-in that is asked for; said up to three seconds ago.
        """
        purpose, channel, ago, lasts, pending = act
        at = now - ago * SECOND
        ends = None if lasts is None else at + lasts * SECOND
        self.office.write(
            consent(
                self.office.tenant,
                self.numbers[who],
                at=at,
                purpose=purpose,
                channels=(channel,),
                expires_at=ends,
                double_opt_in=pending,
            )
        )
        self.model.consents.append(Said(who, at, now, "pending" if pending else "granted", purpose, channel, ends))

    def withdraw(self, who: int, now: datetime, purpose: str | None, channel: str | None, ago: int) -> None:
        """
        A withdrawal of a purpose, a channel, both or everything: it ends consents and is a refusal.
        """
        at = now - ago * SECOND
        purposes, channels = ((purpose,) if purpose else None), ((channel,) if channel else None)
        self.office.write(
            withdrawal(self.office.tenant, self.numbers[who], at=at, purposes=purposes, channels=channels)
        )
        self.model.consents.append(Said(who, at, now, "withdrawn", purpose, channel))
        self.model.refusals.append(Said(who, at, now, "set", purpose, channel))

    def permit(self, who: int, now: datetime, state: str, ago: int) -> None:
        """
        Meta's permission; of a no, WhatsApp's stamp is a whole second and it counts from that second's end.
        """
        at = now - ago * SECOND
        ends = at + 4 * SECOND if state == "temporary" else None
        self.office.write(
            HearPermission(
                self.office.tenant,
                "test",
                (ref(self.numbers[who]),),
                (SENDER,),
                state,
                at,
                ends,
                False,
                None,
                "wamid.P",
            )
        )
        counts = at if state in ("permanent", "temporary") else min(at + SECOND - TICK, now)
        self.model.permissions.append(Said(who, counts, now, state, ends=ends))

    def pause(self, who: int, now: datetime) -> None:
        """
        No calls today: the entry says until when, and an end that somebody else computes is tested elsewhere.
        """
        self.office.write(reply(self.office.tenant, self.numbers[who], text="no me llamen hoy", at=now))
        told = self.office.timeline(self.numbers[who], limit=1)[0]["details"]
        self.model.refusals.append(Said(who, now, now, "set", ends=datetime.fromisoformat(told["until"])))

    def reopen(self, who: int, now: datetime) -> None:
        """
        START lifts what was refused of messages alone.
        """
        self.office.write(reply(self.office.tenant, self.numbers[who], text="START", at=now))
        self.model.refusals.append(Said(who, now, now, "lifted"))

    def merge(self) -> None:
        """
        An officer says that both numbers are one person's; who never said anything is met first.
        """
        for who, each in enumerate(self.numbers):
            self.office.write(reply(self.office.tenant, each, text="help", at=self.office.clock.now))
            self.note(who)
        one, other = (ref(self.ids[who]) for who in (0, 1))
        self.office.write(MergeContacts(self.office.tenant, "officer", one, other, "the same card"))
        self.model.merged = self.office.clock.now

    def differences(self) -> list[tuple[Any, ...]]:
        """
        The questions that the service answers otherwise than the model; all are asked of one snapshot.
        """
        questions = [(who, t, k) for who in self.ids for t in self.model.moments() for k in self.model.knowing()]
        looks = [InForce(self.office.tenant, self.ids[who], t, k) for who, t, k in questions]
        answers: Sequence[Any] = self.office.desk.run(self.office.desk.reader.read_together(looks))
        return [
            (who, t, k, shown(dict(found)), self.model.answer(who, t, k))
            for (who, t, k), found in zip(questions, answers, strict=True)
            if shown(dict(found)) != self.model.answer(who, t, k)
        ][:1]


def told(office: Office, story: list[Any], merged_after: int | None = None) -> Play:
    """
    A story that was told; after so many acts an officer says that the two numbers are one person's.
    """
    play = Play(office)
    for place, (who, later, act) in enumerate(story):
        play.act(who, later, act)
        if place == merged_after:
            play.merge()
    return play


def test_both_clocks_are_as_the_page_says(office: Office):
    """
    Whatever two people say, and whenever it is learnt: at every instant, and just before and after it, the service says what the model says.
    """

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_STORIES)
    def play(story: list[Any]) -> None:
        found = told(office, story).differences()

        assert found == []

    play()


def test_both_clocks_are_so_for_those_who_were_merged(office: Office):
    """
    The same where the two were found to be one person half-way: known as one from then on, and as two before.
    """

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_STORIES, st.integers(0, 6))
    def play(story: list[Any], merged_after: int) -> None:
        found = told(office, story, merged_after).differences()

        assert found == []

    play()
