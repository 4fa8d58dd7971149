"""
Verifies a Venia evidence bundle offline: Python 3.8 or newer, standard library only, no code shared with its writer.

    python3 verify.py DIR VKEY[,VKEY] [--pin CHECKPOINT] [--witness VKEY] [--quorum K] [--meta VKEY] [--disclosed]

Keys and pins MUST come from elsewhere than DIR.  Exit code: 0 verified, 1 tampering or invalid evidence, 2 could not
run, 3 verified but weaker than asked.  Formats: C2SP notes, checkpoints, cosignatures, tiles, proofs; RFC 6962, 9901.
"""
from __future__ import annotations
import argparse, base64, json, os, re, stat, struct, sys
from collections import Counter, namedtuple
from functools import lru_cache, reduce
from hashlib import sha256, sha512
class Bad(ValueError): """Evidence that does not hold: kind, first entry concerned (None if it is no entry), why."""
MALFORMED, VIEW = (ValueError, LookupError, TypeError, AttributeError, RecursionError), "view/entries.jsonl"
NUMBER, ABSENT = "(0|[1-9][0-9]{0,17})", (FileNotFoundError, IsADirectoryError, NotADirectoryError)
# --- 1. Ed25519 (RFC 8032 5.1): cofactorless, S < L, canonical points, no key of low order ---------------------------
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, I = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)
BASE = (4 * pow(5, P - 2, P) % P).to_bytes(32, "little")
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P
@lru_cache(maxsize=64)
def doubles(key):  # the key's point times 1, 2, 4 ... 2**252; ValueError if it is none
    sign, y = divmod(int.from_bytes(key, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * I % P
    points = [(x, y, 1, x * y % P)] if x & 1 == sign else [(P - x, y, 1, (P - x) * y % P)]
    for _ in range(252): points.append(add(points[-1], points[-1]))
    if len(key) != 32 or y >= P or (x * x - square) % P or points[3][0] == 0: raise ValueError("it is no Ed25519 key")
    return points
def is_signed(key, message, signature):
    k, s = sha512(signature[:32] + key + message).digest(), int.from_bytes(signature[32:], "little")
    chosen = lambda n, points: [point for at, point in enumerate(points) if n >> at & 1]
    minus = [(P - x, y, z, P - t) for x, y, z, t in chosen(int.from_bytes(k, "little") % L, doubles(key))]
    x, y, z, _ = reduce(add, chosen(s, doubles(BASE)) + minus, (0, 1, 1, 0))
    x, y = (each * pow(z, P - 2, P) % P for each in (x, y))
    return len(signature) == 64 and s < L and (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]
# --- 2. Verifier keys, signed notes, checkpoints, proofs; ValueError says what is wrong with one ---------------------
Key = namedtuple("Key", "name kind id public")  # kind 1 signs notes, kind 4 cosigns checkpoints
Checkpoint = namedtuple("Checkpoint", "size root text witnesses")  # witnesses: name -> seconds since 1970
def unbase64(text):
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text: raise ValueError("its base64 is not canonical")
    return raw
def read_key(text: str, kind: int) -> Key:
    name, number, encoded = (*text.strip().split("+", 2), "", "")[:3]
    raw = unbase64(encoded)
    if raw[:1] != bytes([kind]) or number != sha256(name.encode() + b"\n" + raw).hexdigest()[:8] or not name.split():
        raise ValueError("it is no Ed25519 verifier key of type %d: %s" % (kind, text))
    return doubles(raw[1:]) and Key(name, kind, bytes.fromhex(number), raw[1:])
def open_note(data, keys):  # its text, and (key, payload) of each signature by these keys: all MUST be right
    text, _, rest = data.decode().rpartition("\n\n")
    lines, text, known = rest.split("\n"), text + "\n", []
    if text == "\n" or re.search("[\0-\x09\x0b-\x1f]", text + rest) or lines.pop() or not 0 < len(lines) <= 100:
        raise ValueError("it is no signed note")
    for line in lines:
        _, name, encoded = line.split(" ") if re.fullmatch(r"— [^\s+]+ \S{8,}", line) else ("", "", "malformed")
        raw = unbase64(encoded)
        for key in (key for key in keys if (key.name, key.id) == (name, raw[:4])):
            stamp = b"cosignature/v1\ntime %d\n" % int.from_bytes(raw[4:12], "big") if key.kind == 4 else b""
            if not is_signed(key.public, stamp + text.encode(), raw[12 if stamp else 4:]) or stamp and raw[4] > 127:
                raise ValueError("the signature by %s is wrong" % name)
            known.append((key, raw[4:]))
    return text, known
def open_checkpoint(data, keys, anonymous=False):
    """A checkpoint of the first key's log; one of the keys of kind 1 MUST have signed unless it may be anonymous."""
    text, known = open_note(data, keys)
    origin, size, root, *more = text.split("\n")
    if origin != keys[0].name or not re.fullmatch(NUMBER, size) or len(unbase64(root)) != 32 or "" in more[:-1]:
        raise ValueError("it is no checkpoint of " + keys[0].name)
    if not anonymous and all(key.kind != 1 for key, _ in known): raise ValueError("the key given did not sign it")
    witnesses = {key.name: int.from_bytes(raw[:8], "big") for key, raw in known if key.kind == 4}
    return Checkpoint(int(size), unbase64(root), text, witnesses)
def read_proof(data, first=r"c2sp\.org/tlog-proof@v1\n(?:extra .*\n)?index "):
    """The number in its head, its hashes and its note: of a tlog-proof, or with "old " of an add-checkpoint body."""
    head, _, note = data.partition(b"\n\n")
    found = re.fullmatch(first + NUMBER + r"((?:\n[A-Za-z0-9+/=]+)*)", head.decode())
    if not found: raise ValueError("it is no proof")
    return int(found[1]), [unbase64(line) for line in found[2].split()], note
# --- 3. The tree (RFC 6962 2.1); a stack holds perfect subtrees as (level, position, hash), left to right ------------
def leaf_of(body): return sha256(b"\0" + body).digest()
def node(left, right): return sha256(b"\1" + left + right).digest()
def pushed(stack, more):
    stack = list(stack)
    for level, at, top in more:
        while at & 1 and stack and stack[-1][0] == level: level, at, top = level + 1, at >> 1, node(stack.pop()[2], top)
        stack.append((level, at, top))
    return stack
def root_of(stack):
    return reduce(lambda right, left: node(left[2], right), stack[-2::-1], stack[-1][2]) if stack else sha256().digest()
def top_of(hashes):  # the hash over 2**k hashes; a copy of a begun hash is faster than a new one
    begun = sha256(b"\1")
    while len(hashes) > 1:
        above = []
        for left, right in zip(hashes[::2], hashes[1::2]):
            each = begun.copy(); each.update(left); each.update(right); above.append(each.digest())
        hashes = above
    return hashes[0]
def climb(low, high, path, inner, turns):
    """Where a path leads: a hash on the left joins both ends, one on the right the higher; None for a wrong length."""
    if len(path) != inner + bin(turns >> inner).count("1") or {*map(len, path)} - {32}: return None
    for level, other in enumerate(path):
        left = level >= inner or turns >> level & 1
        low, high = node(other, low) if left else low, node(other, high) if left else node(high, other)
    return low, high
def included(leaf, index, size, path):
    return index < size and (climb(leaf, leaf, path, (index ^ size - 1).bit_length(), index) or (0, 0))[1]
def consistent(old, new, path, root):  # for 0 < old < new
    shift = (old & -old).bit_length() - 1
    inner, first = (old - 1 ^ new - 1).bit_length() - shift, [root] if old == 1 << shift else path[:1]
    return first and climb(first[0], first[0], path[old != 1 << shift:], inner, old - 1 >> shift)
# --- 4. Entries: (a) form and log, (b) place, (c) leaf, (d) predecessor, (e) time ------------------------------------
ENTRY = re.compile(rb"venia-entry/v1\n(\S+)\n(0|[1-9]\d{0,17})\n([A-Za-z0-9+/]{43}=)"
                   rb"(\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\n)[-0-9a-f]{36}\n\{[^\n]*\}\n")
DIGITS, HEX = bytes.maketrans(b"123456789", b"0" * 9), bytes.maketrans(b"123456789abcdef", b"0" * 15)
EVENT, SD = b"00000000-0000-0000-0000-000000000000\n{", re.compile(rb'"sd":\[([^\]]*)')
OWN = rf"(checkpoint|README\.txt|verify\.py|{re.escape(VIEW)})\Z|(checkpoints|disclosures|entries|keys|meta|tile|tsa)/"
Job = namedtuple("Job", "folder origin size low high begin end pins shown strict view")  # tiles [begin, end)
class Seen:
    """What a scan leaves: little, and the same whether one scan read everything or several did and are joined."""
    def __init__(self):
        self.stack, self.pins, self.bad, self.at, self.erased = [], {}, None, None, set()
        self.count, self.withheld = Counter(), Counter()  # withheld: contact -> fields not shown, until it is erased
        self.view, self.unlike = 0, None  # the offset in the view, and the first entry of which it says something else
    def join(self, more):
        self.pins.update({size: pushed(self.stack, stack) for size, stack in more.pins.items()})
        self.stack, self.bad, self.view = pushed(self.stack, more.stack), more.bad, more.view
        self.unlike = more.unlike if self.unlike is None else self.unlike
        for contact in more.erased: self.count["erased"] += self.withheld.pop(contact, 0)
        self.count.update(more.count); self.withheld.update(more.withheld)
    def compare(self, job, pairs, view):  # holds the next lines of the view against these entries
        for i, body in () if job.view is None or self.unlike is not None else pairs:
            at = len(job.origin) + len(str(i)) + 62  # where its time begins
            line = b'{"index":%d,"recorded_at":"%b","event_id":"%b","payload":%b}\n' % (
                i, body[at:at + 27], body[at + 28:at + 64], body[at + 65:-1])
            if view.read(len(line)) != line: self.unlike = i; break
    def entry(self, job, i, body):  # accounts for the personal fields of an entry (RFC 9901 4.2)
        sought = job.strict or i in job.shown or b'"sd":[' in body or b'"contact.erased"' in body
        told, texts = parsed(body.split(b"\n")[-2]) if sought else {}, []
        if i in job.shown: texts, _ = parsed(read(job, "disclosures/%d.json" % i, i)), self.count.update(files=1)
        shown = {base64.urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=") for text in texts}
        who, digests = told.get("contact"), {*told.get("sd", ())}
        if type(texts) is not list or not shown <= digests: raise ValueError("it does not commit to what is disclosed")
        (self.withheld if job.strict else self.count)[who if job.strict else "hidden"] += len(digests - shown)
        if told.get("event") == "contact.erased":
            self.erased.add(who); self.count["erased"] += self.withheld.pop(who, 0)
def parsed(data):  # JSON as RFC 8785 spells it, so that all read alike; a number without end takes time without end
    told = json.loads(data, parse_int=lambda digits: int(digits[:25]), parse_float=int, parse_constant=int)
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if line != data.strip(): raise ValueError("its JSON is not canonical")
    return told
def read(job, path, i=None):
    try:
        with open(os.path.join(job.folder, path), "rb", 0) as file: return file.read()
    except ABSENT as error: raise Bad("missing", i, path + " is not in the bundle") from error
def tile(job, level, n):  # its bytes, none if it is not in the bundle
    high, path, width = n // 1000, "%03d" % (n % 1000), min(256, job.size - 256 * n)
    while high: high, path = high // 1000, "x%03d/%s" % (high % 1000, path)
    try: return read(job, "tile/%s/%s%s" % (level, path, "" if width == 256 else ".p/%d" % width))
    except Bad: return b""
def bodies(job, n, data):  # (index, bytes) of the entries of a tile, or of single files as far as the range goes
    at, first, end = 0, 256 * n, min(256 * n + 256, job.size)
    for i in range(first, end) if data else range(max(first, job.low), min(end, job.high)):
        if data and at == len(data): raise Bad("missing", i, "its tile ends before it")
        stop = at + 2 + int.from_bytes(data[at:at + 2], "big")
        body, at = (data[at + 2:stop], stop) if data else (read(job, "entries/%d" % i, i), 0)
        yield i, body
    if at != len(data): raise Bad(*("inserted", end) if at < len(data) else ("altered", end - 1), "its tile ends amiss")
def header(job, i):  # what the entry in place i says of itself, or None
    try: return next(ENTRY.match(body) for at, body in bodies(job, i // 256, tile(job, "entries", i // 256)) if at == i)
    except (Bad, StopIteration): return None
def misplaced(job, i, said):
    """Entry `said` stands in place i: asking who stands in whose place leads back to i if they only changed places."""
    at, steps, after = said, 0, header(job, i + 1)
    while at != i and steps < 1000 and header(job, at): at, steps = int(header(job, at)[2]), steps + 1
    alone = i + 1 == job.high or after and int(after[2]) == i + 1
    kind = "reordered" if at == i else "altered" if alone else "missing" if said > i else "inserted"
    return Bad(kind, i, "an entry that says it is number %d stands in its place" % said)
def check(job, i, body, link, time, leaf):  # its hash and time; link: the hash before it, leaf: its own, or None
    found, own, fits = ENTRY.fullmatch(body), leaf_of(body), base64.b64encode(link or b"")
    if not found or found[1] != job.origin: raise Bad("altered", i, "it is no entry of this log")  # (a)
    if int(found[2]) != i: raise misplaced(job, i, int(found[2]))  # (b)
    if leaf not in (None, own): raise Bad("altered", i, "its hash is not that in the tree")  # (c)
    if link is not None and fits != found[3]:  # (d); its own link is at fault if the next entry knows it mended
        after, mended = header(job, i + 1), leaf_of(body.replace(found[3], fits, 1))
        itself = i == 0 or after and after[3] == base64.b64encode(mended)
        raise Bad("altered", i if itself else i - 1, "its hash is not what the next entry says")
    if found[4] < time: raise Bad("altered", i, "it was recorded before the entry in front of it")  # (e)
    return own, found[4]
def fast(job, first, width, data, link, time):  # what (a) to (e) give of a tile if they plainly hold: it saves time
    head = b"venia-entry/v1\n%b\n" % job.origin
    top, ends, hashes, heads, begun = len(head) + len(b"%d\n" % first), [0], [], [], sha256(b"\0" + head)
    at, skip, stop, find = 0, len(head) + 2, top + 2 + 44 + 29 + 38, data.find
    try:
        for _ in range(width):  # An entry ends where its payload's line does; its head is cut with the end before it.
            end = find(10, at + stop) + 1
            leaf = begun.copy(); leaf.update(data[at + skip:end]); hashes.append(leaf.digest())
            heads.append(data[at - 2:at + stop]); ends.append(end); at = end
        heads[0], sizes = b"}\n" + data[:stop], struct.pack(">%dH" % width, *map(lambda a, b: b - a - 2, ends, ends[1:]))
        columns = struct.unpack("2s2s%ds44s29s38s" % top * width, b"".join(heads))
        links = bytearray(base64.b64encode(b"\0".join([link or unbase64(columns[3].decode()), *hashes[:-1], b""])))
    except (IndexError, ValueError, struct.error): return None
    links[43::44], times = b"=" * width, [time, *columns[4::6]]
    tails, lengths, starts, found, clocks, events = (b"".join(columns[at::6]) for at in range(6))
    good = found == links and events.translate(HEX) == EVENT * width and times == sorted(times) and sizes == lengths
    good = good and starts == (head.replace(b"%", b"%%") + b"%d\n") * width % (*range(first, first + width),)
    good = good and clocks.translate(DIGITS) == b"\n0000-00-00T00:00:00.000000Z\n" * width and end == len(data)
    return (hashes, times[-1]) if good and tails + data[-2:] == b"}\n" * (width + 1) else None
def walk(job, seen, view):  # checks the entries of the job's tiles, in memory that does not grow with them
    link, time = None if job.begin else bytes(32), b""
    for n in range(max(0, job.begin - 1), job.end):  # The tile before is read for its last hash and time.
        first, width, data = 256 * n, min(256, job.size - 256 * n), tile(job, "entries", n)
        raw, done = b"" if data else tile(job, "0", n), data and fast(job, first, width, data, link, time)
        if not data and len(raw) != 32 * width: raise Bad("missing", first, "its tile is not in the bundle")
        hashes = done[0] if done else [raw[at:at + 32] for at in range(0, len(raw), 32)]
        for i, body in () if done else bodies(job, n, data):
            before, known = hashes[i - first - 1] if i > first else link, hashes[i - first] if raw else None
            leaf, time = check(job, i, body, before, time, known)
            if data: hashes.append(leaf)
        link, time = hashes[-1], done[1] if done else time
        if n < job.begin: continue
        leaves = lambda end: [(0, first + at, leaf) for at, leaf in enumerate(hashes[:end])]
        for pin in job.pins.get(n, ()): seen.pins[pin] = pushed(seen.stack, leaves(pin - first))
        seen.stack = pushed(seen.stack, [(8, n, top_of(hashes))] if width == 256 else leaves(width))
        inside = range(max(first, job.low), max(first, job.low, min(first + width, job.high)))
        seen.count["entries"] += len(inside); seen.count["files"] += 1 if data else len(inside)
        seen.compare(job, bodies(job, n, data), view)
        if job.strict or not data or job.shown and not job.shown.isdisjoint(inside):
            for seen.at, body in bodies(job, n, data): seen.entry(job, seen.at, body)
        elif b"[" in data: seen.count["hidden"] += sum(found.count(b'"') // 2 for found in SD.findall(data))
def pick(job, seen, view, head, told):  # a selection, each entry by its own proof
    at, link, time, about = -1, bytes(32), b"", told.get("contact")
    for seen.at in sorted(int(path[8:]) for path in told["files"] if re.fullmatch("entries/" + NUMBER, path)):
        i = seen.at
        body, (index, path, note) = read(job, "entries/%d" % i, i), read_proof(read(job, "proofs/%d.tlog-proof" % i, i))
        root = included(leaf_of(body), i, job.size, path)
        if (index, root) != (i, head.root) or not note.startswith(head.text.encode() + b"\n"):
            raise Bad("altered", i, "its proof does not lead to the checkpoint")
        (link, time), at = check(job, i, body, link if at == i - 1 else None, time, None), i
        if parsed(body.split(b"\n")[-2]).get("contact", about) != about: raise Bad("inserted", i, "it is about another")
        seen.count.update(entries=1, files=1); seen.entry(job, i, body); seen.compare(job, [(i, body)], view)
def scan(job: Job, how=walk, *given) -> Seen:  # what there is to see on a walk, and why it ended early if it did
    seen = Seen()
    try:
        with open(os.devnull if job.view is None else os.path.join(job.folder, VIEW), "rb") as view:
            view.seek(job.view or 0); how(job, seen, view, *given); seen.view = view.tell()
    except MALFORMED as error: seen.bad = error.args if isinstance(error, Bad) else ("altered", seen.at, str(error))
    return seen
# --- 5. The bundle, and the verdict ----------------------------------------------------------------------------------
Report = namedtuple("Report", "code entries findings told")  # findings: (kind, first entry, why); told: (mark, text)
def open_manifest(data, keys, size):  # what the log's key signed: the hash of this line without the note
    before, note, after = re.split(rb'("note":"[^"]*"),', data)  # Nothing else is read before its signature is checked.
    text, known = open_note(json.loads(b"{%b}" % note)["note"].encode(), keys)
    if not known or text != "venia-manifest/v1\n%s\n%s\n" % (keys[0].name, sha256(before + after).hexdigest()):
        raise ValueError("it is not what the log's key signed")
    told = parsed(data)
    if told["version"] != "venia-bundle/v1": raise OSError("this verifier does not read %a" % told["version"])
    kind, low, high, types = told["kind"], told["from"], told["to"], {type(told[i]) for i in ("from", "to", "size")}
    whole = kind == "range" or kind in ("full", "dossier") and (low, high) == (0, size)
    if not (whole and types == {int} and 0 <= low <= high <= size == told["size"] and told["log"] == keys[0].name
            and (type(told["files"]), type(told["disclose"])) == (dict, list)):
        raise ValueError("it describes another bundle")
    return told
def open_meta(job, path, text, keys):  # the checkpoint of the meta-log whose tree has the log's checkpoint as a leaf
    index, hashes, note = read_proof(read(job, path))
    tree = open_checkpoint(note, keys)
    if path != "meta/%d.tlog-proof" % index or tree.root != included(leaf_of(text.encode()), index, tree.size, hashes):
        raise ValueError("it does not lead to the meta-log's checkpoint")
    return tree
def open_pin(job, label, data, keys):  # size, root, label, whether given; if not, its key may be unknown
    tree = open_checkpoint(read(job, label) if data is None else data, keys, anonymous=data is None)
    if data is None and label != "checkpoints/%d" % tree.size: raise ValueError("it is of size %d" % tree.size)
    return tree.size, tree.root, "%s of size %d" % (label, tree.size), data is not None
def extends(job, path, size, root, head):  # whether the tree grew out of that root, for a dossier has none
    old, hashes, _ = read_proof(read(job, path), "old ")
    return old == size and consistent(size, head.size, hashes, root) == (root, head.root)
def names_in(folder):  # every file; OSError for a link or a pipe, which lead anywhere, and for what no memory can hold
    def fail(error): raise error
    for at, folders, names in os.walk(folder, onerror=fail):
        for path in (os.path.join(at, name) for name in folders + names):
            found, name = os.lstat(path), os.path.relpath(path, folder).replace(os.sep, "/")
            longest = {VIEW: 2**62, "manifest.json": 2**28}.get(name, 2**25)  # bytes; a tile of entries has half
            if stat.S_ISREG(found.st_mode) and found.st_size <= longest: yield name
            elif not stat.S_ISDIR(found.st_mode): raise OSError("%a is a link, a device or absurdly long" % name)
def verify(folder, keys, pins=(), witnesses=(), quorum=None, meta=(), disclosed=False, spread=None) -> Report:
    """The verdict; pins are (label, bytes), spread scans a job in ordered parts if given; OSError if it cannot run."""
    bad, said = [], []
    def attempt(what, function, *given):
        try: return function(*given)
        except MALFORMED as error:
            bad.append(error.args if isinstance(error, Bad) else ("altered", None, "%s: %s" % (what, error)))
    if (quorum or 0) < 0 or len({key.public for key in witnesses}) < len({*witnesses}):
        raise ValueError("a quorum is not below 0, and one key is one witness, whatever its names")
    here = {*names_in(folder)}
    if not here & {"checkpoint", "manifest.json"}: raise OSError("there is no evidence bundle in " + folder)
    # (1) The log's key signed the checkpoint and the list of files; tiles of entries and their view are proven by (2).
    job = Job(folder, keys[0].name.encode(), 0, 0, 0, 0, 0, {}, frozenset(), False, None)
    head = attempt("checkpoint", lambda: open_checkpoint(read(job, "checkpoint"), [*keys, *witnesses]))
    told = head and attempt("manifest.json", lambda: open_manifest(read(job, "manifest.json"), keys, head.size))
    if not told: return Report(1, 0, bad, [("NOT PROVEN", "anything about this log")])
    listed, there, dossier = {*told["files"]}, sorted(here & {*told["files"]}), told["kind"] == "dossier"
    lost = [path for path in sorted(listed - here) if path.startswith("disclosures/")]
    bad += [("inserted", None, path + " is not in the manifest") for path in sorted(here - listed - {"manifest.json"})]
    bad += [("missing", None, path + " is not in the bundle") for path in sorted(listed - here - {*lost})]
    bad += [("altered", None, path + " is not what is listed") for path in there if path != VIEW
            and path[:13] != "tile/entries/" and sha256(read(job, path)).hexdigest() != told["files"][path]]
    # (2) Every entry is in its place, and every file about entries is about one that is shown.
    pinned = [*pins, *((path, None) for path in there if path.startswith("checkpoints/"))]
    trees = [tree for tree in (attempt(label, open_pin, job, label, data, keys) for label, data in pinned) if tree]
    for size in {size for size, *_ in trees}: job.pins.setdefault((size - 1) // 256, []).append(size)
    job, seen = job._replace(
        size=head.size, low=told["from"], high=told["to"],
        end=min(-(-head.size // 256), 1 + sum(path.startswith("tile/") for path in there)),  # One of these is missing.
        shown=frozenset(int(path[12:-5]) for path in there if re.fullmatch(r"disclosures/%s\.json" % NUMBER, path)),
        strict=disclosed or told["disclose"] == ["*"], view=0 if VIEW in there else None), Seen()
    for part in [scan(job, pick, head, told)] if dossier else spread(job) if spread else [scan(job)]:
        seen.join(part)
        if seen.bad: break
    about = sum(path.startswith(("entries/", "tile/entries/", "disclosures/")) for path in listed - {*lost})
    if seen.bad: bad.insert(0, seen.bad)
    elif seen.count["files"] != about: bad.append(("inserted", None, "files of other entries are in the manifest"))
    # (3) The checkpoint and every pin are of one history.
    roots = {size: root_of(stack) for size, stack in seen.pins.items()}
    if not seen.bad: roots.update({0: root_of([]), head.size: head.root if dossier else root_of(seen.stack)})
    for size, root, *_ in trees if dossier else ():
        path = "proofs/consistency/%d-%d" % (size, head.size)
        if path in there and 0 < size < head.size:
            roots[size] = root if attempt(path, extends, job, path, size, root, head) else None
    trees = sorted([*trees, (head.size, head.root, "checkpoint", False)])
    known = {size for size, root, *_ in trees if roots.get(size) == root}
    for size, root, why, given in trees:
        if size > head.size and not (dossier and given): bad.append(("truncated", head.size, why + " has more"))
        elif roots.get(size, root) != root:
            bad.append(("forked", max([0, *(good for good in known if good < size)]), why + " is of another history"))
            break
        elif dossier and given and size not in roots: said.append(("WEAK", "PIN NOT COMPARED: nothing leads to " + why))
        elif dossier and size not in roots: bad.append(("missing", None, "nothing leads to " + why))
    tail = max([0, *(size for size, _, _, given in trees if given and size in known)])
    if seen.unlike is not None: bad.append(("altered", seen.unlike, VIEW + " says something else of it"))
    elif VIEW in there and not seen.bad and seen.view != os.path.getsize(os.path.join(folder, VIEW)):
        bad.append(("inserted", None, VIEW + " goes on behind the last entry"))
    # (4) Others have seen the checkpoint.
    proofs, cosigned = [path for path in there if path.startswith("meta/")], dict(head.witnesses)
    for tree in (attempt(path, open_meta, job, path, head.text, [*meta, *witnesses]) for path in proofs if meta):
        cosigned.update(tree.witnesses if tree else {})
    strange = [path for path in there if not re.match(OWN + "|proofs/" * dossier, path)]
    # (5) What is weaker than asked, what is proven, and what is not.
    entries, hidden, erased = (seen.count[what] for what in ("entries", "hidden", "erased"))
    need, withheld, ok = len(witnesses) if quorum is None else quorum, sum(seen.withheld.values()), not bad
    said += [(mark, text) for mark, case, text in (
        ("WEAK", not entries, "NOTHING TO VERIFY: there are no entries"),
        ("WEAK", not tail, "TAIL NOT PINNED: no earlier checkpoint was given; a longer or other history may be hidden"),
        ("WEAK", len(cosigned) < need, "QUORUM UNMET: %d of %d witnesses cosigned" % (len(cosigned), need)),
        ("WEAK", meta and not proofs, "NOT IN THE META-LOG: the bundle has no proof of it"),
        ("WEAK", strange, "NOT CHECKED: %d files are no part of a bundle, such as %s" % (len(strange), strange[:1])),
        ("WEAK", lost, "WITHHELD: %d files of disclosures are listed and not in the bundle" % len(lost)),
        ("WEAK", withheld, "WITHHELD: %d personal fields of people who were not erased are not shown" % withheld),
        ("PROVEN", ok, "%d entries are unaltered and in place among the %d that the log signed" % (entries, head.size)),
        ("PROVEN", ok and not dossier, "from %d to below %d no entry is missing" % (job.low, job.high)),
        ("PROVEN", ok and tail, "the log extends the checkpoint of %d entries that was given" % tail),
        ("PROVEN", ok and meta and proofs, "the meta-log has this checkpoint"),
        ("PROVEN", ok and cosigned, "witnesses saw it at (seconds since 1970): %s" % cosigned),
        ("PROVEN", ok and erased, "%d personal fields were erased with their person" % erased),
        ("NOT PROVEN", True, "that keys and pins are whose you think they are, and that the clock was right"),
        ("NOT PROVEN", tail < head.size, "that entries from %d on are those first recorded" % tail),
        ("NOT PROVEN", dossier, "COMPLETENESS: whether there are more entries about the person"),
        ("NOT PROVEN", job.high - job.low < head.size, "what the entries outside the range say"),
        ("NOT PROVEN", hidden, "what %d personal fields say that are not shown" % hidden),
        ("NOT PROVEN", not cosigned, "that anybody else saw this checkpoint"),
        ("NOT PROVEN", any(path.startswith("tsa/") for path in there), "the stamps in tsa/: see README.txt")) if case]
    return Report(1 if bad else 3 if said[0][0] == "WEAK" else 0, entries, bad, said)
def lines_of(report: Report) -> list[str]:  # the verdict in words, in printable ASCII whatever a forged bundle holds
    told = ["FAIL %s%s: %s" % (kind, "" if i is None else " at entry %d" % i, why) for kind, i, why in report.findings]
    told += ["%s %s" % each for each in report.told]
    last = ("VERIFIED", "NOT VERIFIED", "", "VERIFIED, BUT WEAKER THAN ASKED")[report.code]
    return [re.sub("[^ -~]", "?", line) for line in [*told, last]]
def read_keys(texts: list[str]) -> list[Key]:  # the keys of one log, now and before; ValueError for others
    keys = [read_key(text, 1) for each in texts for text in each.split(",")]
    if len({key.name for key in keys}) > 1: raise ValueError("keys of different logs were given as one")
    return keys
def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0].strip())
    parser.add_argument("folder", metavar="DIR"); parser.add_argument("keys", metavar="VKEY[,VKEY]", nargs=1)
    for name in ("pin", "witness", "meta"): parser.add_argument("--" + name, action="append", default=[])
    parser.add_argument("--quorum", type=int); parser.add_argument("--disclosed", action="store_true")
    asked = parser.parse_args()
    try:
        pins = [("--pin " + path, open(path, "rb").read()) for path in asked.pin]
        keys, witnesses = read_keys(asked.keys), [read_key(text, 4) for text in asked.witness]
        report = verify(asked.folder, keys, pins, witnesses, asked.quorum, read_keys(asked.meta), asked.disclosed)
        code, lines = int(report.code), lines_of(report)
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        code, lines = 2, [re.sub("[^ -~]", "?", "COULD NOT RUN: " + (str(error) or "out of memory"))]
    print("\n".join(lines))
    return code
if __name__ == "__main__": sys.exit(main())
