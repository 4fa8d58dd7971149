"""
Refusals in Catalan.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="ca",
    sets={
        "NO": "no mai ja_no no_no mai_mes",
        "ME": "em m me ens mos ns nos",
        "THEM": "li la el lo les els hi us vos",
        "MORE": "mes mai mai_mes pus mas res_mes",
        # Do (not) call or write: subjunctives and orders, of every region.
        "CALL": """
            truqueu truquis truqui truquin truque truquen truques trukeu trucau telefoneu telefonis telefonin telefoni
            telefonen telefone telefonegeu cridis crideu cridin criden contacteu contactis contactin contacti contacten
            contacte molesteu molestis molestin molesti molesten moleste escriviu escriguis escrigui escriguin escriga
            escriguen escrigueu emprenyeu emprenyis emprenyin atabaleu insistiu insisteixis insistisquen insisteixin
            insisteixi insistisca busqueu busquin toqueu toquis toquin fastigueu fastiguegeu importuneu importunin
            persegiu perseguiu emboliqueu ligueu marqueu marquin parleu parlin
            """,
        "SEND": """
            envieu enviis enviin enviï envii envien envie enviau manieu mandeu mandis mandin manden oferiu ofereixin
            ofereixi feu facin facen faci passeu remeteu
            """,
        "CONTACT": """
            us_poseu_en_contacte es_posi_en_contacte es_posin_en_contacte vos_poseu_en_contacte poseu_en_contacte
            us_comuniqueu es_comuniquin es_comuniqui es_posen_en_contacte
            """,
        "AGAIN": "torneu tornis torni tornin tornen torne tornau tornar tornessin",
        "KEEP": "seguiu segueixis segueixin segueixi continueu continuis continuin continuen seguisquen estigueu",
        "TO_CALL": """
            trucar trucar_me trucarme trucarem trucar_nos truca telefonar telefonar_me contactar contactarem
            contactar_me contactar_nos escriure escriurem escriure_ns escriure_m molestar molestarem molestar_me
            molestar_nos emprenyar emprenyarem atabalar insistir trucam perseguir perseguirem empipar empiparem tocar
            posar_vos_en_contacte comunicar_vos posar_se_en_contacte marejar marejarem donar_la_tabarra fotre cridar
            cridarem importunar fer_me_trucades tocar_els_collons tocar_me trucarnos
            """,
        "TO_SEND": """
            enviar enviarem enviar_me enviarme enviar_nos enviarnos mandar mandarem oferir oferirem fer fer_me ferme
            remetre
            """,
        "CALLING": """
            trucant trucant_me trucantme enviant enviant_me escrivint molestant insistint telefonant contactant oferint
            emprenyant atabalant
            """,
        "CALLED": """
            truquessin truquessiu truques truquéssiu truquesseu telefonaren telefonessin telefonessiu contactessin
            contactessiu enviessin enviessiu molestessin molestessiu escrivissin escrivissiu cridessin telefonassen
            """,
        "STOP": """
            deixessiu deixessin deixeu deixi deixin deixa deixau deixen pareu pari parin parau para prou cesseu cessin
            cessi deixar eviteu evitin eviti parar deixe
            """,
        "HALT": """
            pareu pari parin parar parau prou cesseu cessin cessi cessar atureu aturin aturar atura suspengueu suspendre
            cancel·leu cancelleu canceleu anul·leu anuleu elimineu desactiveu desactivar talleu bloquegeu eviteu evitin
            stop basta
            """,
        "CALLS": """
            informacio trucada trucades telefonada telefonades cridada cridades missatge missatges misatges misatge
            missatgets msg msgs sms publicitat propaganda promocio promocions promos oferta ofertes correus mails emails
            e_mails spam comunicacions comunicacio notificacions anuncis marqueting telemarqueting butlleti butlletins
            newsletter newsletters whatsapps enquestes mensajes missatjes missages trucadas publi
            """,
        "RECEIVE": "rebre rebren reber rebent tenir veure continuar_rebent seguir_rebent",
        "WANT": """
            vull volem voldria voldriem vui vuic desitjo desitgem accepto acceptem autoritzo autoritzem permeto consento
            necessito necessitem admeto tolero dono_permis m_interessa_rebre volia
            """,
        "NEED": "cal fa_falta es_necessari val_la_pena serveix_de_res es_menester calen cal_ja fa_falta_ja te_sentit",
        "DROP": """
            treieu trau tragueu esborressiu esborressin traguessin traguessiu esborreu esborri esborrin esborra esborrar
            esborren esborrau borreu borrar borra borri borrin elimineu elimini eliminin elimina eliminar eliminen
            traieu tregueu tregui treguin treu treure traure trague traguen traguin lleveu llevar lleva lleven llevau
            retireu retirar retirin retiri suprimiu suprimir suprimeixin excloeu excloure obliddeu oblideu oblida
            oblidin oblidar perdeu perd tatxeu ratlleu destruiu
            """,
        "DROP_ME": """
            traieu_me tragueu_me treieu_me treume treu_me treguinme treguin_me tregui_m treguim treguin_m treurem
            treure_m traurem treure_ns treure_me esborreu_me esborram esborra_m esborrarem esborrar_me elimineu_me
            eliminam eliminarem eliminar_me lleveu_me llevam llevarem esborrim esborrin_me esborri_m elimini_m eliminim
            eliminin_me doneu_me_de_baixa donim_de_baixa traguem traguen_me desapunteu_me desapuntam desapuntarem
            suprimiu_me sortir_me sortirem borreu_me borram traieu_nos
            """,
        "MY": "el_meu els_meus meu la_meva meues meves la_meua les_meves les_meues aquest aquests el es els el_nostre",
        "NUMBER": """
            numero numeros num nr telefon telefons tel telef mobil contacte dades correu mail email whatsapp nom
            """,
        "LIST": """
            llista llistes llistat base bases registre registres sistema fitxer fitxers agenda grup butlleti newsletter
            llistats bbdd directori subscripcio difusio arxiu arxius contactes mailing
            """,
        "NOT_THIS_LIST": "espera desitjos compra noces convidats preus regals reis",
        "OF": "de del d dels",
        "REVOKE": """
            revoco revocar revoqueu retiro retirar retirem anul·lo anulo anullo anul·lar revocacio retirada trec
            """,
        "CONSENT": "consentiment autoritzacio permis consentiments permisos autoritzacions",
        "ERASURE": """
            supressio eliminacio cancel·lacio cancellacio cancelacio esborrament oposicio oblit baixa exclusio limitacio
            """,
        "ASK": """
            sol·licito sollicito solicito demano demanem exigeixo exigim requereixo vull voldria prego tramiteu
            gestioneu sol·licitem sol·licitud exigisc demane
            """,
        "UNSUBSCRIBE": """
            donar_me_de_baixa donarme_de_baixa donarem_de_baixa donar_nos_de_baixa donar_de_baixa_el_meu_numero
            doneu_me_de_baixa doneu_de_baixa_el_meu_numero donam_de_baixa dona_m_de_baixa donim_de_baixa doni_m_de_baixa
            em_doneu_de_baixa em_donin_de_baixa em_doni_de_baixa em_dono_de_baixa em_podeu_donar_de_baixa
            em_pot_donar_de_baixa em_poden_donar_de_baixa em_donis_de_baixa ens_doneu_de_baixa donin_me_de_baixa
            doneu_nos_de_baixa em_donen_de_baixa em_done_de_baixa donar_me_baixa doneu_me_baixa desubscriure
            desubscriurem desubscriure_me desubscriviu_me desuscriure desuscriviu_me dessubscriure vull_la_baixa
            vull_baixa demano_la_baixa sol·licito_la_baixa baixa_definitiva baixa_immediata baixa_de_la_llista baixa_ja
            baixa_del_butlleti cancel·lar_subscripcio cancel·lar_la_subscripcio cancelar_la_subscripcio
            cancel·leu_la_subscripcio cancelar_subscripcio cancel·leu_la_meva_subscripcio anul·lar_la_subscripcio
            baixa_dels_missatges tramiteu_la_baixa tramiteu_la_meva_baixa
            """,
        "PEACE": """
            deixeu_me_en_pau deixam_en_pau deixa_m_en_pau deixim_en_pau deixi_m_en_pau deixin_me_en_pau deixem_en_pau
            em_deixeu_en_pau em_deixin_en_pau em_deixi_en_pau deixeu_nos_en_pau deixau_me_en_pau deixen_me_en_pau
            deixeu_me_tranquil deixeu_me_tranquila deixam_tranquil deixam_tranquila deixim_tranquil deixim_tranquila
            deixin_me_tranquil deixin_me_tranquila em_deixeu_tranquil em_deixeu_tranquila deixeu_me_estar deixam_estar
            deixim_estar deixin_me_estar deixeu_nos_estar oblideu_vos_de_mi oblidat_de_mi oblideu_me oblidin_se_de_mi
            oblideu_vos_d_aquest oblidar_vos_de_mi oblidar_vos_d_aquest oblidar_vos_del_meu oblideu_vos_del_meu
            oblidis_de_mi
            """,
        "YOU": "vosaltres voste vostes vosatros vosté vostès vostra vostre vostres",
        "COURTEOUS": "si_us_plau sisplau siusplau sius_plau per_favor gracies merci plis ja ara_mateix porfa",
        "BUT": """
            vull m_interessa ens_interessa estic tinc gracies vaig volem soc conec es viu necessito cal no insistiu que
            compro puc hi_ha volia desitjo
            """,
        "NONO": "no no_que_no no_no que_no que_no_que_no",
        "HELLO": "hola bones bon_dia bona_tarda bon_vespre bona_nit",
        "SAID": "dic dit dir demanat demanar demanava vaig_dir vaig_demanar dient demano",
        # Words about the past or somebody else, known here so that they are no misspelling of an order.
        "STATED": """
            truco trucat trucava trucaven trucaré truquem telefonat contactat escrit escriu escriuen molesta molesten
            enviat envia envio enviava deixat deixo paro parem parada parades baixar baixes baixat baixen torno tornat
            torna esborrat eliminat tret trec treuen insisteix insisteixen busco parla parlo parlen toca toco passo
            llevat oblidat perdut trobat trucarà volen volia vols quant quants seguit sigui estic estava
            """,
        "DOOR": "timbre porta intercom fix intefon porter interfon",
        "HARASS": "assetjament assetjant assetjar assetjadors abus vergonya",
        "REPORT": """
            denunciare denunciar denunciaré denuncio denunciem denunciarem demandare demandaré reclamare bloquejar
            bloquejare bloquejo apdcat denunciar_vos
            """,
    },
    refusals=(
        "NONO BUT ~ NO MORE? ME? CALL MORE?",
        "NONO BUT ~ STOP OF TO_CALL",
        "NONO BUT ~ DROP_ME ~ LIST|aqui",
        "NONO BUT ~ ME DROP ~ LIST",
        "NONO BUT ~ DROP MY NUMBER",
        "NONO BUT ~ UNSUBSCRIBE|PEACE",
        "NONO BUT ~ NO ME? AGAIN a? TO_CALL",
        # No calls.
        "NO ME? MORE? CALL",
        "NO THEM CALL MORE",
        "NO ME CALL MORE",
        "NO ME? THEM? AGAIN a? TO_CALL|CALL",
        "NO ME? AGAIN a? TO_SEND ~ CALLS|res|MORE",
        "NO ME? KEEP ME? CALLING",
        "NO CONTACT",
        "NO ME? SEND MORE|res",
        "NO ME? SEND ~ CALLS",
        "NO TO_CALL MORE",
        "NO MORE TO_CALL",
        "^ NO TO_CALL $",
        "favor ~ OF NO ME? TO_CALL|TO_SEND",
        "SAID ~ NO ME? CALLED|CALL",
        "que NO ME? CALLED MORE",
        "que ningu ME? CALL MORE",
        # Stop it.
        "STOP ja? OF TO_CALL",
        "STOP ja? OF TO_SEND ~ CALLS|coses|MORE|tant|tantes",
        "STOP ja? OF enviarem|enviar_me|enviarme|enviar_nos|mandarem",
        "eviteu|evitin|eviti TO_CALL",
        "absteniu|abstingueu|abstinguin|abstenir ~ TO_CALL|TO_SEND",
        "prohibeixo|prohibit|prohibim ~ TO_CALL|CALL",
        "deixar|parar OF RECEIVE ~ CALLS",
        "ser esborrat|esborrada|eliminat|eliminada|exclos|tret|retirat ~ LIST",
        "prou ja? OF TO_CALL|TO_SEND",
        "HALT ja? amb|de|d|les|els|la|el|tantes|tanta|aquestes|aquests ~ CALLS",
        "HALT CALLS",
        # No more of it.
        "NO MORE CALLS",
        "ni una? MORE CALLS",
        "ni una? CALLS MORE",
        "cap CALLS MORE",
        "res OF CALLS",
        "zero CALLS",
        "^ CALLS NO ~ si|nomes|sols|millor|per|sisplau|gracies|whatsapp",
        "^ CALLS no $",
        "^ sense CALLS COURTEOUS? $",
        "NO n? WANT MORE? ~ CALLS",
        "NO WANT MORE? RECEIVE MORE? ~ CALLS|res|MORE",
        "NO WANT MORE? RECEIVE MORE",
        "NO WANT que ~ CALL|CALLED|CALLING|CONTACT|AGAIN",
        "NO WANT que ~ SEND ~ CALLS|res|MORE|coses",
        "NO WANT ser|que ~ contactat|contactada|molestat|molestada",
        "NO WANT cap ~ CALLS|contacte",
        "NO WANT MORE contacte",
        "NO WANT saber res? MORE? MORE? OF YOU",
        "NO n? WANT saber res MORE",
        "NO WANT estar|seguir|constar|continuar|ser|figurar ~ LIST",
        "NO NEED que? ME? CALL|SEND|TO_CALL MORE",
        "NO NEED que? ME? KEEP|AGAIN a? CALLING|TO_CALL|TO_SEND",
        "prefereixo|preferiria|m_estimo_mes NO RECEIVE ~ CALLS|res",
        "prefereixo|preferiria que NO ME? CALL|CALLED",
        # Remove me.
        "DROP MY NUMBER",
        "DROP MY? MY NUMBER",
        "DROP ~ meu|meva|meua|meves|meues|meus NUMBER",
        "DROP totes les meves|meues dades",
        "DROP les meves|meues dades",
        "DROP ~ dades personals",
        "DROP_ME ~ OF|d ~ LIST|aqui|aquesta|alla",
        "^ DROP_ME COURTEOUS $",
        "ME DROP ~ OF ~ LIST",
        "ME ~ DROP ~ OF la|vostra|les|els LIST",
        "ASK ~ ERASURE ~ meves|meues|meu|meus ~ NUMBER",
        "ERASURE OF les? meves|meues|meu dades|numero",
        "ERASURE OF dades",
        "sortir OF la? vostra? LIST",
        "fora OF la? vostra? LIST",
        "UNSUBSCRIBE",
        "^ HELLO? baixa COURTEOUS",
        "^ baixa $",
        # I take my consent back.
        "REVOKE ~ CONSENT",
        "no ~ done|dono|donem|donat|teniu|tenen|te|don ~ CONSENT ~ TO_CALL|TO_SEND|que|guardar|usar|tractar|contacte",
        "NO autoritzo|autoritze|autoritzem|consento|permeto ~ TO_CALL|CALL|TO_SEND|SEND|CALLS|us|tractament|usar",
        "m|em oposo ~ CALLS|RECEIVE|tractament|NUMBER|que|TO_CALL",
        "exerceixo|exercir|exercisc|exerceix ~ dret|drets ~ ERASURE|a",
        "dret OF|a|al|l ERASURE",
        # Leave me in peace.
        "PEACE",
        "^ no MORE $",
        "^ prou COURTEOUS $",
        "no insistiu|insisteixin|insisteixis|insistisquen MORE",
    ),
    doubtful=(
        "ni ME? CALL",
        "NO NEED que? ME? CALL|TO_CALL",
        "deixeu|deixeu_me|doneu|passeu ~ sense CALLS|TO_CALL|TO_SEND|contacte",
        "NO|en n? WANT saber res|MORE",
        "no en WANT saber res",
        "no n? vull|volem res",
        "NO m|ens interessa",
        "no estic|estem interessat|interessada|interessats",
        "^ no gracies|merci $",
        "^ no moltes? gracies $",
        "fins ~ capdamunt|collons|nassos|monyo|gorro|barret",
        "n|estic fart|farta|cansat|cansada|tip|tipa",
        "fart|farta|tip|tipa OF",
        "qui ~ ha|va|han ~ donat|donar|passat|facilitat ~ NUMBER",
        "com|d_on|on heu|han|teniu|tenen ~ meu NUMBER",
        "HARASS",
        "us|els|vos|a REPORT",
        "s equivoca|equivoqueu|equivoquen",
        "us|t equivoqueu|equivoques",
        "equivocat|equivocada ~ numero|persona|telefon",
        "numero equivocat|incorrecte",
        "aqui no hi ha ~ cap",
        "NO soc|conec aquest|aquesta|el|la ~ persona|senyor|senyora",
        "uns|sou|quins|quina pesats|pesat|plastes|plasta|pesadesa|corcons",
        "aneu|ves|vagi|vés ~ merda|cagar|pastar|fregir|porgar",
        "altra vegada|cop vosaltres",
        "prou d aixo|aquest",
        "ja ~ vaig ~ dir que no",
        "no insistiu|insisteixin|insisteixis|insistisquen",
        "aixo es ~ estafa|frau|engany",
        "parleu|parlin amb ~ fill|filla|marit|dona|gestor|advocat",
        "llista robinson",
        "us he|ho de dir",
        "deixa|deixeu ~ ja",
    ),
    innocent=(
        # Lest they stop.
        "no STOP OF ~ TO_CALL|TO_SEND|RECEIVE ~ CALLS",
        "no STOP OF ~ TO_CALL|TO_SEND|RECEIVE",
        "no STOP OF TO_SEND ~ recordatoris|avisos|novetats",
        "no WANT|SAID que? ME? STOP|UNSUBSCRIBE|DROP_ME|baixa|sortir|cancel·lar|DROP ~ LIST|NUMBER|CALLS",
        "no WANT|SAID que? ME? STOP|UNSUBSCRIBE|DROP_ME|baixa|sortir ~ TO_CALL|TO_SEND",
        "no WANT|SAID que? ME? UNSUBSCRIBE|DROP_ME|baixa|sortir|cancel·lar|DROP",
        "no ME DROP ~ NUMBER|LIST",
        "no ME DROP",
        "no DROP ~ NUMBER|LIST",
        "no ME donis|doneu|donin|doni de baixa",
        "no WANT perdre ~ CALLS",
        "no WANT deixar OF RECEIVE ~ CALLS",
        "no ~ SAID ~ mai? ~ que no ME? CALLED|CALL MORE?",
        "no ~ SAID|mai que no ME? CALLED|CALL MORE?",
        "no es que no ~ CALL|CALLED",
        "vei|veina|amic|amiga|germa|germana ~ SAID|demanar|dir ~ no ME|THEM? CALLED|CALL MORE?",
        "possible|normal|entenc|estrany|increible|mal que no|ningu ME? CALL",
        "no CALL|TO_CALL ~ DOOR",
        "no ME? CALL ~ DOOR",
        "al fix no CALL",
        "fix no CALL",
        "encara no ME? CALL",
        "no CALL me",
        "per que no ME? CALL",
        "no dubteu|dubti|dubtis|dubtin a|en TO_CALL",
        "baixa sense voler|querer",
        "deixeu_me|deixam|deixim com|ser|saber|veure|pensar",
        "respon|respongui|responeu|posa|diu|escriu|envia baixa ~ RECEIVE|TO_CALL n? MORE? CALLS?",
        "respon|respongui|responeu|posa|diu|escriu|envia baixa ~ RECEIVE n? MORE",
        "SAID la? baixa ~ repensat|pero|tornar",
        "donar|vull|tornar ~ d? alta",
        # Other senses.
        "de|la|una|amb|la_meva baixa medica|laboral|maternal|temporal|maternitat|paternitat|voluntaria|per",
        "estic|esta|estava|soc|segueixo de baixa",
        "planta|temporada|tensio|pressio|bateria|veu|part|gamma|talla|llum|zona|taula baixa",
        "baixa|mala qualitat|temperatura|pressio|tensio|velocitat|resolucio|frequencia",
        "baixa el|les|els",
        "donar|dono|doneu|donat|donar_me de baixa el|la|els|les|un|una|l|del|al ~ linia|internet|contracte|llum",
        "donar|dono|doneu|donat|donar_me de baixa ~ gas|servei|targeta|polissa|asseguranca|fibra|gimnas|llum|aigua",
        "ME? DROP ~ LIST OF|d NOT_THIS_LIST",
        "DROP_ME ~ LIST OF|d NOT_THIS_LIST",
        "DROP ~ NUMBER ~ antic|vell|nou|poseu|apunteu|anoteu",
        "parar un|a moment|davant|porta|aqui",
        "DROP ~ numero|dades OF|la ~ targeta|comanda|compte|factura",
        "deixar|parar OF|de fumar|funcionar|treballar|ploure|beure|menjar|fer",
        "no para OF|de TO_CALL|fer|TO_SEND",
        "n|hi ha|en|tinc prou amb|de ~ aixo|dos|litres",
        "arribat|arriba|rebut|se|entenc res OF CALLS",
        "no hi ha|queden|queda|tenen|teniu|arriben MORE CALLS",
        "no he|hem rebut MORE CALLS",
        "permis de conduir|obra|obres|paternitat",
        "abaixar|per a? TO_SEND|TO_CALL CALLS",
    ),
    negators="no mai tampoc ningu",
    times="""
        les_set les_vuit les_nou les_deu les_sis les_cinc
        avui dema aquesta_setmana la_setmana una_setmana dues_setmanes setmanes aquest_mes_no un_mes dos_mesos
        tres_mesos mesos dies unes_hores dues_hores ara_no dilluns dimarts dimecres dijous divendres dissabte dissabtes
        diumenge diumenges cap_de_setmana finde fins_a fins_al fins_el fins_les fins_que fins_dilluns fins_dema mentre
        durant entre_les abans_de abans_d despres_de quan a_la_tarda a_la_nit al_vespre al_mati de_moment per_ara encara
        vacances aquest_any un_any tret_de excepte llevat_de
        """,
    parts="""
        promo* publicitat propaganda ofert* marqueting marketing descompt* campany* cataleg* rebaixes novetats anunci* butlleti*
    """,
)
