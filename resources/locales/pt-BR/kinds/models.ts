import type {Kinds} from './words.ts'

const l1Ratio = {
  label: 'Parcela de l1',
  description: 'Para elastic-net: a parcela de l1 na penalidade.',
}

const classWeights = {
  label: 'Pesos das classes',
  description: `Quanto uma linha conta na perda. none: toda linha o mesmo. balanced: cada classe conta o mesmo no total, por mais rara
que seja.`,
}

/** What every network has: how it is trained. */
const network = {
  loss: {
    label: 'Perda',
    description: `O que se torna pequeno. auto: entropia cruzada para classes, squared para números. Para
números: squared aprende a média e absolute a mediana; huber fica entre as duas e resiste a valores
discrepantes; poisson é para contagens; quantile aprende o \`quantile\`.`,
  },
  delta: {
    label: 'Delta de Huber',
    description: `Para huber: o erro a partir do qual ele conta em proporção, em desvios-padrão do
alvo.`,
  },
  quantile: {
    label: 'Quantil',
    description: 'Para quantile: a fração das linhas que fica abaixo da previsão.',
  },
  labelSmoothing: {
    label: 'Suavização dos rótulos',
    description: 'Para classes: a fração da verdade que é espalhada por todas elas.',
  },
  optimizer: {
    label: 'Otimizador',
    description: `Como os pesos seguem o gradiente. lion pede de um terço a um décimo da taxa de
adam.`,
  },
  learningRate: {
    label: 'Taxa de aprendizado',
    description: 'Quanto os pesos andam em um passo.',
  },
  momentum: {
    label: 'Momento',
    description: 'Para sgd: quanto do último passo é mantido no seguinte.',
  },
  nesterov: {label: 'Nesterov', description: 'Para sgd: olha adiante ao longo do momento.'},
  schedule: {
    label: 'Curso da taxa',
    description: `Como a taxa de aprendizado prossegue: como está (constant); para baixo em degraus (step);
até 0 ao longo de todas as épocas, por um cosseno (cosine) ou uma reta (linear); ou para cima e bem para
baixo de novo, em um só ciclo (one-cycle).`,
  },
  warmup: {
    label: 'Aquecimento',
    description: `A fração de todas as épocas em que a taxa de aprendizado sobe até sua altura. one-cycle
usa 0.3 em lugar de 0.`,
  },
  stepEvery: {
    label: 'Épocas por degrau',
    description: 'Para o curso step: a cada quantas épocas a taxa de aprendizado cai.',
  },
  stepFactor: {
    label: 'Fator do degrau',
    description: 'Para o curso step: por quanto ela é multiplicada.',
  },
  weightDecay: {
    label: 'Decaimento dos pesos',
    description: `O que pesos grandes custam: ½·weightDecay·‖W‖² na perda; em adamw e lion, cada passo
encolhe os pesos em vez disso.`,
  },
  l1: {
    label: 'Penalidade l1',
    description: `O que os pesos custam por seu tamanho, l1·‖W‖₁: leva na direção de 0 os que ajudam
pouco.`,
  },
  clipNorm: {
    label: 'Norma máxima do gradiente',
    description: 'Um gradiente mais longo é encurtado até ela. 0: qualquer comprimento.',
  },
  ema: {
    label: 'Média móvel dos pesos',
    description: `Guarda uma média móvel dos pesos em vez dos últimos: quanto dela cada passo mantém, por
exemplo 0.999. 0: os últimos.`,
  },
  epochs: {
    label: 'Épocas',
    description: 'Quantas vezes a rede vê todas as linhas, no máximo.',
  },
  batchSize: {
    label: 'Tamanho do lote',
    description: 'Quantas linhas um passo olha, no máximo.',
  },
  patience: {
    label: 'Paciência',
    description: `Encerra depois de tantas épocas sem uma perda melhor nas linhas de validação, e guarda os
melhores pesos. 0: treina todas as épocas e guarda os últimos.`,
  },
  holdout: {
    label: 'Parte reservada',
    description: `Onde a divisão não tem parte de validação: a fração das linhas de treino reservada para
\`patience\`. Com 0, é observada a perda de treino.`,
  },
  classWeights,
  engine: {
    label: 'Motor',
    description:
      'O que faz os cálculos. auto toma o mais rápido que consegue fazê-los, e mede onde há escolha; compiled é o ONNX Runtime, em cpu, cuda, directml ou webgpu; tfjs é o TensorFlow.js.',
  },
}

export const models: Kinds = {
  linear: {
    title: 'Regressão linear',
    doc: `Prevê um número por uma soma ponderada dos atributos. O intercepto não sofre penalidade. Chega ao
mesmo ótimo que Ridge, Lasso, ElasticNet ou LinearRegression do scikit-learn para o mesmo \`alpha\`. Como a
penalidade trata todos os atributos da mesma forma, escalone-os antes. Sem penalidade, um atributo que é
combinação de outros recebe peso zero, e um aviso diz isso. Linhas que não cabem na memória são lidas do disco
aos poucos.`,
    params: {
      penalty: {
        label: 'Penalidade',
        description: `O que pesos grandes custam. l2 (ridge) mantém todos os pesos pequenos, l1 (lasso) torna
muitos deles exatamente zero, elastic-net combina as duas, none é a dos mínimos quadrados ordinários.`,
      },
      alpha: {
        label: 'Força da penalidade',
        description: `Quanto a penalidade conta, como no scikit-learn: ao lado da soma dos erros quadráticos
para l2 (Ridge), ao lado da metade da média deles para l1 e elastic-net (Lasso, ElasticNet).`,
      },
      l1Ratio,
      maxIterations: {
        label: 'Máximo de iterações',
        description: 'Para l1 e elastic-net: encerra depois de tantas voltas por todos os pesos.',
      },
      tolerance: {
        label: 'Tolerância',
        description: `Para l1 e elastic-net: encerra quando nenhum peso muda mais do que isto em uma volta, para
atributos e alvo de dispersão unitária.`,
      },
    },
  },
  logistic: {
    title: 'Regressão logística',
    doc: `Prevê uma classe por uma soma ponderada dos atributos: uma soma para duas classes, uma para cada
classe (multinomial) para mais. O intercepto não sofre penalidade. Chega ao mesmo ótimo que
LogisticRegression do scikit-learn para o mesmo \`C\`. Como a penalidade trata todos os atributos da mesma forma, escalone-os antes.
Um bom primeiro modelo: rápido, e com pesos que podem ser lidos. Linhas que não cabem na memória são lidas do
disco aos poucos, uma vez a cada passo da busca.`,
    params: {
      penalty: {
        label: 'Penalidade',
        description: `O que pesos grandes custam. l2 mantém todos os pesos pequenos, l1 torna muitos deles
exatamente zero, elastic-net combina as duas, none é nenhuma.`,
      },
      C: {
        label: 'Inverso da penalidade (C)',
        description:
          'Quão pouco a penalidade conta, como no scikit-learn: valores menores dão um modelo mais simples.',
      },
      l1Ratio,
      classWeights,
      maxIterations: {
        label: 'Máximo de iterações',
        description: 'Encerra depois de tantas iterações.',
      },
      tolerance: {
        label: 'Tolerância',
        description: `Encerra quando nenhuma inclinação da perda média é maior do que isto, para atributos de
dispersão unitária.`,
      },
    },
  },
  mlp: {
    title: 'Rede neural',
    doc: `Um perceptron multicamadas: camadas de somas ponderadas com uma ativação entre elas, treinadas lote
a lote. Prevê classes (softmax, entropia cruzada) ou um número (erro quadrático, a menos que \`loss\` diga
outra coisa; o alvo é padronizado internamente, ou as contagens são divididas por sua média, e as respostas e
perdas vêm na unidade dele). Uma perda que explode encerra o treinamento com os últimos pesos bons, e um
treinamento interrompido à força continua do último checkpoint. Atributos de escalas muito diferentes são
difíceis para ela: escalone-os antes. A mesma semente dá a mesma rede, bit a bit, em uma mesma máquina.
Linhas que não cabem na memória são lidas do disco aos poucos: então o limite de memória também decide a ordem
delas.
É guardada como um LayersModel do TensorFlow.js ao lado de seu grafo ONNX.`,
    params: {
      hidden: {
        label: 'Camadas ocultas',
        description: 'As unidades de cada camada oculta, a partir das entradas.',
      },
      activation: {label: 'Ativação', description: 'O que cada unidade oculta faz com sua soma.'},
      batchNorm: {
        label: 'Normalização por lote',
        description: 'Padroniza cada camada oculta sobre o lote, antes de sua ativação.',
      },
      dropout: {
        label: 'Dropout',
        description:
          'A fração de cada camada oculta que é desligada ao acaso em um passo do treinamento.',
      },
      ...network,
    },
  },
  cnn: {
    title: 'Rede convolucional',
    doc: `Uma rede para imagens: convoluções, cada uma seguida de um agrupamento (pooling), e depois camadas
densas. Aprende de uma única coluna de imagens, como a que uma célula de imagens dá, e a toma por si mesma onde
\`features\` é omitido; os pixels não precisam ser escalados antes. Prevê classes (softmax, entropia cruzada) ou um
número, e é treinada como o \`mlp\`: lote a lote, com parada antecipada, checkpoints, imagens lidas do disco aos
poucos quando não cabem na memória, e a mesma rede para a mesma semente em uma mesma máquina. É guardada como um LayersModel do TensorFlow.js ao lado de seu grafo ONNX.`,
    params: {
      filters: {
        label: 'Filtros',
        description: 'Os filtros de cada convolução, a partir da imagem.',
      },
      kernel: {
        label: 'Janela',
        description: 'Os lados da janela que um filtro olha, em pixels.',
      },
      pool: {
        label: 'Agrupamento',
        description:
          'Depois de cada convolução fica o maior de tantos por tantos pixels. 1: ficam todos.',
      },
      hidden: {
        label: 'Camadas ocultas',
        description: 'As unidades de cada camada densa entre as convoluções e a resposta.',
      },
      activation: {
        label: 'Ativação',
        description: 'O que cada filtro e cada unidade oculta faz com sua soma.',
      },
      batchNorm: {
        label: 'Normalização por lote',
        description:
          'Padroniza cada convolução e cada camada oculta sobre o lote, antes de sua ativação.',
      },
      dropout: {
        label: 'Dropout',
        description: `A fração do que as convoluções dão, e de cada camada oculta, que é desligada ao acaso em um
passo do treinamento.`,
      },
      ...network,
    },
  },
  knn: {
    title: 'k vizinhos mais próximos',
    doc: `Prevê a partir das linhas de treino mais próximas pela distância euclidiana: a fração de cada classe
entre elas, ou sua média. De linhas à mesma distância, são tomadas as que vêm primeiro na tabela. As
distâncias tratam todos os atributos da mesma forma; escalone-os antes. O modelo guarda todas as linhas de
treino: ele cresce com elas, e também o tempo de uma previsão.`,
    params: {
      neighbours: {
        label: 'Vizinhos',
        description: 'Quantas das linhas de treino mais próximas decidem.',
      },
      weighting: {
        label: 'Ponderação',
        description: `Quanto cada vizinho conta: o mesmo (uniform), ou o inverso de sua distância (distance). À distância zero,
contam só as linhas que estão ali.`,
      },
    },
  },
  'naive-bayes': {
    title: 'Naive Bayes',
    doc: `Prevê uma classe a partir da média e da variância de cada atributo dentro de cada classe (Naive
Bayes gaussiano). Aprende em uma só passagem pelas linhas, e assim é uma referência rápida. Suas
probabilidades pendem para 0 e 1, porque ele conta atributos que dizem o mesmo como se fossem independentes.
Dá os mesmos valores que GaussianNB do scikit-learn. Uma classe sem linhas de treino recebe probabilidade 0.
Linhas que não cabem na memória são lidas do disco aos poucos.`,
    params: {
      smoothing: {
        label: 'Suavização',
        description: `Somada a cada variância, como fração da maior variância entre os atributos; impede que
um atributo constante dentro de uma classe decida sozinho.`,
      },
    },
  },
  'k-means': {
    title: 'k-means',
    doc: `Reúne as linhas em \`clusters\` grupos, de modo que a soma dos quadrados das distâncias aos centros
dos grupos (a inércia) seja pequena: inícios por k-means++, depois iterações de Lloyd. As distâncias tratam
todos os atributos da mesma forma; escalone-os antes. Dá a cada linha o número de seu grupo, a partir de 0, e
sua distância a cada centro.`,
    params: {
      clusters: {label: 'Grupos', description: 'Quantos grupos.'},
      starts: {
        label: 'Inícios',
        description: 'Quantas vezes começa de novo; fica o resultado com a menor inércia.',
      },
      maxIterations: {
        label: 'Máximo de iterações',
        description: 'Quantas iterações, no máximo, em cada início.',
      },
      tolerance: {
        label: 'Tolerância',
        description: `Encerra quando os centros, juntos, se movem menos do que esta fração da variância média (ao
quadrado).`,
      },
    },
  },
}
