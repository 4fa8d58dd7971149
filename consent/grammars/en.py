"""
Refusals in English.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="en",
    sets={
        "NO": """
            dont do_not never dnt donot do_nt must_not mustnt may_not not_to dont_ever do_not_ever never_ever
            dont_you_ever dont_you_dare dont_u dont_even dare_not please_not no_longer dont_please do_not_please
            dont_pls need_not neednt should_not stop_it_dont doont dnot kindly_not dont_keep do_not_keep dont_bother
            dont_bother_to never_try_to dont_try_to do_not_try_to do_not_attempt_to dont_even_think_about
            """,
        "ME": """
            me us mee meh my_number this_number my_phone this_phone my_house my_home here my_mother my_mobile my_cell
            """,
        "CALL": """
            call calls phone ring contact text message email mail e_mail msg txt telephone whatsapp dial ping dm sms
            call_back phone_back ring_back write_to get_in_touch_with be_in_touch_with get_in_contact_with reach_out_to
            get_back_to call_upon solicit cold_call robocall call_or_text text_or_call call_or_email cal caal conctact
            contatc cntact kall approach send_messages_to send_texts_to send_anything_to fone follow_up_with
            """,
        "EVER": "ever you u please pls even dare try keep to just be fucking bloody",
        "RECEIVE": """
            receive receiving recieve recieving get getting have having see hear be_getting keep_getting keep_receiving
            """,
        "BOTHER": """
            bother disturb harass hassle pester bug annoy spam badger hound stalk bombard bothr harrass nag mither chase
            """,
        "AGAIN": """
            again anymore any_more ever evermore further henceforth more agen agian anymor anymre ever_again from_now_on
            at_all whatsoever no_more going_forward any_longer in_future in_the_future anytime
            """,
        "CALLING": """
            hitting calling phoning ringing contacting texting messaging emailing mailing telephoning dialing dialling
            pinging writing bothering disturbing harassing hassling pestering bugging annoying spamming soliciting
            badgering hounding stalking bombarding whatsapping callin ringin textin phonin txting msging caling calin
            callling blowing_up_my blowing_my harrassing contactin sending_me sending_us sending_messages sending_texts
            sending_these sending_this ringing_up cold_calling chasing nagging dming reaching_out trying_to_call
            trying_to_contact trying_to_reach
            """,
        "STOP": """
            stop quit cease refrain_from desist_from stp stahp stpo sotp stopp stap stoppp stops stop_with
            cease_and_desist_from halt discontinue abstain_from stop_fucking stop_bloody quit_fucking stop_trying_to
            stop_constantly stop_all stop_keep stop_from knock_off pack_in give_up stop_effing stop_freaking stop_damn
            avoid
            """,
        "CALLS": """
            calls call messages texts msgs txts emails mails mailings marketing telemarketing spam contact
            communications communication promotions promos offers ads adverts advertising advertisements solicitations
            solicitation notifications newsletters newsletter robocalls sms smses phonecalls voicemails surveys survey
            correspondence calling texting messaging contacting phoning reminders alerts updates messeges mesages
            sales_calls phone_calls cold_calls deals blasts broadcasts emailing telephone_calls
            """,
        "THESE": """
            text sms voice whatsapp the these those your ur this any all more further marketing sales phone cold spam
            unwanted such daily
            """,
        "WANT": """
            want wish need desire care_for accept consent_to agree_to require wanna appreciate welcome like would_like
            """,
        "NOT": """
            dont do_not no_longer not never didnt did_not dnt donot wouldnt would_not doesnt does_not nobody no_one
            """,
        "CALLED": """
            called contacted phoned rung texted messaged emailed telephoned disturbed bothered harassed spammed
            solicited pestered approached reached written_to rang hassled marketed_to
            """,
        "DROP": """
            remove delete erase take get strike drop scrub purge cross pull wipe remov delist rmove removee remve
            destroy clear scratch kick forget lose exclude omit eliminate cancel block blacklist
            """,
        "DROPPED": """
            removed deleted erased taken struck dropped scrubbed purged wiped off excluded taken_off delisted
            unsubscribed opted_out
            """,
        "ERASE": """
            scrap forgetting remove delete erase lose scrub purge wipe delist destroy forget unsubscribe remov discard
            ditch bin strike block drop_my stop_using bin_off get_rid_of tear_up throw_away throw_out
            """,
        "MY": "my our this the_above",
        "NUMBER": """
            number no num nr phone name details data info information contact mobile cell email address record records
            phone_number telephone contact_details personal_data numbr nmber digits entry line file account_details
            """,
        "LIST": """
            list lists database databases mailing directory system records register roster broadcast broadcasts group
            crm distribution books lsit database_s log campaign campaigns mailinglist subscription calllist rolodex
            """,
        "NOT_THIS_LIST": """
            waiting waitlist standby guest shopping wish wishlist wedding queue packing passenger price delivery gift
            order cart basket
            """,
        "OFF": "off from out_of of outta frm",
        "UNSUBSCRIBE": """
            unsubscribe unsub unsubscribing unsubcribe unsubscibe unsuscribe opt_out optout opt_me_out opt_us_out
            delist_me opting_out unsubscribe_me unsubscribe_us delist unregister deregister
            """,
        "REVOKE": """
            revoke withdraw revoking withdrawing rescind retract cancel cancelling revoked withdrawn remove revok
            """,
        "CONSENT": "consent permission authorization authorisation consents approval concent agreement",
        "PEACE": """
            leeve_me_alone leave_me_alone leave_us_alone leave_me_be leave_us_be leave_me_in_peace leave_us_in_peace
            leve_me_alone leave_me_alon leav_me_alone give_me_peace let_me_be leave_my_family_alone
            leave_my_mother_alone leave_my_mum_alone leave_this_number_alone lose_my_number loose_my_number
            forget_my_number forget_this_number lose_this_number forget_you_have_my_number delete_me_from_your_life
            do_one_and_stop forget_i_exist
            """,
        "COURTEOUS": """
            please pls plz plse thanks thank thx ty kindly ta cheers now immediately already asap okay ok bye
            """,
        "BUT": """
            i im ive we were thanks thank thankyou not no stop leave interested please pls remove take ok okay you bye
            goodbye ta cheers delete and
            """,
        "SAID": "said told asked say mean meant tell ask saying asking requested request meaning thought think",
        "OTHER": """
            people customers him her them it mum mom dad wife husband sister brother neighbour neighbor everyone clients
            anyone somebody someone kids
            """,
        "KIN": """
            courier driver chef postman receptionist carer husband grandson mum mom mother dad father wife sister
            brother neighbour neighbor son daughter friend colleague boss gran nan grandma flatmate roommate partner
            """,
        "DOOR": "bell doorbell buzzer intercom landline reception concierge door",
        "THING": """
            deliveries delivering broadband internet line rental addon electricity gas water order appointment appt
            booking reservation membership item items policy ticket tickets flight delivery cheque check payment
            payments card loan contract trial direct debit standing renewal insurance account visit job meeting gym
            lesson lessons class service
            """,
        "WHY": "why how_come y hows",
        "REPORT": """
            report reporting sue suing ftc fcc ofcom ico lawyer attorney solicitor police tcpa court fcc_complaint
            complain complaint lawsuit block blocking trading_standards
            """,
        # Known here so that they are no misspelling of an order.
        "STATED": """
            remover removal removes deletes caller callers messenger ended ending stopped stopping quitting phones rings
            texture write_up contacts contract offer offered offering writer falling rolling selling telling pulling
            balling filling killing bringing singing wringing hugging hanging mailed annoyed bored quiet quite quote
            letters listed lists leaves please later latter alone along numbers numbered mine wrong waste wished remote
            remind reminder remains forgot forgets losing closed close looser spare spam_folder space stock store
            """,
    },
    refusals=(
        "calls|texts|messages|emails no ~ yes|ok|okay|fine|only",
        "no more of these|the|your|this CALLS",
        "COURTEOUS no more $",
        "no CALLING ME|COURTEOUS",
        "STOP it with ~ CALLS",
        "no circumstances|event|way ~ CALL|CALLING ME",
        "remove|unsubscribe|delist|delete|erase us|me $",
        "waive|decline|refuse|reject ~ CALLS",
        "thats|had enough CALLS",
        "put an? end|stop to ~ CALLING|CALLS",
        "MY NUMBER ~ be DROPPED",
        "grateful|appreciate|happy|glad|rather|prefer|thank ~ you|u not|didnt|dont|never CALL|CALLING|CALLED ME",
        "NO write ME AGAIN",
        "leave ME ~ alone|be",
        # No calls.
        "NO EVER? CALL ME",
        "NO CALL ~ AGAIN",
        "NO CALL BUT|COURTEOUS",
        "NO CALL $",
        "NO BOTHER ME",
        "NO CALLING ME",
        "NO CALL my|this|the? old|sick|elderly? NUMBER|KIN",
        "NO send ME? ~ CALLS",
        "NO send ME anything|stuff|more|CALLS ~ AGAIN",
        "NO use|keep|store|share|dial|sell|contact|process MY NUMBER",
        "NO get|be in touch",
        "NO reach out",
        "not CALL|BOTHER ME AGAIN",
        "to not CALL|BOTHER ME",
        "not to be CALLED",
        "could|can|would|will you|u|ya|yous please? not CALL|BOTHER ME?",
        "NO be CALLING ME",
        "nobody|noone|no_one calls|contacts|rings|phones|CALL ME AGAIN",
        "not CALLED AGAIN",
        "ensure|sure ~ not CALLED",
        "no need ~ CALL ME? AGAIN",
        "STOP blowing up ~ phone",
        "you|u are|r not|no_longer allowed|permitted|authorized|authorised|welcome to CALL ~ ME|number",
        "you|u have|had no right|permission|business|consent|authority to? CALL|CALLING|BOTHER ME",
        "you|u dont|do_not|no_longer have MY? CONSENT",
        "better|rather|prefer you|if not|didnt|dont CALL|CALLED ME?",
        # Stop it.
        "STOP CALLING ME",
        "^ COURTEOUS? STOP CALLING",
        "STOP CALLING MY|the|these|this NUMBER|line|house|home|people?",
        "STOP CALLING BUT|COURTEOUS|AGAIN",
        "STOP the? CALLING $",
        "STOP BOTHER|CALL ME",
        "STOP with|w|wi|THESE THESE? THESE? CALLS",
        "STOP CALLS $",
        "STOP sending|making|giving|leaving|doing ~ CALLS",
        "STOP sending ME ~ stuff|things|crap|shit|rubbish|this|these|them|those|anything",
        "STOP using|selling|sharing|processing MY NUMBER",
        "cease ~ CALLS",
        "end|cancel|block|suspend all|these|the|any|your CALLS",
        "CALLS need|must|have|has|needs|should to? stop|end|cease",
        "want|need|would_like THESE? CALLS to? stop|stopped|cease",
        "want|need you|them|people to stop",
        "want|wish|like|need to stop receiving|getting",
        "please|pls|plz|just|kindly stop $",
        "^ stop COURTEOUS ~ COURTEOUS $",
        "stop COURTEOUS $",
        "enough of|with ~ CALLS",
        "^ stpo|sotp|stopit|stp|stpp|stio|stpop|stob|ssotp|stip COURTEOUS? $",
        # No more of it.
        "no|zero THESE? more|further THESE? CALLS",
        "no THESE? CALLS COURTEOUS|ever|anymore|whatsoever|here|for",
        "^ no THESE? CALLS $",
        "^ please|pls no THESE? CALLS",
        "CALLS not ok|okay|allowed|wanted|welcome|please",
        "CALLS are|is not|un|no_longer ok|okay|welcome|wanted|allowed|needed|required|necessary",
        "NOT WANT to? RECEIVE|receive|get|have|see|hear|be_getting|keep_getting|keep_receiving|be_receiving ~ CALLS",
        "NOT WANT to receive|get|hear from|anything from|else|you|u|ya|yous|ur|your|anyone|this|any",
        "NOT WANT any? THESE? CALLS",
        "NOT WANT any more? THESE? THESE? CALLS",
        "NOT WANT you|u|ya|anyone|anybody|them|people|yous|your|yall|any ~ to? CALL|BOTHER|CALLING ME?",
        "NOT WANT to? be|being|get|getting CALLED",
        "NOT WANT to? be on|in|part ~ LIST",
        "prefer|rather|ask|asking|like|want|wish not to? be CALLED",
        "prefer|rather|ask|asking|like|wish|want not to receive ~ CALLS",
        # Remove me.
        "DROP ME ~ OFF ~ LIST",
        "DROP ME OFF your|ur|the|there|this|that|it|here|everything|all|any|whatever",
        "DROP ME off",
        "ERASE all|MY ~ NUMBER",
        "ERASE everything|all ~ have|hold|on|about",
        "DROP MY NUMBER NUMBER? OFF|out|off your|ur|this|it|there|here|all",
        "DROP MY NUMBER OFF|off|out $",
        "DROP my|our ~ OFF ~ LIST",
        "take the|that NUMBER OFF your|ur|the|this",
        "remove|delete|unsubscribe|delist|erase ME COURTEOUS|immediately|permanently|completely|forever|from",
        "be|get|my_name|number DROPPED ~ OFF ~ LIST",
        "be unsubscribed|removed|deleted from|please",
        "want|like|wish|need|ask|request|asking|requesting|demand|have ~ to|my|me ~ be|number|data|details ~ DROPPED",
        "want|like|wish|need|please|ask|asked OFF your|this|ur|the|that ~ LIST",
        "deletion|erasure|removal of|from ~ NUMBER|LIST",
        "right to erasure|be_forgotten|object|erase|deletion|opt_out",
        "object to ~ CALLS|CALLED|processing|use|NUMBER|direct|CALLING",
        "article 17|21|7 gdpr|of|uk",
        "on|to ~ do_not_call|dnc|donotcall|no_call|suppression|do_not_contact",
        # Opt out.
        "UNSUBSCRIBE ME|COURTEOUS|from|my|all",
        "COURTEOUS UNSUBSCRIBE $",
        "COURTEOUS UNSUBSCRIBE ME|my|from|this",
        "^ UNSUBSCRIBE $",
        "want|wish|like|need|id|ill|i|we|choose|ask|asking|request|help|try|trying to? be? UNSUBSCRIBE",
        "opt me|us|this_number|my_number out",
        "im|i|we am|are|would like|want? to? opting|opt out",
        "opt out of|from ~ CALLS|everything|all|this|these|your",
        "cancel|end|stop my|the|this|your|our? text|sms|email|message|newsletter|marketing subscription",
        # I take my consent back.
        "REVOKE my|our|any|all|the ~ CONSENT",
        "REVOKE CONSENT",
        "CONSENT is|are|has|hereby been? REVOKE",
        "NOT consent|agree|permit ~ CALLED|CALL|CALLS|CALLING|CALLED|contact|use",
        "NOT authorize|authorise|accept|give_permission ~ CALLED|CALL|CALLS|CALLING|CALLED|contact|use",
        "NOT ~ have|given|give|gave|got my|our|any|you CONSENT ~ CALL|CALLING|use|contact|send",
        # Leave me in peace.
        "PEACE",
        "^ no more COURTEOUS? $",
    ),
    doubtful=(
        "NOT interested",
        "no interest in|at",
        "no need ~ CALL|CALLING",
        "NO bother|try CALLING",
        "NO CALL",
        "sick|tired|fed of|up ~ CALLS|CALLING|this|you|with",
        "had enough of|already|now",
        "wrong|incorrect number|person|guy|man|woman",
        "who|where ~ gave|give|got|get|sold|found|did my|this|our NUMBER",
        "how ~ get|got|have|find|found|did my|this|our NUMBER",
        "harassment|harassing",
        "this is harass*|stalking|spam|scam",
        "is this a|some? scam",
        "ill|im|will|going|gonna|am to? be? REPORT",
        "keep|keeps|kept|constantly CALLING ME",
        "^ you|u|yous again",
        "piss|bugger|sod|fuck|jog|buzz|naff off",
        "how many times do|must ~ have|tell|say|ask",
        "please|just stop it|this|that",
    ),
    innocent=(
        "take me off hold",
        "want me to stop",
        "off hold|guard",
        "number plate|plates",
        "DROP|ERASE ~ number plate|plates",
        "NOT WANT ~ contact lens|lenses",
        "SAID to be DROPPED OFF ~ LIST but|though",
        "had SAID ~ not|NO ~ CALL|CALLED",
        "not that i|we NOT WANT ~ CALL|CALLED|talk",
        "NOT sent|send|wrote|write|typed|ask|SAID ~ stop|STOP",
        "no more than",
        "KIN keeps|kept CALLING ME",
        "do|will|would i|we lose my number",
        "lose my number if|when",
        "STOP ~ my|the|our THING",
        "KIN ~ SAID ~ SAID ~ not|NO ~ CALL ME? AGAIN?",
        "KIN ~ SAID ~ not|NO ~ CALL ME? AGAIN?",
        "text|reply|send|answer stop|STOP",
        # Lest they stop.
        "NO STOP ~ CALLING|CALLS|sending ME? CALLS?",
        "NOT WANT ~ to|you? STOP|UNSUBSCRIBE|opt_out ~ CALLING|CALLS|CONSENT|sending|out|LIST ME?",
        "NOT WANT ~ to|you? cancel|be_removed|REVOKE ~ CALLING|CALLS|CONSENT|sending|out|LIST ME?",
        "NOT WANT to|you? to? STOP|UNSUBSCRIBE|opt_out|cancel|be_removed|get_removed|opt out?",
        "NOT WANT you? to? DROP|ERASE ME|MY NUMBER? OFF? your? LIST?",
        "NOT WANT to? be DROPPED OFF? the|your? LIST?",
        "NOT SAID|ask you|i|u? to|please? STOP|UNSUBSCRIBE|DROP|ERASE ~ CALLS|CALLING|NUMBER|ME",
        "NOT SAID|ask that|them|for|we? to|please? STOP|UNSUBSCRIBE|DROP|ERASE ~ CALLS|CALLING|NUMBER|ME",
        "NOT SAID you|i|u|that|we|anyone|anything? to|you? not|NO|never to? CALL|CALLED|CALLING|BOTHER ME?",
        "NOT SAID|ask to be DROPPED ~ LIST?",
        "NO DROP|ERASE ME|MY NUMBER? OFF? your|the|this? waiting? LIST?",
        "no|not need ~ to DROP|ERASE|UNSUBSCRIBE|STOP ME|MY? NUMBER|CALLS|CALLING? OFF? LIST?",
        "NOT|no reason|need|necessary to DROP|UNSUBSCRIBE|STOP ME|MY NUMBER?",
        "NO REVOKE|UNSUBSCRIBE|revoking|withdrawing ~ CONSENT|ME|from",
        "you|u|they cant|cannot|shouldnt|couldnt just|simply? STOP CALLING ~ OTHER",
        # Asking why, or by whom.
        "WHY did|have|has|had ~ STOP CALLING|sending|CALLS ME? CALLS?",
        "WHY ~ stopped CALLING ME?",
        "WHY ~ NO|NOT|nobody|noone|no_one|never CALL|CALLED|CALLING|CALLS ME? back?",
        "WHY ~ DROP|DROPPED|UNSUBSCRIBE ME? ~ LIST|off|from",
        "WHY ~ UNSUBSCRIBE|DROPPED",
        "nobody|noone|no_one|he|she NO|NOT|never even|ever|actually? CALL|CALLED|CALLING ME back?",
        "you|they didnt|havent|have_not|did_not even|ever|actually? CALL|CALLED ME back?",
        "if i|we|he|she|you|u dont|do_not|never answer|pick|CALL|hear ME? back?",
        "i|we|ill|he|she dont|never|wont|didnt CALL ME? back? people?",
        "did|do you|u STOP CALLING ME?",
        "KIN ~ SAID ~ STOP|NO|not|NOT CALL|CALLING|CALLED her|him|them|OTHER",
        "sign|note|message|notice|page|letter says|said|reads NO CALL|ring after?",
        "text|reply|send|texted|wrote|write|press|pressed|hit STOP|UNSUBSCRIBE to|and|by|it ~ STOP|UNSUBSCRIBE|CALLS?",
        "by accident|mistake|error ~ UNSUBSCRIBE|stop|STOP",
        "UNSUBSCRIBE|stop|STOP ~ by accident|mistake|error|accidentally",
        "accidentally|mistakenly ~ UNSUBSCRIBE|stop|STOP ~ CALLS?",
        "did|have|had i|we been? UNSUBSCRIBE|DROPPED",
        # Other ways to say do call.
        "NO hesitate|forget ~ CALL|contact|text|message ME?",
        "NO CALL ME ~ DOOR",
        "NO CALL|use the|a DOOR",
        "NO CALL|use him|her|them|it|that|my_boss|police",
        "NO CALL ME ~ sir|madam|mate|love|darling|names|mrs|miss|mr|honey|babe|stupid|liar",
        "NO CALL|text while|and|when you|u? driving|drive",
        # Other senses.
        "STOP|stops by|at|in|off|over|on|here|outside|bleeding|smoking|drinking|working|leaking|crying|worrying",
        "STOP ringing|calling|phoning the|about DOOR|a",
        "bus|tram|train|full|pit|next|last|first|nearest|one|non|the|which|what|a stop|stops",
        "non|the|a|our|my|next|last stop",
        "wont|doesnt|didnt|cant|couldnt|not stop",
        "i|we|to|going|ill go|going away",
        "a stop ~ on cheque|check|payment|the|my",
        "stop payment|payments|order|light|watch|gap|sign|valve|loss|tap",
        "stop the? delivery|payment|order|cheque|check|shipment|subscription|service|direct|standing|transfer",
        "before|after|when|until|if|where|did|does|do ~ stops|stop",
        "stop or|to pick|get|collect|buy",
        "cancel|remove|delete ~ THING",
        "DROP|ERASE ~ my|the|this|that|one ~ THING|basket|cart|item|card|photo|comment|review|stain|paint",
        "DROP|ERASE ME|MY NUMBER? OFF|from ~ NOT_THIS_LIST list?",
        "DROP|ERASE ~ NUMBER ~ old|former|previous|wrong|replace|and|update|with ~ new|add|use|number|instead|this",
        "DROP|ERASE|take my|the old|previous|other|second|work|former NUMBER NUMBER?",
        "remove MY|the NUMBER NUMBER? from the|my order|booking|parcel|invoice|ticket|label",
        "no calls|messages|texts|email|emails|call|missed yet|so|from_you|received|today|arrived|came|coming|through",
        "got|have|had|been|received|see|theres|were no more? CALLS ~ from?",
        "got|had|received no CALLS ~ you",
        "there|theres was|were|are|is no more? CALLS",
        "NO cancel|end|quit",
        "never|always stop|stops amazing|surprising|laughing|smiling|learning",
        "no more tickets|seats|space|rooms|milk|questions|time|appointments|slots|stock|news|words",
        "spam folder|filter|box|email",
        "in|to|too|into|my|your|not|it spam",
    ),
    negators="""
        dont_take_me do_not_take_me dont_take_us dont_take_my do_not_take_my dont_want_you_to do_not_want_you_to
        dont_want_to do_not_want_to never_asked_you_to never_asked_to no_need_to dont_need_to do_not_need_to
        dont_have_to dont_remove do_not_remove dont_delete do_not_delete dont_unsubscribe do_not_unsubscribe dont_opt
        do_not_opt dont_stop do_not_stop never_stop why_did_you why_did didnt doesnt wont nobody cant couldnt wouldnt
        shouldnt havent hasnt isnt arent wasnt unless
        """,
    times="""
        today tonight tomorrow this_week this_weekend this_month this_year this_morning this_afternoon this_evening
        next_week next_month next_year weekend weekends monday tuesday wednesday thursday friday saturday sunday mondays
        sundays saturdays fridays for_now right_now_im for_a_while for_a_bit for_the_moment at_the_moment for_the_time
        for_the_next for_a_week for_a_month for_two for_three for_four for_five for_six for_a_few for_a_couple until
        till untill til before_ten before_nine before_eight before_noon during while whilst unless when between holiday
        holidays vacation at_work at_night at_dinner so_early so_late this_early this_late early late temporarily
        im_in_a_meeting in_a_meeting im_driving im_at_work im_asleep in_the_morning in_the_evening in_the_afternoon
        in_the_week except im_on_holiday christmas easter oclock o_clock as_long_as about_the_survey not_now only_if
        so_often so_much every_day_but this_minute just_now for_today
        """,
    parts="marketing promo* offers deals advert* ads newsletter* commercial survey* offers_only",
)
