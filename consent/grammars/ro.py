"""
Refusals in Romanian.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="ro",
    sets={
        "NO": "nu niciodata n nici_sa_nu nicidecum sub_nicio_forma nuu nu_nu",
        "ME": "ma mi ne m imi mie mine va_rog_sa_ma ni la_mine pe_mine pe_noi",
        "MORE": "mai_tot mai niciodata vreodata mai_mult iar din_nou deloc in_veci in_viitor mai_deloc",
        # Orders, wishes and infinitives.
        "CALL": """
            sunati suna suni sunat sune sunam sunatii sunti sunai apelati apela apelezi apeleze apelat contactati
            contacta contactezi contacteze contactat deranjati deranja deranjezi deranjeze deranjat telefonati telefona
            telefonezi telefoneze scrieti scrie scrii scrise_i scriu cautati cauta cauti caute hartuiti hartui
            hartuiasca agasati agasa agaseze bateti stresati stresa enervati sacaiti bazaiti insistati insista insisti
            reveniti revina plictisiti bombardati apelatii sicanati abordati sunai_ textati mesajati bate_ti_ne abonati
            """,
        "SEND": """
            da trimiteti trimite trimiti trimita trimitet dati dai dea faceti faci expediati trimiteti_mi transmiteti
            """,
        "CALLED": """
            sunat sunata sunati apelat apelata contactat contactata deranjat deranjata cautat cautata hartuit hartuita
            telefonat agasat agasata abordat bombardat contactati deranjati contactat_telefonic
            """,
        "CALLS": """
            apel apeluri apelul apelurile apelurilor telefon telefoane telefoanele telefonul telefoanelor mesaj mesaje
            mesajele mesajul mesajelor sms sms_uri smsuri sms_urile smsurile mail mailuri mailurile mail_uri email
            emailuri emailurile reclama reclame reclamele publicitate oferte ofertele oferta ofertelor promotii
            promotiile spam notificari notificarile comunicari comunicarile newsletter newslettere newsletterul whatsapp
            contact contactul convorbiri insistente marketing promo telemarketing mesaaje msj mesje alerte sunat sunatul
            comercializare campanii sondaje uri urile
            """,
        "STOP": """
            opriti opreste opresti opri incetati inceteaza incetezi inceta terminati termina termini lasati_o lasa_o
            incetatii opritii opritiva opriti_va lasati_ne_in_pace potoliti ajunge gata stop stopati stopeaza evitati
            abtineti abtineti_va incheiati sistati sisteaza sistarea anulati_ oprirea incetarea basta renuntati destul
            """,
        "WANT": """
            vreau vrem vrea doresc dorim dori as_dori as_vrea am_dori accept acceptam permit permitem consimt interesez
            as_prefera prefer vroiam voiam doream solicit solicitam cer cerem rog rugam va_cer va_rog nevoie cere
            autorizez imi_doresc suport tolerez vr
            """,
        "NOT_WANT": """
            vrau vreu vrea vreau vrem doresc dorim as_dori as_vrea accept acceptam permit permitem consimt autorizez
            imi_doresc suport tolerez vr ne_dorim
            """,
        "RECEIVE": "primesc primim primi primeasca aud auzi vad vada receptionez sa_primesc primsc primec auzim",
        "DROP": """
            stergeti sterge stergi sterg stearga scoateti scoate scoti scoata eliminati elimina elimini elimine radiati
            radia taiati taie stergetimi scotetima stergetii stergeti_mi scoateti_mi eliminarea stergerea scoaterea
            distrugeti uitati uita blocati blocheaza anulati dezactivati stregeti stergti scoateti_va excludeti exclude
            inlaturati inlatura desfiintati pierdeti stersi
            """,
        "GONE": """
            sters stearsa sterse scos scoasa scoase eliminat eliminata eliminate radiat dezabonat dezabonata exclus
            """,
        "MY": "meu mea mele acest asta acesta nostru noastra noastre ala aceasta acestui",
        "NUMBER": """
            numarul numar nr numaru numere telefonul datele date contactul numele adresa nrul nr_ul numerele nomarul
            coordonatele telefon nume informatiile cartela contul_de_contact numarl
            """,
        "LIST": """
            lista liste listele listei listelor baza bazele baze_de_date baza_de_date evidenta evidente evidentele
            sistem sistemul agenda grup grupul abonare abonati registru registrul newsletter acolo aici fisier mailing
            bd db catalogul
            """,
        "NOT_THIS_LIST": "asteptare invitati cumparaturi rezerva nunta dorinte programari",
        "OUT": "de din dn d dintr",
        "UNSUB": """
            dezaboneazama dezabonare dezabonati dezaboneaza dezabonez dezaboneze dezabonarea dezaboneaza_ma dezabonat
            dezabona dezabonezi dezabonnare dezabnoare dezabonari unsubscribe dezinscriere dezinscrieti dezinscriu
            dezinscrie dezabonrea desabonare dezabonatima dezabonatii dezabonatine
            """,
        "REVOKE": "retrag revoc retragem revocam retragerea revocarea retrage retras revoca anulez imi_retrag retrg",
        "CONSENT": """
            consimtamantul consimtamant acordul acord permisiunea permisiune consimtamintul consimtamantului autorizatia
            aprobarea aprobare acordului consimtamintu consintamantul autorizarea
            """,
        "COURTEOUS": """
            va_rog va_rog_frumos te_rog multumesc mersi pls please rog frumos buna_ziua buna salut acum imediat ms
            multumim vr va_multumesc multam
            """,
        "SAID": "zis spus cerut rugat solicitat mentionat zic spun repetat scris",
        "KIN": """
            curierul seful soferul livratorul sotul sotia mama tata fiul fiica sora fratele vecina vecinul colega
            colegul prietena bunica barbatul nevasta
            """,
        "BUY": """
            comanda programarea rezervarea abonamentul coletul produsul articolul contractul cosul factura masa biletul
            zborul cursul livrarea cardul polita contul comenzii abonament mama_mea taxa consultatia
            """,
        "REPORT": """
            anpc anspdcp politia politie avocat plangere plangeri reclamatie reclama protectia_consumatorului ancom
            """,
        "STATED": """
            sunet suneti suntem sunt sund sunau sunase suna_ra scriem scris sculat termin terminat terminam oprit oprita
            opreste_se opresc oprim incetat incerc incet stersi_ contactul cautam caut revin revenit asta astea astazi
            stiti stie scoala scoate_ti contact_ adresati adresat aprob aproba insist deranjez deranj deranjam trimis
            trimit primit primiti apelam apeland veniti programare programat dezabonarii primavara sunam
            """,
    },
    refusals=(
        "renunt|renuntam la ~ contact|CALLS|abonarea",
        "DROP tot|toate ~ despre|aveti|mine",
        "CALLS ~ NO ~ necesare|dorite|binevenite|necesar",
        "lasati|lasa ~ in pace",
        "DROP NUMBER mamei|tatalui|sotului|sotiei|bunicii|bunicului",
        "DROP ~ OUT LIST",
        "DROP ma|ne|l|il $",
        "NO aveti|ai voie|dreptul|permisiunea ~ CALL|CALLED",
        "NO mai? indrazniti|incercati|indraznesti ~ CALL",
        "^ opriti|potoliti va",
        "STOP odata|acum cu|din ~ CALLS",
        "NO o|l|il|le|ii mai CALL",
        "^ CALLS nu ~ da|doar|ok|numai|whatsapp|scris",
        "NO va? mai? dau|dam|permit CONSENT|voie",
        "scotetima|scoatetima|scoatema|stergetima|stergema|scoatetine OUT|COURTEOUS",
        "STOP trimiterea|trimiterile ~ CALLS",
        "NO ~ dau CONSENT",
        "dati|da ma afara OUT",
        "aprecia|recunoscator|recunoscatoare ~ daca NO ~ CALL",
        # No calls.
        "NO MORE? ME MORE? CALL",
        "NO ME? MORE CALL",
        "NO CALL MORE",
        "NO ME CALL",
        "NO ME? MORE? SEND ~ CALLS",
        "NO ME MORE SEND",
        "NO mai SEND ~ CALLS|nimic|telefon",
        "NO mai CALL",
        "NO CALL COURTEOUS",
        "^ COURTEOUS? NO CALL COURTEOUS? $",
        "NO CALL aici|la_acest|pe_acest|acest",
        "sa NO MORE? ME? MORE? CALL",
        "rog|cer|solicit|cerem|rugam sa? NO ~ CALL",
        "NO MORE? ME? MORE? contactati|sunati|cautati MORE?",
        "nimeni sa? NO ~ CALL",
        "NO mai folositi|folosi|utilizati|formati|pastrati|folosesti ~ NUMBER",
        "NO mai folositi|utilizati acest|datele",
        "NO ~ ME ~ luati|lua legatura",
        "NO MORE? luati|lua MORE? legatura",
        "NO ME MORE bateti ~ cap",
        "NO MORE? insistati|insista",
        "interzic ~ ME|sa|CALLS|folosirea|utilizarea|contactarea|orice",
        # Stop it.
        "STOP cu|din CALLS",
        "STOP cu|din astea|aceste|atatea|toate ~ CALLS",
        "STOP va_rog? CALLS|apelurile",
        "STOP ~ sa ME? MORE? CALL|SEND",
        "STOP ME? ~ sunatul|apelat|hartuirea|deranjatul",
        "STOP ~ ME CALL",
        "STOP din sunat|apelat|scris|telefon",
        "STOP orice|toate|aceste ~ CALLS|contact",
        "gata|stop|destul|ajunge cu ~ CALLS",
        "anulati|dezactivati ~ CALLS",
        "COURTEOUS stop|opriti|incetati $",
        "stop|opriti|incetati|opriti_va COURTEOUS $",
        "^ buna|salut|alo ziua? stop|opriti COURTEOUS?",
        "^ opriti|opreste|incetati|inceteaza|stopati COURTEOUS? $",
        "^ sotp|stpo|stpp|spot|soptt COURTEOUS? $",
        # No more of it.
        "NO mai? NOT_WANT mai? ~ CALLS",
        "NO mai NOT_WANT ~ RECEIVE",
        "NO mai? NOT_WANT ~ RECEIVE mai? ~ CALLS|nimic",
        "NO NOT_WANT ~ sa? mai RECEIVE",
        "NO NOT_WANT sa RECEIVE ~ CALLS|nimic",
        "NO mai? NOT_WANT ~ fiu|fim|fi CALLED",
        "NO mai? NOT_WANT sa? ME? mai? CALL|SEND",
        "NO mai? NOT_WANT sa ma|ne mai? CALL",
        "NO mai? NOT_WANT ca ~ CALL|CALLED",
        "NO va mai? NOT_WANT ~ CALL|SEND|CALLS",
        "NO mai NOT_WANT sa? ~ aud de|despre",
        "NO mai? NOT_WANT ~ sa? ~ fiu ~ LIST",
        "NO mai? NOT_WANT sa? va? mai aud",
        "NO mai vreau|doresc contact|nimic de_la|cu_voi",
        "NO mai? NOT_WANT niciun|nici_un|nicio ~ CALLS",
        "NO mai? sunt|suntem|este|e de_acord|acord ~ CALL|CALLED|CALLS",
        "prefer|doresc|vreau|cer|solicit|vrea|dori sa nu ~ CALL|CALLED|RECEIVE",
        "refuz|refuzam ~ CALLS|CALLED|CALL",
        "fara alte? CALLS COURTEOUS",
        "^ fara CALLS",
        "fara CALLS de acum",
        "nici apeluri|mesaje|telefoane nici",
        "niciun|nici_un|nicio|zero CALLS ~ COURTEOUS|de_la_voi|in_viitor",
        "^ NO mai COURTEOUS? $",
        "^ niciodata COURTEOUS? $",
        # Remove me.
        "DROP ma|ne|m ~ OUT ~ LIST",
        "DROP ma|ne ~ OUT acolo|aici|evidente|evidenta|lista",
        "DROP ma|ne COURTEOUS",
        "^ COURTEOUS? stergeti|scoateti|eliminati|sterge|scoate ma|ne COURTEOUS? $",
        "ma|ne ~ DROP ~ OUT ~ LIST",
        "sa ma|ne scoateti|scoti|stergeti|eliminati ~ OUT|LIST|acolo",
        "DROP ~ NUMBER MY",
        "DROP mi|ne|imi ~ NUMBER",
        "mi|imi|ne DROP ~ NUMBER",
        "DROP NUMBER COURTEOUS|OUT|de_aici|si|definitiv|complet",
        "DROP ~ NUMBER ~ OUT ~ LIST",
        "DROP COURTEOUS? NUMBER asta|acesta|ala|meu|mea|mele",
        "COURTEOUS sa? DROP NUMBER",
        "^ DROP NUMBER COURTEOUS? $",
        "NUMBER MY ~ sa? fie|trebuie GONE",
        "NUMBER MY ~ il|le DROP",
        "WANT ~ fiu|fim|fie GONE ~ LIST|OUT",
        "WANT sa ma|ne|ies DROP|OUT ~ LIST",
        "WANT ~ ies de pe|din",
        "stergerea|eliminarea ~ NUMBER|datelor|contului|numarului",
        "dreptul la|de a? stergere|stergerea|opozitie|uitare|uitat|opune|fi_uitat",
        "uitati|uita de? ~ NUMBER",
        "uitati de mine|noi",
        "bagati ma|ne ~ robinson|nu_deranjati",
        # Unsubscribe.
        "UNSUB ma|ne|mi|COURTEOUS|imediat",
        "ma|ne UNSUB",
        "COURTEOUS UNSUB",
        "^ UNSUB $",
        "^ buna|salut ziua? UNSUB",
        "WANT ~ UNSUB",
        "dezabonatima|dezabonatine|dezabonatimă",
        # I take my consent back.
        "REVOKE ~ CONSENT",
        "CONSENT ~ retras|revocat|retrag|il_retrag",
        "NO aveti|ai|mi_dau|dau|am_dat|dat|v_am_dat|acord ~ CONSENT ~ CALL|CALLED|folosi|contactati|pentru|sa",
        "NO aveti|ai ~ CONSENT MY",
        "NO sunt de acord ~ CALL|CALLED|CALLS|prelucrarea|contactat|folositi|sunat",
        "NO consimt|autorizez|permit|accept ~ prelucrarea|CALLS|CALLED|CALL|folosirea",
        "opun|opunem|opozitie|opozitia ~ prelucrarii|prelucrare|CALLS|CALLED|CALL|NUMBER|datelor|folosirii",
        # Leave me in peace.
        "lasati|lasa|lasama|lasatima ma|ne ~ pace|pacea|liniste",
        "lasatima|lasama|lasatine in pace",
        "ma|ne lasati|lasi|lasa in? pace|liniste",
        "scutiti|scuteste ma|ne ~ CALLS|de",
        "vedeti|vezi va|ti de treaba ~ NO",
    ),
    doubtful=(
        "NO ME? MORE? intereseaza|interesat|interesata|interesati",
        "NO sunt|suntem ~ interesat|interesata|interesati",
        "^ NO multumesc|mersi|multumim|merci",
        "NO MORE? vreau|doresc|trebuie nimic",
        "NO am|avem nevoie",
        "NO e|este nevoie sa ~ CALL",
        "ati|ai gresit numarul|persoana|numar",
        "numar|persoana gresit|gresita",
        "NO sunt persoana|eu",
        "de unde|cine|cum ~ aveti|ai|dat|luat|obtinut ~ NUMBER",
        "cine ~ dat NUMBER",
        "m|ne am|v_am saturat|plictisit",
        "saturat|satul|satula|satui ~ de",
        "exasperat|disperat|innebunit|innebuniti|scos din sarite",
        "asta|aceasta|e|este|ii ~ hartuire|teapa|tepe|escrocherie|inselatorie|frauda",
        "hartuire",
        "o sa|voi|va|vom ~ reclam|REPORT|sesizez|raportez",
        "reclam|sesizez|depun|fac|raportez ~ REPORT",
        "iar|din_nou|tot voi|dumneavoastra",
        "lasati|lasa ma|ne",
        "duceti|du va|te ~ dracu|dracului|naibii|mortii",
        "dracu|dracului",
        "ajunge|destul acum|odata",
        "^ renunt|ajunge|destul|gata $",
        "^ incetati|terminati odata|cu|acum",
        "^ incetati|terminati $",
        "inutil|degeaba ~ CALL|insistati",
        "mai bine NO CALL",
        "NO CALL",
        "fara CALLS",
        "de cate ori ~ spun|zic|repet|CALLS",
    ),
    innocent=(
        "va? rog sa nu ma|fiu|ne UNSUB|DROP|GONE ~ LIST?",
        "NO WANT sa pierd|ratez|uit ~ CALLS",
        "NO WANT factura|transport|comanda|bonul ~ CALLS",
        "lasati|lasa ma|ne pe|in|abonat ~ LIST",
        "lasati ~ coletul|pachetul ~ in|la",
        "KIN ~ SAID ~ SAID ~ NO ~ CALL MORE?",
        "NO|niciodata ~ trimis|scris ~ stop|STOP",
        "NO deranjati deloc|pe_nimeni",
        "NO ME? MORE? SEND factura|coletul|comanda|prin|contractul|produsul ~ CALLS",
        "NO scrieti numele|adresa|pe|nimic",
        "raspundeti|raspunde|trimiteti stop",
        # Lest they stop.
        "NO va? opriti|incetati|opreste|inceteaza|STOP ~ CALLS|CALL|SEND",
        "NO opriti|incetati|DROP|anulati|inchideti ~ CALLS|NUMBER|LIST|BUY MY?",
        "NO ma|ne|mi DROP|UNSUB|scoateti ~ LIST|NUMBER",
        "NO DROP|UNSUB ma|ne|mi ~ LIST|NUMBER",
        "NO ma|ne|mi? DROP|UNSUB",
        "NO WANT sa? ~ UNSUB|renunt|dezabonez",
        "NO WANT sa? ~ DROP|GONE ~ LIST|NUMBER",
        "NO WANT sa? ~ STOP|opresc|opriti ~ CALLS",
        "NO retrag|revoc ~ CONSENT",
        "n|NO am|a|ati|au SAID ~ sa? NO ~ CALL|CALLED MORE?",
        "n|NO am|a|ati|au SAID ~ UNSUB|STOP|DROP ~ CALLS|LIST|NUMBER",
        "n|NO am|a|ati|au SAID ~ UNSUB|STOP|DROP|asta",
        "NO ca n as vrea ~ CALL",
        "KIN ~ SAID ~ sa? NO ~ CALL MORE?",
        "de ce ~ GONE|UNSUB|dezabonat|sters ~ LIST?",
        "de ce NO|nu ME? MORE? CALL|CALLED",
        "de ce NO ~ MORE? CALL|CALLED|CALLS",
        "de ce ati? incetat|oprit ~ CALLS|CALL",
        "greseala|gresit|eroare ~ UNSUB|stop|dezabonat",
        "stop|UNSUB|dezabonat ~ din|prin|de greseala|eroare",
        "am scris|trimis|apasat|dat stop|UNSUB",
        # Telling, or asking to be called.
        "NO m|ne|l a|ati|au|ai ~ CALLED|cautat",
        "NO a|ati|au|am|ai MORE? CALLED|scris",
        "nimeni NO ME? MORE? a? CALL|CALLED|sunat",
        "curierul|el|ea|tehnicianul|telefonul NO ME? MORE? CALL",
        "NO ME? mai? suna|sunat telefonul|nimeni",
        "eu|inca NO ME? CALL|CALLED",
        "NO pe fix ~ CALL",
        "NO CALL la|pe fix|interfon|usa|sonerie|poarta",
        "NO CALL politia|salvarea|pe_el|pe_ea|instalatorul",
        "NO ezitati|ezita ~ CALL|contactati",
        "NO uitati|uita ~ CALL|NUMBER|SEND",
        "NO pot|puteam|reusesc|putem ~ CALL|sunat|vorbi|suna",
        "daca NO ME? CALL|sun",
        "NO am|a|avem|vad MORE? primit|ajuns|venit|vazut|gasit ~ CALLS",
        "NO am|avem|vad|sunt|mai_sunt ~ CALLS",
        "niciun|nicio|nici_un CALLS ~ primit|ajuns|inca|ratat",
        "NO mai? vin|vine|am ~ CALLS",
        "va rog CALL ME",
        # Other senses.
        "BUY ~ STOP|DROP|UNSUB|anulati",
        "anulati|anulez|anulare|STOP|DROP ~ BUY",
        "STOP la|in|pe ~ poarta|statia|etaj|colt|numarul|jumatatea|gara|semafor",
        "opri curierul|soferul|masina|la",
        "se|s|sa ma|o|a? opreste|opri|oprit|termina|terminat|las|opresc",
        "e|este|fost oprita|oprit|oprite",
        "ma las de fumat|bere|baut",
        "DROP ~ vechi|vechiul|veche|gresit|anterior NUMBER",
        "DROP ~ NUMBER ~ vechi|vechiul|nou|noul|puneti|treceti|notati|inlocuiti",
        "DROP ~ NUMBER ~ cardului|comenzii|contului|de_pe_colet|facturii",
        "DROP ~ OUT ~ lista de NOT_THIS_LIST",
        "scoateti|scoate ~ produs|coletul|bani|masina|cutia|pata|dinte|masea|firele",
        "renuntati|renunt ~ la ~ taxa|comanda|produs|garnitura|livrare",
        "NO mai? NOT_WANT produsul|comanda|coletul|rosu|albastru|programarea",
        "retrag|retrage ~ bani|numerar|colet",
        "lasati|lasa ma|ne ~ gandesc|gandim|stiu|vad|la_poarta|un_mesaj|sa",
        "lasati|lasa mi|ne|coletul ~ mesaj|colet|la",
        "NO am gresit|e_gresit",
        "am gresit numarul|adresa|persoana",
        "numar gresit ~ pe|de ~ factura|colet|comanda",
        "gata comanda|coletul|mancarea|masina|de",
        "ajunge coletul|comanda|la|azi|maine|cand|pana|in",
        "cand|cat ajunge|termina|opreste",
        "iar|din_nou voi ~ veni|suna|comanda",
    ),
    negators="""
        nu_vreau_sa nu_doresc_sa pot_sterge nu_fiu nu_ma_dezabonez din_greseala n_am_zis nu_am_zis nu_opriti nu_stergeti
        """,
    times="""
        saptamana_asta saptamana_aceasta saptamana_viitoare doua_saptamani trei_saptamani o_saptamana cateva_zile
        cateva_saptamani zece_zile urmatoarele azi astazi maine poimaine diseara weekend weekendul week_end luna_asta
        luni marti miercuri joi vineri sambata duminica duminicile deocamdata momentan pentru_moment pana cat_timp
        cat_sunt inainte_de dupa_ora dupa_masa dimineata seara noaptea luni_de_zile doua_luni concediu vacanta cand daca
        intre in_timpul la_serviciu la_munca in_sedinta sedinta acum_nu nu_acum asa_devreme asa_tarziu o_perioada
        o_vreme temporar zilele_astea luna_aceasta in_afara_de cu_exceptia decat sondajul paste craciun dupa_ce
        pe_moment in_perioada la_ora ora
        """,
    parts="""
        reclama reclame reclamele publicitate oferte ofertele oferta promotii promotiile newsletter newslettere
        marketing promo sondaje ofertelor campanii
        """,
)
