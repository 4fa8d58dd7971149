"""
README.txt of a bundle: how to verify it without Venia, and what it does not prove.
"""

FULL, RANGE, DOSSIER = "full", "range", "dossier"

_HEAD = """\
EVIDENCE BUNDLE

Log:      {log}
Holds:    {holds}
Asked by: {asked_by} at {asked_at}, export {export}

This is part of an audit log in which every entry names the one before it and all entries are the leaves of a Merkle
tree (RFC 6962). The file "checkpoint" is the tree's size and root, signed (C2SP signed note, tlog-checkpoint).


HOW TO VERIFY

You need the log's verifier key (a line that begins with the log's name and a plus sign) from somewhere else than this
bundle: from your contract, from the tenant's settings, or from whom you trust. The keys in "keys/" are here for
convenience and prove nothing. Best keep the checkpoint of your last verification, too: with it, nothing that you have
seen before can have been cut off or rewritten without being noticed.

With Python 3.8 or newer, no network and nothing to install:

    python3 verify.py . 'VERIFIER KEY' --pin EARLIER_CHECKPOINT

    exit code 0: verified.  1: tampering, or invalid evidence.  2: it could not run.
    exit code 3: verified, but weaker than asked; without --pin, for example, a cut-off end cannot be noticed.

verify.py is text of a few hundred lines: read it, or take it from a source you trust instead of this bundle.

With Go (golang.org/x/mod/sumdb): note.Open(checkpoint, note.VerifierList(note.NewVerifier(key))), then
tlog.RecordHash for each entry and tlog.TreeHash for the root, or tlog.CheckRecord for a proof.

With OpenSSL 3, the signature alone, in a shell:

    KEY='VERIFIER KEY'
    NAME=$(printf %s "$KEY" | cut -d+ -f1)
    {{ printf MCowBQYDK2VwAyEA | base64 -d; printf %s "$KEY" | cut -d+ -f3- | base64 -d | tail -c 32; }} > key.der
    sed '/^$/,$d' checkpoint > checkpoint.text
    grep -F -- "— $NAME " checkpoint | head -n 1 | cut -d' ' -f3 | base64 -d | tail -c 64 > checkpoint.signature
    openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in checkpoint.text -sigfile checkpoint.signature
"""
_STAMP = """
The time-stamp (RFC 3161), with a certificate of its authority that you trust:

    openssl ts -verify -data checkpoint -in tsa/{size}.tsr -CAfile AUTHORITY.pem
"""
_FILES = """

WHAT IS IN IT

    checkpoint, checkpoints/   signed tree heads: the one that covers everything here, and earlier ones
    tile/, entries/            the entries as they were hashed, and hashes of those that are not here
    proofs/                    that single entries are in the tree; that the tree extends earlier ones
    meta/                      that the checkpoint was published in the deployment's meta-log
    tsa/                       a time-stamp over the file "checkpoint"
    disclosures/               personal fields, each of which its entry commits to by a digest (SD-JWT, RFC 9901)
    view/entries.jsonl         the entries to read; derived, and compared with them by verify.py
    manifest.json              what was asked for, and the SHA-256 of every other file, signed with the log's key

Not every bundle has all of these.


WHAT IS NOT PROVEN

  * That what was recorded is true. The log shows what was recorded, in which order, and that it was not changed.
  * Anything after entry {last}: this checkpoint does not cover it.
  * The time of an entry, beyond this: it was recorded before any witness, time-stamp or other person saw a checkpoint
    that holds it, and after they saw one that does not. The times within the entries are the operator's word.
  * That nobody was shown another history, unless witnesses cosigned, or you compare checkpoints with other people.
"""
_SELECTION = """\
  * Completeness. This is a selection: each entry in it is proven, but not that there are no others about this person.
    Only a bundle of all entries shows that.
"""
_OUTSIDE = """\
  * What the entries outside of the range say; that they were there, and how many, is proven.
"""
_PRUNED = """\
  * What the entries before {pruned} say: their bodies were pruned by retention, and an entry "log.pruned" in the log says
    so. That they were there, and which they were, is still proven to whoever has kept one.
"""
_DISCLOSED = """\
  * That nothing personal was left out, unless verify.py is asked with --disclosed; "WITHHELD" is then a field that is
    not shown although nobody erased the person.
"""


def readme(kind: str, asked: dict[str, object], *, stamped: bool, pruned: int = 0) -> bytes:
    """The text, in UTF-8, for a bundle of this kind and the members of its manifest."""
    holds = {
        FULL: "all {size} entries, from 0 to {last}",
        RANGE: "the entries from {from} to before {to}, of {size}",
        DOSSIER: "the entries about the contact {contact}, out of {size}",
    }[kind]
    size = asked["size"]
    values = {**asked, "last": int(str(size)) - 1, "pruned": pruned}
    parts = [_HEAD, _STAMP if stamped else "", _FILES]
    parts += [_SELECTION] if kind == DOSSIER else [_OUTSIDE] if kind == RANGE else []
    parts += [_PRUNED] if pruned else []
    parts += [_DISCLOSED] if asked["disclose"] else []
    return "".join(parts).format(**values, holds=holds.format(**values)).encode()
