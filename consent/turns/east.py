"""
Turns of refusal in Indonesian, Malay, Japanese, Chinese and Korean.
"""

from collections.abc import Mapping

from consent.turns.turn import Turns

TURNS: Mapping[str, Turns] = {
    "id": Turns(
        weary="capek bosan muak lelah cape cukup jengkel risih jenuh eneg sebel kesal",
        calling="ditelepon ditelpon ditelponin ditelfon telepon_kalian telpon_kalian telepon_dari_kalian dihubungi_terus ditelepon_terus telponnya teleponnya panggilan_kalian sama_telepon dengan_telepon ya_telponnya",
        forbid="larang melarang dilarang saya_larang jangan_berani jangan_coba tidak_izinkan tidak_mengizinkan tidak_boleh",
        touch="menghubungi menelepon menelpon hubungi_saya menghubungi_saya menelepon_saya kontak_saya telepon_saya nelpon_saya kalian_menghubungi kalian_menelepon mengontak",
        spurn="menolak tolak saya_tolak tidak_mau_ada tidak_menerima tidak_ingin_ada gak_mau_ada",
        contact="segala_bentuk_kontak semua_kontak kontak telepon panggilan semua_panggilan komunikasi segala_komunikasi apa_pun_kontak bentuk_kontak telemarketing semua_telepon",
        calls="telepon_kalian telepon_anda panggilan_kalian tiap_hari_telepon setiap_hari_telepon telepon_terus menelepon_terus pesan_kalian tiap_hari_nelpon",
        halt="hentikan berhenti stop cukup ini_harus_berhenti harus_berhenti sudahi tolong_hentikan tolong_berhenti",
        refusals=(
            "sekali lagi ~ telepon|telpon|hubungi ~ lapor|laporkan|polisi|pengacara",
            "lebih|mending suka|memilih|baik|ga|gak tidak|gak|ga|nggak ~ menerima|ditelepon|dihubungi|terima",
            "berapa kali ~ bilang|ngomong|ngasih_tahu",
            "hentikan|stop|akhiri ~ gangguan|teror|pelecehan",
            "bersihkan|kosongkan|bersihin ~ data|nomor ~ saya|aku",
        ),
    ),
    "ms": Turns(
        weary="rimas bosan muak letih penat cukup cukuplah menyampah meluat jemu fedup",
        calling="asyik_call panggilan_anda telefon_anda ditelefon dihubungi panggilan_korang dengan_panggilan telefon_tu call_tu panggilan_ni korang_call asyik_telefon dengan_telefon",
        forbid="larang melarang dilarang saya_larang jangan_berani tidak_benarkan tak_benarkan tidak_dibenarkan tak_boleh",
        touch="menghubungi anda_menghubungi menelefon hubungi_saya menghubungi_saya menelefon_saya telefon_saya call_saya kacau_saya anda_menelefon",
        spurn="menolak tolak saya_tolak tidak_mahu_ada tidak_menerima tak_nak_ada tak_mahu_apa_apa",
        contact="sebarang_hubungan sebarang_panggilan sebarang_komunikasi semua_panggilan panggilan komunikasi telefon sebarang_telefon hubungan telemarketing apa_apa_panggilan",
        calls="panggilan_anda panggilan_korang telefon_anda hari_hari_telefon tiap_hari_telefon hari_hari_call asyik_telefon mesej_anda",
        halt="hentikan berhenti stop cukup ini_mesti_berhenti mesti_berhenti sudah_sudahlah tolong_hentikan tolong_berhenti",
        refusals=(
            "tak|tidak payah|perlu call|telefon|hubungi|kol lagi|dah",
            "lebih suka|elok|baik tidak|tak ~ menerima|terima|dihubungi|ditelefon",
            "berapa kali ~ cakap|beritahu|bagitau",
            "hentikan|stop|berhenti ~ gangguan|kacau|ugutan",
            "bersihkan|kosongkan ~ data|nombor ~ saya|aku",
        ),
    ),
    "ja": Turns(
        weary="迷惑です 迷惑だ 迷惑なんです うんざり もううんざり 迷惑している 迷惑しています いい加減にして 嫌になる 困っています 困る",
        calling="電話してきて 電話ばかり 電話が 電話に 電話で かけてきて 営業電話 勧誘電話 しつこい電話 着信 連絡が かかってきて 電話攻撃 電話には",
        forbid="禁止します 禁止する 許可しません 許可していません 認めません",
        touch="電話を 電話することを 連絡することを 電話をかけることを 連絡を この番号への電話 私への電話 私への連絡 かけることを 使用を",
        spurn="拒否します 拒否いたします 拒絶します お断りします お断りいたします 断ります 遠慮します ご遠慮ください ご遠慮願います 一切いりません 一切不要",
        contact="電話は 電話を 連絡は 連絡を 一切の連絡を すべての連絡を 勧誘の電話は 営業電話は 営業は 勧誘は 接触を 架電は 着信は",
        refusals=(
            "電話勧誘|勧誘電話|営業電話|セールス電話 は|を? 受けません|受け付けません|受けない|受け付けない",
            "受けたくありません|受けたくない|出たくありません|出たくない|かけてほしくない|かけてほしくありません|かけてきてほしくない",
            "嫌がらせ|いやがらせ|迷惑行為|迷惑電話 を|は やめて|止めて|やめろ",
            "電話 は もう|もう? たくさん|十分|うんざり",
            "もう? 電話はたくさん|電話は十分|電話はうんざり",
            "以前の|これまでの|すべての|全ての 同意を ~ 撤回|取り消し|取消",
            "同意 ~ すべて|全て|全部 撤回|取り消",
        ),
        last=True,
    ),
    "zh": Turns(
        weary="受够 受夠 烦透 煩透 烦死 煩死 真烦人 真煩人 厌烦 厭煩 烦不胜烦 忍无可忍 够了 夠了 受不了",
        calling="你们的电话 你們的電話 你们的来电 这些电话 這些電話 骚扰电话 騷擾電話 老是打来 老是打來 总是打来 總是打來 天天打 一直打 不停地打 你们打来 推销电话 推銷電話",
        forbid="禁止 不允许 不允許 不准 不许 不許 严禁 嚴禁 谁允许你们 撤回 撤销 取消",
        touch="给我打电话 給我打電話 打电话给我 打電話給我 联系我 聯繫我 聯絡我 打扰我 骚扰我 使用我的号码 接听电话的同意 來電的同意 来电的同意 通话的同意 电话联系的同意",
        spurn="拒绝 拒絕 不接受 不需要 不想要 谢绝 謝絕 不要任何 抗拒",
        contact="任何联系 任何聯繫 任何形式的联系 任何形式的聯繫 一切联系 你们的来电 你們的來電 你们的电话 你們的電話 任何电话 任何電話 任何来电 来电推销 电话推销",
        calls="你们的电话 你們的電話 你们的来电 天天打 每天打 总打来 你们的短信 电话让",
        halt="停止吧 必须停止 必須停止 请停止 請停止 停止 停下 够了 夠了 别打了 住手",
        refusals=(
            "将|把|將 我 ~ 移出|删除|刪除|移除|除名|去掉|拉黑|踢出 ~ 系统|系統|名单|名單|列表|数据库|資料庫|通讯录",
            "将|把|將 我 ~ 移出|移除 系统|系統|名单|名單|列表|数据库|資料庫",
            "不同意|未同意|不授权|不許可|不许可 ~ 电话|電話|来电|來電|推销|推銷|联系|聯繫|打给我",
            "说 几|多少 遍|次",
            "要 说|說 几|幾|多少 遍|次",
            "撤回|撤销|撤銷 ~ 同意|授权|授權",
            "说了|說了|讲过 别|別|不要 打",
            "永远|永遠|从此 别|別|不要 ~ 发|發|打",
        ),
        innocent=("停止|取消 送|配送|发货|發貨|派送",),
        last=True,
    ),
    "ko": Turns(
        weary="짜증나 짜증납니다 짜증난다 지겨워 지겹습니다 지겹다 질렸 지긋지긋 넌더리 진절머리 미치겠 귀찮아 귀찮습니다 피곤합니다",
        calling="전화때문에 전화가 전화 전화에 전화받기 전화오는게 이런전화 스팸전화 광고전화 연락이 연락때문에 문자때문에 계속되는전화",
        forbid="금지합니다 금지한다 금지해 허락하지않 허용하지않 불허합니다",
        touch="전화하는것을 전화하는걸 연락하는것을 연락하는걸 전화를 연락을 전화거는것을 이번호사용을 제게전화 저에게전화",
        spurn="거부합니다 거부해요 거절합니다 사절합니다 사양합니다 원치않습니다 원하지않습니다 필요없어요 필요없습니다 필요없다 필요없으니",
        contact="모든연락을 모든전화를 어떤연락도 어떤전화도 전화는 연락은 전화 연락 광고전화 홍보전화 일체의연락을 권유전화",
        refusals=(
            "동의하지않습니다|동의하지않아요|동의안합니다|동의못합니다 $",
            "전화|연락|문자|수신 ~ 동의하지않|동의안",
            "충분합니다|충분해요|그만됐습니다|됐습니다 $",
            "이번호 ~ 잊어|잊으|지워",
            "괴롭힘|귀찮음|스토킹|행위 을|를 멈춰|그만|중단|중지",
            "전화괴롭힘|괴롭힘을 멈춰|그만|중단",
            "매일|계속|자꾸 ~ 전화 ~ 멈춰|그만|중단",
            "시스템 ~ 자료|정보|번호 ~ 지우|지워|삭제",
            "자료를|정보를 지우세요|지워주세요|삭제하세요",
        ),
        last=True,
    ),
}
