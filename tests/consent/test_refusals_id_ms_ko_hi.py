"""
Refusals in Indonesian, Malay, Korean and Hindi: what is one, what is one only for a time, and what only looks like one.
"""

import pytest

from consent.replies import read
from tests.consent.readings import is_for_good, is_less


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tolong jangan telepon saya lagi ya kak", "an order not to call"),
        ("gausah wa wa lagi", "there is no need, written as one word, and never again"),
        ("nomor saya tolong dihapus dari sistem", "the number is to be deleted, in the passive"),
        ("saya menarik kembali persetujuan saya", "consent is taken back"),
        ("ojo nelpon maneh", "Javanese"),
        ("x payah call saya lagi dah", "Malay short spelling, English verb"),
        ("buangkan nama saya daripada senarai", "the name is to leave the list"),
        ("xnak orang call aku lagi", "what the writer does not want"),
        ("saya tarik balik kebenaran saya", "consent is taken back, in Malay"),
        ("앞으로 연락하지 말아 주세요", "a polite order"),
        ("전화하지마새요", "the syllables are heard whatever the spaces and the ending"),
        ("연락 안 주셨으면 합니다", "a wish that nobody get in touch"),
        ("제 번호를 명단에서 지워 주세요", "the number is to leave the list"),
        ("수신동의 철회합니다", "consent is taken back, in Korean"),
        ("전화 ㄴㄴ", "no, as it is chatted"),
        ("मुझे दोबारा फोन मत करना", "an order not to phone"),
        ("मेरा नंबर अपनी सूची से हटा दीजिए", "the number is to leave the list"),
        ("mujhe cal mat kro dubara", "Hindi in Latin letters, hurriedly typed"),
        ("msg bhejna band kar do", "the sending is to stop"),
        ("aaj ke baad call mat karna", "after today is for good"),
    ],
)
def test_a_refusal_is_understood(text, reason):
    """
    Orders, wishes, removals and revocations, in the spellings that people type.
    """
    assert is_for_good(text), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("jangan telepon sebelum jam sepuluh, saya kerja", "before ten only"),
        ("jangan kirim promo lagi", "advertising alone"),
        ("ga usah telpon, langsung antar aja", "perhaps only about this delivery"),
        ("harini jangan call ye", "today only"),
        ("mana dapat nombor saya", "a complaint that asks for nothing"),
        ("월요일까지는 연락하지 마세요", "until Monday"),
        ("회의 중이니 전화하지 마세요", "while a meeting lasts"),
        ("잘못 거셨습니다", "a wrong number"),
        ("raat ko phone mat karo", "at night"),
        ("अगले दस दिन तक फोन न करें", "for ten days"),
        ("अगर लोन की बात है तो फोन मत करना", "on a condition"),
    ],
)
def test_a_limited_or_unsaid_refusal_is_doubtful(text, reason):
    """
    A time, a condition, a part of what is sent, or a complaint goes to a person.
    """
    assert is_less(text), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("jangan berhenti menelepon saya", "the opposite is asked"),
        ("kurir bilang jangan telepon saya lagi", "somebody else said so"),
        ("jangan kirim barang rusak lagi", "goods, not messages"),
        ("stop kontak di kamar rusak", "a power socket"),
        ("hapus nomor lama saya ganti yang baru", "a number is replaced"),
        ("jangan segan hubungi saya", "an invitation"),
        ("saya tak nak berhenti langgan", "the opposite is asked, in Malay"),
        ("buang item merah dari troli", "a shopping cart"),
        ("전화 끊지 마세요", "do not hang up"),
        ("전화하지 말라고 한 적 없어요", "it was never said"),
        ("수신거부 안 했는데요", "it was never said, with a keyword"),
        ("양파는 빼 주세요", "onions"),
        ("적금 해지하고 싶어요", "a savings account"),
        ("call karna band mat karo", "the opposite is asked, in Hindi"),
        ("मुझे लिस्ट से मत हटाना", "the opposite is asked, about a list"),
        ("nahi, call karo", "an invitation, whose no answers something else"),
        ("phone karna mat bhulna", "do not forget to phone"),
        ("ye phone nahi chahiye return karna hai", "goods, not calls"),
    ],
)
def test_what_only_looks_like_a_refusal_is_none(text, reason):
    """
    Other senses, reports of others and requests for the opposite take no effect and queue nobody.
    """
    assert read(text).kind == "none", reason
