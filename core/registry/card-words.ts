// The words of a card, in the languages that it can be written in.
import type {Stale} from '../schema/card.ts'
import type {CardText} from '../schema/registry.ts'
import type {Stage} from '../schema/value.ts'

export type CardWords = {
  title: string
  version: string
  overview: string
  task: Record<'classification' | 'regression' | 'clustering', string>
  labels: Record<
    | 'task'
    | 'kind'
    | 'target'
    | 'classes'
    | 'owners'
    | 'created'
    | 'run'
    | 'document'
    | 'cell'
    | 'engine'
    | 'seed'
    | 'software'
    | 'data',
    string
  >
  texts: Record<CardText, string>
  /** Stands where nobody has written anything yet. */
  unwritten: string
  intendedUse: string
  trainingData: string
  inputs: string
  rows: string
  /** How many training rows a bundle carries in `golden.jsonl`. */
  carried: (rows: number) => string
  training: string
  params: string
  evaluation: string
  /** Stands where no evaluation was registered. */
  unevaluated: string
  limitations: string
  caveats: string
  versions: string
  columns: Record<
    'version' | 'name' | 'type' | 'value' | 'interval' | 'evidence' | 'stage' | 'registered' | 'by',
    string
  >
  stages: Record<Stage, string>
  stale: Record<Stale, string>
  /** Above everything when something is stale. */
  anyStale: (count: number) => string
}

const en: CardWords = {
  title: 'Model card',
  version: 'version',
  overview: 'Overview',
  task: {classification: 'classification', regression: 'regression', clustering: 'clustering'},
  labels: {
    task: 'Task',
    kind: 'Model',
    target: 'Target',
    classes: 'Classes',
    owners: 'Owners',
    created: 'Made',
    run: 'Run',
    document: 'Document',
    cell: 'Cell',
    engine: 'Engine',
    seed: 'Seed',
    software: 'Software',
    data: 'Data',
  },
  texts: {
    description: 'Description',
    purpose: 'Purpose',
    'intended-uses': 'Intended uses',
    'out-of-scope': 'Not meant for',
    limitations: 'Known limitations',
    ethics: 'Ethical considerations',
  },
  unwritten: 'Not written yet.',
  intendedUse: 'Intended use',
  trainingData: 'Training data',
  inputs: 'What a request holds',
  rows: 'Rows',
  carried: n =>
    n === 0
      ? 'The bundle carries none of these rows.'
      : `The bundle carries ${n === 1 ? 'one of these rows' : `${n} of these rows`} as they came, in \`golden.jsonl\`, to be checked by.`,
  training: 'Training',
  params: 'Parameters',
  evaluation: 'Evaluation',
  unevaluated: 'Not evaluated.',
  limitations: 'Limitations',
  caveats: 'Noticed while training and evaluating',
  versions: 'Versions',
  columns: {
    version: 'Version',
    name: 'Name',
    type: 'Type',
    value: 'Value',
    interval: '95% interval',
    evidence: 'Evidence',
    stage: 'Stage',
    registered: 'Registered',
    by: 'By',
  },
  stages: {none: 'none', staging: 'staging', production: 'production', archived: 'archived'},
  stale: {
    'data-changed': 'stale: the data changed since',
    'run-removed': 'stale: the run was removed',
    'figure-changed': 'stale: the run says something else now',
  },
  anyStale: count =>
    count === 1
      ? 'One figure of this card is stale: what it rests on has changed.'
      : `${count} figures of this card are stale: what they rest on has changed.`,
}

const pt: CardWords = {
  title: 'Ficha do modelo',
  version: 'versão',
  overview: 'Visão geral',
  task: {classification: 'classificação', regression: 'regressão', clustering: 'agrupamento'},
  labels: {
    task: 'Tarefa',
    kind: 'Modelo',
    target: 'Alvo',
    classes: 'Classes',
    owners: 'Responsáveis',
    created: 'Criada em',
    run: 'Execução',
    document: 'Documento',
    cell: 'Célula',
    engine: 'Motor',
    seed: 'Semente',
    software: 'Software',
    data: 'Dados',
  },
  texts: {
    description: 'Descrição',
    purpose: 'Finalidade',
    'intended-uses': 'Usos previstos',
    'out-of-scope': 'Usos não previstos',
    limitations: 'Limitações conhecidas',
    ethics: 'Considerações éticas',
  },
  unwritten: 'Ainda não escrito.',
  intendedUse: 'Uso previsto',
  trainingData: 'Dados de treino',
  inputs: 'O que uma requisição contém',
  rows: 'Linhas',
  carried: n =>
    n === 0
      ? 'O pacote não leva nenhuma destas linhas.'
      : `O pacote leva ${n === 1 ? 'uma destas linhas' : `${n} destas linhas`} como chegaram, em \`golden.jsonl\`, para ser conferido por elas.`,
  training: 'Treino',
  params: 'Parâmetros',
  evaluation: 'Avaliação',
  unevaluated: 'Não avaliado.',
  limitations: 'Limitações',
  caveats: 'Observado no treino e na avaliação',
  versions: 'Versões',
  columns: {
    version: 'Versão',
    name: 'Nome',
    type: 'Tipo',
    value: 'Valor',
    interval: 'Intervalo de 95%',
    evidence: 'Evidência',
    stage: 'Estágio',
    registered: 'Registrada em',
    by: 'Por',
  },
  stages: {none: 'nenhum', staging: 'homologação', production: 'produção', archived: 'arquivada'},
  stale: {
    'data-changed': 'desatualizado: os dados mudaram desde então',
    'run-removed': 'desatualizado: a execução foi removida',
    'figure-changed': 'desatualizado: a execução agora diz outra coisa',
  },
  anyStale: count =>
    count === 1
      ? 'Um número desta ficha está desatualizado: aquilo em que se apoia mudou.'
      : `${count} números desta ficha estão desatualizados: aquilo em que se apoiam mudou.`,
}

export const cardWords = {en, 'pt-BR': pt}
export type CardLanguage = keyof typeof cardWords
