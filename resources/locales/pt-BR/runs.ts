import type {Words} from '../en/index.ts'
import type {runs as en} from '../en/runs.ts'

export const runs = {
  title: 'Execuções',
  previous: 'Anterior',
  next: 'Próxima',
  report: {
    alarm: 'Isto pede atenção',
    metric: 'Métrica',
    value: 'Valor',
    interval: 'Intervalo',
    baselineColumn: 'Referência',
    higher: 'quanto maior, melhor',
    lower: 'quanto menor, melhor',
    intervals:
      'Intervalos de {level} por bootstrap percentílico, {repeats} repetições, semente {seed}.',
    baseline: 'Referência: {baseline}.',
    warnings: {one: '{n} aviso', other: '{n} avisos'},
  },
  rowsBehind: {
    title: 'Verdade {truth}, previsto {predicted}',
    open: '{n} linhas de {truth} previstas como {predicted}: mostrar',
    rows: 'Linhas',
    range: 'Linhas {from} a {to}',
    end: 'Não há mais linhas',
  },
} satisfies Words<typeof en>
