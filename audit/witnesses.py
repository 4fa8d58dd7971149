"""
Asking witnesses for their word (c2sp.org/tlog-witness v1.0.0): the client of add-checkpoint.

A witness that is away, slow, mistaken or lying costs its cosignature and nothing else: that is told, and never raised.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import httpx

from audit.checkpoint import Checkpoint, consistency_body, parse_checkpoint
from audit.errors import NoteMalformed, SignatureMissing, SignatureWrong
from audit.exchange import Answered, Unanswered, post
from audit.note import parse_note, verified
from audit.quorum import Policy, PolicyWitness
from audit.witnessing.witness import SIZE

Proof: TypeAlias = Callable[[int], Awaitable[Sequence[bytes]]]

_LARGEST_ANSWER = 65_536
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


@dataclass(frozen=True, slots=True)
class Collected:
    """What the witnesses of a policy said about one checkpoint; each is called by its name in the policy."""

    lines: Mapping[str, str]  # one verified cosignature line each, with its line feed, as it goes below the checkpoint
    met: bool  # whether these are the quorum that the policy asks for
    faults: Mapping[str, str]  # a sentence for each witness without a line


class KnownSizes:
    """Which size each witness is known to have cosigned last, in memory; a witness that knows better says so."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[str, str], int] = {}

    def of(self, witness: PolicyWitness, origin: str) -> int:
        """The size last learnt, or 0."""
        return self._sizes.get((str(witness.key), origin), 0)

    def learn(self, witness: PolicyWitness, origin: str, size: int) -> None:
        """Remembers a size."""
        self._sizes[str(witness.key), origin] = size


class _Fault(Exception):
    """Why a witness gives no usable cosignature; it never leaves this module."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """One checkpoint on its way to all witnesses."""

    client: httpx.AsyncClient
    note: bytes
    text: str
    checkpoint: Checkpoint
    proof: Proof
    seconds: float
    sizes: KnownSizes
    one_at_a_time: asyncio.Lock


async def collect(
    client: httpx.AsyncClient,
    policy: Policy,
    checkpoint: bytes,
    *,
    proof: Proof,
    seconds: float,
    sizes: KnownSizes,
) -> Collected:
    """
    Asks every witness of the policy at the same time to cosign a signed checkpoint.

    ``proof(old)`` gives the consistency proof from ``old`` entries to the checkpoint, and is asked for one proof at a
    time; what it raises is raised.  ``seconds`` is the time for one question, of which a witness gets two at most.
    Raises NoteMalformed when ``checkpoint`` is none.
    """
    note = parse_note(checkpoint)
    asking = _Asking(client, checkpoint, note.text, parse_checkpoint(note.text), proof, seconds, sizes, asyncio.Lock())
    # Whatever goes wrong for one, the others are waited for: nothing goes on behind the caller's back.
    said = await asyncio.gather(*(_ask(asking, each) for each in policy.witnesses), return_exceptions=True)
    lines, faults = {}, {}
    for witness, answer in zip(policy.witnesses, said, strict=True):
        if isinstance(answer, _Fault):
            faults[witness.name] = f"The witness {witness.name} {answer}."
        elif isinstance(answer, BaseException):
            raise answer
        else:
            lines[witness.name] = answer
    return Collected(lines, policy.is_met(set(lines)), faults)


async def _ask(asking: _Asking, witness: PolicyWitness) -> str:
    """The witness's line for the checkpoint."""
    if witness.url is None:
        raise _Fault("has no address in the policy")
    tree = asking.checkpoint
    old = min(asking.sizes.of(witness, tree.origin), tree.size)
    answer = await _post(asking, witness.url, old)
    if answer.status == 409:
        old = _told(answer, old, tree)
        answer = await _post(asking, witness.url, old)
    if answer.status != 200:
        raise _Fault(f"refuses with status {answer.status}: {_quoted(answer.body)}")
    line = _verified(asking.text, witness, answer.body)
    asking.sizes.learn(witness, tree.origin, tree.size)
    return line


async def _post(asking: _Asking, url: str, old: int) -> Answered:
    tree = asking.checkpoint
    hashes: Sequence[bytes] = ()
    if 0 < old < tree.size:
        async with asking.one_at_a_time:
            hashes = await asking.proof(old)
    answer = await post(
        asking.client,
        f"{url.rstrip('/')}/add-checkpoint",
        consistency_body(old, hashes, asking.note),
        media_type="text/plain; charset=utf-8",
        largest=_LARGEST_ANSWER,
        seconds=asking.seconds,
    )
    if isinstance(answer, Unanswered):
        raise _Fault(answer.reason)
    return answer


def _told(answer: Answered, asked: int, tree: Checkpoint) -> int:
    """The size that the witness says it has cosigned last."""
    found = _SIZE.fullmatch(answer.body)
    if found is None or answer.media_type.partition(";")[0].strip() != SIZE:
        raise _Fault("refuses with status 409 and does not say which size it has cosigned")
    size = int(found[1])
    if size > tree.size:
        raise _Fault(f"has cosigned {size} entries already, and this checkpoint has {tree.size}; the log was cut")
    if size == asked:
        raise _Fault(f"says that it has cosigned {size} entries last, and refuses a proof from there")
    return size


def _verified(text: str, witness: PolicyWitness, body: bytes) -> str:
    """The first of the witness's own lines; lines by other keys are ignored, a wrong one of its own is a lie."""
    try:
        signatures = verified(parse_note(text.encode() + b"\n" + body), [witness.key])
    except (NoteMalformed, SignatureMissing, SignatureWrong) as error:
        raise _Fault(f"answers with no valid cosignature ({error})") from error
    return f"{signatures[0].line()}\n"


def _quoted(body: bytes) -> str:
    """The beginning of what somebody else wrote, on one line."""
    line = "".join(each if each.isprintable() else " " for each in body[:200].decode(errors="replace"))
    return line.strip(" .") or "it does not say why"
