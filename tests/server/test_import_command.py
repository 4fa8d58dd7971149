"""
``venia consent import``, as an operator runs it.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import Api, new_phone, serving
from tests.server.test_cli import Done, Venia

HEADER = "phone;purpose;channels;given_at;method\n"


@pytest.fixture(scope="module")
def api(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """
    The demo's tenant, on a database that commands reach as well.
    """
    create_database(postgres.url, "import_command", template)
    with serving(in_database(postgres.url, "import_command"), tmp_path_factory.mktemp("home")) as running:
        yield running
    drop_database(postgres.url, "import_command")


def run(api: Api, file: Path, *words: str) -> Done:
    """
    Imports a file.
    """
    venia = Venia(api.settings.home, api.url)
    return venia("consent", "import", str(file), "--tenant", str(api.demo["tenant"]), *words)


def row(phone: str, at: str = "2024-05-01T12:00") -> str:
    """
    A row in the way of a Spanish spreadsheet.
    """
    return f"{phone};order_updates;voice;{at};web_form\n"


def test_a_file_is_tried_imported_and_imported_once(api: Api, tmp_path: Path):
    """
    The dry run says what the import then does; the same command again does nothing, and anew finds duplicates.
    """
    phone, file, output = new_phone(), tmp_path / "people.csv", tmp_path / "verdicts.csv"
    file.write_text("\ufeff" + HEADER + row(phone[3:]) + row("12") + row(phone), encoding="utf-8")
    size, words = api.size(), ("--country", "ES", "--zone", "Europe/Madrid")
    trial = run(api, file, *words, "--dry-run", "--json")
    untouched = api.size()
    imported = run(api, file, *words, "--output", str(output))
    again = run(api, file, *words, "--json")
    anew = run(api, file, *words, "--anew")
    lines = list(csv.DictReader(io.StringIO(output.read_text(encoding="utf-8"))))

    assert untouched == size
    assert (trial.code, imported.code, again.code, anew.code) == (1, 1, 1, 1), (trial, imported)
    assert json.loads(trial.out)["verdicts"] == json.loads(again.out)["verdicts"]
    assert imported.out.strip() == "3 rows: 1 recorded, 1 duplicate, 1 refused"
    assert "2 duplicate" in anew.out
    assert [each["verdict"] for each in lines] == ["recorded", "refused", "duplicate"]
    assert lines[1]["column"] == "phone"


def test_exit_codes(api: Api, tmp_path: Path):
    """
    0 when all is recorded, 2 with a sentence when the file is none, or no column of it is known.
    """
    good, bad, odd = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "odd.xlsx"
    good.write_text(HEADER + row(new_phone(), "2024-05-01T12:00:00Z"), encoding="utf-8")
    bad.write_text("telephone;given_at\n1;2\n", encoding="utf-8")
    odd.write_bytes(b"PK\x03\x04" + bytes(100))
    done = [run(api, good), run(api, bad), run(api, odd), run(api, odd, "--format", "csv")]

    assert [each.code for each in done] == [0, 2, 2, 2]
    assert "phone" in done[1].err
    assert "--format" in done[2].err
    assert "workbook" in done[3].err
