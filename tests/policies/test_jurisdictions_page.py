"""
The page of jurisdictions says what the packs say.
"""

from docs.jurisdictions import page
from policies.catalogue import builtin, jurisdictions
from tests.checkout import ROOT


def test_the_page_is_made_from_the_packs():
    """
    Whoever changes a pack makes the page anew: python -m docs.jurisdictions > docs/jurisdictions.md.
    """
    assert (ROOT / "docs" / "jurisdictions.md").read_text("utf-8") == page()


def test_every_country_of_the_packs_stands_on_it_with_every_rule():
    """
    None is left out, whatever its basis.
    """
    text = page()

    assert all(f"`{rule.id}`" in text for name in jurisdictions() for rule in builtin(name).rules)
    assert len({country for name in jurisdictions() for country in builtin(name).vouches_for}) >= 34
