import type {charts as en} from '../en/charts.ts'
import type {Words} from '../en/index.ts'

export const charts = {
  asTable: 'Mostrar como tabela',
  asChart: 'Mostrar como gráfico',
  series: 'Série',
  count: 'Contagem',
  rows: 'Linhas',
  low: 'Mínimo',
  high: 'Máximo',
  firstRows: 'As primeiras {n} de {all}',
  noPoints: 'Ainda não há pontos na curva de aprendizado.',
  epochAxis: 'Época',
  epoch: 'época {n}',
  lineLabel: '{name}: {value} na época {epoch}',
  notFinite: '{name} não foi um número finito na época {epoch}',
  confusion: {
    title: 'Matriz de confusão',
    truth: 'Verdade',
    predicted: 'Previsto',
    share: 'Fração da classe verdadeira',
  },
  curve: {
    roc: {
      title: 'Curva ROC',
      x: 'Taxa de falsos positivos',
      y: 'Taxa de verdadeiros positivos',
    },
    pr: {title: 'Precisão e revocação', x: 'Revocação', y: 'Precisão'},
    calibration: {
      title: 'Calibração',
      x: 'Probabilidade prevista',
      y: 'Fração que se confirmou',
    },
    lift: {title: 'Lift', x: 'Fração das linhas, melhores primeiro', y: 'Lift'},
    gain: {
      title: 'Ganho acumulado',
      x: 'Fração das linhas, melhores primeiro',
      y: 'Fração dos positivos encontrada',
    },
  },
  residuals: {
    title: 'Resíduos',
    predicted: 'Previsto',
    residual: 'Resíduo',
    sample: 'Amostra de {n} de {all} linhas',
  },
  histogram: {title: 'Distribuição de {name}', from: 'De', to: 'Abaixo de'},
  slices: {
    title: 'Por {column}',
    leftOut: {
      one: 'Mais {n} valor não é mostrado',
      other: 'Mais {n} valores não são mostrados',
    },
  },
  folds: {
    title: 'Validação cruzada',
    fold: 'Dobra',
    note: {one: '{n} dobra', other: '{n} dobras; a linha tracejada é a média delas'},
    mean: 'média {mean}',
  },
} satisfies Words<typeof en>
