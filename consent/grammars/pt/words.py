"""
Sets of Portuguese words.
"""

from collections.abc import Mapping

SETS: Mapping[str, str] = {
    "NO": "nao n nunca jamais nunca_mais nao_nao naum num ja_nao nau",
    "ME": "me nos mim mi mim_me",
    "THEM": "lhe lhes o a os as te ela ele",
    "Q": "que q ke",
    "MORE": "mais nunca_mais jamais mas mias maiss",
    # Do (not) call or write, as orders: ligue, ligues and the Brazilian liga.
    "CALL": """
        ligue ligues liguem liguemos ligem ligen liguen telefone telefones telefonem contate contates contatem
        contacte contactes contactem incomode incomodes incomodem chateie chateies chateiem
        perturbe perturbes perturbem importune importunem escreva escrevas escrevam chame chames chamem procure
        procures procurem insista insistas insistam encha encham encham_o_saco aborreca aborrecam persigam massacrem
        massacre amole amolem azucrinem torrem
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
        contatar_nos contactar_nos incomodar_nos liga_pra_mim liga_para_mim liga azucrinar torrar_a_paciencia
        encher_a_paciencia dar_na_cabeca ficar_ligando ficar_a_ligar estar_a_ligar voltar_a_ligar bater_na_porta
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
        contactasse contatasse chamassem voltassem_a_ligar voltasse_a_ligar entrassem_em_contato telefonasse
        escrevessem insistissem
        """,
    "STOP": """
        parassem parasse deixassem deixasse parem pare para parar pararem pares parre parrem parao parai deixem
        deixe deixa deixar deixarem deixes cessem cessar cesse evitem evite evitar evita chega basta abstenham_se
        absterem_se parara prem parm
        """,
    "HALT": """
        parem pare parar pararem chega basta cessem cesse cessar suspendam suspender suspenda cancelem cancele
        cancelar interrompam interromper desativem desativar desative desativa bloqueiem bloqueie cortem evitem
        acabem acabe removam retirem eliminem desliguem stop dispenso dispensamos recuso recuso_me_a poupem_me
        poupe_me
        """,
    "CALLS": """
        informacoes informacao info conteudo ligacao ligacoes ligassao chamada chamadas telefonema telefonemas
        mensagem mensagens mensagems mensajem mensajens menssagem menssagens msg msgs msn mgs mensagen sms smss
        email emails e_mail e_mails spam propaganda propagandas publicidade publicidades promocao promocoes
        promossao promos promo oferta ofertas anuncio anuncios marketing telemarketing newsletter newsletters
        notificacao notificacoes torpedo torpedos comunicacao comunicacoes contactos contatos campanhas zap zaps
        divulgacao divulgacoes novidades
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
        sumam anulem joga_fora joguem_fora jogue_fora descarta descartem descartar bloqueiem_o descadatra
        descadatrem desativem rasguem larguem
        """,
    "REMOVED": """
        ser_removido ser_removida ser_retirado ser_retirada ser_excluido ser_excluida ser_apagado ser_eliminado
        seja_removido
        """,
    "MY": "meu meus este esse o os nosso nossos minha deste desse nesse minhas as_minhas os_meus",
    "NUMBER": """
        numero numeros nmero nunero num nr telefone telefones tel telemovel tlm celular cel contato contacto
        contatos fone zap whatsapp whats wpp email e_mail dados cadastro numro informacoes_pessoais nmr nmro
        informacoes minhas_informacoes
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
        anulem_a_minha_subscricao anule_a_minha_subscricao anulem_a_subscricao desinscrevam_me desinscreva_me
        cancelem_minha_inscricao cancele_minha_inscricao cancela_minha_inscricao cancelar_as_mensagens
        cancelar_o_cadastro cancelar_o_recebimento me_tira_dessa cancelem_o_meu_registo quero_sair_dessa
        quero_sair_disso desinscricao desinscrição descadastrame me_desinscrevo
        """,
    "PEACE": """
        me_deixem_em_paz me_deixa_em_paz me_deixe_em_paz deixem_me_em_paz deixe_me_em_paz deixa_me_em_paz
        nos_deixem_em_paz deixem_a_gente_em_paz me_deixem_quieto me_deixem_quieta me_deixa_quieto me_deixa_quieta
        deixem_me_sossegado deixem_me_sossegada deixem_me_estar me_esquecam me_esquece me_esqueca esquecam_me
        esquece_me esqueca_me esquecam_de_mim esquece_de_mim esquecam_que_eu_existo esquece_que_eu_existo
        largem_do_meu_pe larguem_do_meu_pe larga_do_meu_pe sai_do_meu_pe saiam_do_meu_pe me_erra me_errem larguem_me
        larga_me deixem_a_minha_familia_em_paz deixem_minha_familia_em_paz deixem_a_nossa_casa_em_paz
        larguem_me_da_mao larga_me_da_mao me_larga me_larguem vao_incomodar_outro vai_encher_outro
        me_poupem_de_ligacoes
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
    "DROP_ME": """
        removam_me remova_me retirem_me tirem_me tire_me apaguem_me eliminem_me excluam_me exclua_me desinscrevam_me
        me_exclui me_exclua me_excluam me_remove me_remova me_removam me_apaga me_apaguem me_tira me_tirem me_tire
        me_deleta me_deletem me_retirem me_retire me_descadastra
        """,
    "CAN": """
        pode podem poderia poderiam podia podiam da_para da_pra tem_como consegue conseguem
        """,
    "USE": """
        usem use usar utilizem utilize utilizar tratem tratar guardem guarde guardar armazenem compartilhem partilhem
        vendam uso utilizacao mantenham
        """,
    "GLUED": """
        nãomeliguem naomeliguem naomeligue naomeliga naoliguemais naomeligamais paredeligar paremdeligar naomandemais
        """,
    "SLIPS": """
        stpo sotp stopp tsop stp stoip stopt sstop stoo prar parr paarr sari siar sair_ja psre paer parar_ja
        descadastar descadrastar cancelr canclar
        """,
    "AFTER": """
        a ao pra para por q que porque pq e nem ou por_favor pf pfv obrigado obrigada obg pois estou to tou tenho ja
        vou nao sou se nunca isso nada aqui nesse neste no na blz ta viu gente
        """,
    "DROPPED": """
        retirado removido excluido apagado eliminado descadastrado retirados removidos excluidos apagados eliminados
        deletado deletados
        """,
}
