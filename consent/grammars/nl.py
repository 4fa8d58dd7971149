"""
Refusals in Dutch and Flemish.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="nl",
    sets={
        "NO": """
            nit nimeer nie_meer ni_meer nooitmeer nietmeer niemeer niet nie nooit niet_meer nimmer nt neit
            nooit_ofte_nimmer nooit_of_te_nimmer zeker_niet vooral_niet ni
            """,
        "MORE": """
            meer nog weer opnieuw nogmaals mer nooit_meer verder langer voortaan nimeer ongevraagd in_de_toekomst
            nog_een_keer nog_eens meer_terug telkens steeds meer_hier
            """,
        "ME": """
            men men_moeder men_nummer me mij ons mn m hier dit_nummer mijn_nummer ik_mij mijn_moeder mijn_man mijn_vrouw
            mijn_ouders op_dit_nummer naar_dit_nummer ma mijn_vader deze_lijn naar_hier naar_mij
            """,
        "YOU": """
            u jij je jullie aub alsjeblieft alstublieft svp nou nu eens gewoon even ff dus ge gij dan toch maar graag
            """,
        # Orders.
        "RING": """
            bel belt bell bellen telefoneer telefoneert contacteer contacteert benader benadert stoor stoort app appt
            schrijf schrijft mail mailt sms smst stuur stuurt whatsapp spam bestook lastigval benaderd contacter beld
            zoek zoekt
            """,
        # Infinitives, at the end of the sentence.
        "INF": """
            bellen te_bellen opbellen terugbellen terug_te_bellen terug_bellen telefoneren contacteren te_contacteren
            benaderen te_benaderen storen te_storen appen te_appen schrijven te_schrijven mailen te_mailen smsen sturen
            te_sturen lastigvallen lastig_vallen lastig_te_vallen contact_opnemen contact_op_te_nemen opnemen spammen
            te_spammen berichten_sturen zenden te_zenden toesturen toezenden aan_te_schrijven aanschrijven contacten
            contacteer belle belen bellem bellne bele verontrusten whatsappen op_te_bellen bereiken te_bereiken
            aansmeren stalken pesten toe_te_sturen opzoeken bericht_sturen contakteren kontakteren vragen
            """,
        "DONE": """
            gebeld opgebeld gecontacteerd benaderd lastiggevallen gestoord teruggebeld gestalkt gemaild geappt
            aangeschreven gespamd gekontakteerd gebelt lastig_gevallen benadert bellen_word
            """,
        "CALLS": """
            telefoontje telefoontjes telefoontjs oproep oproepen oproepjes belletje belletjes gebel bellen bericht
            berichten berichtjes berihcten sms smsjes sms_jes smsen mail mails mailtjes email emails e_mails nieuwsbrief
            nieuwsbrieven reclame spam contact aanbiedingen aanbieding acties promoties whatsapp whatsapps appjes apps
            appberichten telefoons telefoon telefonische verkooppraatjes post brieven gebel_en reclameberichten
            belpogingen meldingen enquetes telemarketing advertenties herinneringen bombardement
            """,
        "STOP": """
            stop stopt stoppen staak staakt kap kappen ophouden hou houd houdt beeindig beeindigt schei scheidt sotp stp
            """,
        "END": "stop stopt staak staakt beeindig beeindigt genoeg basta gedaan klaar kappen stoppen stpo sotp",
        "WANT": """
            wil willen wens wensen wenst wou wouden zou_willen wil_ik wens_ik wenste hoef hoeven hoeft hoefde prijs
            verlang behoef
            """,
        "DROP": """
            verwijder verwijdert verwijderen haal haalt halen schrap schrapt schrappen wis wist wissen gooi gooit gooien
            verwijdr delete deleten deletet neem neemt nemen vergeet verwijderd streep streept doe doet zet zeten
            verweider vernietig vernietigt vernietigen flikker smijt blokkeer
            """,
        "ERASE": """
            verwijder verwijdert verwijderen schrap schrapt schrappen wis wist wissen gooi gooit verwijdr delete deleten
            verwijderd vergeet vergeten vernietig vernietigen vernietigt verweider streep smijt weggooien verliezen
            verlies blokkeer te_verwijderen te_wissen te_schrappen
            """,
        "GONE": """
            verwijderen verwijderd halen gehaald schrappen geschrapt wissen gewist weg eruit weghalen deleten gedeletet
            verwijdere te_verwijderen te_schrappen te_wissen te_halen uithalen verwijdert weggehaald verwijder
            """,
        "MY": "mijn me mn mij m ons onze dit het deze alle al mijne zijn haar die",
        "NUMBER": """
            nummer numer nr telefoonnummer gsm gegevens naam nummers contact contactgegevens persoonsgegevens adres
            gsm_nummer mobiel data 06 nummertje gsmnummer telnr nmmer mailadres info
            """,
        "LIST": """
            lijst lijsten bestand bestanden systeem database adressenbestand mailinglijst mailinglist verzendlijst lijts
            bellijst register contactlijst databank groep kaartenbak adressenlijst administratie belbestand lijstje
            klantenbestand nieuwsbrief mailing maillijst verzendlijsten belsysteem computer ljst
            """,
        "NOT_THIS_LIST": "wachtlijst gastenlijst boodschappenlijst verlanglijst deelnemerslijst paklijst",
        "OUT": "van uit vanaf vna uti",
        "UNSUB": """
            uitschrijven afmelden uitschrijving afmelding uitschijven afmeldne uitschrijve uitscrijven afmeldn
            uit_te_schrijven af_te_melden uitgeschreven_worden afgemeld_worden opzeggen_van_sms afmelde uitschrijven_aub
            """,
        "WRITE_OFF": "schrijf schrijft meld meldt schrijven melden",
        "CONSENT": "toestemming instemming goedkeuring akkoord toesteming machtiging",
        "COURTEOUS": """
            aub alsjeblieft alstublieft svp graag bedankt dank dankje dankjewel dankuwel please a_u_b thanks thx merci
            ajb asjeblieft nu direct onmiddellijk mvg alvast meteen alstu alsjeblief
            """,
        "USE": """
            gebruik verwerking verwerken gebruiken marketing direct_marketing contact benadering gegevens opslag bewaren
            """,
        "KIN": """
            koerier baas bezorger chef monteur man vrouw zoon dochter moeder vader zus broer buurman buurvrouw vriend
            vriendin mama papa collega
            """,
        "BUY": """
            bestelling afspraak artikel order reservering abonnement pakket levering product factuur rekening contract
            verzekering ticket opvang sportschool wasbak cursus account huisarts school
            """,
        "REPORT": "klacht acm politie advocaat aangifte consumentenbond autoriteit consumentenautoriteit",
        "WHY": "waarom hoezo wanneer hoe",
        "STATED": """
            beller bellers belde belden gebruiker nummering gebeurd gestuurd stuurde schreef geschreven afgemeld
            uitgeschreven gestopt stopte haalde zocht zoeken zoekt halte stopcontact stoppels berichtje lijstjes weer
            wordt werd bestellen bestel bezorger vertellen tellen mailde bedoeling wissel opname wilde meeste kerel
            """,
    },
    refusals=(
        "CALLS zijn|is NO MORE? nodig|gewenst|welkom",
        "laat|laten mijn|ons|dit ~ rust",
        "DROP mijn|ons|onze ~ OUT ~ LIST",
        "niks|niets MORE sturen|ontvangen",
        "onder geen enkel|geen beding ~ INF",
        "zie|zien ~ af van ~ CALLS",
        "^ CALLS|bellen nee|neen|niet ~ wel|ja|ok|graag|mag",
        "alle|ieder|elk|verdere CALLS ~ staken|stoppen|te_staken|stopzetten|stop_te_zetten",
        "prijs stellen ~ als YOU? ME? NO MORE ~ INF|belt|contacteert",
        "DROP YOU? MY NUMBER ~ OUT|weg|eruit|eraf",
        # No calls: orders, then what stands at the end.
        "RING YOU? ME YOU? YOU? NO MORE?",
        "RING YOU? YOU? ME? YOU? NO MORE",
        "RING NO MORE",
        "RING YOU? ME? ~ nooit|nimmer MORE",
        "RING YOU? ME YOU? geen ~ CALLS",
        "RING YOU? ME? geen ~ CALLS meer",
        "RING YOU? ME? niks|niets MORE",
        "neem|neemt|zoek|zoekt YOU? YOU? ~ NO MORE? contact ~ op",
        "neem|neemt YOU? geen contact MORE?",
        "val|valt YOU? ME YOU? NO MORE? lastig",
        "val|valt YOU? ME ~ lastig",
        "NO MORE MORE? ~ INF",
        "NO MORE ME? INF",
        "NO MORE DONE",
        "NO MORE? DONE worden|te_worden",
        "ME YOU? YOU? NO MORE? INF",
        "ME YOU? NO MORE ~ INF",
        "^ ME? NO MORE? INF COURTEOUS? $",
        "COURTEOUS ME? NO MORE? INF",
        "NO MORE? INF COURTEOUS",
        "NO te? bellen of|en|noch ~ INF",
        "gelieve|verzoek|vraag ~ NO MORE? ~ INF",
        "NO MORE? naar ~ ME|nummer ~ INF",
        "dat ~ niemand ~ ME ~ INF|belt|contacteert",
        "niemand ~ ME ~ MORE ~ INF|bellen|belt",
        "dat YOU ME? NO MORE? ~ RING|INF",
        "STOP ermee|daarmee ~ INF",
        "NO bellen appen|mailen|smsen|whatsapp|berichten|alleen|enkel ~ mag|mogen|kan|graag|aub|wel",
        "MY NUMBER ~ NO MORE ~ gebruiken|bellen|bewaren|draaien|gebruikt",
        "gebruik|bewaar|draai YOU? MY NUMBER NO MORE",
        "NO MORE ~ MY NUMBER ~ gebruiken|bellen",
        "MY|dit nummer ~ laten rusten",
        # Stop it.
        "STOP YOU? YOU? met ME? ~ INF|CALLS",
        "STOP YOU? YOU? ~ op ~ INF|CALLS|bellen",
        "STOP YOU? YOU? ~ op met|om ~ ME|INF",
        "STOP YOU? ~ uit ~ INF|bellen",
        "wil|kunnen|kunt|kun|willen YOU? ~ stoppen|ophouden met ~ INF|CALLS|ME",
        "ophouden|stoppen met ME? ~ INF|CALLS",
        "END YOU? YOU? die|deze|jullie|al|dat|alle|dit|uw|de|het ~ CALLS",
        "END CALLS COURTEOUS? $",
        "genoeg van? ~ CALLS STOP",
        "CALLS stoppen|stopzetten|staken",
        "laat|laten YOU? ~ bellen|gebel achterwege",
        "zie|ziet YOU? ~ af van ~ CALLS|contact|INF",
        "afzien van ~ CALLS|contact",
        "verbied|verbieden ~ INF|CALLS",
        "verboden ~ ME ~ INF",
        "^ ~ stop COURTEOUS $",
        "COURTEOUS stop $",
        "stop COURTEOUS $",
        "^ hallo|goedemiddag|goedendag|dag|goedemorgen|hoi stop|stoppen|afmelden|uitschrijven COURTEOUS? $",
        "^ COURTEOUS stoppen|afmelden|uitschrijven",
        "^ COURTEOUS stop $",
        "^ stpo|sotp|stpp|sopt|stoppp|sttop COURTEOUS? $",
        "^ einde|verwijderen|verwijder|schrappen|opzeggen COURTEOUS? $",
        # No more of it.
        "geen MORE? ~ CALLS ~ meer",
        "geen MORE? ~ CALLS meer",
        "geen verdere|nieuwe CALLS",
        "geen CALLS COURTEOUS",
        "^ geen CALLS COURTEOUS? $",
        "COURTEOUS geen ~ CALLS",
        "WANT ik? geen ~ CALLS",
        "geen ~ CALLS WANT|ontvangen|krijgen",
        "^ NO meer COURTEOUS? $",
        "^ nooit meer COURTEOUS? $",
        "WANT ik? ~ NO MORE ~ DONE|INF|CALLS",
        "WANT ik? NO MORE? DONE|dat ~ RING|INF|DONE|opneemt|stuurt",
        "WANT ik? ~ NO MORE? dat ~ ME ~ RING|INF|DONE|belt|opneemt|stuurt",
        "WANT ik? ~ niks|niets MORE ~ horen|ontvangen|weten|krijgen",
        "WANT ik? ~ NO MORE op|in ~ LIST",
        "CALLS hoeven|hoef|hoeft ~ NO MORE",
        "hoef|hoeft|hoeven YOU? ~ NO MORE ~ INF|CALLS",
        "wil ~ met rust gelaten",
        # Remove me.
        "DROP YOU? YOU? ME YOU? YOU? OUT ~ LIST",
        "DROP YOU? YOU? ME YOU? ~ er|eraf|eruit|daar",
        "DROP YOU? ME OUT jullie|de|die|uw|alle|je|deze|dat|het",
        "ME YOU? YOU? OUT ~ LIST ~ GONE|halen|schrappen|doen",
        "ME ~ te? verwijderen|schrappen OUT ~ LIST",
        "ERASE YOU? YOU? MY ~ NUMBER",
        "ERASE YOU? YOU? ~ MY NUMBER",
        "ERASE YOU? alles wat|van ~ ME|mij",
        "verwijder|verwijdert|verwijderen|schrap|wis|delete YOU? ME COURTEOUS? $",
        "verwijder|verwijdert|schrap|wis|delete YOU? ME COURTEOUS",
        "MY NUMBER YOU? ~ GONE",
        "NUMBER GONE",
        "wil|willen ~ OUT ~ LIST",
        "OUT jullie|de|die|uw|deze LIST ~ GONE",
        "eraf|eruit halen|gehaald",
        "verwijdering|wissing van mijn|alle ~ NUMBER",
        "recht op vergetelheid|gegevenswissing|bezwaar|verwijdering",
        "recht om vergeten",
        "vergeet YOU? MY NUMBER|nummer",
        "vergeet YOU? dat ~ MY ~ NUMBER",
        "zet|zetten YOU? ME ~ bel_me_niet|belmeniet|bel_me_niet_register",
        # Unsubscribe.
        "UNSUB COURTEOUS",
        "COURTEOUS UNSUB",
        "^ UNSUB $",
        "ME|mij|mezelf ~ UNSUB",
        "WANT|kan|wil|wilt ~ UNSUB",
        "WRITE_OFF YOU? YOU? ME ~ uit|af",
        "unsubscribe COURTEOUS",
        # I take my consent back.
        "trek|trekken ~ CONSENT ~ in",
        "CONSENT ~ intrekken|ingetrokken|in_te_trekken|herroepen",
        "herroep|herroepen ~ CONSENT",
        "intrekking ~ CONSENT",
        "geef|geven|gaf|gegeven ~ geen CONSENT",
        "geen CONSENT ~ INF|DONE|om|voor|gegeven|gebruik",
        "bezwaar ~ tegen ~ USE|INF|CALLS",
        "maak|maken|teken ~ bezwaar",
        "NO akkoord ~ INF|DONE|gebruik|contact",
        # Leave me in peace.
        "laat|laten YOU? YOU? ME YOU? YOU? met? rust|gerust",
        "laat|laten YOU? YOU? ME ~ rust|gerust",
        "met rust laten",
        "donder|rot|flikker|sodemieter ~ op met ~ CALLS|bellen",
    ),
    doubtful=(
        "geen interesse|belangstelling|behoefte",
        "NO geinteresseerd|geintereseerd|interesse",
        "nee|neen bedankt|dank|merci|dankje",
        "hoef|heb|wil ik? niks|niets",
        "nee ~ hoef|heb|wil niks|niets",
        "NO nodig ~ INF",
        "verkeerd|fout|verkeerde nummer|persoon|verbonden",
        "ben|bent|zit ~ verkeerd|fout",
        "hoe|waar|wie ~ aan|van|gaf MY|mijn ~ NUMBER",
        "wie ~ MY NUMBER gegeven",
        "dit|dat is intimidatie|stalking|oplichting|spam|belaging|lastigvallen",
        "is dit oplichting|spam|nep",
        "intimidatie",
        "zat|beu ~ CALLS|jullie|dit|het|van",
        "het|dit|jullie ~ zat|beu|spuugzat",
        "heb ~ genoeg van",
        "ga|gaan|dien ~ REPORT",
        "alweer|weer jullie",
        "^ weer|alweer jullie",
        "rot|donder|sodemieter|flikker|tief|tyf|kanker ~ op",
        "val dood",
        "vervelend|irritant ~ CALLS|gebel|jullie",
        "hoef|hoeft|hoeven YOU? ~ NO te|meer? ~ INF",
        "NO MORE? ~ horen",
        "niks|niets meer ~ horen|weten",
        "bel|bellen NO",
        "NO bellen",
        "NO op|in|voor|na|tijdens ~ bellen|INF",
        "RING ME vandaag|morgen|overdag|zondag NO",
        "geen CALLS",
        "liever geen|NO ~ CALLS|INF",
        "hou|houd|houdt|kap ~ op|mee",
        "van het lijf",
        "^ laat maar $",
    ),
    innocent=(
        "WANT NO dat ~ stoppen|ophouden met ~ CALLS|INF",
        "sindsdien ~ geen ~ CALLS meer?",
        "RING ME NO de|het|die",
        "RING ME geen factuur|rekening ~ CALLS",
        "wil|wilde NO storen",
        "KIN ~ zei|zegt ~ gevraagd ~ NO MORE? ~ INF",
        "KIN ~ zei|zegt RING ME? NO MORE?",
        "NO op ~ vaste lijn? bellen",
        "antwoord|stuur|sms|sturen stop|STOP",
        "NO stop gestuurd|geschreven|gestuurd",
        "NO gevraagd ~ stoppen|stop",
        "het|dat stoort ME NO",
        "houdt NO op",
        "krijg|kreeg|krijgen|ontvang ik? geen ~ CALLS meer?",
        "BUY ~ stoppen|stopzetten",
        "laat geen bericht achter?",
        # Lest they stop.
        "STOP|stoppen NO met? ~ INF|CALLS",
        "STOP YOU? NO ~ CALLS|INF",
        "NO STOP|stoppen|ophouden met ~ CALLS|INF",
        "NO stoppen|uitschrijven|afmelden|verwijderen|UNSUB|GONE|verwijder|ophangen",
        "WANT ~ NO ~ UNSUB|stoppen|GONE",
        "ME YOU? NO ~ UNSUB|uitgeschreven|OUT ~ LIST?",
        "DROP YOU? ME YOU? NO OUT ~ LIST|NOT_THIS_LIST",
        "ERASE YOU? ~ NUMBER YOU? NO",
        "MY NUMBER YOU? NO ~ GONE",
        "trek|trekken ~ CONSENT NO ~ in",
        "NO|nooit|niks gezegd|gevraagd|gezecht ~ NO MORE? ~ INF|bellen|mocht|moet|DONE",
        "nooit gezegd ~ NO MORE? ~ INF|mogen|moeten",
        "KIN ~ zei|zegt|gezegd|vroeg ~ NO MORE? ~ INF",
        "ongeluk|vergissing|abuis ~ stop|STOP|UNSUB|afgemeld|uitgeschreven",
        "stop|STOP|UNSUB|afgemeld|uitgeschreven ~ ongeluk|vergissing|abuis",
        "WHY ~ UNSUB|uitgeschreven|verwijderd|afgemeld|GONE",
        "WHY RING|belt|bellen YOU? ~ ME? NO MORE?",
        "WHY ~ NO MORE? DONE|INF|RING",
        "WHY ~ geen CALLS meer",
        "WHY ~ STOP|END ~ CALLS",
        # Telling, and being unable.
        "hebben|heeft|heb|hebt|had|werd|word|ben|is ~ NO MORE? DONE|gestuurd|geschreven",
        "heb|hebben|heeft ~ geen ~ CALLS meer? ontvangen|gekregen|gehad|gezien|gehoord",
        "geen ~ CALLS meer? ontvangen|gekregen|gehad|gezien|binnengekomen|gehoord",
        "heb|hebben|kreeg|krijg|is|was|zijn|zie|vind ik? ~ geen ~ CALLS",
        "kan|kon|kunnen|mag ik|je|u|we NO MORE? ~ INF",
        "ik|we kan|kon|kunnen|mag NO MORE? ~ INF",
        "ik|we|wij|hij|ze|zij|niemand bel|belt|bellen|schrijf|stuur|app ME? NO MORE?",
        "als|of|omdat|wanneer YOU? ~ NO MORE? ~ INF|belt",
        "NO vergeten ~ INF",
        "vergeet YOU? NO ~ INF",
        "aarzel|schroom YOU? NO ~ INF",
        "NO aarzelen ~ INF",
        "RING YOU? NO de|het|een|mijn politie|ambulance|loodgieter|dokter|man|vrouw|baas|vaste",
        "bel|belt YOU? ME? NO op|naar ~ vaste|kantoor",
        "NO bellen maar kloppen|aanbellen|appen",
        "bel|deurbel|telefoon|gsm|toestel ~ doet|gaat|werkt ~ NO MORE?",
        "NO aanbellen",
        "bel|belt YOU? NO aan",
        "hoef|hoeft|hoeven YOU? ~ NO meer ~ komen|leveren|thuis|bezorgen|op_te_halen",
        # Other senses.
        "STOP|stoppen met roken|drinken|werken|snoepen|blowen|sporten|eten|studeren|regenen",
        "roken|drinken|werken|regenen stoppen",
        "in|onder|achter|bij ~ stoppen|stop",
        "de|een|die bus|trein|tram|auto|bezorger|koerier|vaatwasser|wasmachine ~ STOP|stoppen",
        "STOP|stoppen bij|op|in|aan|tegenover ~ de|het|hoek|nummer|winkel|halte",
        "STOP YOU? ~ de|het|mijn|die bestelling|levering|betaling|abonnement|machine|lekkage",
        "STOP YOU? ~ BUY",
        "non|tussen|sanitaire|volgende|laatste|eerste stop",
        "stop er|het|hem|ze ~ in|bij|achter",
        "einde|eind van|maand|week|jaar",
        "BUY ~ GONE|UNSUB|ERASE",
        "ERASE|GONE|DROP ~ uit|van ~ BUY",
        "hoe|kan|kun ~ verwijder|verwijderen ~ vlek|kauwgom|verf|virus|app|foto",
        "DROP|ERASE YOU? ~ oude|vorige|verkeerde NUMBER",
        "oude|vorige NUMBER ~ GONE|ERASE",
        "ERASE|GONE YOU? ~ NUMBER en|vervang|noteer|zet ~ nieuwe|andere|deze|dit",
        "DROP YOU? ME ~ OUT ~ NOT_THIS_LIST",
        "vergeten mijn|me NUMBER",
        "NUMBER vergeten",
        "schrijf|meld ~ dochter|zoon|kind|hond|auto ~ uit|af|aan",
        "schrijf ik ~ uit",
        "meld|schrijf ME ~ aan|in|ziek|weer",
        "heb ~ afgemeld|uitgeschreven ~ weer|terug|mis",
        "neem|nemen ~ contact op",
        "NO de|het|een ~ BUY",
        "geen interesse in ~ verzekering|upgrade|extra",
        "verkeerde nummer|adres|huisnummer op|in|doorgegeven",
        "niks|niets ontvangen|gehoord|gekregen",
        "heb ~ niks|niets ~ gehoord|ontvangen|gekregen",
        "hoef|heb niks|niets ~ te|aan",
    ),
    negators="""
        niet_dat_jullie niet_dat_u niet_dat_je niet_uitgeschreven per_ongeluk kan_ik hoe_kan jullie_bellen
        jullie_schrijven nooit_gezegd niemand_zei niet_stoppen niet_verwijderen niet_uitschrijven niet_afmelden
        """,
    times="""
        twee_weken drie_weken vier_weken een_week een_maand twee_maanden drie_maanden paar_dagen paar_weken komende
        tien_dagen weken_lang te_laat te_vroeg vandaag morgen vanavond vanmiddag vanochtend deze_week dit_weekend
        weekend volgende_week deze_maand voor tot totdat als wanneer zolang tijdens terwijl maandag dinsdag woensdag
        donderdag vrijdag zaterdag zondag zondags zaterdags uur savonds s_avonds s_ochtends s_nachts s_middags voorlopig
        momenteel op_dit_moment even nu_even nu_niet vakantie verlof behalve op_mijn_werk op_het_werk in_een_vergadering
        in_vergadering tussen zo_vroeg zo_laat een_tijdje tijdelijk kerst pasen feestdagen overdag onder_het_eten
        na_negen na_tien na_acht na_9 na_10 na_8 voor_de_enquete over_de enkel_als
        """,
    parts="""
        reclame aanbiedingen aanbieding acties promoties nieuwsbrief nieuwsbrieven marketing advertenties enquetes
        reclameberichten commerciele
        """,
)
