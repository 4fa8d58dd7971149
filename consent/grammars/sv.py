"""
Refusals in Swedish.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="sv",
    sets={
        "NOT": "inte aldrig icke ej int inet inge itne ente inte_alls aldrig_mer aldrig_nagonsin inte_langre",
        "ME": """
            mig mej oss hit mitt_nummer detta_nummer det_har_numret pa_detta_nummer pa_det_har_numret till_mig till_mej
            till_oss denna_telefon mitt_nr numret har min_mamma min_telefon min_mobil pa_mitt_nummer upp_mig
            """,
        "FILL": """
            mig mej oss hit till_mig till_mej till_oss ni du snalla tack for_fan mer igen langre jag vi man heller
            mitt_nummer detta_nummer det_har_numret pa_detta_nummer pa_det_har_numret nan nagon nagonsin gang ens nagot
            mera fler flera ytterligare ga_med fan alls hall vanligen for_helvete jamt hela_tiden till_detta_nummer till_det_har_numret till_mitt_nummer till_min_mamma till_mitt_hem er sta och hallas
            nagra nan_mer bara nu nagra_fler pa_mig om_och_om_igen att med
            """,
        "MORE": """
            mer mera igen langre nagonsin fler flera framover fortsattningen i_fortsattningen i_framtiden hadanefter
            nagot_mer en_gang_till nan_mer nagon_mer igne ijen mre framdeles vidare ytterligare
            """,
        "RING": """
            ring ringa ringer rig ringg ringe rign rnig telefonera telefonerar kontakta kontaktar kontaka skriv skriva
            skriver sms_a smsa smsar messa messar mejla mejlar maila mailar skicka skickar sand sanda sander besvara besvarar trakassera trakasserar spamma spammar hor hora_av hor_av hora_av_er hora_av_dig
            hor_av_er hor_av_dig tjata tjatar forsok_na plaga plagar jaga jagar forfolja bombardera
            bombarderar hora_av_sig aterkom aterkomma  kontaktas  ringa_upp ring_upp kontkta skika
            ofreda ofredar ta_kontakt tar_kontakt  terrorisera sprang terrorringa terrorringer prata_med jävlas_med
            harja utsatt meddela sok_upp utsatta pinga spama kontakta_oss stor_mig stora_mig stor_oss stora_oss
            """,
        "ORDER": """
            ring ringa rig ringg ringe rign rnig telefonera kontakta kontaka kontkta skriv skriva sms_a smsa messa mejla
            maila skicka skika sand stor_mig stora_mig stor_oss stora_oss besvara trakassera spamma hor_av hora_av tjata plaga bombardera aterkom
            forsok_na jaga forfolj ofreda ta_kontakt terrorisera sok_upp ring_upp
            """,
        "RANG": """
            ringde ringt kontaktade kontaktat skickade skickat skrev skrivit smsade mejlade stort horde_av horde_av_er
            storde besvarade besvarat
            """,
        "CALLED": """
            uppringd uppringda kontaktad kontaktade stord storda besvarad besvarade ringd ringda trakasserad spammad
            uppringt ofredad forfoljd uppringdh med_i_listan med_pa_listan pa_listan med_i_registret kvar_pa_listan
            """,
        "STOP": """
            sluta slut upphor upphora avsluta stoppa stopp stop lagg_av lagg_ner lagga_ner lagga_av
            avbryt avbryta avsta avstar slua slutta sulta bort_med ge_fan_i ge_dej_med skit_i skippa lat_bli lata_bli
            ge_sjutton_i hall_upp_med lagg_ned avbryter slopa slua_upp avvakta_med strunta_i laat_bli skluta
            """,
        "CALLS": """
            samtal samtalen ringande ringandet ringningar telefonsamtal sms smsen meddelanden meddelande meddelandena
            utskick utskicken mejl mail mejlen mailen spam reklam reklamen erbjudanden erbjudande nyhetsbrev nyhetsbreven
            kontakt kontakten kontakter notiser aviseringar marknadsforing telefonforsaljning forsaljning sms_en
            kampanjer saljsamtal forsaljningssamtal paringningar paringning uppringningar sms_utskick skrap telefonterror
            reklamsms information_fran_er info_fran_er brev sms_reklam pushnotiser tjat tjatet kommunikation telefoner
            medelanden medelande kontaktforsok saljsamtalen dessa_sms av_er terror mess inbjudningar nyheter
            """,
        "WANT": """
            vill onskar villl orkar tanker tillater accepterar godkanner samtycker godtar gar_med_pa har_bett_om
            vil har_gett har_givit undanber undanbeder gett givit bett_om lamnat gav vil_inte har_lamnat ska skulle_vilja
            ids gitter anser vill_absolut
            """,
        "RECEIVE": """
            fa ta_emot motta ha se hora fa_in bli_bombarderad fatt lasa faa mottaga erhalla prata snacka tala
            """,
        "DROP": """
            ta_bort tag_bort tar_bort stryk stryka radera raderas raderar avregistrera avregistrering avanmal avanmala
            avanmalan avanmalning glom glomma ta_ner plocka_bort rensa avforas avfor avfora slang slanga sparra blockera
            tabort tabbort ta_borrt ta_brot ta_bortt stryks strykas streck borttagning ta_ur kasta suddas sudda
            deleta utesluta borttagen eliminera ut_med makulera plocka_ur lyft_bort lyfta_bort strykk stryyk plock_bort
            """,
        "MY": "mitt mina min det_har detta vart vara numret dessa alla_mina allt_om mit de_har",
        "NUMBER": """
            nummer numret telefonnummer telefonnumret nr numer mobilnummer uppgifter personuppgifter kontaktuppgifter
            data kontakt namn telefon mobil mail mejl mejladress nummret kontaktinfo adress nummer_och_namn personnummer
            """,
        "LIST": """
            listan lista listor listorna register registret registren databas databasen systemet sandlistan
            sandlista utskick utskicken utskickslistan ringlistan ringlista kundregistret kundregister nyhetsbrevet
            nyhetsbrev er_databas crm smslistan medlemsregistret mailinglistan frpn_listan maillistan kontaktlista
            prenumeration prenumerationen mejllista mejllistan kundlistan
            """,
        "FROM": "fran ur ifran av pa i er era eran den frpn det",
        "NOT_THIS": "kolistan vantelistan gastlistan inkopslistan bestallningen ordern deltagarlistan kon varukorgen",
        "UNSUB": """
            avregistrera avregistrera_mig avanmal avanmala avanmal_mig avanmalan avregistrering avanmala_mig avprenumerera
            avprenumerera_mig sag_upp_prenumerationen saga_upp_prenumerationen avsluta_prenumerationen
            avsluta_prenumeration avsluta_utskick avsluta_utskicken avsluta_sms avbestall_nyhetsbrevet avregistera
            avregistrea avanmall avanml avprenumeration avregga av_registrera avanmaler_mig avregistrerar_mig
            """,
        "REVOKE": """
            aterkallar aterkalla drar_tillbaka dra_tillbaka tar_tillbaka ta_tillbaka drar_in upphaver upphava
            aterkallat aterkallelse aterkallande aterkallas annullerar aterropar
            """,
        "CONSENT": "samtycke samtycket medgivande medgivandet tillstand tillatelse er_tillatelse min_tillatelse samtyke godkannande tillstandet",
        "OBJECT": "motsatter invander undanber undanbeder forbjuder forbjudet forbud avsager betackar",
        "SAID": "sagt sa bett bad sager begart begar kraver ber meddelat skrivit skrev mailat yrkar vill onskar kravt",
        "PEACE": """
            lamna_mig_ifred lamna_mig_i_fred lamna_oss_ifred lamna_oss_i_fred lat_mig_vara lat_mig_vara_ifred
            lat_oss_vara lat_mig_vara_i_fred lat_mig_fa_vara_ifred lamna_mig_i_lugn_och_ro dra_at_helvete far_at_helvete
            ge_dig_ivag glom_mitt_nummer glom_mig glom_numret lat_mig_va dra_at_skogen lat_mig_slippa lat_oss_slippa
            lat_bli_mig fred_tack lamna_mig lamna_mig_ifrerd lat_mej_vara lamna_mej_ifred ge_mig_lugn_och_ro
            """,
        "END": "tack snalla vanligen nu genast omedelbart mvh tackar hej pls hejda for_alltid idag_tack",
        "DOOR": "dorren dorrklockan klockan porttelefonen porten dorr ringklockan porttelefon knacka pa",
        # Words of other senses, known here so that they are no misspelling of an order.
        "STATED": """
            raderat raderade strukit stangt avregistrerat avregistrerade avanmalt avanmalde avslutat avslutade
            blockerat sparrat makulerat slutar
            ringde_du slutade slutat slutet startar starta ringer_du raknar skickat tagit tog stryker lagg lagga lamnar
            besvarar_du stoppade vantar veckan
            """,
    },
    refusals=(
        # No calls.
        "ORDER ME? ME? FILL? NOT FILL? FILL?",
        "ORDER inget|inga|ingenting MORE",
        "ORDER inget|inga|ingen ~ CALLS",
        "behover inga|inget ~ CALLS",
        "NOT FILL? FILL? RING ~ MORE",
        "MORE NOT FILL? RING",
        "far NOT FILL? FILL? RING",
        "NOT far ~ RING",
        "NOT|slipper|slippa FILL? FILL? bli|blir FILL? CALLED",
        "NOT WANT ~ RING|CALLED",
        "WANT FILL? FILL? NOT FILL? FILL? FILL? RING|CALLED|CALLS",
        "WANT FILL? FILL? NOT FILL? FILL? RECEIVE ~ CALLS",
        "WANT FILL? FILL? NOT FILL? FILL? hora|prata|snacka|tala|hora_mer ~ av|med ~ er|dig|ert",
        "WANT NOT ~ bli CALLED",
        "WANT NOT ~ RECEIVE ~ CALLS|MORE|samtal",
        "WANT NOT ~ CALLS",
        "WANT NOT ~ FILL RING",
        "WANT NOT att ~ RING|RANG|hor",
        "NOT WANT ~ CALLS",
        "WANT NOT ~ CONSENT ~ att|till|for",
        "WANT NOT ~ ha ~ att_gora|gora|kontakt ~ er|med",
        "WANT NOT ~ vara|sta|finnas ~ LIST|med|kvar",
        "aldrig ~ WANT|gett|givit|godkant ~ CONSENT|CALLS",
        "WANT ~ slippa ~ CALLS|RING|bli|hora|detta|det",
        "slippa|slipper ~ CALLS|CALLED|hora_av_er|era|dessa",
        "att ni|du NOT FILL? RING ~ MORE",
        "SAID ~ att ni|du|ingen NOT? FILL? FILL? RING|RANG ~ MORE?",
        "SAID ~ att ni|du|man NOT ~ RING",
        "SAID ~ NOT FILL? RING",
        "ingen|inga far|ska|skall FILL? FILL? RING",
        "^ NOT FILL? FILL? RING FILL? FILL? END? $",
        "snalla|vanligen NOT FILL? FILL? RING",
        "RING|horas FILL? aldrig|inte MORE",
        "horas|hor ~ NOT MORE",
        # Stop it.
        "STOP upp? FILL? att|med|o|och|mig|mej|oss FILL? FILL? RING",
        "STOP FILL? RING",
        "STOP det har FILL? FILL? RING",
        "STOP ~ RING ~ ME",
        "lagga|lagg ~ ner|ned|av ~ RING",
        "STOP ~ med|alla|era|dessa|de|all|ert|detta|den ~ CALLS",
        "STOP CALLS",
        "ge fan|sjutton|tusan|faen i ~ RING",
        "racker|trott|less|leds|utless|nog ~ CALLS|pa_era|RING ~ sluta",
        # No more of it.
        "inga|ingen|inget|noll FILL? MORE ~ CALLS",
        "inga|ingen|inget FILL? CALLS MORE",
        "^ inga|ingen|inget ~ CALLS END? $",
        "snalla|vanligen|tack|onskar|vill ~ inga|ingen|inget ~ CALLS",
        "undanber|undanbeder|avsager|betackar mig|oss? ~ CALLS|kontakt|alla|all|detta",
        "OBJECT ~ CALLS|RING|behandling|anvandning|NUMBER",
        "far inte|ej ~ anvanda|spara|behandla ~ NUMBER",
        "CALLS WANT jag|vi NOT",
        "CALLS NOT MORE",
        "via|per telefon|sms NOT MORE",
        "NOT ~ via|per|pa telefon|sms ~ MORE",
        "bara|endast ~ via mejl|mail|brev|sms|post|epost",
        # Remove me.
        "DROP ~ MY FILL? NUMBER",
        "DROP NUMBER",
        "DROP ME",
        "ta|tag|plocka|stryk|koppla mig|mej|oss|bort bort|mig|oss|mej",
        "koppla bort ~ CALLS|utskick",
        "har NOT ~ CONSENT|tillatelse ~ att",
        "saa|sa STOP RING",
        "avbestall|avbestaller ~ CALLS",
        "inga|ingen|inget CALLS ~ eller ~ CALLS",
        "WANT NOT ~ va|vara|bli ~ med ~ LIST",
        "DROP ~ mig|mej|oss ~ FROM ~ LIST",
        "DROP ~ FROM FROM? LIST",
        "mig|mej|oss ~ DROP ~ LIST",
        "MY NUMBER ~ DROP|borttaget|raderat|struket|bort",
        "fa|bli|vill|blir ~ borttagen|raderad|struken|avregistrerad|avford|bortplockad|avanmald ~ LIST?",
        "vill|maste|onskar|ber ~ bort|ut|ur FROM ~ LIST",
        "glom ~ mitt|detta|det NUMBER",
        "begar|kraver|yrkar|onskar ~ radering|borttagning|DROP ~ NUMBER",
        "NOT WANT ~ CONSENT ~ till|for|att|ni",
        "UNSUB",
        "^ avsluta|avregistrera|avboj|utgang|stoppa|avanmalan|stopp|upphor|uppsagning END? $",
        "jag|vi avslutar|avslutar_harmed ~ CALLS|LIST|kontakten",
        "^ unsubscribe END",
        "^ stop|stopp END END? $",
        "^ END stopp|unsubscribe|stop $",
        "^ spotp|stpop|sotpp|stpp|stopptack END? $",
        "saga|sager|sag upp ~ prenumeration*|medlemskap|CALLS",
        "jag avbojer|avsager ~ CALLS|vidare|all",
        # I take my consent back.
        "REVOKE ~ CONSENT",
        "CONSENT ~ aterkallas|upphor|indraget|REVOKE",
        "ratt ~ att bli glomd|raderad|bortglomd",
        "ratten att bli glomd|raderad",
        "enligt gdpr|dataskyddsforordningen ~ DROP",
        # Leave me in peace.
        "PEACE",
    ),
    doubtful=(
        "behover|maste NOT FILL? FILL? RING",
        "NOT intresserad*",
        "NOT intresse av",
        "ointresserad*",
        "inget|inte|utan intresse",
        "intresserar ~ inte",
        "^ nej tack",
        "^ tack nej",
        "^ tack men nej",
        "^ nej det_ar_bra|bra|inget|END",
        "nej tack det|jag|vi",
        "fel nummer|person|nr",
        "har|ringt|kommit fel nummer",
        "har finns ~ ingen",
        "finns|bor ~ ingen|inte ~ har|med_det_namnet",
        "kanner inte nagon",
        "var|hur|varfor|vem ~ fick|fatt|har|gav|gett|hittade ~ mitt|numret|min",
        "trott|less|utled|utless|irriterad|leds|skittrott|innerligt|sjuk pa ~ er|detta|det|era|samtal|er_alla",
        "jag ar trott|less|utless|less_pa_er",
        "anmala|anmaler|polisanmala|polisanmaler|polisen|advokat|konsumentverket|integritetsskyddsmyndigheten|imy|nixregistret",
        "bluff|bluffare|bedragare|bedrageri|scam|spam|skojare|lurendrejare|spammare",
        "^ sluta|slut|nog|racker END? $",
        "det racker|far_racka|racker_nu",
        "nu racker|far det? racka? ",
        "maste|ska ni|du ~ RING ~ varje|hela|mitt|jamt|sa",
        "varfor|jamt|standigt|igen|hela_tiden ~ RING ni|du",
        "ni RING ~ hela_tiden|jamt|varje|igen|standigt",
        "hor inte av er|dig",
        "dra|stick|far|bort ~ helvete|harifran|skogen",
        "annars ~ kan det vara",
        "slippa",
        "sparrad|nix|nixat|nix_registrerad|nixregistrerad|blockerar",
        "NOT kund ~ er",
    ),
    innocent=(
        "ORDER NOT ~ hemtelefonen|fasta|hemnumret|jobbet|jobbtelefonen|gamla",
        "grannen|mamma|pappa|svarmor|frugan|grannfrun sa|sade|bad ~ NOT ~ RING ~ henne|honom?",
        "misstag|rakade|ravade|av_misstag ~ UNSUB|STOP|DROP",
        "UNSUB|avregistrerade|avanmalde|STOP ~ av_misstag|misstag",
        "aterkallar|angrar|drar_tillbaka min|mitt avanmalan|uppsagning|avregistrering|beslut",
        "WANT NOT FILL? prata|prata_med|snacka|tala ~ robot|maskin|dator|bot|telefonsvarare|chatbot",
        "ORDER|skriv NOT FILL? ut|hit|hem|pa|med|i ~ kvitto*|tekniker|fakturan|paketet|lapp*",
        "skriv NOT ut|pa|under|i",
        "skicka NOT ~ tekniker|nagon|hantverkare|post|posten",
        "saljaren|chefen|mamma|mormor|min_man|min_fru|killen|tjejen|han|hon|lappen|skylten ~ sa|sager|skrev|stod ~ RING NOT|aldrig ~ MORE?",
        "varfor ~ borttagen|struken|avregistrerad ~ LIST?",
        "nar STOP ~ RING",
        "STOP rokt|roka|snusa|jobba",
        "bad|sa ~ STOP|NOT ~ RING ~ men|fast|forut",
        "bli av med",
        # Lest they stop.
        "STOP ~ NOT ~ RING|skicka|CALLS|UNSUB",
        "NOT ~ STOP ~ RING|skicka ~ CALLS?",
        "sluta|slutar NOT",
        "glom NOT ~ RING",
        "DROP|stryk|glom|radera ~ mig|mej|oss|MY|numret NOT ~ LIST?",
        "NOT ~ DROP|ta_bort|stryk|radera|UNSUB ~ mig|mitt|numret|LIST",
        "WANT NOT ~ DROP|UNSUB|sluta|avsluta ~ LIST|CALLS|NUMBER",
        "WANT NOT ~ DROP|UNSUB|sluta|avsluta|bort ~ LIST?",
        "REVOKE inte|ingenting|inget ~ CONSENT?",
        "NOT REVOKE ~ CONSENT?",
        "har|hade|sa|bad aldrig|inte sagt|sa|bett|skrivit|om ~ NOT? ~ RING|RANG|STOP|UNSUB",
        "sa|sade|bad|skrev aldrig|inte ~ NOT? ~ RING|RANG|STOP|UNSUB",
        "varfor|hur_kommer_det_sig ~ STOP|slutade|slutat ~ RING|CALLS?",
        "varfor ~ NOT|ingen ~ RING|RANG|svarar|hort",
        "varfor RING ~ NOT|ingen",
        "RING|RANG NOT ~ tillbaka",
        "en|min|denna|vilken|din|silver|guld|ny|ringen ring NOT?",
        "har inte|aldrig|annu RANG|fatt ~ CALLS?",
        "NOT|ingen ~ RANG|fatt|kommit ~ CALLS?",
        "kan|kunde|hinner|hann|vagar|lyckas|lyckades|brukar|gillar|forsokte|tors NOT ~ RING|prata|svara|na",
        "jag|vi|han|hon RING NOT",
        "jag|vi|han|hon NOT RING",
        "jag|vi WANT NOT FILL? stora|besvara ~ er|dig",
        "tank|jag|vi ska|skulle|tanker NOT ~ RING",
        "vill inte stora|besvara|vara",
        "ni|du stor|besvarar NOT",
        "det stor NOT",
        "stor ~ NOT ~ alls|det",
        "RING NOT FILL? pa DOOR|porttelefonen",
        "RING NOT ~ DOOR",
        "DOOR ~ RING|ringer NOT",
        "telefonen|klockan|larmet|vackarklockan|mobilen RING NOT",
        "telefonen|klockan|larmet|vackarklockan|mobilen ~ NOT ~ RING",
        "skicka|sand|skickar|sander NOT ~ paket*|varan|varor|med_post|fakturan|order*|bestallningen|hem|det|den",
        "skriv|skriva NOT ~ pa|med|under|versaler",
        "brukar saga ~ RING NOT|aldrig",
        "sager|sa|saga|skrev|svarade RING NOT|aldrig",
        "RING bara|inte ~ om du|ni",
        "RING|skriv ~ tveka",
        "tveka NOT ~ RING",
        "slutar|slutade|slutat|slutas NOT ~ pipa|lacka|fungera|RING",
        "slut i|pa lager|veckan|manaden|rean",
        "inga|ingen|inget|har_inte ~ CALLS fran|idag|an|annu|har",
        "har|far|fick|hittar|ser inga|inget|ingen ~ CALLS",
        # Other senses.
        "DROP|STOP ~ FROM FROM? NOT_THIS",
        "DROP ~ mig|mej|oss FROM NOT_THIS",
        "DROP|sag_upp|UNSUB ~ bestallning*|order*|varan|bokningen|flacken|flackar|loken|losenordet|tapeten|rost|skruven",
        "DROP ~ gamla|fel|gammalt|felaktiga NUMBER?",
        "gamla|gammalt|felaktiga NUMBER ~ DROP",
        "glomt|glomde|tappade|tappat ~ NUMBER|loseno*|kod*",
        "hur ~ STOP|avslutar|avbokar|avbestaller|UNSUB ~ gymkort|order|bestallning|konto|abonnemang|kort",
        "STOP|avsluta ~ gymkort*|abonnemang*|order|konto|kontot|hyresavtal*|elavtal*|bokning*|forsakring*|ordern|samtalet",
        "avbryt|avboka|avbestall ~ order*|bestallning*|bokning*|kopet",
        "hallplats*|busshallplats*|stopp|stoppet heter|vid|i ~ avlopp*",
        "stopp i avloppet|roret|toaletten|rorren|produktionen",
        "stopp stopp|nej|vanta|vanta_lite|jag",
        "batteriet|mjolken|varan|bensinen|pengarna|tiden|tar|ta slut",
        "nog ~ med plats|tid|pengar",
        "jag|vi har|fatt nog ~ av kaffe",
        "bara via mejl ~ bekraftelse|faktura",
        "fel nummer|nr|storlek pa ~ sko*|ordern|fakturan|paketet|trojan",
        "nej tack ~ ingen|inte ~ pase|kvitto|kasse",
    ),
    negators="forra_manaden forut tidigare misstag rakade chefen saljaren mormor varfor hur hur_gor hur_kan behover_ni_inte om ifall sa_inte aldrig_sagt inte_sagt har_aldrig ska_jag",
    times="""
        idag i_dag imorgon i_morgon ikvall i_kvall i_helgen helgen helger helgerna denna_vecka veckan veckor vecka
        nasta_vecka manad manader manaden dagar dagen timmar timme just_nu for_tillfallet tillsvidare tills_vidare tills
        innan fore efter_klockan efter_kl efter_sex efter_fem efter_atta fore_nio innan_nio innan_tio fore_tio forran
        mandag mandagar tisdag onsdag torsdag fredag fredagar lordag lordagar sondag sondagar morgonen mornar kvallar
        kvallen pa_kvallen natten natterna pa_jobbet jobbtid arbetstid under_dagen semester semestern sommaren jul
        januari februari april juni juli augusti september oktober november december medan mellan nar nar_jag
        om_det om_ni till_den till_pa sa_sent sa_tidigt sa_ofta utom forutom an dess tidigt sent ett_tag stund
        for_manader_sedan sedan mitt_i
        """,
    parts="""
        reklam* erbjudand* kampanj* marknadsforing* rabatt* nyhetsbrev* undersokning* enkat* nyheter rea katalog*
        """,
)
