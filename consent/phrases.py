"""
Refusals in people's own words, as data.

Usage of native speakers, to be reviewed by one of each language.  In a phrase, ``a|b`` is either word, ``word?`` may be
missing, and ``_`` joins two words into one choice.  Capitals, accents and punctuation do not matter.
"""

from collections.abc import Mapping

# Said anywhere in a message, each of these is a clear refusal of further calls.
PHRASES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "cease and desist",
        "stop|quit|cease calling|phoning|ringing|contacting|bothering|harassing|disturbing me|us",
        "stop|end|cancel all|the|these|those|your|my? marketing|sales? calls",
        "stop with the calls",
        "do_not|dont ever? call|phone|ring|contact|bother|disturb|harass me|us|this_number|my_number|again|anymore",
        "do_not|dont ever? call|phone|contact back",
        "do_not_call|dont_call me|us? list|please|anymore|again",
        "never ever? call|phone|ring|contact again|anymore",
        "never ever? call|phone|ring|contact me|us|this_number|my_number again|anymore",
        "remove|delete|erase|lose me|us|my_number|my_phone|my_name|my_contact|this_number",
        "unsubscribe me|us|my_number|please|from",
        "want|like|wish to unsubscribe|opt_out|be_removed|stop_receiving_calls",
        "opt me|us out",
        "i opt|am_opting out",
        "im opting out",
        "no more phone|sales|marketing? calls|contact|calling",
        "no calls please|anymore|ever",
        "revoke|withdraw|revoking|withdrawing my consent|permission|authorization|authorisation",
        (
            "do_not|dont|not|never want|wish|need to? receive|get|have? any? more|further? of_your|your|these|"
            "marketing|"
            "sales? "
            "calls"
        ),
        "do_not|dont|not|never want|wish you|anyone|anybody to? call|calling|contact|contacting|phone|ring",
        "do_not|dont|not|no_longer|never want|wish to be called|contacted|phoned|disturbed",
        "no longer want|wish to receive? any? calls",
        "lose my number",
    ),
    "es": (
        "no me llamara|llamaras|llamaran|llamasen mas?",
        "no llamarme|llamarnos|contactarme|contactarnos|molestarme|molestarnos mas?",
        "no quiero|deseo seguir recibiendo mas? llamadas",
        "basta ya? de llamadas|llamar|llamarme|llamarnos",
        "me borren|quiten|saquen|eliminen|retiren de|del",
        "quitar|borrar|eliminar|retirar|saquen|retiren|retire mi numero|telefono|contacto|movil|celular",
        "borre|borren|borra|borrar|elimine|eliminen|elimina|eliminar mis datos",
        "no me llame|llames|llamen|llameis|contacte|contactes|contacten|moleste|molestes|molesten mas|nunca|jamas?",
        "no nos llame|llames|llamen|contacten|molesten mas|nunca?",
        "no me vuelva|vuelvas|vuelvan|volvais a llamar|contactar|molestar",
        "no vuelva|vuelvas|vuelvan|volvais a llamarme|llamarnos|llamar|contactarme|molestarme",
        "no llame|llames|llamen|llamar mas|nunca",
        "nunca|jamas mas? me llame|llames|llamen|contacten",
        (
            "deje|deja|dejen|dejad|dejar|pare|paren|para|parad de llamarme|llamarnos|llamar|contactarme|molestarme|"
            "molestar"
        ),
        "no quiero|deseo mas? llamadas",
        "no quiero|deseo recibir mas? llamadas",
        "no quiero|deseo que me|nos llame|llames|llamen|llameis|contacten|molesten mas?",
        "no quiero|deseo que me vuelva|vuelvas|vuelvan a llamar|contactar|molestar",
        "no quiero|deseo ser contactado|contactada|llamado|llamada|molestado|molestada",
        "quiero|deseo dejar de recibir llamadas",
        "no mas llamadas",
        "ni una llamada mas",
        "quiero|quisiera|deseo|solicito|pido|necesito|queria|querria darme de baja",
        "me quiero|gustaria|quisiera dar de baja",
        "me gustaria darme de baja",
        "quiero|solicito|pido|tramiten la|mi? baja",
        "deme|dame|denme|dadme|denos|desme de baja",
        "me de|den|des|deis|da|dan de baja",
        "quitenme|quiteme|quitame|saquenme|saqueme|sacame|borrenme|borreme|borrame|eliminenme|elimineme|eliminame de",
        "borre|borren|borra|elimine|eliminen|elimina|quite|quiten|quita mi numero|telefono|contacto|movil|celular",
        "revoco|retiro mi? consentimiento|permiso|autorizacion",
        "dejenme|dejeme|dejame|dejadme en_paz|tranquilo|tranquila",
        "cancele|cancelen|cancela las|sus|todas_las llamadas",
        "no autorizo|consiento|acepto mas? llamadas",
        "no autorizo|consiento que me llamen|contacten",
        "desuscribanme|desuscribeme|desuscribame|desapuntame|desapuntenme",
        "quiero|quisiera desuscribirme|desapuntarme",
    ),
    "pt": (
        "nao me ligue|ligues|liguem|ligar|chame|chamem|contate|contatem|contacte|contactem|telefone|telefonem mais?",
        "nao me incomode|incomodem|perturbe|perturbem|procure|procurem mais?",
        "nao ligue|liguem|telefone|telefonem mais|novamente|nunca_mais|para_mim|pra_mim",
        "nunca mais me? ligue|liguem",
        "pare|parem|para|parar de me? ligar|telefonar|contactar|contatar|incomodar|perturbar",
        "deixe|deixem|deixa de me? ligar|telefonar|contactar|incomodar",
        "nao quero|desejo mais? receber? mais|as|suas? ligacoes|chamadas|telefonemas|ligacao",
        "nao quero|desejo que me? liguem|ligue|telefonem|contactem|contatem",
        "nao quero|desejo mais? ser contactado|contactada|contatado|contatada|incomodado|incomodada",
        "chega de ligacoes|ligar|telefonemas",
        (
            "tire|tirem|tira|remova|removam|retire|retirem|exclua|excluam|apague|apaguem meu|o_meu numero|contato|"
            "contacto|"
            "telefone|nome|cadastro"
        ),
        "me tire|tirem|tira|remova|removam|retire|retirem|exclua|excluam da|de|dessa|desta",
        "tire|tirem|remova|removam|retire|retirem|exclua|excluam me da|de|dessa|desta",
        "quero sair da|desta|dessa lista",
        "quero me? descadastrar|descadastramento",
        "me descadastre|descadastra|descadastrem|desinscreva",
        "cancele|cancelem|cancelar a? minha inscricao|assinatura_de_mensagens",
        "me deixe|deixem|deixa em paz",
        "deixe|deixem me em paz",
        "revogo|retiro o|a? meu|minha? consentimento|autorizacao|permissao",
    ),
    "fr": (
        (
            "je? ne? souhaite|veux|desire|voudrais plus|pas etre appele|appelee|contacte|contactee|derange|derangee|"
            "demarche|demarchee"
        ),
        "ne plus|pas|jamais m_appeler|me_contacter|me_rappeler|me_telephoner|me_deranger",
        "ne? plus etre appele|appelee|contacte|contactee|derange|derangee|demarche|demarchee",
        "ne? plus recevoir d|de|vos|des|de_vos? appel|appels",
        (
            "arretez|arrete|arreter|cessez|cesser|stoppez|stop de m_appeler|me_contacter|me_telephoner|me_rappeler|"
            "me_deranger|me_harceler|nous_appeler"
        ),
        "arretez|cessez|stoppez|arreter|stop les|vos|ces|tous_les|tous_vos appels",
        "stop aux appels",
        "l? arret des|de_vos|de_tous_les appels",
        "plus d appel|appels",
        "plus aucun|jamais_d appel|appels",
        "je ne? veux|souhaite|desire plus|pas d|de|vos|de_vos|recevoir_d|recevoir_de|recevoir_vos appel|appels",
        "je ne? veux|souhaite plus|pas que vous m_appeliez|me_contactiez|me_rappeliez",
        (
            "retirez|retire|enlevez|enleve|supprimez|supprime|effacez|efface|rayez|radiez moi|mon_numero|"
            "mon_telephone|"
            "mon_nom|"
            "mes_coordonnees"
        ),
        "desinscrivez|desinscris|desabonnez|desabonne moi|nous",
        "veux|voudrais|souhaite|demande a|de? me desabonner|desinscrire",
        "je? retire|revoque mon consentement|accord|autorisation",
        "laissez|laisse nous tranquille|tranquilles",
    ),
    "de": (
        "löschen|entfernen sie bitte? meine daten",
        "lösch|lösche|löscht bitte? meine daten",
        "hören|hör|hört sie? bitte? auf mich|uns? bitte? anzurufen|zu_kontaktieren|zu_belästigen",
        "will|möchte|wünsche keine|keinerlei anrufe|werbeanrufe|telefonwerbung",
        "keine werbeanrufe|telefonwerbung mehr?",
        "widerrufe hiermit? meine|die? einwilligung|zustimmung|erlaubnis",
        "ziehe meine einwilligung|zustimmung zurück",
        "streichen|löschen|entfernen|nehmen sie bitte? mich|meine_nummer|meine_telefonnummer|meinen_namen",
        "lösch|lösche|löscht|streich|streicht bitte? mich|meine_nummer|meine_telefonnummer",
        "nimm|nehmt mich bitte? von|aus der|eurer|deiner liste",
        "melden|melde|meldet|tragen|trag|tragt sie? mich bitte? ab|aus",
        "will|möchte|würde mich bitte|gerne? abmelden|austragen",
        "lassen|lasst|lass sie? mich|uns bitte? in ruhe|frieden",
    ),
    "it": (
        "voglio|vorrei|desidero essere cancellato|cancellata|rimosso|rimossa|disiscritto|disiscritta",
        (
            "smetta|smettete|smettetela|smettila|smettere|smettano|finitela di chiamarmi|chiamare|contattarmi|"
            "telefonarmi|"
            "disturbarmi|telefonare"
        ),
        "non voglio|desidero piu? ricevere|altre? piu? chiamate|telefonate",
        "non voglio|desidero piu? essere piu? chiamato|chiamata|contattato|contattata|disturbato|disturbata",
        "non voglio|desidero piu? che mi chiamiate|chiamino|contattiate|contattino",
        "basta|stop con_le|alle|con_queste? chiamate|telefonate",
        "basta|stop chiamarmi|telefonarmi",
        "mai piu chiamate|telefonate|chiamarmi",
        (
            "toglietemi|toglimi|cancellatemi|cancellami|rimuovetemi|rimuovimi|eliminatemi|depennatemi da|dal|dalla|"
            "dalle|"
            "dai"
        ),
        "mi tolga|cancelli|rimuova|elimini|depenni|disiscriva da|dal|dalla|dalle|dai",
        (
            "cancellate|cancelli|cancella|rimuovete|rimuova|eliminate|elimini|togliete|tolga il? mio numero|contatto|"
            "nominativo"
        ),
        "revoco|ritiro il? mio? consenso|autorizzazione",
        "mi lasci|lasciate in pace",
        "lasciatemi|lasciami in_pace|stare",
        "voglio|vorrei|desidero disiscrivermi|cancellarmi",
        "mi voglio disiscrivere|cancellare",
        "disiscrivetemi|disiscrivimi",
    ),
}

# Possibly a refusal, possibly not: about messages rather than calls, about the offer, or from whoever has the number
# now.
HINTS: tuple[str, ...] = (
    "do_not|dont ever? message|text|write|email|spam|whatsapp me|us|again|anymore",
    "no more messages|texts|spam|whatsapps",
    "never call|contact me|us|this_number",
    "no more",
    "spam",
    "i want out",
    "fuck|piss off",
    "go away",
    "borrame|borreme|borrenme|quitame|quiteme|quitenme|sacame|saqueme|saquenme|eliminame|elimineme|eliminenme",
    "dejame|dejeme|dejenme",
    "vete|vayanse a la mierda",
    "lache|lachez moi|nous",
    "ich|hiermit kündige",
    "verpiss|verpisst dich|euch",
    "vaffanculo",
    "vai se foder",
    "not interested",
    "wrong number",
    "who gave you my number",
    "no me escriba|escribas|escriban|manden|mande|envien|envie mas?",
    "no quiero|deseo recibir? mas? mensajes|publicidad|promociones|spam|nada|informacion",
    "deje|deja|dejen de escribirme|escribir|mandarme|enviarme|mandar|enviar|joder",
    "no|sin llamadas",
    "no me interesa|interesan",
    "no estoy interesado|interesada",
    "numero equivocado|incorrecto|errado|errato|sbagliato",
    "se equivoca|equivocan|ha_equivocado|han_equivocado de numero",
    "nao me mande|mandem|envie|enviem|escreva|escrevam mais?",
    "nao quero mais? receber? mais? mensagens|publicidade|propaganda|nada|promocoes",
    "nao tenho interesse",
    "nao estou interessado|interessada",
    "sem ligacoes",
    "ne? m_ecrivez|m_envoyez plus|pas|jamais",
    "plus de messages|pub|publicite|sms",
    "pas interesse|interessee",
    "mauvais|faux numero",
    "schreiben|schreibt|schreib sie? mir bitte? nicht|nie mehr?",
    "keine nachrichten|werbung",
    "kein interesse",
    "nicht interessiert",
    "falsche nummer",
    "falsch verbunden",
    "ich|hiermit widerrufe|widerspreche",
    "non mi scriva|scrivete|mandate|inviate piu?",
    "non scrivetemi|scrivermi|mandatemi piu?",
    "non mi interessa|interessano",
    "non sono interessato|interessata",
    "niente chiamate|messaggi|pubblicita",
)
