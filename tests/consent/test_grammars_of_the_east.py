"""
Refusals in Polish, Russian, Ukrainian, Swedish, Greek, Turkish, Arabic and Hebrew, and what only looks like one.
"""

import pytest

from consent.replies import read
from tests.consent.readings import is_for_good, is_less

CLEAR = {
    "pl": """
        Proszę więcej do mnie nie dzwonić.
        Nie dzwońcie pod ten numer!!
        niedzwoncie wiecej
        Nie życzę sobie żadnych połączeń od Państwa
        Proszę o usunięcie moich danych z bazy
        Żądam natychmiastowego usunięcia mojego numeru telefonu
        Cofam zgodę na przetwarzanie danych osobowych
        wnoszę sprzeciw wobec przetwarzania moich danych
        wykreślcie mnie z listy
        chcę się wypisać
        przestańcie do mnie wydzwaniać
        Skończcie z tymi telefonami
        mam dość tych smsów
        Odczepcie się ode mnie
        zostawcie mnie w spokoju!
        nigdy więcej do mnie nie piszcie
        Nie chcę, żeby ktokolwiek do mnie dzwonił
        Prosiłam już, żeby do mnie nie dzwonić!
        Rezygnuję z otrzymywania wiadomości
        Nie wyrażam zgody na kontakt telefoniczny
        skasuj mój numer
        zapomnijcie o tym numerze
        Nie chcemy z wami rozmawiać
        Nie wysyłajcie mi nic więcej
        """,
    "ru": """
        Не звоните мне больше никогда
        Прошу больше не беспокоить
        Хватит звонить!
        требую прекратить звонки
        Отзываю согласие на обработку персональных данных
        уберите мой номер из списка
        пусть мне больше никто не звонит
        оставьте меня в покое
        Не желаю получать ваши смс
        ne zvonite mne bolshe
        Просила же не звонить мне
        незвоните мне
        Запрещаю звонить на этот номер
        Мне не нужны ваши звонки
        Я отказываюсь от получения сообщений
        отпишите от рассылки пожалуйста
        """,
    "uk": """
        Більше не телефонуйте сюди
        Прошу мене не турбувати
        Годі дзвонити!
        Відкликаю згоду на обробку персональних даних
        приберіть мій номер зі списку
        хай мені більше ніхто не дзвонить
        Не зв'язуйтеся зі мною більше
        залиште мене у спокої
        Просила ж не дзвонити мені
        не хочу отримувати ваші смс
        Забороняю дзвонити на цей номер
        недзвоніть мені
        вимагаю припинити дзвінки
        Відмовляюся від розсилки
        викресліть мене
        """,
    "sv": """
        Ring mig aldrig igen
        Sluta upp med att ringa mig
        Ni får inte ringa mig mer
        Jag vill inte ha fler samtal
        ta bort mitt nummer
        Radera mina uppgifter
        Jag återkallar mitt samtycke
        Låt mig vara ifred!
        Snälla sluta skicka sms
        vill inte bli kontaktad
        undanber mig vidare kontakt
        Jag har ju bett er att inte ringa mig
        nu får ni sluta ringa
        kan ni ta bort mig ur ert register
        avprenumerera
        smsa inte mig
        """,
    "el": """
        Μην με ξανακαλέσετε
        ΜΗ ΜΟΥ ΣΤΕΛΝΕΤΕ ΑΛΛΑ ΜΗΝΥΜΑΤΑ
        δε θελω να με ξαναπαρετε
        Δεν επιθυμώ να λαμβάνω μηνύματα
        Σταμάτα να παίρνεις
        Τέρμα τα τηλεφωνήματα
        Διαγράψτε τα στοιχεία μου
        Ξεχάστε τον αριθμό μου
        Θέλω να διαγραφώ
        αποσύρω τη συγκατάθεσή μου
        Απαγορεύω να με καλείτε
        άσε με ήσυχο ρε φίλε
        Σας έχω πει να μη με παίρνετε
        stamatiste na me pairnete
        Μπορείτε να με βγάλετε από τη λίστα;
        """,
    "tr": """
        Beni bir daha aramayın lütfen
        bnei bi daha arama
        bana mesaj atmayın
        aranmak istemiyorum
        mesaj almak istemiyorum
        numaramı listenizden çıkarın
        KVKK kapsamında verilerimi silin
        Onayımı geri çekiyorum
        iletişim izni vermiyorum
        Beni rahat bırakın
        Aramayı kesin artık
        Aboneliğimi iptal etmek istiyorum
        kaç kere söyledim aramayın diye
        Rahatsız etmeyin
        lütfen beni aramayı bırakır mısınız
        """,
    "ar": """
        لا تتصلوا بي مرة أخرى
        متكلمونيش تاني
        لاعاد ترسلون لي شي
        ما أبغى اتصالات
        مش عاوز حد يكلمني
        ما تعيطوليش
        يرجى عدم إرسال الرسائل
        توقفوا عن الاتصال بي
        احذفوا رقمي
        شيلوا نمرتي من عندكم
        أسحب موافقتي
        الغوا اشتراكي
        اتركوني وشأني
        كم مرة قلت لا تتصلوا
        أرفض استقبال الرسائل
        """,
    "he": """
        אל תתקשרו אליי יותר
        נא לא להתקשר
        אל תשלח לי סמסים
        תפסיקי לשלוח לי הודעות
        מספיק עם הטלפונים
        תסירו אותי מרשימת התפוצה
        תורידו אותי מהרשימה
        תמחק את הפרטים שלי
        אני לא רוצה שתתקשרו אליי
        אני לא מסכימה לקבל דיוור
        אני חוזר בי מהסכמתי
        תעזבו אותי בשקט
        ביקשתי שלא תתקשרו אליי
        אוסר עליכם להתקשר אליי
        שאף אחד לא יתקשר אליי
        """,
}
DOUBTFUL = {
    "pl": """
        Nie dzwońcie do mnie przed dziesiątą, pracuję na noce
        Dzisiaj proszę nie dzwonić
        nie jestem zainteresowana
        To pomyłka, nie ma tu takiej osoby
        Skąd macie mój numer?
        Nie musi pan dzwonić
        Proszę nie wysyłać reklam
        """,
    "ru": """
        Сегодня не звоните
        не звоните до десяти утра
        Вы ошиблись номером
        не интересует
        можете не звонить
        Рекламу не присылайте
        сколько можно
        """,
    "uk": """
        Завтра не дзвоніть
        не дзвоніть до десятої ранку
        Ви помилилися номером
        не цікавить
        Рекламу не надсилайте
        скільки можна
        """,
    "sv": """
        Ring inte före nio
        Idag vill jag inte bli uppringd
        Nej tack
        fel nummer
        Ni behöver inte ringa
        Skicka ingen reklam
        """,
    "el": """
        Αύριο μη με πάρετε
        μη με παίρνετε πριν τις δέκα
        Δεν ενδιαφέρομαι
        λάθος νούμερο
        Κόψτε τις διαφημίσεις
        """,
    "tr": """
        Yarın beni aramayın
        sabah ondan önce aramayın
        ilgilenmiyorum
        yanlış numara
        Kampanya mesajı atmayın
        Aramanıza gerek yok
        """,
    "ar": """
        لا تتصلوا غدا
        لا تتصل قبل العاشرة
        غير مهتم
        الرقم غلط
        لا شكرا
        أوقفوا الإعلانات
        """,
    "he": """
        היום אל תתקשרו
        אל תתקשרו לפני עשר
        לא מעוניין
        טעות במספר
        אל תשלחו לי פרסומות
        אתם לא חייבים להתקשר
        """,
}
NOTHING = {
    "pl": """
        Nie przestawajcie dzwonić, czekam na wiadomość
        Nie mogę teraz rozmawiać, oddzwonię
        Nie mówiłem żeby nie dzwonić
        Dlaczego przestaliście wysyłać SMS-y?
        Proszę anulować zamówienie
        Czy mogę zrezygnować z dostawy kurierem?
        Proszę usunąć ten produkt z koszyka
        Nie usuwajcie mojego numeru
        Nie chcę rezygnować
        Prosze nie dzwonić domofonem, dziecko śpi
        Nie dzwonił do mnie kurier
        proszę wypisać fakturę na firmę
        Telefon nie dzwoni, chyba zepsuty
        Zadzwońcie jutro po dziesiątej
        Koniec promocji kiedy?
        nie zapomnijcie zadzwonić
        Proszę nie dzwonić na stacjonarny
        Jednak chcę wypisać córkę z przedszkola
        Nikt do mnie nie dzwonił
        Jeszcze nie zadzwonili
        Nie dostałem żadnych wiadomości
        Zmieniłem numer, proszę zapisać nowy
        """,
    "ru": """
        не прекращайте присылать рецепты
        Почему перестали приходить уведомления
        не звоните в домофон, ребёнок спит
        не удаляйте мой номер
        не хочу отписываться
        Отмените заказ
        Телефон не звонит
        Мне так никто и не позвонил
        Хватит ли одного литра краски?
        Не беспокойтесь, я приду
        выпишите счёт на компанию
        Курьер не звонил
        у меня не получается удалить приложение
        я отключил телефон
        """,
    "uk": """
        не припиняйте надсилати рецепти
        Чому перестали приходити сповіщення
        не дзвоніть у домофон, дитина спить
        підпишіть мене на розсилку
        не хочу відписуватися
        Скасуйте замовлення
        Телефон не дзвонить
        Чи вистачить одного літра фарби?
        Не турбуйтеся, я прийду
        Кур'єр не дзвонив
        не проти дзвінків
        """,
    "sv": """
        Ring inte på dörren, barnet sover
        Sluta inte skicka recept
        Varför har ni slutat ringa?
        Jag har inte sagt att ni inte får ringa
        hur avbokar jag min beställning?
        Ta inte bort mitt nummer
        Telefonen ringer inte
        Jag ringer inte, jag mejlar
        Ingen har ringt mig
        Tveka inte att ringa
        Jag vill inte ha mjölk i kaffet
        Stopp i avloppet, kan ni komma?
        Jag fick inget meddelande
        """,
    "el": """
        Μη χτυπάτε κουδούνι, κοιμάται το μωρό
        Μη διστάσετε να με καλέσετε
        Γιατί σταματήσατε να μου στέλνετε ενημερώσεις;
        Δεν με πήρε κανείς
        Δεν έλαβα μήνυμα
        Διαγράψτε το προϊόν από το καλάθι
        Μη σβήσετε το νούμερό μου
        Δεν θέλω να διαγραφώ
        Δεν με ενοχλείτε
        Διακοπή ρεύματος, αργώ
        Μη με παρεξηγήσετε
        """,
    "tr": """
        Aramayı unutmayın
        Neden aramadınız?
        Siparişimi iptal edin
        Listeden çıkmak istemiyorum
        Zili çalmayın bebek uyuyor
        Kargoyu göndermeyin, adres yanlış
        Soğanı çıkarın
        Arama motorunda bulamadım
        Aramayın demedim
        Rahatsız etmiyorsunuz
        şeker istemiyorum
        Hiç mesaj almadım
        """,
    "ar": """
        لا تنسوا تتصلون
        ليه محدش كلمني
        لا تحذفوا رقمي
        لا تدقوا الجرس الطفل نايم
        أبي إلغاء الطلب
        ما وصلتني رسالة
        لا ترسلوا الطلب اليوم
        امسحوا البصل من الطلب
        كفاية كيلو واحد
        لا أريد هذا اللون
        كيف ألغي الحجز؟
        """,
    "he": """
        אל תשכחו להתקשר
        למה לא התקשרתם?
        אף אחד לא התקשר
        אל תמחקו את המספר שלי
        רוצה לבטל את התור
        אל תצלצלו בפעמון התינוק ישן
        לא קיבלתי הודעה
        תורידו את הבצל
        אתם לא מפריעים
        הפסקת חשמל אצלנו
        מספיק קילו אחד
        """,
}


def lines(texts: dict[str, str]) -> list[str]:
    """
    Each text of every language.
    """
    return [line.strip() for listed in texts.values() for line in listed.splitlines() if line.strip()]


@pytest.mark.parametrize("text", lines(CLEAR))
def test_a_clear_refusal_takes_effect(text):
    """
    In the forms in which people put it, polite, rude or misspelled.
    """
    assert is_for_good(text)


@pytest.mark.parametrize("text", lines(DOUBTFUL))
def test_what_is_limited_or_indirect_goes_to_a_person(text):
    """
    A time, advertising alone, or words that ask for nothing leave the decision to somebody.
    """
    assert is_less(text)


@pytest.mark.parametrize("text", lines(NOTHING))
def test_other_senses_refuse_nothing(text):
    """
    The same verbs about doors, orders and invoices, about somebody else, or turned round.
    """
    assert read(text).kind not in {"opt_out", "opt_out_maybe"}
