"""
``venia check --file``: who of a list may be called, as an operator asks it.
"""

import csv
import io
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.checkout import ROOT
from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import Api, new_phone, serving
from tests.server.process import clean_environment
from tests.server.test_cli import Done, Venia

Verdicts: TypeAlias = list[dict[str, str]]

VOICE = ("--channel", "voice")
HEADER = ["line", "verdict", "reasons", "next_allowed_at", "remedy", "slots"]


@pytest.fixture(scope="module")
def api(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """
    The demo's tenant, on a database that commands reach as well.
    """
    create_database(postgres.url, "check_command", template)
    with serving(in_database(postgres.url, "check_command"), tmp_path_factory.mktemp("home")) as running:
        yield running
    drop_database(postgres.url, "check_command")


@pytest.fixture
def agreed(api: Api) -> str:
    """
    The number of somebody who may be called about an order at any hour.
    """
    phone = new_phone()
    api.agree(phone)
    return phone


class Desk:
    """
    Asks about lists, with files in a folder of the test's own.
    """

    def __init__(self, api: Api, folder: Path) -> None:
        self.folder = folder
        self._venia = Venia(api.settings.home, api.url)
        self._words = ("check", "--tenant", str(api.demo["tenant"]), "--from", "acme-es")

    def __call__(self, content: str | bytes, *words: str) -> Done:
        """
        Asks about a list of this content.
        """
        return self._venia(*self._asked(content), *words)

    def each(self, content: str, *words: tuple[str, ...]) -> list[Done]:
        """
        Asks about one list in several ways.
        """
        asked = self._asked(content)
        return self._venia.each(*((*asked, *each) for each in words))

    def _asked(self, content: str | bytes) -> tuple[str, ...]:
        file = self.folder / "numbers.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return (*self._words, "--file", str(file))


@pytest.fixture
def desk(api: Api, tmp_path: Path) -> Desk:
    """
    ``venia check`` for the demo's tenant and number.
    """
    return Desk(api, tmp_path)


def rows(text: str) -> Verdicts:
    """
    A table's rows by the names of its columns, which are those of the contract.
    """
    table = csv.DictReader(io.StringIO(text))
    assert table.fieldnames == HEADER
    return list(table)


def verdicts(done: Done) -> list[tuple[str, str]]:
    """
    Line and verdict of every row.
    """
    return [(row["line"], row["verdict"]) for row in rows(done.out)]


def test_every_row_gets_a_verdict_and_none_stops_the_rest(desk: Desk, agreed: str):
    """
    Lines are counted from the header's; what cannot be read says why; the summary tells how many, and exit code 2 that
    some are undecided.
    """
    lines = [
        "phone,purpose,channel,name",
        f"{agreed},order_updates,voice,Ana",
        "600 111 222,order_updates,voice,Ben",
        "",
        f"{new_phone()},order_updates,voice,Eva",
        f"{agreed},nobody_knows,voice,Ana",
        f"{agreed},order_updates,pigeon,Ana",
        ",order_updates,voice,Nobody",
        f'"{agreed}"x,order_updates,voice,Ana',
        f"{agreed}",
        f" {agreed} ,order_updates,voice,Ana",
    ]
    done = desk("\n".join(lines))
    found = rows(done.out)

    assert done.code == 2
    assert verdicts(done) == [
        ("2", "allow"),
        ("3", "error"),
        ("5", "deny"),
        ("6", "error"),
        ("7", "error"),
        ("8", "error"),
        ("9", "error"),
        ("10", "error"),
        ("11", "allow"),
    ]
    assert (found[2]["reasons"], "Obtain the person's consent" in found[2]["remedy"]) == ("CONSENT_MISSING", True)
    assert [row["remedy"].partition(":")[0] for row in (found[1], found[4], found[7])] == [
        "phone",
        "channel",
        "purpose",
    ]
    assert "nobody_knows" in found[3]["remedy"]
    assert found[5]["remedy"] == "to: give exactly one of id, phone and whatsapp_user_id."
    assert done.err.splitlines() == ["9 rows: 2 allowed, 1 denied, 6 undecided", "  CONSENT_MISSING: 1"]


def test_a_list_that_is_decided_whole_ends_with_0(desk: Desk, api: Api, agreed: str):
    """
    Whatever the verdicts are; people may be named by Venia's own id and by WhatsApp's too.
    """
    contact = api.post("/v1/contacts/lookup", {"contact": {"phone": agreed}}, once=None).json()["contact"]
    by_id = desk(f"id,whatsapp_user_id\n{contact},\n,ES.1234567890\n", "--purpose", "order_updates", *VOICE)

    assert (by_id.code, verdicts(by_id)) == (0, [("2", "allow"), ("3", "deny")])


def test_who_may_be_called_now(desk: Desk, agreed: str):
    """
    ``--only allow`` lists them and no one else; the summary still counts everybody.
    """
    lines = ["phone", new_phone(), agreed, "600", agreed]
    done = desk("\n".join(lines), "--purpose", "order_updates", *VOICE, "--only", "allow")

    assert (done.code, verdicts(done)) == (2, [("3", "allow"), ("5", "allow")])
    assert done.err.splitlines()[0] == "4 rows: 2 allowed, 1 denied, 1 undecided"


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffPHONE;Purpose;channel\r\n{phone};order_updates;voice\r\n",
        'name\tphone\tpurpose\tchannel\n"A\nna"\t\'{phone}\torder_updates\tvoice\n',
        "phone,purpose,channel,name\n{phone},order_updates,voice,Jos\xe9\n".encode("latin-1"),
    ],
    ids=["semicolons, CRLF and a byte order mark", "tabs, an apostrophe and a line break", "another encoding"],
)
def test_lists_come_as_spreadsheets_write_them(desk: Desk, agreed: str, content):
    """
    The header tells the delimiter; other columns are left alone, whatever is in them.
    """
    filled = (
        content.replace(b"{phone}", agreed.encode()) if isinstance(content, bytes) else content.format(phone=agreed)
    )
    done = desk(filled)

    assert (done.code, verdicts(done)) == (0, [("2", "allow")]), done.err


def test_a_row_without_end_is_passed_over(desk: Desk, agreed: str):
    """
    A mebibyte in one line, and a quotation mark that is never closed, are rows that cannot be read.
    """
    lines = [
        "phone",
        agreed,
        "x" * 2**20,
        agreed,
        f'"{"a" * 60_000}',
        "b" * 60_000,
        "c" * 60_000,
        agreed,
        '"never closed',
    ]
    done = desk("\n".join(lines), "--purpose", "order_updates", *VOICE)

    assert done.code == 2
    assert verdicts(done) == [
        ("2", "allow"),
        ("3", "error"),
        ("4", "allow"),
        ("5", "error"),
        ("8", "allow"),
        ("9", "error"),
    ]


def test_slots_of_a_day_are_in_utc(desk: Desk, api: Api):
    """
    Spain's hours, and the business's own, of a Tuesday in winter: an hour earlier in UTC, in whole minutes.
    """
    phone, tuesday = new_phone(), datetime.now(UTC).date() + timedelta(days=7)
    tuesday += timedelta(days=(1 - tuesday.weekday()) % 7)
    api.agree(phone, purpose="appointment_reminders")
    words = ("--purpose", "appointment_reminders", *VOICE, "--plan", tuesday.isoformat())
    done = desk(f"phone\n{phone}\n{new_phone()}\n", *words)
    planned, never = rows(done.out)
    start = datetime.combine(tuesday, datetime.min.time(), tzinfo=UTC).isoformat()
    end = (datetime.fromisoformat(start) + timedelta(days=1)).isoformat()
    body = {"to": {"phone": phone}, "from": {"id": "acme-es"}, "purpose": "appointment_reminders", "channel": "voice"}
    headers = {"Authorization": f"Bearer {api.keys['admin']}", "Content-Type": "application/x-ndjson"}
    line = json.dumps({**body, "start": start, "end": end})
    slots = api.client.post("/v1/calls/plan", content=line, headers=headers).json()["slots"]

    assert planned["slots"].split() == [f"{each['start'][11:16]}-{each['end'][11:16]}" for each in slots]
    assert len(planned["slots"].split()) >= 1
    assert never["slots"] == ""


def test_another_instant_is_asked_about(desk: Desk, agreed: str):
    """
    ``--at`` holds for every row: nobody had agreed a month ago.
    """
    month_ago = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    done = desk(f"phone\n{agreed}\n", "--purpose", "order_updates", *VOICE, "--at", month_ago)

    assert [row["reasons"] for row in rows(done.out)] == ["CONSENT_MISSING"]


def test_a_file_of_verdicts_is_whole_or_not_there(desk: Desk, agreed: str):
    """
    With ``--output`` nothing but the summary is printed; a list that cannot be asked about leaves no file.
    """
    output = desk.folder / "verdicts.csv"
    refused = desk(f"number\n{agreed}\n", "--purpose", "order_updates", "--output", str(output))
    left = list(desk.folder.iterdir())
    done = desk(f"phone\n{agreed}\n", "--purpose", "order_updates", *VOICE, "--output", str(output))

    assert (refused.code, "no column phone" in refused.err) == (2, True)
    assert [path.name for path in left] == ["numbers.csv"]
    assert (done.code, done.out) == (0, "")
    assert [row["verdict"] for row in rows(output.read_text())] == ["allow"]


def test_verdicts_for_programs_are_json(desk: Desk, agreed: str):
    """
    With ``--json`` each verdict is a line of JSON.
    """
    done = desk(f"phone\n{agreed}\nx\n", "--purpose", "order_updates", *VOICE, "--json")
    allowed, wrong = map(json.loads, done.out.splitlines())

    assert allowed == dict.fromkeys(HEADER) | {"line": 2, "verdict": "allow", "reasons": [], "slots": []}
    assert (wrong["line"], wrong["verdict"]) == (3, "error")


def test_what_cannot_be_asked_says_so(desk: Desk):
    """
    Exit code 2 and a sentence, before anything is asked.
    """
    purpose = ("--purpose", "order_updates")
    wrong = {
        (*purpose, "--to", "+34600111222"): "--file for a list",
        (): "--purpose",
        (*purpose, "--plan", "tomorrow"): "no day",
        (*purpose, "--at", "noon"): "noon",
        (*purpose, "--only", "maybe"): "maybe",
    }
    done = desk.each("phone\n+34600111222\n", *wrong)

    assert [(each.code, each.out) for each in done] == [(2, "")] * len(wrong)
    assert [sentence in each.err for each, sentence in zip(done, wrong.values(), strict=True)] == [True] * len(wrong)


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(desk: Desk):
    """
    As in exports: nothing that came from a file begins a cell of the answer with a formula's sign.
    """
    done = desk('phone,purpose\n"=HYPERLINK(""x"")",order_updates\n+34600111222,=1+1\n', *VOICE)
    cells = [cell for row in rows(done.out) for cell in row.values()]

    assert len(cells) == 12
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_a_long_list_takes_no_more_memory(desk: Desk, api: Api, tmp_path: Path):
    """
    Thirty thousand rows take as much as three thousand, and each has its verdict; a terminal sees how far it is.
    """
    small = _peak(api, desk.folder / "small.csv", tmp_path, 3_000)
    large = _peak(api, desk.folder / "large.csv", tmp_path, 30_000)

    assert large - small < 24 * 1024, (small, large)  # KiB; thirty thousand verdicts alone would be more.
    assert (tmp_path / "verdicts.csv").read_text().count("\n") == 30_001


# The largest memory a command needed, in KiB, is printed by itself when it ends.
MEASURED = """
import resource, sys
from server import cli
try:
    cli.main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _peak(api: Api, file: Path, folder: Path, count: int) -> int:
    file.write_text("phone\n" + "".join(f"+346{number:08d}\n" for number in range(count)))
    words = ["check", "--tenant", str(api.demo["tenant"]), "--from", "acme-es", "--purpose", "order_updates", *VOICE]
    words += ["--file", str(file), "--output", str(folder / "verdicts.csv")]
    environment = clean_environment(VENIA_HOME=str(api.settings.home), VENIA_DATABASE_URL=api.url)
    ours, its = pty.openpty()  # Standard error is a terminal, so that the bar is drawn.
    seen: list[bytes] = []
    watching = threading.Thread(target=_watch, args=(ours, seen))
    watching.start()
    command = [sys.executable, "-c", MEASURED, *words]
    environment |= {"TERM": "xterm"}
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=its, check=False)
    os.close(its)
    watching.join()
    os.close(ours)

    assert done.returncode == 0
    assert b"Checking" in b"".join(seen)
    return int(done.stdout)


def _watch(terminal: int, seen: list[bytes]) -> None:
    with suppress(OSError):  # Which is how a terminal says that nobody writes to it any more.
        while piece := os.read(terminal, 65_536):
            seen.append(piece)
