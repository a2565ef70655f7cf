import type {Kinds, ParamWords} from './words.ts'

const vocabulary: Record<string, ParamWords> = {
  words: {
    label: 'Máximo de palavras',
    description:
      'Quantas palavras de uma coluna manter, no máximo: as que estão em mais linhas de treino.',
  },
  minLength: {
    label: 'Tamanho mínimo',
    description: 'Deixa de fora as palavras com menos letras.',
  },
  minRows: {
    label: 'Mínimo de linhas',
    description: 'Deixa de fora as palavras que estão em menos linhas de treino.',
  },
  maxShare: {
    label: 'Fração máxima',
    description:
      'Deixa de fora as palavras que estão em mais do que esta fração das linhas de treino.',
  },
  stopWords: {
    label: 'Palavras vazias',
    description:
      'Deixa de fora as palavras que sozinhas nada dizem. none: nenhuma; en: as do inglês, como `the`; pt-BR: as do português, como `que`.',
  },
  accents: {
    label: 'Acentos',
    description:
      'keep: `não` e `nao` são duas palavras. fold: são uma só, para textos em que as pessoas deixam os acentos de lado.',
  },
  phrases: {
    label: 'Expressões',
    description: '2: pares de palavras vizinhas são contados ao lado das palavras sozinhas.',
  },
}

export const text: Kinds = {
  'text-counts': {
    title: 'Contar palavras',
    doc: `Substitui cada coluna de texto por uma coluna para cada palavra de seu vocabulário, chamada
\`<coluna>_<palavra>\`: quantas vezes ela ocorre. Palavras são sequências de letras, sinais diacríticos e
dígitos de qualquer escrita; só a Inicial maiúscula e TODAS MAIÚSCULAS contam como minúsculas, e qualquer
outra mistura só onde o treino a tinha. O vocabulário guarda as palavras que estão em mais linhas de treino,
em ordem alfabética. Uma palavra fora dele não é contada; um texto vazio não tem palavras e dá zeros; um texto
ausente dá contagens ausentes. Com expressões, duas palavras vizinhas contam como mais uma palavra, a não
ser que uma delas seja uma palavra vazia.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas de texto em que contar palavras.'},
      as: {
        label: 'Resultado',
        description: 'Quantas vezes uma palavra ocorre (count), ou 1 se ela ocorre (present).',
      },
      ...vocabulary,
    },
  },
  'tf-idf': {
    title: 'Ponderar palavras (TF-IDF)',
    doc: `Substitui cada coluna de texto por uma coluna para cada palavra de seu vocabulário, chamada
\`<coluna>_<palavra>\`: quantas vezes ela ocorre × (ln((1 + textos) / (1 + textos com a palavra)) + 1),
dividido depois pelo comprimento euclidiano da linha, como no scikit-learn. Palavras são sequências de letras,
sinais diacríticos e dígitos de qualquer escrita; só a Inicial maiúscula e TODAS MAIÚSCULAS contam como
minúsculas, e qualquer outra mistura só onde o treino a tinha. O vocabulário guarda as palavras que estão em
mais linhas de treino, em ordem alfabética. Uma palavra fora dele não é contada; um texto vazio não tem
palavras e dá zeros; um texto ausente dá pesos ausentes. Com expressões, duas palavras vizinhas contam como mais uma palavra, a não
ser que uma delas seja uma palavra vazia.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas de texto em que ponderar palavras.'},
      norm: {
        label: 'Norma',
        description:
          'l2: divide os pesos de uma linha por seu comprimento, para que textos longos pesem tanto quanto curtos. none: deixa-os como são.',
      },
      counts: {
        label: 'Contagem',
        description:
          'plain: quantas vezes uma palavra ocorre. log: 1 + ln disso, para que a décima vez diga menos que a primeira.',
      },
      ...vocabulary,
    },
  },
}
