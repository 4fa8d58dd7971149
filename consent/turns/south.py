"""
Turns of refusal in Greek, Turkish, Arabic, Hebrew and Hindi.
"""

from collections.abc import Mapping

from consent.turns.turn import Turns

TURNS: Mapping[str, Turns] = {
    "el": Turns(
        weary="βαρέθηκα βαρεθήκαμε κουράστηκα κουραστήκαμε έχω_βαρεθεί έχω_κουραστεί φτάνει αρκετά μπούχτισα αηδίασα σιχάθηκα",
        calling="τα_τηλεφωνήματά_σας τα_τηλεφωνήματα τις_κλήσεις_σας τις_κλήσεις τα_τηλέφωνά_σας τα_τηλέφωνα με_τα_τηλέφωνα με_τις_κλήσεις να_με_παίρνετε να_με_καλείτε τα_μηνύματά_σας",
        forbid="απαγορεύω σας_απαγορεύω απαγορεύεται μην_τολμήσετε δεν_σας_επιτρέπω δεν_έχετε_δικαίωμα",
        touch="να_με_καλείτε να_με_παίρνετε να_καλείτε να_επικοινωνείτε να_μου_τηλεφωνείτε να_με_ενοχλείτε να_με_ξαναπάρετε να_ξανακαλέσετε να_με_καλέσετε",
        spurn="αρνούμαι απορρίπτω δεν_επιθυμώ δεν_θέλω_καμία δεν_δέχομαι καμία τέρμα όχι_άλλα όχι_άλλες",
        contact="επικοινωνία κάθε_επικοινωνία οποιαδήποτε_επικοινωνία κλήση κλήσεις τα_τηλέφωνα τηλεφωνήματα οι_κλήσεις τηλέφωνα καμία_επικοινωνία",
        calls="οι_κλήσεις_σας τα_τηλέφωνά_σας τα_τηλεφωνήματά_σας τις_κλήσεις_σας κάθε_μέρα_παίρνετε παίρνετε_κάθε_μέρα τα_μηνύματά_σας με_παίρνετε",
        halt="σταματήστε φτάνει αρκετά τέρμα πρέπει_να_σταματήσει πάψτε κόψτε_το σταματήστε_το",
        refusals=(
            "η? επόμενη κλήση ~ δικηγόρο|δικηγόρος|αστυνομία|καταγγελία",
            "προτιμούσα|προτιμώ|προτιμότερο ~ να_μη|να_μην|μην|μη ~ λαμβάνω|δέχομαι|έχω|παίρνω ~ κλήσεις|τηλέφωνα|τηλεφωνήματα",
            "πόσες φορές ~ πω|λέω|επαναλάβω",
            "σταματήστε|τέρμα|πάψτε|φτάνει ~ παρενόχληση|ενόχληση|τρομοκρατία",
            "ποτέ ξανά|πια|πάλι μηνύματα|κλήσεις|τηλέφωνα",
            "καθαρίστε|ξεκαθαρίστε ~ στοιχεία|δεδομένα ~ μου",
        ),
        innocent=(
            "με βγάλετε|βγάλτε ~ αναμονή",
            "σταματήστε|ακυρώστε ~ παράδοση|παραγγελία|αποστολή",
        ),
    ),
    "tr": Turns(
        weary="bıktım bıktık usandım usandık sıkıldım yoruldum bunaldım yetti yeter gına_geldi illallah",
        calling="telefonlarınızdan aramalarınızdan aramalarından sürekli_aramanızdan aramanızdan aranmaktan telefonlardan bu_aramalardan mesajlarınızdan bu_telefonlardan aramalarınız",
        forbid="yasaklıyorum yasaklıyoruz yasak yasaktır izin_vermiyorum müsaade_etmiyorum istemiyorum sakın",
        touch="aramanızı beni_aramanızı beni_aramayı benimle_iletişim iletişime_geçmenizi rahatsız_etmenizi aramanıza beni_aramanıza aranmayı",
        spurn="reddediyorum kabul_etmiyorum istemiyorum istemem yok olmasın bitsin",
        contact="her_türlü_iletişimi her_türlü_iletişim hiçbir_iletişim hiçbir_arama bir_daha_arama artık_arama iletişim_kurulmasını tüm_aramaları arama_falan aramaları",
        calls="aramalarınız telefonlarınız mesajlarınız her_gün_arıyorsunuz sürekli_arıyorsunuz arıyorsunuz aramalarınızdan",
        halt="durdurun kesin yeter bırakın bitmeli bu_bitmeli durmalı son_verin yapmayın kesin_artık durun",
        refusals=(
            "bir daha ararsanız|ararsan ~ şikayet|avukat|avukatım|dava|savcılık",
            "yeter|yetti|bu_kadar_yeter ~ arama|telefon|aradığınız|mesaj",
            "aramayın|almamayı|aranmamayı|görüşmemeyi tercih",
            "bana|bize ne ~ ne ~ ulaşın|arayın|yazın",
            "taciz|tacize|tacizine|terörüne|rahatsızlığa son",
            "kaç kere|kez|defa ~ söyleyeceğim|diyeceğim|söyledim",
            "verilerimi|bilgilerimi|kaydımı|numaramı ~ temizleyin|arındırın|yok_edin",
            "asla|bir_daha_asla mesaj|arama ~ atmayın|yapmayın",
        ),
        innocent=(
            "satmayı|üretmeyi|yapmayı bıraktınız|bıraktı",
            "teslimatı|siparişi|gönderimi durdurun|iptal",
        ),
        last=True,
    ),
    "ar": Turns(
        weary="مليت مللت زهقت تعبت سئمت ضجرت طفشت قرفت كرهت كفاية كفى بكفي",
        calling="من_مكالماتكم من_اتصالاتكم مكالماتكم اتصالاتكم من_المكالمات من_الاتصالات هذه_المكالمات هذه_الاتصالات من_تلفوناتكم اتصالات من_كثرة_الاتصالات من_رسائلكم",
        forbid="أمنعكم أمنعك ممنوع يمنع أحظر لا_يحق_لكم لا_أسمح_لكم لا_أسمح إياكم",
        touch="من_الاتصال من_الاتصال_بي الاتصال الاتصال_بي بالاتصال أن_تتصلوا التواصل من_التواصل_معي التواصل_معي أن_تتصل",
        spurn="أرفض نرفض لا_أقبل لا_أوافق_على لا_أرغب_في لا_أريد_أي بدون",
        contact="تواصل أي_تواصل الاتصال اتصال أي_اتصال المكالمات مكالمات كل_المكالمات اتصالات أي_مكالمة",
        calls="مكالماتكم ومكالماتكم اتصالاتكم واتصالاتكم كل_يوم_تتصلون كل_يوم_تتصلوا تتصلون_كل_يوم رسائلكم",
        halt="توقفوا أوقفوا كفى كفاية يكفي خلاص لازم_يتوقف يجب_أن_يتوقف لازم_يتوقف_هذا بس أوقفوها وقفوا",
        refusals=(
            "ما عاد|عادوا|تعاودوا|تعودوا ~ تدقون|تتصلون|تتصلوا|تتصل|ترنون",
            "بطلوا|بطل|بطلو تتصلوا|تتصلو|اتصال|اتصالات|ترنوا",
            "كم مرة|مره ~ أقول|قلت|نقول|أكرر",
            "غير|لست|مش|مو موافق|موافقة ~ الاتصال|المكالمات|التواصل|اتصال",
            "ألا|الا تتصلوا|تتصل|تتواصلوا|ترسلوا",
            "أفضل|أفضّل|يفضل ~ ألا|عدم|لا ~ أستقبل|استقبال|تلقي|أتلقى ~ مكالمات|اتصالات",
            "لا مكالمات|اتصالات $",
            "نظفوا|طهروا|فرغوا ~ بياناتي|رقمي|معلوماتي",
        ),
        innocent=(
            "انقطع|انقطعت|قطع|فصل الخط|الاتصال|المكالمة|النت",
            "تطلعني|أخرجني|تخرجوني|طلعني من الانتظار",
            "أوقفوا|اوقفوا|الغوا التوصيل|الطلب|الشحن|الطلبية",
        ),
    ),
    "he": Turns(
        weary="נמאס נמאס_לי עייפתי מאסתי די_לי נשבר_לי מספיק די",
        calling="מהטלפונים_שלכם מהשיחות_שלכם מהטלפונים מהשיחות עם_השיחות עם_הטלפונים שאתם_מתקשרים השיחות_שלכם מההודעות_שלכם מההטרדות שמתקשרים מלקבל_שיחות",
        forbid="אוסר אוסרת אני_אוסר אסור אל_תעזו אין_לכם_רשות אין_לכם_אישור לא_מרשה",
        touch="להתקשר להתקשר_אליי לפנות_אליי ליצור_קשר לפנות ליצור_איתי_קשר להטריד לצלצל",
        spurn="מסרב מסרבת אני_מסרב דוחה לא_מעוניין_בשום לא_רוצה_שום בלי",
        contact="יצירת_קשר לכל_קשר לכל_יצירת_קשר קשר שיחות פנייה לשיחות פניות לכל_פנייה טלפונים",
        calls="השיחות_שלכם הטלפונים_שלכם והשיחות_שלכם כל_יום_אתם_מתקשרים אתם_מתקשרים ההודעות_שלכם",
        halt="תפסיקו די מספיק חייב_להיפסק זה_חייב_להיפסק תפסיקו_עם_זה הפסיקו זה_צריך_להיפסק",
        refusals=(
            "השיחה הבאה ~ עורך|משטרה|תלונה|תביעה",
            "מעדיף|מעדיפה|עדיף|מעדיפים ~ לא|בלי ~ לקבל|שתתקשרו|להיות ~ טלפונים|שיחות|קשר",
            "מעדיף|מעדיפה|העדפתי לא לקבל",
            "כמה פעמים ~ להגיד|אמרתי|לומר|לבקש",
            "תנקו|נקו|תמחקו ~ הפרטים|הנתונים|המידע ~ שלי",
            "לעולם|אף_פעם לא הודעות|שיחות|טלפונים",
        ),
        innocent=(
            "מאיזה|מאיפה מספר ~ התקשרתם|התקשרו|מתקשרים",
            "להוציא|תוציא|תוציאו אותי מההמתנה|מהתור",
            "תעצרו|תבטלו|לעצור|לבטל ~ המשלוח|ההזמנה|משלוח|הזמנה",
        ),
    ),
    "hi": Turns(
        weary="तंग परेशान थक बस ऊब पक tang pareshan thak bas pak",
        calling="""
            आपके_फोन_से आपके_कॉल_से आपके_फोन आपके_कॉल ये_कॉल कॉल_से फोन_से इन_कॉल्स_से आपकी_कॉल_से आपके_फ़ोन_से करो_ये_कॉल aapke_call_se aapke_phone_se
            call_se phone_se inke_call_se calls_se aap_ke_call_se aapki_call_se
            """,
        forbid="मना मना_है मना_करता मना_करती अनुमति_नहीं इजाज़त_नहीं इजाजत_नहीं mana mana_hai ijazat_nahi permission_nahi",
        touch="मुझे_कॉल_करना मुझे_फोन_करना कॉल_करने_की फोन_करने_की कॉल_करना संपर्क_करना mujhe_call_karna mujhe_phone_karna call_karne_ki phone_karne_ki",
        spurn="नहीं_रखना नहीं_चाहिए नहीं_चाहता नहीं_चाहती nahi_chahiye nahi_rakhna nahin_chahiye नहीं_करनी नहीं_करना",
        contact="कोई_संपर्क संपर्क कोई_कॉल कोई_फोन आपके_कॉल आपके_फोन koi_sampark koi_call koi_phone aapke_call aapka_call कोई_बात",
        calls="आपके_कॉल आपके_फोन आपकी_कॉल रोज_कॉल रोज_फोन ये_कॉल aapke_call aapke_phone roz_call roz_phone",
        halt="बंद_करें बंद_करो रोकिए बस बंद_होना_चाहिए रुकना_चाहिए बंद_कीजिए band_karo band_karein band_hona_chahiye bas_karo",
        refusals=(
            "बस करो|कीजिए|करिए ~ कॉल|फोन",
            "तंग|परेशान आ|हो ~ कॉल|फोन",
            "bas karo ~ call|phone",
            "बहुत हो गए|गया|गई ~ कॉल|फोन",
            "bahut ho gaya|gaye ~ call|phone",
            "फोन|कॉल|phone|call ~ परेशानी|pareshani|उत्पीड़न|तमाशा ~ बंद|band|रोको",
            "कितनी|kitni बार|baar ~ बोलूं|बताऊं|कहूं|bolu|bataun|kahun",
            "डेटा|नंबर|जानकारी ~ साफ करो|करें|कर|कीजिए",
        ),
        last=True,
    ),
}
