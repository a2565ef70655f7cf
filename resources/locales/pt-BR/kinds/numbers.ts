import type {Kinds} from './words.ts'

export const numbers: Kinds = {
  bin: {
    title: 'Discretizar números',
    doc: `Substitui cada número pela faixa em que ele cai, contada a partir de 0, ou pelo rótulo dela. Uma
faixa inclui seu limite inferior e não o superior; a primeira não tem fim para baixo e a última não tem fim
para cima, de modo que todo valor posterior tem sua faixa, os infinitos inclusive. Os limites são aprendidos
dos valores finitos das linhas de treino; os iguais são unidos, e assim uma coluna com poucos valores
diferentes pode ter menos faixas. O que está ausente continua ausente.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas numéricas a discretizar.'},
      with: {
        label: 'Método',
        description: `equal-width: faixas de mesma largura. equal-count: mais ou menos o mesmo número de linhas
de treino em cada uma. edges: onde for indicado.`,
      },
      bins: {label: 'Faixas', description: 'Quantas faixas (5).'},
      edges: {
        label: 'Limites',
        description: 'Onde uma faixa termina e a seguinte começa, em ordem crescente.',
      },
      give: {
        label: 'Resultado',
        description: 'number: 0, 1, 2 … label: um texto como `10 to 20`.',
      },
    },
  },
  pca: {
    title: 'Componentes principais',
    doc: `Substitui colunas numéricas pelas poucas direções em que as linhas de treino mais variam, a maior
primeiro, como novas colunas no fim. As colunas são centralizadas, mas não escalonadas: escalone-as antes
onde as unidades diferem. O sinal de um componente torna positivo o maior de seus pesos. Uma linha com um
valor ausente ou infinito tem componentes ausentes e não participa do aprendizado, nem uma com um valor além
de 1e150. Onde nenhuma linha de treino está completa, todos os componentes são ausentes.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas numéricas a combinar.'},
      components: {
        label: 'Componentes',
        description:
          'Quantos manter, ou, abaixo de 1, a fração da variância que eles devem explicar.',
      },
      prefix: {
        label: 'Prefixo',
        description: 'As novas colunas são `<prefixo>1`, `<prefixo>2` …',
      },
    },
  },
  polynomial: {
    title: 'Potências e produtos',
    doc: `Inclui os produtos de duas (ou três) das colunas, e suas potências, com nomes como \`a^2\` e
\`a*b\`, depois de todas as outras colunas. As próprias colunas ficam. Um produto com um fator ausente é
ausente, e também infinito vezes zero. Nada é aprendido.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas numéricas a multiplicar.'},
      degree: {label: 'Grau', description: 'O maior número de fatores em um produto.'},
      only: {
        label: 'Termos',
        description:
          'Potências e produtos (all), ou só os produtos de colunas diferentes (interactions).',
      },
    },
  },
  scale: {
    title: 'Escalonar números',
    doc: `Subtrai de cada valor um centro e o divide por uma dispersão, ambos aprendidos dos valores finitos
das linhas de treino. Uma coluna sem dispersão (constante, ou sem nenhum valor) é apenas centralizada. O que
está ausente continua ausente, o infinito continua infinito, e valores posteriores podem ficar fora do
intervalo das linhas de treino.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas numéricas a escalonar.'},
      with: {
        label: 'Método',
        description: `standard: média 0, desvio-padrão 1. min-max: de 0 a 1. robust: mediana 0, amplitude
interquartil 1. max-abs: entre -1 e 1, e o zero continua zero.`,
      },
    },
  },
  transform: {
    title: 'Transformar números',
    doc: `Dá outra forma a colunas numéricas assimétricas. Onde uma função não tem valor (o logaritmo em -1
ou abaixo, a raiz de um número negativo, Box-Cox em 0 ou abaixo), o resultado é ausente. A potência de
Box-Cox e de Yeo-Johnson é a de máxima verossimilhança entre -5 e 5, para os valores finitos das linhas de
treino (para 50.000 deles quando há mais); um quantil fica em linhas retas entre pontos da distribuição
deles, e valores posteriores além de todos eles se tornam os extremos. O que está ausente continua ausente;
uma coluna sem nenhum valor no treino recebe a potência 1, ou se torna o meio da curva.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas numéricas a transformar.'},
      with: {
        label: 'Função',
        description: `log1p: ln(1 + x). sqrt: a raiz quadrada. box-cox: a potência que melhor se ajusta, para
números positivos. yeo-johnson: o mesmo para números quaisquer. quantile: a fração das linhas de treino
que está abaixo.`,
      },
      quantiles: {
        label: 'Quantis',
        description: 'Para quantile: quantos pontos da distribuição de treino são guardados.',
      },
      shape: {
        label: 'Distribuição',
        description:
          'Para quantile: a distribuição que as linhas de treino passam a ter, uniforme (uniform) ou normal (normal).',
      },
    },
  },
}
