import type {Kinds} from './words.ts'

export const time: Kinds = {
  cyclical: {
    title: 'Codificação cíclica',
    doc: `Substitui cada coluna pelo seno e pelo cosseno de sua posição em um período, de modo que 23 h
fique ao lado de 0 h: \`<coluna>_sin\` e \`<coluna>_cos\`. Um valor ausente ou infinito dá valores
ausentes. Nada é aprendido, e assim nenhum valor é desconhecido.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas a transformar em círculos.'},
      period: {
        label: 'Período',
        description:
          'Quanto dura uma volta: para números, na unidade deles (24 para horas); para datas, o nome dela: hora (hour), dia (day), semana (week) ou ano (year).',
      },
      keep: {
        label: 'Manter a coluna',
        description: 'Mantém a própria coluna, seguida do seno e do cosseno.',
      },
    },
  },
  'date-parts': {
    title: 'Decompor datas',
    doc: `Substitui cada data por números, chamados \`<coluna>_<parte>\`. \`weekday\` vai de 1, segunda-feira,
a 7, domingo; \`week\` é a semana do ano da ISO 8601; \`weekend\` é 1 no sábado e no domingo; \`second\` não
tem fração. Horários com fuso são lidos em UTC. Uma data ausente ou infinita dá partes ausentes. Nada é
aprendido, e assim nenhuma data é desconhecida.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas de data a decompor.'},
      parts: {
        label: 'Partes',
        description:
          'Quais partes: ano (year), trimestre (quarter), mês (month), semana da ISO 8601 (week), dia (day), dia do ano (day_of_year), dia da semana a partir de 1, segunda-feira (weekday), fim de semana (weekend), hora (hour), minuto (minute), segundo (second).',
      },
      keep: {label: 'Manter a data', description: 'Mantém a própria data, seguida das partes.'},
    },
  },
  window: {
    title: 'Defasagens e medidas móveis',
    doc: `Inclui, no fim, colunas que olham para as linhas em torno de cada linha, na ordem de \`order\` (as
ausentes por último) e dentro dos mesmos valores de \`by\` (o ausente e o texto vazio são valores como os
outros). Onde não há tal linha, o resultado é ausente; as medidas móveis ignoram valores ausentes.
\`difference\` é o valor menos o de n linhas antes, e \`change\` é o mesmo como fração desse valor, ausente
onde ele era 0; \`std\` divide por n − 1 e é ausente junto a valores acima de 1e150; \`rank\` é 1 para o
menor valor, e igual para valores iguais. As linhas mantêm sua ordem. Ao servir o modelo, uma linha não tem
outras em torno dela: faça tais colunas antes da tabela bruta do modelo.`,
    params: {
      order: {
        label: 'Ordem',
        description:
          'O que põe as linhas em ordem, por exemplo uma data. Linhas iguais mantêm a ordem em que chegam.',
      },
      by: {
        label: 'Por grupo',
        description: 'Cada combinação destas colunas é uma sequência própria.',
      },
      make: {
        label: 'Colunas novas',
        description:
          'As colunas novas: {ontem: {with: lag, of: vendas}, semana: {with: mean, of: vendas, n: 7}}.',
      },
    },
  },
}
