"""
Refusals in French.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="fr",
    sets={
        "NE": "ne n",
        "PLUS": "plus plu pu pus pas jamais jms pa point plus_jamais plus_du_tout pas_du_tout surtout_pas",
        "ME": "me m nous moi ns",
        # Orders and infinitives together, since they sound alike and are written for one another.
        "CALL": """
            appelez appelle appelles appeler apelez apeler apelle appellez appeller appelais appelait mappelez mappeler
            mappelle mapelez mapeler mapelle mappellez telephonez telephone telephoner telephonner contactez contacte
            contacter contactes recontactez recontacter recontacte rappelez rappelle rappeler rappeller rapelez rapeler
            rapeller sollicitez solliciter sollicite soliciter derangez deranger derange derangé harcelez harceler
            harcele importunez importuner importune ennuyez ennuyer embetez embeter emmerdez emmerder relancez relancer
            relance ecrivez ecris ecrire ecrivé textez texter demarchez demarcher joindre joignez spammez spammer bipez
            biper whatsappez saoulez saouler gonfler gonflez souler soulez bassiner casser_les faire_chier prospecter
            phoner phonez ecriver reecrire recrire rappelet contaquer contactez_nous achaler achalez bombarder bombardez
            derangee menvoyez menvoyer mecrire mecrivez insister_avec composer_mon
            """,
        "SUBJ": """
            appeliez appelle appellent appelles contactiez contacte contactent recontactiez recontacte rappeliez
            rappelle rappellent derangiez derange derangent telephoniez telephone telephonent ecriviez ecrive ecrivent
            envoyiez envoie envoient sollicitiez sollicite sollicitent harceliez harcele relanciez relance relancent
            appelez contactez rappelez embetiez embete importuniez demarche demarchiez appeler contacter rappeler
            """,
        "CALLED": """
            appele appelee appeles appelees contacte contactee contactes contactees recontacte recontactee recontactes
            derange derangee deranges demarche demarchee demarches sollicite sollicitee sollicites harcele harcelee
            rappele rappelee importune importunee relance relancee joint jointe apele apelee spamme embete embetee
            """,
        "SEND": "envoyez envoyer envoie envoies envoye mandez adressez adresser envoyé balancer proposer",
        "CALLS": """
            appel appels apels apel coups_de_fil coup_de_fil coups_de_telephone coup_de_telephone messages message msg
            msgs sms textos texto mails mail emails email e_mails courriels courriel courriers pub pubs publicite
            publicites spam spams demarchage demarchages sollicitation sollicitations relances relance newsletter
            newsletters offres offre promos promotions notifications prospection communications communication contact
            contacts alertes infolettre infolettres mesages messags telemarketing mailing mailings textes harcelement
            telephone rappels coups appels_commerciaux soldes sondages
            """,
        "STOP": """
            arretez arrete arreter cessez cesser cesse stoppez stopper stop stoppe arrettez aretez areter arettez
            arretes arretter arette arreté evitez eviter finissez halte arret abstenez_vous vous_abstenir s_abstenir
            finissez_avec stopez stoper cesses terminez suspendez suspendre
            """,
        "STOPS": "arretez arrete arreter cessez cesser stoppez stopper arrettez arretter aretez areter stop",
        "WANT": """
            jveux jveu jsouhaite jvoudrais j_veux chuis_d_accord veux veut veu voulons souhaite souhaitons souhaiterais
            desire desirons voudrais voudrait voulais aimerais aimerait accepte acceptons consens autorise autorisons
            tiens souhaites voudrions souaite veus prefere prefererais preferons
            """,
        "RECEIVE": "recevoir recevoire resevoir avoir recois reçoive voir revoir subir entendre etre_contacte",
        "DROP": """
            retirez retire retirer enlevez enleve enlever supprimez supprime supprimer suprimez suprimer suprime effacez
            efface effacer rayez raye rayer radiez radier radie otez ote oter sortez sors sortir virez vire virer
            detruisez detruire oubliez oublie oublier blacklistez bloquez jetez eliminez eliminer tirez desinscrivez
            desinscrire desabonnez desabonner desabonne desinscris retirez_svp barrez enlevé desincrivez desinscrivé
            enlevez_svp supprimez_svp exclure excluez
            """,
        "DROPPED": """
            retire retiree retires enleve enlevee supprime supprimee supprimes supprimees efface effacee effaces
            effacees raye rayee radie radiee desinscrit desinscrite desabonne desabonnee sorti sortie
            """,
        "LIST": """
            liste listes fichier fichiers base bases bdd repertoire systeme listing listings registre registres lsite
            list mailing diffusion groupe crm envois envoi newsletter prospects annuaire listes_de_diffusion
            """,
        "NOT_THIS_LIST": "attente invites courses mariage cadeaux priorite naissance prix envies souhaits participants",
        "MY": "mon mes ma ce nos notre mn cette le moi_le ces toutes_mes tous_mes",
        "NUMBER": """
            numero num numeros nmero nr tel telephone portable coordonnees nom donnees contact adresse fiche infos mail
            no tél numero_de_telephone informations traces
            """,
        "UNSUBSCRIBE": """
            desabonner desabonnez desabonne desabonnes desinscrire desinscrivez desinscris desabonnement desinscription
            desincrire desincription desabonement desaboner desabonez desabonnez_moi desinscripton
            """,
        "REVOKE": "retire revoque annule retirer revoquer annuler retirons revoquons retrait revocation retiré",
        "CONSENT": "consentement accord autorisation permission consentemment consentment",
        "PEACE": "tranquille tranquilles en_paix la_paix trankil tranquil tranquile le_camp vivre respirer",
        "LEAVE": """
            calissez crissez sacrez calisse laissez laisse fichez foutez fous fiche laisser ficher foute lachez laissé
            laisse_moi donnez
            """,
        "COURTEOUS": """
            svp stp s_il_vous_plait s_il_te_plait merci sil_vous_plait sil_te_plait please merci_bien merci_beaucoup
            bonjour bonsoir cordialement merci_d merci_de maintenant immediatement
            """,
        "KIN": """
            livreur patron chef facteur coursier technicien mari femme fils fille mere pere soeur frere voisin voisine
            ami amie maman papa collegue compagnon
            """,
        "SAID": "dit demande voulu dis demandais ai_dit ecrit demandé redit",
        "BUY": """
            commande rendez rdv abonnement salle reservation article colis livraison contrat produit billet facture vol
            voyage rv consultation carte compte panier assurance garantie
            """,
        "STATED": """
            arretee arretes arrets arreta appelerai appelons appellerai rappelerai rappels rappellerai retireras
            supprimerai effacement contactera contrat contrats demarrage desire messagerie tranquillement listing
            enlevement retrait plusieurs ecriture ecrivais envoi portes portable prefet
            """,
        "REPORT": "plainte cnil bloctel avocat police signaler dgccrf gendarmerie justice tribunal plaintes",
    },
    refusals=(
        "jamais plus d CALLS",
        "renonce|renoncons ~ CALLS",
        "DROP tout ce|ces|mes",
        "CALLS ~ PLUS necessaires|utiles|desires|souhaites|souhaitee|bienvenus",
        "LEAVE ma|mon|ce|notre ~ PEACE",
        "DROP ma|mon|notre ~ de|du|des ~ LIST",
        "aucun cas|pretexte ~ ME? CALL",
        "lachez l affaire",
        "NE? WANT ~ rien RECEIVE",
        "plus rien ME? SEND",
        "plus rien COURTEOUS",
        "ca suffit ~ CALLS",
        "^ CALLS non ~ oui|ok|seulement|mais|whatsapp",
        "NE vous donne|donnons|ai|autorise|permets PLUS ~ CALL|CONSENT|CALLED",
        "NE suis|sommes PLUS d accord ~ CALLED|CALL|CALLS|SUBJ",
        # No calls.
        "NE PLUS jamais? ME? CALL",
        "NE PLUS ~ ME CALL",
        "NE PLUS ~ faire appeler|contacter",
        "NE ME? CALL ~ PLUS",
        "ME CALL plus|plu|pu|pus|jamais",
        "ME CALL pas|pa COURTEOUS|je|j|c|on|ca|merci|non",
        "^ ME? CALL plus|plu|pu|pus|pas|jamais $",
        "^ m CALL pas",
        "CALL moi|nous plus|plu|pu|pus|pas|jamais",
        "mappelez|mappeler|mappelle|mapelez|mapeler|mapelle|mecrivez|mecrire|menvoyez|menvoyer PLUS",
        "de|d plus|plu|pu jamais? ME CALL",
        "plus|plu|jamais ME CALL COURTEOUS",
        "^ COURTEOUS? plus|plu CALL",
        "NE? ME? SEND PLUS ~ CALLS|rien",
        "NE ME? SEND PLUS",
        "NE PLUS jamais? ME? SEND ~ CALLS|rien",
        "NE PLUS ME SEND",
        "NE? ME faites|fais PLUS ~ CALLS|chier",
        "NE? PLUS jamais? ~ composer|utiliser|garder|appeler|conserver|faire|exploiter MY NUMBER",
        "NE? utilisez|composez|gardez|conservez|faites PLUS MY NUMBER",
        "NE? CALL PLUS ici|chez|ce|mon|a|sur|jamais|ma|COURTEOUS",
        "NE PLUS ~ etre CALLED|CALL",
        "plus|plu|pu|jamais etre CALLED|CALL",
        "que ~ personne NE? ME? SUBJ",
        "que vous|tu|on|l_on|personne NE? ME SUBJ PLUS",
        "defense|interdiction|interdit|interdis ~ ME CALL",
        # Stop it.
        "STOP COURTEOUS? de|d ME? ME? CALL",
        "STOP de|d ME? SEND ~ CALLS|trucs|ca",
        "STOP ~ de|d ME SEND|CALL",
        "STOP de sonner|appeler",
        "arreter|arretez|arrete|cessez|arretter|arettez|aretez menvoyer|mappeler|mapeler|mecrire",
        "STOP darreter|dappeler|dapeler|denvoyer|decrire",
        "STOP avec? tous? toutes? les|vos|ces|tes|aux|des|cette|ce|tout|toute|a|votre|immediatement ~ CALLS",
        "STOP CALLS",
        "^ CALLS ~ STOP $",
        "les|vos CALLS ~ stop",
        "STOP COURTEOUS $",
        "^ COURTEOUS? stop COURTEOUS",
        "^ COURTEOUS STOP $",
        "^ stpo|sotp|stp_stop|stpp|stopp|arrt|arert|aret COURTEOUS? $",
        "que ca|cela|ces|les|vos ~ cesse|s_arrete|cessent|arretent|arrete",
        "mettre|mettez un? fin|terme a|aux ~ CALLS",
        # No more of it.
        "NE? WANT PLUS|aucun|aucune ~ RECEIVE ~ CALLS|rien|cela|ca",
        "NE? WANT PLUS|aucun|aucune de|d|vos|des|aucun|les|ces|tes|du ~ CALLS",
        "NE? WANT PLUS|aucun|aucune CALLS",
        "NE? WANT plus|jamais RECEIVE",
        "NE? WANT PLUS ~ etre CALLED|CALL",
        "NE? WANT PLUS que|qu ~ ME CALL|SUBJ",
        "NE? WANT PLUS que|qu ~ ME SEND",
        "NE? WANT PLUS que|qu ~ CALL|SUBJ ~ ici|chez|ce|mon",
        "NE? WANT PLUS entendre parler",
        "NE? WANT PLUS avoir affaire",
        "NE? WANT PLUS faire|etre ~ LIST",
        "NE? WANT PLUS figurer|apparaitre",
        "NE? WANT PLUS vos|de_vos|d_appels|de_messages",
        "WANT que ~ cessiez|arretiez|stoppiez|cesse",
        "WANT que vous? ~ supprimiez|retiriez|effaciez|enleviez ~ NUMBER|LIST",
        "WANT NE PLUS ~ CALLED|CALL|RECEIVE|SUBJ",
        "WANT qu on|il|personne NE? ME? ~ PLUS",
        "refuse|refusons tout|toute|tous|toutes|d|de|le|les|que|vos ~ CALLS|CALLED|SUBJ|CALL",
        "PLUS RECEIVE ~ CALLS",
        "plus|plu d|de|aucun|aucune|jamais CALLS ~ COURTEOUS|maintenant|du_tout|je",
        "^ COURTEOUS? plus|pu de|d|aucun|aucune|jamais ~ CALLS",
        "plus aucun|aucune|un|une ~ CALLS",
        "^ COURTEOUS? pas|aucun|aucune|zero de|d? ~ CALLS COURTEOUS? $",
        "ni CALLS ni CALLS",
        "sans me CALL",
        "pas|aucun d|de? CALLS COURTEOUS",
        # Remove me.
        "DROP ME MY? NUMBER? de|du|des|d|svp|COURTEOUS ~ LIST|partout|la|ici",
        "DROP ME de votre|vos|ta|la|cette|ces|toutes|tous|tout|la",
        "ME DROP ~ de|du|des|d ~ LIST|la",
        "NE? ME DROP de votre|vos|cette",
        "DROP MY ~ NUMBER",
        "mon|mes|ce|notre NUMBER ~ a|etre|soit|soient|sois DROPPED|DROP|supprimer|effacer",
        "WANT|demande|aimerais|pourrais|peux|puis ~ etre DROPPED ~ LIST|la",
        "WANT|demande|aimerais sortir ~ LIST",
        "DROP|DROPPED de|du votre|vos|cette|ce LIST",
        "oubliez|oublie|perdez moi|nous|mon|mes|ce ~ NUMBER",
        "oubliez|oublie moi|nous|mon_existence COURTEOUS|une|pour|definitivement|et",
        "^ oubliez|oublie moi|nous",
        "^ COURTEOUS? supprimez|supprime|enlevez|retirez|effacez|rayez moi|nous COURTEOUS? $",
        "suppression|effacement de|du|des mes|mon|toutes|ce NUMBER",
        "demande ~ suppression|effacement|radiation|desinscription",
        "mettez|inscrivez|ajoutez moi|nous|mon|ce ~ liste rouge|noire|opposition|de_non",
        # Unsubscribe.
        "UNSUBSCRIBE moi|nous|mon|ce|COURTEOUS|de|svp|immediatement",
        "me|m|nous UNSUBSCRIBE",
        "COURTEOUS UNSUBSCRIBE",
        "WANT|demande|faire|procedez ~ UNSUBSCRIBE",
        "unsubscribe COURTEOUS",
        "^ UNSUBSCRIBE $",
        # I take my consent back.
        "REVOKE ~ mon|tout|le|notre|du|de CONSENT",
        "REVOKE ~ CONSENT ~ CALLS|CALLED|CALL|traitement|contact",
        "NE? avez PLUS|aucun|aucune ~ CONSENT|droit|autorise ~ CALL|SEND|contacter|pour|utiliser",
        "NE avez PLUS mon|notre CONSENT",
        "NE consens|consentons|autorise|autorisons PLUS ~ a ME? CALL|SEND",
        "NE? ai|avons|donne|donnons PLUS|aucun|aucune ~ CONSENT ~ CALLED|CALL|CALLS|CALLED|contacter|utilis*",
        "NE consens|consentons|autorise|autorisons|accepte PLUS ~ CALLED|CALL|CALLS|SUBJ|utilis*|traitement",
        "NE etes|es PLUS autorise|autorises|autorisee|autorisé ~ CALL|SEND|utiliser",
        "oppose|opposer|opposons ~ CALLS|CALLED|CALL|traitement|utilisation|NUMBER|SUBJ",
        "droit a? l? d? a? opposition|effacement|oubli|suppression",
        "opposition ~ CALLS|traitement|demarchage",
        # Leave me in peace.
        "LEAVE moi|nous PEACE",
        "LEAVE nous|moi donc|un_peu|enfin|bordel PEACE",
        "lachez|lache moi|nous la|les grappe|baskets",
        "^ plus jamais COURTEOUS? $",
        "^ jamais plus $",
        "NE? insistez|insiste|insister PLUS COURTEOUS|merci|c",
    ),
    doubtful=(
        "inutile de|d|que ~ CALL|SUBJ|SEND|CALLS",
        "pas la? peine|besoin|necessaire de|d|que ~ CALL|SUBJ|SEND|CALLS",
        "NE? insistez|insiste|insister PLUS",
        "PLUS interesse|interessee|interesses|interessé|interesser",
        "NE? m interesse PLUS",
        "ca NE? m? interesse PLUS",
        "aucun interet",
        "pas besoin COURTEOUS",
        "^ non|pas merci|interesse|COURTEOUS",
        "WANT rien",
        "arretez|cessez|stoppez $",
        "ras le bol",
        "ral|marre|assez de|d ~ vous|vos|CALLS|ca|ces|vous",
        "j en? ai marre|assez",
        "en|jen ai|peux plus|marre|assez ~ de|d|vos|CALLS",
        "^ marre",
        "ca|cela suffit|soule|saoule|gonfle|commence",
        "vous me|nous soulez|saoulez|gonflez|emmerdez|fatiguez|harcelez|derangez|faites",
        "harcelement",
        "vous n STOP PLUS de|d ~ CALL",
        "arretez|arrete ca|cela|ce|tout",
        "qui|ou|comment ~ donne|eu|trouve|obtenu|file|fourni|avez ~ mon|notre|mes NUMBER",
        "c est de? l? une? arnaque|escroquerie|harcelement|fraude",
        "une? arnaque|escroquerie",
        "porter|porte|depose|deposer plainte",
        "vais|va|allons ~ REPORT",
        "inscrit|inscrite|inscrits ~ bloctel|bloctell",
        "erreur|trompe|trompez|trompes de numero|personne|destinataire",
        "vous trompez|trompes",
        "mauvais|faux|mauvaise numero|personne",
        "NE? suis PLUS la|cette|le personne|monsieur|madame",
        "encore vous",
        "allez|va ~ faire|vous|te foutre|voir|enculer",
        "foutez|fous le camp",
        "degage|degagez|barrez_vous|cassez_vous",
        "LEAVE moi|nous",
        "sans CALLS jusqu|pendant|avant",
        "sans vos? CALLS",
        "pas d|de CALLS",
        "cassez|casser les|pieds couilles|pieds",
        "qui vous|t a ~ numero",
        "de quel droit",
        "adressez vous a",
        "prefere|preferais|prefererais ~ mail|sms|ecrit|message",
    ),
    innocent=(
        "avez|ai|a|avons|ont arrete ~ CALL|RECEIVE|CALLS",
        "plus d|de CALLS depuis",
        "NE? ME? SEND PLUS le|la|l|les ~ CALLS",
        "NE? ME? SEND PLUS le|la|l|les|trop",
        "ai|a|avons oublie ~ NUMBER",
        "NE vous|t|l ai|avons PLUS CALLED",
        "avais|avait|avaient SAID ~ UNSUBSCRIBE|STOP",
        "avait|avaient SAID de? ~ NE PLUS ~ CALL|CALLED",
        "KIN ~ SAID ~ SAID ~ NE? PLUS ~ CALL|CALLED",
        "KIN ~ SAID ~ NE ME? CALL PLUS",
        "KIN SAID ~ NE? PLUS ~ CALL",
        "repondez|repondre|envoyez|ecrire|tapez|repond|envoyer|repondu STOP",
        "jamais|pas envoye|ecrit|demande|mis|tape ~ STOP",
        "ca|cela|vous NE? ME? derange|derangez PLUS",
        "pas d appel de votre|vous|la",
        # Lest they stop.
        "n|ne STOP|arretes PLUS ~ CALL|SEND|CALLS|ME ~ CALLS",
        "n|ne STOP|arretes PLUS ~ CALL|SEND|CALLS|RECEIVE",
        "NE? WANT PLUS ~ STOP|UNSUBSCRIBE|DROP|arreter ~ CALLS|LIST|NUMBER|CALL|RECEIVE",
        "NE? WANT PLUS ~ STOP|UNSUBSCRIBE|DROP|arreter CALLS?",
        "NE? WANT PLUS ~ etre DROPPED|DROP ~ LIST?",
        "ai|avais|avons|a jamais|pas SAID ~ NE PLUS ~ CALL|CALLED|SUBJ",
        "ai|avais|avons|a jamais|pas SAID ~ STOP|UNSUBSCRIBE|DROP ~ CALLS|LIST|CALL|NUMBER",
        "ai|avais|avons|a jamais|pas SAID ~ STOP|UNSUBSCRIBE|DROP|arreter",
        "jamais|pas SAID que|de ~ PLUS CALL|SUBJ|CALLED",
        "NE? ME DROP PLUS ~ LIST",
        "NE? ME? DROP PLUS ~ NUMBER|LIST",
        "NE? ME? DROP PLUS",
        "NE DROP|UNSUBSCRIBE PLUS|ME ME|PLUS? ~ NUMBER|LIST",
        "NE retire|revoque|annule PLUS ~ CONSENT",
        "avais|avait|ai|avons SAID ~ NE PLUS ~ etre CALLED|CALL ~ mais|finalement",
        "avais|avait|ai SAID ~ STOP|UNSUBSCRIBE ~ mais|finalement|revoir|erreur",
        "KIN ~ SAID ~ NE? PLUS ~ CALL|CALLED",
        "KIN ~ SAID ~ STOP de ~ CALL",
        "par|une erreur|accident|megarde ~ STOP|UNSUBSCRIBE|DROPPED",
        "STOP|UNSUBSCRIBE|DROPPED ~ par erreur|accident|megarde",
        "envoye|ecrit|tape|mis|repondu|appuye|clique|envoyé ~ STOP|UNSUBSCRIBE ~ erreur|accident|megarde|mais",
        "pourquoi ~ STOP|DROP|UNSUBSCRIBE|DROPPED ~ CALLS|LIST|CALL|SEND",
        "pourquoi ~ STOP|DROP|UNSUBSCRIBE|DROPPED",
        "pourquoi ~ NE|PLUS ~ CALLED ~ PLUS",
        "pourquoi personne NE ME CALL",
        "suis|etais|etes|ete|suit UNSUBSCRIBE|DROPPED",
        "je NE? m? appelle PLUS",
        "personne|il|elle|ils|elles|conseiller|technicien|livreur NE? ME? CALL|SUBJ PLUS ~ CALLED?",
        "personne NE ME CALL|CALLED|SUBJ",
        "telephone|portable|fixe NE? CALL|sonne PLUS",
        "NE? hesitez|hesite PLUS ~ CALL|SEND",
        "NE? oubliez|oublie PLUS ~ CALL|SEND|NUMBER|moi",
        "NE? oubliez|oublie PLUS ME? ~ CALL",
        "NE? CALL PLUS la|le|les|un|une|l|lui|mon|sur|dans|au|police|pompiers|toi ~ fixe|interphone|livreur|bureau?",
        "NE? CALL PLUS la|les|un|une|l|lui|police",
        "NE? ME CALL PLUS ~ monsieur|madame|chef|mademoiselle|docteur|fixe|interphone|cheri|cherie",
        "ME? CALL ~ plus tard|tot|souvent|vite|longtemps|rapidement",
        "plus tard|tot|souvent|vite ~ CALL",
        "ME CALL plus de|que|qu trois|deux|quatre|10|fois|une",
        "vous|tu pouvez|peux|pourriez ME? CALL",
        # Other senses.
        "a|quel|l|en|d|cet|mon|un|prochain|premier|dernier|notre|sans|aux|l_ arret|stop",
        "arret de|du|maladie|travail|cardiaque|complet bus|tram|metro|travail|jeu|jeux|maladie?",
        "s|se|m|t|peut|nous STOPS|arret ~ devant|a|au|pour",
        "s|se|m|t STOPS",
        "STOPS|vais|veux|essaie ~ fumer|boire|manger|travailler|bosser|pleurer|pousser|fonctionner|tabac|rire|pleuvoir",
        "STOPS de? ~ le|la|mon|ma|l|mes traitement|medicament|machine|moteur|travaux|chauffage|pilule|cafe",
        "STOPS de? ~ le|la sport|livraison|commande|travail|assurance|contrat|ligne|service|electricite",
        "auto|non|panneau|feu|pub stop",
        "stop ou encore",
        "il|y n? y? a|reste|avez|ont|avait|reste plus de? CALLS",
        "n y a|avait plus|pas de|d ~ CALLS",
        "ai|a|avons|avez plus|pas de|d|eu|recu ~ CALLS",
        "recu|eu|vu|recois aucun|pas|plus ~ CALLS",
        "NE? recois|recu|arrive PLUS ~ CALLS",
        "plus de? CALLS que|qu|pour|sur",
        "pas de CALLS recu|recus|depuis|encore|hier",
        "plus d|de infos|informations|info|details|renseignements|precisions|temps",
        "WANT plus|avoir d|de infos|informations|renseignements|details|taille|couleur",
        "annulez|annuler|annule ~ BUY",
        "DROP ~ le|la|un|une|mon|ma|ce BUY",
        "DROP ~ ancien|ancienne|premier|second|deuxieme|autre NUMBER",
        "DROP ~ NUMBER ~ ancien|ancienne|remplacez|remplacer|mettez|notez|nouveau|par",
        "DROP ~ NUMBER ~ de|du|sur ~ BUY",
        "DROP ~ LIST d|de|des NOT_THIS_LIST",
        "DROP ~ tache|taches|rouille|vis|vernis|tatouage|matelas|tapis|peinture|colle|gluten|oignons",
        "retire ~ colis|commande|magasin|boutique",
        "retrait|retire ~ CONSENT de|du conduire|permis|construire",
        "NE? WANT PLUS le|la|l|de BUY|bleu|rouge",
        "UNSUBSCRIBE|arreter ~ salle|gym|cours|cantine|club",
        "laissez|laisse moi|nous ~ savoir|reflechir|message|tomber|voir|verifier|finir|temps",
        "laissez|laisse nous|moi message|un|le|la|votre|sur|dans",
        "besoin|peine de|d|que ~ CALL ~ avant|pour|si",
        "NE? vous? trompez|derangez PLUS",
        "pas un|une|d arnaque|escroquerie",
    ),
    negators="""
        ne_pas_supprimer ne_pas_me ne_pas_arreter ne_pas_retirer ne_pas_effacer veux_pas_me veux_pas_supprimer
        veux_pas_arreter veux_pas_que_vous souhaite_pas_que_vous je_peux_retirer je_peux_supprimer vous_ne_m jamais_dit
        jamais_demande
        """,
    times="""
        aujourd demain ce_soir ce_matin cet_apres cette_semaine ce_week weekend week_end week_ends ce_mois mois_ci
        pour_le_moment pour_l_instant pour_linstant en_ce_moment avant jusqu jusque pendant durant tant_que tant_qu
        quand lundi mardi mercredi jeudi vendredi samedi dimanche dimanches samedis vacances le_matin le_soir d_ici dici
        entre si_c si_vous si_ce sauf en_reunion au_travail en_cours_de au_bureau provisoirement temporairement la_nuit
        ce_jour cet_ete cette_annee la_semaine_prochaine le_mois_prochain deux_semaines deux_mois trois_mois
        trois_semaines une_semaine un_mois quelques_jours dix_jours quinze_jours de_si_tot si_tot si_tard aussi_tard
        aussi_tot trop_tot trop_tard momentanement lorsque pas_maintenant apres_20 heures_de des_heures pas_a_cette
        sondage enquete actuellement l_heure_du
        """,
    parts="""
        pub pubs publicit* promo* offre offres commercial* commerciaux newsletter* infolettre infolettres marketing
        soldes
        """,
)
