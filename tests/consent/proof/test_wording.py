"""
Notices with placeholders: what is filled in, what is refused, and what the hashes are of.
"""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.proof.errors import NoticeMismatch, NoticeVariables
from consent.proof.said import Notice, words
from consent.proof.wording import digest, is_locale, placeholders, rendered

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
VALUES = st.text(st.characters(codec="utf-8"), max_size=40)
HASH = b"h" * 32


@given(st.dictionaries(NAMES, VALUES, max_size=5), VALUES.filter(lambda text: "{" not in text and "}" not in text))
def test_every_value_stands_where_its_name_stood_and_as_it_is(variables, plain):
    """
    A value with braces, or with another placeholder's name, is not read again.
    """
    template = plain.join(f"{{{name}}}" for name in variables)

    assert rendered(template, variables) == plain.join(variables.values())


@given(st.sets(NAMES, min_size=1, max_size=4), st.data())
def test_a_value_too_few_or_too_many_is_refused(names, data):
    """
    Exactly one value for each placeholder: whatever is left out, or added, is said.
    """
    template = " ".join(f"{{{name}}}" for name in names)
    lost = data.draw(st.sampled_from(sorted(names)))
    with pytest.raises(NoticeVariables) as missing:
        rendered(template, dict.fromkeys(names - {lost}, "x"))
    with pytest.raises(NoticeVariables) as unknown:
        rendered(template, {**dict.fromkeys(names, "x"), "zz_other": "y"})

    assert (missing.value.missing, missing.value.unknown) == ([lost], [])
    assert (unknown.value.missing, unknown.value.unknown) == ([], ["zz_other"])


def test_other_braces_are_text():
    """
    Only a plain name in braces is a placeholder.
    """
    text = "{} {Brand} {a b} {{brand}} {0} {brand!r} {brand.name} {märke}"

    assert placeholders(text) == ("brand",)
    assert rendered(text, {"brand": "{a}"}) == "{} {Brand} {a b} {{a}} {0} {brand!r} {brand.name} {märke}"


def test_nothing_that_a_value_tells_is_in_the_facts():
    """
    Neither the value nor a hash of what holds it: the template's hash is all, and the rest is personal.
    """
    said = words(Notice("n", 1, "es", {"name": "Ana"}), HASH, "Yo, {name}, acepto.")

    assert said.facts == {"id": "n", "version": 1, "locale": "es", "sha256": HASH.hex()}
    assert said.personal["notice_sha256"] == sha256(b"Yo, Ana, acepto.").hexdigest()
    assert said.personal["notice_variables"] == '{"name":"Ana"}'
    assert said.personal["notice_variables_sha256"] == sha256(b'{"name":"Ana"}').hexdigest()


def test_the_hash_of_what_was_shown_must_be_ours():
    """
    With the right one it counts as shown; with another, both are told; a notice without placeholders is its own text.
    """
    filled = Notice("n", 1, "es", {"brand": "Acme"}, digest("Acme llama"))

    assert words(filled, HASH, "{brand} llama").shown
    assert words(Notice("n", 1, "es", {}, HASH.hex()), HASH, None).shown
    assert not words(Notice("n", 1, "es"), HASH, None).shown
    with pytest.raises(NoticeMismatch) as wrong:
        words(Notice("n", 1, "es", {"brand": "acme"}, digest("Acme llama")), HASH, "{brand} llama")
    assert (wrong.value.stated, wrong.value.published) == (digest("Acme llama"), digest("acme llama"))


@pytest.mark.parametrize("locale", ["es", "es-ES", "zh-Hant-TW", "es-419", "de-AT-1996", "sr-Latn"])
def test_usual_locales_are_taken(locale):
    """
    Language, script, region and variants, each in its usual case.
    """
    assert is_locale(locale)


@pytest.mark.parametrize(
    "locale", ["ES", "es-es", "es_ES", "еs-ES", "es-ES ", "es-ЕS", "e", "", "es--ES", "es-ES\n", "ｅｓ", "es-E5", "-es"]
)
def test_what_looks_like_a_locale_is_refused(locale):
    """
    Other cases, other scripts' look-alikes and other separators would make two notices of one.
    """
    assert not is_locale(locale)
