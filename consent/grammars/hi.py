"""
Refusals in Hindi, in its own script and as it is typed in Latin letters ("call mat karo").
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="hi",
    sets={
        "MAT": "मत न ना मत्त नहीं नही नहि नक्को nakko nako mat na naa mt matt nahi nahin nhi nahee nai nahii nahy",
        "NAHI": "नहीं नही नहि ना नहीँ nahi nahin nhi nai nahee na nahii ni never",
        "CALL": """
            कॉल काॅल काल कौल कॉल्स फोन फ़ोन फोन्स टेलीफोन मैसेज मेसेज मैसज मेसज मैसेजेस संदेश सन्देश एसएमएस संपर्क
            सम्पर्क व्हाट्सएप वॉट्सऐप वाट्सएप वॉट्सएप व्हाट्सऐप ईमेल मेल परेशान तंग डिस्टर्ब कांटेक्ट कॉन्टैक्ट सूचना
            सूचनाएं कॉन्टेक्ट मिस्डकॉल call cal kol kaal cll cl calls phone fone fon phon phones msg msgs message
            messages mesage massage msz mssg sms whatsapp watsapp whatsap contact kontact sampark sandesh email mail
            text texts disturb pareshan preshan paresan pareshaan tang spam dm telephone phn fhone kaul maisej mesej
            miscall
            """,
        "CALLS": """
            calling संपर्क सम्पर्क sampark contact kontact कॉल कॉल्स काल मैसेज मेसेज संदेश सन्देश एसएमएस विज्ञापन call
            calls cal msg msgs message messages sms spam texts emails ईमेल notification notifications नोटिफिकेशन अलर्ट
            सूचनाएं whatsapp व्हाट्सएप updates marketing telemarketing
            """,
        "PHONE": "फोन फ़ोन phone fone fon phon phn",
        "DO": """
            किजिए किजिये किजीए किजियेगा किजिएगा करैं कीजिऐ करो करना करें करे कीजिए कीजिये कीजिएगा कीजियेगा करिए करिये
            करिएगा करियेगा कर करीं किया_करो किया_करें किया_कीजिए किया_जाए किया_जाये कर_दीजिएगा karo karna kare karen
            karein kijiye kijie kijiyega kijiega kariye kariyega kariega kro krna kre kren krein kr kar kara karoo
            karooo karnaa kiya_karo kiya_kare kiya_karein kiya_kijiye kiya_jaye kia_karo kijye kijeye kriye karyo
            kariha kroo krnaa lagana lagao lagaye lagaiye लगाना लगाओ लगाएं लगाइए milana मिलाना
            """,
        "SEND": """
            भेजो भेजना भेजें भेजे भेजिए भेजिये भेजिएगा भेजियेगा भेज भेजा_करो भेजा_करें भेजी_जाए bhejo bhejna bheje
            bhejen bhejein bhejiye bhejie bhejiyega bhej bheja_karo bheja_kare bejo bejna beje bhejiega send_karo
            send_karna send_kare send_karein
            """,
        "TO_DO": "करना करने karna karne krna krne aana आना आने aane भेजना भेजने bhejna bhejne bejna देना dena लगाना lagana milana",
        "FILL": """
            वोन von vagera wagairah वगैरा दोबारा दुबारा फिर से कभी भी अब प्लीज कृपया या और तथा एवं मुझे मुझको हमें
            हमको को पर इस नंबर आगे बिल्कुल बिलकुल रोज रोज़ बार बारबार आइंदा आइन्दा वगैरह यहां यहाँ जी भाई न वापस कोई
            किसी तरह का की के dobara dubara dubaara dobaara phir fir se kabhi bhi ab please plz pls ya aur mujhe
            mujhko muje mjhe hume hame humko ko par pe is iss number aage bilkul roz baar bar aainda ainda wagera yaha
            idhar ji bhai bhaiya bro yaar wapas vapas koi kisi again kabhi_bhi isme pr dubra dobra phirse firse sir
            madam aaj_ke_baad आज_के_बाद iske_baad इसके_बाद jyada zyada
            """,
        "ME": "मुझे मुझको हमें हमको हमके mujhe mujhko muje mjhe hume hame humko mereko मेरेको mujh meko",
        "WANT": """
            चाहता चाहती चाहते चाहिए चाहिये चाहूंगा चाहूँगा चाहूंगी मांगता chahta chahti chahte chahiye chahie chaiye
            chaye chahiyen chahunga chahungi mangta chahiy chaahiye chahye chiye
            """,
        "NEEDED": "जरूरत ज़रूरत आवश्यकता zarurat jarurat jaroorat zaroorat need aavashyakta jrurt",
        "BAND": """
            बंद बन्द बँद रोक रोको रोकें रोकिए रोकना स्टॉप band bandh bnd stop roko rokiye roke rok rokna bannd stopp
            बंध
            """,
        "DO_IT": """
            किजिए किजिये दिजिए दिजिये दिजीए दीजिये दीजिएगा करो कर करें करे कीजिए कीजिये करिए करिये करना करवा कराएं
            कराइए करवाएं करवाइए कर_दो कर_दें कर_दीजिए करदो दो दें दीजिए karo kar kare karen karein kijiye kijie kariye
            karna karwa karwao karao krdo kardo kar_do kro kr kre krwa kr_do kar_dijiye kar_de krna karvao kardijiye
            kijiyega कीजिएगा karwaiye hona होना ho_jana
            """,
        "DROP": """
            हटा हटाओ हटाएं हटाएँ हटाऐं हटाए हटाइए हटाइये हटादो हटाना हटवा हटवाना हटवाओ हटा_दो मिटा मिटाओ मिटाएं मिटाइए
            मिटाना निकाल निकालो निकालें निकालिए निकालना निकाले डिलीट डिलिट डीलीट रिमूव काट काटो hata hatao hataye
            hataiye hatado hatana hatwa hatwao hatade hatadijiye mita mitao mitado mitana nikal nikalo nikaal nikaalo
            nikaldo nikaliye nikale nikalna delete delet dilit remove htao hta htado hatae kaat kaato kato bhool bhul
            भूल भूलो hatva
            """,
        "NUMBER": """
            नंबर नम्बर नबंर नंबरो नमबर नाम डेटा डाटा जानकारी विवरण number nambar nmbr numbr no num nomber namber naam
            data jankari details contact nambr nomb मोबाइल_नंबर mobile_number nmber numer
            """,
        "MY": "मेरा मेरे मेरी हमारा हमारे अपनी mera mere meri hamara humara hamare humare mra mr इस यह ये is iss ye yeh my",
        "LIST": """
            लिस्ट सूची लिष्ट डेटाबेस ग्रुप रिकॉर्ड रिकार्ड सिस्टम डायरी फाइल list lsit suchi soochi database group
            record records system lst lisst diary grup db directory
            """,
        "SE": "से se s मे में me mein sे",
        "THING": """
            ऑर्डर आर्डर कार्ड बिल खाता खाते अकाउंट बैंक कार्ट प्रोडक्ट सामान पता आइटम चीज़ चीज प्याज order card bill
            khata account bank cart product saman address item invoice booking बुकिंग ticket टिकट kamra room मकान
            makan wishlist guest
            """,
        "CONSENT": "सहमति अनुमति इजाज़त इजाजत स्वीकृति consent permission sahmati anumati ijazat sehmati izazat",
        "TAKE": "वापस वापिस रद्द खत्म vapas wapas vapis wapis revoke radd withdraw cancel khatam रिवोक",
        "UNSUBSCRIBE": """
            unsubscribe unsubscirbe unsub unsubcribe अनसब्सक्राइब अनसब्स्क्राइब opt_out optout ऑप्ट_आउट deactivate_msg
            dnd डीएनडी unsuscribe
            """,
        "PEACE": """
            jaan_chhodo jaan_chodo jaan_chod jaan_chhod जान_छोड़ो जान_छोड़ पीछा_छोड़ पीछा_छोड़ो पीछा_छोड़िए
            पीछा_छोड़ें पीछा_छोडो peecha_chhodo peecha_chodo picha_chodo pichha_chodo picha_chhodo pichha_chhodo
            peecha_chhod peecha_chod picha_chod pichha_chhod pichha_chod peecha_choro अकेला_छोड़ अकेला_छोड़ो
            akela_chhod akela_chod akela_chodo akela_chhodo चैन_से_जीने चैन_से_रहने chain_se_jeene chain_se_rehne
            pind_chhado बख्श_दो बख्श_दीजिए baksh_do bakhsh_do
            """,
        "STOPWORD": "बंद बन्द bandh bnd रोकें रोको stpo sotp stp stopp stop unsubscribe band स्टॉप",
        "COURTEOUS": """
            प्लीज कृपया धन्यवाद जी भाई अब यार सब ये यह please plz pls thanks dhanyavaad dhanyawad shukriya ji bhai ab
            yaar abhi sab ye yeh kripya bhaiya शुक्रिया sir madam na ना मुझे mujhe
            """,
        "OTHERS": """
            वाले वाला उसने उन्होंने ड्राइवर पति पत्नी भाई दोस्त बॉस wale wala usne unhone driver pati patni dost boss
            husband wife दुकानदार dukandar guard courier delivery कूरियर डिलीवरी customer
            """,
        "SAID": "बोला कहा बोली कही बोल bola kaha boli kahi bol bole kehta kehti kahte likha लिखा bolte",
        # Known here so that they are no misspelling of the words above.
        "OTHER": """
            प्रकार भेजता भेजती भेजते भेजेगा भेजेंगे भेजा करूंगा करूँगा करेंगे हटाया हटाकर हटाई निकाला निकली लिस्टिंग
            भेजकर चाहा बंदर बंदा hataya nikala bheja bhejta bhejte bhejenge karenge karunga chahat banda nikla mitaya
            saman samman message_box nahin_to bhejkar lagta mangal nikli manga mangaya
            """,
    },
    refusals=(
        # Do not call.
        "CALL FILL? FILL? FILL? FILL? MAT DO",
        "CALL FILL? FILL? FILL? FILL? MAT SEND",
        "CALL FILL? CALL FILL? MAT DO|SEND",
        "CALL FILL? FILL? DO|SEND FILL? MAT",
        "मत|mat|mt|matt|na|न DO|SEND FILL? FILL? FILL? CALL",
        "मत|mat|mt|matt FILL? CALL DO|SEND",
        "PHONE ya|या|aur|और CALL ~ MAT DO|SEND",
        "उपयोग|इस्तेमाल|istemal|use MAT DO",
        "संपर्क|सम्पर्क|sampark ~ के लिए ~ MAT DO",
        "CALL ~ करने|karne|krne|भेजने|bhejne ki|की|का|ka ~ CONSENT NAHI",
        "CALL ~ करने|karne|krne|भेजने|bhejne ki|की|ka|का ~ NEEDED NAHI",
        "CALL ~ MAT|NAHI aana|आना|aane|आने चाहिए|chahiye|do|दो|dena",
        "CALL FILL? FILL? NAHI aana|आना|aani|aane",
        "NUMBER ~ use|istemal|इस्तेमाल|उपयोग ~ CONSENT NAHI",
        "khabardar|खबरदार ~ CALL",
        "CALL ~ dimag|दिमाग kharab|खराब MAT DO",
        "bas|बस DO_IT FILL? CALL",
        # I do not want it.
        "CALLS FILL? FILL? NAHI WANT",
        "तरफ|taraf|orse|कंपनी|company se|से ~ CALL FILL? NAHI WANT",
        "koi|कोई PHONE|CALLS FILL? NAHI WANT",
        "PHONE|CALLS करते|karte|भेजते|bhejte ~ MAT DO|SEND",
        "CALLS भेजते|bhejte ~ BAND DO_IT",
        "ME remove|रिमूव DO_IT",
        "LIST me|में|mein|se|से ME? MAT rakho|रखो|rakhna|रखना",
        "NUMBER uda|उड़ा do|दो|dijiye|दीजिए",
        "आपका|आपके|आपकी|aapka|aapke|apka|apke|aapki ~ PHONE|CALLS FILL? NAHI WANT",
        "CALL ~ प्राप्त|रिसीव|receive|pana|पाना|लेना|lena NAHI करना|karna WANT",
        "CALL ~ प्राप्त|रिसीव|receive|pana|पाना|लेना|lena NAHI WANT|करना|karna",
        "CALL ~ NAHI प्राप्त|रिसीव|receive|pana|पाना|लेना|lena|उठाना ~ WANT",
        "NAHI WANT ki|कि|ke ~ CALL",
        "NAHI WANT FILL? FILL? CALLS",
        "ME ~ CALL ~ pasand|पसंद NAHI ~ MAT",
        # Stop it.
        "CALL FILL? FILL? TO_DO FILL? FILL? BAND DO_IT",
        "CALL FILL? TO_DO FILL? BAND",
        "CALL FILL? TO_DO chhodo|chodo|chhod|chod|छोड़|छोड़ो|छोड़िए",
        "ME|meko ~ CALL nai|nahi|nako hona|mangta",
        "CALLS FILL? FILL? FILL? BAND DO_IT",
        "PHONE|CALLS ~ आता|आते|aata|aate|ata|ate|आ|aa ~ BAND DO_IT",
        "BAND DO_IT FILL? ye|yeh|ये|यह|apne|अपने? sab|सब|roz|रोज? CALLS",
        "BAND DO_IT FILL? ye|yeh|ये|यह? CALL ~ TO_DO",
        "stop calling|call|msg|msgs|messages|sms|spam FILL|DO_IT",
        "PHONE|CALLS pe|par|पर CALLS ~ BAND DO_IT",
        "^ STOPWORD DO_IT COURTEOUS? COURTEOUS? $",
        "^ COURTEOUS COURTEOUS? STOPWORD DO_IT COURTEOUS? $",
        "^ COURTEOUS? COURTEOUS? BAND DO_IT COURTEOUS $",
        "UNSUBSCRIBE DO_IT|करवा|karwa",
        "UNSUBSCRIBE yaar|यार|ji|जी|bhai|भाई|pls",
        "^ COURTEOUS? COURTEOUS? stop|रोकें|रोको COURTEOUS COURTEOUS? $",
        "PHONE|CALLS करते|karte ~ BAND DO_IT",
        "न|na CALL DO|SEND न|na CALL",
        "UNSUBSCRIBE ME|please|plz|pls|kripya",
        "ME FILL? UNSUBSCRIBE",
        "सदस्यता|subscription|sadasyata ~ रद्द|cancel|radd ~ CALLS",
        # Remove me.
        "MY FILL? NUMBER ~ DROP",
        "NUMBER FILL? DROP",
        "NUMBER MY DROP",
        "DROP ~ MY NUMBER",
        "MY NUMBER ~ LIST ~ DROP",
        "NUMBER ~ LIST SE ~ DROP",
        "NUMBER DROP ~ LIST SE",
        "LIST SE ~ NUMBER|ME ~ DROP",
        "ME ~ LIST SE ~ DROP",
        "LIST SE DROP",
        "LIST SE FILL? बाहर|bahar DO_IT",
        "DROP ~ MY ~ LIST SE",
        "NUMBER ~ block|blacklist|ब्लॉक|dnd ~ list|लिस्ट|में|me daal|dalo|daalo|डाल",
        "DROP DO_IT? ME ~ LIST SE",
        "ME bhool|bhul|भूल jao|जाओ|jaiye|जाइए",
        "dnd|डीएनडी activate|me|में|list|लिस्ट|laga|लगा|chalu|चालू ~ NUMBER|DO_IT|daal|dalo|डाल",
        "CALLS ki|की|ka|का service|seva|सेवा|सर्विस BAND DO_IT",
        "CALLS service|seva|सेवा|सर्विस BAND DO_IT",
        "सदस्यता|subscription|सब्सक्रिप्शन|sadasyata ~ समाप्त|samapt|खत्म",
        "सदस्यता|subscription|सब्सक्रिप्शन ~ कैंसिल|cancel|रद्द ~ CALLS",
        "CONSENT ~ TAKE",
        "CONSENT NAHI deta|देता|deti|देती|dete|देते|hai|है ~ CALL",
        # Leave me in peace.
        "PEACE",
        "sata|satao|satana|सताओ|सताना|chhedo|cheda MAT",
        "MAT sata|satao|satana|सताओ|सताना",
        "dimag|dimaag|दिमाग|bheja|sir|सिर|jaan|जान MAT khao|kha|खाओ|खा|khaiye|chaato",
        "MY NUMBER ~ bhool|bhul|भूल",
    ),
    doubtful=(
        "PHONE NAHI WANT",
        "^ COURTEOUS? NAHI WANT COURTEOUS? $",
        "loan|लोन|card|कार्ड|insurance|बीमा|policy|पॉलिसी|offer|ऑफर ~ NAHI WANT",
        "CALL NAHI sirf|सिर्फ|only|bas|बस",
        "dobara|dubara|दोबारा|phir|फिर ~ CALL kiya|किया ~ to|toh|तो",
        "^ maaf|माफ करो|karo|kijiye|कीजिए",
        "main|मैं|mai ~ CONSENT NAHI deta|देता|deti|देती",
        "NEEDED NAHI",
        "interest|interested|दिलचस्पी|रुचि|रूचि|इंटरेस्ट|इंटरेस्टेड|ruchi|intrest|intrested NAHI",
        "NAHI interest|interested|intrested",
        "wrong|galat|गलत|रॉन्ग|रांग|rong NUMBER",
        "NUMBER ~ kisne|किसने|kaha|kahan|कहां|कहाँ|kaise|कैसे|kidhar ~ diya|दिया|mila|मिला|se|से",
        "kisne|किसने|kaha|kahan|कहां|कहाँ ~ diya|दिया|mila|मिला|se|से ~ NUMBER",
        "spam|स्पैम|fraud|फ्रॉड|धोखा|dhokha|scam|chor|thag|ठग",
        "shikayat|शिकायत|complaint|complain|report|रिपोर्ट|case|केस ~ karunga|करूंगा|करूँगा|karungi|karni|kar|कर",
        "trai|ट्राई|consumer|उपभोक्ता|police|पुलिस|cyber|साइबर ~ me|mein|में|shikayat|शिकायत|complaint|forum|court|case",
        "pareshan|परेशान|tang|तंग|dukhi|irritate ~ kar|कर|ho|हो ~ rakha|रखा|gaya|गया|gayi|गई|diya|दिया|rahe|रहे|chuka",
        "bahut|bohot|बहुत|bas|बस ho gaya|gya|हो गया",
        "बहुत|बस हो गया|चुका",
        "baar|bar|बार baar|bar|बार ~ CALL",
        "kitni|कितनी baar|bar|बार ~ CALL|bolu|बोलूं|bola|बोलना",
        "dafa|दफा|bhaad|भाड़|nikal ho|हो|me|में|jao|जाओ|yaha|यहां",
        "CALL ~ BAND kaise|kese|कैसे",
        "CALL ~ kaise|kese|कैसे ~ BAND",
        "offer*|ऑफर*|promo*|विज्ञापन|ads|scheme|स्कीम ~ MAT DO|SEND",
        "offer*|ऑफर*|promo*|विज्ञापन|ads|scheme ~ BAND DO_IT",
        "dobara|dubara|दोबारा|phir|फिर|आगे|aage|आइंदा|aainda|ainda se|से? FILL? MAT DO",
        "ye|yeh|यह|ये ~ NUMBER NAHI hai|है",
        "^ MAT DO COURTEOUS? $",
        "^ BAND DO_IT ~ sab|सब|ye|ये",
        "^ ab|अब|bas|बस ~ BAND DO_IT",
        "bas|बस DO_IT ab|अब|yaar|भाई",
    ),
    innocent=(
        # Lest they stop, and what was never said.
        "CALL ~ BAND MAT|NAHI DO_IT|हो|ho|हुए|hona",
        "CALL ~ TO_DO BAND MAT|NAHI DO_IT",
        "BAND MAT|NAHI DO_IT ~ CALL|TO_DO",
        "BAND MAT|NAHI DO_IT|करना|karna",
        "MAT BAND DO_IT",
        "UNSUBSCRIBE MAT|NAHI DO_IT|kiya|किया ~ ME",
        "UNSUBSCRIBE MAT|NAHI DO_IT|kiya|किया",
        "UNSUBSCRIBE|STOPWORD ~ NAHI kiya|किया|bheja|भेजा|kaha|bola|likha",
        "ME LIST SE MAT|NAHI DROP",
        "ME LIST SE DROP MAT|NAHI",
        "LIST SE ~ NUMBER? MAT|NAHI DROP",
        "LIST SE ~ NUMBER? DROP MAT|NAHI DO_IT|dena|देना",
        "MY NUMBER ~ MAT|NAHI DROP",
        "MY NUMBER ~ DROP MAT|NAHI DO_IT|dena|देना",
        "NUMBER ~ LIST SE MAT|NAHI DROP",
        "NUMBER ~ DROP MAT|NAHI DO_IT|dena|देना",
        "MAT|NAHI DROP ~ NUMBER|LIST",
        "NUMBER DROP karna|करना ~ zaruri|जरूरी|hai|है|kaise|padega",
        "permission|consent|अनुमति letter|form|पत्र ~ TAKE",
        "MY NUMBER ~ DROP ho|हो|gaya|गया|diya|दिया|gya|kaise",
        "NUMBER ~ DROP ho|हो|gaya|गया|diya|दिया|gya|kaise",
        "LIST SE ~ DROP gaya|गया|diya|दिया|gya|kaise",
        "ME LIST SE ~ DROP gaya|गया|diya|दिया|gya|kaise",
        "MY NUMBER ~ DROP ~ kyu|kyun|kyon|क्यों|क्यूं",
        "MY NUMBER ~ kyu|kyun|kyon|क्यों|क्यूं ~ DROP",
        "MY? NUMBER ~ kyu|kyun|kyon|क्यों|क्यूं ~ DROP",
        "OTHERS ~ SAID ~ CALL FILL? FILL? MAT DO",
        "OTHERS ~ SAID ki|कि ME ~ CALL FILL? FILL? MAT DO",
        "galti|गलती se|से ~ STOPWORD|UNSUBSCRIBE",
        "ne|ने ~ STOPWORD ~ bheja|भेजा|likha|likh|type|लिखा|दबाया|dabaya",
        "CALL NAHI karna|करना hai|है|tha|था|chahta|चाहता|चाहती|chahti|aata|आता|padega|chahiye|चाहिए",
        "CALL NAHI kar|कर paunga|pata|sakta|सकता|पाया|paya|pa|पा|raha|रहा|rahe|रहे|diya|sake|सके",
        "CALL ~ kyu|kyun|kyon|क्यों|क्यूं NAHI ~ DO|SEND|kiya|किया",
        "kyu|kyun|kyon|क्यों|क्यूं CALL NAHI ~ DO|SEND|kiya|किया",
        "CALL ~ cut|disconnect|kaat|miss|cancel|hold|ignore|कट|मिस MAT DO",
        "CALL MAT|NAHI bhool|bhoolna|bhulna|भूलना",
        "CALL TO_DO|DO|SEND MAT|NAHI bhool|bhoolna|bhulna|भूलना|भूलें|bhuliye|bhulo",
        "CALL MAT|NAHI DO|SEND bhool|bhoolna|bhulna",
        "CALL TO_DO BAND kar|कर diya|दिया",
        "CALL ~ TO_DO BAND ho|हो|tha|hai",
        "cancel|late|der|देर|chinta|चिंता|tension MAT|NAHI DO",
        "BAND baja|बाजा",
        "stop pe|par|पर|पे|ke|के",
        "ye|yeh|यह|ये|is|dusra|यही PHONE NAHI WANT",
        "MAT|NAHI CALL kar|कर paunga|sakta|सकता|paya",
        "koi|कोई PHONE NAHI WANT ~ return|exchange|wapas",
        # Other senses.
        "THING ka|का|ki|की|se|से? NUMBER ~ DROP",
        "THING ~ NUMBER ~ DROP",
        "THING ~ DROP",
        "THING LIST SE ~ DROP",
        "LIST SE ~ THING ~ DROP",
        "NUMBER ~ DROP ~ naya|नया|dusra|दूसरा|badal|बदल|add|update|jodo|जोड़|daal|डाल",
        "purana|पुराना|pehle|galat|गलत|dusra|दूसरा NUMBER ~ DROP",
        "CALL NAHI BAND DO_IT",
        "दुकान|dukan|shop|rasta|रास्ता|dukaan|office|ऑफिस|gate|गेट|store ~ BAND ~ DO_IT",
        "PHONE BAND ho|हो|hai|है|tha|था|kar|कर",
        "CONSENT ~ NAHI mili|मिली|mila",
        "paise|पैसे|paisa|refund ~ TAKE",
        "CONSENT ~ TAKE ~ NAHI|MAT",
        "NEEDED NAHI hai|है ~ sorry|माफी|dhanyavaad",
        "bahut|बहुत ~ ho|हो gaya|गया ~ accha|अच्छा|time|wait|intezar",
        "interest rate|दर",
        "bus|बस stop|स्टॉप",
        "card ~ BAND DO_IT",
        "NAHI SAID ~ CALL FILL? FILL? MAT DO",
        "CALL FILL? MAT karne|करने ~ NAHI SAID",
    ),
    negators="""
        क्यों क्यूं kyu kyun kyon kyo किसने kisne अगर agar yadi यदि है_तो हो_तो ho_to hai_to usne उसने unhone उन्होंने
        नहीं_कहा nahi_kaha nahi_bola नहीं_बोला
        """,
    times="""
        आज_फोन आज_फ़ोन आज_मत आज_कॉल आज_मैसेज आज_मुझे आज_के_दिन aaj_call aaj_phone aaj_mat aaj_msg aaj_mujhe aaj_ke_din
        aaj_ke_liye आज_के_लिए कल_तक kal_call kal_phone कल_फोन कल_कॉल kal_mat कल_मत अभी_फोन अभी_कॉल अभी_मत अभी_मैसेज
        अभी_मुझे अभी_के_लिए abhi_call abhi_phone abhi_mat abhi_msg abhi_mujhe abhi_ke_liye abhi_na call_abhi फिलहाल
        filhal fillhal filhaal रात raat raat_ko सुबह subah शाम shaam sham_ko दोपहर dopahar dopahr बजे baje तक tak
        से_पहले se_pehle बजे_के_बाद हफ्ते hafte सप्ताह saptah महीने mahine mahina ghante घंटे minute मिनट सोमवार
        मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार इतवार somvar mangalvar budhvar guruvar shukravar shanivar
        ravivar itwar sunday monday tuesday wednesday thursday friday saturday weekend वीकेंड छुट्टी chhutti meeting
        मीटिंग जब jab अगर agar दिन_तक दिनों dino din_tak कुछ_दिन kuch_din kuchh_din सिवाय siwa siwaay alawa अलावा
        ke_time के_समय duty office_time बिना_वजह itni itna
        """,
    parts="""
        ऑफर* विज्ञापन* प्रमोशन* प्रमोशनल मार्केटिंग प्रचार offer* promo* promotional marketing telemarketing ads
        advertisement* vigyapan
        """,
)
