"""
Refusals in Italian.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="it",
    sets={
        "NO": "non nn mai nun nom non_mai mai_piu no_non non_e_non piantatela_di",
        "MORE": """
            cchiu piu mai_piu mai piiu pìu di_nuovo ancora nuovamente ulteriormente piu_mai piu' mica oltre
            piu_per_favore
            """,
        "ME": "me mi ci m c",
        # Orders and wishes.
        "CALL": """
            chiami chiamate chiamare chiamino chiamiate chiamat chiamte ciamate ciami kiamate kiami kiamare contatti
            contattate contattare contattino contattiate telefoni telefonate telefonare telefonino telefoniate disturbi
            disturbate disturbare disturbino disturbiate richiami richiamate richiamare richiamino richiamiate
            ricontatti ricontattate ricontattare ricontattino scriva scrivete scrivere scrivano scriviate scassate
            scocci scocciate molesti molestate molestare importuni importunate importunare infastidite infastidire
            infastidisca rompete rompa rompere messaggiate messaggiare bombardate chimate tartassate assillate
            tormentate stressate stressare whatsappate videochiamate
            """,
        "CALL_ME": """
            chiamatemi chiamarmi chiamateci chiamarci chiamarme chiamateme kiamarmi kiamatemi kiamateme contattatemi
            contattarmi contattateci contattarci telefonatemi telefonarmi telefonateci telefonarci disturbatemi
            disturbarmi disturbateci disturbarci richiamatemi richiamarmi richiamateci richiamarci ricontattatemi
            ricontattarmi ricontattarci scrivetemi scrivermi scriveteci scriverci scassatemi scocciatemi scocciarmi
            molestarmi molestatemi importunarmi importunatemi infastidirmi infastiditemi rompetemi rompermi messaggiarmi
            messaggiatemi cercatemi cercarmi cercateci cercarci inviarmi inviatemi mandarmi mandatemi tartassarmi
            assillarmi tormentarmi tormentatemi stressarmi stressatemi bombardarmi chiamarlo chiamarla chiamatela
            chiamatelo chiamarvi chiamatmi chimatemi chimarmi scrivime chiamamme telefonatece
            """,
        "SEND": """
            mandi mandate mandare manda invii inviate invia inviare spedite spedire mandino inviino mandiate inviate_piu
            """,
        "SEND_ME": "mandatemi mandarmi inviatemi inviarmi mandateci inviateci mandarci inviarci speditemi spedirmi",
        "CALLED": """
            chiamato chiamata chiamati contattato contattata contattati disturbato disturbata disturbati ricontattato
            ricontattata richiamato richiamata importunato importunata molestato molestata infastidito infastidita
            cercato cercata raggiunto raggiunta tartassato tartassata
            """,
        "CALLS": """
            chiamate chiamata telefonate telefonata messaggi messaggio sms mail mails email emails e_mail pubblicita
            pubblicità spam promozioni promozione offerte comunicazioni comunicazione contatti contatto newsletter
            notifiche notifica whatsapp squilli telemarketing messaggini messagi mesaggi chiamte sconti promo avvisi
            chiamat proposte sondaggi pubblicitari reclame marketing vocali telefonatine bombardamento
            """,
        "STOP": """
            fatela_finita falla_finita smetta smettete smettetela smettila smettere smettano smetti smetterla
            smettiamola finitela finiscila finirla finisca piantatela piantala pianti piantarla smttetela smetttela
            smetela smettela cessate cessare cessi cessino basta dovete_smettere deve_smettere dacci_un_taglio
            dateci_un_taglio evitate eviti evitare evita vietato diffido astenetevi astenersi si_astenga astenervi
            evitino
            """,
        "HALT": """
            cessare fatela_finita falla_finita basta stop smettete smetta smettetela fermate interrompete interrompa
            interrompere cessate cessi sospendete sospendere sospenda bloccate blocchi cancellate disattivate
            disattivare disattiva fermare zero niente finitela mai_piu finiamola fate_cessare
            """,
        "WANT": """
            voglio vogliamo vorrei vorremmo desidero desideriamo gradisco gradirei intendo intendiamo accetto acconsento
            consento autorizzo autorizziamo permetto chiedo chiediamo prego preferisco preferirei accettiamo ho_bisogno
            avrei_piacere ammetto tollero volio vojo vollio
            """,
        "RECEIVE": "ricevere riceverne ricevo ricevre riceverle avere ottenere vedere sentire ricevete ricever riceve",
        "DROP": """
            cancellate cancelli cancella cancellare canceli cancelate canellate rimuovete rimuova rimuovi rimuovere
            eliminate elimini elimina eliminare togliete tolga togli togliere levate levi leva levare depennate depenni
            depennare scordatevi dimenticate dimentichi dimenticatevi buttate escludete escluda escludere distruggete
            sopprimete cassate estromettete rimuovano eliminino cancellino tolgano blocchi bloccate cancellato
            cancelliate cancelatelo
            """,
        "DROP_ME": """
            toglietemi toglimi togliermi toglieteci cancellatemi cancellami cancellarmi cancellateci rimuovetemi
            rimuovimi rimuovermi rimuoveteci eliminatemi eliminami eliminarmi depennatemi depennarmi levatemi levami
            levarmi levateme levateci escludetemi escludermi sbattetemi_fuori disiscrivetemi disiscrivimi disiscrivermi
            tiratemi_fuori toglieteme toglitemi cancelatemi cancelami cassatemi cancellateme scordatevi_di_me
            cancellarci toglierci eliminarci rimuoverci disiscriveteci
            """,
        "FREE": """
            cancellato cancellata rimosso rimossa eliminato eliminata tolto tolta disiscritto disiscritta escluso
            esclusa
            """,
        "MY": "mio il miei questo sto nostro la mia i nostri er mi quel tutti",
        "NUMBER": """
            numero num nr nominativo recapito recapiti dati telefono cellulare contatto contatti nome numeri numro
            numeretto utenza anagrafica email indirizzo nmero mail numeor riferimenti profilo
            """,
        "LIST": """
            lista liste elenco elenchi archivio archivi database sistema sistemi mailing newsletter rubrica registro
            registri banca_dati banche_dati gruppo anagrafiche anagrafica broadcast servizio invii elenko db contatti
            mailinglist agenda
            """,
        "NOT_THIS_LIST": "attesa nozze invitati spesa desideri regali prenotazioni priorita",
        "OUT": "di da dal dalla dalle dai dall de dar da_sta da_questa",
        "UNSUB": """
            disiscrivermi disiscrivetemi disiscrivimi disiscrivere disiscrizione disiscriva disiscriverci cancellazione
            annullare_iscrizione disicrivetemi disiscrivermi_da disdire_iscrizione disdire_l_iscrizione disicrivermi
            cancellarmi annullare_l_iscrizione disiscrivemi disiscriviti disabbonarmi disabbonatemi
            """,
        "REVOKE": """
            revoco ritiro revocare ritirare annullo revochiamo ritiriamo revoca ritirata revochi revco nego tolgo
            """,
        "CONSENT": "consenso autorizzazione permesso assenso consensi conseno consensso approvazione autorizazione",
        "COURTEOUS": """
            grazie per_favore perfavore xfavore x_favore per_piacere per_cortesia cortesemente prego please pls xfav
            buongiorno buonasera salve ciao subito ora adesso gentilmente vi_prego la_prego buonanotte arrivederci
            distinti_saluti saluti
            """,
        "SAID": "detto chiesto richiesto scritto dico chiedo voluto dicevo",
        "KIN": """
            corriere capo fattorino tecnico marito moglie figlio figlia mamma papa madre padre sorella fratello vicino
            vicina amico amica collega nonna
            """,
        "BUY": """
            ordine appuntamento prenotazione articolo carrello abbonamento pacco consegna contratto visita acquisto
            biglietto bolletta fattura tavolo prodotto volo viaggio carta conto palestra polizza corso
            """,
        "REPORT": """
            denuncio denuncia segnalo segnalazione garante avvocato carabinieri polizia agcom querelo querela
            denunciarvi
            """,
        "STATED": """
            pasta posta costa pista contatta telefona disturba chiamo chiamano chiamava chiamavano chiamavo chiamero
            chiamera scrivo scrive scrivono contatto telefono telefoni disturbo cancello cancelli cancelletto fermata
            ferma fermo rimango rispondete rispondere chiudete chiudere richiamo richiamano chiusura rompe rotto levante
            smesso scritto mandato mandano inviano importante stampate comunque chiamasse chiamassero chiamaste
            tolleranza bastano bastava registrate piante pianta pianti_ numerosi contanti contante disturbano lasciare
            lasciate lasci cercate cercare cerchi
            """,
    },
    refusals=(
        "rinuncio|rinunciamo ~ CALLS",
        "DROP tutto ~ quello|cio|che|mio|avete",
        "CALLS NO sono MORE? necessarie|gradite|desiderate|richieste|graditi|necessari",
        "lasciate|lascia|lasci mia|la|il|mio|questo ~ in? pace",
        "DROP mia|mio|nostro|nostra ~ OUT ~ LIST",
        "nessun caso|motivo ~ CALL_ME|CALL",
        "NO avete|ha ~ diritto ~ CALL_ME|CALL",
        "niente piu COURTEOUS",
        "^ CALLS no ~ si|ok|solo|soltanto|whatsapp|mail",
        "NO vi? do|diamo|concedo|presto|concediamo ~ CONSENT",
        "nessun|nessuna|niente altro|altra|altri|ulteriore CALLS",
        "NUMBER ~ sia|fosse|venisse|venga FREE",
        "grato|grata|piacere|favore se NO ME chiamasse|chiamaste|contattaste|contattasse|CALL",
        "via OUT ~ LIST",
        # No calls.
        "NO MORE? ME CALL",
        "NO MORE? CALL_ME",
        "NO dovete|deve|devi|potete|puo|voglio|vogliamo|vorrei|provate|provi|osate MORE? ME? CALL_ME",
        "NO dovete|deve|devi|potete|puo MORE? ME MORE? CALL",
        "NO ME dovete|deve|devi|potete|puo MORE? CALL",
        "NO MORE? CALL MORE",
        "NO CALL COURTEOUS",
        "COURTEOUS NO CALL $",
        "^ NO CALL COURTEOUS? $",
        "NO CALL MORE? questo|il_mio|a_questo|qui|qua|mia|il_numero|al_mio",
        "NO ME SEND MORE? ~ CALLS|niente|nulla|roba",
        "NO ME SEND MORE",
        "NO SEND_ME MORE? ~ CALLS|niente|nulla|roba|MORE",
        "NO SEND MORE ~ CALLS|niente",
        "NO ME fate|faccia|faccino MORE? CALLS|chiamare|contattare|telefonare|chiamate",
        "NO ME cerchi|cercate|cerchino|cerca MORE",
        "NO cercate|cercatemi|cercateci MORE",
        "mai piu CALL_ME|chiamare|CALLS",
        "di|a NO MORE? CALL_ME|CALL",
        "di NO ME MORE? CALL",
        "di NO essere MORE? CALLED",
        "che NO ME MORE? CALL",
        "NO usate|utilizzate|usi|utilizzi|componete|fate MORE? MY NUMBER",
        # Stop it.
        "STOP di|con|a? CALL_ME|CALL",
        "STOP di|d CALL_ME|CALL|SEND|SEND_ME",
        "STOP di ME CALL",
        "STOP CALL_ME",
        "HALT CALL_ME",
        "HALT con? le|gli|i|queste|questi|ste|sti|tutte|tutti|alle|ai|con|di|vostre|vostri|ogni|la|le_vostre ~ CALLS",
        "HALT CALLS",
        "la STOP di|con ~ CALL_ME|CALL|CALLS",
        "la smetta|smettete|finite|finisca|pianti|piantate|smetti di|con ~ CALL_ME|CALL|CALLS|ME",
        "vieto|diffido|proibisco|intimo ~ CALL_ME|CALL|CALLS|contattare",
        "COURTEOUS basta|stop $",
        "basta|stop COURTEOUS $",
        "^ salve|buongiorno|buonasera|ciao basta|stop COURTEOUS?",
        "^ basta|stpo|sotp|bast|stpp COURTEOUS? $",
        # No more of it.
        "NO WANT MORE? RECEIVE ~ CALLS|niente|nulla",
        "NO WANT MORE ~ CALLS|niente",
        "NO WANT RECEIVE MORE",
        "NO WANT ~ altre|altri|ulteriori|alcun|alcuna|nessun|nessuna ~ CALLS",
        "NO WANT le|i|queste|questi|vostre|vostri|sue|suoi|alcun|nessuna|tue ~ CALLS",
        "NO WANT CALLS",
        "NO WANT MORE? MORE? essere MORE? CALLED",
        "NO WANT MORE? che ~ ME? CALL",
        "NO WANT MORE? che ~ SEND ~ CALLS",
        "NO WANT MORE essere|far|stare|fare|figurare ~ LIST",
        "NO WANT MORE sentirvi|sentirti|sentirla|sentire|avere|saperne|sapere|parlare ~ di|da|parte|con|nulla|niente",
        "NO WANT MORE sentirvi|sentirti|sentirla|contatti|avere_contatti",
        "WANT|pretendo|esigo NO MORE? RECEIVE|essere MORE? ~ CALLS|CALLED",
        "WANT|pretendo NO RECEIVE MORE",
        "WANT|esigo che ~ smettiate|cessiate|smetta|cessino|smettano",
        "ne CALLS ne CALLS",
        "niente|nessuna|nessun|zero MORE? CALLS MORE|COURTEOUS",
        "^ niente|nessuna|nessun MORE? CALLS COURTEOUS? $",
        "NO MORE? altre|altri CALLS",
        "MORE nessuna|nessun CALLS",
        "^ mai piu $",
        # Remove me.
        "DROP_ME ~ OUT ~ LIST",
        "DROP_ME OUT qui|li|vostra|vostri|vostre|tutto|questa|questo|la|i|sta",
        "DROP_ME subito|COURTEOUS|immediatamente",
        "^ DROP_ME COURTEOUS? $",
        "COURTEOUS DROP_ME $",
        "COURTEOUS ME DROP $",
        "ME DROP e|COURTEOUS|subito",
        "ME DROP ~ OUT ~ LIST",
        "ME DROP OUT vostra|vostri|vostre|vostro|questa|sta|quel|quella|quell",
        "DROP MY ~ NUMBER",
        "DROP NUMBER COURTEOUS",
        "NUMBER ~ lo|li potete|puo|voglia|dovete|deve cancellare|togliere|eliminare|rimuovere|buttare",
        "NUMBER lo|li DROP",
        "mio|miei|nostro ~ NUMBER ~ sia|siano|venga|vengano FREE|cancellati|eliminati|rimossi|cancellato",
        "WANT|chiedo|vorrei ~ essere ~ FREE ~ OUT|LIST",
        "WANT|vorrei|chiedo essere FREE",
        "fuori OUT ~ LIST",
        "WANT|vorrei uscire OUT ~ LIST",
        "cancellazione|rimozione|eliminazione di|del|dei|dal|dalla|immediata|delle ~ NUMBER|LIST|miei",
        "chiedo|richiedo|esigo|pretendo ~ cancellazione|rimozione|eliminazione",
        "diritto ~ oblio|opposizione|cancellazione|opporsi",
        "dimenticatevi|scordatevi|dimentichi|scordati|dimenticate di|il|del me|mio|questo|noi NUMBER?",
        "perdete|perda|perdi ~ NUMBER",
        # Unsubscribe.
        "WANT|vorrei|posso|devo|potrei|chiedo ~ UNSUB",
        "mi disiscriva|disiscrivo|disiscriva_subito",
        "UNSUB COURTEOUS|dal|dalla|da|subito",
        "^ UNSUB $",
        "COURTEOUS UNSUB",
        "mi disiscrivo|cancello|tolgo OUT|subito ~ LIST",
        "mi WANT disiscrivere|cancellare|togliere",
        "unsubscribe COURTEOUS",
        # I take my consent back.
        "REVOKE il|i|ogni|qualsiasi|tutti|l|la|il_mio ~ CONSENT",
        "REVOKE CONSENT",
        "CONSENT ~ revocato|ritirato|negato",
        "NO avete|ha|hai|do|diamo|ho ~ CONSENT ~ CALL_ME|CALL|usare|a|per|di",
        "NO vi? autorizzo|autorizziamo|acconsento|consento|permetto MORE? ~ CALLS|CALL_ME|CALLED",
        "NO autorizzo|autorizziamo|acconsento|consento|permetto MORE? ~ CALL|trattamento|uso|SEND_ME",
        "NO siete|e|sei autorizzati|autorizzato|autorizzata ~ CALL_ME|CALL",
        "oppongo|opporci|opponiamo ~ trattamento|CALLS|CALLED|uso|utilizzo|NUMBER|CALL_ME",
        # Leave me in peace.
        "lasciatemi|lasciami|lasciateci|lasciateme in|n pace|santa_pace",
        "lasciatemi|lasciami|lasciateci ~ in|stare|perdere|tranquillo|tranquilla pace?",
        "ME lasci|lasciate|lascia|lascino in? pace|stare|tranquillo|tranquilla|perdere",
        "NO insista|insistete|insistere MORE|COURTEOUS",
    ),
    doubtful=(
        "NO MORE? ME interessa|interessano|interesa",
        "NO sono|siamo MORE? interessato|interessata|interessati",
        "nessun interesse",
        "no grazie",
        "NO ~ bisogno di CALL_ME",
        "NO serve|occorre ~ CALL_ME|CALL|ME",
        "inutile ~ CALL_ME|CALL|insistere",
        "NO insista|insistete|insistere|insistiate",
        "sbagliato|errato|sbagliata numero|persona",
        "ha|avete|hai sbagliato numero|persona",
        "numero sbagliato|errato",
        "NO sono|conosco io? questa|quella|la|il|il_signor|la_signora persona|signor|signora",
        "chi ~ dato|fornito|passato ~ NUMBER",
        "come|dove ~ avete|avuto|trovato|preso|ottenuto ~ NUMBER",
        "stufo|stanco|stanca|stufa|stufi ~ di|dei|delle|della",
        "sono|siamo stufo|stufa|stufi|stanco_di",
        "NO ne posso|possiamo piu",
        "avete|hai|ha rotto|stufato|stancato|scocciato",
        "mi|ci avete|hai|ha rotto|stufato|stancato|scocciato",
        "che palle|rottura|scocciatori|strazio",
        "ancora|sempre voi",
        "di nuovo voi",
        "e una? molestia|truffa|persecuzione|stalking",
        "molestie|stalking telefonico|telefoniche",
        "vi|la|ti REPORT",
        "chiamo|avviso|sento|contatto REPORT",
        "faccio|sporgo|presento ~ REPORT",
        "REPORT al garante",
        "segnalo|segnalero|denuncero|denuncio ~ voi|garante|vi",
        "andate|vada|vai|va ~ quel|affanculo|diavolo|fanculo|cagare",
        "affanculo|vaffanculo|fanculo",
        "quante volte ~ CALLS|CALL|dire|dirvelo|dirlo|ripetere",
        "NO voglio|vogliamo niente|nulla",
        "a posto cosi",
        "basta cosi|cosi",
        "senza CALLS fino|per",
        "NO MORE? CALLS",
        "NO CALL",
    ),
    innocent=(
        "da allora ~ CALLS",
        "NO WANT che ~ smettiate|cessiate|smetta|smettano CALL_ME?",
        "NO ME? SEND la|il|lo|le|i ~ CALLS",
        "NO ME? SEND la|il|lo|le|i",
        "NO vi|ti|la|l ho|abbiamo CALLED",
        "KIN ~ SAID ~ SAID ~ NO MORE? ~ CALL|CALL_ME MORE?",
        "KIN ~ SAID ~ NO ME CALL MORE?",
        "NO e che NO WANT ~ che? ~ CALL|CALLED",
        "rispondi|rispondere|scrivi|invia|risponda stop",
        "mai|NO ~ mandato|scritto|inviato|detto stop|basta|STOP",
        "basta quello|questo|questa|quella|ho|abbiamo|e_avanza",
        "NO ME? disturba|disturbate ~ pure|affatto",
        # Lest they stop.
        "NO smettete|smetta|smetti|smettetela|STOP di? ~ CALL_ME|CALL|SEND_ME|SEND|CALLS",
        "NO WANT MORE? ~ STOP|UNSUB|DROP_ME|smettere|interrompere|essere ~ CALLS|RECEIVE|LIST|FREE",
        "NO WANT MORE? ME? UNSUB|DROP_ME|DROP|disiscrivere",
        "NO WANT essere FREE ~ OUT? LIST?",
        "NO DROP_ME ~ OUT ~ LIST",
        "NO DROP_ME",
        "NO ME? DROP ~ NUMBER|LIST|OUT",
        "NO ME? DROP",
        "NO intendo|voglio|vorrei REVOKE ~ CONSENT|nulla|niente",
        "NO REVOKE ~ CONSENT|nulla|niente",
        "NO ho|abbiamo mai? SAID di ~ NO|STOP|UNSUB|essere MORE? ~ CALL|CALL_ME|CALLED|FREE|LIST",
        "NO ho|abbiamo mai? SAID ~ che|di ~ NO ~ CALL|CALL_ME",
        "mai SAID di|che NO ~ CALL|CALL_ME|CALLS MORE?",
        "KIN ~ SAID|chiede ~ NO MORE? ~ CALL|CALL_ME|CALLED MORE?",
        "errore|sbaglio ~ UNSUB|DROP_ME|tolta|tolto|cancellato|disiscritto|basta|stop",
        "basta|stop|UNSUB|FREE|cancellato ~ per sbaglio|errore",
        "scritto|mandato|risposto basta|stop ~ perche|ma|per|pero",
        "perche ~ FREE|disiscritto|tolto|cancellato ~ LIST?",
        "perche nessuno MORE? ME? CALL|CALLED|chiama|richiama MORE?",
        "perche ~ NO MORE? ~ CALLED|chiamano",
        "perche ~ smesso di ~ CALL_ME|CALL",
        # Telling, or asking to be called.
        "NO ME? MORE? ha|hanno|avete|hai|e|sono|ho MORE? ~ CALLED|chiamato|scritto|mandato",
        "nessuno|tecnico|corriere|lui|lei NO? ME CALL|richiama|CALLED MORE?",
        "io? NO ME? chiamo|chiama|richiamo|chiamano ~ MORE?",
        "NO ME? CALL ~ al|sul|il citofono|fisso|campanello|campanelli|portiere",
        "NO CALL_ME ~ al|sul|il citofono|fisso|campanello",
        "NO CALL il|la|lo|i|un|una|al carabinieri|polizia|idraulico|medico|citofono|fisso",
        "NO CALL_ME signore|signora|dottore|cosi|tesoro|amore|bella",
        "NO ME CALL signore|signora|dottore|cosi|tesoro|amore",
        "NO esiti|esitate|esitare ~ CALL_ME|CALL|contattarmi",
        "NO dimenticate|dimentichi|dimenticare|dimenticarti ~ CALL_ME|CALL|NUMBER",
        "NO dimenticatevi|scordatevi ~ di ~ me|CALL_ME",
        "NO vedo|aspetto ~ CALLS",
        "NO ho|abbiamo|avevo|trovo|vedo MORE? ~ ricevuto|avuto|sentito|visto ~ CALLS",
        "NO ho|abbiamo|avevo|trovo|vedo|ci_sono|sono|arrivano|arriva MORE? ~ CALLS",
        "nessuna|nessun|niente CALLS ricevuta|ricevuto|arrivata|arrivato|ancora|oggi|da_ieri|persa",
        "ricevuto|avuto|sentito|arrivata nessuna|nessun|alcuna|alcun CALLS",
        "NO posso|riesco|potevo ~ CALL_ME|CALL|chiamarvi|richiamare|scrivere|parlare",
        "se NO ME? CALL|CALL_ME|chiamo",
        "se NO ME? MORE? CALL",
        # Other senses.
        "basta che|un|una|il|la|poco|solo|due|per",
        "basta chiedere|cliccare|aprire|premere|suonare|dire|sapere|cosi|andare|avere",
        "mi|ti|le|ci|vi|gli|non|quanto|se|quando|e|quello basta",
        "smettere|smesso|smetto|basta|smette|smettila di|con fumare|bere|mangiare|piovere",
        "smettere|smesso|smetto|basta|smette|smettila di|con fumo|russare|piangere|funzionare",
        "ferma restando|restante|in|a|alla|posta",
        "si|la|il|treno|bus|autobus|dove|dov|alla|prossima|qui|macchina|lavatrice ferma|fermata|ferma_a",
        "stop al|allo|in|di|and televisore|incrocio|semaforo|via",
        "il|un|lo|allo|non|auto|pit|al stop",
        "cancello|cancelli ~ chiuso|aperto|rotto|elettrico|automatico|casa",
        "del|il|un|al|dal|quel|sul|davanti_al cancello",
        "DROP ~ il|lo|la|l|un|una|mio|mia BUY",
        "ME? DROP ~ secondo|primo|articolo|prodotto|voce|ultimo|riga",
        "DROP ~ BUY",
        "DROP ~ vecchio|precedente|altro|sbagliato NUMBER",
        "DROP ~ NUMBER ~ vecchio|precedente|nuovo|sostituite|metta|mettete|inserite|usate|segni|segnate",
        "DROP ~ NUMBER di|della carta|conto|ordine|serie|targa",
        "DROP ~ macchie|macchia|ruggine|virus|tatuaggio|punti|dente|denti|tonsille|muffa|vernice|cipolla",
        "DROP_ME OUT ~ LIST|d d? NOT_THIS_LIST",
        "DROP_ME ~ d NOT_THIS_LIST",
        "NO WANT MORE? il|la|lo|l|quel|quella|questo|questa BUY|divano|colore|rosso|blu",
        "lasciatemi|lasciami|mi_lasci|lasci|lasciate ~ detto|messaggio|pensare|sapere|pacco",
        "lasciatemi|lasciami|mi_lasci|lasci|lasciate ~ recapito|numero|finire|un|il",
        "ritiro|ritirare|revoca|ritirata ~ CONSENT di|della guida|soggiorno|conducente",
        "ritiro|ritirare ~ pacco|ordine|merce|auto|ricetta|referto|patente",
        "NO avete|ha sbagliato",
    ),
    negators="non_voglio_che non_vorrei_che per_errore per_sbaglio posso_cancellare come_posso mai_detto mai_chiesto",
    times="""
        due_settimane tre_settimane una_settimana un_mese due_mesi tre_mesi qualche_giorno qualche_settimana
        dieci_giorni per_qualche per_un_po oggi domani stasera stamattina questo_pomeriggio questa_settimana
        questo_weekend weekend week_end fine_settimana questo_mese prossima_settimana prossimo_mese per_ora per_adesso
        per_il_momento al_momento momentaneamente prima_di prima_delle prima_del dopo_le fino finche mentre durante
        quando lunedi martedi mercoledi giovedi venerdi sabato domenica la_sera la_mattina di_sera di_mattina di_notte
        a_pranzo a_cena all_ora_di prossimi prossime ferie vacanza vacanze tranne salvo eccetto in_riunione al_lavoro
        sul_lavoro a_quest_ora cosi_presto cosi_tardi a_lavoro tra_le temporaneamente adesso_no ora_no sondaggio natale
        pasqua se_non_per se_e_per solo_se in_questi non_adesso in_ufficio sono_in_ferie
        """,
    parts="""
        pubblicita promozion* promo offerte offerta sconti newsletter marketing sondaggi pubblicitari promozionali
        commerciali reclame
        """,
)
