"""
Refusals in Malay, with the short spellings and the English of Malaysian messages.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="ms",
    sets={
        "NO": """
            jangan jgn jngn jgan jangn janganlah jgnlah jangan_lagi jgn_lagi jangan_dok jangan_duk jangan_sekali_kali
            jangan_pernah jangan_pandai_pandai jangan_sibuk jangan_asyik jangan_dah jangan_gatal jangan_lah usah
            usahlah jgn_dok jangan_nak jangan_berani jangan_cuba usah_lagi jangan_la jgn_la jangan_terus dilarang
            jangan_mengada janganlah_asyik jangan_asik jgn_nak jangan_sesekali
            """,
        "NOT": "tak x tidak tdk tk tok tak_dak idak dok tiada dak",
        "NEED": "payah payahlah payahla perlu perlulah usah yah yahlah sah perlula pyh prlu",
        "NO_NEED": "takpayah xpayah xperlu takperlu takyah xyah xyahlah tayah toksah toksoh takusah xusah xpyh takpayahlah",
        "WANT": "nak mahu mau ingin nk mo berminat_menerima membenarkan benarkan bersetuju rela sudi izinkan hendak mahukan",
        "UNWANTED": "taknak xnak tanak tknk xnk xmau xmahu takmau takmahu taknk malas enggan menolak tamau tamo dahtaknak",
        "CALL": """
            telefon telefon2 telepon tepon tlefon telfon talipon fon hubungi menghubungi menelefon contact call kol
            kolkan whatsapp wasap ws wasep wassap mesej msj message sms kacau ganggu mengganggu ganggu2 tefon tlpon
            text follow_up followup tag cari spam hubung kontek dm pm telifon telefonlah tepek call2 callkan tepong
            telefonkan hbungi hubongi email emel tipon repek tulis usik mengusik kejar promosi
            """,
        "STOP_CALL": """
            telefon telefon2 telepon tlefon telfon talipon hubungi menghubungi menelefon call kol whatsapp wasap ws
            wasep wassap mesej kacau ganggu mengganggu ganggu2 spam call2 callkan hbungi usik mengusik kejar sms msj
            """,
        "CALLED": """
            dihubungi ditelefon dicall diganggu dikacau dimesej diwhatsapp di_call di_telefon di_kacau di_ganggu
            dihubungi_lagi dispam di_spam di_hubungi dimesejkan dicontact di_contact
            """,
        "SEND": "hantar htr hntar hntr anta antar hantarkan menghantar kirim send forward bagi kasi blast tepek dihantar",
        "RECEIVE": "terima trima menerima dapat dpt tengok tgk receive mendapat nerima",
        "CALLS": """
            panggilan mesej msj msg sms call calls telefon whatsapp wasap ws emel email iklan promosi promo tawaran
            spam notifikasi noti makluman surat_berita newsletter apa_apa apa2 apapun benda_ni pemasaran blast
            komunikasi wassap message mesej2 offer panggilan2 telemarketing hebahan
            """,
        "MORE": "lagi lgi lg dah sampai_bila2 sampai_bila_bila selamanya selama_lamanya langi doh agi deh",
        "STOP": "berhenti henti hentikan stop hentilah berhentilah stpo sotp stopp brenti bhenti hentikn stopkan brhenti berenti",
        "DROP": """
            padam padamkan padm padem buang buangkan keluarkan kluarkan delete hapus hapuskan gugurkan potong remove
            dipadam dipadamkan dibuang dikeluarkan dihapuskan lupuskan singkirkan memadam membuang memadamkan lupakan
            diremove keluar_kan mengeluarkan delet dilupuskan digugurkan batalkan
            """,
        "NUMBER": """
            nombor nombo no nmbr nmbor namber nomber nama maklumat data butiran number contact nombor_telefon no_tel
            notel no_fon nombor_fon namo rekod nombor2 profil
            """,
        "MY": "saya sy aku ku kami saye sye ambo makcik pakcik kita akak ni ini gua kitorang tersebut",
        "LIST": """
            senarai snarai senrai list database group grup kumpulan sistem system pangkalan rekod direktori senari
            mailing_list langganan data_base senarai_panggilan
            """,
        "SUBSCRIPTION": "langgan langganan melanggan subscribe subscription berlangganan",
        "THING": """
            pesanan order tempahan item barang parcel invois bil akaun kad meja bilik siri resit giliran produk lama
            alamat troli cart bayaran transaksi tempat rumah
            """,
        "CONSENT": "kebenaran persetujuan keizinan izin consent kelulusan_saya",
        "TAKE": "tarik menarik batalkan membatalkan revoke tarikh_balik batal",
        "PLEASE": "tolong tlg sila harap mohon minta pls please tolonglah diharap silalah mintak",
        "COURTEOUS": """
            ya ye yer tq terima_kasih thanks tolong pls please bos boss kak abang bang cik encik tuan puan la lah je
            dah sekarang sis bro hello hi salam maaf sorry k ok tolonglah kot admin tima_kasih
            """,
        "FOLK": "orang sesiapa siapa2 korang awak kamu anda syarikat company kome ang hang mu pihak agent ejen bank",
        "OTHERS": "kurier courier budak staff staf tu rider driver dia posmen penghantar runner abang_tu guard jiran diorang pemandu seller",
        "SAID": "cakap kata bagitahu bgtau suruh tulis pesan minta hantar",
        "HALTED": """
            kerja bekerja merokok sekolah belajar makan minum kat di dekat depan tengah jalan mengejut beroperasi
            sendiri separuh rehat tepi pengajian menyusu ubat
            """,
        "MISTAKE": "tertekan tersilap silap tersalah salah_tekan terhantar tak_sengaja x_sengaja",
        # Known here so that they are no misspelling of the words above.
        "OTHER": "hantaran penghantaran hubungan panggung pakaian terimalah sekali_lagi bayar telekung badan dalam kawan",
    },
    refusals=(
        # Do not call.
        "NO MORE? CALL",
        "NO MORE? CALLED",
        "NO MY CALL|CALLED",
        "NO FOLK|ada MORE? yang? CALL MY|MORE",
        "NO ada MORE? ~ CALLS MORE",
        "NO SEND MY? CALLS",
        "NO SEND ~ CALLS MORE",
        "NO SEND MY? apa_apa|apa2|apapun|apa",
        "NOT NEED MORE? CALL|CALLED ~ MORE",
        "NOT NEED MORE CALL|CALLED|SEND",
        "NOT NEED CALL|CALLED MY COURTEOUS? $",
        "NO_NEED CALL|CALLED MY COURTEOUS? $",
        "NOT NEED SEND CALLS|MORE",
        "NO_NEED MORE? CALL|CALLED ~ MORE",
        "NO_NEED MORE CALL|CALLED|SEND",
        "NO_NEED SEND CALLS|MORE",
        "NOT NEED CALL $",
        "NO_NEED CALL $",
        "PLEASE NOT CALL|CALLED",
        "NO guna|gunakan|simpan|kongsi|jual ~ NUMBER",
        "bantah|membantah ~ data|panggilan|CALLS",
        "NOT setuju|bersetuju ~ data|NUMBER ~ guna|digunakan|kongsi",
        "no more call|msg|whatsapp|mesej",
        "NOT NEED la|lah CALL ~ MORE",
        "NOT benarkan|membenarkan|izinkan|mengizinkan|dibenarkan|bagi ~ CALL",
        # I do not want it.
        "NOT WANT MORE? CALLED",
        "NOT WANT MORE? RECEIVE ~ CALLS|MORE",
        "NOT WANT FOLK ~ CALL ~ MY|MORE",
        "NOT WANT FOLK ~ SEND ~ CALLS|MORE",
        "NOT WANT ada ~ CALLS MORE",
        "NOT WANT CALLS MORE",
        "NOT WANT MORE CALLS",
        "NOT WANT MORE? SUBSCRIPTION MORE",
        "NOT WANT MORE SUBSCRIPTION",
        "NOT WANT MORE? ada apa_apa|apa2|kena_mengena ~ kaitan|hubungan|korang",
        "UNWANTED MORE? CALLED",
        "UNWANTED MORE? RECEIVE ~ CALLS|MORE",
        "UNWANTED FOLK ~ CALL ~ MY|MORE",
        "UNWANTED FOLK ~ SEND ~ CALLS|MORE",
        "UNWANTED ada ~ CALLS MORE",
        "UNWANTED MORE? CALLS MORE",
        "UNWANTED MORE CALLS|CALL",
        "NOT terima|menerima MORE ~ CALLS|CALL",
        "NOT bersetuju|setuju|rela MORE? untuk? CALLED",
        # Stop it.
        "STOP MORE? STOP_CALL",
        "STOP CALL MY|MORE",
        "STOP CALLED|kacau",
        "STOP la|lah STOP_CALL",
        "STOP RECEIVE CALLS",
        "nyahaktifkan|matikan ~ CALLS",
        "STOP SEND CALLS?",
        "STOP semua|segala|sebarang ~ CALLS",
        "hentikan|hentikn|hentilah ~ CALLS",
        "PLEASE PLEASE? STOP COURTEOUS $",
        "stop|berhenti COURTEOUS? dah",
        "STOP SUBSCRIPTION",
        "cukup|cukuplah CALL",
        "^ STOP COURTEOUS? COURTEOUS? COURTEOUS? $",
        "^ COURTEOUS COURTEOUS? STOP COURTEOUS? COURTEOUS? $",
        "so|jadi PLEASE STOP COURTEOUS? $",
        "unsubscribe|unsub COURTEOUS",
        "tolong|mohon|sila|nak unsubscribe|unsub",
        # Remove me.
        "DROP ~ NUMBER ~ MY",
        "DROP je|jelah|la|lah NUMBER",
        "DROP NUMBER ~ LIST",
        "NUMBER MY ~ DROP",
        "nombor|nombo|nmbr|no|number|nomor|nombor_telefon ~ PLEASE ~ DROP",
        "NUMBER MY ~ PLEASE ~ DROP",
        "NUMBER ~ arwah ~ PLEASE ~ DROP",
        "DROP MY ~ dari|daripada|dr|dri|drpd ~ LIST",
        "DROP ~ dari|daripada|dr|dri|drpd ~ LIST",
        "DROP semua|segala ~ maklumat|data|rekod MY",
        "WANT keluar|kluar dari|daripada|dr LIST",
        "keluar|kluar dari|daripada|dr LIST ni|ini",
        "masukkan|letak ~ NUMBER ~ blacklist|hitam|dnc",
        "tarik|menarik diri dari|daripada ~ LIST",
        "blacklist NUMBER",
        "TAKE balik? ~ CONSENT ~ MY|CALL|data|diberi",
        "TAKE balik CONSENT",
        "NOT pernah|MORE ~ CONSENT ~ CALL|CALLS",
        # Leave me in peace.
        "biarkan|biar|tinggalkan MY sendiri|tenang|aman|hidup",
        "NO kacau|ganggu|sibuk|mengganggu|usik",
        "lupakan|lupa ~ NUMBER MY",
        "lupakan ~ MY $",
    ),
    doubtful=(
        "NOT NEED CALL|CALLED",
        "NO_NEED CALL|CALLED",
        "^ NOT WANT COURTEOUS? $",
        "^ UNWANTED COURTEOUS? $",
        "terima_kasih|tq|sorry|maaf NOT WANT $",
        "terima_kasih|tq|sorry|maaf UNWANTED",
        "takpe|takpa|xpe ~ NOT WANT $",
        "takpe|takpa|xpe ~ UNWANTED",
        "NOT berminat|minat|interested|intrested",
        "xminat|takminat|xberminat",
        "NOT suka ~ CALLED|CALLS|CALL",
        "salah nombor|orang",
        "bukan nombor|number",
        "nombor|number ~ bukan ~ MY|milik|kepunyaan|lagi",
        "dapat|dpt|tahu|tau|ambil|ambik ~ NUMBER ~ mana|siapa|sapa",
        "mana|camne|siapa|sapa ~ dapat|dpt|tahu|tau|ambil|bagi|kasi|jual ~ NUMBER",
        "NUMBER ~ dapat|dpt|ambil ~ mana|siapa|sapa",
        "scammer|scam|penipu|tipu|menipu|penipuan",
        "aduan|adu|report|lapor|repot|laporkan ~ kpdn|polis|skmm|mcmc|bnm|korang|awak|tribunal",
        "saya|sy|aku block|blok|report|blokkan",
        "rimas|bengang|menyampah|bosan|meluat|fedup|fed_up|letih|penat|jemu ~ korang|CALLS|CALL|FOLK",
        "rimas|menyampah|meluat|menyusahkan",
        "asyik|asik|duk|dok|terus CALL ~ je|jer|jugak|lagi|memanjang",
        "kacau|mengganggu|ganggu ~ betul|sangat|je|orang|sungguh",
        "sudahlah|sudah_sudahlah|sudah_sudah|dah_lah|sudah2",
        "^ cukup|cukuplah|dah COURTEOUS? $",
        "mcm|macam mana ~ STOP",
        "promo*|iklan ~ NOT NEED|WANT ~ SEND",
        "promo*|iklan ~ NO|NO_NEED|UNWANTED ~ SEND",
        "NO SEND MY? MORE",
        "CALLS ~ NO $",
        "CALLS NOT NEED",
        "CALLS NO_NEED",
        "promo*|promosi*|iklan*|tawaran* NO|NO_NEED|UNWANTED",
        "promo*|promosi*|iklan*|tawaran* NOT NEED",
        "NOT WANT promo*|promosi*|iklan*|tawaran*|spam",
        "UNWANTED promo*|promosi*|iklan*|tawaran*|spam",
        "STOP dulu|kejap|sekejap",
        "sms|mesej|panggilan NO $",
    ),
    innocent=(
        # Lest they stop, and what was never said.
        "NO STOP ~ SEND|CALL|SUBSCRIPTION|CALLS ~ CALLS",
        "NO STOP ~ SEND|CALL|SUBSCRIPTION|CALLS",
        "NO STOP",
        "NO DROP ~ NUMBER|LIST|MY ~ LIST|MY",
        "NO DROP ~ NUMBER|LIST|MY",
        "NOT WANT|jadi|perlu|boleh|pernah|akan|sempat ~ STOP SUBSCRIPTION|CALLS|SEND|CALL",
        "NOT WANT|jadi|perlu|boleh|pernah|akan|sempat STOP",
        "UNWANTED|belum|xjadi|bukan|takjadi STOP SUBSCRIPTION|CALLS|SEND|CALL",
        "UNWANTED|belum|xjadi|bukan|takjadi STOP",
        "NOT pernah ~ SAID|minta|mintak ~ STOP|NO ~ CALL|SUBSCRIPTION|SEND",
        "NOT pernah ~ SAID|minta|mintak ~ STOP",
        "bila ~ minta|mintak|SAID ~ STOP ~ CALL|SUBSCRIPTION|SEND",
        "bila ~ minta|mintak|SAID ~ STOP",
        "siapa|sapa ~ minta|mintak|SAID ~ STOP|NO ~ CALL|SUBSCRIPTION|SEND ~ MY",
        "siapa|sapa ~ minta|mintak|SAID ~ STOP|NO ~ CALL|SUBSCRIPTION|SEND",
        "OTHERS ~ SAID ~ NO|NO_NEED MORE? CALL|CALLED MY? MORE?",
        "OTHERS ~ SAID NOT NEED MORE? CALL|CALLED MY? MORE?",
        "OTHERS ~ SAID STOP",
        "bukan NOT WANT ~ CALLED|RECEIVE|CALL ~ CALLS",
        "bukan NOT WANT ~ CALLED|RECEIVE|CALL",
        "bukan NOT WANT|UNWANTED",
        "bukan UNWANTED ~ CALLED|RECEIVE|CALL|cakap",
        "kenapa|knp|pasal_apa|apasal ~ STOP ~ CALL|SEND|CALLS ~ MY|CALLS",
        "kenapa|knp|pasal_apa|apasal ~ STOP ~ CALL|SEND|CALLS",
        "kenapa|knp|apasal ~ NOT|takde|UNWANTED ~ CALL ~ MY|MORE",
        "kenapa|knp|apasal|siapa|sapa ~ DROP ~ NUMBER|LIST ~ MY|LIST ~ LIST",
        "kenapa|knp|apasal|siapa|sapa ~ DROP ~ NUMBER|LIST ~ MY|LIST",
        "kenapa|knp|apasal ~ NUMBER MY DROP ~ LIST",
        "kenapa|knp|apasal ~ NUMBER MY DROP",
        "NO segan|lupa|malu|risau|teragak ~ CALL ~ MY",
        "NO segan|lupa|malu|risau|teragak ~ CALL",
        "NO lupa ~ SEND ~ CALLS",
        "MISTAKE ~ STOP|unsubscribe",
        "STOP ~ MISTAKE",
        # Other senses.
        "NO|NO_NEED CALL rider|driver|runner|posmen|kurier|courier|guard|seller",
        "balas|taip|type|reply|hantar STOP ~ STOP",
        "NOT NEED CALL rider|driver|runner|posmen|kurier|courier|guard|seller",
        "NO SEND ~ THING ~ MORE",
        "NO SEND barang|yang|kat|ke|dulu|item|parcel",
        "NO SEND ~ rosak|salah|pecah ~ MORE",
        "bas|bus|teksi|lrt|mrt|butang|lampu|tanda|pit|non|last|one STOP",
        "cancel|batalkan ~ order|appointment|booking|tempahan|temujanji|tempahan",
        "mana|where ~ STOP bas|bus|ni|dekat|kereta",
        "STOP SEND ~ THING",
        "STOP SEND ke|kat|barang|parcel",
        "NUMBER MY dah|sudah|telah DROP ke|kan|belum",
        "stop sign|order|motion|watch",
        "STOP kelas|gym|tuisyen|berfungsi|hidup|kursus",
        "tiba|asyik|kerap STOP",
        "NOT hantar|tekan|minta|mintak STOP",
        "isteri|anak|kawan|suami|adik|mak ~ hantar|tekan STOP",
        "STOP HALTED",
        "NOT STOP",
        "STOP pukul|jam|mana|bila|jual|produksi|hujan|pe|pada",
        "DROP ~ NUMBER anak|budak ~ LIST",
        "siapa|sapa SAID ~ NOT WANT|UNWANTED ~ RECEIVE|CALLED ~ CALLS",
        "siapa|sapa SAID ~ NOT WANT|UNWANTED ~ RECEIVE|CALLED",
        "siapa|sapa SAID ~ NOT WANT|UNWANTED",
        "hujan|mesin|kereta|enjin|lif|lift|jam|bas|rider|driver|tren|motor|darah|video|peti|aircond|kipas STOP",
        "DROP ~ NUMBER ~ THING ~ MY",
        "DROP ~ NUMBER ~ THING",
        "NUMBER THING ~ DROP",
        "DROP ~ THING ~ LIST",
        "DROP ~ NUMBER ~ lama ~ ganti|tukar|guna|baru",
        "DROP ~ NUMBER MY ~ ganti|tukar|letak|masukkan ~ baru",
        "DROP ~ THING",
        "TAKE balik? ~ izin|kebenaran ~ kerja|cuti|rancang|bangunan",
        "NOT dapat|terima|menerima|ada|sampai|dpt ~ CALLS ~ MORE",
        "NOT dapat CALL",
        "belum|takde|xde ~ CALL ~ MY|MORE",
        "jangan|jgn letak|putuskan ~ CALL",
        "NOT WANT CALL ~ boleh|ke|lagi_ke",
        "NOT WANT cakap|bercakap",
        "NO tutup|matikan ~ CALL",
        "salah nombor rumah|akaun|bilik",
    ),
    negators="""
        bukan_tak bukan_xnak bukan_taknak siapa_kata siapa_cakap tak_pernah x_pernah tidak_pernah kenapa knp apasal
        macam_mana mcm_mana camne cara bagaimana
        """,
    times="""
        dulu hari_ini harini hari_ni esok nanti malam malam_ni pagi petang minggu_ini minggu_ni bulan_ini bulan_ni
        minggu_depan sementara selama sebelum selepas lepas_pukul kalau klu kalu jika bila_saya ketika pukul isnin
        selasa rabu khamis jumaat sabtu ahad hujung_minggu weekend kecuali hingga sampai_isnin sampai_hari sampai_esok
        sampai_bulan sampai_minggu sampai_pukul masa_ini masa_ni masa_kerja waktu_kerja waktu_pejabat buat_masa
        time_kerja sekejap kejap call_sekarang telefon_sekarang telepon_sekarang telpon_sekarang sampai_senin senin
        ke_pejabat ke_rumah nomor_lama nombor_lama nombor_pejabat nombor_rumah nomor_kantor nomor_rumah nomer_lama
        ke_kantor telepon_istri telepon_isteri telepon_suami telepon_wife telepon_dia telepon_ibu telepon_mak
        telepon_kantor telepon_rumah telepon_pejabat telpon_istri telpon_isteri telpon_suami telpon_wife telpon_dia
        telpon_ibu telpon_mak telpon_kantor telpon_rumah telpon_pejabat hubungi_istri hubungi_isteri hubungi_suami
        hubungi_wife hubungi_dia hubungi_ibu hubungi_mak hubungi_kantor hubungi_rumah hubungi_pejabat call_istri
        call_isteri call_suami call_wife call_dia call_ibu call_mak call_kantor call_rumah call_pejabat telefon_istri
        telefon_isteri telefon_suami telefon_wife telefon_dia telefon_ibu telefon_mak telefon_kantor telefon_rumah
        telefon_pejabat rider seminggu sebulan meeting mesyuarat puasa raya setiap_hari hari_hari selagi kerap
        sangat_kerap time_solat waktu_solat masa_saya time_saya
        """,
    parts="promo* promosi* iklan* tawaran* marketing telemarketing diskaun* katalog newsletter jualan* offer*",
)
