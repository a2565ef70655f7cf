import type {Kinds} from './words.ts'

export const clean: Kinds = {
  clip: {
    title: 'Limitar valores discrepantes',
    doc: `Traz ao limite os valores que passam de limites aprendidos, infinitos inclusive, ou os torna
ausentes. Os limites vêm dos valores finitos das linhas de treino. O que está ausente continua ausente. Uma
coluna sem nenhum valor no treino fica como está. Os números se tornam DOUBLE.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas numéricas a limitar.'},
      with: {
        label: 'Método',
        description: `iqr: tantas amplitudes interquartis abaixo do primeiro ou acima do terceiro quartil
(Tukey). percentile: abaixo ou acima de uma fração das linhas de treino. z-score: a tantos desvios-padrão
da média.`,
      },
      factor: {
        label: 'Fator',
        description: 'Quantas amplitudes interquartis (1.5) ou quantos desvios-padrão (3).',
      },
      low: {label: 'Fração inferior', description: 'Para percentile: a fração inferior (0.01).'},
      high: {label: 'Fração superior', description: 'Para percentile: a fração superior (0.99).'},
      to: {
        label: 'Transformar em',
        description:
          'O que um valor discrepante se torna: o próprio limite (limit), ou ausente (missing).',
      },
    },
  },
  dedupe: {
    title: 'Remover duplicatas',
    doc: `Mantém uma de cada grupo de linhas iguais, em seu lugar. Dois valores ausentes são iguais; um
texto vazio e um valor ausente não são. Ao servir o modelo, nenhuma linha é retirada.`,
    params: {
      columns: {
        label: 'Colunas',
        description:
          'As linhas são iguais quando estas colunas o são; se omitidas, quando todas o são.',
      },
      keep: {
        label: 'Manter',
        description: 'Qual das linhas iguais fica: a primeira (first) ou a última (last).',
      },
    },
  },
  impute: {
    title: 'Preencher valores ausentes',
    doc: `Substitui valores ausentes pela média, mediana ou moda das linhas de treino, ou por uma constante.
Com \`by\`, pelas do grupo da linha; um grupo que o treino não tinha, ou que não tinha valor algum, recebe a
geral. Só contam valores finitos; valores infinitos são mantidos, e também textos vazios. Entre valores
igualmente frequentes, o menor é a moda. Uma coluna sem nenhum valor no treino é preenchida com 0, false,
\`missing\` ou 1970-01-01. Os números se tornam DOUBLE.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas a preencher.'},
      with: {
        label: 'Preencher com',
        description:
          'Média (mean), mediana (median), moda (mode) ou uma constante (constant). Média e mediana são de números; com elas, as outras colunas recebem a moda.',
      },
      value: {label: 'Valor', description: 'A constante com que preencher.'},
      by: {
        label: 'Por grupo',
        description: 'Preenche com o que é usual no grupo que estas colunas formam.',
      },
      flag: {
        label: 'Marcar os preenchidos',
        description:
          'Inclui depois de cada coluna uma `<coluna>_was_missing`, verdadeira onde ela foi preenchida.',
      },
    },
  },
}
