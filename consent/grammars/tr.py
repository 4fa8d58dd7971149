"""
Refusals in Turkish.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="tr",
    sets={
        "ME": """
            beni bizi bana bize benimle bizimle numarami bu_numarayi numaramdan bu_numaradan bu_hatti hattimi annemi
            babami esimi buradan burayi telefonumu bni bnei bna bu_telefonu bu_numaraya numarama bu_nolu buraya telefonuma
            """,
        "MORE": """
            artik bir_daha birdaha bi_daha bidaha bi_dha artk artikin baska hicbir_zaman hic asla bundan_sonra
            bundan_boyle tekrar tekrardan yeniden daha_fazla daha lutfen bir_dha bi_kere_daha sakin
            """,
        # Do not call, in every person that an order takes.
        "NOCALL": """
            aramayin aramayiniz aramayn aramyin aramayiin aramasin aramasinlar aramayalim aramayinn aramyn
            aranmasin aramaynn aramicaksiniz aramayacaksiniz aramamanizi aramamaniz aramasaniz aramaniz_yasak
            telefon_etmeyin telefon_etme telefon_acmayin caldirmayin caldirma aramasn aranmayayim
            rahatsiz_etmeyin rahatsiz_etme rahatsiz_etmeyiniz rahatsiz_etmesinler rahatsiz_etmesin rahatsiz_edilmek
            rahatsz_etmeyin rahatsiz_etmeyn taciz_etmeyin taciz_etme mesgul_etmeyin mesgul_etme darlamayin
            darlama ulasmayin ulasmayiniz ulasmaya_calismayin irtibat_kurmayin irtibat_kurmayiniz
            irtibata_gecmeyin iletisime_gecmeyin iletisime_gecmeyiniz iletisime_gecme iletisim_kurmayin
            iletisime_gecilmesin iletisim_kurulmasin iletisime_gecmesin kontak_kurmayin baglanti_kurmayin donus_yapmayin
            ugrasmayin_benimle benimle_ugrasmayin arayip_durmayin arayip_durma arayip_rahatsiz bunaltmayin
            telefonla_aramayin cevirmeyin spamlamayin spam_yapmayin spam_atmayin yazip_durmayin
            bulasmayin huzursuz_etmeyin tedirgin_etmeyin aramayıverin aramaktan_vazgecin telefon_acma
            """,
        "NOSEND": """
            yazmayin yazma yazmayiniz yazmasin yazmasinlar gondermeyin gonderme gondermeyiniz gondermesin gondermesinler
            yollamayin yollama yollamayiniz yollamasin atmayin atma atmayiniz atmasin atmasinlar atmayn gondermeyn
            gonderilmesin iletmeyin paylasmayin yapmayin bulunmayin gelmesin atmiyin yollamyin gondermiyin
            gonderme_artik yazmayn cekmeyin yagdirmayin
            """,
        "CALLS": """
            mesaj mesaji mesajlar mesajlari mesajlarinizi mesajiniz mesajinizi sms smsi smsleri smsler mail maili mailler
            mailleri eposta e_posta arama aramalar aramalari aramalarinizi aramanizi aramaniz telefon telefonlar
            telefonlari bildirim bildirimler bildirimleri reklam reklamlar reklamlari reklamlarinizi kampanya
            kampanyalar kampanyalari tanitim tanitimlar duyuru duyurular haber bulten bulteni bultenleri spam teklif
            teklifler teklifleri iletisim iletisiminizi mesja mesjlar indirim indirimler msj msjlar mesajla
            whatsapptan ileti iletiler iletileri cagri cagrilar cagrilari bilgilendirme bilgilendirmeler pazarlama
            ticari_ileti aranma aranmak aramanizi_artik anket anketler gorusme smslerinizi mesaj_falan mesaj_mesaj
            hatirlatma
            """,
        "NOWANT": """
            istemiyorum istemiyoruz istemem istemeyiz istmiyorum istemiyom istemyorum istemiyorm istemiorum istemiyor
            istemioz kabul_etmiyorum onaylamiyorum onay_vermiyorum izin_vermiyorum iznim_yok onayim_yok rizam_yok
            riza_gostermiyorum izin_vermedim onay_vermedim tercih_etmiyorum talep_etmiyorum istemedigimi
            izin_vermiyoruz onay_vermiyoruz musade_etmiyorum musaade_etmiyorum istemiyrum istmyrm talebim_yok
            almiyim almak_istemiyorum almak_istemiyoruz musaadem_yok izin_vermem
            """,
        "BEING": """
            aranmak aranmayi aramanizi aramalarinizi aramasini almak almayi almaya mesaj_almak ulasilmak rahatsiz_edilmek
            gorusmek konusmak duymak gormek iletisim_kurmak iletisim_kurulmasini iletisime_gecilmesini aramanizi
            aranmamak aramalarini yazmanizi gondermenizi ulasmanizi mesaj_atmanizi atmanizi iletisime_gecmenizi
            aranilmak rahatsiz_edilmeyi rahatsiz_etmenizi muhatap_olmak aramani yollamanizi temas
            """,
        "STOPS": """
            aramayi aramaktan aramalari aramalariniza mesaj_atmayi mesaj_gondermeyi yazmayi gondermeyi yollamayi atmayi
            mesajlari mesaj_yollamayi rahatsiz_etmeyi taciz_etmeyi bunlari aramalara mesajlara smsleri sms_atmayi
            gonderimi gonderimini bildirimleri spami reklamlari mesajlarinizi aramalarinizi arayip_durmayi
            yazip_durmayi mail_atmayi mailleri sms_gondermeyi beni_aramayi iletisimi iletisime telefonlari
            """,
        "STOP": """
            kesin kes kesiniz birakin birak birakiniz durdurun durdur durdurunuz sonlandirin sonlandir bitirin bitir
            son_verin son_ver vazgecin vazgec kapatin kesin_artik kesermisiniz keser_misiniz birakir_misiniz
            durdurulsun durdurur_musunuz durdurulmasini kesilmesini son_verilmesini yeter kesilsin durdursaniz kesseniz biraksaniz kesermisin
            """,
        "DATA": """
            numarami numaram numarayi numaramin telefonumu telefon_numarami kaydimi kaydim bilgilerimi verilerimi adimi
            ismimi hattimi kisisel_verilerimi kisisel_verilerimin kisisel_bilgilerimi iletisim_bilgilerimi numram
            numrami numaramizi kayitlarimi verilerimin bilgilerimin no_mu nomu numarmi numaramı_da bu_numarayi
            kaydimin maili mailimi numaramn mail_adresimi telefonumun rehberinizden numarami_da hesabimdaki_numarayi
            """,
        "LIST": """
            listeden listenizden listelerinizden listelerden listesinden sistemden sisteminizden veritabaninizdan
            veritabanindan databaseden rehberden rehberinizden kayitlarinizdan kayittan kayitlardan uyelikten
            abonelikten gruptan aboneliginden arsivinizden veri_tabanindan veri_tabaninizdan mesaj_listesinden
            sms_listesinden arama_listenizden arama_listesinden litseden defterden musteri_listenizden bu_listeden
            bultenden bilgi_bankanizdan data_listenizden sistemlerinizden oradan ordan
            """,
        "DROP": """
            silin sil siliniz siler_misiniz silermisiniz silebilir_misiniz silinsin silinmesini silseniz silerseniz
            silsenize silmenizi cikarin cikar cikariniz cikartin cikart cikarir_misiniz cikarirmisiniz cikarilmasini
            cikarilsin cikarsaniz cikarn cikarilmak cikartiniz cikariverin kaldirin kaldir kaldirir_misiniz
            kaldirilmasini kaldirilsin unutun unut silmeni dusun dusurun yok_edin imha_edin cikarinn sildirin
            silinmesi cikarmanizi cikarilmami cikartir_misiniz sildirmek cikarmani engelleyin silip_atin silinmek
            cikarilmayi kaldirmanizi imha_edilmesini yok_edilmesini silermsiniz bloke_edin sln
            """,
        "EXIT": "cikmak ayrilmak cikarilmak silinmek cikis_yapmak cikartilmak cikayim cikiyorum ayriliyorum cikmk",
        "WISH": "istiyorum istiyoruz isterim istyorum talep_ediyorum talep_ederim rica_ediyorum rica_ederim arzu_ediyorum",
        "MEMBER": "uyeligimi aboneligimi kaydimi uyelik abonelik uyeligim aboneligim uyeligimin aboneligimin sms_uyeligimi",
        "CANCEL": """
            iptal iptl iptali iptal_edin iptal_et iptal_ediniz iptal_ediyorum sonlandirin sonlandiriyorum bitirin
            durdurun iptal_etmek kapatin feshediyorum iptal_edilsin iptalini iptal_eder_misiniz
            """,
        "CONSENT": """
            izni iznini izinleri onayini onayimi iznimi rizami izinlerimi onay izin muvafakatimi riza onaylarimi acik_rizami musaademi onayim
            ileti_iznimi iletisim_iznimi iys_iznimi arama_iznimi
            """,
        "REVOKE": """
            geri_cekiyorum geri_aliyorum cekiyorum kaldiriyorum iptal_ediyorum geri_cekmek geri_almak geri_cekiyoruz
            iptal_edin kaldirin iptal_etmek geri_aldim kaldirmak gericekiyorum geri_cekyorum gerı_cekıyrum
            geri_cektim geri_alin
            """,
        "PEACE": """
            rahat_birakin rahat_birak rahat_birakiniz rahat_birakir_misiniz rahat_verin rahat_ver beni_birakin
            yakami_birakin dusun_yakamdan yakamdan_dusun pesimi_birakin beni_unutun numarami_unutun siktirin_gidin
            siktir_git siktirin siktir_olun_gidin defolun defolun_gidin uzak_durun benden_uzak_durun dusun_pesimden
            salin_beni sal_beni beni_salin dus_yakamdan birakin_pesimi birakin_yakami birakin_artik_beni
            rahat_brakin huzur_verin bi_salin
            """,
        "SAY": "dedim dedik soyledim soyledik diye diyorum diyoruz demistim soylemistim diyecem diyecegim soylicem",
        "END": "lutfen tesekkurler tesekkur sagolun sagol artik rica_ederim ya yaa saygilar kardesim hocam",
        "THING": """
            siparis* randevu* rezervasyon* kargo* urun* paket* bilet* fatura* odeme* kurye* sepet* kahve* yemek* hesab*
            kart* servis* montaj* tesli* tadilat* ucus* ucusu
            """,
        # Words of other senses, known here so that they are no misspelling of an order.
        "STATED": """
            aramadin aramayan aramayip yazmadin gondermedin atmadin yazmayan gondermeyen gondermeden atmadan
            gondermediniz yollamadiniz atmadiniz yazmadiniz etmediniz
            arayin ara arar ararim aradim aradi aradilar aradiniz aramadi aramadiniz aramadilar aramiyor aramiyorsunuz
            aramam aramadim arayabilirsiniz gonderin gonder gonderdim yazin yazdim yazdiniz atin cikarmayin silmeyin
            arada araba arasi arasinda aranan ararsiniz arasinlar aramak yazar arayan aramaya numara kalsin
            yapilmasin kaldim cikti gonderdiniz arayalim aramalisiniz yazmadim yazilim
            """,
    },
    refusals=(
        # No calls.
        "NOCALL",
        "ME ~ arama END? $",
        "ME ~ arama MORE|lan|sakin|dedim",
        "arama ME ~ MORE",
        "ME MORE arama",
        "arama lan|ulan",
        "arama artik ME",
        "^ onay|izin|riza vermiyorum|vermiyoruz|yok END? $",
        "bi_daha|bir_daha|birdaha|sakin|artik arama ME",
        "ret|red|reddediyorum ediyorum ~ CALLS|STOPS",
        "kara listeye ~ alin|ekleyin ~ ME?",
        "kara listeye ~ alin|ekleyin",
        "ME|MORE ~ NOCALL",
        "NOCALL ~ ME|MORE",
        "ME|MORE|CALLS ~ NOSEND",
        "NOSEND ~ ME|MORE|CALLS",
        "ME ~ CALLS ~ NOSEND",
        "CALLS ~ NOSEND ~ MORE",
        "MORE ~ CALLS ~ NOSEND",
        "^ NOSEND END? $",
        "CALLS ~ NOWANT ~ MORE?",
        "BEING ~ NOWANT ~ MORE?",
        "CALLS ~ BEING ~ NOWANT",
        "ME ~ BEING ~ NOWANT",
        "MORE ~ BEING|CALLS ~ NOWANT",
        "NOWANT ~ aramanizi|mesajlarinizi|aramalarinizi|mesaj|aranmak",
        "NOWANT MORE ~ CALLS|BEING",
        "ME ~ aranmak|aramaniz|aramasin|aramalariniz ~ yasak|yasaktir|istenmiyor",
        "ME ~ arama ~ yapmayin|yapma|yapilmasin",
        "aranmak|ulasilmak|arama ~ istemedigimi ~ SAY?",
        "tek bir CALLS ~ NOWANT|NOSEND",
        "hicbir ~ CALLS ~ NOWANT|NOSEND|gelmesin|yok",
        # Stop it.
        "STOPS ~ STOP",
        "STOP ~ STOPS",
        "STOP ~ su|bu|sunlari|artik ~ aramalari|mesajlari|smsleri|aramayi|mesaji",
        "ME ~ STOPS ~ STOP",
        "yeter|yetti ~ NOCALL|aradiginiz",
        # Remove me.
        "DATA ~ DROP",
        "DROP ~ DATA",
        "LIST ~ DROP",
        "ME ~ LIST ~ DROP|EXIT",
        "DROP ~ LIST|ME",
        "ME DROP",
        "LIST ~ EXIT ~ WISH?",
        "EXIT WISH",
        "MEMBER ~ CANCEL",
        "CALLS ~ MEMBER ~ CANCEL",
        "DATA ~ silinmesini|cikarilmasini|imha|yok ~ WISH",
        "kvkk ~ DATA ~ DROP|silinmesini|imha",
        "unutulma hakki*",
        "^ iptl|iptla|ipatl|ipal|ipta END? $",
        "^ unsubscribe END",
        "^ stop END END? $",
        "^ END iptal|stop|unsubscribe $",
        "^ cikis|cikar|abonelikten_cik|listeden_cik|uyelikten_cik END? $",
        "abonelikten|listeden|uyelikten cik|cikmak|cikis|ayril",
        # I take my consent back.
        "CONSENT ~ REVOKE",
        "CONSENT ~ vermiyorum|vermedim|yok|yoktur ~ CALLS|aramaniza|BEING",
        "CALLS|aramaniza|aranmama|aramalara|BEING ~ CONSENT ~ vermiyorum|vermedim|yok|yoktur",
        "CALLS|aramaniza|aranmama|BEING|aramalara|islenmesine ~ NOWANT",
        "islenmesine ~ itiraz|karsiyim",
        "itiraz ediyorum ~ CALLS|aramalara|islenmesine|kullanilmasina",
        # Leave me in peace.
        "PEACE",
    ),
    doubtful=(
        "aramaniza|aramaya|mesaja|aramanin gerek|luzum|ihtiyac yok",
        "ilgilenmiyorum|ilgilenmiyoruz|ilgilenmem|ilgilenmiyom",
        "ilgim|ilgimi yok|cekmiyor",
        "^ istemiyorum|istemiyoruz|istemem|istemez END? $",
        "MORE|hicbirsey|hicbir_sey|bir_sey|birsey istemiyorum|istemiyoruz END? $",
        "gerek|ihtiyacim|ihtiyacimiz|luzum yok",
        "^ kalsin|istemez|almayayim|almiyim END? $",
        "^ yok|hayir tesekkurler|sagol|sagolun|istemiyorum|almayayim|kalsin|tesekkur|tesekkur_ederim",
        "yanlis numara|kisi|kisiyi|aradiniz|numarayi|yer",
        "yanlislik var|oldu",
        "numara|numaram baskasinin|baska|degisti ~ birine?",
        "boyle biri yok",
        "numarami|numaramiz|telefonumu|bilgilerimi ~ kimden|nereden|nerden|kim|nasil",
        "kimden|nereden|nerden|kim ~ numarami|numaramizi|telefonumu|bilgilerimi|buldunuz|aldiniz|verdi",
        "bezdim|biktim|bunaldim|biktik|bezdik|usandim|usandik|biktirdiniz|darladiniz|biktirdin",
        "^ yeter|yetti|yeter_artik|yetti_artik|yeter_be|yetmedi_mi END? $",
        "sikayet|savciliga|polise|mahkemeye|avukatim*|tuketici_hakem*|savcilik ~ edecegim|edicem|verecegim|ederim|gidecegim",
        "sikayet|savciliga|polise|mahkemeye|kvkk ~ ediyorum|veriyorum|vericem|veririm|bildirecegim|bildiririm|veririz",
        "dolandirici*|sahtekar*|taciz|tacizdir|spam",
        "her gun|saat|dakika ~ ariyorsunuz|yaziyorsunuz|araniyorum",
        "surekli|habire|ikide_bir|durmadan|neden|niye ~ ariyorsunuz|yaziyorsunuz|atiyorsunuz|gonderiyorsunuz",
        "^ birakin|birak|kesin|gidin ya|artik|END $",
        "tanimiyorum sizi",
        "sizi|firmanizi tanimiyorum|taniyamadim",
        "her_gun|sabah|ogle aramak|aramaniz zorunda|sart ~ misiniz|mi",
    ),
    innocent=(
        "robot*|makine*|bot|bantla|otomat* ~ konusmak|gorusmek NOWANT",
        "yanlislikla|kazara|istemeden ~ iptal|STOP|DROP|cikis|EXIT|ret",
        "iptal|cikis|ret|stop ~ yazdim|yazmisim|bastim ~ yanlislikla?",
        "neden|niye|nicin ~ DROP|cikardiniz|sildiniz|kaldirdiniz|cikarildim",
        "ME LIST cikardiniz|sildiniz",
        "daha_once|gecen_ay|eskiden|once ~ NOCALL ~ SAY",
        "patronum|satici|mudur*|annem|dedem|esim|kocam|gorevli ~ arama|NOCALL|NOSEND ~ der|dedi|diyor|demis|derdi",
        "satici|kurye|gorevli ~ MORE ~ NOCALL ~ dedi",
        "NOSEND ~ kutunun|uzerine|ustune|deftere|duvara",
        "faturayi|fatura|fisi|telefonumu|adresimi|ismimi ~ NOSEND",
        "NOCALL demistim artik|ama|simdi",
        "numarami yanlis yazmissiniz|yazdiniz|kaydetmissiniz ~ DROP?",
        "yorumu|yorum|resmi|fotografi|fotograf|satiri|urunu ~ DROP",
        "DROP ~ yorumu|fotografi|resmi",
        "unutun|birakin|birak gitsin|kalsin|sigara*",
        # Lest they stop.
        "NOCALL demistim|dedim ama|fakat ~ simdi|artik",
        "iptal ettim|ettiniz|edilmedi|edemedim",
        "NOCALL ~ demedim|demedik|demiyorum|demedi|demek|soylemedim|yazmadim|demis|mi|dediler|dedi|diyen",
        "CALLS|STOPS|aramaktan|aramayi ~ kesmeyin|birakmayin|durdurmayin|vazgecmeyin|unutmayin|sonlandirmayin|unutma",
        "DATA|LIST|ME|MEMBER ~ silmeyin|cikarmayin|kaldirmayin|silme|cikarma|iptal_etmeyin|silmediniz",
        "LIST ~ cikmak|cikarilmak|ayrilmak|DROP NOWANT",
        "ME ~ LIST ~ cikarmayin|silmeyin|NOWANT|cikarilmak",
        "EXIT|iptal_etmek|cikarmanizi|silmenizi NOWANT",
        "DATA ~ DROP|silinmesini|EXIT NOWANT",
        "CONSENT ~ geri_cekmiyorum|kaldirmiyorum|iptal_etmiyorum|cekmedim|cekmiyorum",
        "neden|niye|nicin|hala ~ aramadiniz|aramiyorsunuz|aramadi|aramiyor|yazmiyorsunuz|donmediniz|STOP|kestiniz",
        "NOCALL|NOSEND ~ dedi|demis|diyor|dediler|yazmis|yazdi",
        "esim|annem|kizim|oglum|arkadasim|satici|kurye ~ NOCALL ~ demis|dedi|diyor",
        "rahatsiz etmeyi ~ istemem|istemiyorum|istemedim",
        "rahatsiz_etmek istemedim|istemem|istemiyorum",
        "rahatsiz etmiyorsunuz|etmiyor",
        "sizi rahatsiz etmek ~ istemedim|istemem|istemiyorum",
        "BEING|aramak|yazmak|konusmak|aramak_da NOWANT ~ sizi",
        "sizi ~ aramak|rahatsiz|mesgul ~ NOWANT|istemem|istemedim",
        "arama ~ kayd*|kayit*|motor*|butonu|gecmisi|sonucu|kisminda|yapamiyorum|yaptim|cubugu|kutusu|yaparken|yerine",
        "internette|sitede|sitenizde|google* ~ arama",
        "polisi|ambulansi|itfaiyeyi|tamirciyi NOCALL",
        "zili|kapiyi|kapi|zile|diyafonu|kornayi ~ calmayin|NOCALL|basmayin",
        "telefon|telefonum ~ calmiyor|caldirmayin",
        "THING ~ NOSEND|iptal_edin|iptal_et|iptal|iptal_etmek|NOWANT|CANCEL|DROP ~ MORE?",
        "THING ~ listeden|sepetten|hesaptan DROP",
        "sepetten|siparisten|faturadan|menuden|yemekten|hesaptan ~ DROP",
        "sogan*|domates*|leke* ~ DROP",
        "DATA ~ degistirin|guncelleyin|guncellemek|kaydedin",
        "eski|yanlis|hatali ~ numarami|numarayi|kaydimi|adresi DROP ~ yenisini?",
        "uygulamayi|sifremi|sifreyi|programi|dosyayi ~ DROP|unuttum",
        "numarami|siparis_no|kodu|sifremi ~ unuttum|kaybettim",
        "bekleme|davetli|dugun|alisveris|istek listesinden|listeden|listenizden ~ DROP",
        "kimse ~ NOCALL|aramadi|aramiyor",
        "yanlis numara|beden|numarayi geldi|gonderdiniz|gondermissiniz|olmus|giymisim|cikti",
        "farkli|kucuk|buyuk|kac|beden numara",
        "merak etmeyin",
        "endise etmeyin",
        "lafimi|yanlis|ustune|uzerine|kutuya|deftere ~ yazmayin|yazma|anlamayin",
        "cope atmayin|atma",
        "yorum|isim|adres|ismimi|adimi|fiyat ~ yazmayin|yazma",
        "bu|o|onu|sut|seker|kirmizi|siyah ~ istemiyorum END? ~ baska|mavi|siyah|beyaz|digerini",
        "kredi|kredim|basvurum|basvurumu red|iptal",
        "iptal edebilir_miyim|edilir_mi|nasil|edildi|olmus|oldu|olursa|edilmis|ucreti|kosullari|etmeyin|etmedim",
        "iptal ~ etmedim|etmeyin|etmiyorum|istemiyorum",
        "nasil ~ iptal|cikarim|silerim|silebilirim",
    ),
    negators="yanlislikla daha_once eskiden gecen_ay patronum satici gorevli esim kocam karim annem babam neden niye nicin nasil kim_demis mi_diyorsunuz eger",
    times="""
        bugun yarin yarina simdilik simdi su_an su_anda su_anlik bu_aksam aksam aksamlari sabah sabahlari hafta haftaya
        haftalik hafta_sonu haftasonu haftasonlari bu_hafta gun gunluk ay aylik saat saatte saatlerde saatleri saatler gece
        geceleri ogle ogleden pazartesi sali carsamba persembe cuma cumartesi pazar pazartesiye saliya carsambaya cumaya
        kadar once sonra boyunca iken toplantidayim tatildeyim tatil mesai mesaide iste isteyken calisirken bayram
        bayramda ramazan ramazanda ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik haziranda
        temmuza donene sirasinda arasi arasinda haric disinda gec erken bu_kadar_sik sik_sik gelene bitene araliginda
        icin_ariyorsaniz ariyorsaniz olursa eger sinav sinavda uyurken gunduz surede bu_ay pazarlari cenazemiz
        ile_ilgili hakkinda konuda
        """,
    parts="""
        reklam* kampanya* indirim* tanitim* pazarlama promosyon* anket* bulten* firsat* duyuru* teklif* kredi
        """,
)
