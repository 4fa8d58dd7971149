"""
Sets of Catalan words.
"""

from collections.abc import Mapping

SETS: Mapping[str, str] = {
    "NO": "no mai ja_no no_no mai_mes",
    "ME": "em m me ens mos ns nos",
    "THEM": "li la el lo les els hi us vos",
    "MORE": "mes mai mai_mes pus mas res_mes",
    # Do (not) call or write: subjunctives and orders, of every region.
    "CALL": """
        truqueu truquis truqui truquin truque truquen truques trukeu trucau telefoneu telefonis telefonin telefoni
        telefonen telefone telefonegeu contacteu contactis contactin contacti contacten contacte molesteu molestis
        molestin molesti molesten moleste escriviu escriguis escrigui escriguin escriga escriguen escrigueu
        emprenyeu emprenyis emprenyin atabaleu insistiu insisteixis insistisquen insisteixin insisteixi insistisca
        fastigueu fastiguegeu importuneu importunin persegiu perseguiu emboliqueu ligueu trucis trucin trucqueu
        truqueu_me truqeu marejeu atabalis emboliquis telefoneu_me
        """,
    "SEND": """
        envieu enviis enviin enviï envii envien envie enviau manieu mandeu mandis mandin manden oferiu ofereixin
        ofereixi feu facin facen faci passeu remeteu envies_me menvies menvieu menviis menviin
        """,
    "CONTACT": """
        us_poseu_en_contacte es_posi_en_contacte es_posin_en_contacte vos_poseu_en_contacte poseu_en_contacte
        us_comuniqueu es_comuniquin es_comuniqui es_posen_en_contacte us_poseu_mes_en_contacte
        us_torneu_a_posar_en_contacte es_tornin_a_posar_en_contacte es_torni_a_posar_en_contacte
        us_poseu_mai_en_contacte
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
        stop basta ja_esta_be_de ja_n_hi_ha_prou_de n_hi_ha_prou_de renuncio_a em_nego_a atureu_vos pareu_vos
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
        necessito necessitem admeto tolero dono_permis m_interessa_rebre volia vullc vuigo tinc_cap_interes_que
        tinc_interes_que
        """,
    "NEED": "cal fa_falta es_necessari val_la_pena serveix_de_res es_menester calen cal_ja fa_falta_ja te_sentit",
    "DROP": """
        treieu trau tragueu esborressiu esborressin traguessin traguessiu esborreu esborri esborrin esborra esborrar
        esborren esborrau borreu borrar borra borri borrin elimineu elimini eliminin elimina eliminar eliminen
        traieu tregueu tregui treguin treu treure traure trague traguen traguin lleveu llevar lleva lleven llevau
        retireu retirar retirin retiri suprimiu suprimir suprimeixin excloeu excloure obliddeu oblideu oblida
        oblidin oblidar perdeu perd tatxeu ratlleu destruiu tireu llenceu llenci tiri bloquegeu esborressis
        esborresssiu treieume eliminau desubscriviu treguis esborris eliminis obliden oblideu_ho treus
        """,
    "DROP_ME": """
        traieu_me tragueu_me treieu_me treume treu_me treguinme treguin_me tregui_m treguim treguin_m treurem
        treure_m traurem treure_ns treure_me esborreu_me esborram esborra_m esborrarem esborrar_me elimineu_me
        eliminam eliminarem eliminar_me lleveu_me llevam llevarem esborrim esborrin_me esborri_m elimini_m eliminim
        eliminin_me doneu_me_de_baixa donim_de_baixa traguem traguen_me desapunteu_me desapuntam desapuntarem
        suprimiu_me sortir_me sortirem borreu_me borram traieu_nos desapunti_m desapuntim desapuntin_me treieume
        tregueume traieume tragueume esborreume esborreu_nos treieu_nos elimineume suprimiume doneume_de_baixa
        esborrarnos treurens desvinculeu_me doneu_nos_de_baixa llevau_me llevaume lleveume esborrau_me esborraume
        borreume oblidam oblideu_me desubscriu_me desubscriviu_me desuscriu_me borrarme desapuntau_me
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
        baixa_dels_missatges tramiteu_la_baixa tramiteu_la_meva_baixa em_vull_donar_de_baixa
        em_voldria_donar_de_baixa ens_volem_donar_de_baixa donar_me_de_la_baixa baixa_immediatament
        vull_la_meva_baixa demano_la_meva_baixa sol·licito_la_meva_baixa baixa_del_servei baixa_de_missatges
        vull_desubscriurem anul·leu_la_subscripcio anul·leu_la_meva_subscripcio cancel·lar_la_meva_subscripcio
        desuscriure_m desuscriurem doneume_de_baixa donar_se_de_baixa causar_baixa em_podrieu_donar_de_baixa
        em_podria_donar_de_baixa doneu_me_de_vaixa doneume_de_vaixa donar_de_baixa_aquest_numero
        donar_de_baixa_el_numero cancel_lar_la_subscripcio cancel_lar_subscripcio cancel_leu_la_subscripcio
        """,
    "PEACE": """
        deixeu_me_en_pau deixam_en_pau deixa_m_en_pau deixim_en_pau deixi_m_en_pau deixin_me_en_pau deixem_en_pau
        em_deixeu_en_pau em_deixin_en_pau em_deixi_en_pau deixeu_nos_en_pau deixau_me_en_pau deixen_me_en_pau
        deixeu_me_tranquil deixeu_me_tranquila deixam_tranquil deixam_tranquila deixim_tranquil deixim_tranquila
        deixin_me_tranquil deixin_me_tranquila em_deixeu_tranquil em_deixeu_tranquila deixeu_me_estar deixam_estar
        deixim_estar deixin_me_estar deixeu_nos_estar oblideu_vos_de_mi oblidat_de_mi oblideu_me oblidin_se_de_mi
        oblideu_vos_d_aquest oblidar_vos_de_mi oblidar_vos_d_aquest oblidar_vos_del_meu oblideu_vos_del_meu
        oblidis_de_mi ni_se_us_acudeixi_trucar ni_se_us_acudeixi_tornar ni_se_t_acudeixi_trucar
        oblideu_que_existeixo com_si_no_existis deixeu_en_pau deixam_viure deixeu_me_viure deixeume_en_pau
        deixeume_tranquil deixeume_estar
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
    "CAN": "podeu pot poden podrieu podria podrien em_podeu em_pot em_poden podries vull voldria",
    "USE": """
        feu_servir faci_servir facin_servir fer_servir useu usin utilitzeu utilitzin utilitzar tracteu tractar
        guardeu guardin guardar conserveu emmagatzemeu cediu veneu us_quedeu tingueu tinguin tingui quedeu_vos
        quedar_vos
        """,
    "SLIPS": """
        stpo sotp stopp tsop stp stoip stopt sstop stoo bixa baxia baixs biaxa abixa baiax baixaa vaixa baija porou
        puro_ja prouu pruo parar paa aturra aturar_ja
        """,
    "AFTER": """
        a al per que perque i ni o si_us_plau sisplau gracies merci estic tinc ja no soc si mai res coses en d de_res
        aqui
        """,
    "CALL2": """
        cridis crideu cridin criden busqueu busquin busquis toqueu toquis toquin toquen marqueu marquin marquis parleu
        parlin parlis persegueixin perseguiu foteu fotin
        """,
    "NUISANCE": """
        tabarra llauna murga turra vara brasa pallissa
        """,
}
