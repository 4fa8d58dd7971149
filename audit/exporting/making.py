"""
Making one export: a bundle, a dossier, CSV or NDJSON, from what is stored.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from audit.errors import BrokenChain, EntriesPruned, EvidenceBroken, EvidenceError
from audit.exporting.archive import Archive, Draft, Finished
from audit.exporting.bundle import Bundle, Words, write_range
from audit.exporting.cover import Cover, Patience, find_cover
from audit.exporting.dossier import write_dossier
from audit.exporting.people import write_csv, write_ndjson
from audit.exporting.reading import ReadDataKeys, Source, Watch
from audit.exporting.records import Export
from audit.exporting.report import Copyist, Gathered, Reporter, gather
from audit.exporting.requests import ACCESS, BUNDLE, CSV, SPOKEN
from audit.quorum import parse_policy
from audit.reader import Snapshots
from audit.signing import LogKey
from audit.tenants import KeyRing
from audit.timestamps import request_token


@dataclass(frozen=True, slots=True)
class Authority:
    """Who dates checkpoints (RFC 3161)."""

    url: str
    client: httpx.AsyncClient


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, the number of entries in it, and what there is to remark."""

    file: Finished
    total: int
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """
    What exports are made with.

    ``data_keys`` reads people's data keys, ``log_keys`` gives the keys that sign for a log now, ``policy`` the text of the C2SP
    tlog-policy where witnesses are configured.
    """

    snapshots: Snapshots
    ring: KeyRing
    data_keys: ReadDataKeys
    log_keys: Callable[[str], Sequence[LogKey]]
    policy: str | None = None
    authority: Authority | None = None
    patience: Patience = field(default_factory=Patience)
    reporter: Reporter | None = None
    copyist: Copyist | None = None

    async def make(self, export: Export, draft: Draft, watch: Watch) -> Made:
        """
        Writes the export and puts it in its place.

        Raises EvidenceError, BrokenChain or KeyUnusable when there is none to be had that holds, and OSError.
        """
        source, seen = Source(self.snapshots, self.ring, self.data_keys, export), _Seen(watch)
        pruned = await source.pruned()
        try:
            return await self._made(source, draft, seen)
        except BrokenChain:
            # Bodies that went while they were read are not there, which is no fault of the log.
            if await source.pruned() > pruned:
                raise EntriesPruned(await source.pruned()) from None
            raise

    async def _made(self, source: Source, draft: Draft, seen: "_Seen") -> Made:
        export = source.export
        # Without an end, all that was there when it was asked for, and the asking.
        end = export.entry_index + 1 if export.end is None else export.end
        if export.format == BUNDLE:
            remark = await self._bundle(source, draft, seen)
        elif export.format in SPOKEN:
            remark = await self._report(source, draft, end, seen)
        else:
            remark = None
            await (write_csv if export.format == CSV else write_ndjson)(source, draft.file, end, seen)
        return Made(await asyncio.to_thread(draft.finish), seen.done, remark)

    async def _report(self, source: Source, draft: Draft, end: int, watch: Watch) -> str | None:
        if self.reporter is None:
            raise EvidenceBroken("nobody is there to write reports")
        cover = await find_cover(self.snapshots, source.export, policy=None, patience=self.patience)
        gathered = await gather(source, cover, end, watch)
        write = self._copy if source.export.format == ACCESS else self._pdf
        return await write(gathered, self.reporter, draft)

    async def _pdf(self, gathered: Gathered, reporter: Reporter, draft: Draft) -> str | None:
        written, remark = await reporter(gathered, self.snapshots)
        draft.file.write(written)
        return remark

    async def _copy(self, gathered: Gathered, reporter: Reporter, draft: Draft) -> str | None:
        """What is held about a person: to read, for programs, and apart what they gave."""
        if self.copyist is None:
            raise EvidenceBroken("nobody is there to tell what is held about people")
        shown, files = await self.copyist(gathered, self.snapshots)
        written, remark = await reporter(shown, self.snapshots)
        archive = Archive(draft.file)
        try:
            for name, content in {**files, "report.pdf": written}.items():
                archive.add(name, content)
            archive.close("access.json")
        finally:
            archive.abandon()
        return remark

    async def _bundle(self, source: Source, draft: Draft, watch: Watch) -> str | None:
        export = source.export
        parsed = None if self.policy is None else parse_policy(self.policy)
        cover = await find_cover(self.snapshots, export, policy=parsed, patience=self.patience)
        keys = self.log_keys(export.origin)
        if not {each.vkey for each in cover.keys} & {key.verifier() for key in keys}:
            raise EvidenceBroken("the key at hand has not signed for this log; is it the right signing secret?")
        token, remark = await self._token(cover)
        witnesses = [] if parsed is None else [str(each.key) for each in parsed.witnesses]
        words = Words(self._own_policy(cover), witnesses, token)
        bundle = Bundle(draft, source, cover)
        try:
            write = write_range if export.contact is None else write_dossier
            asked = await write(bundle, watch)
            await asyncio.to_thread(bundle.finish, asked, keys, words)
        finally:
            bundle.close()
        return remark

    async def _token(self, cover: Cover) -> tuple[bytes | None, str | None]:
        """A time-stamp over the checkpoint; evidence holds without one, so that its absence is only remarked."""
        if self.authority is None:
            return None, None
        try:
            return await request_token(self.authority.client, self.authority.url, cover.checkpoint.note), None
        except EvidenceError as error:
            return None, f"There is no time-stamp in the bundle. {error}"

    def _own_policy(self, cover: Cover) -> str | None:
        """The policy without the logs of others: whoever is given the bundle has no business with them."""
        if self.policy is None:
            return None
        ours = {cover.checkpoint.origin, *(key.origin for key in cover.meta_keys)}
        lines = self.policy.splitlines(keepends=True)
        return "".join(line for line in lines if not _is_log(line) or _log_name(line) in ours)


class _Seen:
    """Passes progress on, and remembers how far it came."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.done = 0

    async def __call__(self, done: int, total: int) -> None:
        self.done = done
        await self._watch(done, total)


def _is_log(line: str) -> bool:
    return line.split()[:1] == ["log"]


def _log_name(line: str) -> str:
    return line.split()[1].partition("+")[0]
