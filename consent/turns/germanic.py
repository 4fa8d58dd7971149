"""
Turns of refusal in English, German, Dutch and Swedish.
"""

from collections.abc import Mapping

from consent.turns.turn import Turns

TURNS: Mapping[str, Turns] = {
    "en": Turns(
        weary="sick_of tired_of fed_up_with had_enough_of had_it_with sick_and_tired_of done_with enough_of weary_of over",
        calling="""
            your_calls these_calls all_these_calls the_calls your_phone_calls being_called being_phoned being_rung your_messages
            your_ringing you_calling you_ringing you_phoning you_people_calling the_constant_calls this_harassment your_harassment
            the_phone_calls these_phone_calls your_constant_calls all_your_calls all_the_calls you_guys_calling getting_calls
            """,
        forbid="i_forbid we_forbid forbid_you dont_you_dare do_not_dare you_are_forbidden youre_forbidden under_no_circumstances_may you_may_not",
        touch="to_call to_contact to_phone to_ring call contact phone ring calling contacting to_call_me calling_me",
        spurn="i_refuse i_reject i_decline we_refuse i_want_no i_wish_no i_do_not_consent_to i_dont_consent_to i_object_to zero",
        contact="""
            contact contacts calls any_contact all_contact further_contact any_further_contact communication communications
            any_communication phone_calls telemarketing solicitation solicitations any_calls further_calls further_communication
            """,
        calls="your_calls your_phone_calls these_calls your_messages you_keep_calling you_keep_ringing you_call you_ring you_phone you_text you_keep_texting ring_every_day every_day_you_ring every_day_you_call calling_me_every_day",
        halt="stop stop_it please_stop kindly_stop knock_it_off cut_it_out quit_it enough it_has_to_end it_has_to_stop it_must_stop this_must_stop this_has_to_stop it_needs_to_stop stop_now stop_please stop_this",
        refusals=(
            "would you mind not calling|phoning|ringing|contacting|texting",
            "id_rather|i_would_rather|id_prefer|i_would_prefer|rather|prefer not ~ receive|get|have|be ~ calls|contacted|called|phoned|rung|phone_calls|any_calls|more_calls",
            "end|stop|cease this|the|your ~ harassment|harassing|phone_harassment",
            "no|zero ~ follow_up|further|more calls",
        ),
        innocent=("stop|halt|cancel the|my delivery|order|shipment",),
    ),
    "de": Turns(
        weary="satt genug nase_voll schnauze_voll leid es_reicht mir_reicht_es mir_reichts muede genervt die_nase_voll hals",
        calling="""
            ihre_anrufe eure_anrufe die_anrufe diese_anrufe deine_anrufe ihren_anrufen euren_anrufen den_anrufen diesen_anrufen von_ihnen_angerufen
            dauernd_angerufen staendig_angerufen standig_angerufen anruferei euer_angerufe telefonterror anrufterror belastigung belaestigung
            """,
        forbid="verbiete verbieten untersage untersagen verbitte es_ist_ihnen_untersagt ihnen_ist_untersagt wagen_sie_es_nicht wagt_es_nicht untersteht_euch es_ist_verboten",
        touch="""
            mich_anzurufen anzurufen mich_zu_kontaktieren zu_kontaktieren mir_zu_schreiben anrufe jeden_anruf jegliche_anrufe weitere_anrufe
            mich_zu_belastigen kontaktaufnahme jede_kontaktaufnahme jeglichen_kontakt hier_anzurufen uns_anzurufen
            """,
        spurn="lehne verweigere wunsche_keinen wuensche_keinen will_keinen mochte_keinen moechte_keinen keinerlei kein_weiterer keine_weitere keine_weiteren verzichte_auf",
        contact="kontakt kontakte kontaktaufnahme anruf anrufe werbung telefonate telefonischen_kontakt telefonische_werbung nachricht nachrichten telefonwerbung",
        calls="ihre_anrufe eure_anrufe diese_anrufe die_anrufe rufen_sie_an ruft_ihr_an ihre_nachrichten jeden_tag_rufen taglich_rufen staendig_rufen",
        halt="horen_sie_auf hoeren_sie_auf hort_auf hoert_auf horen_sie_damit_auf hort_damit_auf lassen_sie_das lasst_das schluss_damit schluss stopp das_muss_aufhoren das_muss_aufhoeren es_reicht unterlassen_sie_das hor_auf",
        refusals=(
            "nicht mehr|weiter|langer|laenger ~ belastigt|belaestigt|angerufen|kontaktiert|angeschrieben|gestort|gestoert ~ werden",
            "nachste|naechste|nachster|naechster anruf ~ anwalt|polizei|anzeige",
            "gesagt dass ich|wir keine|nicht|nie ~ anrufe|angerufen|kontaktiert|anruf|werbung",
            "wie oft|haufig|haeufig ~ sagen|wiederholen",
            "es_reicht|reichts|reicht|schluss|genug ~ mit ~ anruferei|anrufen|anrufe|telefoniererei|anrufterror",
            "lieber|eher keine|nicht ~ anrufe|angerufen|kontaktiert|anruf",
            "kontaktieren|rufen|schreiben|belastigen sie mich weder",
            "beenden|stoppen|unterlassen|schluss ~ telefonterror|anrufterror|belastigung|belaestigung|belastigungen",
            "nie|niemals wieder|mehr nachrichten|anrufe|sms|whatsapp",
            "entfernen|loschen|loeschen|tilgen|vernichten sie? alles ~ uber|ueber mich",
            "saubern|saeubern|bereinigen sie? ~ datenbank|daten",
            "ich sagte rufen|ruft|nicht ~ nicht ~ an|anrufen",
        ),
        innocent=(
            "nicht|nie vergessen ~ anzurufen|anrufen",
            "vergiss|vergessen_sie|vergesst nicht ~ anzurufen|anrufen",
            "stoppen|stornieren sie? die|meine lieferung|bestellung|sendung",
        ),
    ),
    "nl": Turns(
        weary="beu zat spuugzat genoeg moe kotsbeu strontzat ziek klaar_met doodmoe",
        calling="van_jullie_telefoontjes jullie_telefoontjes van_uw_telefoontjes uw_telefoontjes jullie_gebel dat_gebel van_dat_gebel deze_telefoontjes van_jullie_gebel met_jullie_telefoontjes met_dat_gebel jullie_oproepen",
        forbid="verbied verbieden ik_verbied u_mag jullie_mogen waag_het_niet het_is_verboden verboden",
        touch="mij_te_bellen me_te_bellen te_bellen contact_op_te_nemen mij_te_contacteren mij_te_benaderen mij_niet_meer_bellen mij_niet_bellen me_niet_meer_bellen mij_nooit_meer_bellen",
        spurn="weiger wens_geen wil_geen geen_enkel geen_enkele geen_verder geen_verdere",
        contact="contact contacten telefoontje telefoontjes oproep oproepen communicatie telefonisch_contact telefonische_benadering vorm_van_contact",
        calls="uw_telefoontjes jullie_telefoontjes die_telefoontjes deze_telefoontjes dat_gebel elke_dag_bellen jullie_bellen u_belt elke_dag_belt jullie_berichten",
        halt="stop stop_ermee stopt_ermee hou_op houd_op hou_ermee_op kap_ermee genoeg dit_moet_ophouden dit_moet_stoppen stop_daarmee het_moet_ophouden",
        refusals=(
            "beu|zat|spuugzat ~ stop|ophouden|kappen",
            "volgende telefoontje|oproep ~ advocaat|politie|acm|klacht",
            "gezegd dat ik|we ~ niet|geen|nooit ~ gebeld|telefoontjes|benaderd|gecontacteerd",
            "hoe vaak ~ zeggen|herhalen",
            "eind|einde aan|maken ~ lastigvallen|gebel|telefoonterreur|pesterij|telefoontjes",
            "liever|het_liefst geen|niet ~ telefoontjes|gebeld|oproepen|benaderd",
            "ontvang|krijg liever|het_liefst geen ~ telefoontjes|oproepen",
            "nooit meer|nog berichten|telefoontjes|sms|appjes",
            "verwijder|wis|vernietig alles ~ over mij",
            "schoon|schonen ~ mijn gegevens",
        ),
        innocent=(
            "ik|we kan|kunnen ~ niet ~ bellen|praten|opnemen",
            "stop|annuleer de|mijn levering|bestelling|zending",
        ),
    ),
    "sv": Turns(
        weary="trott_pa less_pa trotta_pa nog_av fatt_nog_av led_pa utmattad_av sjuk_pa",
        calling="era_samtal dina_samtal alla_samtal samtalen dessa_samtal att_ni_ringer att_bli_uppringd att_du_ringer era_meddelanden ert_tjat era_telefonsamtal",
        forbid="forbjuder ni_far_inte du_far_inte vagar_inte forbjudet_att",
        touch="ringa_mig att_ringa_mig kontakta_mig att_kontakta_mig ringa_hit ringa att_ringa kontakta",
        spurn="vagrar avbojer avvisar undanber vill_inte_ha_nagon vill_inte_ha_nagra nej_till avsager",
        contact="kontakt samtal all_kontakt alla_samtal fler_samtal telefonsamtal telefonforsaljning kommunikation reklam telefonkontakt",
        calls="era_samtal dina_samtal alla_samtal samtalen ni_ringer du_ringer era_meddelanden",
        halt="sluta sluta_nu sluta_med_det lagg_av stopp det_racker det_maste_upphora det_maste_sluta upphor nu_racker_det",
        refusals=(
            "hor inte av er|dig|sig ~ mer|mera|igen",
            "nasta samtal ~ advokat|polisen|polisanmalan|anmalan",
            "hur manga ganger|gange ~ saga|upprepa",
            "nu? racker det ~ samtal|ringande|telefonsamtal",
            "satt|satta|fa|stopp ~ for|pa ~ telefontrakasserierna|trakasserierna|trakasserier|telefonterror",
            "helst|hellre slippa|inte ~ samtal|uppringd|kontaktad",
            "aldrig mer|mera|igen meddelanden|samtal|sms",
            "rensa|stada|tvatta ~ mig|mina ~ databasen|registret|systemet|uppgifter",
        ),
    ),
}
