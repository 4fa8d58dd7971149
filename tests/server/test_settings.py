"""
Settings: read once, wrong ones stop the start with a sentence each, the page tells them all.
"""

import base64
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from server.errors import SettingsInvalid
from server.settings import Settings, describe, read_settings, settings_page

ROOT = Path(__file__).parents[2]
KEK = base64.b64encode(bytes(range(32))).decode()
ISSUER = {"issuer": "https://id.example", "audience": "venia", "jwks": "https://id.example/keys"}


def refused(**variables: str) -> tuple[str, ...]:
    with pytest.raises(SettingsInvalid) as caught:
        read_settings(variables)
    return caught.value.problems


def test_nothing_set_is_a_working_laptop():
    """
    Without any variable every setting has its documented default, and other programs' variables are left alone.
    """
    settings = read_settings({"PATH": "/bin", "HOME": "/root"})

    assert (settings.home, settings.host, settings.port, settings.workers) == (Path(".venia"), "127.0.0.1", 8000, 1)
    assert (settings.database_url, settings.kek, settings.jwt_issuers, settings.demo) == (None, None, (), False)


def test_every_variable_is_read():
    """
    Each value arrives as what it means: numbers, bytes, a path, a list.
    """
    settings = read_settings(
        {
            "VENIA_HOME": "/var/lib/venia",
            "VENIA_PORT": "9000",
            "VENIA_DATABASE_URL": "postgresql://venia@db/venia",
            "VENIA_KEK": KEK,
            "VENIA_LOG_LEVEL": "WARNING",
            "VENIA_DEMO": "true",
            "VENIA_JWT_ISSUERS": json.dumps([{**ISSUER, "algorithms": ["ES256"]}]),
        }
    )

    assert settings.port == 9000
    assert settings.kek == bytes(range(32))
    assert settings.log_level == "warning"
    assert settings.demo is True
    assert (settings.jwt_issuers[0].tenant_claim, settings.jwt_issuers[0].algorithms) == ("venia_tenant", ("ES256",))


def test_all_mistakes_are_told_at_once():
    """
    Each wrong variable gets a sentence that names it.
    """
    problems = refused(VENIA_PORT="70000", VENIA_WORKERS="many", VENIA_LOG_FORMAT="xml")

    assert len(problems) == 3
    assert problems[0].startswith("VENIA_PORT is wrong: input should be less than or equal to 65535. TCP port")
    assert any(each.startswith("VENIA_WORKERS is wrong") for each in problems)
    assert any(each.startswith("VENIA_LOG_FORMAT is wrong") for each in problems)


def test_a_typo_is_refused_with_a_suggestion():
    """
    A VENIA_ name that is no setting stops the start.
    """
    assert refused(VENIA_PROT="9000") == ("VENIA_PROT is not a setting: did you mean VENIA_PORT?",)
    assert refused(VENIA_QQQQQQQ="blue") == ("VENIA_QQQQQQQ is not a setting: unset it.",)
    assert refused(venia_port="9000") == ("venia_port is not a setting: did you mean VENIA_PORT?",)


def test_an_empty_value_is_a_mistake():
    """
    A secret that failed to arrive must not quietly become the default.
    """
    assert refused(VENIA_KEK="") == ("VENIA_KEK is empty: give it a value or unset it.",)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("VENIA_KEK", base64.b64encode(b"short-secret").decode()),
        ("VENIA_KEK", "not*base64*secret"),
        ("VENIA_DATABASE_URL", "mysql://venia:secret@db/venia"),
        ("VENIA_JWT_ISSUERS", '[{"issuer": "secret"'),
        ("VENIA_JWT_ISSUERS", json.dumps([{**ISSUER, "algorithms": ["HS256"]}])),
        ("VENIA_JWT_ISSUERS", json.dumps([{**ISSUER, "algorithms": ["none"]}])),
        ("VENIA_JWT_ISSUERS", json.dumps([{**ISSUER, "jwks": "/nowhere/secret.json"}])),
        ("VENIA_JWT_ISSUERS", json.dumps([{**ISSUER, "secret": 1}])),
        ("VENIA_DEPLOYMENT", "not a domain"),
        ("VENIA_BATCH_SIZE", "2000"),
    ],
)
def test_wrong_values_are_refused_and_not_repeated(variable, value):
    """
    One sentence names the variable, and no secret is shown.
    """
    (problem,) = refused(**{variable: value})

    assert problem.startswith(f"{variable} ")
    assert value not in problem
    assert "short-secret" not in problem
    assert "mysql" not in problem


def test_settings_must_fit_together():
    """
    A batch larger than the queue and one issuer twice are refused.
    """
    assert "VENIA_BATCH_SIZE must not exceed" in refused(VENIA_QUEUE_SIZE="10")[0]
    assert "names an issuer twice" in refused(VENIA_JWT_ISSUERS=json.dumps([ISSUER, ISSUER]))[0]


def test_building_settings_reads_no_environment(monkeypatch):
    """
    Only ``read_settings`` looks at variables, and only at those it is given.
    """
    monkeypatch.setenv("VENIA_PORT", "9999")

    assert Settings().port == 8000


def test_settings_are_frozen_and_do_not_show_secrets():
    """
    Nothing changes a setting later, and printing the object reveals neither key nor password.
    """
    settings = read_settings({"VENIA_KEK": KEK, "VENIA_DATABASE_URL": "postgresql://venia:secret@db/venia"})
    with pytest.raises(ValidationError):
        settings.port = 1

    assert "secret" not in repr(settings)
    assert "kek" not in repr(settings)


def test_every_setting_is_described():
    """
    Each field has its variable, default and meaning, and docs/settings.md says the same.
    """
    rows = list(describe())

    assert [row.variable for row in rows] == [f"VENIA_{name.upper()}" for name in Settings.model_fields]
    assert all(row.meaning.endswith(".") for row in rows)
    assert (ROOT / "docs/settings.md").read_text() == settings_page()
