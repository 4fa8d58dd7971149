"""
Refusals and what only sounds like them, each with its reason.
"""

import pytest

from consent.replies import read
from tests.consent.readings import is_for_good, is_less


@pytest.mark.parametrize(
    "text",
    [
        "Ya no me marquen, pónganme en la lista de no llamar",  # a wish about me, and about their list
        "no quiero nada y no me escriban",  # the first "no" is of another clause
        "no vuelvan a usar mis datos",  # use of my data is contact to come
        "me están volviendo loca, borren mi número",  # an order about my number
        "no me llamen más, hasta luego",  # "hasta luego" is a goodbye and no time
        "não mandem mais nada pra cá",  # nothing more at all
        "façam o favor de não voltar a telefonar",  # courtesy around it changes nothing
        "nem pensem em ligar outra vez",  # forbidding the thought of it
        "no vullc que em telefoneu",  # a Valencian form
        "llevau-me de sa llista",  # a Balearic one
        "feu el favor d'esborrar el meu número",  # the order is in an infinitive
        "不希望你们再打来",  # a wish about what they do
        "唔好再whatsapp我",  # Cantonese
        "我反对你们处理我的个人信息",  # a right that is exercised
        "もうかけてこないでいただきたい",  # a polite form
        "電話もメールもせんといて",  # of the west
        "同意の撤回",  # consent is taken back, the shortest way
    ],
)
def test_a_clear_refusal(text):
    """
    Takes effect at once.
    """
    assert is_for_good(text)


@pytest.mark.parametrize(
    "text",
    [
        "antes de las diez no me llames",  # a time of day
        "no me llamen esta semana",  # a keyword's list does not know the week, the grammar does
        "por la noche no me llaméis",  # a time before it
        "no llamen a mi esposa",  # somebody else, who may not be a contact
        "não me liga agora",  # now
        "si és per vendre no truqueu",  # a condition
        "晚上别打",  # in the evening
        "9時前はかけないで",  # before nine
    ],
)
def test_a_limited_refusal_is_for_a_person(text):
    """
    It did not ask never to be called, and marketing stops meanwhile.
    """
    assert is_less(text)


@pytest.mark.parametrize(
    "text",
    [
        "borren ese número y pongan el nuevo",  # a correction
        "yo borré mi número sin querer",  # what I did myself
        "no hable tan rápido, por favor",  # how to speak
        "no marquen esa opción",  # to mark, not to dial
        "no me importa que me llamen",  # nothing against it
        "não ligue o aparelho",  # to switch on, not to call
        "a placa dizia não perturbe",  # somebody else's words
        "parei de receber mensagens",  # a complaint
        "amb dos n'hi ha prou",  # enough, and no exclamation
        "no toqueu el timbre",  # the bell
        "你撤回了什么?",  # a message recalled
        "少放盐",  # less salt
        "要不要打电话?",  # a question
        "不想打电话,可以网上办吗",  # I do not want to call
        "電話しないで直接行きます",  # I come without calling
        "固定電話にはかけないで携帯にください",  # another number
        "代引きで送らないで",  # a parcel
    ],
)
def test_other_business_is_no_refusal(text):
    """
    Whoever writes so is called again.
    """
    assert read(text).kind != "opt_out"


def test_a_parcel_of_bread_is_for_a_person():
    """
    "Send no more" of anything may mean messages.
    """
    assert read("no me manden más pan").kind != "opt_out"
    assert read("no me manden más").kind == "opt_out"
