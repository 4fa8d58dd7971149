"""
Refusals in Polish.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="pl",
    sets={
        "NO": "nie nei ne nigdy juz_nie nie_nie nigdy_juz ani",
        "FILL": """
            do_mnie domnie do_nas mi mnie nam nas juz wiecej wiecj wiencej prosze na_ten_numer pod_ten_numer tu tutaj
            tego na_ten_nr pod_moj_numer na_moj_numer tyle ponownie nigdy z_nami ze_mna sie kurwa wy panstwo pan pani
            absolutnie nikt na_moj_telefon na_te_komorke pod_ten_nr znowu znow kolejny_raz mna w_ogole pls prosilbym
            prosilabym bym moj_numer ten_numer mojego_numeru tego_numeru mojej_mamy nikomu mojej_osoby
            """,
        "MORE": "wiecej wiecj wiencej ponownie nigdy juz dluzej nigdy_wiecej kolejnych dalszych wiecje",
        # Do (not) call or write: the imperfective, in which prohibitions stand.
        "CALL": """
            dzwoncie dzwonic dzwon dzwoncei dzwonci dzwonta zwoncie dzwoncje wydzwaniac wydzwaniajcie
            wydzwaniaj przedzwaniac oddzwaniac oddzwaniajcie oddzwaniaj telefonowac telefonujcie telefonuj
            kontaktowac kontaktujcie kontaktuj kontatkowac niepokoic niepokojcie niepokoj przeszkadzac przeszkadzajcie
            nekac nekajcie nekaj meczyc meczcie mecz nachodzic nachodzcie zaczepiac zaczepiajcie napastowac
            napastujcie zameczac zameczajcie zawracac_glowy zawracajcie_glowy zawracac_gitary zawracac_mi_glowy
            zawracajcie_mi_glowy pisac piszcie pisz pisujcie smsowac smsujcie esemesowac spamowac spamujcie spamuj
            odzywac odzywajcie odzywaj wysylac wysylajcie wysylaj przesylac przesylajcie przesylaj przysylac
            przysylajcie przysylaj nadsylac nadsylajcie naprzykrzac naprzykrzajcie dobijac dobijajcie dreczyc
            dreczcie molestowac molestujcie nagabywac nagabujcie zawracac_dupy zawracajcie_dupy zawracajcie_mi_dupy zawracac_mi_dupy wydzwaniajta wracac_do_mnie obdzwaniac zadzwon
            wysylanie dzwonienie pisanie truc trujcie bombardowac bombardujcie zasypywac zasypujcie denerwowac
            denerwujcie wkurzac wkurzajcie wkurwiac wkurwiajcie mailowac mailujcie kontaktowanie nawiazywac_kontaktu
            zadreczac nagrywac_sie zaprzatac_mi_glowy budzic proponowac proponujcie oferowac oferujcie
            """,
        "CALLED": """
            dzwoniono kontaktowano pisano wysylano niepokojono nekano
            dzwonil dzwonila dzwonili pisal pisali wysylal wysylali niepokoil niepokoili kontaktowal kontaktowali nekal
            nekali przeszkadzal przeszkadzali zawracal zawracali wydzwanial wydzwaniali przysylal przysylali meczyl
            """,
        "NIE_CALL": "niekontaktowanie niedzwonienie niepisanie niewydzwanianie niedzwoncie niedzwonic niedzwon niepiszcie niepisac niepisz niewysylajcie niewysylac niedzwoncje",
        "THAT": "zeby zebyscie zeby_nikt zebyscie_wiecej aby abyscie by byscie zebys izby iz",
        "STOP": """
            przestancie przestan przestanscie przestanmy przestac przestanciez przestanie_pan przestana przestanta
            skonczcie skoncz skonczyc zaprzestac zaprzestancie zaprzestanie zaprzestania zakonczcie zakonczyc
            dajcie_spokoj_z daj_spokoj_z dajcie_se_spokoj_z wstrzymajcie
            wstrzymac wstrzymanie dosc koniec stop odpuscie odpuscic odpuscie_sobie darujcie_sobie
            daruj_sobie przesta przestncie zaniechac zaniechanie zaniechania przerwac przerwijcie zatrzymajcie
            zatrzymac powstrzymajcie_sie_od powstrzymac_sie_od zablokowac zablokujcie skonczylibyscie
            """,
        "CALLS": """
            telefonu telefonow telefony telefonami telefonem telefon_od dzwonienia dzwonienie dzwonieniem wydzwaniania
            wydzwanianie wydzwanianiem polaczen polaczenia polaczeniami smsow sms_ow smsy smsami sms sms_y esemesow
            wiadomosci wiadomosciami
            mejli maili maile mailami mejle spamu spam spamem kontaktu kontaktow kontakty kontaktowania reklam reklamy
            reklamami ofert oferty ofertami promocji promocje promocjami newslettera newsletterow newslettery newsletter
            pisania pisanie wysylania wysylanie wysylki nekania nekanie nekaniem marketingu powiadomien powiadomienia
            informacji_handlowych informacji_marketingowych informacji_reklamowych rozmow rozmowy telemarketingu
            telemarketerow komunikacji korespondencji ankiet ankiety prob_kontaktu niepokojenia niepokojenie ofertom
            przesylania przesylanie materialow_reklamowych materialow propozycji propozycje
            """,
        "WANT": """
            chce chcemy chcialbym chcialabym chcielibysmy zycze zyczymy zyczylbym zyczylabym zgadzam zgadzamy pragne
            wyrazam_zgody_na wyrazam_zgody_by wyrazamy_zgody_na zgadza_sie_na toleruje akceptuje
            chcem wyrazam_zgody wyrazalem_zgody wyrazalam_zgody wyrazilem_zgody wyrazilam_zgody dawalem_zgody
            dawalam_zgody zgadzalem zgadzalam mam_ochoty zamierzam
            """,
        "SIE": "sie sobie se na zadnych zadnego zadnej od_was juz wiecej od_panstwa tych waszych kolejnych wy",
        "RECEIVE": """
            otrzymywac dostawac odbierac otrzymywania dostawania otrzymywanie dostawanie slyszec widziec miec czytac
            rozmawiac gadac byc_nekany byc_nekana byc_niepokojony byc_niepokojona miec_z_wami otrzymac dostac
            """,
        "DROP": """
            usuncie usun usunac usunciez usune usuniecie usuniecia usunieciu wykreslcie wykresl wykreslic wykreslenie
            wykreslenia skreslcie skresl skreslic skreslenie wymazcie wymaz wymazac wymazanie wymazania skasujcie skasuj
            skasowac skasowanie skasowania wykasujcie wykasuj wykasowac wykasowanie kasujcie kasuj kasowac zapomnijcie
            zapomnij zapomniec wyrzuccie wyrzuc wyrzucic wyrzucenie usuwajcie usuwac wykreslajcie zgubcie zgub
            zablokujcie wypisac wypiszcie wypisanie wypisania wypisz wywalcie wywal wywalic usuncei usunac_prosze
            usunol wycofajcie wyrejestrujcie wyrejestrowac wyrejestrowanie wyrejestrowania usunicie odznaczcie
            zniszczcie zapominijcie zdejmijcie zdjac zlikwidujcie zlikwidowac
            """,
        "MY": "moj mojego moje mojej moich moim nasz naszego nasze naszych ten tego o moj_stary o_moim o_naszym to",
        "NUMBER": """
            numer numeru numerze nr telefon telefonu namiary namiarow dane danych kontakt kontaktu dane_osobowe
            danych_osobowych komorke mail maila adres adresu numerek konto_marketingowe nymer numr istnienia istnieniu
            """,
        "ME": "mnie nas mie moja_osobe moje_nazwisko moj_numer ten_numer mojej_osoby mojego_numeru tego_numeru numeru",
        "LIST": """
            bazy bazie baz listy liscie rejestru spisu systemu newslettera newsletterow subskrypcji kartoteki
            ewidencji wysylki mailingu kontaktow zbioru zbiorow list_mailingowych crm grupy wykazu tego_wszystkiego
            """,
        "NOT_THIS": "oczekujacych kolejkowej kolejki gosci rezerwowej zamowienia zakupow paragonu koszyka obecnosci",
        "UNSUB": """
            wypiszcie_mnie wypisz_mnie wypisac_mnie wypisac_sie sie_wypisac wypisuje_sie
            wypisanie_mnie wyrejestrujcie_mnie wyrejestrowac_sie odsubskrybowac
            odsubskrybuj wypisac_nas wypiszcie_nas wypisac_numer prosze_o_wypisanie
            prosze_o_wykreslenie prosze_mnie_wypisac wylaczcie_mnie odsubskrybujcie odpiszcie_mnie_z rezygnuje_z_subskrypcji
            rezygnuje_z_newslettera rezygnuje_z_uslugi_sms rezygnuje_z_waszych rezygnacja_z_subskrypcji
            """,
        "RESIGN": "rezygnuje rezygnujemy zrezygnowac rezygnacja rezygnacje rezygnacji zrezygnuje rezyguje rezyngnuje",
        "REVOKE": """
            cofam cofamy wycofuje wycofujemy odwoluje odwolujemy cofnac wycofac odwolac cofniecie wycofanie odwolanie
            wypowiadam anuluje cofniecia wycofania cofnalem cofnelam wycofalem wycofalam odwolalem odwolalam zrywam
            """,
        "CONSENT": "zgode zgody zgod zgoda pozwolenie pozwolenia upowaznienie upowaznienia zezwolenie zgode_rodo",
        "OBJECT": "sprzeciw sprzeciwiam sprzeciwu sprzeciwem zabraniam zabraniamy zakaz zakazuje zastrzegam",
        "ASK": "prosze prosimy prosilbym prosilabym zadam zadamy domagam_sie wnosze_o wzywam oczekuje poprosze wnosze",
        "SAID": """
            mowilem mowilam mowilismy prosilem prosilam prosilismy powiedzialem powiedzialam poprosilem poprosilam
            pisalem pisalam zadalem zadalam powtarzam
            """,
        "PEACE": """
            dajcie_mi_spokoj dajcie_mi_swiety_spokoj daj_mi_spokoj dajcie_nam_spokoj prosze_dac_mi_spokoj
            dac_mi_spokoj dac_mi_swiety_spokoj mi_dac_swiety_spokoj mi_dac_spokoj dajcie_mi_wreszcie_spokoj dajcie_spokoj_z_tymi dajcie_mi_juz_spokoj dajze_mi_spokoj
            zostawcie_mnie_w_spokoju zostaw_mnie_w_spokoju zostawcie_nas_w_spokoju prosze_zostawic_mnie_w_spokoju
            odczepcie_sie odczep_sie odwalcie_sie odwal_sie odpierdolcie_sie odpierdol_sie odpieprzcie_sie
            odpieprz_sie spierdalajcie spieprzajcie zapomnijcie_o_mnie odpuscie_sobie_moj_numer spadajcie
            dajcie_ludziom_spokoj dajcie_mi_zyc miejcie_litosc
            """,
        "OTHER": """
            domofon domofonem dzwonkiem dzwonka pukac drzwi drzwiami furtki domofonu wiertarka farba dlugopisem
            caps_lockiem capsem kurierem kurierowi
            """,
        "END": "dziekuje dzieki prosze pls amen kropka juz pozdrawiam z_gory_dziekuje bo i",
        # Of the past or of somebody else, known here so that they are no misspelling of an order.
        "STATED": """
            mowila mowil prosil prosila powiedzial powiedziala kazala kazal
            usunal skasowal wykreslil wypisal wymazal odzywal przesylal telefonowal oddzwanial zadreczal napastowal
            zaczepial wykasowal wyrzucil wycofal odwolal przestaly przestalo przestaliscie przestali przestala przestal
            dzwonicie piszecie wysylacie przysylacie odzywacie kontaktujecie niepokoicie przeszkadzacie nekacie
            oddzwaniacie wydzwaniacie telefonujecie
            dzwoni dzwonia dzwonie dzwonimy dzwonek dzwonisz zadzwonic zadzwoncie zadzwoni zadzwonie pisze pisza piszemy
            wysyla wysylaja wysylam kontaktuje kontaktuja usunalem usunelam usuneli usunieto przestal przestala przestaly
            odzywa odzywaja przyslac przyslijcie wyslac wyslijcie telefon oddzwoni oddzwania przeszkadza
            """,
    },
    refusals=(
        # No calls.
        "NO FILL? FILL? FILL? CALL",
        "MORE ~ NO FILL? FILL? CALL",
        "NO FILL? CALL ~ MORE",
        "NIE_CALL",
        "tu|tutaj NO FILL? CALL",
        "THAT NO FILL? FILL? CALL|CALLED ~ MORE",
        "SAID ~ THAT NO? FILL? FILL? FILL? CALL|CALLED",
        "SAID ~ NO FILL? FILL? CALL",
        "WANT ~ THAT FILL? nie? FILL? FILL? CALL|CALLED",
        "ASK ~ THAT FILL? nie? FILL? FILL? CALL|CALLED",
        "THAT nikt FILL? FILL? nie FILL? FILL? CALL|CALLED",
        "niech|niechaj ~ nie FILL? FILL? dzwoni|dzwonia|pisze|pisza|wysyla|wysylaja|wydzwania|wydzwaniaja|kontaktuje",
        "nie trzeba|potrzeba|musi|musicie|musza|nalezy|wolno FILL? FILL? CALL ~ MORE|wam|wydzwaniac",
        "nie trzeba|wolno FILL? FILL? wydzwaniac|nekac|wam|kontaktowac",
        "nie wolno ~ CALL",
        "tego FILL? nie robic",
        "prosze|prosimy nie FILL? FILL? CALL",
        "bez dzwonienia|wydzwaniania|telefonow|smsow|spamu|reklam|kontaktu",
        # Stop it.
        "STOP ~ CALL",
        "STOP ~ z|ze|od? ~ CALLS",
        "STOP CALLS",
        "STOP|zakonczcie|zakonczyc ~ CALLS",
        "STOP mi|mnie|nas|nam ~ CALL",
        "STOP FILL? nekac|dzwonic|pisac",
        "mam|mamy dosc|dosyc|powyzej ~ CALLS",
        "konczcie|koncz|zakonczcie ~ z ~ telefonami|smsami|CALLS",
        "nie mam|mamy ochoty ~ CALLS",
        "nie WANT FILL? was|panstwa MORE? ~ RECEIVE",
        "^ nie zycze sobie $",
        "wylaczyc|wylacz|wylaczcie ~ sms|smsy|powiadomienia|CALLS",
        # No more of it.
        "NO SIE? WANT SIE? SIE? SIE? CALLS",
        "NO WANT SIE? SIE? SIE? ~ CALLS|kontaktu",
        "MORE ~ nie WANT SIE? RECEIVE? ~ CALLS",
        "NO WANT ~ THAT ~ CALL|CALLED",
        "THAT ~ nie FILL? FILL? CALLED ~ MORE",
        "NO SIE? WANT SIE? FILL? RECEIVE ~ CALLS|was|wami|nic|MORE|panstwa",
        "NO WANT z_wami|od_was FILL? RECEIVE",
        "nie WANT miec ~ wspolnego|kontaktu|czynienia",
        "NO WANT ~ na CALLS",
        "NO WANT na ~ przetwarzanie|wykorzystywanie|uzywanie ~ NUMBER",
        "NO WANT SIE? na dalszy|jakikolwiek|zaden kontakt|kontakty|telefony",
        "nie wyrazam|wyrazamy|udzielam zgody END? $",
        "ani CALLS ani CALLS",
        "odmawiam ~ CALLS",
        "konczymy|zakonczmy ~ kontakt",
        "ASK FILL? go|ten|moj DROP ~ z ~ LIST",
        "ASK o usuniecie|wykreslenie|wypisanie|skasowanie END? $",
        "wypisujcie|wykreslajcie|usuwajcie mnie|nas",
        "zeby te telefony|smsy ustaly|sie_skonczyly",
        "dajcie|daj FILL? se|sobie? spokoj|siana z ~ CALLS|dzwonieniem|tymi",
        "dajcie|daj FILL? spokoj z ~ CALLS",
        "NO WANT SIE? na kontakt|telefon|dzwonienie|marketing|przetwarzanie|uzywanie|wykorzystanie|wykorzystywanie",
        "macie|ma|mieliscie FILL? FILL? nie FILL? FILL? CALL",
        "mowic|powtarzac|prosic ~ THAT FILL? nie FILL? FILL? CALLED",
        "wylaczcie|wylacz|wylaczyc|wstrzymajcie ~ powiadomienia|smsy|wiadomosci|newsletter",
        "NO WANT byc ~ LIST|niepokojony|niepokojona|nekany|nekana|LIST",
        "MORE CALLS nie WANT",
        "CALLS FILL? nie WANT|zycze",
        "^ zero|zadnych|zadnego|zadnej|zadne|ani_jednego MORE? ~ CALLS",
        "zadnych|zadnego|zadnej MORE ~ CALLS",
        "MORE zadnych|zadnego ~ CALLS",
        "ASK ~ zadnych|zadnego ~ CALLS",
        "ASK ~ STOP",
        "ani jednego MORE ~ CALLS|telefonu",
        "koniec|dosc|dosyc ~ CALLS",
        "koniec z ~ telefonami|smsami|dzwonieniem|mailami",
        "^ bez CALLS $",
        # Remove me.
        "DROP ~ MY FILL? NUMBER",
        "DROP NUMBER",
        "MY NUMBER ~ DROP",
        "DROP ~ ME ~ z|ze ~ LIST",
        "DROP ME",
        "ME ~ DROP ~ z|ze ~ LIST",
        "DROP ~ z|ze ~ LIST",
        "ASK ~ ME DROP",
        "DROP o ME|moim|nas|naszym|mym",
        "DROP o tym numerze|telefonie|adresie",
        "z|ze ~ LIST ~ DROP",
        "UNSUB",
        "^ RESIGN END? $",
        "^ wypis|wypisuje|usunac|usuncie|usun|wykreslic|rezygnuj|wypisac|wypisz|rezygnacja|wypiszcie END? $",
        "^ unsubscribe END",
        "^ stop END END? $",
        "^ END unsubscribe|stop $",
        "RESIGN ~ CALLS",
        "RESIGN ~ z ~ LIST|subskrypcji|uslug|kontaktu|wysylki",
        "RESIGN|REVOKE z subskrypcji|newslettera",
        # I take my consent back.
        "REVOKE ~ CONSENT",
        "CONSENT ~ cofam|wycofuje|odwoluje|cofnieta|wycofana",
        "OBJECT ~ CALLS|przetwarzaniu|przetwarzania|wykorzystywaniu|przetwarzanie|CALL",
        "OBJECT ~ FILL? CALL",
        "wnosze|zglaszam|skladam|wyrazam ~ sprzeciw",
        "nie dawalem|dawalam|dalem|dalam|udzielam|udzielalem|udzielalam|macie|maja|wyrazam ~ CONSENT ~ CALLS|CALL|NUMBER",
        "prawo|prawa do ~ zapomnienia|zapomnianym|usuniecia",
        # Leave me in peace.
        "PEACE",
    ),
    doubtful=(
        "nie potrzebuje|potrzebujemy ~ CALLS",
        "niech|niechaj nie FILL? FILL? dzwoni|dzwonia|pisze|pisza|wysyla|wysylaja",
        "RESIGN",
        "nie trzeba|musicie|musi|musza|potrzeba FILL? FILL? CALL",
        "^ dajcie|daj|daj_pan spokoj",
        "^ prosze? przestancie|przestan|przestac END? $",
        "nie jestem|jestesmy zainteresowan*",
        "nie interesuje|interesuja",
        "nie ma|mam zainteresowania|ochoty",
        "nie potrzebuje|potrzebujemy|trzeba|skorzystam $",
        "spokoj ~ zebraniu|pracy|spotkaniu|lekcji",
        "^ nie END $",
        "^ END ~ nie $",
        "mam|mamy was|ich|tego ~ dosc|dosyc|serdecznie",
        "mam|mamy ~ dosc|dosyc|powyzej",
        "^ dosc|dosyc|wystarczy|starczy tego? $",
        "pomylka|pomylke|pomyliliscie|pomylil|pomylila|pomylili",
        "zly|bledny|nie_ten|inny numer",
        "nie ma tu ~ taki|takiego|takiej|zadnego|nikogo",
        "tu|to nie ~ pan|pani|firma|mieszka|jest $",
        "skad ~ maja|macie|masz|ma|wzieliscie|wzieli|mieliscie|macie|pan|pani|panstwo ~ numer|numeru|namiary|dane",
        "kto ~ dal|podal ~ numer|namiary|dane",
        "nie znam ~ was|firmy|pana",
        "zglosze|zglaszam|zglosimy|zawiadomie|skarge|podam ~ policji|policje|uodo|uokik|prokuratury|prokurature|rodo|was",
        "zglosze|zglosimy ~ sprawe|to|was|nekanie",
        "prawnik*|adwokat*|nekanie|stalking",
        "po co|dlaczego|czemu|ile|ciagle|wciaz|znowu|bez_przerwy ~ dzwonicie|piszecie|wydzwaniacie|wysylacie|dzwonia",
        "dzwonicie i dzwonicie|dzwonicie",
        "musicie|musza|musi|mozecie ~ CALL ~ codziennie|rano|ciagle|przerwy|wieczorem|swit|swicie",
        "nie mozecie|moglibyscie ~ CALL",
        "wkurzacie|wkurwiacie|denerwujecie|meczycie|irytujecie|nekacie|zameczacie|zanudzacie ~ mnie|mi|nas|ludzi|juz",
        "oszusci|oszustwo|naciagacze|zlodzieje|scam|spamerzy|spam",
        "pieprzcie|walcie|goncie|wypchajcie sie",
        "wypierdalaj*|spadaj|spieprzaj|spierdalaj",
        "juz wiecej",
    ),
    innocent=(
        "wypisac|wypisuje|wypisz|wypiszcie|wypisanie|DROP ~ corke|syna|dziecko|corki|przedszkola|szkoly|zajec|basenu",
        "prosze? NO FILL? FILL? CALL ~ stacjonarny|domowy|sluzbowy|stary|tamten|komorke",
        "sasiadka|sasiad|mama|zona|maz ~ THAT ~ nie ~ CALL|CALLED",
        "pomylke|przypadkiem|pomylkowo|omylkowo|niechcacy ~ UNSUB|wypis*|RESIGN|STOP|kliknal*",
        "wypisalem|wypisalam|kliknalem|kliknelam ~ przez pomylke|przypadek",
        "przez pomylke",
        "kliknalem|kliknelam|nacisnalem|nacisnelam ~ wypisz|stop|rezygnuje|UNSUB",
        "REVOKE ~ RESIGN|sprzeciw|sprzeciwu|swoj_sprzeciw ~ CALL?",
        "wycofuje|cofam|odwoluje ~ sprzeciw|rezygnacje",
        "maz|zona|szef|babcia|mama|kolega|sprzedawca|kurier|pani|pan mowil|powiedzial|mowi|powiedziala|mowila|napisal ~ nie|nigdy ~ CALL",
        "maz|zona|szef|babcia|mama|kolega|sprzedawca|kurier|syn|corka mowil|powiedzial|mowi|powiedziala|mowila|prosil",
        "bylo|jest ~ napisane|ogloszeniu ~ prosze? ~ nie FILL? CALL",
        "napisane|ogloszeniu prosze nie CALL",
        "prosze? nie pisac|pisz|piszcie ~ na ~ kartce|imienia|bileciku|torcie",
        "nie WANT|mam ~ kontaktu|CALLS z|ze kurierem|serwisem|serwisantem|mechanikiem|lekarzem",
        "nie WANT ~ rozmawiac|gadac z|ze automatem|robotem|botem|maszyna",
        "nie potrzebuje|chce ~ telefonu ~ zastepczego|na_raty|z_abonamentem|komorkowego",
        "mam|mamy dosc czekania ~ CALLS?",
        "nie prosze dzwonic|pisac smialo|prosze",
        "dlaczego|czemu usunel*|wypisal*|wykreslil* ~ LIST?",
        # Lest they stop.
        "NO STOP|przestawajcie|przestawac|przestawaj|konczcie|zapomnijcie|zapomniec|zapominajcie ~ CALL|wyslac|zadzwonic",
        "NO przestawajcie|przestawac|przestawaj ~ CALL ~ CALLS",
        "NO FILL? DROP ~ NUMBER|ME|LIST",
        "NO FILL? DROP|usuwajcie|usuwaj|usuwac|kasuj|kasujcie|wykreslajcie|skreslajcie|wypisujcie ~ NUMBER|ME|LIST",
        "ME|NUMBER ~ nie|nei ~ DROP|usuwajcie|usuwaj|usuwac|kasuj|kasujcie|wykreslac|wykreslajcie|wypisywac",
        "NUMBER ~ nie usuwac|usuwajcie|kasowac|DROP",
        "nie RESIGN",
        "nie WANT ~ RESIGN|UNSUB|wypisac|wypisywac|rezygnowac|STOP|DROP|REVOKE",
        "nie RESIGN ~ CALLS|LIST",
        "nie REVOKE ~ CONSENT",
        "nie wypis*",
        "nie mowilem|mowilam|prosilem|prosilam|pisalem|pisalam|powiedzialem ~ nie|THAT ~ CALL|CALLED|UNSUB|DROP ~ MORE|NUMBER|ME",
        "nie mowilem|mowilam|prosilem|prosilam|pisalem|pisalam|powiedzialem ~ nie|THAT ~ CALL|CALLED|UNSUB|DROP",
        "THAT nie FILL? FILL? CALL|CALLED",
        "dlaczego|czemu|skoro|jesli|jak ~ nie|nikt|STOP ~ CALL|oddzwania|oddzwaniacie|dzwoni",
        "dlaczego|czemu ~ STOP ~ CALL ~ CALLS",
        "nie mog* ~ CALL|oddzwonic|rozmawiac|gadac",
        "nie bede|bedziemy|bedzie ~ CALL|OTHER",
        "nie umiem|musze|moge|zdazylem|zdazylam|lubie|mialem|mialam|mam|udalo|wiem|wypada|zamierzam ~ CALL",
        "boje|wstydze|wstyd|szkoda|glupio|chcialem|chcialam ~ CALL",
        "jak|czy|moge|mozna ~ nie CALL",
        "nie pisac|pisz|piszcie ~ capsem|bzdur|bzdury|recznie|dlugopisem",
        "nie pisac|pisz|piszcie na opakowaniu|stronie|kartce|etykiecie|fakturze",
        "nie CALL ~ jeszcze ~ paczki|towaru",
        "prosze? nie CALL ~ paczki|towaru|zamowienia|kurierem|faktury",
        "nie WANT ~ telefonu ~ bialego|czarnego|kupic|kupowac|zwrot|zamienic|samsung*|nowego|uzywanego",
        "nie WANT juz? tego telefonu|numeru",
        "mam|mamy dosc zapasow|czasu|pieniedzy|miejsca|towaru|duzo|duzy|dobrze",
        "nie pisz|piszcie ~ opinii|opinie",
        "prosze? nie CALL FILL? ~ OTHER",
        "prosze? nie CALL tylko|lecz ~ pukac|zapukac|wejsc|wchodzic",
        "nie wysylajcie|wysylac|wysylaj|przysylajcie|przysylac ~ paczki|paczke|kuriera|kurierem|paczkomatu|towaru|faktury",
        "nie wysylajcie|wysylac|wysylaj|przysylajcie ~ zamowienia|rachunku|poczta|przelewu",
        "OTHER ~ nie dzwonic|dzwoncie|dzwon|dziala",
        "nie przeszkadza*",
        "nie przeszkadzacie|przeszkadzasz",
        "nie denerwuj* sie",
        "nie spam|reklama",
        # Other senses.
        "RESIGN ~ z|ze ~ kuriera|kurierem|zamowienia|wizyty|terminu|dostawy|rezerwacji|zakupu|produktu|stolika|pokoju",
        "RESIGN ~ z|ze ~ wesela|kursu|zajec|cukru|deseru|ubezpieczenia|umowy|pracy|towaru|karty|konta|montazu|lekcji",
        "DROP ~ z|ze ~ zamowienia|koszyka|paragonu|faktury|rachunku|paczki|rezerwacji|menu|listy_zakupow",
        "DROP ~ z|ze ~ LIST NOT_THIS",
        "DROP ~ NUMBER ~ karty|konta|zamowienia|paczki|mieszkania|domu|rachunku|stary|starego|poprzedni|dawny|faktury",
        "stary|starego|poprzedni|poprzedniego|dawny NUMBER ~ DROP",
        "DROP ~ stary|starego|poprzedni|poprzedniego|dawny|bledny|awarie|usterke|plame NUMBER?",
        "zapomnij|zapomnijcie|zapomniec ~ o ~ sprawie|zamowieniu|terminie|fakturze",
        "zapomnij|zapomnijcie o tym|wszystkim $",
        "zgubil*|zapomnial* ~ NUMBER",
        "prosze? o? wypisz|wypiszcie|wypisac|wypisanie ~ fakture|faktury|recepte|recepty|zwolnienie|rachunek|skierowanie|czek|umowe",
        "mnie|mi wypisac|wypisz|wypiszcie|wypisali ~ ze szpitala|recepte|zwolnienie",
        "wypis*|wypisac ~ ze szpitala",
        "non stop",
        "napisalem|napisalam|wyslalem|wyslalam ~ stop|rezygnuje ~ pomylkowo|przypadkiem|omylkowo",
        "stop klatka|ciazy|cafe",
        "przestal|przestala|przestalo|przestaly ~ CALL|dzialac",
        "koniec|koncu|koncow ~ konca|koncow|swiata|ulicy|tygodnia|miesiaca|roku|pracy|rozmowy|promocji|oferty",
        "kiedy|do_kiedy|czy koniec|konczy ~ CALLS",
        "zadnych nowych|nie_mam|nie_dostalem|nie_dostalam ~ CALLS",
        "zadnej|zadnych|zadnego CALLS nie|nie_ma|nie_dostalem|nie_dostalam|nie_otrzymalem",
        "nie|nigdy|zadnego dostalem|dostalam|otrzymalem|otrzymalam|przyszlo|mam|widze|doszly ~ CALLS",
        "anuluj|anuluje|anulowac|anulujcie ~ zamowienie|wizyte|rezerwacje|przelew|platnosc|dostawe|termin",
        "powiedzial|powiedziala|kazal|kazali|powiedzieli ~ nie FILL? FILL? CALL ~ MORE?",
        "sprzeciw* ~ nie ~ CALL",
    ),
    negators="wtedy kiedys wczesniej poprzednio zeszlym szef ogloszeniu napisane przypadkiem omylkowo maz zona nie nigdy dlaczego czemu jak kto po_co czy_moge czy_mozna czy_musze jesli jezeli gdy",
    times="""
        dzis dzisiaj jutro pojutrze teraz na_razie narazie chwilowo tymczasem poki_co w_tym_tygodniu tydzien tygodnie
        tygodni miesiac miesiace miesiecy dni godzin godziny godzinie weekend weekendu weekendy do_konca wieczorem
        wieczor rano po_poludniu w_nocy noca noc noca w_pracy urlopu urlopie wakacji wakacjach w_swieta swietach
        poniedzialku poniedzialek wtorku wtorek srody srode sroda czwartku czwartek piatku piatek soboty sobote
        niedziele niedzieli sobota dopoki zanim przed po_godzinie od_godziny po_osmej po_siodmej po_dziewiatej
        po_dwudziestej miedzy temu az_do poki chyba_ze jeszcze w_ciagu_dnia stycznia lutego marca kwietnia maja czerwca
        lipca sierpnia wrzesnia pazdziernika listopada grudnia w_godzinach zebraniu spotkaniu pogrzebie smialo spokojnie zbyt tak_wczesnie tak_pozno w_sprawie
        chwilke chwile jesli jezeli kiedy gdyby w_tym_miesiacu w_srodku
        """,
    parts="""
        promocj* reklam* ofert* marketing* rabat* kupon* ankiet* promo katalog* gazetk* handlow* fotowoltai*
    """,
)
