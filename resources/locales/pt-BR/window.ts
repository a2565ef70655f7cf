import type {Words} from '../en/index.ts'
import type {windowWords as en} from '../en/window.ts'

export const windowWords = {
  title: 'Bancada',
  rail: {
    label: 'Telas',
    documents: 'Documentos',
    data: 'Dados',
    runs: 'Execuções',
    models: 'Modelos',
    publish: 'Publicar',
    monitor: 'Monitorar',
  },
  home: 'Todos os projetos',
  palette: {
    open: 'Busque ou execute um comando …',
    empty: 'Nada tem esse nome',
    documents: 'Documentos',
    commands: 'Comandos',
    cells: 'Células',
  },
  run: {all: 'Executar tudo', stop: 'Parar', running: 'Executando'},
  status: {
    label: 'Situação',
    problems: {one: '{n} problema', other: '{n} problemas'},
    noProblems: 'sem problemas',
    running: {one: '{n} célula em execução', other: '{n} células em execução'},
    idle: 'nada em execução',
    saved: 'salvo',
    saving: 'salvando …',
    engine: 'motor {engine}',
  },
  lost: {
    title: 'A conexão com o processo do projeto caiu',
    text: 'Seu trabalho está salvo. O Bancada está reiniciando o processo e se conecta sozinho.',
  },
  notices: 'Notificações',
  noNotices: 'Nada foi avisado ainda',
  settings: {
    title: 'Configurações',
    language: 'Idioma',
    theme: 'Tema',
    light: 'Claro',
    dark: 'Escuro',
    system: 'Como o sistema',
    memory: 'Memória para dados',
    memoryHint:
      'O máximo que o DuckDB usa, como 4GB. Vazio: 80% da máquina. Linhas de treinamento que tomariam mais de um quarto disso são lidas do disco aos poucos.',
    memoryRefused: 'Escreva um número e a unidade: MB, GB, MiB ou GiB',
    threads: 'Threads para dados',
  },
  keys: {title: 'Teclado', what: 'O quê', keys: 'Teclas'},
  project: {
    missing: 'Este projeto não pode ser aberto',
    back: 'Voltar a todos os projetos',
  },
  crashed: {
    title: 'Esta tela falhou',
    text: 'O resto da janela continua funcionando, e seu trabalho está salvo.',
  },
  later: {
    publish:
      'Publicar em uma nuvem ou contêiner ainda não existe. Na tela Modelos, um pacote do modelo pode ser criado, iniciado e testado.',
    monitor:
      'Monitorar implantações ainda não existe. Uma verificação de deriva pode ser incluída em um documento.',
  },
  commands: {
    group: 'Janela',
    palette: 'Buscar ou executar um comando',
    keys: 'Mostrar o mapa do teclado',
    settings: 'Abrir configurações',
    language: 'Trocar o idioma',
    theme: 'Alternar entre claro e escuro',
    home: 'Ir a todos os projetos',
    go: 'Ir para {screen}',
    runAll: 'Executar tudo o que está desatualizado',
    stopAll: 'Parar o que está em execução',
    undo: 'Desfazer',
    redo: 'Refazer',
    notebook: 'Mostrar como caderno',
    canvas: 'Mostrar como diagrama',
    split: 'Mostrar ambos',
    newDocument: 'Novo documento',
    openDocument: 'Abrir {document}',
  },
} satisfies Words<typeof en>
