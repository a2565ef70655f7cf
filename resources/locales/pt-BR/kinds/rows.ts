import type {Kinds} from './words.ts'

export const rows: Kinds = {
  balance: {
    title: 'Balancear classes',
    doc: `Torna todas as classes igualmente frequentes nas linhas de treino, e deixa como estão as de
validação, de teste e as recebidas ao servir o modelo. A sobreamostragem repete cada linha de uma classe o
mesmo número de vezes, e algumas, sorteadas, uma vez mais; a subamostragem mantém linhas sorteadas. As linhas
mantêm sua ordem, e as cópias ficam juntas. Um texto vazio é uma classe como outra qualquer; as linhas cuja
classe está ausente são retiradas, pois nenhum modelo pode aprender com elas.`,
    params: {
      column: {label: 'Coluna', description: 'As classes a balancear: em geral, o alvo.'},
      to: {
        label: 'Tamanho das classes',
        description: `Repetir linhas até a maior classe (largest), retirar linhas até a menor (smallest), ou uma coisa ou outra
até um número de linhas por classe.`,
      },
      seed: {label: 'Semente', description: 'A mesma semente repete a mesma escolha de linhas.'},
    },
  },
  filter: {
    title: 'Filtrar linhas',
    doc: `Mantém, em sua ordem, as linhas para as quais uma condição é verdadeira. Uma linha para a qual ela
não é verdadeira nem falsa, por causa de um valor ausente, também é retirada. Ao servir o modelo, nenhuma
linha é retirada.`,
    params: {
      where: {
        label: 'Condição',
        description: 'Uma condição em SQL; ficam as linhas para as quais ela é verdadeira.',
      },
    },
  },
  limit: {
    title: 'Limitar linhas',
    doc: `Mantém tantas linhas a partir do começo da tabela, ou depois das primeiras. Ao servir o modelo,
nenhuma linha é retirada.`,
    params: {
      rows: {label: 'Linhas', description: 'Quantas linhas manter.'},
      skip: {label: 'Pular', description: 'Quantas linhas deixar de fora antes delas.'},
    },
  },
  sample: {
    title: 'Amostrar linhas',
    doc: `Sorteia linhas, cada uma no máximo uma vez, e as mantém em sua ordem. As mesmas linhas e a mesma
semente dão a mesma amostra. De uma divisão, só as linhas de treino são amostradas.`,
    params: {
      rows: {label: 'Linhas', description: 'Quantas linhas sortear.'},
      share: {label: 'Fração', description: 'Ou que fração delas, por exemplo 0.1.'},
      seed: {label: 'Semente', description: 'Outra semente sorteia outras linhas.'},
    },
  },
  sort: {
    title: 'Ordenar linhas',
    doc: `Põe as linhas em ordem. As linhas iguais nas colunas citadas mantêm a ordem que tinham. Textos são
comparados pelos códigos de seus caracteres, de modo que as maiúsculas vêm antes das minúsculas.`,
    params: {
      columns: {
        label: 'Colunas',
        description: 'As colunas pelas quais ordenar, a mais importante primeiro.',
      },
      descending: {
        label: 'Decrescentes',
        description: 'Aquelas, entre elas, que vão do maior para o menor.',
      },
      missing: {
        label: 'Valores ausentes',
        description: 'Onde ficam os valores ausentes: primeiro (first) ou por último (last).',
      },
    },
  },
}
