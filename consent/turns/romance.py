"""
Turns of refusal in Spanish, Catalan, Portuguese, French, Italian and Romanian.
"""

from collections.abc import Mapping

from consent.turns.turn import Turns

TURNS: Mapping[str, Turns] = {
    "es": Turns(
        weary="""
            harto harta hartos hartas cansado cansada cansados cansadas hasta_las_narices hasta_el_gorro hasta_el_mono hasta_la_coronilla
            hasta_los_huevos hasta_la_madre hasta_los_cojones aburrido aburrida asqueado podrido podrida me_tienen_frito
            """,
        calling="""
            sus_llamadas vuestras_llamadas tus_llamadas estas_llamadas tantas_llamadas tanta_llamada las_llamadas que_me_llamen
            que_me_llameis que_me_llames que_me_llame que_nos_llamen que_me_marquen que_esten_llamando que_me_esten_llamando
            llamaditas que_me_molesten que_llamen que_llameis su_acoso vuestro_acoso
            """,
        forbid="prohibo les_prohibo os_prohibo prohibimos queda_prohibido tienen_prohibido teneis_prohibido no_tienen_permiso_para ni_se_les_ocurra ni_se_os_ocurra no_se_les_ocurra",
        touch="llamarme llamarnos llamar contactarme contactarnos contactar telefonearme que_me_llamen que_me_contacten molestarme marcarme ponerse_en_contacto",
        spurn="rechazo rehuso me_niego_a no_admito no_acepto no_deseo_ningun no_quiero_ningun no_quiero_ninguna ningun cero",
        contact="contacto contactos tipo_de_contacto comunicacion comunicaciones tipo_de_comunicacion tipo_de_llamada llamada_mas contacto_mas contacto_telefonico",
        calls="sus_llamadas vuestras_llamadas tus_llamadas las_llamadas sus_mensajes llaman_cada_dia llaman_todos_los_dias todos_los_dias_llaman cada_dia_llaman suena_el_telefono llamais_cada_dia",
        halt="paren pare paradlo parad basta ya_basta se_acabo cesen dejenlo dejadlo tiene_que_parar tiene_que_acabar esto_tiene_que_parar paren_ya basta_ya dejen_de_hacerlo",
        refusals=(
            "borradme|quitadme|sacadme|eliminadme|tachadme|borrenme|quitenme|saquenme de",
            "numero ~ no ~ usen|useis|utilicen|utiliceis|usar|utilizar|marquen ~ llamar|contactar|mas",
            "no ~ usen|utilicen|useis ~ numero ~ llamar|llamarme|mas",
            "mandar|mandarme|llamarme|llaman a mi abogado",
            "proxima llamada ~ abogado|denuncia|policia",
            "ya esta bien|bueno de ~ llamar|llamadas|llamarme|llamaditas",
            "paren|corten|cesen|terminen|basta|parad|acaben ~ con|el|de ~ acoso|hostigamiento",
            "preferiria|prefiero|preferimos no ~ recibir|que_me_llamen ~ llamadas|mas|llamada",
            "cuantas veces ~ decir|decirlo|repetir",
            "limpien|limpiad|depuren|saquen|purguen mis|nuestros datos|numero",
            "nunca|jamas mas? manden|mandeis|envien|envieis|escriban ~ mensajes|whatsapps|movil|numero",
            "no insistan|insistais|insista ~ llamadas|llamar|llamando",
        ),
        innocent=(
            "se me? corto|cortaba|corta|ha_cortado|cayo|colgo la|esta? llamada|linea|comunicacion",
            "corto|cortaron|cayo la llamada",
            "paren|detengan|cancelen el|mi|la envio|pedido|entrega",
        ),
    ),
    "ca": Turns(
        weary="fart farta farts fartes cansat cansada tip tipa prou",
        calling="de_les_vostres_trucades de_trucades de_tantes_trucades que_em_truqueu que_em_truquin vostres_trucades d_aquestes_trucades les_vostres_trucades de_trucar",
        forbid="prohibeixo us_prohibeixo queda_prohibit no_teniu_permis_per no_goseu ni_se_us_acudeixi",
        touch="trucar_me trucar contactar_me contactar que_em_truqueu que_em_contacteu molestar_me tornar_me_a_trucar",
        spurn="rebutjo em_nego_a no_accepto no_vull_cap no_desitjo_cap cap",
        contact="contacte contactes tipus_de_contacte comunicacio comunicacions trucada_mes contacte_telefonic contacte_mes",
        calls="les_vostres_trucades les_trucades aquestes_trucades truqueu_cada_dia truqueu cada_dia_truqueu els_vostres_missatges",
        halt="pareu prou pareu_ja atureu_vos s_ha_d_acabar ja_n_hi_ha_prou deixeu_ho estar aixo_s_ha_d_acabar",
        refusals=(
            "numero ~ no ~ heu|haveu|truqueu|feu_servir|utilitzeu ~ trucar|mes",
            "propera trucada ~ advocat|policia|denuncia",
            "ja esta be de|amb ~ trucar|trucades|trucar_me|trucadetes",
            "pareu|atureu|prou|acabeu ~ amb|el|d ~ assetjament|assetjar",
            "preferiria|prefereixo|preferim no ~ rebre ~ trucades|contacte",
            "quantes vegades ~ dir|repetir",
            "mai mes missatges|trucades|sms|whatsapps",
            "netegeu|depureu|purgueu ~ meves|meus dades|numero",
        ),
    ),
    "pt": Turns(
        weary="farto farta fartos fartas cansado cansada cansei cansamos saturado saturada nao_aguento_mais to_de_saco_cheio de_saco_cheio cheio cheia nao_suporto_mais ja_nao_posso",
        calling="""
            das_vossas_chamadas das_suas_ligacoes dessas_ligacoes destas_chamadas de_tanta_ligacao voces_ligando voces_me_ligando essas_ligacoes
            tanta_ligacao que_me_liguem ligacoes_de_voces das_ligacoes chamadas_vossas vossas_chamadas suas_ligacoes de_telefonemas de_ligacao
            voces_ligarem receber_ligacoes receber_chamadas telefonemas
            """,
        forbid="proibo proibimos estao_proibidos esta_proibido fica_proibido voces_nao_podem nem_pensem_em nem_se_atrevam nao_ousem nao_se_atrevam",
        touch="ligar me_ligar ligar_me contactar contatar me_contatar contactar_me telefonar me_telefonar de_me_ligar de_me_contactar de_ligar",
        spurn="rejeito recuso recuso_me_a nao_aceito nao_autorizo nao_quero_nenhum nao_quero_nenhuma nao_desejo_qualquer dispenso nenhum",
        contact="contacto contato contactos contatos qualquer_contacto qualquer_contato comunicacao comunicacoes mais_contatos tipo_de_contato tipo_de_contacto mais_nenhum_contacto mais_nenhuma_chamada",
        calls="as_vossas_chamadas as_suas_ligacoes suas_ligacoes vossas_chamadas as_chamadas as_ligacoes ligam_todo_dia todo_dia_voces_ligam ligam_todos_os_dias voces_ligam essas_ligacoes",
        halt="parem pare parem_com_isso acabou chega basta tem_que_parar tem_de_parar isto_tem_de_acabar isso_tem_que_acabar parem_ja",
        refusals=(
            "proxima ligacao|chamada ~ advogado|policia|procon|processo",
            "processar voces ~ ligar|ligarem|ligarem_de_novo",
            "preferia|preferiria|prefiro nao ~ receber ~ chamadas|ligacoes|telefonemas|contactos|contatos",
            "parem|acabem|terminem|chega ~ com|de|o ~ assedio",
            "risquem|risque|riscar o? meu nome|numero|contacto|contato",
            "quantas vezes ~ falar|dizer|repetir|pedir",
            "limpem|limpe|expurguem|depurem ~ meus|os_meus dados|numero",
            "nunca mais ~ mensagem|mensagens|ligacao|ligacoes",
        ),
        innocent=("parem|cancelem a|o|minha entrega|pedido|encomenda|envio",),
    ),
    "fr": Turns(
        weary="marre ras_le_bol plein_le_dos plein_le_cul assez fatigue fatiguee lasse excede excedee saoule saoulee soule gave soulee",
        calling="""
            de_vos_appels vos_appels vos_coups_de_fil ces_appels vos_telephones vos_sollicitations d_etre_appele d_etre_appelee d_etre_derange
            d_etre_derangee que_vous_m_appeliez de_vos_messages votre_harcelement vos_demarchages d_etre_sollicite d_etre_demarche
            d_etre_demarchee du_demarchage
            """,
        forbid="interdis interdisons interdit_de vous_n_avez_pas_le_droit_de vous_n_avez_plus_le_droit_de defense defends interdiction n_essayez_plus",
        touch="m_appeler de_m_appeler me_contacter de_me_contacter me_telephoner de_me_telephoner me_joindre de_me_deranger me_deranger nous_appeler nous_contacter appeler",
        spurn="refuse refusons je_ne_veux_aucun je_ne_souhaite_aucun ne_veux_plus_aucun plus_aucun aucun zero je_n_accepte_aucun",
        contact="contact contacts tout_contact toute_prise_de_contact appel toute_sollicitation tout_demarchage toute_communication demarchage contact_telephonique tout_appel toute_prospection",
        calls="vos_appels vos_coups_de_fil ces_appels vos_messages vous_appelez vous_m_appelez vous_telephonez vos_demarchages",
        halt="cessez arretez stop ca_suffit arretez_ca cessez_cela ca_doit_cesser ca_doit_s_arreter cela_doit_cesser il_faut_que_ca_cesse arretez_tout",
        refusals=(
            "vous me harcelez",
            "prochain appel ~ avocat|police|plainte|cnil",
            "je porte|porterai plainte ~ si|pour ~ appel|appels|harcelement",
            "combien de fois ~ dire|repeter|le_dire",
            "ne me|nous contactez|appelez|rappelez|telephonez|derangez ni",
            "mettez|mettre|cessez|arretez|stop ~ a|ce|le|au|votre ~ harcelement|acharnement",
            "prefererais|prefere|aimerais_mieux ne plus|pas recevoir|etre ~ appels|appele|appelee|contacte|contactee",
            "nettoyez|purgez|videz ~ mes|de_mes donnees|coordonnees",
            "inutile|pas_la_peine de rappeler|m_appeler|me_rappeler|insister",
            "plus jamais de? message|messages|appel|sms",
        ),
        innocent=("arretez|annulez la|ma|mon livraison|commande|envoi",),
    ),
    "it": Turns(
        weary="stufo stufa stufi stanco stanca stanchi esausto esausta non_ne_posso_piu non_se_ne_puo_piu ne_ho_abbastanza ne_ho_piene le_scatole avete_rotto avete_stancato avete_stufato mi_avete_rotto",
        calling="""
            delle_vostre_chiamate delle_vostre_telefonate di_queste_telefonate di_queste_chiamate con_queste_telefonate con_queste_chiamate
            vostre_chiamate vostre_telefonate queste_telefonate queste_chiamate di_essere_chiamato di_essere_chiamata di_telefonate
            di_ricevere_chiamate di_ricevere_telefonate delle_telefonate delle_chiamate con_le_telefonate con_le_chiamate di_chiamarmi
            """,
        forbid="vieto vi_vieto diffido vi_diffido proibisco vi_proibisco e_vietato vi_e_vietato non_azzardatevi_a non_vi_permettete_di non_osate non_permettetevi",
        touch="chiamarmi di_chiamarmi contattarmi di_contattarmi dal_contattarmi dal_chiamarmi telefonarmi di_telefonarmi chiamare contattare disturbarmi richiamarmi",
        spurn="rifiuto non_accetto non_desidero_alcun non_voglio_alcun non_voglio_nessun nessun nessuna mai_piu mai_piu_una zero",
        contact="contatto contatti qualsiasi_contatto ogni_contatto chiamata telefonata chiamate telefonate vostra_telefonata vostra_chiamata comunicazione qualsiasi_comunicazione",
        calls="le_vostre_chiamate le_vostre_telefonate vostre_chiamate queste_chiamate queste_telefonate chiamate_ogni_giorno chiamate_tutti_i_giorni telefonate_ogni_giorno i_vostri_messaggi",
        halt="smettetela basta smettete smettila finitela fermatevi deve_finire deve_cessare piantatela ora_basta adesso_basta",
        refusals=(
            "prossima chiamata|telefonata ~ avvocato|carabinieri|polizia|garante|denuncia",
            "quante volte ~ dirlo|dire|ripetere|ripeterlo",
            "iscritto|iscritta ~ registro ~ opposizioni",
            "ponete|mettete|basta|smettete|fermate|finitela ~ molestie|persecuzione|stalking",
            "preferirei|preferisco|preferiremmo non ~ ricevere|essere ~ chiamate|telefonate|chiamato|chiamata|contattato|contattata",
            "ripulite|pulite|epurate|svuotate ~ miei|dai_miei dati",
            "mai piu messaggi|sms|whatsapp",
            "per favore|cortesia niente|nessun|nessuna altre|altra chiamate|chiamata|telefonate|telefonata",
        ),
        innocent=(
            "nessuna|nessun chiamata|telefonata ~ ricevuta|persa|arrivata|da_parte_vostra",
            "non ~ nessuna|nessun chiamata|telefonata",
            "fermate|annullate la|il|mia consegna|spedizione|ordine",
        ),
    ),
    "ro": Turns(
        weary="saturat sătul satul satula sătula obosit obosita exasperat plictisit m_am_saturat",
        calling="de_telefoanele_voastre de_apelurile_voastre de_telefoane de_apeluri de_sunat de_atatea_apeluri telefoanele_voastre apelurile_voastre sa_ma_sunati sa_fiu_sunat de_telefoanele_dvs de_apelurile_dumneavoastra",
        forbid="interzic va_interzic nu_aveti_voie este_interzis nu_indrazniti nu_va_permit",
        touch="sa_ma_sunati sa_ma_contactati sa_sunati contactarea apelarea sa_ma_deranjati sa_ma_mai_sunati sa_ma_mai_contactati",
        spurn="refuz resping nu_accept nu_doresc_niciun nu_vreau_niciun niciun",
        contact="contact orice_contact contact_telefonic apel orice_apel comunicare orice_comunicare apeluri alte_apeluri alt_apel",
        calls="apelurile_voastre telefoanele_voastre apelurile sunati_in_fiecare_zi sunati_zilnic ma_sunati mesajele_voastre",
        halt="opriti_va incetati ajunge stop gata terminati trebuie_sa_inceteze trebuie_sa_se_opreasca opriti",
        refusals=(
            "urmatorul apel ~ avocat|avocatul|politia|anpc|plangere",
            "de cate ori ~ spun|repet|zic",
            "gata|ajunge|destul ~ cu ~ apeluri|telefoane|apelurile|telefoanele",
            "opriti|incetati|terminati|gata ~ hartuirea|hartuire|hartuirii",
            "prefera|prefer|as_prefera sa nu ~ primesc|fiu ~ apeluri|sunat|sunata|contactat",
            "niciodata mesaje|apeluri|sms|telefoane",
            "curatati|curata|goliti ~ datele|numarul ~ mele|meu|mea",
        ),
    ),
}
