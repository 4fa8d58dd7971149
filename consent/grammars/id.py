"""
Refusals in Indonesian, with what Javanese, Sundanese and Betawi speakers mix into it.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="id",
    sets={
        "NO": """
            jangan jgn jng jgan jangn jngan janga janganlah jangan_lagi jgn_lagi jgn_lg jangan_lg jangan_pernah
            jangan_coba_coba jangan_suka jangan_terus jangan_terus_terusan jangan_lah jangan_sekali_kali jgn_pernah
            jangan_sesekali jangan_sembarangan jangan_dulu_dulu jangan_asal dilarang ojo ojok ulah entong
            jangan_repot_repot jangan_berani_berani jangan_tolong jangan_sampai_ada jangan_sampai
            """,
        "NOT": """
            tidak tdk tak ga gak nggak ngga enggak engga kagak kaga gk ngg nda ndak g ora teu ngak enggk gax gag tida
            """,
        "NEED": "usah perlu ush butuh sah kedah susah_susah usahlah perlulah usa",
        "NO_NEED": "gausah gakusah gaperlu gakperlu gosah gasah ngapain_lagi gaush gausa nggausah takusah",
        "WANT": """
            mau ingin pengen pingin mo bersedia berkenan sudi mengizinkan izinkan ijinkan mengijinkan setuju pgn gelem
            hayang menghendaki berharap menginginkan bakal_mau lagi_mau mau_lagi ingin_lagi pernah_mau mw sanggup
            tahan kepengen rela membolehkan
            """,
        "UNWANTED": "gamau gakmau ogah enggan emoh males malas moh keberatan menolak nolak tolak gmau gamao ogahh",
        "CALL": """
            telepon* telpon* telfon* telefon* tilpon* tlp tlp2 telp2 tlpn tlpn2 tlpon telp tlfn tlf telpn telepn
            tlepon telopon telpun menelepon* menelpon* menghubungi menghubungiku menghubungi2 hubungi* hubungin
            hubungkan hubing hubngi hub ngehubungin ngehubungi nelepon* nelpon* nelfon* nelp kontak kontak2 ngontak
            mengontak kontek kontekan mengkontak call ngecall nelponin nelponi chat chatting ngechat wa ngewa whatsapp
            wasap japri sms ngesms ganggu mengganggu gangguin ngeganggu ganggu2 mengusik usik teror neror meneror spam
            nyepam spamming miskol misscall ngebel tawari menawari nawarin tawarin tawar2in menawarkan tawarkan
            ditawarkan nawar2in tawar_tawarin recoki rusuhi dm email mengemail ngemail follow_up followup
            """,
        "CALLED": """
            dihubungi dihubungin dihubungi2 ditelepon* ditelpon* ditelfon* ditelp ditlp dikontak dikontek dicall
            dichat diwa di_wa disms di_sms di_telepon di_telpon di_telp di_tlp di_hubungi di_kontak di_call di_chat
            diganggu di_ganggu digangguin ditawari ditawarin di_tawari dispam di_spam diteror dikirimi dikirimin
            di_kirimi dijapri dihub ditawar_tawarin di_tawarin direcoki dikejar2 dikejar_kejar di_telfon dimiskol
            diusik dimail
            """,
        "SEND": """
            kirim kirim2 kirimi kirimin kirimkan mengirim mengirimi mengirimkan ngirim ngirimin ngirim2 dikirim
            dikirimkan dikirim2 di_kirim krim krm kirm ngirimi share kasih kasi broadcast bc blast ngeblast
            ngebroadcast masuk masuk2 menyebar forward
            """,
        "STOP_CALL": """
            telepon* telpon* telfon* telp tlp tlpn telepn menelepon* menelpon* menghubungi hubungi* hubungin nelepon*
            nelpon* nelfon* nelp ngontak mengontak ngecall call nelponin ngechat chat wa ngewa japri ganggu mengganggu
            gangguin ganggu2 meneror neror teror spam nyepam spamming menawari nawarin nawar2in menawarkan mengusik
            recoki follow_up kirim2 kirimi kirimin ngirimin mengirimi sms
            """,
        "SEND2": "kirim2 kirimi kirimin ngirimin ngirim2 mengirimi kirim_kirim dikirim2 krm2",
        "RECEIVE": "terima menerima nerima dapat mendapat mendapatkan dapet dapetin trima nerimain menrima lihat liat",
        "CALLS": """
            telepon* telpon* telfon* panggilan panggilannya tlp telp call calls pesan pesannya pesan2 psn sms sms2 wa
            chat chatnya email email2 iklan iklannya iklan2 promo* promosi* penawaran* tawaran* spam spaman broadcast
            notif notifikasi notifnya pemberitahuan newsletter buletin brosur katalog komunikasi info2 informasi
            kontak wa2 blast bc marketing telemarketing whatsapp pesen apapun apa_pun chat2 miskol smsnya emailnya
            robocall gituan beginian
            """,
        "MORE": "lagi lg lgi lagii maneh deui meneh selamanya pernah_lagi kapanpun kapan_pun agi",
        "STOP": """
            berhenti stop setop hentikan menghentikan brenti brhenti behrenti stpo sotp stopp berenti brenti_dong
            berhentiin stoppp setopin stopin hentikanlah cukupkan sudahi akhiri udahin berentiin mandeg berhentikan
            eureun mandek henti dihentikan distop disetop di_stop
            """,
        "ENOUGH": "cukup udahan sudah_cukup udah_cukup udah_ah sudahlah udahlah cukup_sudah",
        "DROP": """
            hapus hapuskan hapusin dihapus dihapuskan menghapus dihapusin apus apusin di_hapus hps hpus delete
            didelete deletekan di_delete keluarkan dikeluarkan keluarin kluarin dikeluarin mengeluarkan coret dicoret
            dicoretin cabut dicabut buang dibuang buangin hilangkan dihilangkan hilangin ilangin remove diremove
            di_remove musnahkan dimusnahkan singkirkan lupakan lupain delet hapuss nonaktifkan dinonaktifkan blacklist
            diblacklist
            """,
        "DROP_IT": """
            hapus hapuskan hapusin dihapus menghapus dihapusin apus apusin hps hpus keluarkan keluarin kluarin coret
            cabut buang buangin hilangkan hilangin ilangin musnahkan singkirkan lupakan lupain nonaktifkan blacklist
            """,
        "NUMBER": """
            nomor nomer nomornya nomernya nomorku nomerku nmr nomr no nope no_hp nohp noku nomor_hp kontak data
            datanya dataku nmor nmer noomor nama nomor_telepon no_telp nomor_wa nomr_hp hpku kontaknya kontakku nomorn
            identitas akun_wa informasi_pribadi
            """,
        "MY": "saya sy aku ak gue gw gua ku kami kita ane ini beta awak saia sya akuu w",
        "THING": """
            pesanan order orderan resi meja antrian antrean rekening kartu kamar invoice polisi paket barang produk
            pelanggan_lain kk ktp alamat lama pembayaran transaksi cicilan penerbangan kursi rumah duplikat
            """,
        "LIST": """
            daftar list database databes db data_base grup group kontak sistem system listnya daftarnya langganan
            mailing_list buku_telepon milis dafar dftar listing datanya catatan record penerima siaran
            """,
        "SUBSCRIPTION": "langganan berlangganan subscribe langanan lnggnan langgan subscription berlanganan member_wa",
        "ME": "saya sy aku ak gue gw gua kami kita ane ke_saya ke_aku ke_gue sini ke_sini kesini kemari nomor",
        "CONSENT": "persetujuan izin ijin consent kesepakatan otorisasi perizinan persetujuannya ijinnya izinnya",
        "TAKE": "cabut mencabut tarik menarik batalkan membatalkan dicabut narik revoke nyabut tariknya hentikan",
        "PLEASE": "mohon tolong harap minta tlg tolongin plis pliss pls mhn harapnya mohonlah please sebaiknya supaya agar",
        "COURTEOUS": """
            ya yaa yah kak kaka mas mba mbak min pak bu bang bro sis gan dong donk deh aja saja tolong mohon makasih
            terima_kasih trims thx please plis pls woi woy oi hei halo permisi maaf ah lah sih sekarang tq ini om
            tante
            """,
        "ME_CALL": "hubungi_saya telepon_saya telpon_saya menghubungi_saya kontak_saya",
        "OTHERS": """
            kurir kurirnya dia beliau driver sopir supir drivernya mereka penjual penjualnya orangnya ojol abangnya
            masnya mbaknya petugas petugasnya satpam temanku suami istri ibu tetangga cs_nya csnya sellernya
            """,
        "SAID": "bilang bilangnya ngomong kata berkata nyuruh ngetik nulis pesan bilangin minta",
        "HALTED": """
            kerja bekerja merokok ngerokok jualan sekolah kuliah minum makan di kat tengah jalan mendadak total
            sendiri beroperasi bayar obat nyusu menyusui depan dekat lama produksi
            """,
        "SOCKET": "longgar rusak mati listrik colok colokan kabel lubang konslet terbakar meleleh charger ac kulkas",
        "MISTAKE": "kepencet kepencetnya tertekan ketekan salah_pencet salah_ketik ga_sengaja gak_sengaja tidak_sengaja",
        # Known here so that they are no misspelling of the words above.
        "OTHER": """
            pesawat pesta kiriman terkirim pengiriman dikirimnya penerima keluar masukin masukkan hapusan terhapus
            angan tangan bangun langgar kantor kontrak kontan perempuan berhasil berharga berhati hubungan terhubung
            tiket nomine tolongan dapur kontakt kontakta kontakte kontakten nummer nummern stoppa stoppen senare
            terbaik terbuka hitung hidup karung
            """,
    },
    refusals=(
        # Do not call.
        "NO MORE? CALL",
        "NO MORE? CALLED",
        "NO ME CALL|CALLED",
        "NO ada MORE? yang? CALL|CALLED",
        "NO ada MORE? ~ CALLS MORE",
        "NO ada CALLS",
        "NO SEND ME? CALLS",
        "NO SEND ~ CALLS MORE",
        "NO SEND ME? apapun|apa MORE?",
        "NO SEND2 MORE",
        "NO mencoba|coba|nge|bales|balas|hubung ~ CALL",
        "NO nge CALL",
        "NO pakai|gunakan|simpan|sebarkan|jual|pake ~ NUMBER",
        "NOT NEED MORE CALL|CALLED|SEND2",
        "NOT NEED CALL|CALLED|SEND2 ~ MORE",
        "NO_NEED CALL|CALLED|SEND2 ~ MORE",
        "NOT NEED SEND CALLS MORE",
        "NO_NEED SEND CALLS MORE",
        "NOT NEED MORE SEND CALLS",
        "NO_NEED MORE SEND CALLS",
        "NOT NEED CALL|CALLED ME COURTEOUS? $",
        "NO_NEED CALL|CALLED ME COURTEOUS? $",
        "NOT NEED CALL $",
        "NO_NEED CALL $",
        "NOT boleh ~ CALL|CALLED MORE",
        "PLEASE ~ untuk? NOT MORE? CALL|CALLED",
        "PLEASE ~ untuk? NOT MORE? SEND ~ CALLS|MORE",
        "NOT izinkan|ijinkan|mengizinkan|memperbolehkan|berikan ~ CALL|CALLED",
        # I do not want it.
        "NOT WANT MORE? CALLED",
        "NOT WANT MORE? RECEIVE ~ CALLS|MORE",
        "NOT WANT ada MORE? ~ CALLS|yang ~ MORE",
        "NOT WANT ada MORE? CALLS",
        "NOT WANT MORE CALLS",
        "NOT WANT ~ CALL ME MORE?",
        "NOT WANT CALLS MORE",
        "NOT WANT MORE? berlangganan|langganan MORE",
        "NOT WANT MORE berlangganan|langganan",
        "NOT WANT MORE? berhubungan ~ MORE",
        "NOT WANT ~ simpan|menyimpan ~ NUMBER",
        "UNWANTED MORE? untuk? CALLED|RECEIVE ~ CALLS|MORE|terus",
        "UNWANTED MORE? untuk? CALLED",
        "UNWANTED menerima|terima|nerima|jika|kalau|bila ~ CALLS|CALLED",
        "NOT terima|menerima|nerima ~ CALLS ~ MORE",
        "NOT bersedia|berkenan MORE? CALLED",
        # Stop it.
        "STOP MORE? STOP_CALL",
        "STOP CALL ME|MORE",
        "STOP ~ CALLED",
        "STOP SEND CALLS?",
        "STOP SEND2",
        "STOP semua|segala|seluruh|panggilan|pesan|sms|spam|iklan|broadcast ~ CALLS",
        "hentikan|menghentikan|hentikanlah|sudahi|dihentikan ~ CALLS",
        "CALLS ~ dihentikan|distop|disetop",
        "CALLS MY? PLEASE stop",
        "STOP PLEASE? SUBSCRIPTION",
        "STOP jadi member",
        "ENOUGH CALLS",
        "matikan|matiin|nonaktifkan|nonaktifin ~ CALLS",
        "cukup ~ NO CALL",
        "no call lagi|lah|ya|dong|deh|kak|min",
        "^ STOP COURTEOUS? COURTEOUS? COURTEOUS? $",
        "^ COURTEOUS COURTEOUS? STOP COURTEOUS? COURTEOUS? $",
        "unsubscribe|unsubscirbe|unsub|unreg|unsubs COURTEOUS|ME",
        "tolong|mohon|plis|mau|kak unsubscribe|unsubscirbe|unsub|unreg",
        "^ STOP ya",
        # Remove me.
        "DROP ~ NUMBER MY",
        "DROP_IT NUMBER",
        "NUMBER MY ~ DROP",
        "nomor|nomer|no|kontak|nmr|nope ~ PLEASE ~ DROP",
        "nomornya|nomorku|nomerku|nomernya ~ DROP",
        "DROP ME? dari LIST",
        "DROP ME ~ LIST",
        "DROP ~ dari LIST",
        "DROP semua? seluruh? data MY",
        "keluar dari LIST|SUBSCRIPTION ini|PLEASE|promo|broadcast",
        "WANT keluar dari LIST",
        "masukkan|masukin|daftarkan ~ NUMBER ~ blacklist|hitam",
        "TAKE ~ CONSENT",
        "TAKE|STOP|batalkan ~ SUBSCRIPTION ~ pesan|sms|newsletter|promo|wa|email|notifikasi|buletin",
        "NOT MORE|pernah ~ CONSENT ~ CALL|CALLS|CALLED",
        # Leave me in peace.
        "biarkan|biarin|tinggalkan|tinggalin MY sendiri|tenang|damai|hidup",
        "NO ganggu|usik|recoki|gangguin|mengganggu",
        "lupakan|lupain|lupakanlah ~ NUMBER|MY",
        "anggap ~ NUMBER ~ tidak|ga|gak|nggak ada|aktif",
    ),
    doubtful=(
        "NOT NEED CALL|CALLED",
        "NO_NEED CALL|CALLED",
        "NOT NEED SEND CALLS",
        "NO_NEED SEND CALLS",
        "NOT NEED|WANT MORE",
        "^ NOT WANT|butuh COURTEOUS? $",
        "NOT minat|berminat|tertarik|minatt",
        "gaminat|gakminat|gatertarik",
        "NOT suka ~ CALLED|CALLS",
        "NOT nyaman|berkenan",
        "salah sambung|nomor|orang|nomer|alamat_nomor",
        "bukan nomor|nomer|no",
        "nomor|nomer|no ~ bukan ~ MY|milik|atas|punya|yang",
        "dapat|dapet|dpt|tau|tahu|dpet ~ NUMBER ~ mana|siapa|darimana",
        "mana|darimana ~ dapat|dapet|dpt|tau|tahu ~ NUMBER",
        "siapa ~ kasih|ngasih|memberi|berikan|kasi ~ NUMBER",
        "NUMBER ~ dapat|dapet|dpt ~ mana|siapa|darimana",
        "kok|bisa tau|tahu NUMBER",
        "penipu|penipuan|nipu|tipu",
        "lapor|laporkan|laporin|lapori|melaporkan ~ polisi|ojk|kominfo|ylki|komdigi|kalian|anda|lu",
        "MY lapor|laporkan|laporin|blokir|blok|block|blockir",
        "risih|rusuh|muak|bosan|bosen|capek|capai|eneg|enek|sebel|sebal|kesal|kesel ~ CALLS|CALLED|kalian",
        "mengganggu|ganggu ~ banget|sekali|bgt|terus|tau|mulu|aja",
        "CALLS|CALL mulu|melulu|terus|terusan",
        "diteror|neror|meneror",
        "ENOUGH COURTEOUS $",
        "^ ENOUGH COURTEOUS? $",
        "udah|sudah ~ bilang ~ NOT minat|mau|butuh|tertarik",
        "cerewet|bawel|nyebelin|ngeselin",
        "masih|kok CALL ~ terus|juga|mulu",
        "promo* ~ NO|NO_NEED ~ SEND|CALL",
        "promo* ~ NOT NEED ~ SEND",
        "NO SEND ME? MORE",
        "CALLS NO COURTEOUS? $",
        "CALLS NOT NEED",
        "CALLS NO_NEED",
        "promo*|promosi*|iklan*|penawaran* NO|NO_NEED|UNWANTED",
        "promo*|promosi*|iklan*|penawaran* NOT NEED",
        "NOT WANT|butuh|perlu promo*|promosi*|iklan*|penawaran*|spam",
        "UNWANTED promo*|promosi*|iklan*|penawaran*|spam",
        "STOP dulu|sementara|sebentar",
        "jeda|pause|libur|tunda|liburkan dulu? ~ pesan*|sms*|telepon*|telpon*|promo*|wa|broadcast",
    ),
    innocent=(
        # Lest they stop, and what was never said.
        "NO STOP ~ SEND|CALL|SUBSCRIPTION|CALLS ~ CALLS|ME",
        "NO STOP ~ SEND|CALL|SUBSCRIPTION|CALLS",
        "NO STOP",
        "NO DROP ~ LIST|NUMBER|MY ~ LIST|NUMBER|MY",
        "NO DROP ~ LIST|NUMBER|MY",
        "NO DROP",
        "NOT WANT|jadi|perlu|usah|bisa|pernah|akan ~ STOP SUBSCRIPTION|CALLS|SEND|CALL",
        "NOT WANT|jadi|perlu|usah|bisa|pernah|akan|ada STOP",
        "gamau|gajadi|gakjadi|ogah|belum|blm|blom|bukan STOP ~ SUBSCRIPTION|CALLS|SEND|CALL",
        "gamau|gajadi|gakjadi|ogah|belum|blm|blom|bukan STOP",
        "NOT pernah|ada ~ SAID|minta|kirim ~ STOP|NO ~ CALL|CALLED|SUBSCRIPTION|SEND",
        "NOT pernah|ada ~ SAID|minta|kirim ~ STOP",
        "NOT WANT|jadi|perlu|usah DROP ~ LIST|NUMBER",
        "bukan ~ NOT WANT CALLED|RECEIVE ~ CALLS",
        "bukan ~ NOT WANT CALLED|RECEIVE",
        "OTHERS ~ SAID NO|NO_NEED MORE? CALL|CALLED ME? MORE?",
        "OTHERS ~ SAID NOT NEED MORE? CALL|CALLED ME? MORE?",
        "siapa|kapan ~ SAID|minta ~ NO|STOP ~ CALL|CALLED|SUBSCRIPTION ~ ME",
        "siapa|kapan ~ SAID|minta ~ NO|STOP ~ CALL|CALLED|SUBSCRIPTION",
        "kapan ~ minta ~ STOP",
        "kenapa|knp|kok|mengapa ~ STOP ~ CALL|SEND|CALLED|CALLS ~ ME|CALLS",
        "kenapa|knp|kok|mengapa ~ STOP ~ CALL|SEND|CALLED|CALLS",
        "kenapa|knp|kok|mengapa ~ NOT ~ CALL|CALLED ~ MORE",
        "kenapa|knp|kok|mengapa ~ NUMBER ~ DROP",
        "kenapa|knp|kok|mengapa|siapa ~ DROP ~ NUMBER|LIST ~ LIST|MY ~ LIST",
        "kenapa|knp|kok|mengapa|siapa ~ DROP ~ NUMBER|LIST ~ LIST|MY",
        "kenapa|knp|kok|mengapa|siapa ~ DROP ~ NUMBER|LIST",
        "NOT pernah minta ~ DROP ~ LIST|NUMBER",
        "MY NOT NEED CALL MORE kan|untuk",
        "NOT WANT ketinggalan ~ CALLS ~ MORE",
        "telepon* ~ nanti NO sekarang",
        "ketik|balas|ketikkan|reply STOP ~ STOP SUBSCRIPTION",
        "ketik|balas|ketikkan|reply STOP",
        "NO ragu|sungkan|lupa|segan ~ CALL",
        "MISTAKE ~ STOP|unsubscribe",
        "STOP ~ MISTAKE",
        "aktifkan|aktifin|lanjut|lanjutkan ~ SUBSCRIPTION|CALLS",
        # Other senses.
        "NO|NOT|NO_NEED usah? CALL kurir|kurirnya|driver|sopir|ojol|satpam|penjual|seller",
        "NO SEND ~ THING ~ MORE",
        "NO SEND ~ THING",
        "NO SEND barang|yang|dulu|ke",
        "NO SEND ~ rusak|cacat|salah ~ MORE",
        "STOP SEND ~ THING",
        "STOP SEND ke|barang|paket",
        "apakah|apa|kok ~ NUMBER MY ~ DROP",
        "NUMBER MY kok|sudah|udah|apakah|telah ~ DROP",
        "bus|bis|bas|halte|lampu|tanda|rambu|last STOP",
        "STOP kontak* ~ SOCKET",
        "STOP kontak* ~ MY SOCKET",
        "stopkontak",
        "ada|colokan|pasang|beli|jual|harga stop kontak",
        "stop kontak di|ada|yang|nya|listrik|berapa",
        "SOCKET ~ STOP kontak*",
        "salah nomor|nomer rekening|resi|pesanan|kamar|rumah|meja",
        "CALLS|promo* NO lupa|doang|lama|telat",
        "one|non|pit|last stop",
        "stop loss|motion|press|order|kran|lampu",
        "STOP les|kursus|gym|kelas|latihan|belajar|tumbuh|berfungsi|nyala|hidup",
        "tiba|tiba2|sering|sempat STOP",
        "NOT kirim|ketik|minta|pencet|ngetik STOP",
        "istri|suami|anak|adik|teman|kakak ~ kirim|ketik|pencet|ngetik|ngirim STOP",
        "kenapa|kok|pesanannya|ordernya|otomatis batal",
        "batal otomatis",
        "STOP HALTED",
        "NOT bisa? STOP",
        "STOP jam|pukul|mana|produksi|jual|berkarya|nangis|ketawa|pada",
        "batal beli|kirim|pesan|order|datang|nikah|pergi|jadi|berangkat|puasa|wudhu",
        "dapat|dapet|ada spam",
        "siapa SAID ~ NOT WANT CALLED|RECEIVE ~ CALLS",
        "siapa SAID ~ NOT WANT CALLED|RECEIVE",
        "siapa SAID ~ NOT WANT",
        "hujan|hujannya|mesin|mesinnya|mobil|motor|jam|jamnya|darah|video|lagu|aplikasi|kurir|rider|kereta ~ STOP",
        "DROP ~ NUMBER ~ THING",
        "NUMBER THING ~ DROP",
        "DROP ~ NUMBER ~ lama|sebelumnya ~ ganti|diganti|pakai|baru",
        "DROP ~ NUMBER ~ ganti|diganti|simpan|masukkan ~ baru",
        "DROP ~ THING ~ LIST",
        "DROP ~ dari pemesanan|tempahan|troli|keranjang|foto|pesanan",
        "DROP ~ dari keranjang|daftar belanja|keinginan|pesanan",
        "DROP ~ dari daftar tunggu|belanja|keinginan|tamu|hadir|pesanan|undangan|harga",
        "promo*|penawaran* ~ STOP|selesai kapan",
        "stok ~ STOP",
        "sim dicabut|cabut",
        "TAKE ~ izin usaha|bangunan|mengemudi|cuti|sakit|kerja",
        "dapat izin|ijin",
        "NOT dapat|terima|menerima|nerima|ada ~ CALLS ~ MORE",
        "belum|blm ~ CALLED",
        "bukan teror|penipuan|spam",
        "NO CALL ~ kalau|sebelum|jika OTHERS",
        "telepon*|telpon*|panggilan* NO ~ ditutup|dimatikan|putus",
    ),
    negators="""
        bukan_berarti bukannya siapa_bilang kata_siapa tidak_pernah ga_pernah gak_pernah nggak_pernah ngga_pernah
        tdk_pernah kenapa knp mengapa gimana_cara bagaimana_cara cara
        """,
    times="""
        dulu dl hari_ini hr_ini harini besok bsk nanti malam mlm siang pagi sore minggu_ini bulan_ini minggu_depan
        sementara selama sebelum setelah sesudah kalau kalo klo jika bila saat_ini saat_kerja saat_rapat ketika jam
        pukul senin selasa rabu kamis jumat sabtu weekend kecuali hingga selain sampai_senin sampai_tanggal
        sampai_bulan sampai_besok sampai_minggu sampai_saya sampai_selesai sampai_ada sampai_hari sampai_jam
        sampai_pukul telefon_sekarang call_sekarang hari_ni malam_ni minggu_ni bulan_ni sampai_isnin isnin selepas
        telepon_sekarang telpon_sekarang hubungi_sekarang telp_sekarang telpon_skrg untuk_sekarang jam_kerja
        waktu_kerja lagi_rapat ke_kantor ke_rumah nomor_lama nomor_kantor nomor_rumah nomer_lama nombor_lama
        nombor_pejabat nombor_rumah telepon_istri telepon_isteri telepon_suami telepon_wife telepon_dia telepon_ibu
        telepon_mak telepon_kantor telepon_rumah telepon_pejabat telpon_istri telpon_isteri telpon_suami telpon_wife
        telpon_dia telpon_ibu telpon_mak telpon_kantor telpon_rumah telpon_pejabat hubungi_istri hubungi_isteri
        hubungi_suami hubungi_wife hubungi_dia hubungi_ibu hubungi_mak hubungi_kantor hubungi_rumah hubungi_pejabat
        call_istri call_isteri call_suami call_wife call_dia call_ibu call_mak call_kantor call_rumah call_pejabat
        telefon_istri telefon_isteri telefon_suami telefon_wife telefon_dia telefon_ibu telefon_mak telefon_kantor
        telefon_rumah telefon_pejabat kurir beliau tiap_hari setiap_hari pas sering_sering keseringan terlalu
        tengah_malam meeting puasa ramadan ramadhan tahun_ini seminggu sebulan
        """,
    parts="""
        promo* iklan* penawaran* tawaran* marketing telemarketing diskon* brosur katalog newsletter promosi*
        """,
)
