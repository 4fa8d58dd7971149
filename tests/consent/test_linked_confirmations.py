"""
The link to the person's own page that a confirmation carries.
"""

from dataclasses import replace

import pytest

from consent.links.looking import OpenLink
from consent.outbox.texts import TEXTS, has_page
from server.outbox.postman import Postman
from server.page.words import LANGUAGES
from server.settings import Settings
from tests.channels.graph_like import BAD_GATEWAY
from tests.consent import test_outbox
from tests.consent.test_outbox import DOUBT, Post
from tests.factories import ANA, MINUTE

post = test_outbox.post


def test_a_confirmation_carries_a_link_where_people_reach_us(post: Post):
    """
    One that opens her own page, the same however often it is tried, recorded once; without an address there is none.
    """
    post.postman = Postman(
        replace(post.postman._service, settings=Settings(public_url="https://calls.example")),
        post.postman._client,
        graph=post.graph.url,
        doubt=DOUBT,
    )
    post.graph.answers += [BAD_GATEWAY]
    post.says("no me llamen más, por favor")
    post.sends()
    post.waits(MINUTE)
    bodies = {posted["text"]["body"] for posted in post.graph.posted}
    [body] = bodies
    told, _, address = body.partition(" Qué aceptó y quién le llamó: ")
    token = address.removeprefix("https://calls.example/me/")
    holder = post.office.read(OpenLink(post.office.tenant, token))

    assert told == TEXTS["es"].confirmation
    assert len(post.graph.posted) == 2
    assert holder.link.contact == post.office.contact(ANA)
    assert [each["link"] for each in post.office.payloads("link.issued")] == [str(holder.link.id)]
    assert token not in str(post.office.rows("outbox"))


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_link_stands_only_beside_words_in_its_language(language):
    """
    A confirmation in a language that the page does not speak has none.
    """
    assert has_page(language) == (language in LANGUAGES)
