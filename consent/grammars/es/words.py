"""
Sets of Spanish words.
"""

from collections.abc import Mapping

SETS: Mapping[str, str] = {
    "NO": "no nunca jamas ya_no nunca_mas no_no n",
    "ME": "me nos m se_me",
    "THEM": "la lo le les las los",
    "Q": "que q ke k qe",
    "MORE": "mas nunca jamas mass ms",
    # Do (not) call or write: subjunctives, which serve as polite orders, with the spellings of those who hear them.
    "CALL": """
        llame llames llamen llameis llamemos yame yames yamen yameis llmen llamn lame lamen telefonee telefonees
        telefoneen telefoneeis contacte contactes contacten contacteis escriba escribas escriban escribais escriva
        escrivan escribam moleste molestes molesten molesteis fastidie fastidies fastidien fastidieis joda jodas
        jodan jodais acose acosen acoseis chingue chinguen persigan atosiguen bombardeen whatsappeen mensajeen
        textee texteen wasapeen incordien incordieis agobien hinchen rompan frieguen friegue friegues joroben
        spameen spamee rayen castren llamarais apremien hostiguen saturen invadan asedien texteeis mensajees hueveen
        huevees ladillen webeen rayeis tinquen mescriban mellamen mellames mellame mescriba memolesten
        """,
    "SEND": """
        mande mandes manden mandeis envie envies envien envieis enbien embien remita remitan haga hagan hagais
        llegue lleguen dirijan dirija ofrezca ofrezcan ofrezcais ofrescan meta metan comparta compartan
        """,
    "CONTACT": """
        se_comunique se_comuniquen se_comuniqen os_comuniqueis te_comuniques se_contacte se_contacten
        se_ponga_en_contacto se_pongan_en_contacto os_pongais_en_contacto te_pongas_en_contacto
        se_vuelva_a_comunicar se_vuelvan_a_comunicar entren_en_contacto
        """,
    "AGAIN": "vuelva vuelvas vuelvan volvais vuelban buelva buelvan bulban bulvan buelban vulevan regresen torne",
    "KEEP": "siga sigas sigan sigais esten este estes esteis ande andes anden andeis continue continuen vengan",
    "TO_CALL": """
        llamar llamarme llamarnos yamar yamarme llmarme lamarme lamar yamr marcar marcarme marcarnos telefonear
        telefonearme hablar hablarme ablar ablarme contactar contactarme contactarnos escribir escribirme escrivir
        escribirnos escrivirme molestar molestarme molestarnos fastidiar fastidiarme joder joderme joer chingar
        acosar acosarme buscarme insistir insistirme perseguirme hostigar hostigarme comunicarse contactarse
        comunicarme comunicaros ponerse_en_contacto poneros_en_contacto timbrar timbrarme bombardearme incordiar
        atosigar atosigarme agobiar agobiarme hinchar hincharme romper_las spamear spamearme textearme tocarme
        fregar jorobar dar_lata dar_la_lata dar_la_brasa dar_la_tabarra dar_el_conazo dar_guerra castrar marear
        saturarme telefonearnos apremiarme asediarme huevear hinchar_las_bolas romper_las_pelotas romper_las_bolas
        estar_llamando estar_marcando estar_molestando preguntar_por
        """,
    "TO_SEND": """
        mandar mandarme mandarnos enviar enviarme enviarnos embiar embiarme enbiar remitir remitirme ofrecer
        ofrecerme ofrecernos hacer hacerme mandr mandarm
        """,
    "CALLING": """
        llamando llamandome yamando marcando marcandome escribiendo escribiendome molestando molestandome
        contactando mandando mandandome enviando enviandome insistiendo hablando hablandome jodiendo fastidiando
        acosando ofreciendo telefoneando bombardeando insistiendome llamandonos chingando fregando atosigando
        jorobando acosandome buscando contactandome llamando_me perdiendo_el_tiempo
        """,
    "CALLED": """
        llamara llamaras llamaran llamarais llamasen llamase yamaran marcaran marcara escribieran escribiera
        contactaran contactara molestaran molestara mandaran mandara enviaran enviara hablaran insistieran
        """,
    "STOP": """
        dejaran dejara dejasen dejase dejen deje deja dejad dejes dejenn dejar dejenme dejeis degen dejn pare paren
        parad parar pares paran parenle cese cesen cesad cesar detenganse eviten evite evitad evitar terminen acaben
        dejense dejate dejaos absten* abstengase abstenganse dejeme dejame dejadme dejennos pareme parenme paradme
        """,
    "HALT": """
        paren pare parad parar basta cesen cese cesar detener detengan detenga detened eviten evite evitar suspendan
        suspender suspenda cancelen cancele cancelad cancelar anulen anular eliminen eliminar desactiven desactivar
        desactive corten corte cortad frenen terminen quiten quitar quite retiren bloqueen prohibo alto_a alto_con
        ya_esta_bien_de estoy_harto_de_sus evitenme evitame ahorrense ahorrenme ahorrate detenganse deteneos corta
        cortenla cortala cortadla parenle parale parenla ya_estuvo_bueno_de ya_estuvo_bien_de ya_estuvo_bueno_con
        me_niego_a parenle_a parele_a bajenle_a bajale_a aflojen_con ya_chole_con chole_con ya_basta_de basta_ya_de
        corten_con paren_con no_mas_de
        """,
    "ENOUGH": "basta suficiente stop",
    "CALLS": """
        informacion info_comercial contenido llamada llamadas llamaditas llamads yamadas llamaa mensaje mensajes
        mensages mensajitos mensajito msjs msj mjs msg msgs menajes publicidad publicidades propaganda propagandas
        promo promos promocion promociones promosiones oferta ofertas ofertitas sms correos mails emails e_mails
        spam marketing telemarketing comunicaciones notificaciones newsletter newsletters boletin boletines
        whatsapps wasaps wasap textos anuncios encuestas cadenas comerciales publi contactos_comerciales
        """,
    "RECEIVE": """
        recibir resivir recivir resibir recibiendo reciviendo resiviendo resibiendo recibirlas recibirlos
        seguir_recibiendo tener ver
        """,
    "WANT": """
        quiero queremos deseo deseamos quisiera quisieramos kiero qiero quiere quiera quieren necesito necesitamos
        acepto permito autorizo autorizamos consiento admito tolero me_interesa_recibir me_apetece
        """,
    "NEED": """
        hace_falta es_necesario hay_necesidad_de hace_falta_ya hay_por_que tiene_sentido vale_la_pena sirve_de_nada
        merece_la_pena tiene_caso pierdan_el_tiempo hay_razon_para hay_motivo_para hay_razon_de hay_motivo_de
        """,
    "DROP": """
        borraran borrara sacaran sacara quitaran eliminaran retiraran borre borren borra borrad borrar borres
        borreis boren elimine eliminen elimina eliminad eliminar elimineis quite quiten quita quitad quitar quiteis
        qiten kiten quitenn saque saquen saca sacad sacar saqueis saken retire retiren retira retirad retirar
        retireis suprima suprime suprimen supriman suprimir suprimid remueva remuevan remover excluya excluyan
        excluir tache tachen desvinculen desvincular olviden olvidad olvida olvidar pierda pierdan perded cancelen
        tiren destruyan bote boten botad deseche desechen omitan omita descarten descarte quitarais borrarais
        sacarais
        """,
    "DROP_ME": """
        borreme borrenme borrame borradme borrarme borrenos borrennos elimineme eliminenme eliminame eliminadme
        eliminarme quiteme quitenme quitame quitadme quitarme qitenme quitennos saqueme saquenme sacame sacadme
        sacarme sakenme saquennos sacarnos retireme retirenme retirarme retirame suprimanme remuevanme removerme
        remueveme excluyanme excluirme desapuntenme desapuntame desapuntarme desapuntadme tachenme borrarnos
        desinscribirme desinscribanme desafilienme desafiliarme desvinculenme desvincularme desenlistenme
        desactivenme borrarse exclúyanme quitarnos eliminarnos eliminennos kitenme kiteme quitenm borenme sakeme
        saqenme eliminemen
        """,
    "MY": "mi mis este el ese nuestro nuestros nuestra a_mi_el al",
    "NUMBER": """
        numero numeros nunero nro num numro telefono telefonos tel telf tlf tfno celular cel movil datos contacto
        correo mail email whatsapp numerito nombre_y_numero informacion_personal perfil_de_contacto
        nombre_y_telefono cuenta_de_correo numero_de_telefono numero_telefonico datos_personales datos_de_contacto
        numero_de_celular numero_de_movil informacion
        """,
    "LIST": """
        lista listas listado base bases bbdd bdd registro registros sistema agenda grupo directorio fichero ficheros
        mailing newsletter boletin difusion suscripcion distribucion padron contactos archivo archivos campana
        campanas envios crm lsta lsita lissta
        """,
    "NOT_THIS_LIST": "espera deseos compra compras precios invitados bodas pedidos regalos asistentes pasajeros",
    "REVOKE": """
        revoco revocar revoque revoquen revocamos retiro retirar retiramos anulo anular cancelo quito quitar
        revocacion retirada
        """,
    "CONSENT": "autorizacion consentimiento permiso permisos autorizaciones autorisacion concentimiento",
    "ERASURE": "eliminacion supresion cancelacion borrado baja exclusion oposicion remocion olvido",
    "ASK": """
        solicito solicitamos pido exijo ruego exigo requiero tramiten gestionen procedan_a quiero deseo demando
        solicitar pedir tramitar proceda_a_la procedan_a_la solicitud_de
        """,
    "UNSUBSCRIBE": """
        darme_de_baja denme_de_baja deme_de_baja dame_de_baja dadme_de_baja darnos_de_baja denos_de_baja
        dennos_de_baja me_den_de_baja me_de_de_baja me_deis_de_baja me_des_de_baja me_doy_de_baja nos_den_de_baja
        me_dan_de_baja me_da_de_baja me_dais_de_baja me_pueden_dar_de_baja me_puede_dar_de_baja
        me_podrian_dar_de_baja me_puedes_dar_de_baja me_podeis_dar_de_baja dar_de_baja_mi_numero
        dar_de_baja_este_numero den_de_baja_mi_numero den_de_baja_este_numero dar_de_baja_mi_telefono causar_baja
        darse_de_baja_de desuscribir desuscribirme desuscribanme desuscribeme desuscribirse desuscripcion
        dessuscribir desubscribir desubscribirme desinscribir darme_baja denme_baja deme_baja dame_baja me_den_baja
        dar_baja darme_de_vaja denme_de_vaja quiero_la_baja quiero_baja pido_la_baja solicito_la_baja solicito_baja
        baja_definitiva baja_inmediata baja_total baja_de_la_lista baja_de_esta_lista baja_del_servicio_de_mensajes
        tramiten_mi_baja gestionen_mi_baja procesen_mi_baja baja_por_favor_de baja_de_mensajes baja_de_promociones
        baja_ya desactivar_mensajes cancelar_suscripcion cancelar_la_suscripcion cancelar_mi_suscripcion
        anular_suscripcion cancelen_mi_suscripcion cancelen_la_suscripcion anulen_mi_suscripcion
        cancelacion_de_suscripcion darme_d_baja denme_d_baja deme_d_baja dame_d_baja dense_de_baja_mi_numero
        den_d_baja doy_de_baja_este_numero doy_de_baja_mi_numero dado_de_baja_de_su dada_de_baja_de_su
        cancelar_mi_registro cancelen_mi_registro me_quiero_dar_de_baja me_quiero_desuscribir borrarme_de_la_lista
        desapuntarme desapuntenme desapuntadme desapuntame baja_del_boletin baja_del_newsletter
        baja_de_la_newsletter cancelar_suscripciones me_gustaria_darme_de_baja procedan_con_mi_baja
        proceda_con_mi_baja deseo_la_baja deseo_mi_baja confirmen_mi_baja baja_de_sus_mensajes baja_a_los_mensajes
        desuscribirnos desapuntarnos darme_la_baja denme_la_baja desuscrivir desuscribanos dar_la_baja pedir_la_baja
        """,
    "PEACE": """
        dejenme_en_paz dejeme_en_paz dejame_en_paz dejadme_en_paz dejennos_en_paz me_dejen_en_paz me_dejeis_en_paz
        dejenme_tranquilo dejenme_tranquila dejeme_tranquilo dejeme_tranquila dejame_tranquilo dejame_tranquila
        dejadme_tranquilo dejadme_tranquila me_dejen_tranquilo me_dejen_tranquila dejen_en_paz dejenme_vivir
        me_deje_en_paz me_deje_tranquila me_deje_tranquilo dejennos_tranquilos degenme_en_paz dejenme_empaz
        dejen_de_dar_la_lata dejen_de_romper olvidense_de_mi olvidese_de_mi olvidate_de_mi olvidaos_de_mi olvidenme
        olvidenos se_olviden_de_mi olvidense_de_este_numero olvidense_de_mi_numero olvidense_de_nosotros
        olviden_que_existo olvidense_de_que_existo olvidense_que_existo de_cuenta_que_no_existo
        ni_se_les_ocurra_llamar ni_se_os_ocurra_llamar ni_se_te_ocurra_llamar ni_se_os_ocurra_volver
        ni_se_les_ocurra_volver olvidaos_de_este_numero olvidate_de_este_numero olvidese_de_este_numero
        olvidese_de_llamar olvidense_de_llamar olvidate_de_llamar olvidese_de_llamarme olvidense_de_llamarme
        """,
    "YOU": "ustedes vosotros uds usted ud vds ti vuestro vuestra su sus ustds ustede",
    "COURTEOUS": "por_favor porfavor xfa xfavor porfa porfis plis pls please gracias mil_gracias muchas_gracias ya",
    "BUT": """
        quiero me_interesa nos_interesa estoy_interesado estoy_interesada tengo gracias voy_a vamos_a soy conozco es
        vive necesito necesitamos no sigan insistan por_favor dispongo compro puedo ha_sido hay queremos deseo kiero
        qiero quero quiere me_interesan
        """,
    "NONO": "no no_que_no no_no no_no_que_no que_no que_no_que_no no_es_que_no",
    "HELLO": "hola buenas buenas_tardes buenos_dias buen_dia buenas_noches",
    "SAID": """
        dije dijimos pedi pedimos he_dicho hemos_dicho he_pedido hemos_pedido he_pedio habia_dicho dicho quise_decir
        solicite quiero_decir
        """,
    # Words about the past or somebody else, known here so that they are no misspelling of an order.
    "STATED": """
        llamenme llameme llamame escribeme escribame escribanme hableme hablenme marqueme marcame mandeme mandame
        mandenme enviame envieme envienme llamadme llamo llamas llama llaman llamaron llamaste llamado llamare
        llamar marco marca marcan marcas marcaron escribe escribes escriben escribio escribieron manda mandas mandan
        mando mandaron mandado envio envia envias envian enviaron enviado contacto contacta contactan contactaron
        hablo habla hablas hablan hablaron borro borraron borraste elimino eliminaron quito quitaron saco sacaron
        retiraron dejo dejaron dejan dejas molesta molestan molesto busco busca buscan cancele insiste insisten
        vuelve vuelven volvieron sigue siguen lleva llegan llego pidieron queria querian puedo pueden tiempo bajo
        salida parada recibi recibo recibido recibimos recibio recibieron preguntan pregunto pregunta preguntar
        """,
    "CALLS_ME": "llaman llamas llama yaman yama marcan marcas escriben mandan envian molestan hablas",
    "DOOR": "timbre puerta interfono interfon fijo portero telefonillo camarero mesero recepcion",
    "HARASS": "acoso acosando hostigamiento hostigando acosadores acosar abuso",
    "REPORT": """
        denunciar denunciarlos denunciare demandar demandarlos demandare denuncio demando reportar reportarlos
        profeco indecopi consumidor ocu facua aepd sernac bloquear bloquearlos bloqueo reporto condusef
        """,
    "CAN": """
        pueden puede podrian podria podeis puedes podriais pudieran pudieras quiero quisiera gustaria van_a vais_a
        """,
    "USE": """
        usen use useis usar utilicen utilice utilizar traten tratar cedan guarden guarde conserven conserve almacenen
        vendan
        """,
    "DROP_IT": """
        borrenlo borrelo borralo borradlo eliminenlo eliminelo eliminalo eliminadlo quitenlo quitelo quitalo quitadlo
        saquenlo suprimanlo retirenlo borrenlos eliminenlos borrarlo eliminarlo quitarlo eliminan borran
        """,
    "AFTER": """
        a al por q que porque xq y ni o por_favor gracias porfa xfa pues estoy tengo ya voy no soy si nunca jamas nada
        que_ya a_este en
        """,
    "KIN": """
        esposa esposo marido mujer madre padre hijo hija mama papa hermano hermana jefe trabajo oficina vecina vecino
        """,
    "NUISANCE": """
        lata brasa chapa tabarra vara conazo murga turra
        """,
    "DROPPED": """
        retirado retirada retirados eliminado eliminada eliminados borrado borrada borrados quitado suprimido
        suprimidos excluido removido dado_de_baja
        """,
    "GLUED": """
        nomellamen nomellame nomellames nomellameis nomeyamen yanomellamen nomellamenmas nomeescriban nomemolesten
        dejendellamar dejendellamarme nomasllamadas nomasmensajes nomandenmas nomellamesmas
        """,
    "SLIPS": """
        stpo sotp stopp tsop stp stoip stopt sstop sotop stoo stoop vaja bja baaj baga abja bjaa bajja bakja bajs
        vajja baja_ya albto latop slair sailr cancelr
        """,
    "CALL2": """
        marque marques marquen marqueis marqen marken hable hables hablen hableis able ablen busque busques busquen
        busqueis insista insistas insistan insistais timbre timbren repique
        """,
    "THINGS": """
        tarjeta linea internet contrato luz gas seguro poliza fibra gimnasio tele cable plan paquete coche cuenta
        """,
}
