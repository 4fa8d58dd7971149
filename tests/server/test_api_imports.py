"""
Imports over HTTP: a file in, a verdict for each row out, and the same file again.
"""

import base64
import json
from typing import Any
from uuid import uuid4

import httpx

from consent.imports.judging import VERDICTS
from tests.server.api import Api, consent, new_phone, withdrawal

CSV, LINES = "text/csv", "application/x-ndjson"
HEADER = "phone,purpose,channels,given_at,withdrawn_at,method\n"
THEN = "2024-05-01T10:00:00Z"


def send(
    api: Api,
    content: bytes | str,
    *,
    path: str = "",
    once: str = "",
    form: str = CSV,
    key: str = "admin",
    **query: Any,
) -> httpx.Response:
    """
    Sends a file to be imported.
    """
    return api.client.post(
        f"/v1/imports{path}",
        content=content.encode() if isinstance(content, str) else content,
        params=query,
        headers={
            "Authorization": f"Bearer {api.keys[key]}",
            "Content-Type": form,
            "Idempotency-Key": once or str(uuid4()),
        },
    )


def verdicts(api: Api, imported: httpx.Response, **query: Any) -> list[dict[str, Any]]:
    """
    What became of the rows of an import.
    """
    assert imported.status_code == 200, imported.text
    lines = api.get(f"/v1/imports/{imported.json()['id']}/verdicts", **query)
    assert lines.status_code == 200, lines.text
    return [json.loads(line) for line in lines.text.splitlines()]


def told(lines: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    """
    The verdicts and the columns they are about.
    """
    return [(each["verdict"], each["column"]) for each in lines]


def grant(phone: str, at: str = THEN, purpose: str = "order_updates") -> str:
    """
    A row that grants.
    """
    return f"{phone},{purpose},voice,{at},,web_form\n"


def refusal(phone: str, at: str = THEN) -> str:
    """
    A row that refuses everything.
    """
    return f"{phone},,,,{at},sms\n"


def test_each_row_is_recorded_with_an_entry_of_its_own(api: Api):
    """
    A consent and a withdrawal of a file are in the log like those of the API, and say of which import and row they are.
    """
    one, other, size = new_phone(), new_phone(), api.size()
    found = verdicts(api, send(api, HEADER + grant(one) + refusal(other)))
    entries = {entry.index: entry.payload for entry in api.entries(size)}

    assert told(found) == [("recorded", None), ("recorded", None)]
    assert [entries[each["entry"]]["event"] for each in found] == ["consent.recorded", "consent.withdrawn"]
    assert [entries[each["entry"]]["contact"] for each in found] == [each["contact"] for each in found]
    assert [entries[each["entry"]]["row"] for each in found] == [1, 2]
    assert entries[found[0]["entry"]]["given_at"] == "2024-05-01T10:00:00Z"
    assert api.check(one)["decision"] == "allow"
    assert "SUPPRESSED" in str(api.check(other))


def test_the_same_rows_as_lines_of_json(api: Api):
    """
    A line is the body of the API; a moment without offset and a national number are read as was asked.
    """
    one, other = new_phone(), new_phone()
    granted = consent(one[3:], given_at="2024-05-01T12:00:00") | {"evidence": {"page_url": "https://shop.example/"}}
    content = json.dumps(granted) + "\r\n\n" + json.dumps(withdrawal(other))
    found = verdicts(api, send(api, content, form=LINES, country="ES", zone="Europe/Madrid"))
    contact = found[0]["contact"]

    assert told(found) == [("recorded", None), ("recorded", None)]
    assert [each["line"] for each in found] == [1, 3]
    assert api.get(f"/v1/contacts/{contact}/consents").json()["consents"][0]["given_at"] == "2024-05-01T10:00:00Z"


def test_verdicts_tell_history_duplicate_conflict_and_refused(api: Api):
    """
    What is known already, what is over, what contradicts and what is wrong each have their verdict, and no row its neighbour's.
    """
    known, late, gone = new_phone(), new_phone(), new_phone()
    api.agree(known, given_at=THEN)
    api.post("/v1/consents/withdrawals", withdrawal(late, withdrawn_at="2024-06-01T00:00:00Z"))
    content = HEADER + "".join(
        [
            grant(known),
            f"{known},order_updates,voice,{THEN},,paper\n",
            grant(late),
            grant(gone) + grant(gone),
            refusal(gone) + refusal(gone),
            grant("12345"),
            grant(new_phone(), "2024-05-01"),
            grant(new_phone(), purpose="nonsense"),
            f"{new_phone()},order_updates,voice,{THEN},{THEN},web_form\n",
            grant(new_phone(), "2999-01-01T00:00:00Z"),
            grant(new_phone()),
        ]
    )
    imported = send(api, content)
    found = verdicts(api, imported)

    assert told(found) == [
        ("duplicate", None),
        ("conflict", "method"),
        ("history", None),
        ("recorded", None),
        ("duplicate", None),
        ("recorded", None),
        ("duplicate", None),
        ("refused", "phone"),
        ("refused", "given_at"),
        ("refused", "purpose"),
        ("refused", "act"),
        ("refused", "given_at"),
        ("recorded", None),
    ]
    counts = imported.json()["verdicts"]
    assert counts == {"recorded": 3, "history": 1, "duplicate": 3, "conflict": 1, "refused": 5}
    assert "nonsense" not in json.dumps(found)
    assert [each["row"] for each in verdicts(api, imported, only="refused", from_=9)] == [9, 10, 11, 12]


def test_a_dry_run_says_the_same_and_writes_nothing(api: Api):
    """
    Verdict for verdict as the import itself, duplicates within the file included, and not an entry more.
    """
    known, fresh = new_phone(), new_phone()
    api.agree(known, given_at=THEN)
    content = (
        HEADER + grant(known) + grant(fresh) * 2 + refusal(fresh) + grant(fresh, "2024-04-01T00:00:00Z") + grant("1")
    )
    size = api.size()
    trial = send(api, content, path="/trials")
    *lines, total = map(json.loads, trial.text.splitlines())
    after = api.size()
    imported = send(api, content)

    assert trial.headers["content-type"].startswith(LINES)
    assert after == size
    real = verdicts(api, imported)
    assert [{**each, "contact": None, "entry": None} for each in lines] == [
        {**each, "contact": None, "entry": None} for each in real
    ]
    assert total == {"rows": 6, "verdicts": imported.json()["verdicts"]}
    assert [each["verdict"] for each in real] == [
        "duplicate",
        "recorded",
        "duplicate",
        "recorded",
        "history",
        "refused",
    ]


def test_the_same_file_under_the_same_key_changes_nothing(api: Api):
    """
    The first answer comes again, marked; another file under the key is refused.
    """
    content, once = HEADER + grant(new_phone()) + grant(new_phone()), str(uuid4())
    first = send(api, content, once=once)
    size = api.size()
    again = send(api, content, once=once)
    longer = send(api, content + grant(new_phone()), once=once)
    shorter = send(api, content[: content.rindex("+")], once=once)
    other = send(api, HEADER + grant(new_phone()) + grant(new_phone()), once=once)
    read_otherwise = send(api, content, once=once, country="ES")

    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert api.size() == size
    assert [each.status_code for each in (longer, shorter, other, read_otherwise)] == [422] * 4
    assert longer.json()["type"].endswith("file-differs")


def test_unknown_columns_are_refused_before_anything_is_written(api: Api):
    """
    The refusal names the column and the one that was probably meant; mapping it, or leaving it out, is said.
    """
    phone, size = new_phone(), api.size()
    content = f"Phone Number;purpose;channels;givenat;internal\n{phone};offers;voice;{THEN};x\n"
    refused = send(api, content)
    still = send(api, content, map=["Phone Number=phone"])
    found = verdicts(api, send(api, content, map=["Phone Number=phone", "givenat=given_at", "internal="]))

    assert (refused.status_code, still.status_code) == (422, 422)
    assert "given_at" in still.json()["detail"]
    assert still.json()["nearest"] == "given_at"
    assert api.size() == size + 4  # begun, identified, recorded, finished
    assert told(found) == [("recorded", None)]


def test_what_holds_for_all_rows_is_said_once(api: Api):
    """
    A column that is set fills in where a row says nothing, and a row's own word wins.
    """
    content = f"phone,given_at,purpose\n{new_phone()},{THEN},\n{new_phone()},{THEN},offers\n"
    found = verdicts(api, send(api, content, set=["purpose=order_updates", "channels=voice sms", "method=paper"]))
    seen = [api.get(f"/v1/contacts/{each['contact']}/consents").json()["consents"] for each in found]

    assert [[each["purpose"] for each in consents] for consents in seen] == [["order_updates"] * 2, ["offers"] * 2]


def test_who_may_import_and_see(api: Api):
    """
    A file may hold consents and refusals, so that both scopes are needed; nobody sees another tenant's imports.
    """
    imported = send(api, HEADER + grant(new_phone()))
    path = f"/v1/imports/{imported.json()['id']}"

    assert send(api, HEADER, key="opt-outs").status_code == 403
    assert send(api, HEADER, key="stranger").status_code == 200
    assert api.get(path, key="stranger").status_code == 404
    assert api.get(f"{path}/verdicts", key="stranger").status_code == 404
    assert send(api, HEADER, once=" " * 300).status_code == 400
    assert set(imported.json()["verdicts"]) == set(VERDICTS)


def test_rows_name_files_as_evidence(api: Api):
    """
    A file of the person is evidence of a row as of a consent; what is none refuses the consent, and no withdrawal.
    """
    one, other = new_phone(), new_phone()
    content = base64.b64encode(b"%PDF-1.7\nI agree.").decode()
    uploaded = api.post("/v1/evidence/files", {"contact": {"phone": one}, "content": content})
    digest = uploaded.json()["sha256"]
    head = "phone,purpose,channels,given_at,withdrawn_at,method,evidence_files\n"
    rows = (
        f"{one},order_updates,voice,{THEN},,web_form,{digest}\n"
        f"{other},order_updates,voice,{THEN},,web_form,{digest}\n"
        f"{other},,,,{THEN},sms,{digest}\n"
    )
    tried = send(api, head + rows, path="/trials")
    found = verdicts(api, send(api, head + rows))

    assert uploaded.status_code == 201, uploaded.text
    assert told(found) == [("recorded", None), ("refused", "evidence_files"), ("recorded", "evidence_files")]
    assert told([json.loads(line) for line in tried.text.splitlines()[:-1]]) == told(found)
    assert "SUPPRESSED" in str(api.check(other))


def test_a_refusal_of_each_part_of_a_person_is_recorded(api: Api):
    """
    The same refusal of the same moment of two contacts that were merged is no duplicate: they may be parted again.
    """
    one, other = new_phone(), new_phone()
    for phone in (one, other):
        api.agree(phone, given_at=THEN)
    merge = api.post(
        "/v1/contacts/merges", {"from": {"phone": one}, "into": {"phone": other}, "reason": "the same card"}
    )
    later = "2024-06-01T10:00:00Z"
    found = verdicts(api, send(api, HEADER + refusal(one, later) + refusal(other, later) + refusal(other, later)))

    assert merge.status_code == 201, merge.text
    assert told(found) == [("recorded", None), ("recorded", None), ("duplicate", None)]
