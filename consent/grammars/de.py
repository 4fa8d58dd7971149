"""
Refusals in German.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="de",
    sets={
        "NO": """
            nicht nich net ned nit nie niemals nimmer nimma nimme nie_nie nimmermehr keinesfalls auf_keinen_fall niht
            nciht niemehr nichtmehr nicht_bitte nie_und_nimmer num nuemm nid ja_nicht bloss_nicht
            """,
        "MORE": """
            mehr wieder nochmal noch_mal erneut langer laenger weiterhin weiter jemals mer nochmals kunftig kuenftig
            zukunftig zukuenftig noch_einmal wida wieda mehr_wieder wider in_zukunft ungefragt unaufgefordert mehr_hier
            """,
        "ME": "mihc mich uns mir mi me mia mer hier mih diese_nummer meine_nummer meine_mutter meine_frau meinen_mann",
        "YOU": "ja sofort sie ihr du euch s man bitte bite nun jetzt doch endlich mal einfach se sich",
        "RING": "ruf rufe ruft rufen rufn ruafts rufts ruaft rufd rufat klingel klingelt bimmelt",
        "WRITE": """
            schreib schreibe schreibt schreiben schreibn schreibts schick schicke schickt schicken sende sendet senden
            meld melde meldet melden kontaktiere kontaktiert kontaktieren kontaktier belastige belastigt belastigen
            belaestige belaestigt belaestigen stor store stort storen stoer stoere stoert stoeren nerv nerve nervt
            nerven behelligen texte textet texten spammt spam spammen
            """,
        "INF": """
            anrufen anzurufen anruft anrufst anrufn anruffen anrufe anruf schreiben schreibn melden meldet schicken
            senden zusenden kontaktieren kontaktiert kontaktiren belastigen belaestigen storen stoeren nerven
            telefonieren antelefonieren durchklingeln texten whatsappen spammen zuspammen zuschicken behelligen
            anschreiben anzuschreiben zumullen zumuellen zuruckrufen zurueckrufen zuzuschicken zuzusenden anfunken
            anklingeln anbimmeln kontaktieren_zu anzufen anrufem anmailen schreibst schreibt schickt anrugen anzurugen
            kontakten bewerben ruafn ansimsen nachfragen aufsuchen hier_anrufen zu_kontaktieren zu_schreiben zu_schicken
            """,
        "DONE": """
            angerufen kontaktiert angeschrieben belastigt belaestigt gestort gestoert genervt behelligt zugespammt
            zugemullt kontaktiertwerden zugeschickt gesendet geschickt
            """,
        "CALLS": """
            anruf anrufe anrufen anrufn werbeanrufe telefonate telefonat nachricht nachrichten sms mail mails email
            emails werbung newsletter whatsapps post briefe kontaktaufnahme kontakt kontaktversuche telefonanrufe
            telefonwerbung angebote aktionen benachrichtigungen werbemails spam belastigung belastigungen kontakte
            anschreiben mitteilungen zusendungen zuschriften nachrichtn werbesms werbenachrichten telefonterror
            infomails reklame anrufversuche whatsapp info_mails kontaktierung sprachnachrichten umfragen anrufen_mehr
            """,
        "KEINE": "keine keinerlei kein keinen ka kane null koa koane keina keener weder keinem keiner",
        "HEAR": "hor hore hort horen hoer hoere hoert hoeren horn herts horts hert",
        "STOP": """
            unterlassen unterlasst unterlass unterlasse stoppen stoppt stoppe stellen stellt beenden beendet lassen
            lasst einstellen unterbinden vermeiden vermeidet verzichten verzichtet unterlassung schluss stopp stop genug
            """,
        "WANT": """
            will wollen mochte moechte mocht moecht wunsche wuensche wunsch wunscht erlaube gestatte wunschen wuenschen
            hatte_gern wui wil mog mag dulde akzeptiere verbitte bitte_um
            """,
        "DROP": """
            tut tu losche losch loscht loschen loesche loesch loescht loeschen loschn entferne entfernt entfernen
            entfern streiche streich streicht streichen tilgen tilgt lschen loschts loschen_sie nimm nehmt nehmen nehm
            nimmts hol holt holen schmeiss schmeisst werft werfen vernichten vernichtet austragen rauswerfen sperren
            sperrt vergesst vergessen vergiss losxhen loshcen
            """,
        "ERASE": """
            losche losch loscht loschen loesche loesch loescht loeschen loschn entferne entfernt entfernen entfern
            streiche streich streicht streichen tilgen lschen loschts vernichten vernichtet vergesst vergessen vergiss
            losxhen loshcen sperren sperrt gelöscht weg raus wegwerfen
            """,
        "GONE": """
            geloscht geloescht gestrichen entfernt loschen loeschen streichen entfernen rausnehmen raus vernichtet
            herausgenommen genommen nehmen loschn losxhen loscht rauszunehmen rausgenommen gesperrt streicht zu_loschen
            zu_loeschen zu_entfernen zu_streichen herausnehmen rausstreichen
            """,
        "MY": "meine mei mein die diese unsere meinen dieser unser den meiner alle der samtliche ma",
        "NUMBER": """
            nummer nr telefonnummer handynummer nummern daten kontakt kontaktdaten name namen nummr rufnummer tel
            mobilnummer eintrag datensatz telnr handynr personenbezogenen nummmer nr. tel_nr telefonnr
            """,
        "LIST": """
            liste verteiler kartei datenbank system adressbestand adressliste anrufliste verzeichnis register bestand
            datenbestand kundenkartei mailverteiler telefonliste speicher listen verteilerliste kundenliste datei
            verteilern mailingliste gruppe broadcast newsletter lsite lieste kontaktliste mailing
            """,
        "NOT_THIS_LIST": "warteliste gasteliste einkaufsliste wunschliste teilnehmerliste packliste",
        "OUT": "aus von ausm vom aussm vo",
        "UNSUB": """
            abmelden abmeldn abbestellen austragen abmeldung abbestellung abmelde abzumelden abzubestellen auszutragen
            abmeldung_bitte abgemeldet_werden ausgetragen_werden abmeden abmeldem
            """,
        "CONSENT": """
            einwilligung zustimmung erlaubnis genehmigung einverstandnis einverstaendnis werbeeinwilligung einwiligung
            einverstandniserklarung werbeerlaubnis datenschutzeinwilligung kontakterlaubnis
            """,
        "USE": """
            nutzung verarbeitung verwendung werbung weitergabe speicherung kontaktaufnahme daten werbezwecken zusendung
            datennutzung datenverarbeitung direktwerbung telefonwerbung kontaktierung werblichen anrufen zwecke
            """,
        "COURTEOUS": """
            bitte danke bite biite dankeschon please merci thx mfg vielen_dank ok sofort umgehend gruss lg dke
            """,
        "REPORT": """
            anzeige anzeigen bundesnetzagentur verbraucherschutz anwalt polizei anwaltin beschwere beschweren melde
            """,
        "KIN": """
            bote fahrer kurier postbote kollege techniker mann frau sohn tochter mutter vater schwester bruder nachbar
            nachbarin freundin freund oma opa chef
            """,
        "BUY": """
            bestellung auftrag kauf vertrag termin reservierung artikel paket konto ticket kundigung versicherung tisch
            buchung abo lieferung handyvertrag kaufvertrag rechnung position
            """,
        "WHY": "warum wieso weshalb wann weswegen",
        "STATED": """
            anrufer anrufs anrief angebot angerufenen schrieb schreiber schickte storung gestern nachste nachsten namens
            hore_ich horte lasse listen_ gruppen gruppe nummeriert wollte wollten mochten endet wunsch melden_sich
            geschrieben gemeldet abgemeldet gebraucht gehort meldung nehme bestellen bestellt reisen gereist austrage
            einstellung einstellungen unterlagen stoff stelle ende
            """,
    },
    refusals=(
        "streichung|loschung|loeschung|entfernung aus ~ LIST",
        "ERASE YOU? alles was",
        "CALLS sind|ist|werden NO|nimmer ~ notig|noetig|erwunscht|erwuenscht|gewunscht|notwendig",
        "widerspruchsrecht|widerrufsrecht ~ gebrauch",
        "lasst|lassen|lass YOU? meine ~ ruhe|frieden",
        "lasst|lassen|lass ME ~ zufrieden",
        "erlaube|gestatte ~ NO ~ INF",
        "WANT nix|nichts ~ von ~ bekommen|erhalten|horen",
        "bitte um loschung|loeschung|abmeldung|streichung",
        "KEINE CALLS ~ mochte|moechte|will|wunsche|wuensche",
        "^ CALLS nein|nee|ned|nicht ~ ja|gern|gerne|ok|nur",
        "HEAR ~ auf ~ ME ~ INF",
        "bitte unterlassen|unterlasst YOU? das|dies",
        "CALLS bitte einstellen|unterlassen|stoppen|absehen|lassen",
        "^ HEAR YOU? YOU? auf $",
        "brauche|brauchen KEINE ~ CALLS",
        "dankbar|schon|froh|verbunden ~ wenn YOU ~ NO MORE ~ INF|DONE",
        # No calls: the orders, whose verb comes apart.
        "RING YOU? YOU? ME? YOU? YOU? NO YOU? MORE? YOU? an",
        "RING YOU? YOU? ME? YOU? YOU? NO MORE",
        "RING YOU? ME ~ NO MORE? ~ an",
        "RING NO MORE",
        "WRITE YOU? YOU? ME YOU? YOU? NO MORE?",
        "WRITE YOU? YOU? ME? YOU? NO MORE",
        "WRITE YOU? YOU? ME YOU? KEINE MORE? ~ CALLS",
        "WRITE ME? YOU? nix|nichts MORE",
        # And what stands at the end.
        "NO MORE MORE? ~ INF",
        "NO MORE DONE",
        "NO MORE? DONE werden|wern|zu_werden",
        "ME YOU? YOU? NO MORE? INF",
        "ME YOU? NO MORE ~ INF",
        "bitte ME? NO MORE? INF",
        "^ NO INF COURTEOUS? $",
        "NO INF COURTEOUS|danke",
        "INF bitte? NO MORE",
        "unter dieser|der nummer NO MORE? INF",
        "NO MORE ~ in verbindung|kontakt setzen|treten",
        "davon|hiervon ~ absehen|abzusehen",
        "sehen|seht|sieh ~ CALLS ab",
        "CALLS absehen|unterlassen|einstellen|einzustellen|unterbinden|verzichten|zu_unterlassen|verboten",
        "dass ~ niemand|keiner ~ ME ~ INF|meldet|DONE",
        "niemand ~ MORE ME ~ INF|anruft|meldet",
        "dass YOU ~ NO MORE ~ INF|anruft|anrufen|meldet|schreibt",
        "MY NUMBER NO MORE ~ wahlen|waehlen|anrufen|benutzen|nutzen|verwenden|gespeichert",
        "NO MORE ~ von YOU|euch|ihnen|dir horen|hoeren",
        "nix|nichts MORE ~ horen|hoeren|schicken|senden|bekommen",
        # Stop it.
        "HEAR YOU? YOU? YOU? YOU? auf ~ ME? ~ INF",
        "HEAR YOU? YOU? YOU? auf mit|mid ~ CALLS|INF|dem|der|spam|scheiss",
        "HEAR YOU? YOU? YOU? auf ~ ME",
        "aufhoren|aufhoeren|aufzuhoren ~ INF",
        "mit ~ CALLS aufhoren|aufhoeren|aufzuhoren",
        "unterlassen|unterlasst|unterlass ~ CALLS|INF",
        "STOP|stellen YOU? YOU? mit? die|den|diese|diesen|eure|euren|ihre|alle|das|jegliche ~ CALLS",
        "STOP YOU? mit? CALLS",
        "beenden|beendet|stoppen|stoppt|stop|stopp YOU? ~ CALLS",
        "lasst|lassen|lass YOU? YOU? die|das|diese|eure|ihre CALLS|anrufen",
        "verzichten|verzichtet YOU? auf ~ CALLS",
        "verbiete|untersage|verbitte|verbieten|untersagen ~ CALLS|INF|DONE|kontaktaufnahme",
        "COURTEOUS stopp|stop $",
        "^ hallo|guten|hi? tag? stopp|stop COURTEOUS",
        "stopp|stop COURTEOUS $",
        "^ ende $",
        "^ stpo|sotp|stpp|stoop|sotpp|stpopp COURTEOUS? $",
        "es reicht|langt HEAR|keine",
        # No more of it.
        "KEINE MORE? ~ CALLS MORE",
        "KEINE weiteren|weitere|weiterer ~ CALLS",
        "WANT|bitte YOU? KEINE MORE? ~ CALLS",
        "^ KEINE CALLS COURTEOUS? $",
        "KEINE CALLS COURTEOUS",
        "keine|weder anrufe|nachrichten|sms|mails und|oder|noch|keine CALLS",
        "^ NO MORE COURTEOUS? $",
        "^ nie wieder COURTEOUS? $",
        "schluss|genug|basta|ende mit|der|von ~ CALLS",
        "WANT NO MORE? ~ DONE|INF",
        "WANT NO MORE? YOU? dass|das|das_s ~ INF|anruft|meldet|DONE|schreibt",
        "WANT ~ NO dass|das ~ INF|probieren|anruft",
        "WANT nix|nichts MORE ~ von|bekommen|erhalten|kriegen|horen|hoeren",
        "WANT ~ NO MORE? ~ CALLS ~ bekommen|erhalten|kriegen",
        "WANT ~ NO MORE ~ auf|in ~ LIST",
        "WANT ~ in ruhe gelassen",
        # Remove me.
        "DROP YOU? YOU? ME ~ OUT ~ LIST",
        "DROP YOU? YOU? ME ~ raus",
        "DROP YOU? YOU? ME OUT eurer|ihrer|der|dem|den|eurem|ihrem|da|euren|allen ~ LIST",
        "ME YOU? ~ OUT ~ LIST ~ GONE|zu|DROP",
        "ERASE YOU? YOU? ~ MY ~ NUMBER",
        "ERASE YOU? ~ NUMBER",
        "loscht|losche|losch|loschen|loesch|loeschen|loescht YOU? YOU? ME COURTEOUS|endlich|sofort|raus",
        "^ COURTEOUS? loscht|losch|streicht|streich|loschen|entfernen YOU? ME COURTEOUS? $",
        "MY|meine NUMBER YOU? ~ GONE",
        "NUMBER GONE",
        "GONE MY NUMBER",
        "OUT ~ LIST DROP|GONE|streichen|nehmen|loschen",
        "raus OUT ~ LIST",
        "loschung|loeschung meiner|aller|der|samtlicher|saemtlicher ~ daten|nummer|kontaktdaten",
        "um|die loschung|loeschung ~ meiner|meine|aller",
        "recht auf loschung|loeschung|vergessenwerden|widerspruch",
        # Unsubscribe.
        "ME YOU? YOU? UNSUB",
        "melde|melden|meld|meldet YOU? YOU? ME YOU? ab",
        "trage|tragen|tragt|trag|tragts YOU? YOU? ME YOU? aus",
        "UNSUB COURTEOUS",
        "COURTEOUS UNSUB",
        "^ UNSUB $",
        "unsubscribe COURTEOUS",
        "WANT ~ UNSUB",
        "newsletter|nachrichten|sms|mails|whatsapp UNSUB",
        "bestelle|bestellen ~ CALLS|newsletter ab",
        # I take my consent back.
        "widerrufe|widerruf|widerrufen ~ CONSENT",
        "CONSENT ~ widerrufe|widerrufen|widerruf|entziehe|zuruck|zurueck|zuruckziehen",
        "ziehe|entziehe|nehme ~ CONSENT ~ zuruck|zurueck|hiermit",
        "entziehe ~ CONSENT",
        "widerspreche|widersprechen|widerspruch ~ USE",
        "widerspreche|widersprechen der|dem|jeder|jeglicher ~ USE|CALLS",
        "lege ~ widerspruch ein",
        "KEINE CONSENT ~ INF|DONE|zur|fur|fuer",
        "NO|nie|kein ~ einverstanden ~ DONE|INF|CALLS",
        "haben|habt KEINE CONSENT|recht ~ ME ~ INF",
        "NO erlaubt|gestattet|berechtigt|befugt ~ INF",
        # Leave me in peace.
        "lasst|lassen|lass|lasse|lossts|lasset|lassn|lossn YOU? YOU? ME ~ ruhe|frieden|ruh|ruah",
        "ME ~ in ruhe|frieden|ruah|ruh lassen|lasst|lossn",
        "verschont|verschonen|verschone YOU? ME",
        "vergesst|vergessen|vergiss YOU? MY NUMBER",
        "MY NUMBER bitte vergessen",
    ),
    doubtful=(
        "kein|koa|null interesse|bedarf",
        "NO interessiert|intressiert",
        "nein danke",
        "^ NO danke",
        "falsche|verkehrte nummer|person",
        "falsch|verkehrt verbunden|gewahlt|gewaehlt",
        "verwahlt|verwaehlt",
        "woher|wer|wie|wo ~ MY NUMBER",
        "das|dies|ist belastigung|belaestigung|stalking|abzocke|betrug|spam|terror|telefonterror",
        "ist|sind ~ betruger|betrueger|abzocke|abzocker|betrug",
        "REPORT ~ sie|euch|erstatten|einschalten|bei",
        "schalte|gehe|rufe|nehme ~ anwalt|polizei|bundesnetzagentur",
        "bundesnetzagentur",
        "es|das|ihr|sie nervt|nerven|reicht|langt",
        "ihr|sie nervt|nerven",
        "schnauze|nase voll",
        "hab|habe ~ satt|dicke",
        "genug|satt davon|von ~ CALLS|euch|ihnen",
        "schon wieder|widder ihr|sie|du",
        "verpiss|verpisst|verzieh|verzieht dich|euch|sich",
        "leck|leckt mich",
        "brauche|brauch|brauchen|wollen|will nix|nichts",
        "brauchen|brauchst|braucht ~ NO MORE? INF",
        "NO notig|noetig|notwendig INF|CALLS",
        "bitte ME? NO INF",
        "bitte ME? NO ~ INF|an",
        "KEINE ~ CALLS",
        "ich|hiermit widerrufe|widerspreche|kundige|kuendige",
        "NO der|die|das richtige person|ansprechpartner|nummer",
        "ohne CALLS bis|fur",
        "lieber|besser NO INF",
    ),
    innocent=(
        "WANT NO dass ~ aufhort|aufhoren|aufhoert|stoppt ~ INF",
        "seitdem|hatte|hatten|gab|bekomme|kriege|erhalte KEINE ~ CALLS MORE?",
        "WANT KEINE ~ CALLS verpassen",
        "WRITE YOU? ME NO die|das|den",
        "WRITE YOU? ME KEINE rechnung ~ CALLS",
        "ich|wollte|wollen ~ NO storen|stoeren",
        "stop|stopp die|den|das",
        "ich hor|hore auf",
        "KIN ~ sagt|gesagt|meinte|sagte ~ gebeten ~ NO MORE? INF",
        "KIN ~ gebeten|gesagt|sagt ~ NO MORE? INF|DONE",
        "KIN ~ gesagt|sagt|sagte|meinte RING YOU? ME? NO MORE? an",
        "NO dass ich|wir NO DONE|INF ~ will|mochte|werden",
        "antworten|antworte|schreiben|sende|senden|antwort ~ stop|stopp|STOP",
        "nie|NO stopp|stop",
        "ich? kundige|kuendige NO",
        "das|es|dies stort|stoert|nervt ME NO",
        "handy|telefon RING NO MORE an",
        "beenden|beendet|stoppen YOU? ~ BUY",
        "BUY beenden|stoppen|einstellen",
        "KEINE nachricht hinterlassen",
        "HEAR YOU? auf den|die|seinen|das|ihren",
        # Lest they stop.
        "bitte? NO MORE? aufhoren|aufhoeren|HEAR ~ INF|schicken|CALLS",
        "NO aufhoren|aufhoeren|stoppen|loschen|loeschen|abmelden|austragen|abbestellen|streichen|entfernen|aufgehort",
        "NO ~ UNSUB|aufhoren|gekundigt",
        "WANT ME? NO ~ UNSUB|aufhoren|loschen|austragen|DROP",
        "ME ~ NO ~ UNSUB|austragen",
        "ERASE YOU? YOU? ~ NUMBER NO",
        "DROP YOU? YOU? ME NO ~ OUT ~ LIST|NOT_THIS_LIST",
        "DROP YOU? YOU? MY NUMBER NO",
        "HEAR YOU? YOU? NO auf",
        "MY NUMBER NO ~ GONE|DROP",
        "NO ~ MY NUMBER ~ GONE|DROP|loschen",
        "NO|nie|nix|nichts gesagt|verlangt ~ dass? ~ NO MORE? INF|DONE ~ sollt|sollen|sollst",
        "NO|nie|nix|nichts gebeten|behauptet|geschrieben ~ dass? ~ NO MORE? INF|DONE ~ sollt|sollen|sollst",
        "NO|nie gesagt|verlangt|gebeten ~ NO MORE? INF",
        "KIN ~ gesagt|meinte|sagte|wollte ~ NO MORE? INF|DONE ~ sollen|sollt|werden",
        "ich? hiermit? widerrufe|widerrufen|widerspreche NO|nichts|nix|KEINE",
        "ich? hiermit? widerrufe|widerruf|widerrufen|kundige|kuendige|widerspreche ~ BUY",
        "versehen|versehentlich|irrtumlich|irrtuemlich ~ stopp|stop|UNSUB|abgemeldet|STOP",
        "stopp|stop|UNSUB|abgemeldet ~ versehen|versehentlich|irrtum",
        # Asking, telling, and being unable.
        "WHY ~ RING|WRITE ~ NO MORE ~ an",
        "WHY ~ NO MORE? INF|DONE|geschrieben|gemeldet",
        "WHY ~ keine|kein MORE? CALLS MORE",
        "WHY ~ UNSUB|abgemeldet|geloscht|gestrichen|GONE",
        "haben|habt|hat|hast|hatte|hatten|wurde|bin|wurden|ist ~ NO MORE? DONE|geschrieben|gemeldet|zuruckgerufen",
        "haben|habt|hat|hast ~ NO MORE ~ DONE|gemeldet|geschrieben",
        "DONE haben|habt|hat",
        "kann|konnte|konnen|kannst|konnt|koennen|darf|muss|musst|mussen|muessen ~ NO INF",
        "ich|wir kann|konnte|konnen|koennen|darf ~ NO MORE? INF",
        "soll|sollte ~ NO INF sondern",
        "NO INF sondern",
        "wenn|falls|ob|weil ~ NO MORE? INF",
        "ich|wir RING|WRITE|melde|rufe ~ NO MORE? an?",
        "er|sie|niemand|keiner ruft|schreibt|meldet ME? NO MORE? an?",
        "technik|drucker|handy|telefon|display|klingel|gerat|es ~ NO MORE",
        "NO vergessen ~ INF",
        "zogern|zoegern YOU? NO ~ INF",
        "NO zogern|zoegern|scheuen ~ INF",
        "RING YOU? ~ NO die|den|das|einen|meinen|meine polizei|notarzt|klempner|mann|frau|chef ~ an",
        "NO am|aufs|auf_dem|ubers festnetz|haustelefon ~ INF|an",
        "RING YOU? ME NO am|auf|aufs ~ festnetz|haustelefon ~ an",
        "KEINE CALLS MORE? bekommen|erhalten|gekriegt|gesehen|gekommen|angekommen|gehort|da|verpasst|im|auf|von",
        "KEINE weiteren? CALLS MORE? bekommen|erhalten|gekommen|gesehen",
        "KEINE post|mail|sms|nachricht|nachrichten|info ~ bekommen|erhalten|gekriegt|gekommen|da",
        "hab|habe|haben|kam|kamen|gab|ist|sind|sehe|finde KEINE ~ CALLS",
        "KEINE werbung ~ sondern",
        "kein kontakt zu|mit|zum",
        # Other senses.
        "rauchen|trinken|arbeiten|essen|regnen|bluten aufhoren|aufhoeren|aufzuhoren|auf",
        "HEAR YOU? auf zu? rauchen|trinken|weinen|lachen|regnen",
        "mit ~ rauchen|trinken aufhoren|aufzuhoren|aufgehort",
        "bis|am|zum|gegen|monats|jahres|wochen|kein|das|zu|letzten ende",
        "ende des|der|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|monat|woche",
        "auto|wagen|pkw|strom|kind|gas|fernseher|gez|wohnsitz ~ UNSUB|abgemeldet",
        "BUY ~ UNSUB|ERASE|GONE|DROP",
        "ERASE YOU? ~ BUY",
        "vergessen|vergiss YOU? NO",
        "alte|alten|vorherige|falsche nummer ~ GONE|ERASE",
        "ERASE YOU? ~ alte|alten|falsche|vorherige NUMBER",
        "ERASE YOU? YOU? ~ NUMBER und nehmt|nehmen|notieren|nimm|speichert|ersetzt|tragen",
        "DROP YOU? ~ MY NUMBER OUT der|dem BUY",
        "DROP YOU? YOU? ME ~ OUT ~ NOT_THIS_LIST",
        "nehmen|nehmt|nimm YOU? ~ die nummer NUMBER?",
        "vergessen|vergiss ~ name|namen|nummer zu",
        "NUMBER|nummer vergessen",
        "NO der|die|das ~ BUY",
        "kein interesse an|am ~ versicherung|upgrade|garantie|zusatz",
        "genug von ~ euch|ihnen gehort",
        "falsche nummer|adresse|hausnummer auf|im|in|angegeben|eingetragen",
        "kein ende|stopp|problem|stress",
        "auto|tank|non|next|zwischen|boxen stop|stopp",
        "stop|stopp an|am|bei|in|auf",
        "ist|hat ~ stopp|stop",
    ),
    negators="""
        nicht_von nicht_aus nicht_dass nicht_mich nicht_abgemeldet aus_versehen kann_ich wie_kann versehentlich
        irrtumlich niemals_gesagt nie_gesagt niemand nicht_loschen nicht_loeschen nicht_entfernen nicht_streichen
        nicht_abmelden nicht_aufhoren nicht_austragen
        """,
    times="""
        zwei_wochen drei_wochen vier_wochen eine_woche zwei_monate drei_monate einen_monat paar_tage paar_wochen
        paar_monate kommenden nachsten naechsten eine_stunde zehn_tage heute morgen diese_woche dieses_wochenende
        wochenende nachste_woche naechste_woche diesen_monat nachsten_monat vor bis wenn falls solange wahrend waehrend
        montag dienstag mittwoch donnerstag freitag samstag sonntag sonntags samstags montags uhr vormittags nachmittags
        abends nachts mittags vorerst vorlaufig vorlaeufig momentan im_moment zur_zeit zurzeit derzeit grad_nicht
        jetzt_nicht erstmal erst_mal urlaub ferien ausser im_meeting auf_arbeit auf_der_arbeit in_der_arbeit zum_thema
        zwischen so_fruh so_frueh so_spat so_spaet am_abend am_wochenende gerade_nicht in_nachster_zeit einstweilen
        ubergangsweise in_der_nacht zwecks wegen_der_umfrage bezuglich weihnachten ostern feiertag feiertagen
        """,
    parts="""
        werbung reklame angebote aktionen newsletter werbesms werbemails umfragen marketing promo* rabatt*
        sonderangebote
        """,
)
