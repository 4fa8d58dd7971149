"""
Refusals in Spanish.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="es",
    sets={
        "NO": "no nunca jamas ya_no nunca_mas no_no nomas",
        "ME": "me nos",
        "THEM": "la lo le les las los",
        "Q": "que q ke k qe",
        "MORE": "mas nunca jamas mass ms",
        # Do (not) call or write: subjunctives, which serve as polite orders, with the spellings of those who hear them.
        "CALL": """
            llame llames llamen llameis llamemos yame yames yamen yameis llmen llamn lame lamen marque marques marquen
            marqueis marqen marken telefonee telefonees telefoneen telefoneeis hable hables hablen hableis able ablen
            contacte contactes contacten contacteis escriba escribas escriban escribais escriva escrivan escribam
            moleste molestes molesten molesteis fastidie fastidies fastidien fastidieis joda jodas jodan jodais acose
            acosen acoseis chingue chinguen busque busques busquen busqueis persigan timbre timbren repique insista
            insistas insistan insistais atosiguen bombardeen whatsappeen mensajeen textee texteen wasapeen incordien
            incordieis agobien hinchen rompan
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
            """,
        "TO_SEND": """
            mandar mandarme mandarnos enviar enviarme enviarnos embiar embiarme enbiar remitir remitirme ofrecer
            ofrecerme ofrecernos hacer hacerme mandr mandarm
            """,
        "CALLING": """
            llamando llamandome yamando marcando marcandome escribiendo escribiendome molestando molestandome
            contactando mandando mandandome enviando enviandome insistiendo hablando hablandome jodiendo fastidiando
            acosando ofreciendo telefoneando bombardeando insistiendome llamandonos
            """,
        "CALLED": """
            llamara llamaras llamaran llamarais llamasen llamase yamaran marcaran marcara escribieran escribiera
            contactaran contactara molestaran molestara mandaran mandara enviaran enviara hablaran insistieran
            """,
        "STOP": """
            dejaran dejara dejasen dejase dejen deje deja dejad dejes dejenn dejar dejenme dejeis degen dejn pare paren
            parad parar pares paran parenle cese cesen cesad cesar detenganse eviten evite evitad evitar terminen acaben
            dejense dejate dejaos absten* abstengase abstenganse
            """,
        "HALT": """
            paren pare parad parar basta cesen cese cesar detener detengan detenga detened eviten evite evitar suspendan
            suspender suspenda cancelen cancele cancelad cancelar anulen anular eliminen eliminar desactiven desactivar
            desactive corten corte cortad frenen terminen quiten quitar quite retiren bloqueen prohibo alto_a alto_con
            ya_esta_bien_de estoy_harto_de_sus
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
            merece_la_pena tiene_caso pierdan_el_tiempo
            """,
        "DROP": """
            borraran borrara sacaran sacara quitaran eliminaran retiraran borre borren borra borrad borrar borres
            borreis boren elimine eliminen elimina eliminad eliminar elimineis quite quiten quita quitad quitar quiteis
            qiten kiten quitenn saque saquen saca sacad sacar saqueis saken retire retiren retira retirad retirar
            retireis suprima suprime suprimen supriman suprimir suprimid remueva remuevan remover excluya excluyan
            excluir tache tachen desvinculen desvincular olviden olvidad olvida olvidar pierda pierdan perded cancelen
            tiren destruyan
            """,
        "DROP_ME": """
            borreme borrenme borrame borradme borrarme borrenos borrennos elimineme eliminenme eliminame eliminadme
            eliminarme quiteme quitenme quitame quitadme quitarme qitenme quitennos saqueme saquenme sacame sacadme
            sacarme sakenme saquennos sacarnos retireme retirenme retirarme retirame suprimanme remuevanme removerme
            remueveme excluyanme excluirme desapuntenme desapuntame desapuntarme desapuntadme tachenme borrarnos salirme
            salir desinscribirme desinscribanme
            """,
        "MY": "mi mis este el ese nuestro nuestros nuestra a_mi_el al",
        "NUMBER": """
            numero numeros nunero nro num numro telefono telefonos tel telf tlf tfno celular cel movil datos contacto
            correo mail email whatsapp numerito nombre_y_numero informacion_personal perfil_de_contacto
            """,
        "LIST": """
            lista listas listado base bases bbdd bdd registro registros sistema agenda grupo directorio fichero ficheros
            mailing newsletter boletin difusion suscripcion distribucion padron contactos archivo archivos campana
            campanas envios crm
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
            cancelacion_de_suscripcion
            """,
        "PEACE": """
            dejenme_en_paz dejeme_en_paz dejame_en_paz dejadme_en_paz dejennos_en_paz me_dejen_en_paz me_dejeis_en_paz
            dejenme_tranquilo dejenme_tranquila dejeme_tranquilo dejeme_tranquila dejame_tranquilo dejame_tranquila
            dejadme_tranquilo dejadme_tranquila me_dejen_tranquilo me_dejen_tranquila dejen_en_paz dejenme_vivir
            me_deje_en_paz me_deje_tranquila me_deje_tranquilo dejennos_tranquilos degenme_en_paz dejenme_empaz
            dejen_de_dar_la_lata dejen_de_romper olvidense_de_mi olvidese_de_mi olvidate_de_mi olvidaos_de_mi olvidenme
            olvidenos se_olviden_de_mi olvidense_de_este_numero olvidense_de_mi_numero olvidense_de_nosotros
            """,
        "YOU": "ustedes vosotros uds usted ud vds ti vuestro vuestra su sus ustds ustede",
        "COURTEOUS": "por_favor porfavor xfa xfavor porfa porfis plis pls please gracias mil_gracias muchas_gracias ya",
        "BUT": """
            quiero me_interesa nos_interesa estoy_interesado estoy_interesada tengo gracias voy_a vamos_a soy conozco es
            vive necesito necesitamos no sigan insistan por_favor dispongo compro puedo ha_sido hay queremos deseo
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
            salida parada
            """,
        "CALLS_ME": "llaman llamas llama yaman yama marcan marcas escriben mandan envian molestan hablas",
        "DOOR": "timbre puerta interfono interfon fijo portero telefonillo camarero mesero recepcion",
        "HARASS": "acoso acosando hostigamiento hostigando acosadores acosar abuso",
        "REPORT": """
            denunciar denunciarlos denunciare demandar demandarlos demandare denuncio demando reportar reportarlos
            profeco indecopi consumidor ocu facua aepd sernac bloquear bloquearlos bloqueo reporto condusef
            """,
    },
    refusals=(
        "NONO BUT ~ NO MORE? ME? CALL MORE?",
        "NONO BUT ~ STOP de TO_CALL",
        "NONO BUT ~ DROP_ME ~ LIST|ahi|esto|aqui",
        "NONO BUT ~ ME DROP ~ LIST|ahi|esto",
        "NONO BUT ~ DROP MY NUMBER",
        "NONO BUT ~ UNSUBSCRIBE|PEACE",
        "NONO BUT ~ NO MORE? AGAIN|ME AGAIN|a TO_CALL|a TO_CALL?",
        # No calls.
        "NO MORE? ME? CALL",
        "NO MORE? THEM CALL MORE",
        "no se? ME? AGAIN a TO_CALL",
        "no se? ME? AGAIN a TO_SEND ~ CALLS|nada|MORE|cosas",
        "no ME? AGAIN a CALL",
        "no THEM AGAIN a TO_CALL",
        "NO ME? KEEP CALLING",
        "NO CONTACT",
        "no MORE? ME? SEND MORE|nada|CALLS",
        "no ME? SEND ~ CALLS",
        "no ME? SEND MORE|nada",
        "NO TO_CALL MORE",
        "NO me? CALLS_ME MORE",
        "NO MORE TO_CALL",
        "^ no TO_CALL",
        "favor ~ de|d no ME? TO_CALL",
        "NO TO_SEND MORE? CALLS",
        "SAID Q no ME? CALLED",
        "SAID Q no THEM? CALLED MORE",
        "Q no ME? CALLED MORE",
        "Q nadie ME? CALL MORE",
        # Stop it.
        "STOP ya? de|d TO_CALL",
        "STOP ya? de|d TO_SEND ~ CALLS|cosas|MORE|tanto|tanta",
        "STOP ya? de|d mandarme|enviarme|embiarme|mandarnos",
        "STOP de? estar? CALLING",
        "para|paren|pare|parad ya? de|d TO_CALL",
        "para|paren|pare|parad ya? de|d TO_SEND ~ CALLS|cosas|tanto",
        "eviten|evite|evitad TO_CALL",
        "eviten|evite|evitad TO_SEND ~ CALLS|nada",
        "absten* ~ TO_CALL|TO_SEND",
        "prohibo|prohibido ~ TO_CALL|CALL",
        "ENOUGH ya? de|d|con ~ TO_CALL|CALLS",
        "HALT ya? con|de|d|el|la|los|las|sus|tus|esas|esos|estos|estas|tantas|tantos|tanta ~ CALLS",
        "HALT CALLS",
        "cancelen|suspendan|detengan|paren el envio de ~ CALLS",
        # No more of it.
        "NO MORE CALLS",
        "ni una? un? CALLS MORE",
        "ni MORE CALLS",
        "nada|cero de? CALLS",
        "^ por? CALLS no ~ si|solo|mejor|por|porfa|gracias|whatsapp",
        "^ CALLS no $",
        "^ sin CALLS COURTEOUS? $",
        "NO WANT MORE? ~ CALLS",
        "ya NO WANT ~ CALLS",
        "NO WANT MORE? RECEIVE ~ CALLS|nada|MORE",
        "NO WANT Q ~ CALL|CALLED|AGAIN|CALLING",
        "NO WANT Q ME ~ SEND ~ CALLS|nada|MORE|cosas",
        "NO WANT Q ME? KEEP CALLING",
        "NO WANT Q ME? AGAIN a TO_CALL|TO_SEND",
        "NO WANT ser? contactado|contactada|molestado|molestada|llamado|llamada",
        "NO WANT ningun|ninguna ~ CALLS|contacto|comunicacion",
        "NO WANT tener? MORE contacto",
        "NO WANT saber ~ de YOU",
        "NO WANT saber MORE",
        "NO WANT estar|seguir|figurar|aparecer|pertenecer en|a|suscrito|suscrita ~ LIST",
        "NO WANT seguir|estar suscrito|suscrita",
        "prefiero|preferiria no RECEIVE ~ CALLS",
        "prefiero|preferiria Q no ME? CALL",
        "prefiero|preferiria NO RECEIVE MORE",
        "no RECEIVE MORE ~ CALLS",
        "dejar de RECEIVE ~ CALLS",
        "ser|sea eliminado|eliminada|retirado|retirada|borrado|borrada|excluido|excluida|removido ~ LIST",
        "WANT|ASK no RECEIVE MORE",
        "NO NEED Q? ME? KEEP|AGAIN ~ CALLING|TO_CALL|TO_SEND",
        "NO NEED Q? ME? CALL|SEND|TO_CALL ~ MORE",
        "NO WANT ser parte ~ LIST",
        # Remove me.
        "DROP MY NUMBER",
        "DROP MY? todos|todo MY? NUMBER",
        "ME|mi DROP ~ de|del|d ~ LIST",
        "DROP_ME ~ de|del|d ~ LIST|esto|aqui|ahi",
        "^ DROP_ME COURTEOUS $",
        "^ COURTEOUS DROP_ME $",
        "borrenme|borrame|borreme|eliminenme|elimineme|desapuntenme|desapuntame ya|COURTEOUS",
        "ME borren|borre|borreis|eliminen|elimine|saquen|quiten|quite|saque de|del ~ LIST|ahi|esto",
        "ASK ~ ERASURE ~ MY ~ NUMBER",
        "ERASURE de MY NUMBER",
        "ERASURE ~ NUMBER|LIST ~ personales",
        "salir|salirme|salirnos de|del la? esta? su? LIST",
        "fuera de la|su|sus LIST",
        "UNSUBSCRIBE",
        "^ HELLO? baja COURTEOUS",
        "^ alto COURTEOUS $",
        "^ stpo|sotp|stopp|vaja|bja|baaj|baga $",
        # I take my consent back.
        "REVOKE ~ CONSENT",
        "no ~ doy|dado|di|tienen|tiene|teneis|tienes ~ CONSENT ~ TO_CALL|TO_SEND|Q|usar|tratar|contacto",
        "NO autorizo|autorice|autorizamos|consiento ~ TO_CALL|CALL|TO_SEND|SEND|CALLS|uso|tratamiento|usar",
        "me opongo ~ CALLS|RECEIVE|tratamiento|NUMBER|Q|TO_CALL",
        "ejerzo|ejercer|ejercito|ejercicio ~ derecho|derechos ~ ERASURE|arco|al",
        "derecho de|al|a ERASURE",
        # Leave me in peace.
        "PEACE",
        "^ no MORE $",
        "no insistan|insista|insistas|insistais MORE",
    ),
    doubtful=(
        "ni ME? CALL",
        "NO NEED Q? ME? CALL|TO_CALL",
        "^ dejenme|dejeme ya? $",
        "dejen|dejenme|denme|dejadme|deje|dame ~ sin TO_CALL|CALLS|contacto",
        "sin TO_CALL hasta|durante|por",
        "no WANT|interesa nada",
        "NO WANT saber nada",
        "no ME interesa",
        "no estoy|estamos interesado|interesada|interesados",
        "^ no muchas? gracias $",
        "ya? ME? tienen|teneis hart*",
        "hart*|cansad*|podrid* ~ CALLS|YOU|Q|de",
        "estoy hart*|cansad*",
        "estoy hasta ~ CALLS|narices|huevos|cojones|coronilla|madre|gorro",
        "quien|quienes ~ dio|dado|paso|facilito|pasado ~ NUMBER",
        "como|donde ~ consiguieron|consiguio|obtuvieron|tienen|sacaron|obtuvo|teneis ~ NUMBER",
        "HARASS",
        "voy|vamos a? REPORT",
        "los|les|os voy ~ REPORT",
        "los|les|os|la denuncio|demando|reporto|demandare|denunciare",
        "se equivoc*|confund*",
        "se han equivocado|confundido",
        "numero equivocado|incorrecto",
        "equivocado|equivocada de numero|persona|telefono",
        "no soy|conozco esa|ese|el|la ~ persona|senor|senora",
        "este NUMBER ~ no es|pertenece|corresponde|menor",
        "este|ese NUMBER es de|del ~ mi|otra|otro|un|una",
        "que pesados|pesado|pesadez|pesada|cansinos|cansino|cansones|plastas|insistentes|fastidio|hartazgo",
        "vete|vayanse|vayase|iros|idos ~ mierda|carajo|diablo|infierno|porra|chingada",
        "a la mierda|chingada|verga",
        "otra vez YOU",
        "para|paren|pare|parad ya ~ eso|esto|favor",
        "ya basta",
        "ya ~ dije Q no",
        "no insistan|insista|insistas|insistais",
        "es una? estafa|fraude|timo",
        "^ dejen|deje|dejad COURTEOUS $",
        "lista robinson",
        "sigan|siguen|sigue|siguen|sigues CALLING",
    ),
    innocent=(
        # Lest they stop.
        "no WANT Q ~ STOP ~ TO_CALL|CALLS_ME",
        "no STOP ~ TO_CALL|TO_SEND|CALLING|RECEIVE ~ CALLS",
        "no STOP ~ TO_CALL|TO_SEND|CALLING|RECEIVE",
        "no WANT|SAID Q? ME? STOP|UNSUBSCRIBE|DROP_ME|baja|DROP|cancelar|salir ~ CALLS|LIST|NUMBER",
        "no WANT|SAID Q? ME? STOP|UNSUBSCRIBE|DROP_ME|baja|DROP ~ TO_CALL|TO_SEND ~ CALLS",
        "no WANT|SAID Q? ME? STOP|UNSUBSCRIBE|DROP_ME|baja|salir|cancelar|parar",
        "no ME DROP ~ NUMBER|LIST",
        "no ME DROP",
        "no ME den|de|des|deis de baja",
        "no DROP ~ NUMBER|LIST",
        "no WANT perder|perderme|perdernos ~ CALLS",
        "no WANT dejar de RECEIVE ~ CALLS",
        "no WANT dejar de RECEIVE",
        "no|nunca|jamas ~ SAID|dijo ~ Q no ME|THEM? CALLED|CALL ~ MORE",
        "no|nunca|jamas ~ SAID|dijo ~ Q no ME|THEM? CALLED|CALL",
        "no es Q no ~ CALL|CALLED",
        "vecino|vecina|amigo|amiga|hermano|hermana ~ dijo|pidio ~ no ME|THEM? CALLED|CALL MORE?",
        "posible|ser|molesta|increible|raro|extrana|normal|entiendo|vergonzoso|mal|pena Q no|nadie ME? CALL|SEND",
        "no CALL|CALLS_ME|TO_CALL ~ DOOR",
        "no ME CALL ~ DOOR",
        "no ME? CALL ~ todavia|aun",
        "todavia|aun no ME? CALL",
        "no ME CALL ~ a este ~ sino|mejor",
        "dejenme|dejadme|dejeme|dejame como|ser|saber|ver|pensarlo|pensar",
        "baja|dado|sin|darle|di ~ sin querer",
        "le|di|pulse|puse|mande|envie a? baja ~ sin|error|equivocacion|accidente",
        "no WANT|queria UNSUBSCRIBE",
        "no|nunca ~ pedi|pedido|solicite|queria ~ baja",
        "por que|q ~ baja|borraron|eliminaron|quitaron",
        "responda|responde|responder|respondan|conteste|poner|pone|dice|escriba baja ~ no RECEIVE|TO_CALL MORE? CALLS",
        "responda|responde|responder|escriba|pone|dice baja ~ no RECEIVE MORE",
        "responda|responde|responder|escriba|pone|dice baja",
        "darme|dar|quiero|volver a? darme|dar? de? alta",
        # Other senses.
        "de|la|por|mi|con|una baja medica|laboral|maternal|maternidad|paternidad|temporal|voluntaria|por|paternal",
        "estoy|esta|estaba|estuve|sigo de baja",
        "planta|temporada|tension|presion|bateria|voz|cama|mesa|parte|gama|talla|estatura|luz|senal|llama|zona baja",
        "baja|bajo|mala calidad|temperatura|presion|tension|velocidad|resolucion|frecuencia",
        "muy|mas|es|esta|sale|va|ha|tan|se|me|le|que|cuando|si|no baja",
        "WANT? dar|doy|den|dado|darme|darse de baja el|la|los|las|un|una|mi|del|al ~ linea|internet|contrato|luz",
        "WANT? dar|doy|den|dado|darme de baja ~ gas|tarjeta|poliza|seguro|fibra|gimnasio|tele|cable|plan|paquete",
        "DROP|ME ~ LIST de NOT_THIS_LIST",
        "DROP_ME ~ LIST de NOT_THIS_LIST",
        "DROP ~ NUMBER ~ anterior|viejo|antiguo|pongan|agreguen|nuevo|pon|anoten|guarden|apunten",
        "DROP ~ numero|datos de tarjeta|cuenta|pedido|la|mi ~ tarjeta|factura|cuenta|pedido|envio",
        "HALT ~ CALLS de voz|bienvenida|contestador|buzon",
        "llegado|llego|llega|recibido|se|entiendo|encuentro nada de CALLS",
        "no queda|quedan|hay|habra|tienen|tienes|teneis ~ MORE CALLS",
        "no es acoso",
        "no WANT MORE el|la|ese|esa|este|esta|los|las pedido|producto|cita|servicio|compra|reserva|entradas",
        "ya? no WANT el|la|ese pedido|producto|cita|servicio|compra",
        "retiro|retirar|retirada ~ CONSENT de conducir|obra|circulacion",
        "cancelar|cancelen|anular|anulen|quitar|quiten la|el|esa|ese oferta|promocion|promo ~ pedido|carrito|compra",
    ),
    negators="no nunca jamas tampoco nadie como_puedo como_hago como_me como_se como_podria como_podemos",
    times="""
        las_siete las_ocho las_nueve las_diez las_seis las_cinco
        hoy manana esta_semana la_semana una_semana dos_semanas proxima_semana semanas este_mes un_mes dos_meses
        tres_meses dias un_rato dos_horas tres_horas unas_horas proximas por_ahora ahorita ahora_no lunes martes
        miercoles jueves viernes sabado sabados domingo domingos finde fin_de_semana hasta_el hasta_la hasta_las
        hasta_que hasta_manana mientras durante entre_las antes_de despues_de a_partir_de_las cuando por_la_tarde
        por_las_tardes de_noche por_la_noche por_las_noches por_el_momento de_momento todavia vacaciones este_ano un_ano
        salvo excepto a_menos_que
        """,
    parts="""
        promo* publicidad propaganda ofert* marketing descuent* campan* catalogo* rebajas novedades anuncios boletin*
    """,
)
