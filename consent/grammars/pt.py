"""
Refusals in Portuguese.
"""

from consent.grammar import Grammar

GRAMMAR = Grammar(
    language="pt",
    sets={
        "NO": "nao n nunca jamais nunca_mais nao_nao naum num ja_nao nau",
        "ME": "me nos mim",
        "THEM": "lhe lhes o a os as te ela ele",
        "Q": "que q ke",
        "MORE": "mais nunca_mais jamais mas mias maiss",
        # Do (not) call or write, as orders: ligue, ligues and the Brazilian liga.
        "CALL": """
            ligue ligues liguem liguemos ligem ligen liguen telefone telefones telefonem contate contates contatem
            contacte contactes contactem contatar contactar incomode incomodes incomodem chateie chateies chateiem
            perturbe perturbes perturbem importune importunem escreva escrevas escrevam chame chames chamem procure
            procures procurem insista insistas insistam encha encham encham_o_saco aborreca aborrecam persigam massacrem
            massacre amole amolem
            """,
        "CALL_BR": "liga ligar lig chama telefona escreve perturba incomoda chateia enche procura insiste ligando",
        "SEND": """
            mande mandes mandem mandim envie envies enviem emvie emviem manda envia encaminhem encaminhe facam faca
            ofereca oferecam oferece passem disparem
            """,
        "CONTACT": """
            entre_em_contato entrem_em_contato entre_em_contacto entrem_em_contacto entres_em_contacto faca_contato
            facam_contato entrar_em_contato entrar_em_contacto estabelecam_contacto se_comuniquem
            """,
        "AGAIN": "volte voltes voltem torne tornem voltar tornar voltam",
        "KEEP": "fique fiques fiquem fica continue continues continuem esteja estejam ficar continuar andem anda",
        "TO_CALL": """
            ligar ligarem ligares lgar liguar ligar_me ligarem_me telefonar telefonarem contactar contatar contactarem
            contatarem contactar_me contatar_me contactarem_me chamar chamarem escrever escreverem escrever_me incomodar
            incomodarem chatear chatearem perturbar perturbarem importunar importunarem aborrecer insistir insistirem
            encher encher_o_saco amolar atazanar infernizar assediar perseguir entrar_em_contato entrar_em_contacto
            entrarem_em_contacto entrarem_em_contato falar_comigo procurar telefonar_me incomodar_me chatear_me torrar
            """,
        "TO_SEND": """
            mandar mandarem mandar_me mandarem_me mandra enviar enviarem enviar_me enviarem_me emviar oferecer
            oferecerem disparar mandando enviando fazer
            """,
        "CALLING": """
            ligando telefonando mandando enviando incomodando chateando perturbando insistindo enchendo importunando
            contatando contactando a_ligar a_telefonar a_mandar a_enviar a_contactar a_chatear a_incomodar a_insistir
            escrevendo oferecendo
            """,
        "CALLED": """
            ligassem ligasse ligasses contactassem contatassem mandassem mandasse enviassem incomodassem telefonassem
            contactasse contatasse chamassem
            """,
        "STOP": """
            parassem parasse deixassem deixasse parem pare para parar pararem pares parre parrem parao parai deixem
            deixe deixa deixar deixarem deixes cessem cessar cesse evitem evite evitar evita chega basta abstenham_se
            absterem_se
            """,
        "HALT": """
            parem pare parar pararem chega basta cessem cesse cessar suspendam suspender suspenda cancelem cancele
            cancelar interrompam interromper desativem desativar desative desativa bloqueiem bloqueie cortem evitem
            acabem acabe removam retirem eliminem desliguem stop
            """,
        "CALLS": """
            informacoes informacao info conteudo ligacao ligacoes ligassao chamada chamadas telefonema telefonemas
            mensagem mensagens mensagems mensajem mensajens menssagem menssagens msg msgs msn mgs mensagen sms smss
            email emails e_mail e_mails spam propaganda propagandas publicidade publicidades promocao promocoes
            promossao promos promo oferta ofertas anuncio anuncios marketing telemarketing newsletter newsletters
            notificacao notificacoes torpedo torpedos comunicacao comunicacoes contactos contatos campanhas zap zaps
            textos divulgacao divulgacoes novidades
            """,
        "RECEIVE": "receber recebe reseber recebendo recber receba continuar_recebendo continuar_a_receber ver ter",
        "WANT": """
            quero queremos quer queria queriamos kero qro qero desejo desejamos gostaria gostava gostariamos pretendo
            pretendemos aceito aceitamos autorizo autorizamos permito permitimos preciso admito tolero tenho_interesse
            pretendia queira
            """,
        "NEED": """
            precisa precisam e_preciso e_necessario ha_necessidade vale_a_pena adianta tem_necessidade precisas
            faz_sentido vale_apena necessita
            """,
        "DROP": """
            tire tirem tira tirar tirarem tirassem tires retire retirem retira retirar retirarem retirassem remova
            removam remove remover removerem removessem apague apaguem apaga apagar apagarem apagassem exclua excluam
            exclui excluir excluirem excluissem elimine eliminem elimina eliminar eliminarem delete deletem deleta
            deletar deletassem esqueca esquecam esquece esquecer risque risquem risca perca percam perde descadastre
            descadastrem descadastra descadastrar tirem_me tire_me tirar_me tirarem_me retirem_me retire_me retirar_me
            removam_me remova_me remover_me apaguem_me eliminem_me excluam_me exclua_me desinscrevam_me limpem suma
            sumam anulem
            """,
        "REMOVED": """
            ser_removido ser_removida ser_retirado ser_retirada ser_excluido ser_excluida ser_apagado ser_eliminado
            seja_removido
            """,
        "MY": "meu meus este esse o os nosso nossos minha deste desse nesse",
        "NUMBER": """
            numero numeros nmero nunero num nr telefone telefones tel telemovel tlm celular cel contato contacto
            contatos fone zap whatsapp whats wpp email e_mail dados cadastro numro informacoes_pessoais
            """,
        "LIST": """
            lista listas base cadastro cadastros sistema sistemas mailing registro registros registo registos ficheiro
            ficheiros grupo newsletter banco bd agenda transmissao arquivos contatos contactos inscricao subscricao dai
            """,
        "NOT_THIS_LIST": "espera desejos compras compra convidados presentes precos casamento material favoritos",
        "US": "a_gente me nos meu mim nosso minha_mae minha_empresa",
        "REVOKE": "revogo revogar revogamos retiro retirar retiramos anulo cancelo removo revogacao cancelar revoguem",
        "CONSENT": "consentimento autorizacao permissao consentimentos autorizacoes licenca",
        "ERASURE": """
            exclusao eliminacao remocao apagamento retirada oposicao esquecimento descadastramento descadastro
            cancelamento anulacao
            """,
        "ASK": """
            solicito solicitamos peco pedimos exijo exigimos requeiro quero queria gostaria favor queriamos pedia desejo
            agradeco agradecia facam_o_favor faca_o_favor
            """,
        "UNSUBSCRIBE": """
            descadastrar descadastre descadastrem descadastra_me descadastrem_me me_descadastra me_descadastre
            me_descadastrem descadastro descadastramento descadastrar_me me_descadastrar desinscrever desinscreva
            desinscrevam me_desinscreve me_desinscreva me_desinscrever desinscrever_me dessubscrever desubscrever
            anular_subscricao anular_a_subscricao cancelar_subscricao cancelar_a_subscricao cancelar_a_minha_subscricao
            cancelem_a_minha_subscricao cancelem_a_subscricao cancelar_inscricao cancelar_a_inscricao cancelar_cadastro
            cancelar_minha_inscricao cancelar_meu_cadastro cancela_meu_cadastro cancelem_meu_cadastro
            cancele_meu_cadastro sair_da_lista sair_desta_lista sair_dessa_lista sair_do_grupo sair_da_newsletter
            sair_do_cadastro dar_baixa_no_meu_numero dar_baixa_no_meu_cadastro me_tira_dai me_tirem_dai me_tire_dai
            fora_da_lista descadastar descadrastar descadasta deixar_de_receber deixar_de_subscrever cancelar_mensagens
            """,
        "PEACE": """
            me_deixem_em_paz me_deixa_em_paz me_deixe_em_paz deixem_me_em_paz deixe_me_em_paz deixa_me_em_paz
            nos_deixem_em_paz deixem_a_gente_em_paz me_deixem_quieto me_deixem_quieta me_deixa_quieto me_deixa_quieta
            deixem_me_sossegado deixem_me_sossegada deixem_me_estar me_esquecam me_esquece me_esqueca esquecam_me
            esquece_me esqueca_me esquecam_de_mim esquece_de_mim esquecam_que_eu_existo esquece_que_eu_existo
            largem_do_meu_pe larguem_do_meu_pe larga_do_meu_pe sai_do_meu_pe saiam_do_meu_pe me_erra me_errem larguem_me
            larga_me
            """,
        "YOU": "voces vcs vc vces voce vosso vossa vossas vossos vos",
        "COURTEOUS": "por_favor pfv pf pff pfvr porfavor favor ja obrigado obrigada obg se_faz_favor sff blz",
        "BUT": """
            quero interessa estou to tou tenho obrigado obrigada vou vamos sou conheco e preciso precisamos nao insista
            insistam queremos vale_a_pena adianta compro posso ha tem pretendo tem_interesse e_aqui
            """,
        "NONO": "nao n nao_nao nao_nao_nao nao_que_nao que_nao",
        "SAID": "pedi falei disse pedimos falamos dissemos ja_disse avisei solicitei tinha_pedido tinha_dito queria",
        "HERE": """
            pra_ca para_ca pra_mim para_mim aqui nesse neste nesse_numero pra_este para_este pra_esse para_esse ca
            """,
        "HERE2": "a o as os uma um minha meu",
        "DEVICE": """
            maquina aparelho tv televisao televisor celular computador notebook carro moto roteador modem motor luz
            geladeira forno fogao ventilador produto lampada aspirador impressora tela caixa ele ela ar chuveiro
            liquidificador secador equipamento painel controle
            """,
        # Words about the past or somebody else, known here so that they are no misspelling of an order.
        "STATED": """
            ligou ligaram ligaste ligam ligas ligo ligado ligada mandou mandaram mandaste mandam mandas mando enviou
            enviaram enviaste enviam envias envio chamou chamaram chamam escreveu escreveram falou falaram tirou tiraram
            removeu removeram apagou apagaram excluiram cancelou cancelaram descadastraram deixou deixaram deixam parou
            pararam param paro deixo insistem procurou procuraram contatou contataram contactaram contactou voltou
            voltaram volta volto fico ficou ficaram continuou continuam quanto quantos qual linha lindo conta conto
            chega chegou chegam casa cancela saida saiu receita recebi recebeu voltei pretendem
            """,
        "HARASS": "assedio assediando perseguicao abuso palhacada absurdo perturbacao importunacao",
        "REPORT": """
            denunciar denunciar_vos denuncio denuncia denunciarei processar processo procon reclame_aqui anatel deco
            anacom anpd cnpd policia justica bloquear bloqueio bloqueando queixa asae pequenas_causas
            """,
    },
    refusals=(
        "NONO BUT ~ NO MORE? ME? CALL|CALL_BR MORE?",
        "NONO BUT ~ STOP de ME? TO_CALL",
        "NONO BUT ~ ME|de_me DROP ~ LIST|dai",
        "NONO BUT ~ DROP MY? MY NUMBER",
        "NONO BUT ~ UNSUBSCRIBE|PEACE",
        "NONO BUT ~ NO ME? AGAIN a? ME? TO_CALL|CALL|CALL_BR",
        # No calls.
        "NO MORE? ME? CALL",
        "NO THEM? CALL MORE",
        "NO ME CALL_BR",
        "NO MORE? ME? CALL_BR MORE|nem|HERE",
        "^ NO CALL_BR $",
        "NO CALL_BR NO $",
        "nem liga nem? manda|liga",
        "NO ME? AGAIN a? ME? TO_CALL|CALL|CALL_BR",
        "NO ME? AGAIN a? ME? TO_SEND ~ CALLS|nada|MORE",
        "NO ME? KEEP ME? CALLING",
        "NO MORE? ME? CONTACT",
        "NO MORE? ME? SEND MORE|nada",
        "NO MORE? ME? SEND ~ CALLS",
        "NO ME? TO_SEND MORE",
        "NO ME? TO_CALL MORE",
        "favor ~ NO ME? TO_CALL",
        "pra|para NO ME TO_CALL",
        "SAID ~ NO ME? CALLED|CALL",
        "Q NO ME? CALLED MORE",
        "Q ninguem ME? CALL MORE",
        # Stop it.
        "STOP ja? de ME? TO_CALL",
        "STOP ja? de ME? TO_SEND MORE? ~ CALLS|coisas|isso|tanto|tanta",
        "STOP ja? de me mandar|enviar|manda|mandra|mandarem|enviarem|liga|ligaar",
        "STOP com|de ~ CALLS|TO_CALL",
        "deixar|parar de RECEIVE ~ CALLS|isso|isto",
        "evitem|evite|evita ME? TO_CALL",
        "abstenham|abster|absterem|abstenha ~ TO_CALL|TO_SEND",
        "HALT ja? com|de|as|os|o|a|essas|esses|estas|tantas|tanta ~ CALLS",
        "HALT CALLS",
        "proibo|proibido|proibidos ~ TO_CALL|CALL",
        # No more of it.
        "NO MORE CALLS",
        "nem MORE uma? CALLS",
        "nada|zero de? CALLS",
        "sem MORE CALLS",
        "^ CALLS nao ~ sim|so|apenas|por|pf|pfv|obrigado|obrigada|zap|whatsapp",
        "^ CALLS nao|n $",
        "^ sem CALLS COURTEOUS? $",
        "NO WANT MORE? ~ CALLS",
        "NO MORE WANT ~ CALLS|contato|contacto",
        "NO MORE? WANT MORE? RECEIVE MORE? ~ CALLS|nada",
        "NO MORE? WANT MORE? RECEIVE MORE",
        "NO MORE WANT MORE? RECEIVE",
        "NO MORE? WANT MORE? Q ~ CALL|CALLED|CALL_BR|CALLING|CONTACT",
        "NO MORE? WANT MORE? Q ~ SEND|TO_SEND ~ CALLS|nada|MORE",
        "NO MORE? WANT MORE? ser MORE? contactado|contactada|contatado|contatada|incomodado|incomodada|importunado",
        "NO WANT nenhum|nenhuma|qualquer ~ CALLS|contato|contacto",
        "NO WANT MORE? contato|contacto",
        "NO WANT MORE? saber MORE? ~ de|dos|das|nada YOU",
        "NO WANT MORE? estar|ficar|fazer|constar|continuar ~ LIST",
        "NO MORE? NEED MORE? ME? TO_CALL ~ MORE",
        "NO NEED MORE ME? TO_CALL|TO_SEND|KEEP",
        "NO MORE? NEED MORE? ME? KEEP ME? CALLING",
        "NO NEED MORE? Q ME? CALL|SEND MORE",
        "prefiro NO RECEIVE ~ CALLS|nada",
        "prefiro|preferia Q NO ME? CALL|CALLED",
        # Remove me.
        "DROP MY? MY NUMBER",
        "DROP MY? todos MY? MY NUMBER",
        "DROP ~ US ~ da|do|de|desta|dessa|deste|desse|dai LIST",
        "ME DROP ~ da|do|de|desta|dessa|deste|desse ~ LIST",
        "ME|de_me|de_nos DROP ME? dai|disso|disto|fora",
        "DROP me? da|desta|dessa|do|vossa ~ LIST",
        "meu NUMBER seja|fosse ~ retirado|removido|excluido|apagado|eliminado|descadastrado",
        "meus dados sejam|fossem ~ retirados|removidos|excluidos|apagados|eliminados",
        "ASK ~ ERASURE ~ meu|meus|minha ~ NUMBER",
        "ERASURE de|do|dos meu|meus NUMBER",
        "UNSUBSCRIBE",
        "REMOVED ~ da|do|de|desta|dessa|vossa ~ LIST",
        "^ me|por_favor_me exclui|exclua|excluam|remove|remova|removam|tirem|tira COURTEOUS? $",
        "quero|desejo|gostaria Q ME exclua|excluam|removam|retirem|tirem|apaguem",
        "fora da|dessa|desta LIST",
        # I take my consent back.
        "REVOKE ~ CONSENT",
        "NO dou|dei|damos|tem|tendes|tenham|possuem|concedo ~ CONSENT ~ TO_CALL|TO_SEND|Q|usar|contato|contacto",
        "NO autorizo|autorizei|autorizamos|consinto|permito ~ TO_CALL|CALL|TO_SEND|SEND|CALLS|uso|tratamento|contato",
        "oponho_me|me_oponho|opor_me ~ CALLS|RECEIVE|tratamento|NUMBER|Q|TO_CALL",
        "exerco|exercer|exercicio ~ direito|direitos ~ ERASURE|a",
        "direito de|a|ao ERASURE",
        # Leave me in peace.
        "PEACE",
        "^ NO MORE $",
        "^ chega COURTEOUS $",
        "NO insista|insistam|insistas MORE",
    ),
    doubtful=(
        "nem ME? CALL|liga",
        "NO NEED ME? TO_CALL",
        "me? deixem|deixe|deixa|fiquem|passem ~ sem CALLS|contato|contacto|TO_CALL|me",
        "^ NO liga|ligue|manda|chama",
        "NO MORE? WANT MORE? nada",
        "NO MORE? WANT MORE? saber",
        "NO me? interessa|interesso",
        "NO tenho|temos MORE? interesse",
        "NO estou|to|tou interessado|interessada",
        "sem interesse",
        "^ NO obrigado|obrigada|obg|brigado|brigada $",
        "farto|farta|cansado|cansada|cansei|saturado|saturada ~ de|disto|disso|YOU|CALLS",
        "estou|to|tou ~ farto|farta|cansado|cansada|saturado|saturada|puto|puta",
        "saco cheio",
        "enchendo o? saco",
        "quem ~ deu|passou|forneceu|autorizou ~ NUMBER",
        "como|onde ~ conseguiram|conseguiu|arranjaram|obtiveram|pegaram|tem ~ meu NUMBER",
        "HARASS",
        "vou|vamos ~ REPORT",
        "foi|e engano",
        "numero|pessoa errado|errada",
        "ligou|ligaram errado",
        "aqui NO e|tem o|a|nenhum|nenhuma",
        "NO sou|conheco essa|esse|esta|este|o|a ~ pessoa|senhor|senhora",
        "que|sao|uns chatos|chatice|chato|melgas|saco|inferno|insistentes|porre",
        "vai|vao ~ merda|caralho|inferno|foder|diabo",
        "vtnc|vsf|tomar_no_cu",
        "de novo YOU",
        "outra vez YOU",
        "para|parem|pare com isso|isto",
        "chega disso|disto",
        "ja ~ disse|falei Q NO",
        "NO insista|insistam|insistas",
        "e golpe|fraude|burla",
        "isso|isto e ~ golpe|fraude|burla|spam",
        "CALLING toda|todo hora|dia|santo",
        "recebo|recebendo ~ CALLS ~ todo|toda|todos",
    ),
    innocent=(
        # Lest they stop.
        "NO STOP ~ TO_CALL|TO_SEND|CALLING|RECEIVE|SEND MORE? ~ CALLS",
        "NO STOP ~ TO_CALL|TO_SEND|CALLING|RECEIVE",
        "NO STOP com|de ~ CALLS|TO_CALL|TO_SEND|os",
        "NO WANT|SAID Q? pra|para? STOP ~ TO_CALL|TO_SEND ~ CALLS",
        "NO WANT|SAID Q? ME? STOP ~ TO_CALL|TO_SEND",
        "NO WANT|SAID Q? ME? UNSUBSCRIBE|sair|cancelar|DROP|descadastrar|parar ~ LIST|NUMBER",
        "NO WANT|SAID Q? ME? UNSUBSCRIBE|sair|cancelar|descadastrar|parar",
        "NO me? DROP ~ NUMBER|LIST",
        "NO me? DROP",
        "NO WANT perder ~ CALLS",
        "NO MORE? WANT MORE? o|a|esse|essa|este|esta produto|pedido|consulta|servico|compra|reserva|ingresso",
        "NO WANT deixar|parar de RECEIVE ~ CALLS",
        "NO WANT UNSUBSCRIBE ~ CALLS",
        "NO e Q ~ NO WANT|queira Q? ~ CALL|CALLED",
        "nunca|NO ~ SAID ~ NO ME? CALLED|CALL|TO_CALL MORE?",
        "vizinho|vizinha|amigo|amiga|irmao|irma|colega ~ SAID|pediu NO|pra|para NO? ME? CALL|CALLED|TO_CALL MORE?",
        "vizinho|vizinha|amigo|amiga|irmao|irma|colega ~ disse|pediu|falou ~ NO ME? CALL|CALLED|TO_CALL MORE?",
        "por|pq que? me descadastraram|tiraram|removeram",
        "por que me? descadastraram|tiraram",
        "possivel|normal|acredito|absurdo|entendo Q NO|ninguem ME? CALL|SEND",
        "DEVICE ~ NO CALL_BR MORE?",
        "NO CALL_BR MORE? a|o|de DEVICE",
        "NO me? CALL|CALL_BR ~ no|ao|para|pra fixo|interfone|campainha|trabalho|porteiro",
        "NO liga|ligue|ligues para|pra isso|isto|ele|ela",
        "ainda NO ME? CALL|CALL_BR",
        "NO CALL|CALL_BR me",
        "ninguem ME? CALL|CALL_BR|liga",
        "ha|havia|pedi|SAID ~ UNSUBSCRIBE|sair ~ voltar|voltei|afinal",
        "meses|tempos|anos|tempo|semanas SAID para|pra UNSUBSCRIBE",
        "responda|responder|diz|envie|digite|escreva sair|parar|stop ~ RECEIVE MORE? CALLS?",
        "sem querer ~ cancelei|sai|descadastrei",
        "DROP ~ LIST de NOT_THIS_LIST",
        "UNSUBSCRIBE de NOT_THIS_LIST",
        "DROP ~ NUMBER ~ antigo|antiga|anterior|novo|coloca|coloquem|coloque|anota",
        "DROP ~ dados|numero do|da|de ~ cartao|pedido|conta|fatura",
        "DROP|remover HERE2? fundo|tatuagem|mancha|cebola|filtro|virus|pontos|sinal|verruga|pelos|maquiagem|esmalte",
        # Other senses.
        "parar|deixar|parei de fumar|beber|comer|tomar|crescer|funcionar|trabalhar|doer|chover|roer|amamentar",
        "para mandar|enviar|ligar|oferecer|fazer",
        "cancelar|cancela|cancelem minha|meu|a|o|essa consulta|pedido|compra|reserva|voo|encontro|assinatura|cartao",
        "chega de? ~ CALLS|pedido ~ quando|hoje|amanha",
        "chega hoje|amanha|quando|ate|em|na|no",
        "quando chega|para|acaba",
        "NO ha|tem|existe|existem|houve MORE CALLS",
        "NO recebi|recebo|chegou MORE CALLS",
        "sair do|da|de|para hospital|trabalho|casa|escola|loja|aula|medico|cidade|predio|aeroporto",
        "autorizacao|licenca de conducao|saida|viagem|maternidade|obra|exame",
        "sem interesse de|em|no atraso|pagamento|juros",
    ),
    negators="nao n nunca jamais ninguem",
    times="""
        as_sete as_oito as_nove as_dez as_seis as_cinco
        hoje amanha esta_semana essa_semana nesta_semana nessa_semana uma_semana duas_semanas proxima_semana semanas
        este_mes esse_mes neste_mes um_mes dois_meses tres_meses dias uma_hora duas_horas umas_horas por_agora agora_nao
        segunda_feira terca_feira quarta_feira quinta_feira sexta_feira ate_segunda ate_terca ate_quarta ate_quinta
        ate_sexta na_segunda sabado sabados domingo domingos fds fim_de_semana ate_o ate_a ate_as ate_que ate_eu
        ate_amanha enquanto durante entre_as antes_de antes_das depois_de depois_das quando a_tarde de_tarde a_noite
        de_noite de_manha no_momento neste_momento ainda ferias este_ano um_ano por_enquanto exceto salvo
        """,
    parts="""
        promo* publicidade propaganda* ofert* marketing descont* campanha* catalogo* novidades anuncio* newsletter*
    """,
)
