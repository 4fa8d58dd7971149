"""
Exports over HTTP: asked for, made, downloaded whole or in pieces, and gone when their time is over.
"""

import asyncio
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from audit.exporting.cover import Patience
from server.evidence import checkpointing
from server.exports import exporting
from server.service import clock
from tests.databases import execute, fetch
from tests.server.api import Api, Json, new_phone, pointers

OFFICER = "officer"


def sign_and_make(api: Api, later: timedelta = timedelta()) -> int:
    """
    What the process beside the server does.
    """

    async def work() -> int:
        async with checkpointing(api.settings, api.url) as checkpointer:
            outcome = await checkpointer.run_once(clock())
            while outcome is not None and outcome.more:
                outcome = await checkpointer.run_once(clock())
        async with exporting(api.settings, api.url, Patience(0, 0)) as exporter:
            return await exporter.run_waiting(clock() + later)

    return asyncio.run(work())


def asked(api: Api, format: str = "bundle", key: str = OFFICER, **more: object) -> str:
    """
    The id of an export just asked for.
    """
    answer = api.post("/v1/audit/exports", {"format": format, **more}, key=key)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def made(api: Api, format: str = "bundle", to: int | None = None) -> str:
    """
    The id of an export that is ready.
    """
    export = asked(api, format, to=to)
    sign_and_make(api)
    assert state(api, export)["state"] == "ready"
    return export


def state(api: Api, export: str, key: str = OFFICER) -> Json:
    answer = api.get(f"/v1/audit/exports/{export}", key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def download(api: Api, export: str, key: str = OFFICER, **headers: str) -> httpx.Response:
    sent = {"Authorization": f"Bearer {api.keys[key]}"} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    return api.client.get(f"/v1/audit/exports/{export}/download", headers=sent)


def test_an_export_is_asked_for_made_and_verified(api: Api, tmp_path: Path):
    """
    202 with an id and a receipt, a state that goes from queued to ready, and a ZIP whose own program verifies it.
    """
    phone = new_phone()
    contact = api.agree(phone)["consents"][0]["contact"]
    answer = api.post("/v1/audit/exports", {"format": "bundle", "contact": contact, "disclose": ["phone"]}, key=OFFICER)
    export = answer.json()["id"]
    queued, early = state(api, export), download(api, export)
    sign_and_make(api)
    ready, file = state(api, export), download(api, export)
    pin = api.get("/v1/audit/checkpoint", key=OFFICER)
    (tmp_path / "bundle.zip").write_bytes(file.content)
    (tmp_path / "pin").write_text(pin.text)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extractall(tmp_path / "bundle")
    command = [sys.executable, "-I", "bundle/verify.py", "bundle", api.demo["log"]["vkey"], "--pin", "pin"]
    verified = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert set(answer.json()["receipt"]) == {"log", "index", "leaf_hash"}
    assert (queued["state"], queued["done"], queued["total"], queued["detail"]) == ("queued", 0, 0, None)
    assert (early.status_code, early.json()["type"], early.json()["state"]) == (
        409,
        "urn:venia:problem:export-not-ready",
        "queued",
    )
    assert (ready["state"], ready["format"], ready["log"]) == ("ready", "bundle", api.demo["log"]["origin"])
    assert ready["done"] == ready["total"] > 0
    assert (ready["bytes"], ready["sha256"]) == (len(file.content), sha256(file.content).hexdigest())
    assert file.headers["content-type"] == "application/zip"
    assert file.headers["content-disposition"] == f'attachment; filename="venia-{export}.zip"'
    assert file.headers["content-length"] == str(len(file.content))
    assert verified.returncode == 0, verified.stdout


@pytest.mark.parametrize(
    ("format", "media_type"),
    [("csv", "text/csv; charset=utf-8"), ("ndjson", "application/x-ndjson")],
)
def test_tables_have_their_media_types(api: Api, format, media_type):
    """
    A line for each entry, and the heading of a table.
    """
    export = made(api, format, to=3)
    answer = download(api, export)

    assert answer.headers["content-type"] == media_type
    assert len(answer.content.splitlines()) == (4 if format == "csv" else 3)


def test_a_download_can_be_resumed(api: Api):
    """
    Pieces asked for with Range and If-Range are, together, the whole.
    """
    export = made(api)
    whole = download(api, export)
    size, tag = len(whole.content), whole.headers["etag"]
    head = download(api, export, Range="bytes=0-999")
    rest = download(api, export, Range="bytes=1000-", If_Range=tag)
    tail = download(api, export, Range="bytes=-10")
    one = download(api, export, Range="bytes=5-5")

    assert tag == f'"{sha256(whole.content).hexdigest()}"'
    assert whole.headers["accept-ranges"] == "bytes"
    assert {each.status_code for each in (head, rest, tail, one)} == {206}
    assert head.content + rest.content == whole.content
    assert rest.headers["content-range"] == f"bytes 1000-{size - 1}/{size}"
    assert rest.headers["content-length"] == str(size - 1000)
    assert (tail.content, one.content) == (whole.content[-10:], whole.content[5:6])


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-9", "If_Range": '"another"'},
        {"Range": "bytes=0-9,20-29"},
        {"Range": "bytes=9-3"},
        {"Range": "bytes=-"},
        {"Range": "lines=1-2"},
        {"Range": "bytes=1-2x"},
    ],
)
def test_what_cannot_be_resumed_begins_anew(api: Api, headers):
    """
    The whole file for a piece of another one, for several pieces, and for what is no range.
    """
    export = made(api, "ndjson", to=3)

    assert download(api, export, **headers).status_code == 200
    assert download(api, export, **headers).content == download(api, export).content


@pytest.mark.parametrize("asked_range", ["bytes=999999999-", "bytes=999999999-1000000000", "bytes=-0"])
def test_a_piece_behind_the_end_is_refused(api: Api, asked_range):
    """
    416 tells the size.
    """
    export = made(api, "ndjson", to=3)
    answer = download(api, export, Range=asked_range)

    assert answer.status_code == 416
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-range"] == f"bytes */{len(download(api, export).content)}"


def test_a_person_is_named_as_everywhere(api: Api):
    """
    By phone as by contact id; a phone that nobody has is not found.
    """
    phone = new_phone()
    api.held(phone)
    contact = api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).json()["contact"]
    exports = [asked(api, "ndjson", contact=each) for each in ({"phone": phone}, {"id": contact}, contact)]
    sign_and_make(api)
    lines = [download(api, export).text.splitlines() for export in exports]

    assert [{json.loads(line)["contact"] for line in each} for each in lines] == [{contact}] * 3
    assert api.post("/v1/audit/exports", {"format": "csv", "contact": {"phone": new_phone()}}).status_code == 404


def test_what_is_disclosed_is_handed_to_who_may_ask_for_it(api: Api):
    """
    Another credential of the tenant that may export and not disclose cannot download what an officer asked for.
    """
    export = asked(api, "csv", disclose=["phone"])
    sign_and_make(api)
    path = f"/v1/audit/exports/{export}/download"

    assert api.get(path, key="exporter").status_code == 403
    assert api.get(path, key=OFFICER).status_code == 200


def test_disclosing_needs_a_scope_of_its_own(api: Api):
    """
    Who may export may not for that see personal data; an officer's audit:* covers both.
    """
    answer = api.post("/v1/audit/exports", {"format": "csv", "disclose": ["phone"]}, key="exporter")

    assert (answer.status_code, answer.json()["scope"]) == (403, "audit:disclose")
    assert api.post("/v1/audit/exports", {"format": "csv", "disclose": []}, key="exporter").status_code == 202
    assert api.post("/v1/audit/exports", {"format": "csv", "disclose": ["*"]}, key=OFFICER).status_code == 202


@pytest.mark.parametrize(
    ("body", "kind", "pointer"),
    [
        ({"format": "docx"}, "export-format-unknown", "/format"),
        ({"format": "csv", "from": 3, "to": 3}, "export-range-unknown", "/to"),
        ({"format": "csv", "to": 10**9}, "export-range-unknown", "/to"),
        ({"format": "csv", "disclose": ["shoe_size"]}, "field-unknown", "/disclose"),
        ({"format": "csv", "contact": str(uuid4())}, "person-unknown", "/contact"),
        ({"format": "csv", "contact": {"id": str(uuid4())}}, "person-unknown", "/contact"),
        ({"format": "csv", "contact": {"phone": "600 111 222"}}, "not-a-phone-number", "/contact/phone"),
        ({"format": "csv", "contact": {"phone": "+34600111222", "id": str(uuid4())}}, "invalid-input", "/contact"),
        ({"format": "csv", "contact": {}}, "invalid-input", "/contact"),
        ({"format": "csv", "from": -1}, "invalid-input", "/from"),
        ({"format": "csv", "colour": "red"}, "invalid-input", "/colour"),
        ({}, "invalid-input", "/format"),
    ],
)
def test_what_cannot_be_exported_is_422(api: Api, body, kind, pointer):
    """
    With the place in the body that is wrong.
    """
    answer = api.post("/v1/audit/exports", body, key=OFFICER)

    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:venia:problem:{kind}")
    assert pointers(answer) == [pointer]


def test_a_repetition_is_the_same_export(api: Api):
    """
    Under the same key; without one, 400.
    """
    body: Json = {"format": "csv", "from": None, "to": None, "contact": None, "disclose": []}
    first, again = (api.post("/v1/audit/exports", body, once="again", key=OFFICER) for _ in range(2))

    assert again.json() == first.json()
    assert again.headers["idempotent-replay"] == "true"
    assert api.post("/v1/audit/exports", body, once=None, key=OFFICER).status_code == 400


def test_an_export_is_its_tenants_alone(api: Api):
    """
    404 for another tenant's officer, as for an export that never was.
    """
    export = made(api, "csv", to=2)
    answers = [
        api.get(f"/v1/audit/exports/{export}", key="stranger"),
        download(api, export, key="stranger"),
        api.get(f"/v1/audit/exports/{uuid4()}", key=OFFICER),
        download(api, str(uuid4())),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert {answer.json()["type"] for answer in answers} == {"urn:venia:problem:export-unknown"}


def test_an_expired_export_is_gone(api: Api):
    """
    410 from the moment on at which its time is over, whether or not its file was removed by then.
    """
    export = made(api, "csv", to=2)
    execute(api.url, f"UPDATE exports SET expires_at = now() WHERE export_id = '{export}'")
    early, told = download(api, export), state(api, export)
    sign_and_make(api)
    late = download(api, export)

    assert [answer.status_code for answer in (early, late)] == [410, 410]
    assert (early.json()["type"], early.json()["state"]) == ("urn:venia:problem:export-gone", "expired")
    assert told["state"] == "expired"
    assert not (api.settings.home / "exports" / f"{export}.csv").exists()


def test_a_lost_file_is_gone(api: Api):
    """
    410, and no broken answer.
    """
    export = made(api, "csv", to=2)
    (api.settings.home / "exports" / f"{export}.csv").unlink()

    assert download(api, export).status_code == 410


def test_a_failed_export_says_why(api: Api):
    """
    Its state tells it, and the download is refused with the same sentence.
    """
    export = asked(api)
    execute(api.url, f"UPDATE exports SET state = 'failed', detail = 'Entry 3: …' WHERE export_id = '{export}'")
    answer = download(api, export)

    assert (answer.status_code, answer.json()["state"], answer.json()["detail"]) == (409, "failed", "Entry 3: …")
    assert state(api, export)["detail"] == "Entry 3: …"


def test_asking_is_entered_in_the_log(api: Api):
    """
    Who asked, for what; the row of the export stands under the same index.
    """
    size = api.size()
    export = asked(api, "ndjson", disclose=["ip", "phone"])
    (entry,) = api.entries(size)
    rows = fetch(api.url, "SELECT entry_index, actor FROM exports WHERE export_id = $1::uuid", export)

    assert entry.payload["event"] == "export.requested"
    assert (entry.payload["export"], entry.payload["disclose"]) == (export, ["ip", "phone"])
    assert rows == [{"entry_index": entry.index, "actor": entry.payload["actor"]}]
    assert str(entry.payload["actor"]).startswith("key:")


def test_a_large_download_arrives_whole(api: Api):
    """
    Many pieces, in order.
    """
    export = made(api, "ndjson", to=2)
    path = api.settings.home / "exports" / f"{export}.ndjson"
    path.write_bytes(b"".join(json.dumps({"line": number}).encode() + b"\n" for number in range(120_000)))
    answer = download(api, export)

    assert answer.content == path.read_bytes()
    assert len(answer.content) > 5 * 256 * 1024
