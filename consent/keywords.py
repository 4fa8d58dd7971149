"""
The words by which customers opt out, opt in and ask for help, as data.

Sources: the vendors' published keyword lists (Twilio, AWS, Klaviyo, Telnyx, Braze), 47 CFR 64.1200(a)(10), and native
usage that a speaker of each language should review.  Capitals and accents do not matter here: ``consent.replies``
folds these words exactly as it folds a message.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keywords:
    """One language's words, separated by commas; ``exact`` ones are too common to count inside a sentence."""

    stop: str
    start: str
    help: str
    exact: str = ""


# "Yes" opens nothing in any language (yes, si, oui, ja, sim, tak, evet, ya, نعم, כן, да): it answers some other
# question.
# Nor do Portuguese "voltar" (the back entry of every chat menu) and Turkish "onay" (it confirms appointments).
KEYWORDS: Mapping[str, Keywords] = {
    "en": Keywords(
        stop="STOP, STOPALL, STOP ALL, UNSUBSCRIBE, UNSUSCRIBE, UNSUBCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT, OPT "
        "OUT, "
        "REMOVE, TD, DO NOT CALL, DONT CALL, DNC, DO NOT DISTURB, NO CALLS",
        start="START, UNSTOP, SUBSCRIBE, RESUBSCRIBE, OPT IN, OPTIN",
        help="HELP, INFO",
        exact="END, QUIT, CANCEL, REMOVE, TD",
    ),
    "es": Keywords(
        stop="BAJA, DARME DE BAJA, DAR DE BAJA, ALTO, PARAR, PARA, DETENER, DETENER PROMOCIONES, CANCELAR, SALIR, "
        "STOP, "
        "NO MAS, REVOCAR, ELIMINAR, NO QUIERO MAS, NO LLAMAR, NO LLAMEN, NO LLAME, NO LLAMES, NO MOLESTAR, NO "
        "MOLESTEN, NO MOLESTE, PAREN, PARAD, BASTA",
        start="ALTA, DARME DE ALTA, INICIAR, START",
        help="AYUDA, INFO",
        exact="PARA, ALTO, SALIR, CANCELAR, PAREN, PARAD, BASTA, NO MAS, NO QUIERO MAS, ELIMINAR, DETENER, DAR DE BAJA",
    ),
    "pt": Keywords(
        stop="SAIR, PARAR, PARE, CANCELAR, DESCADASTRAR, REMOVER, STOP, PAREM, NÃO QUERO MAIS, NÃO LIGAR, NÃO LIGUE, "
        "NÃO LIGUEM, NÃO PERTURBE",
        start="INICIAR, CADASTRAR, START",
        help="AJUDA, INFO",
        exact="SAIR, CANCELAR, PARE, PAREM, NÃO QUERO MAIS",
    ),
    "fr": Keywords(
        stop="ARRET, ARRETER, ARRETE, ARRETT, STOP, DESABONNER, DESABONNEMENT, DESINSCRIRE, DESINSCRIPTION, ARRETEZ, "
        "NE PLUS APPELER, NE PAS APPELER, NE PLUS CONTACTER, NE PAS DÉRANGER",
        start="START, REPRENDRE",
        help="AIDE, INFO",
        exact="ARRETE, ARRETEZ",
    ),
    "de": Keywords(
        stop="STOPP, STOP, ABMELDEN, ABBESTELLEN, ENDE, BEENDEN, AUFHÖREN, AUFHOEREN, HÖR AUF, HOER AUF, HÖREN SIE "
        "AUF, HOEREN SIE AUF, NICHT ANRUFEN, KEINE ANRUFE",
        start="START, ANMELDEN",
        help="HILFE, INFO",
        exact="ENDE",
    ),
    "it": Keywords(
        stop="FERMA, BASTA, STOP, CANCELLA, CANCELLAMI, DISISCRIVI, DISISCRIVIMI, RIMUOVI, SMETTILA, SMETTETELA, "
        "BASTA COSÌ, MI CANCELLI, NON CHIAMARE, NON CHIAMATE, NON DISTURBARE",
        start="INIZIA, ISCRIVI, START",
        help="AIUTO, INFO",
        exact="BASTA, FERMA",
    ),
    "nl": Keywords(stop="STOP, STOPPEN, AFMELDEN, UITSCHRIJVEN", start="START, AANMELDEN", help="HULP, INFO"),
    "pl": Keywords(
        stop="STOP, REZYGNUJE, WYPISZ, KONIEC, ANULUJ", start="START", help="POMOC, INFO", exact="KONIEC, ANULUJ"
    ),
    # RET is common in Danish and BAND in English, so here both must stand alone.
    "tr": Keywords(
        stop="RET, RED, IPTAL, DUR, DURDUR, STOP", start="BASLAT", help="YARDIM, BILGI", exact="DUR, RED, RET"
    ),
    "ar": Keywords(
        stop="إيقاف, ايقاف, توقف, إلغاء, الغاء, إلغاء الاشتراك, الغاء الاشتراك, STOP",
        start="ابدأ, اشتراك",
        help="مساعدة",
        exact="توقف",
    ),
    "he": Keywords(stop="הסר, הסרה, להסרה, עצור, STOP", start="הצטרף", help="עזרה"),
    "hi": Keywords(stop="बंद, रोकें, रोको, BAND, STOP", start="शुरू, START", help="मदद", exact="बंद, BAND"),
    "id": Keywords(stop="BERHENTI, STOP, UNREG, BATAL", start="MULAI, DAFTAR", help="BANTUAN, INFO", exact="BATAL"),
    "ms": Keywords(stop="BERHENTI, BATAL, STOP", start="MULA", help="BANTUAN", exact="BATAL"),
    "ja": Keywords(
        stop="停止, 配信停止, 解除, 退会, やめて, STOP", start="開始, 再開, 登録", help="ヘルプ", exact="停止, 解除"
    ),
    "ko": Keywords(stop="수신거부, 거부, 중지, 해지, STOP", start="수신동의, 시작", help="도움말", exact="거부, 중지"),
    "zh": Keywords(
        stop="退订, 退訂, TD, T, 停止, 取消, STOP", start="订阅, 訂閱", help="帮助, 幫助", exact="T, TD, 取消"
    ),
    "ru": Keywords(stop="СТОП, ОТПИСАТЬСЯ, ОТПИСКА, ОТМЕНА, STOP", start="СТАРТ", help="ПОМОЩЬ", exact="ОТМЕНА"),
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A word of these before a refusal, in the same clause, may turn it into its opposite ("don't stop calling", "no
# quiero darme de baja") or into a question or a complaint ("why don't you call me").
NEGATORS = _set(
    """
    no not dont didnt doesnt never wont cant cannot shouldnt isnt arent wouldnt without nunca jamas tampoco sin
    nao  sem  ne n pas plus jamais sans nicht nie niemals kein keine keinen ohne non mai senza niet nooit geen
    nie 不 别 別 勿 没
    """
)
ASKERS = _set("why how did warum wieso weshalb wie pourquoi comment perche")
# Where one of these stands between, the "no" before belongs to something else ("not interested, stop calling").
BREAKERS = _set(
    """
    interested thanks thank please pls so and but then just time need stop again anymore gracias interesa
    interesado  interesada favor y e pero asi entonces mas obrigado obrigada mas porfavor merci plait et mais
    alors danke bitte  und  aber also interessiert interesse grazie favore ed ma quindi interessa interessato
    interessata interesse
    """
)
# A repeated plain no is emphasis: "no, no me llamen" asks for nothing else than "no me llamen".
PLAIN_NO = _set("no non nao nein not")
# With a pause behind it, it answers something: "nie, proszę pisać".
ANSWERS = _set("no non nao nein nie nee nej nu hayir нет ні όχι οχι לא لا tidak tak jangan ne")
# After a keyword: "stopp das nicht", "退会しない".
LATE_NEGATORS = _set("nicht nie niet pas な 않")
# Right before a negative phrase these make it a statement about someone: "you don't call me back", "vous ne m'appelez
# plus".
SUBJECTS = _set("you u they he she people vous tu ils elles voi loro")
# Time, place or condition: whoever says "don't call me after nine" did not ask never to be called.
QUALIFIERS = _set(
    """
    landline fijo fixo fixe fisso festnetz vaste домашний стационарный stacjonarny الثابت
    after before until till unless between during while when except work night nights morning mornings evening
    evenings  afternoon afternoons sunday sundays antes despues hasta entre durante mientras cuando salvo
    excepto tarde  tardes noche  noches domingo domingos trabajo depois ate enquanto quando manha noite noites
    avant apres jusqu pendant quand  sauf soir  matin dimanche travail vor nach bis zwischen wahrend wenn ausser
    abends nachts sonntag sonntags arbeit prima  dopo fino  tra mentre tranne sera mattina notte domenica lavoro
    """
)
# After "hasta" or "até" these say goodbye and set no time.
FAREWELLS = _set("luego pronto nunca jamas siempre logo")
# Around a keyword these change nothing: "hola, BAJA por favor, gracias".
COURTESY = _set(
    """
    please pls plz kindly thanks thank you thx ty hi hello hey ok okay now immediately hola buenas buenos dias
    tardes noches  por favor porfavor porfa gracias ya ahora ola bom boa dia tarde noite obrigado obrigada agora
    bonjour bonsoir  salut merci  s il vous te plait svp stp maintenant hallo guten tag bitte danke jetzt sofort
    ciao salve buongiorno per favore  piacere  grazie subito adesso 请 請 谢 謝 了 吧
    """
)
# Everyday words of some language: even beside one other word they say nothing ("para mañana", "the end", "td bem").
EVERYDAY = _set("para alto end ende red ret dur band t td")
# A message of nothing but these signs is no word, and yet may be a refusal.
STOP_SIGNS = frozenset("🛑⛔🚫📵🔕")
# Before a period these change nothing: "for two weeks", "en esta semana".
LEADING = _set(
    """
    for during in over the por durante en el la los las pendant durant per im den fur die das nas nos na no em os as w we przez v под
    under i til tot voor de op di nel nella il lo sta pe timp は に も の at least next coming until till hasta al proximos proximas
    pelo menos ate proximos d ici jusqu a au prochains prochaines bis zum nachsten kommenden mindestens komende fino prossimi prossime pana
    do najblizsze до по nasta kommande fram untuk selama мне мене меня me mi mig mir mich saya aku przed voor prima
    ближайшие следующие найближчі наступні lang even hari ke depan kolejne раньше раніше kadar
    """
)
# Who says how often they were called does not say for how long they want no calls.
OFTEN = _set(
    """
    times time every each daily already since veces vez cada desde todo todos todas fois chaque tous toutes deja depuis jedes
    jeden jede schon seit volte volta ogni tutti gia dal vezes vegades razy kazdy ganger varje keer elke iedere kez defa ori
    fiecare kali tiap setiap раз каждый уже кожен вже 回 毎 번 매일 次 每
    """
)
# Nor does who says never.
NEVER = _set(
    """
    never ever forever permanently nunca jamas siempre definitivamente mai sempre jamais toujours definitivement niemals nimmer immer
    nooit altijd nigdy aldrig никогда навсегда ніколи назавжди ποτε niciodata vreodata asla أبدا ابدا לעולם कभी kabhi selamanya 永 度 절대
    영원히 future futuro futur zukunft przyszlosci
    """
)
# With one of these before it, a period is when something begins: "ab heute", "from today".
FROM = _set(
    "from ab seit von vanaf nach after de desde des a_partir da dal din od fran från из с від з από החל من منذ starting since"
)
# An order to stop "today" may be for good.
STOPPING = tuple(
    sorted(
        _set(
            "stop quit cease dej pare para parem deix arret cess smett finit hor auf ophou hou przesta sluta преста прекрат припин"
        )
    )
)
# Beginnings of the words with which people ask to be taken off a list or take something back: that is for good.
REMOVALS = tuple(
    sorted(
        _set(
            """
            remov delet unsubscri withdr revok revoc erase opt borr elimin quit baja suprim desuscri losch entfern streich widerr abmeld
            abbestell desinscri retir efface supprim radi cancell rimuov disiscr descadastr exclu apag usu wypis verwijder afmeld
            uitschrijf avregistr avbryt hapus удал отпис отзы видал відпис відклик sil iptal διαγρα
            """
        )
    )
)
# Whoever tells what somebody else said may mean nothing by it ("my sister told you to stop calling her").
REPORTERS = _set(
    """
    says said told tells dice dijo dijeron dicen dit dire disent sagt sagte sagen gesagt zegt zei gezegd detto disse dicono disseram falou
    falaram diz  sager sade sagt spus zice zis mowi powiedzial powiedziala mowia сказал сказала сказали говорит говорят сказав
    сказала каже кажуть ειπε λεει dedi soyledi diyor قال قالت قالوا אמר אמרה bilang katanya kata cakap bola bole
    """
)
# Unless it is their own word that they repeat: "I told you to stop calling".
OWN_WORD = _set(
    """
    i we ive weve am yo  hemos les  te je j nous ai avons ich wir ik ho abbiamo  eu     jag vi ja  я мы ми ben biz اني انا قلت
    אני saya aku kami sudah main mene 我
    """
)
# Beginnings of words for calls and for all there is: beside them nobody can tell that a no is of advertising alone.
CALLING = tuple(
    sorted(
        _set(
            """
            call phone ring llam marc telefon appel rappel anruf angeruf ruf lig chiam suna apel bel dzwon звон дзвон uppring samtal
            ara panggil telpon telepon hubung contact kontakt τηλεφων κλησ καλ 電 电 전화 फ़ोन फोन कॉल phon اتصال تتصل مكالم شيح לחיצ תתקשר שיח
            everything anything all todo nada alles nichts tout rien tutto niente tudo totul nimic wszystko nic все всё ничего нічого allt
            inget hepsi hicbir semua 全 一切 모두 सब numero number nummer
            """
        )
    )
)
