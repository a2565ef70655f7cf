import type {Kinds} from './words.ts'

const columns = {label: 'Colunas', description: 'As colunas categóricas a codificar.'}

export const categories: Kinds = {
  frequency: {
    title: 'Codificação por frequência',
    doc: `Substitui cada categoria pela frequência com que ocorre nas linhas de treino: a fração das linhas em
que a coluna não está ausente, ou o número de linhas. Um texto vazio é uma categoria como outra qualquer. O
que está ausente continua ausente; uma categoria que o treino não tinha se torna 0.`,
    params: {
      columns,
      as: {
        label: 'Resultado',
        description:
          'Uma fração das linhas de treino em que a coluna não está ausente (share), ou um número de linhas (count).',
      },
    },
  },
  'hash-encode': {
    title: 'Codificação por hash',
    doc: `Substitui cada coluna categórica por colunas de zeros e uns chamadas \`<coluna>_hash_0\`, \`_1\` e
assim por diante: o hash do texto (MurmurHash3, módulo o número de colunas) diz qual delas é 1. Nada é
aprendido, e assim não há categoria desconhecida; categorias diferentes podem dividir uma coluna. Um texto
vazio passa pelo hash como outro qualquer; um valor ausente dá zeros em todas.`,
    params: {
      columns,
      buckets: {
        label: 'Colunas por atributo',
        description:
          'Em quantas colunas cada uma se transforma. Quanto mais houver, menos categorias dividem a mesma.',
      },
    },
  },
  'one-hot': {
    title: 'Codificação one-hot',
    doc: `Substitui cada coluna categórica por uma coluna de zeros e uns para cada categoria das linhas de
treino, em ordem alfabética, chamada \`<coluna>_<categoria>\`. Um texto vazio é uma categoria, chamada
\`<coluna>_was_empty\`. Um valor ausente, e uma categoria que o treino não tinha, dão zeros em todas, a menos
que \`missing\` ou \`unseen\` peça uma coluna própria.`,
    params: {
      columns,
      keep: {
        label: 'Máximo de categorias',
        description:
          'Mantém este número das categorias mais frequentes; as mais raras contam como desconhecidas.',
      },
      missing: {
        label: 'Valores ausentes',
        description:
          'O que um valor ausente se torna: zeros, ou um 1 em `<coluna>_was_missing` (column).',
      },
      unseen: {
        label: 'Desconhecidas',
        description:
          'O que uma categoria desconhecida ou rara se torna: zeros, ou um 1 em `<coluna>_was_other` (column).',
      },
    },
  },
  ordinal: {
    title: 'Codificação ordinal',
    doc: `Substitui cada categoria por sua posição, contada a partir de 0: na ordem dada ou, sem ela, em
ordem alfabética ou pela frequência nas linhas de treino. Um texto vazio é uma categoria como outra qualquer.
O que está ausente continua ausente; uma categoria que não está na ordem se torna -1.`,
    params: {
      columns,
      order: {
        label: 'Ordem',
        description: 'As categorias da menor para a maior, por exemplo [baixo, médio, alto].',
      },
      by: {
        label: 'Ordenar por',
        description:
          'Sem `order`: em ordem alfabética (alphabet), ou as mais frequentes primeiro (frequency).',
      },
    },
  },
  'target-encode': {
    title: 'Codificação pelo alvo',
    doc: `Substitui cada categoria pela média do alvo nas linhas de treino dessa categoria, puxada para a
média geral onde as linhas são poucas: (soma + suavização × média) / (linhas + suavização). Para um alvo de
sim ou não, é a fração de sim (de dois textos, o que vem depois no alfabeto); com três classes ou mais, há
uma coluna para cada uma, chamada \`<coluna>_<classe>\`. Uma linha de treino é codificada pelas dobras em que
ela não está, para que seu próprio alvo não vaze para ela; todas as outras linhas, pela parte de treino
inteira. Um texto vazio é uma categoria como outra qualquer, e também o valor ausente. Uma categoria que o
treino não tinha recebe a média geral, que só é ausente onde o alvo não tem nenhum valor.`,
    params: {
      columns: {
        label: 'Colunas',
        description: 'As colunas categóricas a codificar. O alvo nunca é codificado por ele mesmo.',
      },
      smoothing: {
        label: 'Suavização',
        description: 'Quantas linhas da média geral são misturadas a cada categoria.',
      },
      folds: {
        label: 'Dobras',
        description:
          'Em quantas partes as linhas de treino são codificadas, cada uma pelas outras.',
      },
      seed: {label: 'Semente', description: 'A mesma semente repete as mesmas dobras.'},
    },
  },
}
