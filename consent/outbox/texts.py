"""
What is sent to people, word for word, in their language: no name, no offer, nothing that could be called marketing.

A confirmation says what ended, asks the one question that the law lets it ask (47 CFR 64.1200(a)(12)), and tells the way
back.  A help text says why messages come and how to end them.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consent.outbox.messages import Kind
from consent.words import words

_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """One language's texts, and the ways to answer the question with "only the calls"."""

    confirmation: str
    help: str
    only_calls: tuple[str, ...] = ()


TEXTS: Mapping[str, Texts] = MappingProxyType(
    {
        "ar": Texts(
            "تم: لن نتصل بك ولن نراسلك بعد الآن. إذا كنت تقصد المكالمات فقط فأجب بالرقم 1. لاستقبال الرسائل من جديد أجب بكلمة START.",
            "تصلك هنا مكالمات ورسائل لأنك وافقت عليها. لإنهائها كلها أجب بكلمة STOP.",
            ("المكالمات فقط", "فقط المكالمات"),
        ),
        "ca": Texts(
            "Fet: no us trucarem ni us escriurem més. Si només volíeu deixar de rebre trucades, responeu 1. "
            "Per tornar a rebre missatges, responeu ALTA.",
            "Rebeu trucades i missatges aquí perquè els vau acceptar. Per acabar-los tots, responeu BAIXA.",
            ("només trucades", "només les trucades"),
        ),
        "de": Texts(
            "Erledigt: Wir rufen nicht mehr an und schreiben nicht mehr. Wenn Sie nur keine Anrufe mehr möchten, antworten Sie 1. "
            "Um wieder Nachrichten zu bekommen, antworten Sie START.",
            "Sie bekommen hier Anrufe und Nachrichten, weil Sie zugestimmt haben. Um alle zu beenden, antworten Sie STOP.",
            ("nur Anrufe", "nur die Anrufe", "nur keine Anrufe"),
        ),
        "el": Texts(
            "Έγινε: δεν θα σας καλέσουμε ούτε θα σας γράψουμε ξανά. Αν εννοούσατε μόνο τις κλήσεις, απαντήστε 1. "
            "Για να λαμβάνετε πάλι μηνύματα, απαντήστε START.",
            "Λαμβάνετε εδώ κλήσεις και μηνύματα επειδή συμφωνήσατε. Για να σταματήσουν όλα, απαντήστε STOP.",
            ("μόνο κλήσεις", "μόνο τις κλήσεις", "μόνο οι κλήσεις"),
        ),
        "en": Texts(
            "Done: we will not call you or write to you any more. If you meant only the calls, reply 1. "
            "To get messages again, reply START.",
            "You get calls and messages here because you agreed to them. To end all of them, reply STOP.",
            ("only calls", "calls only", "just calls", "just the calls", "only the calls"),
        ),
        "es": Texts(
            "Hecho: no le llamaremos ni le escribiremos más. Si solo quería dejar de recibir llamadas, responda 1. "
            "Para volver a recibir mensajes, responda ALTA.",
            "Recibe aquí llamadas y mensajes porque los aceptó. Para terminar con todos, responda BAJA.",
            ("solo llamadas", "solo las llamadas", "llamadas solo", "solamente llamadas", "solamente las llamadas"),
        ),
        "fr": Texts(
            "C'est fait : nous ne vous appellerons plus et ne vous écrirons plus. Si vous vouliez seulement ne plus être appelé, "
            "répondez 1. Pour recevoir à nouveau des messages, répondez START.",
            "Vous recevez ici des appels et des messages parce que vous les avez acceptés. Pour tout arrêter, répondez STOP.",
            ("seulement les appels", "uniquement les appels", "juste les appels", "que les appels"),
        ),
        "he": Texts(
            "בוצע: לא נתקשר אליך ולא נכתוב לך עוד. אם התכוונת רק לשיחות, יש להשיב 1. כדי לקבל שוב הודעות, יש להשיב START.",
            "מגיעות אליך לכאן שיחות והודעות כי הסכמת לכך. כדי להפסיק את כולן, יש להשיב STOP.",
            ("רק שיחות", "רק השיחות", "רק את השיחות"),
        ),
        "hi": Texts(
            "हो गया: अब हम आपको न कॉल करेंगे, न संदेश भेजेंगे। यदि आपका मतलब केवल कॉल से था, तो 1 लिखकर जवाब दें। "
            "फिर से संदेश पाने के लिए START लिखें।",
            "आपको यहाँ कॉल और संदेश इसलिए आते हैं क्योंकि आपने सहमति दी थी। सब बंद करने के लिए STOP लिखें।",
            ("केवल कॉल", "सिर्फ कॉल", "sirf call", "sirf calls"),
        ),
        "id": Texts(
            "Selesai: kami tidak akan menelepon atau mengirimi Anda pesan lagi. Jika maksud Anda hanya telepon, balas 1. "
            "Untuk menerima pesan lagi, balas START.",
            "Anda menerima telepon dan pesan di sini karena Anda menyetujuinya. Untuk menghentikan semuanya, balas STOP.",
            ("hanya telepon", "telepon saja", "hanya panggilan", "panggilan saja"),
        ),
        "it": Texts(
            "Fatto: non la chiameremo e non le scriveremo più. Se intendeva solo le chiamate, risponda 1. "
            "Per ricevere di nuovo messaggi, risponda START.",
            "Riceve qui chiamate e messaggi perché li ha accettati. Per interromperli tutti, risponda STOP.",
            ("solo chiamate", "solo le chiamate", "soltanto le chiamate"),
        ),
        "ja": Texts(
            "手続きが完了しました。今後、お電話もメッセージもお送りしません。お電話だけを止めたい場合は「1」とご返信ください。"
            "メッセージを再び受け取るには START とご返信ください。",
            "ご同意いただいたため、こちらにお電話とメッセージが届いています。すべて止めるには STOP とご返信ください。",
            ("電話だけ", "電話のみ"),
        ),
        "ko": Texts(
            "처리되었습니다. 앞으로 전화와 메시지를 보내지 않겠습니다. 전화만 원하지 않으시면 1을 보내 주세요. "
            "메시지를 다시 받으시려면 START를 보내 주세요.",
            "동의하셨기 때문에 이곳으로 전화와 메시지가 옵니다. 모두 중단하려면 STOP을 보내 주세요.",
            ("전화만", "전화만요"),
        ),
        "ms": Texts(
            "Selesai: kami tidak akan menelefon atau menghantar mesej kepada anda lagi. Jika maksud anda panggilan sahaja, balas 1. "
            "Untuk menerima mesej semula, balas START.",
            "Anda menerima panggilan dan mesej di sini kerana anda bersetuju. Untuk menghentikan semuanya, balas STOP.",
            ("panggilan sahaja", "hanya panggilan"),
        ),
        "nl": Texts(
            "Gedaan: we bellen en schrijven u niet meer. Als u alleen de telefoontjes bedoelde, antwoord dan 1. "
            "Om weer berichten te krijgen, antwoord START.",
            "U krijgt hier telefoontjes en berichten omdat u daarmee hebt ingestemd. Om alles te stoppen, antwoord STOP.",
            ("alleen bellen", "alleen de telefoontjes", "alleen telefoontjes", "alleen oproepen"),
        ),
        "pl": Texts(
            "Gotowe: nie będziemy już dzwonić ani pisać. Jeśli chodziło tylko o połączenia, proszę odpowiedzieć 1. "
            "Aby znów otrzymywać wiadomości, proszę odpowiedzieć START.",
            "Otrzymuje tu Pan/Pani połączenia i wiadomości, bo wyraził(a) na nie zgodę. Aby zakończyć wszystkie, proszę odpowiedzieć STOP.",
            ("tylko połączenia", "tylko telefony", "tylko dzwonienie"),
        ),
        "pt": Texts(
            "Pronto: não vamos mais ligar nem escrever. Se queria parar só as ligações, responda 1. "
            "Para voltar a receber mensagens, responda START.",
            "Você recebe aqui ligações e mensagens porque as aceitou. Para encerrar todas, responda PARAR.",
            (
                "só ligações",
                "só as ligações",
                "só chamadas",
                "só as chamadas",
                "somente as ligações",
                "apenas as ligações",
            ),
        ),
        "ro": Texts(
            "Gata: nu vă mai sunăm și nu vă mai scriem. Dacă v-ați referit doar la apeluri, răspundeți 1. "
            "Pentru a primi din nou mesaje, răspundeți START.",
            "Primiți aici apeluri și mesaje pentru că le-ați acceptat. Pentru a le opri pe toate, răspundeți STOP.",
            ("doar apeluri", "doar apelurile", "numai apelurile"),
        ),
        "ru": Texts(
            "Готово: мы больше не будем звонить и писать. Если вы имели в виду только звонки, ответьте 1. "
            "Чтобы снова получать сообщения, ответьте START.",
            "Вы получаете здесь звонки и сообщения, потому что согласились на них. Чтобы прекратить всё, ответьте STOP.",
            ("только звонки", "только звонков"),
        ),
        "sv": Texts(
            "Klart: vi ringer och skriver inte mer. Om du bara menade samtalen, svara 1. För att få meddelanden igen, svara START.",
            "Du får samtal och meddelanden här eftersom du har godkänt dem. Svara STOP för att avsluta alla.",
            ("bara samtal", "bara samtalen", "endast samtal"),
        ),
        "tr": Texts(
            "Tamam: sizi artık aramayacağız ve size yazmayacağız. Yalnızca aramaları kastettiyseniz 1 yazın. "
            "Yeniden mesaj almak için START yazın.",
            "Burada aramalar ve mesajlar alıyorsunuz, çünkü bunları kabul ettiniz. Hepsini durdurmak için STOP yazın.",
            ("sadece aramalar", "yalnızca aramalar", "sadece arama"),
        ),
        "uk": Texts(
            "Готово: ми більше не дзвонитимемо і не писатимемо. Якщо ви мали на увазі лише дзвінки, відповідайте 1. "
            "Щоб знову отримувати повідомлення, відповідайте START.",
            "Ви отримуєте тут дзвінки та повідомлення, бо погодилися на них. Щоб припинити все, відповідайте STOP.",
            ("лише дзвінки", "тільки дзвінки"),
        ),
        "zh": Texts(
            "已办理：我们不会再给您打电话，也不会再给您发消息。如果您只是不想接到电话，请回复 1。如需重新接收消息，请回复 START。",
            "您在此收到电话和消息，是因为您曾经同意。如需全部停止，请回复 STOP。",
            ("只是电话", "仅电话", "只停电话"),
        ),
    }
)

# One sentence that comes with WhatsApp's own buttons; it says nothing of what the call would be about.
_ASKING = {
    "ar": "نود الاتصال بك هنا عبر واتساب. هل تسمح بذلك؟",
    "ca": "Us voldríem trucar per aquí, per WhatsApp. Ens hi doneu permís?",
    "de": "Wir möchten Sie gern hier über WhatsApp anrufen. Erlauben Sie das?",
    "el": "Θα θέλαμε να σας καλέσουμε εδώ, στο WhatsApp. Το επιτρέπετε;",
    "en": "We would like to call you here on WhatsApp. Is that all right?",
    "es": "Nos gustaría llamarle por aquí, por WhatsApp. ¿Nos da permiso?",
    "fr": "Nous aimerions vous appeler ici, sur WhatsApp. Êtes-vous d'accord ?",
    "he": "נשמח להתקשר אליך כאן בוואטסאפ. האם זה בסדר?",
    "hi": "हम आपको यहाँ WhatsApp पर कॉल करना चाहते हैं। क्या आप अनुमति देते हैं?",
    "id": "Kami ingin menelepon Anda di sini melalui WhatsApp. Apakah Anda mengizinkan?",
    "it": "Vorremmo chiamarla qui su WhatsApp. Ci dà il permesso?",
    "ja": "こちらの WhatsApp でお電話を差し上げたく存じます。よろしいでしょうか。",
    "ko": "여기 WhatsApp으로 전화를 드리고자 합니다. 허락해 주시겠습니까?",
    "ms": "Kami ingin menelefon anda di sini melalui WhatsApp. Adakah anda benarkan?",
    "nl": "We willen u graag hier via WhatsApp bellen. Vindt u dat goed?",
    "pl": "Chcielibyśmy zadzwonić tutaj, przez WhatsApp. Czy wyraża Pan/Pani zgodę?",
    "pt": "Gostaríamos de ligar para você por aqui, pelo WhatsApp. Você permite?",
    "ro": "Am dori să vă sunăm aici, pe WhatsApp. Ne permiteți?",
    "ru": "Мы хотели бы позвонить вам здесь, в WhatsApp. Вы разрешаете?",
    "sv": "Vi vill gärna ringa dig här på WhatsApp. Går det bra?",
    "tr": "Sizi buradan, WhatsApp üzerinden aramak istiyoruz. İzin verir misiniz?",
    "uk": "Ми хотіли б зателефонувати вам тут, у WhatsApp. Ви дозволяєте?",
    "zh": "我们想通过 WhatsApp 给您打电话，可以吗？",
}

# Before the address of the person's own page, in the languages that it speaks.
_PAGE = {
    "de": "Worin Sie eingewilligt haben und wer Sie angerufen hat:",
    "en": "What you agreed to and who called you:",
    "es": "Qué aceptó y quién le llamó:",
    "fr": "Ce que vous avez accepté et qui vous a appelé :",
    "it": "Che cosa ha accettato e chi l'ha chiamata:",
    "pt": "O que você aceitou e quem ligou:",
}

# The language that most people with a number of the country read, where they have not shown which is theirs.
_SPOKEN = {
    **dict.fromkeys(
        [
            "AR",
            "BO",
            "CL",
            "CO",
            "CR",
            "CU",
            "DO",
            "EC",
            "ES",
            "GT",
            "HN",
            "MX",
            "NI",
            "PA",
            "PE",
            "PR",
            "PY",
            "SV",
            "UY",
            "VE",
        ],
        "es",
    ),
    **dict.fromkeys(["AO", "BR", "MZ", "PT"], "pt"),
    **dict.fromkeys(["AT", "DE", "LI"], "de"),
    **dict.fromkeys(["FR", "MC", "SN", "CI"], "fr"),
    **dict.fromkeys(["AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "OM", "QA", "SA", "TN", "YE"], "ar"),
    **dict.fromkeys(["CN", "HK", "MO", "TW"], "zh"),
    "AD": "ca",
    "CY": "el",
    "GR": "el",
    "ID": "id",
    "IL": "he",
    "IN": "hi",
    "IT": "it",
    "JP": "ja",
    "KR": "ko",
    "MY": "ms",
    "NL": "nl",
    "PL": "pl",
    "RO": "ro",
    "MD": "ro",
    "RU": "ru",
    "SE": "sv",
    "TR": "tr",
    "UA": "uk",
}


def language_of(said: str | None, countries: tuple[str | None, ...]) -> str:
    """The language to answer in: that of what was said, else of the first known country of the person's numbers."""
    if said in TEXTS:
        return str(said)
    return next((_SPOKEN[each] for each in countries if each in _SPOKEN), _DEFAULT)


def has_page(language: str) -> bool:
    """Whether the person's own page speaks this language."""
    return language in _PAGE


def text_of(kind: Kind, language: str, contact_line: str | None, page: str | None = None) -> str:
    """
    The words of a message.

    ``contact_line`` is how the business says that it can be reached, for those who ask for help; ``page`` is the address of
    the person's own page, for a confirmation in one of the languages that it speaks.
    """
    texts = TEXTS.get(language, TEXTS[_DEFAULT])
    if kind == "permission_request":
        return _ASKING.get(language, _ASKING[_DEFAULT])
    if kind == "confirmation":
        return texts.confirmation if page is None else f"{texts.confirmation} {_PAGE[language]} {page}"
    return texts.help if contact_line is None else f"{texts.help} {contact_line}"


def means_only_calls(text: str) -> bool:
    """Whether a whole message is an answer to the question of a confirmation: the digit one, or the words for it."""
    said = tuple(word.text for word in words(text))
    return (len(said) == 1 and said[0] in _ONE) or said in _ONLY_CALLS


_ONE = {"1", *(each for each in map(chr, range(0x660, 0x970)) if unicodedata.digit(each, 0) == 1)}
_ONLY_CALLS = {tuple(word.text for word in words(each)) for texts in TEXTS.values() for each in texts.only_calls}
