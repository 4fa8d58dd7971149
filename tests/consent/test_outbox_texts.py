"""
What is sent to people, word for word.
"""

import pytest

from consent.outbox.texts import TEXTS, language_of, means_only_calls, text_of


def test_the_language_is_hers():
    """
    What she wrote in, else the language of her number's country, else English.
    """
    assert language_of("pt", ("ES",)) == "pt"
    assert language_of(None, ("MX",)) == "es"
    assert language_of("xx", ("JP",)) == "ja"
    assert language_of(None, ("KE",)) == "en"


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_every_language_says_how_to_stop_and_how_to_narrow(language):
    """
    The confirmation offers the digit one, the help text a word that our own reading takes as an opt-out; both are short.
    """
    confirmation, help_text = text_of("confirmation", language, None), text_of("help", language, None)

    assert "1" in confirmation
    assert len(confirmation) <= 320
    assert any(word in help_text for word in ("STOP", "BAJA", "BAIXA", "PARAR"))
    assert all(means_only_calls(each) for each in TEXTS[language].only_calls)
