import type {Kinds} from './words.ts'

const suffix = {
  label: 'Sufixo',
  description:
    'O que se acrescenta a uma coluna da segunda tabela cujo nome a primeira também tem.',
}

export const tables: Kinds = {
  aggregate: {
    title: 'Agrupar e agregar',
    doc: `Dá uma linha para cada combinação de valores nas colunas de \`by\`, na ordem deles, com o que é
calculado sobre as linhas desse grupo. O ausente é um grupo próprio, o último; o texto vazio também é um.
\`count\` de uma coluna, \`distinct\` e todas as medidas ignoram valores ausentes, e são ausentes onde não
resta nenhum (\`sum\` também); \`std\` e \`var\` dividem por n − 1, e são ausentes junto a valores acima de
1e150; de verdadeiro ou falso, \`mean\` é a fração de verdadeiros; \`first\` e \`last\` seguem a ordem das
linhas, e \`mode\` toma o menor entre valores igualmente frequentes.`,
    params: {
      by: {
        label: 'Agrupar por',
        description:
          'Uma linha para cada combinação destas colunas; se omitidas, uma linha para a tabela inteira.',
      },
      make: {
        label: 'Colunas novas',
        description: 'As colunas novas: {preço: {with: mean, of: preço}, vendas: {with: count}}.',
      },
    },
  },
  'asof-join': {
    title: 'Juntar pelo tempo',
    doc: `Põe ao lado de cada linha da primeira tabela a linha da segunda que estava em vigor no instante
dela: a mais recente nesse instante ou antes dele, com valores iguais nas colunas de \`on\`. De várias no
mesmo instante, vale a última. As linhas mantêm a ordem da primeira tabela. Um instante ou uma chave ausente
não corresponde a nada. O instante da segunda tabela fica como coluna, para que se veja a idade de cada
correspondência.`,
    params: {
      at: {
        label: 'Tempo',
        description:
          'O instante (ou número) a seguir: um nome que as duas tabelas têm, ou {left: …, right: …}.',
      },
      on: {
        label: 'Chaves',
        description:
          'As colunas que também devem ser iguais, por exemplo um cliente ou uma estação.',
      },
      direction: {
        label: 'Direção',
        description:
          'backward: a linha mais recente em cada instante ou antes dele. forward: a primeira nele ou depois.',
      },
      same: {
        label: 'Aceitar o mesmo instante',
        description:
          'Se vale uma linha exatamente do mesmo instante. Desligue onde isso revelaria o futuro.',
      },
      within: {
        label: 'Distância máxima',
        description:
          'A que distância, no máximo: um número para números, algo como "3 days" para tempos.',
      },
      how: {
        label: 'Linhas',
        description:
          'Manter todas as linhas da primeira tabela (left), ou só as que têm correspondência (inner).',
      },
      suffix,
    },
  },
  join: {
    title: 'Juntar duas tabelas',
    doc: `Põe as colunas da segunda tabela ao lado das linhas da primeira que têm os mesmos valores nas
colunas de \`on\`. Uma linha que corresponde a várias é repetida para cada uma. As linhas mantêm a ordem da
primeira tabela e depois a da segunda; as linhas da segunda que não correspondem a nada vêm por último.
Chaves ausentes não correspondem a nada. As colunas de \`on\` aparecem uma só vez, com os nomes da primeira
tabela.`,
    params: {
      on: {
        label: 'Chaves',
        description:
          'As colunas a comparar, por um nome que as duas tabelas têm, ou como {left: …, right: …}.',
      },
      how: {
        label: 'Linhas',
        description: `Quais linhas: todas da primeira tabela (left), as que correspondem (inner), todas da
segunda (right), todas de ambas (full), as da primeira que correspondem (semi) ou as que não correspondem
(anti).`,
      },
      suffix,
    },
  },
  pivot: {
    title: 'Pivotar para formato largo',
    doc: `Dá uma linha para cada combinação de valores nas colunas de \`by\`, na ordem deles (o ausente por
último), e uma coluna para cada valor de \`columns\` que as linhas de treino têm, em ordem. Uma combinação
que não ocorre é ausente (\`count\`: 0). Linhas cujo \`columns\` está ausente, ou é um valor que o treino não
tinha, não contribuem para nenhuma coluna; o texto vazio se torna a coluna \`was_empty\`.`,
    params: {
      by: {label: 'Linhas por', description: 'Uma linha para cada combinação destas colunas.'},
      columns: {
        label: 'Coluna dos nomes',
        description: 'A coluna cujos valores se tornam colunas.',
      },
      values: {
        label: 'Coluna dos valores',
        description: 'A coluna cujos valores as preenchem.',
      },
      with: {
        label: 'Agregação',
        description:
          'O que fazer onde várias linhas se encontram em um mesmo lugar: tomar o primeiro valor (first), o último (last), a soma (sum), a média (mean), o menor (min), o maior (max) ou a contagem (count).',
      },
      prefix: {label: 'Prefixo', description: 'Vem antes do nome de cada coluna nova.'},
    },
  },
  union: {
    title: 'Empilhar tabelas',
    doc: `Põe as linhas de várias tabelas umas abaixo das outras, na ordem das tabelas. As colunas são
reconhecidas pelo nome. Uma coluna que falta a uma tabela é ausente nas linhas dela. Linhas iguais são todas
mantidas; dedupe as retira.`,
    params: {
      columns: {
        label: 'Colunas',
        description: `As colunas que só algumas tabelas têm. all: mantê-las, com valores ausentes. common:
deixá-las de fora. same: recusá-las.`,
      },
      source: {
        label: 'Coluna de origem',
        description: 'O nome de mais uma coluna, que diz de qual tabela cada linha veio: 1, 2 …',
      },
    },
  },
  unpivot: {
    title: 'Despivotar para formato longo',
    doc: `Transforma cada linha em várias, uma para cada coluna citada: o nome da coluna, o valor dela e as
outras colunas repetidas. As linhas mantêm sua ordem e, dentro de uma linha, as colunas mantêm a delas. Nada
é aprendido.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas que se tornam linhas.'},
      name: {
        label: 'Coluna dos nomes',
        description: 'A coluna nova que guarda os nomes delas.',
      },
      value: {
        label: 'Coluna dos valores',
        description: 'A coluna nova que guarda os valores delas.',
      },
      missing: {
        label: 'Valores ausentes',
        description: 'Se um valor ausente também dá uma linha (keep) ou não (drop).',
      },
    },
  },
}
