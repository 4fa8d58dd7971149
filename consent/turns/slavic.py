"""
Turns of refusal in Polish, Russian and Ukrainian.
"""

from collections.abc import Mapping

from consent.turns.turn import Turns

TURNS: Mapping[str, Turns] = {
    "pl": Turns(
        weary="dosc dość mam_dosc zmeczony zmeczona wkurzony meczą mecza",
        calling="waszych_telefonow waszych_polaczen tych_telefonow telefonow_od_was wydzwaniania dzwonienia waszego_dzwonienia panstwa_telefonow tych_polaczen",
        forbid="zabraniam zabraniamy zakazuje nie_macie_prawa nie_wazcie_sie zabronione",
        touch="dzwonic do_mnie_dzwonic kontaktowac kontaktowania kontaktu dzwonienia mnie_nekac telefonowac",
        spurn="odmawiam nie_zycze_sobie odrzucam nie_akceptuje zadnego zadnych",
        contact="kontaktu kontaktow jakiegokolwiek_kontaktu jakichkolwiek_telefonow telefonow polaczen wszelkiego_kontaktu rozmow wiadomosci_od_was",
        calls="wasze_telefony wasze_polaczenia te_telefony codziennie_dzwonicie dzwonicie wasze_wiadomosci wydzwaniacie panstwa_telefony",
        halt="przestancie prosze_przestac przestan dosc wystarczy koniec to_musi_sie_skonczyc skonczcie_z_tym prosze_to_zakonczyc stop",
        refusals=(
            "nastepny|kolejny telefon ~ prawnik|prawnika|policja|policje|adwokat|adwokata",
            "ile|iles razy ~ powtarzac|mowic|prosic",
            "wystarczy|dosyc|starczy ~ telefonow|polaczen|dzwonienia|wydzwaniania",
            "wolalbym|wolalabym|wole|wolimy nie ~ otrzymywac|odbierac|dostawac|miec ~ telefonow|polaczen",
            "skonczcie|zakonczcie|przestancie|przerwijcie|stop ~ nekaniem|nekac|nekania|stalkingiem",
            "nigdy wiecej|juz wiadomosci|telefonow|smsow|polaczen",
            "wyczysccie|oczysccie|wyczyscic ~ moje|moich ~ dane|danych",
        ),
        innocent=("wstrzymac|wstrzymajcie|zatrzymac dostawe|wysylke|zamowienie|przesylke",),
    ),
    "ru": Turns(
        weary="надоели надоел надоела надоело достали достал достала достало задолбали задолбал устал устала замучили заколебали сыт сыта сыты измучили",
        calling="своими_звонками вашими_звонками ваши_звонки звонками от_ваших_звонков эти_звонки этими_звонками от_звонков с_вашими_звонками ваши_постоянные_звонки вашим_спамом ваш_обзвон",
        forbid="запрещаю запрещаем запрещено не_смейте не_имеете_права не_вздумайте не_разрешаю не_даю_разрешения",
        touch="звонить мне_звонить мне_больше_звонить беспокоить меня_беспокоить связываться со_мной_связываться обращаться использовать_мой_номер на_звонки контактировать",
        spurn="отказываюсь_от отказываемся_от против не_желаю_никаких не_хочу_никаких никаких отвергаю не_приму",
        contact="звонков контактов любых_звонков любых_контактов всех_звонков всякой_связи общения рассылок всяких_контактов ваших_звонков",
        calls="ваши_звонки звонки каждый_день_звоните звоните_каждый_день постоянно_звоните ваши_сообщения вы_звоните",
        halt="прекратите перестаньте хватит довольно это_должно_закончиться это_должно_прекратиться остановитесь прекратите_это",
        refusals=(
            "следующий|еще_один|еще_раз звонок|позвоните ~ суд|полиция|полицию|жалоба|жалобу|адвокат|роскомнадзор",
            "довольно|достаточно ~ звонков|звонить|названивать|звонки",
            "предпочёл|предпочла|предпочитаю|хотел_бы|хотела_бы ~ не ~ получать|принимать|слышать ~ звонков|звонки|вызовов",
            "сколько|скольки раз ~ повторять|говорить|просить",
            "прекратите|остановите|хватит ~ террор|преследование|домогательства|терроризировать",
            "никогда больше сообщений|звонков|смс|писем",
            "очистите|почистите|вычистите ~ моих|мои|мной ~ данных|данные",
        ),
        innocent=(
            "снимите|уберите меня с|из ожидания|удержания|очереди",
            "остановите|приостановите|отмените доставку|отправку|заказ",
            "не спешите|торопитесь",
        ),
        last=True,
    ),
    "uk": Turns(
        weary="набридли набрид набридла набридло дістали дістав дістало втомився втомилась замучили остогидли годі досить ситий сита",
        calling="своїми_дзвінками вашими_дзвінками ваші_дзвінки дзвінками від_ваших_дзвінків ці_дзвінки надзвонювати надзвонювання дзвінків ваші_постійні_дзвінки ваш_спам телефонувати_мені",
        forbid="забороняю забороняємо заборонено не_смійте не_маєте_права не_здумайте не_дозволяю не_даю_дозволу",
        touch="дзвонити мені_дзвонити мене_турбувати турбувати телефонувати мені_телефонувати звертатися зв_язуватися зі_мною_зв_язуватися використовувати_мій_номер на_дзвінки",
        spurn="відмовляюся_від відмовляюсь_від проти не_бажаю_жодних не_хочу_жодних жодних ніяких",
        contact="дзвінків контактів будь_яких_дзвінків будь_яких_контактів усіх_дзвінків спілкування розсилок ваших_дзвінків",
        calls="ваші_дзвінки дзвінки щодня_дзвоните дзвоните_щодня постійно_дзвоните ваші_повідомлення ви_дзвоните",
        halt="припиніть перестаньте досить годі це_має_закінчитися це_має_припинитися зупиніться припиніть_це",
        refusals=(
            "наступний|ще_один дзвінок ~ суд|поліція|поліцію|скарга|скаргу|адвокат",
            "волів|воліла|хотів_би|хотіла_б|волію ~ не ~ отримувати|приймати|чути ~ дзвінків|дзвінки",
            "скільки разів ~ повторювати|казати|просити",
            "припиніть|зупиніть|годі|досить ~ терор|переслідування|тероризувати",
            "ніколи більше повідомлень|дзвінків|смс|листів",
            "очистьте|очистіть|почистіть|вичистіть ~ моїх|мої ~ даних|дані",
        ),
        innocent=(
            "зніміть|приберіть мене з очікування|утримання|черги",
            "зупиніть|призупиніть|скасуйте доставку|відправку|замовлення",
            "не поспішайте",
        ),
        last=True,
    ),
}
